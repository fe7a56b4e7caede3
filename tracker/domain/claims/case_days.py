"""The days proposed when a case is opened or moved, by the clocks of rulebook 3.8.

Proposals only: the member edits them, and a day that stands in the case under the same name stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from tracker.domain.claims import clocks
from tracker.domain.claims.clock_rules import Care, ClockKind, rule_of
from tracker.domain.claims.clocks import Clock
from tracker.domain.claims.dispute_flow import appeal_level, moves_of
from tracker.domain.claims.dispute_steps import AppealLevel, Step
from tracker.errors import UserProblem
from tracker.facts import (
    Authorized,
    Bill,
    Case,
    CaseKind,
    CaseStep,
    Claim,
    ClaimStage,
    Deadline,
    ProviderKind,
    StepOutcome,
    Turn,
)

DISPUTES = (CaseKind.DISPUTE, CaseKind.APPEAL)
APPOINTMENT = "Appointment"


def on_opening(
    case: Case,
    claim: Claim | None = None,
    bill: Bill | None = None,
    *,
    provider: ProviderKind | None = None,
    service_on: date | None = None,
    received_on: date | None = None,
) -> tuple[Deadline, ...]:
    """The days that run from the start of a case, by what it hangs on.

    `service_on` is the day of care where neither EOB nor bill is linked; `provider` the kind of who
    bills: a hospital has a financial assistance policy to apply under. `received_on` is when a denial
    came.
    """
    found: list[Clock] = []
    match case.kind:
        case CaseKind.DISPUTE | CaseKind.APPEAL:
            found += _denial(case, claim, received_on)
        case CaseKind.ESTIMATE_DISPUTE:
            if first := _first_bill(bill):
                found.append(clocks.estimate_dispute(first))
        case CaseKind.REIMBURSEMENT:
            found += _filing(case, claim, bill, service_on)
        case CaseKind.AUTHORIZATION:
            found += _authorization(case)
        case _:
            pass
    is_hospital = provider is ProviderKind.HOSPITAL and case.kind is not CaseKind.REIMBURSEMENT
    if is_hospital and (first := _first_bill(bill)):
        found.append(clocks.financial_assistance(first))
    return _as_stated(tuple(map(deadline_of, found)), claim)


def on_step(
    case: Case, step: CaseStep, claim: Claim | None = None, *, internal_levels: int = 2
) -> tuple[Deadline, ...]:
    """The days that begin to run with a step of a dispute or an appeal, or of a claim the member files.

    `case` has the step already. A decision that takes too long, information that was asked for, the
    next appeal.
    """
    if case.kind not in DISPUTES:
        return ()
    day = step.done_on
    if step.outcome is StepOutcome.FILED:
        return (deadline_of(_decision(case, day, internal_levels)),)
    there = step.leads_to
    if there == Step.INSURER_REVIEWS:
        return (deadline_of(clocks.claim_decision(day)),)
    if there == Step.GATHER:
        return (deadline_of(clocks.information_request(day)),)
    if there == Step.APPEAL and step.outcome in (StepOutcome.DENIED, StepOutcome.NEXT_LEVEL):
        level = appeal_level(moves_of(case), internal_levels)
        clock = (
            clocks.external_review(day) if level is AppealLevel.EXTERNAL else clocks.internal_appeal(day)
        )
        return _as_stated((deadline_of(clock),), claim if level is AppealLevel.INTERNAL else None)
    return ()


def with_days(case: Case, proposed: Iterable[Deadline]) -> Case:
    """The case with those proposals whose name it does not have open yet."""
    held = {deadline.label for deadline in case.deadlines if deadline.done_on is None}
    new = tuple(deadline for deadline in proposed if deadline.label not in held)
    return replace(case, deadlines=(*case.deadlines, *new)) if new else case


def met_by(case: Case, step: CaseStep) -> Case:
    """The case with the days that a step settles ticked off: what was decided, sent or filed."""
    settled = _settled_by(step) if case.kind in DISPUTES else frozenset()
    if not settled:
        return case
    return replace(
        case,
        deadlines=tuple(
            replace(each, done_on=step.done_on) if each.label in settled and each.done_on is None else each
            for each in case.deadlines
        ),
    )


def settled(case: Case, *, by_eob: bool = False) -> frozenset[str]:
    """The names of days that the facts themselves settle: a claim that was sent, a decision that came.

    `by_eob` says that an EOB has decided the claim the member sent.
    """
    names, found = _names(), frozenset[str]()
    if case.submission is not None and case.submission.sent_on is not None:
        found |= names[ClockKind.MEMBER_CLAIM]
        if by_eob:
            found |= names[ClockKind.CLAIM_DECISION]
    given = case.authorization
    if given is not None and given.stands is not Authorized.REQUESTED:
        found |= names[ClockKind.CLAIM_DECISION]
    return found


def whose_day(deadline: Deadline) -> Turn:
    """Who has to act before a day: its clock says, a day of the member's own is the member's."""
    return _turns().get(deadline.label, Turn.ME)


def open_days(case: Case, *, by_eob: bool = False) -> list[Deadline]:
    """The days not done yet, the nearest first; without those that the facts settle."""
    over = settled(case, by_eob=by_eob)
    waiting = (each for each in case.deadlines if each.done_on is None and each.label not in over)
    return sorted(waiting, key=lambda each: (each.do_by, each.label))


def deadline_of(clock: Clock) -> Deadline:
    """A clock as a day of a case: its arithmetic is kept with it."""
    note = f"{clock.why} {clock.note}".strip()
    return Deadline(
        label=clock.name, do_by=clock.do_by, last_day=clock.last_day, why=f"{note} ({clock.source})"
    )


def days_problem(deadline: Deadline) -> UserProblem | None:
    """Why a typed day cannot be kept."""
    if not deadline.label.strip():
        return UserProblem("Say what has to be done by then.", "A few words will do.", field="label")
    if deadline.last_day and deadline.last_day < deadline.do_by:
        return UserProblem(
            "The last day lies before the day to do it by.", "Check the two days.", field="last_day"
        )
    return None


def _denial(case: Case, claim: Claim | None, received_on: date | None) -> Sequence[Clock]:
    """The appeal of what was denied; an appeal counts from the day it was opened where no EOB says."""
    denied = claim is not None and (claim.stage is ClaimStage.DENIED or claim.appeal_by is not None)
    if not denied and case.kind is not CaseKind.APPEAL:
        return ()
    got = received_on or (claim.got_on if claim else None)
    letter = (claim.eob_on or claim.processed_on) if claim else None
    if got is None and letter is None:
        got = case.opened_on
    if case.kind is CaseKind.APPEAL and case.level >= 3:
        return (clocks.external_review(got, letter),)
    return (clocks.internal_appeal(got, letter),)


def _filing(case: Case, claim: Claim | None, bill: Bill | None, service_on: date | None) -> Sequence[Clock]:
    sent = case.submission
    if sent is None:
        return ()
    if sent.sent_on is not None:
        return (clocks.claim_decision(sent.sent_on),)
    day = service_on or (claim.service_from if claim else bill.service_from if bill else None)
    return (clocks.member_claim(day, sent.filing_days),) if day else ()


def _authorization(case: Case) -> Sequence[Clock]:
    held = case.authorization
    if held is None or held.stands is not Authorized.REQUESTED or held.requested_on is None:
        return ()
    care = Care.URGENT if case.expedited else Care.BEFORE
    return (clocks.claim_decision(held.requested_on, care),)


def _decision(case: Case, day: date, internal_levels: int) -> Clock:
    level = appeal_level(moves_of(case), internal_levels)
    if level is AppealLevel.EXTERNAL:
        return clocks.external_decision(day, expedited=case.expedited)
    care = Care.URGENT if case.expedited else Care.AFTER
    return clocks.appeal_decision(day, care, two_levels=internal_levels == 2)


def _as_stated(found: tuple[Deadline, ...], claim: Claim | None) -> tuple[Deadline, ...]:
    """With the appeal's day as the EOB itself prints it, which wins over the rule."""
    stated = claim.appeal_by if claim else None
    name = rule_of(ClockKind.INTERNAL_APPEAL).name
    if stated is None:
        return found
    return tuple(
        replace(each, do_by=stated, last_day=stated, why=f"The EOB says so. By the rule: {each.why}")
        if each.label == name
        else each
        for each in found
    )


