"""The standing of cases that are no dispute: lists to tick off, and short lists of steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tracker.dates import day_text
from tracker.domain.claims import authorizations, reimbursement
from tracker.domain.claims.authorizations import Held
from tracker.domain.claims.case_standing import CaseStanding, StepRow, check_items
from tracker.domain.claims.case_steps import Asked, Reimbursed, plain_steps
from tracker.domain.claims.checklists import ticked
from tracker.domain.claims.dispute_flow import QUIET_DAYS, StepState
from tracker.facts import (
    Authorized,
    Call,
    Case,
    CaseKind,
    CaseOutcome,
    Claim,
    StepOutcome,
    Turn,
)
from tracker.money import Cents


def list_standing(case: Case, today: date, calls: Sequence[Call]) -> CaseStanding:
    """A coverage check or an appointment: ticked items instead of steps."""
    items = check_items(case.kind)
    how_far = ticked(items, case.ticked)
    rows = tuple(
        StepRow(
            number=number,
            name=item.name,
            who="You",
            state=StepState.DONE
            if item.code in case.ticked
            else StepState.NOW
            if item == how_far.following
            else StepState.AHEAD,
            words="Done" if item.code in case.ticked else "",
            hint=item.hint,
        )
        for number, item in enumerate(items, start=1)
    )
    return CaseStanding(
        case=case,
        words=f"{how_far.words[0].upper()}{how_far.words[1:]}",
        todo=how_far.following.name if how_far.following else "Everything on the list is done.",
        turn=Turn.ME,
        number=next((row.number for row in rows if row.state is StepState.NOW), len(rows)),
        steps=rows,
        last_moved_on=last_moved(case, calls, today),
    )


def plain_standing(
    case: Case,
    today: date,
    calls: Sequence[Call],
    claims: Sequence[Claim],
    back: Cents,
    under: Sequence[Claim],
) -> CaseStanding:
    """A reimbursement, an estimate dispute, an authorization or a referral: where its facts put it.

    `claims` are those it hangs on, `back` is what came back of the expense, `under` are the claims that
    may fall under its authorization.
    """
    steps = plain_steps(case.kind)
    asked = [call.called_on for call in calls]
    asked += [step.done_on for step in case.steps if step.outcome is StepOutcome.NOTED]
    progress = reimbursement.progress(case, claims, received=back, asked_on=asked, today=today)
    held = authorizations.held(case, under, today)
    number, words = _reached(case, progress, held)
    number = min(max(number, 1), len(steps))
    current = steps[number - 1]
    turn = _plain_turn(case, current.turn, progress, held)
    last = last_moved(case, calls, today)
    follow_up = promised_day(case, calls, today)
    if follow_up is None and turn in (Turn.PROVIDER, Turn.INSURER):
        follow_up = progress.follow_up_on if progress else last + timedelta(days=QUIET_DAYS)
    rows = tuple(
        StepRow(
            number=each.number,
            name=each.name,
            who={Turn.ME: "You", Turn.PROVIDER: "Practice", Turn.INSURER: "Insurer"}[each.turn],
            state=_state(each.number, number, progress, case.outcome),
            words=_when(case, each.number, number),
            on=_day_of(case, each.number),
            hint=each.hint,
        )
        for each in steps
    )
    return CaseStanding(
        case=case,
        words=words or f"Step {number} of {len(steps)}: {current.name}. {turn.words}.",
        todo=current.hint,
        turn=turn,
        number=number,
        steps=rows,
        last_moved_on=last,
        follow_up_on=follow_up,
        follow_up_due=follow_up is not None and follow_up <= today,
        progress=progress,
        held=held,
    )


def _reached(case: Case, progress: reimbursement.Progress | None, held: Held | None) -> tuple[int, str]:
    """The step a case has reached by its facts, and a line on it where they say more than the step."""
    if progress is not None:
        return progress.step, progress.words
    noted = max((step.leads_to for step in case.steps), default=1)
    if held is None:
        return noted, ""
    if held.stands is Authorized.REQUESTED:
        asked = held.authorization.requested_on is not None
        return (Asked.DECISION if asked or noted > 1 else Asked.REQUEST), ""
    return Asked.USE, f"{held.words}."


def _plain_turn(case: Case, turn: Turn, progress: reimbursement.Progress | None, held: Held | None) -> Turn:
    if progress is not None and progress.stage in (reimbursement.Stage.PAID, reimbursement.Stage.DENIED):
        return Turn.ME  # to close it, or to appeal
    if case.kind is CaseKind.AUTHORIZATION and held and held.stands is Authorized.DENIED:
        return Turn.ME
    return turn


def _state(
    number: int, current: int, progress: reimbursement.Progress | None, outcome: CaseOutcome
) -> StepState:
    paid = progress is not None and progress.stage is reimbursement.Stage.PAID
    if number < current or (number == current and (paid or outcome is not CaseOutcome.OPEN)):
        return StepState.DONE
    return StepState.NOW if number == current else StepState.AHEAD


def _when(case: Case, number: int, current: int) -> str:
    if number == current:
        return "Now"
    if number > current:
        return ""
    day = _day_of(case, number)
    return f"Done {day_text(day)}" if day else "Done"


def _day_of(case: Case, number: int) -> date | None:
    """The day a step is known to have been done: as noted, or as the facts of the case say."""
    days = [step.done_on for step in case.steps if step.number == number]
    if days:
        return max(days)
    if case.kind is CaseKind.REIMBURSEMENT and number == Reimbursed.SEND and case.submission:
        return case.submission.sent_on
    given = case.authorization
    if given is not None:
        return {1: given.requested_on, 2: given.decided_on}.get(number)
    return None


def last_moved(case: Case, calls: Sequence[Call], today: date) -> date:
    """The latest day on which something happened, calls among them; days to come do not count."""
    days = [case.opened_on, *(step.done_on for step in case.steps), *(call.called_on for call in calls)]
    if case.submission and case.submission.sent_on:
        days.append(case.submission.sent_on)
    return max((day for day in days if day <= today), default=case.opened_on)


def promised_day(case: Case, calls: Sequence[Call], today: date) -> date | None:
    """The day somebody promised or was to be checked on, where it is the latest word."""
    days = [(call.called_on, call.check_on) for call in calls if call.check_on and not call.checked]
    days += [(step.done_on, step.promised_by) for step in case.steps if step.promised_by]
    last = last_moved(case, calls, today)
    waiting = [day for said_on, day in days if day >= today or said_on >= last]
    return min(waiting, default=None)
