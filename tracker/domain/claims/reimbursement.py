"""Claims the member files: where one stands, what came back, what to expect (rulebook 4).

The status follows from dates and amounts; nothing says "reimbursed" but the money.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.claims.ageing import AMBER_AFTER, RED_AFTER, WATCH_AFTER
from tracker.domain.claims.case_steps import Reimbursed
from tracker.domain.claims.superbill import Gate, gate
from tracker.domain.claims.verdict import TOLERANCE
from tracker.domain.coverage.estimate_answer import Estimate
from tracker.domain.coverage.estimate_question import Question
from tracker.facts import (
    DECIDED,
    OUT,
    Case,
    CaseKind,
    Claim,
    Network,
    NetworkCheck,
    PaidTo,
    Plan,
    PlanKind,
    ServiceCategory,
    Stands,
)
from tracker.money import Cents, dollars

FOLLOW_UP_DAYS = (WATCH_AFTER, AMBER_AFTER, RED_AFTER)
"""After how many days without an answer to ask again: 30, 45, 60."""

CHANNELS = (("portal", "Insurer's portal"), ("mail", "Mail"), ("fax", "Fax"), ("email", "Secure e-mail"))


class Stage(StrEnum):
    """How far the claim is."""

    INCOMPLETE = "incomplete"
    READY = "ready"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    DECIDED = "decided"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    DENIED = "denied"

    @property
    def words(self) -> str:
        return _STAGE_WORDS[self]


_STAGE_WORDS = {
    Stage.INCOMPLETE: "Superbill incomplete",
    Stage.READY: "Ready to send",
    Stage.SENT: "Sent",
    Stage.ACKNOWLEDGED: "Insurer has it",
    Stage.DECIDED: "Decided, money due",
    Stage.PARTLY_PAID: "Partly paid",
    Stage.PAID: "Paid",
    Stage.DENIED: "Nothing paid",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a claim the member files stands.

    `due` is what should come: what the EOB says the plan pays, before it what is expected, None where
    neither is known. `outstanding` is what is still missing of it. `net_cost` is the charge less what
    came. `follow_up_on` is the next 30, 45 or 60 days mark, None while there is nothing to wait for.
    """

    stage: Stage
    step: Reimbursed
    gate: Gate
    charge: Cents
    due: Cents | None
    by_eob: bool
    received: Cents
    outstanding: Cents | None
    net_cost: Cents
    follow_up_on: date | None

    @property
    def words(self) -> str:
        """One line for a list."""
        match self.stage:
            case Stage.INCOMPLETE:
                return f"Superbill: {len(self.gate.missing)} fields missing"
            case Stage.PARTLY_PAID:
                return f"{dollars(self.received)} came, {dollars(self.outstanding or 0)} is missing"
            case Stage.DECIDED:
                return f"The plan pays {dollars(self.due or 0)}; nothing came yet"
            case Stage.PAID:
                return f"Paid {dollars(self.received)}"
            case _:
                return self.stage.words


def progress(
    case: Case,
    claims: Iterable[Claim] = (),
    *,
    received: Cents = 0,
    asked_on: Iterable[date] = (),
    today: date,
) -> Progress | None:
    """Where a reimbursement stands; None for a case without a submission.

    `claims` are the EOBs of it that hold, `received` what came back of the expense, any number of
    payments together, `asked_on` the days of calls about it.
    """
    sent = case.submission
    if sent is None:
        return None
    decided = [claim for claim in claims if claim.stage in DECIDED]
    paid = sum(claim.plan_paid or 0 for claim in decided)
    due = paid if decided else sent.expected
    outstanding = None if due is None else max(0, due - received)
    found = gate(sent.gate)
    noted = {step.number for step in case.steps}
    if received > 0 and outstanding is not None and outstanding <= TOLERANCE:
        stage, step = Stage.PAID, Reimbursed.PAID
    elif received > 0:
        stage, step = Stage.PARTLY_PAID, Reimbursed.PAID
    elif decided:
        stage = Stage.DECIDED if paid > 0 else Stage.DENIED
        step = Reimbursed.PAID if paid > 0 else Reimbursed.DECIDED
    elif Reimbursed.ACKNOWLEDGED in noted:
        stage, step = Stage.ACKNOWLEDGED, Reimbursed.DECIDED
    elif sent.sent_on is not None:
        stage, step = Stage.SENT, Reimbursed.ACKNOWLEDGED
    elif found.is_complete:
        stage, step = Stage.READY, Reimbursed.SEND
    else:
        stage, step = Stage.INCOMPLETE, Reimbursed.COMPLETE
    return Progress(
        stage=stage,
        step=step,
        gate=found,
        charge=sent.charge,
        due=due,
        by_eob=bool(decided),
        received=received,
        outstanding=outstanding,
        net_cost=sent.charge - received,
        follow_up_on=_follow_up(stage, sent.sent_on, asked_on, today),
    )


