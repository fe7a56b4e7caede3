"""Federal holidays and business days, computed for any year (5 USC 6103; rulebook 3.8 and 10.2).

A holiday has its legal day and, where that is a Saturday or Sunday, the weekday on which offices keep
it. Deadlines here move for the legal day only: whether the day offices keep counts is disputed, and
leaving it out can only make a deadline earlier. `offices=True` asks about the day offices keep too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A legal public holiday; `kept_on` is the weekday on which offices close for it."""

    name: str
    on: date
    kept_on: date


@lru_cache(maxsize=64)
def holidays(year: int) -> tuple[Holiday, ...]:
    """The holidays whose legal day lies in a year, in order.

    The two youngest are left out of the years before their laws. Inauguration Day is a holiday around
    Washington only and is not one here.
    """
    fixed = [
        ("New Year's Day", date(year, 1, 1)),
        ("Washington's Birthday", _nth(year, 2, MONDAY, 3)),
        ("Memorial Day", _last_monday_of_may(year)),
        ("Independence Day", date(year, 7, 4)),
        ("Labor Day", _nth(year, 9, MONDAY, 1)),
        ("Columbus Day", _nth(year, 10, MONDAY, 2)),
        ("Veterans Day", date(year, 11, 11)),
        ("Thanksgiving Day", _nth(year, 11, THURSDAY, 4)),
        ("Christmas Day", date(year, 12, 25)),
    ]
    if year >= 1986:
        fixed.append(("Birthday of Martin Luther King, Jr.", _nth(year, 1, MONDAY, 3)))
    if year >= 2021:
        fixed.append(("Juneteenth", date(year, 6, 19)))
    return tuple(Holiday(name, on, _kept(on)) for name, on in sorted(fixed, key=lambda pair: pair[1]))


def holiday_on(day: date, *, offices: bool = False) -> str:
    """The name of the holiday on a day, empty where it is none."""
    # Only New Year's Day can be kept in the year before its own.
    years = (
        (day.year, day.year + 1)
        if offices and day.month == 12 and day.year < date.max.year
        else (day.year,)
    )
    for year in years:
        for holiday in holidays(year):
            if day == holiday.on or (offices and day == holiday.kept_on):
                return holiday.name
    return ""


def is_business_day(day: date, *, offices: bool = False) -> bool:
    """Whether a day is neither Saturday, Sunday nor a federal holiday."""
    return day.weekday() < SATURDAY and not holiday_on(day, offices=offices)


def on_or_after(day: date, *, offices: bool = False) -> date:
    """The day itself where it is a business day, otherwise the next one."""
    while not is_business_day(day, offices=offices):
        day += _DAY
    return day


def add_business_days(day: date, count: int, *, offices: bool = False) -> date:
    """The business day that many business days after a day; the day itself is not counted.

    Raises ValueError for a count below zero; zero gives the day unchanged.
    """
    if count < 0:
        raise ValueError("business days are counted forward")
    for _ in range(count):
        day = on_or_after(day + _DAY, offices=offices)
    return day


def business_days_until(first: date, last: date, *, offices: bool = False) -> int:
    """How many business days lie after `first`, up to and with `last`; zero where last is not later."""
    if last <= first:
        return 0
    # Whole weeks hold five weekdays each, so a span of years costs no more than its holidays.
    weeks, rest = divmod((last - first).days, 7)
    count = weeks * 5 + sum((last - _DAY * back).weekday() < SATURDAY for back in range(rest))
    for year in range(first.year, min(last.year + 1, date.max.year) + 1):
        for holiday in holidays(year):
            off = {holiday.on, holiday.kept_on} if offices else {holiday.on}
            count -= sum(first < day <= last and day.weekday() < SATURDAY for day in off)
    return count


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    """The first, second ... Monday (or another weekday) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


def _kept(on: date) -> date:
    """A Saturday's holiday is kept on Friday, a Sunday's on Monday."""
    if on.weekday() == SATURDAY and on > date.min:
        return on - _DAY
    return on + _DAY if on.weekday() == SUNDAY else on
