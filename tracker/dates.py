"""Days, months and periods: arithmetic, reading what people type, writing it.

A `Month` is its first day (a `date`). Periods are half open, `begin <= day < end`, so that months
and plan years join without gaps; screens show the last day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.errors import UserProblem

Clock = Callable[[], date]
"""Gives today. Only the program's two starts pass `date.today`; tests pass a fixed day."""

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""Spelt out: Python's own names follow the system's language once a window is open."""
FIRST_YEAR, LAST_YEAR = 1900, 2199
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_US = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?")
_WORDS = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:\s*,?\s*(\d{4}))?")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `begin` up to, not including, `end`."""

    begin: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.begin:
            raise ValueError("a period holds at least one day")

    def __contains__(self, day: date) -> bool:
        return self.begin <= day < self.end

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.end - self.begin).days

    def months(self) -> list[date]:
        """The first day of every month the period touches."""
        found, month = [], first_of(self.begin)
        while month < self.end:
            found.append(month)
            month = add_months(month, 1)
        return found


def first_of(day: date) -> date:
    """The month a day belongs to, as its first day."""
    return day.replace(day=1)


def month_period(month: date) -> Period:
    begin = first_of(month)
    return Period(begin, add_months(begin, 1))


def add_months(day: date, count: int) -> date:
    """The same day of another month, or its last day where the month is shorter.

    Always count from a schedule's first day, so that Jan 31 gives Feb 28 and then Mar 31.
    """
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def budget_year(start_month: int, year: int) -> Period:
    """The twelve months of a budget year named after the calendar year in which it begins."""
    begin = date(year, start_month, 1)
    return Period(begin, add_months(begin, 12))


def budget_year_of(day: date, start_month: int) -> int:
    """The name (first calendar year) of the budget year a day belongs to."""
    return day.year if day.month >= start_month else day.year - 1


def parse_day(text: str, *, today: date, field: str | None = None) -> date:
    """Read a day a person typed: `2026-11-22`, `11/22/2026`, `11/22`, `Nov 22, 2026`, `today`.

    Without a year it is the one in which the day lies closest to `today`. Raises UserProblem for
    days that do not exist (2026-02-30) and for text that is no date.
    """
    cleaned = text.strip()
    if cleaned.casefold() in ("today", "t"):
        return today
    if cleaned.casefold() in ("yesterday", "y"):
        return today - timedelta(days=1)
    if found := _ISO.fullmatch(cleaned):
        return _real(int(found[1]), int(found[2]), int(found[3]), cleaned, field)
    if found := _US.fullmatch(cleaned):
        return _with_year(found[3], int(found[1]), int(found[2]), cleaned, today, field)
    if found := _WORDS.fullmatch(cleaned):
        for number, name in enumerate(MONTH_NAMES, start=1):
            if name.casefold().startswith(found[1].casefold()):
                return _with_year(found[3], number, int(found[2]), cleaned, today, field)
    shown = cleaned if len(cleaned) <= 30 else cleaned[:29] + "\u2026"
    if not cleaned:
        raise UserProblem("A date is missing.", "Type it like 11/22/2026.", field=field)
    raise UserProblem(f"\u201c{shown}\u201d is not a date.", "Type it like 11/22/2026.", field=field)


def _with_year(year: str | None, month: int, day: int, text: str, today: date, field: str | None) -> date:
    if year:
        return _real(int(year) + (2000 if len(year) == 2 else 0), month, day, text, field)
    tries = []
    for candidate in (today.year, today.year - 1, today.year + 1):
        try:
            tries.append(date(candidate, month, day))
        except ValueError:
            continue
    if not tries:
        return _real(today.year, month, day, text, field)
    return min(tries, key=lambda found: abs((found - today).days))


def _real(year: int, month: int, day: int, text: str, field: str | None) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserProblem(
            f"The year {year} is outside {FIRST_YEAR} to {LAST_YEAR}.", "Check the date.", field=field
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise UserProblem(f"{text} is not a day of the calendar.", "Check the date.", field=field) from None


def day_text(day: date, *, year: bool = True) -> str:
    """`Nov 22, 2026`, or `Nov 22` without the year."""
    short = f"{MONTH_NAMES[day.month - 1][:3]} {day.day}"
    return f"{short}, {day.year}" if year else short


def clock_text(moment: datetime) -> str:
    """`9:05 AM`, whatever the system's language calls the halves of a day."""
    return f"{moment.hour % 12 or 12}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'}"


def years_name(period: Period) -> str:
    """`2026`; a period that goes on into the next year has two, `2026-27`."""
    begin, last = period.begin, period.last_day
    return str(begin.year) if begin.year == last.year else f"{begin.year}-{last.year % 100:02d}"


def month_text(month: date) -> str:
    """`November 2026`."""
    return f"{MONTH_NAMES[month.month - 1]} {month.year}"


def period_text(period: Period) -> str:
    """`Jan 1 to Dec 31, 2026`, with both years where they differ."""
    same = period.begin.year == period.last_day.year
    return f"{day_text(period.begin, year=not same)} to {day_text(period.last_day)}"
