"""The contacts of a membership as its value is worked out from them (rulebook 6.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from tracker.dates import Period
from tracker.domain.membership.value import Contact
from tracker.facts import Membership, Visit
from tracker.facts.membership import ContactKind, PracticeContact

_NOON = time(12)


def contacts_in(
    membership: Membership, contacts: Iterable[PracticeContact], visits: Iterable[Visit], period: Period
) -> list[Contact]:
    """The contacts of a period, oldest first, and the visits to the practice that none of them is.

    Without both times a promise is judged by the days alone. A contact whose minutes are not known, and
    which no visit of the care log tells, breaks no promise of a length.
    """
    inside = [item for item in contacts if item.seen_on in period]
    by_id = {visit.id: visit for visit in visits}
    found = [(item.seen_on, _contact(membership, item, by_id.get(item.visit_id))) for item in inside]
    found += [
        (visit.visited_on, _of_visit(membership, visit))
        for visit in loose_visits(membership, inside, by_id.values(), period)
    ]
    return [contact for _, contact in sorted(found, key=lambda pair: pair[0])]


def loose_visits(
    membership: Membership, contacts: Sequence[PracticeContact], visits: Iterable[Visit], period: Period
) -> list[Visit]:
    """Visits of the covered people to the practice that were not entered as contacts as well."""
    linked = {item.visit_id for item in contacts if item.visit_id is not None}
    seen = {(item.seen_on, item.person_id) for item in contacts if item.visit_id is None}
    return [
        visit
        for visit in visits
        if visit.provider_id == membership.practice_id
        and visit.visited_on in period
        and (not membership.person_ids or visit.person_id in membership.person_ids)
        and visit.id not in linked
        and (visit.visited_on, visit.person_id) not in seen
        and (visit.visited_on, None) not in seen
    ]


def _contact(membership: Membership, item: PracticeContact, visit: Visit | None) -> Contact:
    terms = membership.terms
    minutes = item.minutes if item.minutes is not None or visit is None else visit.minutes
    is_message = item.kind is ContactKind.MESSAGE
    promise = terms.reply_hours if is_message else terms.promised_hours
    timed = item.asked_at is not None and item.seen_at is not None
    asked = _moment(item.asked_at) if timed else _NOON
    return Contact(
        kind=item.kind,
        requested_at=datetime.combine(item.asked_on, asked) if item.asked_on is not None else None,
        seen_at=datetime.combine(item.seen_on, _moment(item.seen_at) if timed else _NOON),
        minutes=minutes or 0,
        within_hours=promise if item.within_hours is None else item.within_hours,
        promised_minutes=None if minutes is None else terms.promised_minutes,
    )


def _of_visit(membership: Membership, visit: Visit) -> Contact:
    promised = None if visit.minutes is None else membership.terms.promised_minutes
    return Contact(
        kind=ContactKind.VISIT,
        seen_at=datetime.combine(visit.visited_on, _NOON),
        minutes=visit.minutes or 0,
        promised_minutes=promised,
    )


def _moment(at: time | None) -> time:
    return _NOON if at is None else at
