"""The dates of QIF, which names no order: `6/17/97`, `1/ 5'04`, `23/10/2013`, `2019-03-31`, `03/25/099`.

One file has one order. A number above 12 in any date settles it for the whole file; where none does,
the dates are read month first, as in the United States, and the file's reader says so. Two-digit years
from 70 are of the twentieth century; three digits count from 1900, as a famous bug of 2000 did.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tracker.dates import MONTH_NAMES
from tracker.imports.bank_day import no_date, real_day

_NUMBERS = re.compile(
    r"(\d{1,4})\s*[/.\-' ]\s*(\d{1,2})\s*[/.\-' ]\s*(\d{1,4})(?!\d)",
    re.ASCII,
)
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{2})(\d{2})(?!\d)", re.ASCII)
_DAY_NAME = re.compile(r"(\d{1,2})[\s./-]*([A-Za-z]{3,9})\.?[\s.,/'-]*(\d{2,4})(?!\d)", re.ASCII)
_NAME_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s*(\d{1,2})[\s.,/'-]+(\d{2,4})(?!\d)", re.ASCII)
_READ = "They were read month first: 3/4 is March 4."


@dataclass(frozen=True, slots=True)
class DayOrder:
    """How the dates of a file are read.

    `doubt` is a sentence for the person where the file leaves it open; `matters` is whether any date
    could be read in two ways or only in this one, which year-first dates are not.
    """

    day_first: bool
    matters: bool = True
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class _Split:
    """A date apart. `a` and `b` are in the order of the file; where that is `settled`, month and day."""

    year: int
    a: int
    b: int
    settled: bool


def day_order(texts: Iterable[str], chosen: bool | None = None) -> DayOrder:
    """The order of a file's dates; `chosen` is the person's word, day first or not, and wins."""
    if chosen is not None:
        return DayOrder(chosen)
    month_first = day_first = open_to_both = False
    for text in texts:
        split = _split(text)
        if split is None or split.settled or split.a == split.b:
            continue
        if split.a > 12 >= split.b:
            day_first = True
        elif split.b > 12 >= split.a:
            month_first = True
        else:
            open_to_both = True
    if day_first and month_first:
        return DayOrder(False, doubt="Some of its dates only fit day first, others month first. " + _READ)
    if open_to_both and not day_first and not month_first:
        return DayOrder(False, doubt="Its dates fit month first and day first. " + _READ)
    return DayOrder(day_first, matters=day_first or month_first)


@lru_cache(maxsize=4096)
def qif_day(text: str, day_first: bool) -> date:
    """The day of a date. Raises UserProblem where it is none, or before 1900 or after 2100."""
    split = _split(text)
    if split is None:
        raise no_date(text)
    swapped = day_first and not split.settled
    month, day = (split.b, split.a) if swapped else (split.a, split.b)
    return real_day(split.year, month, day, text)


def _split(text: str) -> _Split | None:
    text = text.strip().replace("\u2019", "'")[:60]
    if found := _NUMBERS.match(text):
        first, second, third = found.groups()
        if len(first) == 4:
            return _Split(int(first), int(second), int(third), True) if len(third) <= 2 else None
        return _Split(_year(third), int(first), int(second), False) if len(first) <= 2 else None
    if found := _COMPACT.match(text):
        one, two, three, four = (int(part) for part in found.groups())
        if one in (19, 20):
            return _Split(one * 100 + two, three, four, True)
        return _Split(three * 100 + four, one, two, False)
    if found := _DAY_NAME.match(text):
        month, day, year = _month(found[2]), int(found[1]), found[3]
    elif found := _NAME_DAY.match(text):
        month, day, year = _month(found[1]), int(found[2]), found[3]
    else:
        return None
    return _Split(_year(year), month, day, True) if month else None


def _year(digits: str) -> int:
    number = int(digits)
    if len(digits) == 4:
        return number
    if len(digits) == 3:
        return 1900 + number
    return number + (1900 if number >= 70 else 2000)


def _month(word: str) -> int:
    """The number of a month's English name or its beginning; 0 for no month."""
    folded = word.casefold()
    hits = [number for number, name in enumerate(MONTH_NAMES, 1) if name.casefold().startswith(folded)]
    return hits[0] if len(hits) == 1 else 9 if folded == "sept" else 0
