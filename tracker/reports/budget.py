"""The budget of a month and of a year, with year to date and forecast (rulebook 7.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.dates import Period, first_of
from tracker.domain.budget.month import MonthRow, Total, total_of, year_grid
from tracker.facts import BudgetLine, Category, MonthSum
from tracker.money import Cents, dollars

if TYPE_CHECKING:
    from tracker.domain.budget.accrual import Reconciliation


@dataclass(frozen=True, slots=True)
class BudgetYear:
    """Twelve months by line. `grid` has the rows of each month in the order of `categories`.

    Only lines that are shown, or were paid or estimated in the year, are in it. `views` is there
    where the actuals are by accrual: both views of each month and the line that reconciles them.
    """

    year: int
    period: Period
    months: tuple[date, ...]
    categories: tuple[Category, ...]
    grid: dict[date, list[MonthRow]]
    today: date
    views: Reconciliation | None = None

    def month_total(self, month: date) -> Total:
        return total_of(self.grid[month])

    def category_rows(self, category_id: int | None) -> list[MonthRow]:
        """One line's twelve months."""
        return [row for month in self.months for row in self.grid[month] if row.category.id == category_id]

    def category_total(self, category_id: int | None) -> Total:
        return total_of(self.category_rows(category_id))

    @property
    def total(self) -> Total:
        return total_of(row for month in self.months for row in self.grid[month])

    def to_date(self, through: date) -> Total:
        """Sums from the first month of the year to and including a month."""
        last = first_of(through)
        return total_of(row for month in self.months if month <= last for row in self.grid[month])

    @property
    def forecast(self) -> Cents:
        """Where the year is heading: what was paid, plus the estimates of what is still to come.

        The month under way counts line by line with the larger of estimate and actual: what is
        planned for it may still come, and what is overspent will not come back. By accrual so does a
        month to come: a fee paid ahead is not all that will belong to it.
        """
        this_month = first_of(self.today)
        total = 0
        for month in self.months:
            for row in self.grid[month]:
                if month < this_month:
                    total += row.actual or 0
                elif month == this_month or self.views is not None:
                    total += max(row.actual or 0, row.estimated or 0)
                else:
                    total += (row.actual or 0) if row.actual else (row.estimated or 0)
        return total


@dataclass(frozen=True, slots=True)
class MonthAlone:
    """One month without the year around it, and so without what earlier months carried over."""

    rows: tuple[MonthRow, ...]
    total: Total


@dataclass(frozen=True, slots=True)
class BudgetMonth:
    """One month as the Budget page shows it, and the year it stands in."""

    month: date
    rows: tuple[MonthRow, ...]
    total: Total
    to_date: Total
    year: BudgetYear


def budget_year(
    year: int,
    period: Period,
    categories: Sequence[Category],
    lines: Iterable[BudgetLine],
    sums: Iterable[MonthSum],
    *,
    today: date,
) -> BudgetYear:
    """Put a budget year together from its facts."""
    months = tuple(period.months())
    grid = year_grid(categories, months, lines, sums, through=first_of(today))
    used = {
        row.category.id
        for rows in grid.values()
        for row in rows
        if row.actual is not None or row.estimated is not None
    }
    shown = tuple(item for item in categories if not item.hidden or item.id in used)
    kept = {item.id for item in shown}
    trimmed = {month: [row for row in rows if row.category.id in kept] for month, rows in grid.items()}
    return BudgetYear(year, period, months, shown, trimmed, today)


def budget_month(year: BudgetYear, month: date) -> BudgetMonth:
    """The view of one month of a budget year."""
    rows = _shown(year.grid[month])
    return BudgetMonth(month, rows, total_of(rows), year.to_date(month), year)


def month_alone(
    categories: Sequence[Category], month: date, lines: Iterable[BudgetLine], sums: Iterable[MonthSum]
) -> MonthAlone:
    """One month from its own facts only, for readers who need no year."""
    rows = _shown(year_grid(categories, [month], lines, sums, through=month)[month])
    return MonthAlone(rows, total_of(rows))


def _shown(rows: Iterable[MonthRow]) -> tuple[MonthRow, ...]:
    """Hidden lines appear in the months that have something in them."""
    return tuple(
        row
        for row in rows
        if not row.category.hidden or row.actual is not None or row.estimated is not None
    )


def difference_words(difference: Cents | None) -> str:
    """`$50.00 under`, `$75.00 over`, `on plan`; blank until there is an actual.

    A difference is said with a word beside the amount, never by colour alone.
    """
    if difference is None:
        return ""
    if difference == 0:
        return "on plan"
    return f"{dollars(abs(difference))} {'under' if difference > 0 else 'over'}"
