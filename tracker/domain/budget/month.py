"""One month of the budget: estimated, actual, difference, carried, available (rulebook 7.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.facts import BudgetLine, CarryOver, Category, MonthSum
from tracker.money import Cents


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A category in a month. `None` is "nothing there", which is not zero.

    `carried` came over from earlier months of the budget year; `available` is estimate plus
    carried; `balance` is available less actual. The difference is against the estimate alone.
    """

    category: Category
    month: date
    estimated: Cents | None
    actual: Cents | None
    carried: Cents
    count: int

    @property
    def difference(self) -> Cents | None:
        """Estimated less actual; positive is under. None until there is an actual."""
        if self.actual is None:
            return None
        return (self.estimated or 0) - self.actual

    @property
    def available(self) -> Cents:
        return (self.estimated or 0) + self.carried

    @property
    def balance(self) -> Cents:
        return self.available - (self.actual or 0)


@dataclass(frozen=True, slots=True)
class Total:
    """Sums of rows. A sum is None where no row has a figure."""

    estimated: Cents | None
    actual: Cents | None

    @property
    def difference(self) -> Cents | None:
        if self.actual is None:
            return None
        return (self.estimated or 0) - self.actual


def total_of(rows: Iterable[MonthRow]) -> Total:
    """The totals of a month or of a category's year."""
    listed = list(rows)
    estimates = [row.estimated for row in listed if row.estimated is not None]
    actuals = [row.actual for row in listed if row.actual is not None]
    return Total(sum(estimates) if estimates else None, sum(actuals) if actuals else None)


def year_grid(
    categories: Sequence[Category],
    months: Sequence[date],
    lines: Iterable[BudgetLine],
    sums: Iterable[MonthSum],
    *,
    through: date,
) -> dict[date, list[MonthRow]]:
    """Every row of a budget year by month, in the order of the categories.

    Carry-over runs from the first month of the year to `through` (the last month that has begun):
    a month still to come passes nothing on. Hidden categories keep their place in the sums only
    where money was paid; the caller leaves out rows it does not show.
    """
    estimates = {(line.category_id, line.month): line.estimate for line in lines}
    actuals: Mapping[tuple[int, date], MonthSum] = {
        (found.category_id, found.month): found for found in sums
    }
    grid: dict[date, list[MonthRow]] = {month: [] for month in months}
    for category in categories:
        assert category.id is not None
        carried = 0
        for month in months:
            paid = actuals.get((category.id, month))
            row = MonthRow(
                category=category,
                month=month,
                estimated=estimates.get((category.id, month)),
                actual=paid.actual if paid else None,
                carried=carried,
                count=paid.count if paid else 0,
            )
            grid[month].append(row)
            carried = carry(category.carry_over, row) if month <= through else 0
    return grid


def carry(rule: CarryOver, row: MonthRow) -> Cents:
    """What a line passes to the next month: nothing, what is left over, or left over and overspent."""
    if rule is CarryOver.BOTH:
        return row.balance
    if rule is CarryOver.SURPLUS:
        return max(0, row.balance)
    return 0
