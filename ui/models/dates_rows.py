"""Dates ahead as rows: a heading for each month, and what a day, a matter and its amount look like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.dates import add_months, day_text, first_of, month_text
from tracker.domain.date_kinds import DateGroup, kind_of
from tracker.domain.dates_ahead import OWN, DateAhead
from tracker.money import dollars_or_blank
from ui.models.table import Column

EVERYTHING = "Everything"
HORIZONS = ((3, "3 months"), (12, "12 months"))
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class DateRow:
    """A date, or where `entry` is None the heading of a month."""

    key: int
    month: date
    entry: DateAhead | None = None


def kept(entries: Iterable[DateAhead], *, group: str, months: int, today: date) -> list[DateAhead]:
    """The entries of a group (or EVERYTHING) in the next months, today's day of the last among them."""
    last = add_months(today, months)
    return [
        entry
        for entry in entries
        if entry.on <= last and group in (EVERYTHING, kind_of(entry.kind).group.value)
    ]


def groups_of(entries: Iterable[DateAhead]) -> list[str]:
    """What a list can be narrowed to: the groups it has dates of."""
    there = {kind_of(entry.kind).group for entry in entries}
    return [EVERYTHING, *(group.value for group in DateGroup if group in there)]


def rows_by_month(entries: Sequence[DateAhead]) -> list[DateRow]:
    """The entries, in their order, with the months as headings."""
    found: list[DateRow] = []
    for entry in entries:
        month = first_of(entry.on)
        if not found or found[-1].month != month:
            found.append(DateRow(-(month.year * 12 + month.month), month))
        found.append(DateRow(row_key(entry), month, entry))
    return found


def plain_rows(entries: Sequence[DateAhead]) -> list[DateRow]:
    """The entries without headings."""
    return [DateRow(row_key(entry), first_of(entry.on), entry) for entry in entries]


def row_key(entry: DateAhead) -> int:
    """A number for an entry, the same while its matter is the same."""
    return hash(entry.key) & 0x7FFF_FFFF_FFFF


def is_own(row: DateRow) -> bool:
    """Whether the row is a reminder of the member's own."""
    return row.entry is not None and row.entry.kind == OWN


def is_heading(row: DateRow) -> bool:
    return row.entry is None


def list_columns() -> list[Column[DateRow]]:
    """Day, what, sort of date, amount: of a list by month, which says the details beside itself."""
    return [
        Column("Day", _day_or_month),
        Column("What", _what, stretch=1, tooltip=_detail),
        Column("Kind", _kind, tone=lambda _row: "quiet"),
        Column("Amount", _amount, right=True),
    ]


def short_columns() -> list[Column[DateRow]]:
    """Day, what, details, amount: of a few dates without their months."""
    return [
        Column("Day", lambda row: day_words(row.entry.on, year=True) if row.entry else ""),
        Column("What", _what, stretch=4, tooltip=_what),
        Column("Details", _detail, stretch=4, tooltip=_detail, tone=lambda _row: "quiet"),
        Column("Amount", _amount, right=True),
    ]


def day_words(on: date, *, year: bool = False) -> str:
    """`Tue, Nov 24`."""
    return f"{_WEEKDAYS[on.weekday()]}, {day_text(on, year=year)}"


def _day_or_month(row: DateRow) -> str:
    return month_text(row.month) if row.entry is None else day_words(row.entry.on)


def _what(row: DateRow) -> str:
    return " ".join(row.entry.what.split()) if row.entry else ""


def _detail(row: DateRow) -> str:
    return " ".join(row.entry.detail.split()) if row.entry else ""


def _kind(row: DateRow) -> str:
    return kind_of(row.entry.kind).group.value if row.entry else ""


def _amount(row: DateRow) -> str:
    return dollars_or_blank(row.entry.amount or None) if row.entry else ""
