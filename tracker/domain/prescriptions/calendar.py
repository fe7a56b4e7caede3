"""A year of fills month by month: what was paid, what is still expected, and what the budget says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.dates import Period, first_of
from tracker.money import Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFill:
    """One fill of a year. `cost` is what was paid, or what it should cost; None where nobody knows."""

    drug_id: int
    day: date
    days: int
    cost: Cents | None
    is_expected: bool = False


@dataclass(frozen=True, slots=True)
class FillMonth:
    """A month of fills. `unknown` counts expected fills without a cost."""

    month: date
    fills: tuple[YearFill, ...] = ()

    @property
    def paid(self) -> Cents:
        return sum(fill.cost or 0 for fill in self.fills if not fill.is_expected)

    @property
    def expected(self) -> Cents:
        """What is still to come."""
        return sum(fill.cost or 0 for fill in self.fills if fill.is_expected)

    @property
    def total(self) -> Cents:
        return self.paid + self.expected

    @property
    def unknown(self) -> int:
        return sum(fill.cost is None for fill in self.fills)


def by_month(fills: Iterable[YearFill], period: Period) -> list[FillMonth]:
    """The fills of a period by the month of their day; months without any are there too."""
    found: dict[date, list[YearFill]] = {month: [] for month in period.months()}
    for fill in sorted(fills, key=lambda item: (item.day, item.drug_id)):
        if fill.day in period:
            found[first_of(fill.day)].append(fill)
    return [FillMonth(month, tuple(items)) for month, items in found.items()]


def proposed_estimates(months: Sequence[FillMonth], today: date) -> dict[date, Cents]:
    """What the budget line should estimate: for this month and those to come, all of their fills.

    Months that are over keep their estimates: what was planned then was planned. A month without a fill
    is estimated at nothing.
    """
    this = first_of(today)
    return {one.month: one.total for one in months if one.month >= this}
