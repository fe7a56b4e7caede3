"""A month or a year of the budget on paper: the table that is on the screen, and its chart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from tracker.dates import month_text
from tracker.facts import Basis
from tracker.money import dollars, dollars_or_blank
from tracker.reports.budget import BudgetMonth, BudgetYear, difference_words
from ui.charts import bars
from ui.models.budget_accrual import ACCRUAL_VIEW, CASH_VIEW, Part, month_why, year_why
from ui.models.budget_month import ACTUAL, DIFFERENCE, ESTIMATED, carried_text
from ui.models.budget_rows import (
    MonthLine,
    YearLine,
    carries,
    forecast_sentence,
    lines_below,
    month_lines,
    months_text,
    year_lines,
    year_lines_below,
    year_name,
)
from ui.models.budget_year import YearView, shown
from ui.printing.blocks import Block, Chart, Words, note, subheading
from ui.printing.document import Document, plain_document
from ui.printing.flow import PT
from ui.printing.table import Column, Row, Table, row

_VIEW_WORDS = {
    YearView.ACTUAL: "Actual",
    YearView.ESTIMATED: "Estimated",
    YearView.DIFFERENCE: "Difference, estimated less actual; a minus is over the estimate",
}


def month_document(month: BudgetMonth, basis: Basis = Basis.EXPENSE) -> Document:
    """The template of one month, with the year so far."""
    name = month_text(month.month)
    so_far = month.to_date
    through = [item for item in month.year.months if item <= month.month]
    said = (
        f"{months_text(through)}: {dollars_or_blank(so_far.estimated) or 'nothing'} estimated, "
        f"{dollars_or_blank(so_far.actual) or 'nothing'} {'paid' if month.year.views is None else 'actual'}"
    )
    if so_far.difference is not None:
        said += f", {difference_words(so_far.difference)}"
    blocks: list[Block] = [
        month_table(
            [*month_lines(month.month, month.rows, month.total), *lines_below(month)],
            with_carry=carries(month),
        ),
        Words(f"{said}. {forecast_sentence(month.year)}", before=10 * PT),
        _chart(month.year),
        *_reconciled(month_why(month.year, month.month)),
    ]
    return plain_document(f"Budget {name}", month.year.today, blocks, subtitle=_counted(month.year, basis))


def year_document(year: BudgetYear, view: YearView, basis: Basis = Basis.EXPENSE) -> Document:
    """Twelve months by line in one of the three views, in whole dollars."""
    name = year_name(year)
    below = year_lines_below(year) if view is YearView.ACTUAL else []
    lines = [*year_lines(year), *below]
    columns = (
        Column(_VIEW_WORDS[view].split(",")[0], stretch=1),
        *(Column(month_text(month)[:3], right=True) for month in year.months),
        Column("Year", right=True),
    )
    rows = tuple(
        row(line.name, *(shown(cell, view, cents=False) for cell in (*line.cells, line.total)))
        for line in lines
    )
    blocks: list[Block] = [
        note(f"{_VIEW_WORDS[view]}, in whole dollars."),
        Table(columns, *_parted(rows, lines), size=8.5, smallest=5.5),
        Words(forecast_sentence(year), before=10 * PT),
        _chart(year),
        *_reconciled(year_why(year)),
    ]
    return plain_document(f"Budget {name}", year.today, blocks, subtitle=_counted(year, basis))


def month_table(
    lines: Sequence[MonthLine],
    *,
    with_carry: bool = False,
    size: float = 10.0,
    before: float = 12 * PT,
) -> Table:
    """The template; the last line is the total."""
    columns = (
        Column("Category", stretch=1),
        *(Column(heading, right=True) for heading in (ESTIMATED, ACTUAL, DIFFERENCE)),
        *(Column(heading, right=True) for heading in ("Carried", "Available") if with_carry),
    )
    rows = tuple(_month_row(line, with_carry) for line in lines)
    return Table(columns, *_parted(rows, lines), size=size, before=before)


def _parted(
    rows: tuple[Row, ...], lines: Sequence[MonthLine | YearLine]
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows of lines, and those of the total and what is below it."""
    count = sum(line.category is not None for line in lines)
    return rows[:count], rows[count:]


def _month_row(line: MonthLine, with_carry: bool) -> Row:
    carried = (carried_text(line), dollars(line.available)) if with_carry else ()
    return row(
        line.name,
        dollars_or_blank(line.estimated),
        dollars_or_blank(line.actual),
        difference_words(line.difference),
        *carried,
    )


def _counted(year: BudgetYear, basis: Basis) -> str:
    """Which view it is."""
    if year.views is not None:
        return _sentence(ACCRUAL_VIEW)
    refunds = ", refunds in the month they arrived" if basis is Basis.CASH else ""
    return f"{_sentence(CASH_VIEW)}{refunds}"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _reconciled(why: Sequence[Part]) -> list[Block]:
    """In the accrual view, what it differs from cash by, in words."""
    if not why:
        return []
    said = [note(f"{heading}: {' '.join(sentences)}") for heading, sentences in why]
    return [subheading("Cash and accrual"), *said]


def _chart(year: BudgetYear) -> Chart:
    totals = [(month, year.month_total(month)) for month in year.months]
    chart = bars.BarsChart(
        tuple(bars.MonthBar(month, total.estimated or 0, total.actual) for month, total in totals)
    )
    return Chart(
        partial(bars.paint, chart=chart),
        title="Actual against estimated, by month",
        below="Hatched months are over their estimate.",
        before=18 * PT,
    )