def _first_bill(bill: Bill | None) -> date | None:
    """When the first statement came; the law counts from there."""
    if bill is None or not bill.statements:
        return None
    first = min(bill.statements, key=lambda item: item.stated_on)
    return first.got_on or first.stated_on


def _settled_by(step: CaseStep) -> frozenset[str]:
    names = _names()
    if step.outcome is StepOutcome.FILED:
        return names[ClockKind.INTERNAL_APPEAL] | names[ClockKind.EXTERNAL_REVIEW]
    if step.number == Step.GATHER:
        return names[ClockKind.INFORMATION]
    if step.number in (Step.INSURER_REVIEWS, Step.INSURER_ACTS):
        return names[ClockKind.CLAIM_DECISION]
    if step.number == Step.APPEAL and step.outcome is not StepOutcome.NOTED:
        return names[ClockKind.APPEAL_DECISION] | names[ClockKind.EXTERNAL_DECISION]
    return frozenset()


@lru_cache(maxsize=1)
def _names() -> dict[ClockKind, frozenset[str]]:
    return {kind: frozenset(rule_of(kind, care).name for care in Care) for kind in ClockKind}


@lru_cache(maxsize=1)
def _turns() -> dict[str, Turn]:
    return {rule_of(kind, care).name: rule_of(kind, care).turn for kind in ClockKind for care in Care}
