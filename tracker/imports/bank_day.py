"""A day that a bank's file names, checked."""

from __future__ import annotations

from datetime import date

from tracker.errors import UserProblem
from tracker.imports.bank_text import short

FIRST_YEAR, LAST_YEAR = 1900, 2100


def real_day(year: int, month: int, day: int, text: str) -> date:
    """The day; `text` is how the file wrote it.

    Raises UserProblem before 1900, after 2100, and for days that do not exist.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserProblem(f"\u201c{short(text, 30)}\u201d is not between {FIRST_YEAR} and {LAST_YEAR}.")
    try:
        return date(year, month, day)
    except ValueError:
        raise UserProblem(f"\u201c{short(text, 30)}\u201d is not a day of the calendar.") from None


def no_date(text: str) -> UserProblem:
    """The problem with a text that is no date."""
    return UserProblem(f"\u201c{short(text, 30)}\u201d is not a date.")