def _follow_up(stage: Stage, sent_on: date | None, asked_on: Iterable[date], today: date) -> date | None:
    """The mark to ask at: the latest that has come since somebody last asked, else the next one."""
    if sent_on is None or stage in (Stage.PAID, Stage.DENIED):
        return None
    marks = [sent_on + timedelta(days=days) for days in FOLLOW_UP_DAYS]
    asked = max((day for day in asked_on if sent_on < day <= today), default=sent_on)
    open_marks = [day for day in marks if day > asked]
    if not open_marks:  # after the last mark, a month after each time it was asked
        return asked + timedelta(days=FOLLOW_UP_DAYS[0])
    return max((day for day in open_marks if day <= today), default=open_marks[0])


def question(
    case: Case,
    *,
    category: str,
    on: date,
    provider: str = "",
    allowed: Cents | None = None,
    figure: Cents | None = None,
) -> Question | None:
    """What to ask of the engine: this charge, out of network. None without a person, service or charge.

    `figure` is what the plan's pricing starts from (Medicare's fee, its usual and customary figure).
    """
    if case.person_id is None or case.submission is None or not category:
        return None
    return Question(
        person_id=case.person_id,
        category=category,
        on=on,
        provider=provider,
        provider_id=case.provider_id,
        tier=OUT,
        allowed=allowed,
        billed=case.submission.charge,
        oon_figure=figure,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """What the plan would pay of a charge, and what stays. Worth sending even where it pays nothing: what
    counts toward the out-of-network deductible is `credited`."""

    charge: Cents
    allowed: Cents
    deductible: Cents
    plan_pays: Cents
    balance: Cents
    yours: Cents
    credited: Cents

    @property
    def words(self) -> str:
        said = (
            f"The plan allows {dollars(self.allowed)} and pays {dollars(self.plan_pays)}. "
            f"Of {dollars(self.charge)}, {dollars(self.yours)} stays with you."
        )
        if self.credited:
            said += f" {dollars(self.credited)} fills your out-of-network deductible."
        return said


def back(found: Estimate, charge: Cents) -> Back | None:
    """The parts of an estimate for a charge out of network; None where it has no answer."""
    if not found.payers or found.payers[0].result is None or found.plan_pays is None:
        return None
    result = found.payers[0].result
    totals = result.totals
    pays = found.plan_pays
    return Back(
        charge=charge,
        allowed=totals.allowed,
        deductible=totals.deductible,
        plan_pays=pays,
        balance=max(0, charge - totals.allowed),
        yours=charge - pays,
        credited=totals.deductible,
    )


def not_fileable(
    case: Case,
    *,
    plan: Plan | None,
    category: ServiceCategory | None,
    checks: Iterable[NetworkCheck] = (),
    emergency: bool = False,
) -> tuple[str, ...]:
    """Why sending the claim is likely to bring nothing (rulebook 4); empty where nothing speaks against."""
    if case.kind is not CaseKind.REIMBURSEMENT:
        return ()
    found = []
    if plan is not None and plan.kind in (PlanKind.HMO, PlanKind.EPO) and not emergency:
        found.append(f"{plan.name} pays out of network only in an emergency.")
    if category is not None and category.never_covered:
        found.append(f"No health plan pays for {category.phrase}.")
    mine = [check for check in checks if check.provider_id == case.provider_id]
    latest = max(mine, key=lambda check: check.checked_on, default=None)
    if latest is not None and latest.stands is Stands.IN:
        found.append("The provider is in your network, so it has to send the claim itself.")
    return tuple(found)


def route_for(claim: Claim) -> bool:
    """Whether an EOB is of a claim whose payment goes to the member: out of network and paid to them."""
    return claim.network is Network.OUT and claim.paid_to is PaidTo.MEMBER
