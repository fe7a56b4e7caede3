"""The contact log: what was entered, and visits of the care log that nobody entered as a contact (6.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.dates import Period
from tracker.domain.membership.contact_log import contacts_in, loose_visits
from tracker.domain.membership.value import Contact
from tracker.facts import Membership, Visit
from tracker.facts.membership import PracticeContact


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One line of the log. Without a `contact` it is a `visit` of the care log to be completed.

    `judged` is the same as its promises are judged: what was promised, and whether it was kept.
    """

    on: date
    judged: Contact
    contact: PracticeContact | None = None
    visit: Visit | None = None

    @property
    def person_id(self) -> int | None:
        if self.contact is not None and self.contact.person_id is not None:
            return self.contact.person_id
        return self.visit.person_id if self.visit else None

    @property
    def minutes(self) -> int | None:
        if self.contact is not None and self.contact.minutes is not None:
            return self.contact.minutes
        return self.visit.minutes if self.visit else None

    @property
    def is_timed(self) -> bool:
        """Whether the hours between asking and being seen are known, not only the days."""
        contact = self.contact
        return contact is not None and contact.asked_at is not None and contact.seen_at is not None

    @property
    def waited(self) -> timedelta | None:
        """How long it took from asking to being seen; None where it is not known."""
        if self.judged.requested_at is None or self.judged.seen_at is None:
            return None
        return self.judged.seen_at - self.judged.requested_at


def log_rows(
    membership: Membership, contacts: Sequence[PracticeContact], visits: Iterable[Visit], period: Period
) -> list[LogRow]:
    """The contacts of a period and the visits to the practice that none of them is, the latest first."""
    seen = [item for item in contacts if item.seen_on in period]
    by_id = {visit.id: visit for visit in visits}
    found = []
    for item in seen:
        visit = by_id.get(item.visit_id) if item.visit_id is not None else None
        (judged,) = contacts_in(membership, [item], [visit] if visit else [], period)[:1]
        found.append(LogRow(on=item.seen_on, judged=judged, contact=item, visit=visit))
    for visit in loose_visits(membership, seen, by_id.values(), period):
        (judged,) = contacts_in(membership, [], [visit], period)
        found.append(LogRow(on=visit.visited_on, judged=judged, visit=visit))
    return sorted(found, key=_latest_first)


def _latest_first(row: LogRow) -> tuple[int, float]:
    at = row.judged.seen_at
    return -row.on.toordinal(), -(at.hour + at.minute / 60) if at else 0.0
