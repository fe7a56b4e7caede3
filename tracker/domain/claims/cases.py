"""Where each case stands: its step, whose turn it is, its days, and when to follow up (rulebook 3.7-4).

All of it follows from the case's facts and its calls; reading never raises, whatever is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tracker.dates import day_text
from tracker.domain.claims import dispute_flow
from tracker.domain.claims.authorizations import CareIndex
from tracker.domain.claims.case_days import DISPUTES, open_days
from tracker.domain.claims.case_plain import list_standing, plain_standing, promised_day
from tracker.domain.claims.case_standing import CHECKLISTS, OUTCOME_WORDS, CaseStanding, StepRow
from tracker.domain.claims.case_steps import Reimbursed
from tracker.domain.claims.dispute_steps import Step
from tracker.domain.claims.papers import Papers
from tracker.facts import (
    Call,
    Case,
    CaseKind,
    CaseOutcome,
    CaseStep,
    Claim,
    StepOutcome,
    Turn,
)
from tracker.money import Cents


def standings(papers: Papers) -> dict[int, CaseStanding]:
    """Every case's standing, by its id."""
    calls, care = calls_by_case(papers.calls), CareIndex(papers.in_force if papers.cases else ())
    return {
        case.id or 0: standing_of(case, papers, calls=calls.get(case.id or 0, ()), under=care.near(case))
        for case in papers.cases
    }


def calls_by_case(calls: Iterable[Call]) -> Mapping[int, Sequence[Call]]:
    """The calls of each case, the latest first as they are read."""
    found: dict[int, list[Call]] = defaultdict(list)
    for call in calls:
        if call.case_id is not None:
            found[call.case_id].append(call)
    return found


def standing_of(
    case: Case,
    papers: Papers,
    *,
    calls: Sequence[Call] | None = None,
    under: Sequence[Claim] | None = None,
) -> CaseStanding:
    """Where one case stands today. `under` are the claims that may fall under its authorization, if they
    were looked up before."""
    mine = (
        tuple(calls)
        if calls is not None
        else tuple(call for call in papers.calls if case.id is not None and call.case_id == case.id)
    )
    claims = claims_of(case, papers)
    back = money_back(case, papers, claims)
    if case.kind in DISPUTES:
        found = _dispute(case, papers.today, mine)
    elif case.kind in CHECKLISTS:
        found = list_standing(case, papers.today, mine)
    else:
        known = papers.in_force if under is None else under
        found = plain_standing(case, papers.today, mine, claims, back, known)
    days = open_days(case, by_eob=found.progress is not None and found.progress.by_eob)
    recovered = case.recovered if case.recovered is not None else _recovered(case, back)
    found = replace(found, recovered=recovered, calls=mine, claims=claims, days=tuple(days))
    return _closed(found) if case.outcome is not CaseOutcome.OPEN else found


def claims_of(case: Case, papers: Papers) -> tuple[Claim, ...]:
    """The EOBs that hold for a case: the one it names in its newest version, and those of its bill."""
    found: dict[int | None, Claim] = {}
    if case.claim_id in papers.claim_by_id:
        newest = papers.versions_of(papers.claim_by_id[case.claim_id or 0])[-1]
        found[newest.id] = newest
    if case.bill_id in papers.bill_by_id:
        for claim in papers.claims_of(papers.bill_by_id[case.bill_id or 0]):
            found[claim.id] = claim
    return tuple(found.values())


def money_back(case: Case, papers: Papers, claims: Iterable[Claim] = ()) -> Cents:
    """What came back of the expense behind a case: refunds and cheques tied to its bills.

    Where no bill is known, what was noted as received in its steps.
    """
    bills = {case.bill_id} if case.bill_id in papers.bill_by_id else set()
    if not bills:
        bills = {bill.id for claim in claims for bill in papers.bills_of(claim)}
    if not bills:
        return sum(step.amount or 0 for step in case.steps if step.number == Reimbursed.PAID)
    paid = (share for number in bills for _payment, share in papers.paid.get(number or 0, ()))
    return -sum(amount for amount in paid if amount < 0)


