"""From cents and days to places on a page, and the round figures an axis is labelled with.

Pure arithmetic. Amounts stay whole cents up to the moment they become a position.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from tracker.dates import MONTH_NAMES, Period, add_months, month_period
from tracker.money import Cents, dollars

EMPTY_HIGH: Cents = 100_00
"""The top of an axis that has nothing to show, so that zero still lies at the bottom of something."""

_DOLLAR: Cents = 100
_MILLION: Cents = 1_000_000 * _DOLLAR
_BILLION: Cents = 1_000 * _MILLION


class ValueScale(NamedTuple):
    """Cents to a height: `low` lies at `bottom`, `high` at `top`; y grows downwards."""

    low: Cents
    high: Cents
    bottom: float
    top: float

    def at(self, cents: Cents) -> float:
        return self.bottom - (self.bottom - self.top) * ((cents - self.low) / (self.high - self.low))


class DayScale(NamedTuple):
    """Days to a distance: the period's first day begins at `left`, its last day ends at `right`."""

    period: Period
    left: float
    right: float

    def at(self, day: date) -> float:
        """Where a day begins; days outside the period lie on its edge."""
        days = min(max((day - self.period.begin).days, 0), self.period.days)
        return self.left + (self.right - self.left) * (days / self.period.days)


class MonthMark(NamedTuple):
    """A month's name under an axis, centred on `centre`."""

    centre: float
    text: str


def _nice_steps() -> Iterator[Cents]:
    """1, 2, 5, 10, 20, 25, 50, 100, 200, 250... dollars: steps people count in."""
    unit = _DOLLAR
    while True:
        yield unit
        yield 2 * unit
        if unit > _DOLLAR:  # a step of 2.50 would need cents on the axis
            yield unit * 5 // 2
        yield 5 * unit
        unit *= 10


def dollar_ticks(low: Cents, high: Cents, *, most: int = 6, cover: bool = True) -> tuple[Cents, ...]:
    """Round amounts for an axis from `low` to `high`; zero is always among them.

    At most `most` of them (never fewer than two). With `cover` they reach past both ends,
    otherwise they stay inside, but for a second one where there would be only zero.
    """
    low, high = min(low, 0), max(high, 0)
    if low == high:
        high = EMPTY_HIGH
    most = max(most, 3 if low < 0 < high else 2)
    for step in _nice_steps():
        first = -(-low // step) if not cover else low // step
        last = high // step if not cover else -(-high // step)
        if last - first + 1 <= most:
            if first == last:
                last += 1
            return tuple(step * count for count in range(first, last + 1))
    raise AssertionError("steps grow without end")


def tick_labels(ticks: tuple[Cents, ...]) -> list[str]:
    """`$2,000`; from a million on every label of the axis counts in millions or billions: `$1.2M`."""
    largest = max((abs(tick) for tick in ticks), default=0)
    if largest < _MILLION:
        return [dollars(tick, whole=True) for tick in ticks]
    unit, letter = (_BILLION, "B") if largest >= _BILLION else (_MILLION, "M")
    return [_in_units(tick, unit, letter) for tick in ticks]


def _in_units(cents: Cents, unit: Cents, letter: str) -> str:
    if cents == 0:
        return "$0"
    figure = f"{Decimal(abs(cents)) / Decimal(unit):,f}"
    if "." in figure:
        figure = figure.rstrip("0").rstrip(".")
    return f"{'-' if cents < 0 else ''}${figure}{letter}"


def month_marks(
    days: DayScale, width_of: Callable[[str], float], *, roomy: float, gap: float
) -> list[MonthMark]:
    """Names for the months of a period: Jan Feb..., or J F..., or fewer of them, as the width allows.

    Short names want `roomy` units of air each, letters `gap`; names never touch. Where a period is
    longer than a year, Januaries carry the year instead.
    """
    parts = [_visible(days, month) for month in days.period.months()]
    for letters, every, air in (
        (False, 1, roomy), (True, 1, gap), (False, 2, roomy), (False, 3, gap), (True, 3, gap),
        (False, 6, gap), (False, 12, gap),
    ):  # fmt: skip
        marks = _marks(days.period, parts, letters=letters, every=every)
        if _apart(marks, width_of, air):
            return marks
    return []


def slot_names(months: list[date], slot: float, width_of: Callable[[str], float], *, roomy: float,
               gap: float) -> list[str]:  # fmt: skip
    """One name per equally wide slot, empty where there is no room for it; the rule of `month_marks`."""
    if not months:
        return []
    period = Period(months[0], add_months(months[-1], 1))
    for letters, every, air in (
        (False, 1, roomy), (True, 1, gap), (False, 3, gap), (True, 3, gap), (False, 6, gap),
    ):  # fmt: skip
        names = [
            _name(month, period, letters=letters) if _falls(place, every) else ""
            for place, month in enumerate(months)
        ]
        if max(width_of(name) for name in names) + air <= slot * every:
            return names
    return [""] * len(months)


def _visible(days: DayScale, month: date) -> tuple[date, float, float]:
    whole = month_period(month)
    return month, days.at(whole.begin), days.at(min(whole.end, days.period.end))


def _marks(
    period: Period, parts: list[tuple[date, float, float]], *, letters: bool, every: int
) -> list[MonthMark]:
    whole = max((right - left for _, left, right in parts), default=0.0)
    return [
        MonthMark((left + right) / 2, _name(month, period, letters=letters))
        for place, (month, left, right) in enumerate(parts)
        # A few days of a month at the edge of a plan year are not worth a name.
        if _falls(place, every) and right - left >= whole * 0.4
    ]


def _falls(place: int, every: int) -> bool:
    return place % every == 0


def _name(month: date, period: Period, *, letters: bool) -> str:
    if month.month == 1 and period.last_day > add_months(period.begin, 12):
        return str(month.year)
    return MONTH_NAMES[month.month - 1][: 1 if letters else 3]


def _apart(marks: list[MonthMark], width_of: Callable[[str], float], air: float) -> bool:
    return all(
        one.centre + width_of(one.text) / 2 + air <= other.centre - width_of(other.text) / 2
        for one, other in pairwise(marks)
    )
