"""What the budget tables share: lines ready to be shown, their words, and columns that can change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from tracker.dates import month_text
from tracker.domain.budget.month import MonthRow, Total
from tracker.errors import UserProblem
from tracker.facts import CarryOver, Category
from tracker.money import Cents, dollars, parse_cents
from tracker.reports.budget import BudgetMonth, BudgetYear, difference_words
from ui.models.table import Bar, Column, RowTableModel

Row = TypeVar("Row")

TOTAL_NAME = "Total Estimated Monthly Healthcare Expenses"
YEAR_TOTAL_NAME = "Total Estimated Healthcare Expenses"
TOTAL_KEY = -1
"""The key of the total row; the other rows have the number of their category."""


class BelowTotal(StrEnum):
    """The rows below the total in the accrual view: what leads from it to the cash view."""

    LINE = "line"
    CASH = "cash"
    AHEAD = "ahead"


BELOW_KEYS = {BelowTotal.LINE: -2, BelowTotal.CASH: -3, BelowTotal.AHEAD: -4}
BELOW_NAMES = {
    BelowTotal.LINE: "Paid ahead or owed (cash less accrual)",
    BelowTotal.CASH: "Total by cash",
    BelowTotal.AHEAD: "Paid ahead so far (a minus is owed)",
}

CARRY_WORDS: dict[CarryOver, str] = {
    CarryOver.NONE: "Nothing",
    CarryOver.SURPLUS: "What is left over",
    CarryOver.BOTH: "What is left over or overspent",
}
"""What goes on to the next month of a line, as menus and tables say it."""


class BudgetModel(RowTableModel[Row]):
    """A table model whose columns can be exchanged while it is shown."""

    def use_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Show these columns from now on; rows, and the selection in them, stay."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self.endResetModel()


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One row of the month's table. Without a category it is the total, or a row `below` it.

    `scale` is the amount at the full width of the bar. `carried` and `available` are as in
    `MonthRow`; the total has the sums of its rows.
    """

    category: Category | None
    name: str
    month: date
    estimated: Cents | None
    actual: Cents | None
    carried: Cents
    available: Cents
    scale: Cents
    below: BelowTotal | None = None

    @property
    def key(self) -> int:
        if self.below is not None:
            return BELOW_KEYS[self.below]
        return TOTAL_KEY if self.category is None else self.category.id or 0

    @property
    def difference(self) -> Cents | None:
        return None if self.below else Total(self.estimated, self.actual).difference

    @property
    def bar(self) -> Bar | None:
        """Estimate and actual; a month that got more back than it paid has no bar."""
        if self.below is not None:
            return None
        return Bar(self.estimated or 0, None if self.actual is None else max(0, self.actual), self.scale)


def month_lines(month: date, rows: Sequence[MonthRow], total: Total) -> list[MonthLine]:
    """The rows of a month's table, the total last."""
    scale = max((max(row.estimated or 0, row.actual or 0) for row in rows), default=0)
    found = [
        MonthLine(
            category=row.category,
            name=row.category.name,
            month=month,
            estimated=row.estimated,
            actual=row.actual,
            carried=row.carried,
            available=row.available,
            scale=scale,
        )
        for row in rows
    ]
    found.append(
        MonthLine(
            category=None,
            name=TOTAL_NAME,
            month=month,
            estimated=total.estimated,
            actual=total.actual,
            carried=sum(row.carried for row in rows),
            available=sum(row.available for row in rows),
            scale=max(total.estimated or 0, total.actual or 0),
        )
    )
    return found


def lines_below(shown: BudgetMonth) -> list[MonthLine]:
    """The rows below a month's total in the accrual view; none in the cash view."""
    views = shown.year.views
    found = next((row for row in views.months if row.month == shown.month), None) if views else None
    if found is None:
        return []
    amounts = {
        BelowTotal.LINE: found.line,
        BelowTotal.CASH: found.cash,
        BelowTotal.AHEAD: found.paid_ahead,
    }
    return [
        MonthLine(
            category=None,
            name=BELOW_NAMES[below],
            month=shown.month,
            estimated=None,
            actual=amount,
            carried=0,
            available=0,
            scale=0,
            below=below,
        )
        for below, amount in amounts.items()
    ]


def carries(shown: BudgetMonth) -> bool:
    """Whether any line of the month carries something over."""
    return any(row.category.carry_over is not CarryOver.NONE for row in shown.rows)


