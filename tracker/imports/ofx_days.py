"""Days of OFX: `20260301`, `20260301120000.000[-5:EST]`. The day is the one the bank wrote."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from tracker.imports.bank_day import no_date, real_day

_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\d{2,10})?(?!\d)", re.ASCII)
_DASHED = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)", re.ASCII)


@lru_cache(maxsize=4096)
def ofx_day(text: str) -> date:
    """The calendar day that a date of OFX names, in the bank's own time zone: no shift is made.

    The time and the zone after it are left out, since a member's statement shows that same day.
    Raises UserProblem for text that is no date, or a day before 1900 or after 2100.
    """
    found = _STAMP.match(text) or _DASHED.match(text)
    if found is None:
        raise no_date(text)
    return real_day(int(found[1]), int(found[2]), int(found[3]), text)
