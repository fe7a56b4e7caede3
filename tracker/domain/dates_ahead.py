"""A day that lies ahead and what falls on it: the entries that reminders and calendars are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tracker.dates import Period
from tracker.money import Cents

OWN = "own"
"""The kind of the member's own reminders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateAhead:
    """One dated entry. `key` names the matter while its day, amount or words change, so that a calendar
    can replace what it took before. `kind` is one short word for what sort of date it is ("renewal").
    `amount` is in cents, None where no money goes with it. `page` and `target` are where it leads in the
    program; an entry without a page leads nowhere.
    """

    key: str
    on: date
    what: str
    detail: str = ""
    amount: Cents | None = None
    kind: str
    page: str = ""
    target: object = None


def in_day_order(entries: Iterable[DateAhead]) -> list[DateAhead]:
    """The entries by day, then by what they say."""
    return sorted(entries, key=lambda entry: (entry.on, entry.what, entry.key))


def each_once(entries: Iterable[DateAhead]) -> list[DateAhead]:
    """One entry for each matter: the first of a key, and an own reminder that says what another entry of
    its day says becomes part of that.
    """
    by_key: dict[str, DateAhead] = {}
    for entry in entries:
        by_key.setdefault(entry.key, entry)
    own = {_said(entry): entry for entry in by_key.values() if entry.kind == OWN}
    found = [entry for entry in by_key.values() if entry.kind != OWN]
    for place, entry in enumerate(found):
        mine = own.pop(_said(entry), None)
        if mine is not None:
            found[place] = replace(entry, detail=" ".join(filter(None, (entry.detail, mine.detail))))
    kept = {entry.key for entry in own.values()}
    return [*found, *(entry for entry in by_key.values() if entry.key in kept)]


def within(entries: Iterable[DateAhead], period: Period) -> list[DateAhead]:
    """The entries of a period."""
    return [entry for entry in entries if entry.on in period]


def _said(entry: DateAhead) -> tuple[date, str]:
    return entry.on, " ".join(entry.what.casefold().split())
