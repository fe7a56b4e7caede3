"""Ledger mode of rulebook 2.5: the EOB's figures are the truth; the engine predicts and checks them.

`post_stated` moves the running totals by what an EOB says, through the buckets of the plan's rules;
`differences` compares a prediction with an EOB, a cent a line apart being a match (2.1, rule 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.coverage.adjudicate import Adjudicator
from tracker.domain.coverage.claim_lines import ClaimInput
from tracker.domain.coverage.results import ClaimResult, Credit, LineResult, Outcome, Trace
from tracker.domain.coverage.state import State
from tracker.errors import UserProblem
from tracker.money import Cents, dollars

TOLERANCE: Cents = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedLine:
    """One line of an EOB: what the insurer decided, in cents."""

    allowed: Cents = 0
    write_off: Cents = 0
    balance_bill: Cents = 0
    not_covered: Cents = 0
    penalty: Cents = 0
    deductible: Cents = 0
    copay: Cents = 0
    coinsurance: Cents = 0
    plan_paid: Cents = 0

    @property
    def owes(self) -> Cents:
        return (
            self.deductible + self.copay + self.coinsurance
            + self.not_covered + self.penalty + self.balance_bill
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of one line that differs by more than the tolerance."""

    line: int
    what: str
    expected: Cents
    stated: Cents

    @property
    def words(self) -> str:
        return (
            f"Line {self.line + 1}: {self.what.replace('_', ' ')} is {dollars(self.stated)} on the EOB; "
            f"by the plan's terms it is {dollars(self.expected)}."
        )


_COMPARED = (
    "allowed",
    "write_off",
    "balance_bill",
    "not_covered",
    "penalty",
    "deductible",
    "copay",
    "coinsurance",
    "plan_paid",
    "owes",
)


def differences(predicted: ClaimResult, stated: Sequence[StatedLine]) -> list[Difference]:
    """Where an EOB and the prediction part, line by line."""
    _same_length(len(predicted.lines), len(stated))
    found = []
    for place, (line, said) in enumerate(zip(predicted.lines, stated, strict=True)):
        for what in _COMPARED:
            expected, given = getattr(line, what), getattr(said, what)
            if abs(expected - given) > TOLERANCE:
                found.append(Difference(place, what, expected, given))
    return found


def post_stated(
    adjudicator: Adjudicator, claim: ClaimInput, stated: Sequence[StatedLine], state: State
) -> ClaimResult:
    """A result made of an EOB's own figures, with `state` moved by them.

    The EOB wins even where it goes beyond a limit; only cross-credit is held to the room there is.
    A visit counts where the plan limits visits and the EOB covered the line.
    """
    _same_length(len(claim.lines), len(stated))
    visits: list[str] = []
    paid_toward: list[tuple[str, Cents]] = []
    lines = []
    for entered, said in zip(claim.lines, stated, strict=True):
        rule = adjudicator.rule_for(entered.category, entered.tier, protected=entered.protected)
        share = said.deductible + said.copay + said.coinsurance
        credits: list[Credit] = []
        if rule is not None and (said.allowed or share):
            counts = entered.assistance_counts is not False
            to_oop = share if counts else max(0, share - entered.assistance)
            to_deductible = min(said.deductible, to_oop)
            for bucket, cents in ((rule.deductible, to_deductible), (rule.oop_max, to_oop)):
                if bucket is not None and cents:
                    credits += adjudicator.post(bucket, cents, claim.person, state)
            if rule.copay_credits is not None and said.copay:
                room = adjudicator.remaining(state, rule.copay_credits, claim.person)
                credit = said.copay if room is None else min(said.copay, room)
                if credit:
                    credits += adjudicator.post(rule.copay_credits, credit, claim.person, state)
            key = (rule.category, claim.person)
            if rule.visit_limit is not None and rule.category not in visits:
                visits.append(rule.category)
                state.visits[key] = state.visits.get(key, 0) + 1
            if rule.dollar_max is not None and said.plan_paid:
                paid_toward.append((rule.category, said.plan_paid))
                state.dollars[key] = state.dollars.get(key, 0) + said.plan_paid
        lines.append(
            LineResult(
                category=entered.category,
                tier=adjudicator.terms.nsa_tier if entered.protected else entered.tier,
                billed=entered.billed,
                allowed=said.allowed,
                write_off=said.write_off,
                balance_bill=said.balance_bill,
                not_covered=said.not_covered,
                penalty=said.penalty,
                deductible=said.deductible,
                copay=said.copay,
                coinsurance=said.coinsurance,
                plan_paid=said.plan_paid,
                assistance=entered.assistance,
                owes=said.owes,
                cash=max(0, said.owes - entered.assistance),
                outcome=Outcome.COVERED if rule else Outcome.NO_RULE,
                rule=rule,
                credits=tuple(credits),
                trace=Trace(),
            )
        )
    return ClaimResult(claim, tuple(lines), tuple(visits), tuple(paid_toward))


def _same_length(entered: int, stated: int) -> None:
    if entered != stated:
        raise UserProblem(
            f"The EOB has {stated} lines, the claim {entered}.", "Enter one line of the EOB for each."
        )