@dataclass(frozen=True, slots=True)
class YearLine:
    """One line's twelve months and their sums. Without a category it is the total, or `below` it."""

    category: Category | None
    name: str
    months: tuple[date, ...]
    cells: tuple[Total, ...]
    total: Total
    below: BelowTotal | None = None

    @property
    def key(self) -> int:
        if self.below is not None:
            return BELOW_KEYS[self.below]
        return TOTAL_KEY if self.category is None else self.category.id or 0


def year_lines(year: BudgetYear) -> list[YearLine]:
    """The rows of the year's grid, the total last."""
    found = []
    for category in year.categories:
        rows = year.category_rows(category.id)
        cells = tuple(Total(row.estimated, row.actual) for row in rows)
        found.append(
            YearLine(category, category.name, year.months, cells, year.category_total(category.id))
        )
    sums = tuple(year.month_total(month) for month in year.months)
    found.append(YearLine(None, YEAR_TOTAL_NAME, year.months, sums, year.total))
    return found


def year_lines_below(year: BudgetYear) -> list[YearLine]:
    """The rows below the year's total in the accrual view; none in the cash view."""
    views = year.views
    if views is None:
        return []
    rows = {
        BelowTotal.LINE: ([row.line for row in views.months], views.cash - views.accrual),
        BelowTotal.CASH: ([row.cash for row in views.months], views.cash),
        BelowTotal.AHEAD: ([row.paid_ahead for row in views.months], views.closing),
    }
    return [
        YearLine(
            None,
            BELOW_NAMES[below],
            year.months,
            tuple(Total(None, amount) for amount in monthly),
            Total(None, whole),
            below,
        )
        for below, (monthly, whole) in rows.items()
    ]


def with_estimate(year: BudgetYear, category_id: int, month: date, estimate: Cents | None) -> BudgetYear:
    """The year with one estimate changed, to be shown until the ledger has answered."""
    rows = [
        replace(row, estimated=estimate) if row.category.id == category_id else row
        for row in year.grid.get(month, [])
    ]
    return replace(year, grid=year.grid | {month: rows})


# words -----------------------------------------------------------------------------------


def forecast_sentence(year: BudgetYear) -> str:
    """Where the year is heading, in words (rulebook 7.2)."""
    planned = year.total.estimated
    amount = year.forecast
    so_far = "what was paid" if year.views is None else "what belongs to the months so far"
    if year.today >= year.period.end:
        start = f"The year cost {dollars(amount)}"
    elif year.total.actual is None:
        start = f"Forecast {dollars(amount)}: the estimates of the year"
    else:
        start = f"Forecast {dollars(amount)}: {so_far}, plus the estimates still to come"
    if planned is None:
        return f"{start}. There is no plan to compare it with."
    away = planned - amount
    end = "exactly the plan" if away == 0 else f"{difference_words(away)} the plan"
    return f"{start}; {end} of {dollars(planned)}."


def months_text(months: Sequence[date]) -> str:
    """`November 2026`, `January to November 2026`, `July 2026 to June 2027`."""
    first, last = months[0], months[-1]
    if first == last:
        return month_text(first)
    begin = month_text(first) if first.year != last.year else month_text(first).rsplit(" ", 1)[0]
    return f"{begin} to {month_text(last)}"


def year_name(year: BudgetYear) -> str:
    """`2026`, or `Jul 2026 to Jun 2027` where the budget year does not begin in January."""
    first, last = year.months[0], year.months[-1]
    if first.year == last.year:
        return str(first.year)
    return f"{month_text(first)[:3]} {first.year} to {month_text(last)[:3]} {last.year}"


def replaced_words(count: int) -> str:
    """What is said when estimates that are there get another amount."""
    if count == 0:
        return ""
    return f" {count:,} of them {'replaces' if count == 1 else 'replace'} another amount."


# what was typed --------------------------------------------------------------------------


def read_estimate(text: str) -> Cents | None:
    """An estimate as typed into a cell; an empty cell is no estimate. Raises UserProblem."""
    if not text.strip():
        return None
    cents = parse_cents(text, field="estimate")
    if cents < 0:
        raise UserProblem("An estimate cannot be negative.", "Type 0 or more.", field="estimate")
    return cents


SetEstimate = Callable[[int, date, str], object]
"""Told the category, the month and what was typed; raises UserProblem to refuse it."""
