"""Dates in a table's cells: which way round a whole column is written, and each cell read that way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from tracker.dates import MONTH_NAMES
from tracker.imports.table_cells import UNCALCULATED, ExactNumber, Uncalculated, shown
from tracker.imports.workbook_cells import UNCALCULATED as NOT_CALCULATED

EARLIEST, LATEST = 1900, 2100
"""Years taken from outside files; others are slips or placeholders such as 9999-12-31."""


class DateOrder(StrEnum):
    """Which way round numbers stand. Months in words and years in front are read in every order."""

    YEAR_FIRST = "year first"
    MONTH_FIRST = "month first"
    DAY_FIRST = "day first"
    YEAR_MIDDLE = "year in the middle"


_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{1,2})")
_MIDDLE = re.compile(r"(\d{1,2})([-/.])(\d{4})\2(\d{1,2})")
_COMPACT = re.compile(r"(\d{8})(?:\d{6}(?:\.\d+)?)?(?:\[[^\]]{0,12}\])?")
_DAY_NAMED = re.compile(
    r"(?:[a-z]{3,9}\.?,? )?(\d{1,2})(?:st|nd|rd|th)?[ \-/.]{0,2}([a-z]{3,9})\.?,?[ \-/]?(\d{4}|\d{1,2})"
)
_NAMED_DAY = re.compile(
    r"(?:[a-z]{3,9}\.?,? )?([a-z]{3,9})\.?[ \-/]?(\d{1,2})(?:st|nd|rd|th)?,?[ \-/](\d{4}|\d{2})"
)
_TIME = re.compile(r"[T ,]\s*\d{1,2}:\d{2}.*$", re.DOTALL)
_AS_OF = re.compile(r"^.{6,12} as of (.{6,12})$", re.IGNORECASE)
_RANGE = re.compile(r"\s+(?:-|\u2013|to|through|thru)\s+|(?<=/\d{4})\s?[-\u2013]\s?(?=\d)", re.IGNORECASE)
_LONGEST = 60
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (*(name.casefold() for name in MONTH_NAMES), "sept")

Parts = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Written:
    """Three numbers as they stand; `order` where they leave no doubt; `dots` between them."""

    parts: Parts
    order: DateOrder | None = None
    dots: bool = False


def _written(cell: str) -> _Written | None:
    """How a cell writes a day, or None where it writes none."""
    text = cell.strip()
    if len(text) > _LONGEST or not any(mark.isdigit() for mark in text):
        return None
    if isinstance(cell, ExactNumber):
        found = re.fullmatch(r"((?:19|20)\d{2})(\d{2})(\d{2})", text)
        return (
            _Written((int(found[1]), int(found[2]), int(found[3])), DateOrder.YEAR_FIRST) if found else None
        )
    as_of = _AS_OF.match(text)
    text = _TIME.sub("", as_of[1] if as_of else text).strip()
    if found := _ISO.fullmatch(text):
        return _Written((int(found[1]), int(found[3]), int(found[4])), DateOrder.YEAR_FIRST)
    if found := _NUMBERS.fullmatch(text):
        parts = (int(found[1]), int(found[3]), int(found[4]))
        if parts[0] > 31:
            return _Written((_century(parts[0]), parts[1], parts[2]), DateOrder.YEAR_FIRST)
        return _Written(parts, dots=found[2] == ".")
    if found := _COMPACT.fullmatch(text):
        digits = found[1]
        if EARLIEST <= int(digits[:4]) <= LATEST:
            return _Written((int(digits[:4]), int(digits[4:6]), int(digits[6:])), DateOrder.YEAR_FIRST)
        return _Written((int(digits[:2]), int(digits[2:4]), int(digits[4:]))) if len(text) == 8 else None
    if found := _MIDDLE.fullmatch(text):
        return _Written((int(found[1]), int(found[3]), int(found[4])), DateOrder.YEAR_MIDDLE)
    return _in_words(text.casefold())


def _in_words(text: str) -> _Written | None:
    if found := _DAY_NAMED.fullmatch(text):
        day, name, year = found[1], found[2], found[3]
    elif found := _NAMED_DAY.fullmatch(text):
        name, day, year = found[1], found[2], found[3]
    else:
        return None
    if name[:3] not in _MONTHS or (len(name) > 3 and name not in _FULL):
        return None
    return _Written(
        (_century(int(year), year), _MONTHS.index(name[:3]) + 1, int(day)), DateOrder.YEAR_FIRST
    )


def _century(year: int, written: str = "") -> int:
    """A year of one or two digits: 00 to 69 are of this century, 70 to 99 of the last."""
    if len(written) > 2 or year > 99:
        return year
    return year + (2000 if year < 70 else 1900)


def days_in(cell: str) -> list[str]:
    """The two days of a range such as `1/3/2026 - 1/5/2026`; of anything else, the cell alone."""
    return _RANGE.split(cell, maxsplit=1) if len(cell) <= _LONGEST and _RANGE.search(cell) else [cell]


def like_day(cell: str) -> bool:
    """Whether a cell looks like a day of the calendar in any order."""
    how = _written(cell)
    return how is not None and any(
        not isinstance(_day(how, order), str) for order in (DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST)
    )


class DayReader:
    """Reads the cells of one table in one order; a day that was read once is not read again."""

    def __init__(self, order: DateOrder) -> None:
        self._order = order
        self._known: dict[str, date | str] = {}

    def read(self, cell: str) -> date | str:
        """The day, or a sentence that says why there is none."""
        found = self._known.get(cell)
        if found is None:
            found = self._known[cell] = self._read(cell)
        return found

    def _read(self, cell: str) -> date | str:
        if isinstance(cell, Uncalculated) or cell == UNCALCULATED:
            return NOT_CALCULATED
        if not cell:
            return "The date is empty."
        how = _written(cell)
        if how is None:
            return f"{shown(cell)} is not a date."
        found = _day(how, self._order)
        if not isinstance(found, str):
            return found
        return found.format(shown(cell))


def _day(how: _Written, order: DateOrder) -> date | str:
    """The day, or a sentence with a gap for the cell."""
    one, two, three = how.parts
    if how.order is DateOrder.YEAR_FIRST:
        year, month, day = one, two, three
    elif how.order is DateOrder.YEAR_MIDDLE:
        year, month, day = (two, one, three) if order is DateOrder.MONTH_FIRST else (two, three, one)
    elif order is DateOrder.YEAR_FIRST:
        year, month, day = _century(one), two, three
    elif order is DateOrder.DAY_FIRST:
        year, month, day = _century(three), two, one
    else:
        year, month, day = _century(three), one, two
    if not EARLIEST <= year <= LATEST:
        return f"The year of {{}} is outside {EARLIEST} to {LATEST}."
    try:
        return date(year, month, day)
    except ValueError:
        return f"{{}} is not a day of the calendar when it is read {order.value}."


@dataclass(frozen=True, slots=True)
class DateGuess:
    """The order a file writes its dates in, how that is known, and whether it is certain."""

    order: DateOrder
    says: str
    sure: bool


def judge_dates(columns: Sequence[Sequence[str]], *, usual: DateOrder | None = None) -> DateGuess:
    """Which way round the columns are written, judged over all their cells together.

    `usual` is what a known layout always writes; it decides where the cells leave it open.
    """
    seen: dict[str, _Written] = {}
    for cell in {cell for column in columns for cell in column if cell}:
        how = _written(cell)
        if how is not None:
            seen[cell] = how
    open_ones = {cell: how for cell, how in seen.items() if how.order is None}
    if not open_ones:
        return _without_doubt(seen)
    day_first = [cell for cell, how in open_ones.items() if how.parts[0] > 12]
    month_first = [cell for cell, how in open_ones.items() if how.parts[1] > 12]
    if day_first or month_first:
        order = DateOrder.DAY_FIRST if len(day_first) > len(month_first) else DateOrder.MONTH_FIRST
        proof = min(day_first if order is DateOrder.DAY_FIRST else month_first)
        if day_first and month_first:
            return DateGuess(
                order,
                f"Most dates are written {order.value}, as {shown(proof)} shows; some are not.",
                False,
            )
        return DateGuess(order, f"Dates are written {order.value}, as {shown(proof)} shows.", True)
    if usual is not None:
        return DateGuess(usual, f"Dates are written {usual.value}, as this layout always does.", True)
    return _by_likelihood(columns, open_ones)


def _without_doubt(seen: dict[str, _Written]) -> DateGuess:
    if any(how.order is DateOrder.YEAR_MIDDLE for how in seen.values()):
        return DateGuess(
            DateOrder.YEAR_MIDDLE,
            "The year stands between day and month; the day is taken to come first.",
            False,
        )
    return DateGuess(DateOrder.YEAR_FIRST, "Dates can be read in one way only.", True)


def _by_likelihood(columns: Sequence[Sequence[str]], open_ones: dict[str, _Written]) -> DateGuess:
    """No day above 12: the rows' own order may tell, or dots, which the United States do not write."""
    sorted_as = {
        order: _rows_in_order(columns, order) for order in (DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST)
    }
    for order, other in (
        (DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST),
        (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST),
    ):
        if sorted_as[order] and not sorted_as[other]:
            return DateGuess(
                order,
                f"Dates are read {order.value}, because only then do the rows stand in order of date.",
                len(open_ones) >= 6,
            )
    if all(how.dots for how in open_ones.values()):
        return DateGuess(
            DateOrder.DAY_FIRST, "Dates have dots, so they are read day first; nothing proves it.", False
        )
    one = min(open_ones)
    return DateGuess(
        DateOrder.MONTH_FIRST,
        f"Dates are read month first, as is usual in the US; {shown(one)} could be read either way.",
        False,
    )


def _rows_in_order(columns: Sequence[Sequence[str]], order: DateOrder) -> bool:
    """Whether the first column's days only rise, or only fall, when read so."""
    reader = DayReader(order)
    for column in columns[:1]:
        days = [day for cell in column if isinstance(day := reader.read(cell), date)]
        if len(set(days)) > 1:
            return _monotone(days)
    return False


def _monotone(days: Iterable[date]) -> bool:
    listed = list(days)
    pairs = list(pairwise(listed))
    return all(one <= two for one, two in pairs) or all(one >= two for one, two in pairs)