def opening_steps(
    case: Case, *, found: StepOutcome | None = StepOutcome.FOUND, received_on: date | None = None
) -> tuple[CaseStep, ...]:
    """The steps that are done by opening a dispute or an appeal.

    A dispute has its papers, and by `found` was reviewed: FOUND leads to the practice, INSURANCE_ONLY to
    the insurer, None leaves it to be reviewed. An appeal begins where the insurer denied; `level` 2 and 3
    are the next ones; `received_on` is when its denial came.
    """
    day = received_on or case.opened_on
    if case.kind is CaseKind.DISPUTE:
        received = CaseStep(number=Step.RECEIVED, leads_to=Step.REVIEW, done_on=day)
        if found is None:
            return (received,)
        to = Step.CONTACT_INSURER if found is StepOutcome.INSURANCE_ONLY else Step.CONTACT_PRACTICE
        return (received, CaseStep(number=Step.REVIEW, outcome=found, leads_to=to, done_on=day))
    if case.kind is CaseKind.APPEAL:
        denied = CaseStep(
            number=Step.INSURER_ACTS, outcome=StepOutcome.DENIED, leads_to=Step.APPEAL, done_on=day
        )
        again = CaseStep(
            number=Step.APPEAL, outcome=StepOutcome.NEXT_LEVEL, leads_to=Step.APPEAL, done_on=day
        )
        return (denied, *[again] * max(0, min(case.level, 3) - 1))
    return ()


def outcome_of(step: CaseStep) -> CaseOutcome:
    """How a dispute ends with a step that leads to its resolution."""
    return {
        StepOutcome.APPROVED: CaseOutcome.WON,
        StepOutcome.DECIDED_FOR: CaseOutcome.WON,
        StepOutcome.DECIDED_AGAINST: CaseOutcome.LOST,
        StepOutcome.ABANDONED: CaseOutcome.ABANDONED,
        StepOutcome.WRITTEN_OFF: CaseOutcome.WRITTEN_OFF,
    }.get(step.outcome, CaseOutcome.DONE)


def _dispute(case: Case, today: date, calls: Sequence[Call]) -> CaseStanding:
    moves = dispute_flow.moves_of(case)
    found = dispute_flow.standing(
        moves, case.opened_on, today, also_moved=[call.called_on for call in calls]
    )
    rows = tuple(
        StepRow(
            number=each.info.step,
            name=each.info.name,
            who=each.info.who,
            state=each.state,
            words=each.words,
            on=each.on,
            hint=each.info.hint,
        )
        for each in found.steps
    )
    follow_up = promised_day(case, calls, today) or found.follow_up_on
    return CaseStanding(
        case=case,
        words=found.words,
        todo=found.current.hint,
        turn=found.turn,
        number=found.current.step,
        steps=rows,
        ways=found.exits,
        last_moved_on=found.last_moved_on,
        follow_up_on=None if found.is_closed else follow_up,
        follow_up_due=not found.is_closed and follow_up is not None and follow_up <= today,
        dispute=found,
    )


def _recovered(case: Case, back: Cents) -> Cents:
    """Money back counts as recovered where it is what the case is about."""
    return back if case.kind is CaseKind.REIMBURSEMENT else 0


def _closed(found: CaseStanding) -> CaseStanding:
    case = found.case
    words = OUTCOME_WORDS[case.outcome]
    if case.closed_on:
        words = f"{words} on {day_text(case.closed_on)}"
    return replace(
        found,
        words=f"{words}.",
        todo="",
        turn=Turn.NOBODY,
        ways=(),
        days=(),
        follow_up_on=None,
        follow_up_due=False,
    )


def at_stake_and_recovered(found: Iterable[CaseStanding]) -> tuple[Cents, Cents]:
    """What open cases hang on, and what cases brought back, in all."""
    known = list(found)
    stake = sum(each.case.at_stake or 0 for each in known if not each.is_closed)
    return stake, sum(each.recovered for each in known)
