"""The days of cases as dated entries for reminders and calendars (rulebook 3.7, 3.8, 3.10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from tracker.dates import day_text
from tracker.domain.claims.attention_item import stop
from tracker.domain.claims.case_days import whose_day
from tracker.domain.claims.case_standing import CaseStanding
from tracker.domain.claims.papers import Papers
from tracker.domain.dates_ahead import DateAhead
from tracker.facts import Authorized, CaseKind, Deadline, Turn
from tracker.money import Cents

_HOLDS = (Authorized.APPROVED, Authorized.PARTIALLY)


def days_of_cases(standings: Iterable[CaseStanding], today: date) -> list[DateAhead]:
    """Every day of open cases that is not done: the day to do it by, with the legal last day in words.

    Where only the legal last day is still ahead, that is the day.
    """
    return [entry for standing in standings if not standing.is_closed for entry in _days(standing, today)]


def rest_of_cases(standings: Iterable[CaseStanding], papers: Papers) -> list[DateAhead]:
    """Where authorizations end, when to follow up, and which calls to check."""
    found: list[DateAhead] = []
    known = list(standings)
    calls = list(_calls(known, papers))
    checked = {entry.on for entry in calls}
    for standing in known:
        if standing.is_closed:
            continue
        found += _authorization_end(standing)
        follow = standing.follow_up_on
        by_call = follow in checked and any(call.check_on == follow for call in standing.calls)
        if follow is not None and not by_call:
            case = standing.case
            found.append(
                DateAhead(
                    key=f"follow:{case.id}",
                    on=follow,
                    what=f"Follow up: {case.title or standing.kind_words}",
                    detail=_sentence(standing.words),
                    amount=stake(standing),
                    kind="follow_up",
                    page="claims",
                    target=("case", case.id),
                )
            )
    return found + calls


def stake(standing: CaseStanding) -> Cents | None:
    """What hangs on a case, in cents; None where nobody knows."""
    if standing.case.at_stake is not None:
        return standing.case.at_stake
    return standing.progress.outstanding if standing.progress else None


def _days(standing: CaseStanding, today: date) -> Iterator[DateAhead]:
    case, seen = standing.case, Counter[str]()
    for deadline in standing.days:
        seen[deadline.label] += 1
        again = f":{seen[deadline.label]}" if seen[deadline.label] > 1 else ""
        last = deadline.last_day
        is_late = deadline.do_by < today and last is not None and last >= today
        mine = whose_day(deadline) is Turn.ME
        yield DateAhead(
            key=f"case:{case.id}:{deadline.label}{again}",
            on=last if is_late and last is not None else deadline.do_by,
            what=f"{deadline.label}: {case.title or standing.kind_words}",
            detail=_day_words(deadline, is_late=is_late),
            amount=stake(standing),
            kind="deadline" if mine else "answer",
            page="claims",
            target=("case", case.id),
        )


def _day_words(deadline: Deadline, *, is_late: bool) -> str:
    last, why = deadline.last_day, " ".join(deadline.why.split())
    if is_late:
        words = f"This is the legal last day; it was to be done by {day_text(deadline.do_by)}."
    elif last is not None and last != deadline.do_by:
        words = f"The legal last day is {day_text(last)}."
    else:
        words = ""
    return f"{words} {why}".strip()


def _authorization_end(standing: CaseStanding) -> Iterator[DateAhead]:
    held, case = standing.held, standing.case
    if held is None or held.authorization.valid_to is None or held.stands not in _HOLDS or held.left == 0:
        return
    given = held.authorization
    noun = "Referral" if case.kind is CaseKind.REFERRAL else "Authorization"
    number = f" {given.number}" if given.number else ""
    used = f" {held.used} of {given.units} used." if given.units else ""
    assert given.valid_to is not None
    yield DateAhead(
        key=f"expires:{case.id}",
        on=given.valid_to,
        what=f"{noun}{number} ends: {case.title or standing.kind_words}",
        detail=f"Have the care before, or ask for more time.{used}",
        kind="authorization",
        page="claims",
        target=("case", case.id),
    )


def _calls(standings: Iterable[CaseStanding], papers: Papers) -> Iterator[DateAhead]:
    closed = {standing.case.id for standing in standings if standing.is_closed}
    for call in papers.calls:
        if call.check_on is None or call.checked or call.case_id in closed:
            continue
        name = papers.provider_name(call.provider_id) or call.spoke_with or "the call"
        said = " ".join((call.promise or call.said).split())
        target: object = ("part", "cases")
        for noun, number in (
            ("case", call.case_id),
            ("bill", call.bill_id),
            ("claim", call.claim_id),
            ("visit", call.visit_id),
        ):
            if number is not None:
                target = (noun, number)
                break
        yield DateAhead(
            key=f"call:{call.id}",
            on=call.check_on,
            what=f"Check with {name}",
            detail=f"You called {day_text(call.called_on)}. {said}{stop(said)}".strip(),
            kind="call",
            page="claims",
            target=target,
        )


def _sentence(words: str) -> str:
    text = " ".join(words.split())
    return f"{text}{stop(text)}"
