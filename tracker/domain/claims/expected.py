"""What each claim should have cost by the plan's terms, beside what its EOB says (rulebook 2.5).

Ledger mode: the EOBs before it, in processed order, are taken as they are; the engine then works this
one as if it came next.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from tracker.domain.coverage.adjudicate import Adjudicator
from tracker.domain.coverage.claim_lines import ClaimInput, ClaimLine
from tracker.domain.coverage.plan_year import PlanYear, tier_of
from tracker.domain.coverage.results import ClaimResult
from tracker.domain.coverage.state import State
from tracker.errors import UserProblem
from tracker.facts import Claim, EobLine, Network, PlanKind
from tracker.money import Cents


class Before(NamedTuple):
    """What a person had left of a limit just before a claim; None where nothing limits it.

    `visits` and `dollars` are what counted toward the visit limit and the dollar maximum of the rule.
    """

    deductible: Cents | None
    oop_max: Cents | None
    visits: int = 0
    dollars: Cents = 0


_UNKNOWN = Before(None, None)


@dataclass(frozen=True, slots=True)
class Expected:
    """The engine's answer for one claim, or why it has none.

    `by_line` says whether the EOB's lines were worked one by one, or its totals as one line.
    `before` is what was left of the limits that its first line's rule names.
    """

    claim: Claim
    result: ClaimResult | None
    by_line: bool = False
    before: Before = _UNKNOWN
    why_not: str = ""

    @property
    def owes(self) -> Cents | None:
        return self.result.owes if self.result else None


def expected_by_plan(year: PlanYear, known: Mapping[int, Expected] | None = None) -> dict[int, Expected]:
    """What every claim of a plan year should have cost, by the claim's id.

    Those in `known` are taken as they are: claims processed before anything that changed.
    """
    found: dict[int, Expected] = {}
    if year.plan.kind is PlanKind.OTHER or not year.terms.rules:
        why = (
            f"{year.plan.name} follows rules of its own; its EOBs count as they are."
            if year.plan.kind is PlanKind.OTHER
            else "What the plan makes you pay is not entered yet."
        )
        return {claim.id or 0: Expected(claim, None, why_not=why) for claim in year.claims}
    engine = Adjudicator(year.terms)
    for claim, state in year.walked():
        before = known.get(claim.id or 0) if known else None
        found[claim.id or 0] = before or _expected(engine, year, claim, state)
    return found


def expected_in_network(year: PlanYear, claim_ids: Collection[int]) -> dict[int, Expected]:
    """What some claims of a plan year should have cost had they been processed in network (D6)."""
    if year.plan.kind is PlanKind.OTHER or not year.terms.rules:
        return {}
    engine = Adjudicator(year.terms)
    return {
        claim.id or 0: _expected(engine, year, replace(claim, network=Network.IN, tier=""), state)
        for claim, state in year.walked()
        if (claim.id or 0) in claim_ids
    }


def _expected(engine: Adjudicator, year: PlanYear, claim: Claim, state: State) -> Expected:
    lines = claim.lines if claim.lines and all(_is_known(line) for line in claim.lines) else ()
    tier = tier_of(claim, year.terms)
    named = (line.category for line in claim.lines if line.category)
    category = lines[0].category if lines else claim.category or next(named, "")
    before = _before(engine, state, claim, category, tier)
    if not lines and (not claim.category or claim.allowed is None):
        missing = "service" if not claim.category else "allowed amount"
        why = f"The EOB names no {missing}, so nothing can be expected."
        return Expected(claim, None, before=before, why_not=why)
    try:
        entered = ClaimInput(
            key=claim.id or 0,
            person=str(claim.person_id),
            service_on=claim.service_from,
            discharged_on=claim.service_to,
            units=_days_of(claim),
            lines=tuple(
                ClaimLine(
                    category=line.category or claim.category,
                    billed=max(line.billed or 0, line.allowed or 0),
                    allowed=line.allowed,
                    tier=tier,
                    protected=claim.protected,
                    assistance=claim.assistance if place == 0 else 0,
                    assistance_counts=claim.assistance_counts,
                )
                for place, line in enumerate(lines or (_as_line(claim),))
            ),
        )
        result = engine.adjudicate(entered, state.copy())
    except UserProblem as unclear:  # a reversal's negative line, assistance nobody knows the rule of
        return Expected(claim, None, before=before, why_not=str(unclear))
    return Expected(claim, result, bool(lines), before)


def _before(engine: Adjudicator, state: State, claim: Claim, category: str, tier: str) -> Before:
    rule = engine.rule_for(category, tier, protected=claim.protected)
    if rule is None:
        return _UNKNOWN
    person = str(claim.person_id)
    return Before(
        engine.remaining(state, rule.deductible, person) if rule.deductible else None,
        engine.remaining(state, rule.oop_max, person) if rule.oop_max else None,
        state.visits.get((rule.category, person), 0),
        state.dollars.get((rule.category, person), 0),
    )


def _is_known(line: EobLine) -> bool:
    return bool(line.category) and line.allowed is not None


def _as_line(claim: Claim) -> EobLine:
    return EobLine(category=claim.category, billed=claim.billed, allowed=claim.allowed)


def _days_of(claim: Claim) -> int:
    """Days of a stay for a copay per day; 1 for anything else."""
    if claim.service_to is None:
        return 1
    return max(1, (claim.service_to - claim.service_from).days)
