"""Cases and calls that need the member: days, follow-ups, promises, what runs out, money that is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from tracker.dates import day_text
from tracker.domain.claims.attention_item import Do, Matter, stage, stop
from tracker.domain.claims.case_days import APPOINTMENT, whose_day
from tracker.domain.claims.case_standing import CaseStanding
from tracker.domain.claims.papers import Papers
from tracker.facts import Call, CaseKind, Deadline, Turn
from tracker.money import Cents, dollars
from tracker.wording import count_of

CALL_AHEAD_DAYS = 2
APPOINTMENT_AHEAD_DAYS = 14


def of_cases(standings: Mapping[int, CaseStanding], today: date) -> Iterator[Matter]:
    """The days of open cases that come near, what is to be followed up, what runs out."""
    for standing in standings.values():
        if standing.is_closed:
            continue
        near = list(_case_days(standing, today))
        yield from near
        yield from _expiry(standing, today)
        # A call to check on, or an answer that is overdue, already says to follow up.
        said = _is_call_due(standing, today) or any(item.do is Do.FOLLOW_UP for item in near)
        if standing.follow_up_due and not said:
            yield _follow_up(standing, today)
        progress = standing.progress
        if progress is not None and progress.by_eob and progress.received == 0 and progress.due:
            yield _cheque(standing, progress.due, today)


def _case_days(standing: CaseStanding, today: date) -> Iterator[Matter]:
    case = standing.case
    for deadline in standing.days:
        left = (deadline.do_by - today).days
        mine = whose_day(deadline) is Turn.ME
        come = stage(left) if mine else "past" if left < 0 else None
        if come is None or (deadline.label == APPOINTMENT and left > APPOINTMENT_AHEAD_DAYS):
            continue
        yield Matter(
            key=f"day:{case.id}:{deadline.label}:{come}",
            day=deadline.do_by,
            amount=_stake(standing),
            what=_day_headline(deadline, mine=mine),
            detail=f"{case.title}. {_day_detail(deadline, left, today)}",
            do=Do.OPEN if mine else Do.FOLLOW_UP,
            tone="bad" if left < 0 else "warning" if left <= 14 else "accent",
            case_id=case.id,
        )


def _day_headline(deadline: Deadline, *, mine: bool) -> str:
    if mine:
        at = "on" if deadline.label == APPOINTMENT else "by"
        return f"{deadline.label} {at} {day_text(deadline.do_by)}"
    return f"{deadline.label} was due {day_text(deadline.do_by)}"


def _day_detail(deadline: Deadline, left: int, today: date) -> str:
    last = deadline.last_day
    if left >= 0:
        words = "That is today." if left == 0 else f"{count_of(left, 'day')} left."
        return words if last in (None, deadline.do_by) else f"{words} Legal last day {day_text(last)}."
    if last is not None and today <= last:
        return f"The legal last day is {day_text(last)}."
    if last is None:
        return f"{count_of(-left, 'day')} ago."
    return f"The legal last day, {day_text(last)}, is past."


def _expiry(standing: CaseStanding, today: date) -> Iterator[Matter]:
    held, case = standing.held, standing.case
    if held is None:
        return
    end = held.authorization.valid_to
    number = f" {held.authorization.number}" if held.authorization.number else ""
    what = "Referral" if case.kind is CaseKind.REFERRAL else "Authorization"
    if held.reminder is not None and end is not None and held.left != 0:
        yield Matter(
            key=f"expires:{case.id}:{held.reminder}",
            day=end,
            amount=None,
            what=f"{what}{number} ends {day_text(end)}",
            detail=f"{case.title}. {held.words}. Have the care before, or ask for more time.",
            do=Do.OPEN,
            tone="warning",
            case_id=case.id,
        )
    if held.nearly_used and held.left:
        yield Matter(
            key=f"units:{case.id}:{held.left}",
            day=today,
            amount=None,
            what=f"{what}{number}: {held.used} of {held.authorization.units} used",
            detail=f"{case.title}. Ask for more before they run out.",
            do=Do.OPEN,
            tone="warning",
            case_id=case.id,
        )


def _follow_up(standing: CaseStanding, today: date) -> Matter:
    case, due = standing.case, standing.follow_up_on or today
    quiet = max(0, (today - standing.last_moved_on).days)
    return Matter(
        key=f"follow:{case.id}:{due}",
        day=due,
        amount=_stake(standing),
        what=f"Follow up: {case.title or standing.kind_words}",
        detail=f"{standing.words.rstrip('.')}. Nothing moved for {count_of(quiet, 'day')}.",
        do=Do.FOLLOW_UP,
        tone="warning",
        case_id=case.id,
    )


def _cheque(standing: CaseStanding, due: Cents, today: date) -> Matter:
    case = standing.case
    decided = [claim.processed_on for claim in standing.claims if claim.processed_on]
    return Matter(
        key=f"cheque:{case.id}",
        day=max(decided, default=today),
        amount=due,
        what=f"The plan owes you {dollars(due)}",
        detail=f"{case.title}. The EOB says so; record the payment when it comes, or ask where it is.",
        do=Do.OPEN,
        tone="accent",
        case_id=case.id,
    )


def _stake(standing: CaseStanding) -> Cents | None:
    if standing.case.at_stake is not None:
        return standing.case.at_stake
    return standing.progress.outstanding if standing.progress else None


def _is_call_due(standing: CaseStanding, today: date) -> bool:
    return any(_is_due(call, today) for call in standing.calls)


def _is_due(call: Call, today: date) -> bool:
    return (
        call.check_on is not None
        and not call.checked
        and call.check_on <= today + timedelta(days=CALL_AHEAD_DAYS)
    )


def of_calls(papers: Papers, standings: Mapping[int, CaseStanding]) -> Iterator[Matter]:
    """Calls whose next check has come; one about a case stands for following up that case."""
    for call in papers.calls:
        standing = standings.get(call.case_id or 0)
        if not _is_due(call, papers.today) or (standing is not None and standing.is_closed):
            continue
        assert call.check_on is not None
        name = papers.provider_name(call.provider_id) or call.spoke_with or "the call"
        promise = " ".join(call.promise.split())
        said = f"Promised: {promise}" if promise else " ".join(call.said.split())
        reference = f" Reference {call.reference}." if call.reference else ""
        late = call.check_on < papers.today
        yield Matter(
            key=f"call:{call.id}:{call.check_on}",
            day=call.check_on,
            amount=_stake(standing) if standing else None,
            what=f"Check with {name}",
            detail=f"You called {day_text(call.called_on)}. {said}{stop(said)}{reference}".strip(),
            do=Do.FOLLOW_UP,
            tone="warning" if late or call.check_on == papers.today else "accent",
            case_id=call.case_id,
            bill_id=call.bill_id,
            claim_id=call.claim_id,
            visit_id=call.visit_id,
            call_id=call.id,
        )
