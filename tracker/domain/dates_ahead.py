"""A day that lies ahead and what falls on it: the entries that reminders and calendars are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.money import Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class DateAhead:
    """One dated entry. `key` names the matter while its day, amount or words change, so that a calendar
    can replace what it took before. `kind` is one short word for what sort of date it is ("renewal").
    `amount` is in cents, None where no money goes with it.
    """

    key: str
    on: date
    what: str
    detail: str = ""
    amount: Cents | None = None
    kind: str


def in_day_order(entries: list[DateAhead]) -> list[DateAhead]:
    """The entries by day, then by what they say."""
    return sorted(entries, key=lambda entry: (entry.on, entry.what, entry.key))
