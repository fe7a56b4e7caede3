"""Days of OFX: `20260301`, `20260301120000.000[-5:EST]`. The day is the one the bank wrote."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from tracker.errors import UserProblem

_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\d{2,10})?(?!\d)", re.ASCII)
_DASHED = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2100


@lru_cache(maxsize=4096)
def ofx_day(text: str) -> date:
    """The calendar day that a date of OFX names, in the bank's own time zone: no shift is made.

    The time and the zone after it are left out, since a member's statement shows that same day.
    Raises UserProblem for text that is no date, or a day before 1900 or after 2100.
    """
    found = _STAMP.match(text) or _DASHED.match(text)
    if found is None:
        shown = text if len(text) <= 30 else text[:29] + "\u2026"
        raise UserProblem(f"\u201c{shown}\u201d is not a date.")
    return real_day(int(found[1]), int(found[2]), int(found[3]), text)


def real_day(year: int, month: int, day: int, text: str) -> date:
    """The day, checked; `text` is how the file wrote it. Raises UserProblem."""
    shown = text if len(text) <= 30 else text[:29] + "\u2026"
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserProblem(f"\u201c{shown}\u201d is not between {FIRST_YEAR} and {LAST_YEAR}.")
    try:
        return date(year, month, day)
    except ValueError:
        raise UserProblem(f"\u201c{shown}\u201d is not a day of the calendar.") from None
