"""The columns of the year's grid: twelve months and their total, seen one of three ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum

from tracker.dates import month_text
from tracker.domain.budget.month import Total
from tracker.money import Cents, dollars
from tracker.reports.budget import difference_words
from ui.models.budget_rows import BudgetModel, SetEstimate, YearLine
from ui.models.budget_words import difference_tone
from ui.models.table import Column
from ui.widgets.money_edit import amount_text

TOTAL_HEADING = "Year"


class YearView(StrEnum):
    """What the cells of the year's grid show."""

    ACTUAL = "actual"
    ESTIMATED = "estimated"
    DIFFERENCE = "difference"


def year_model(columns: list[Column[YearLine]]) -> BudgetModel[YearLine]:
    return BudgetModel(columns, key=_key, bold=_is_total, stays_last=lambda line: line.category is None)


class YearColumns:
    """Makes the columns: a month each, and one for the year.

    Estimates can be edited. The other views open what was paid: `open_payments` is told the line
    and the place of the month, or None for the whole year.
    """

    def __init__(
        self,
        edit: SetEstimate,
        open_payments: Callable[[YearLine, int | None], object],
    ) -> None:
        self._edit = edit
        self._open = open_payments
        self.accrual = False
        """Whether actuals are what belongs to a month, and not what was paid in it."""

    def made(
        self, months: Sequence[date], view: YearView, *, cents: bool = True, width: int | None = None
    ) -> list[Column[YearLine]]:
        """The columns of a view. Without `cents` whole dollars are shown; every month is `width` wide."""
        places: list[int | None] = [*range(len(months)), None]
        return [self._column(months, place, view, cents, width) for place in places]

    def _column(
        self,
        months: Sequence[date],
        place: int | None,
        view: YearView,
        cents: bool,
        width: int | None,
    ) -> Column[YearLine]:
        def cell(line: YearLine) -> Total:
            return line.total if place is None else line.cells[place]

        def change(line: YearLine, text: str) -> None:
            if line.category is not None and line.category.id is not None and place is not None:
                self._edit(line.category.id, line.months[place], text)

        def open_actual(line: YearLine) -> None:
            if cell(line).actual is not None:
                self._open(line, place)

        def tone(line: YearLine) -> str:
            if view is not YearView.DIFFERENCE:
                return ""
            return difference_tone(cell(line).difference)

        edits = view is YearView.ESTIMATED
        return Column(
            heading=TOTAL_HEADING if place is None else month_text(months[place])[:3],
            text=lambda line: shown(cell(line), view, cents=cents),
            right=True,
            tooltip=lambda line: _tooltip(line, place, cell(line), accrual=self.accrual),
            tone=tone,
            bold=lambda line: place is None and line.below is None,
            edit=change if edits and place is not None else None,
            editable=lambda line: line.category is not None,
            edit_text=lambda line: shown(cell(line), view, cents=True),
            on_open=None if edits else open_actual,
            width=None if place is None else width,
            stretch=1,
        )


def figure(cell: Total, view: YearView) -> Cents | None:
    """What a view shows of a cell."""
    if view is YearView.ACTUAL:
        return cell.actual
    return cell.estimated if view is YearView.ESTIMATED else cell.difference


def shown(cell: Total, view: YearView, *, cents: bool) -> str:
    """The figure of a cell, without a dollar sign: the card says once that they are dollars."""
    found = figure(cell, view)
    if found is None:
        return ""
    return amount_text(found) if cents else f"{_whole(found):,}"


def _whole(cents: Cents) -> int:
    """Whole dollars, half a dollar away from zero."""
    dollars_, rest = divmod(abs(cents), 100)
    rounded = dollars_ + (1 if rest >= 50 else 0)
    return -rounded if cents < 0 else rounded


def has_cents(lines: Sequence[YearLine], view: YearView) -> bool:
    """Whether any figure of a view has cents; if none has, they are left out everywhere."""
    return any((figure(cell, view) or 0) % 100 for line in lines for cell in line.cells)


def _tooltip(line: YearLine, place: int | None, cell: Total, *, accrual: bool) -> str:
    """The whole story of a cell, whichever part of it is shown."""
    when = "The year" if place is None else month_text(line.months[place])
    if line.below is not None:
        return f"{line.name}, {when}: {dollars(cell.actual or 0)}"
    parts = []
    if cell.estimated is not None:
        parts.append(f"{dollars(cell.estimated)} estimated")
    if cell.actual is not None:
        parts.append(f"{dollars(cell.actual)} {'belongs here' if accrual else 'paid'}")
        parts.append(difference_words(cell.difference))
    return f"{line.name}, {when}: {', '.join(parts)}" if parts else ""


def _key(line: YearLine) -> int:
    return line.key


def _is_total(line: YearLine) -> bool:
    return line.category is None and line.below is None
