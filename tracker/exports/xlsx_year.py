"""The Year sheet: every line by month, summed by formula from the months' sheets, and a chart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tracker.domain.budget.month import MonthRow, Total, total_of
from tracker.exports import xlsx_look as look
from tracker.exports.xlsx_book import Book
from tracker.exports.xlsx_chart import dress, dress_axes, fill_bars, lay_over
from tracker.exports.xlsx_month import FIRST_ROW, sheet_name, sum_formula, total_row
from tracker.money import Cents
from tracker.reports.budget import BudgetYear

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NAME = "Year"
_FIRST_BLOCK = 3
CHART_ROWS = 18
_ONE_PAGE = 46
"""Rows above the chart up to which the sheet is still readable on one page."""
_MONTHS = 12
_NAME_WIDTH = 42
_SUM_COLUMN = _MONTHS + 2


def write_year(book: Book, year: BudgetYear) -> None:
    """Three tables of the same shape (actual, estimated, difference) and the chart below them."""
    sheet = book.add_sheet(NAME)
    title = book.text(sheet, 1, 1, f"Healthcare budget {year.year}")
    title.font = look.font(bold=True, size=14)
    sheet.row_dimensions[1].height = 24
    high = len(year.categories) + 3
    actual, estimated, difference = (_FIRST_BLOCK + high * place for place in range(3))
    _write_block(book, sheet, year, actual, "Actual Cost", "C", lambda total: total.actual)
    _write_block(book, sheet, year, estimated, "Estimated Cost", "B", lambda total: total.estimated)
    _write_block(book, sheet, year, difference, "Difference", "D", lambda total: total.difference)
    end = difference + high - 2
    below = end + 2
    _add_chart(sheet, year, actual + high - 2, estimated + high - 2, below)
    _set_widths(sheet, year)
    sheet.freeze_panes = "B3"
    sheet.sheet_view.showGridLines = False
    area = f"A1:N{below + CHART_ROWS}"
    look.set_up_page(sheet, f"Healthcare budget {year.year}", area=area, columns="A:A")
    if below <= _ONE_PAGE:
        sheet.page_setup.fitToHeight = 1


def _write_block(
    book: Book,
    sheet: Worksheet,
    year: BudgetYear,
    top: int,
    heading: str,
    source: str,
    figure: Callable[[Total], Cents | None],
) -> None:
    """A table of lines by month. `source` is the column of the months' sheets it shows."""
    from openpyxl.utils import get_column_letter

    last = top + len(year.categories)
    sums = get_column_letter(_SUM_COLUMN)
    final = get_column_letter(_SUM_COLUMN - 1)
    high = len(year.categories) + 3
    look.as_heading(book.text(sheet, top, 1, heading))
    for place, month in enumerate(year.months):
        look.as_heading(book.text(sheet, top, place + 2, sheet_name(month)), right=True)
    look.as_heading(book.text(sheet, top, _SUM_COLUMN, "Year"), right=True)
    for line, category in enumerate(year.categories):
        row = top + 1 + line
        there = FIRST_ROW + line
        look.as_body(book.text(sheet, row, 1, category.name), wrap=True)
        for place, month in enumerate(year.months):
            cell = f"'{sheet_name(month)}'!{source}{there}"
            shown = figure(_as_total(year.grid[month][line]))
            formula = f'=IF({cell}="","",{cell})'
            look.as_body(book.formula(sheet, row, place + 2, formula, shown), look.MONEY)
        total = figure(year.category_total(category.id))
        formula = _year_formula(source, row, high, f"B{row}:{final}{row}", sums)
        cell_ = book.formula(sheet, row, _SUM_COLUMN, formula, total)
        look.as_body(cell_, look.MONEY)
        cell_.font = look.font(bold=True)
        sheet.row_dimensions[row].height = look.row_height(category.name, _NAME_WIDTH, least=17)
    end = last + 1
    look.as_total(book.text(sheet, end, 1, "Total"))
    there = total_row(len(year.categories))
    for place, month in enumerate(year.months):
        letter = get_column_letter(place + 2)
        if source == "D":
            cell = f"'{sheet_name(month)}'!D{there}"
            formula = f'=IF({cell}="","",{cell})'
        else:
            formula = sum_formula(letter, top + 1, last)
        shown = figure(year.month_total(month))
        look.as_total(book.formula(sheet, end, place + 2, formula, shown), look.MONEY)
    formula = _year_formula(source, end, high, f"B{end}:{final}{end}", sums)
    look.as_total(book.formula(sheet, end, _SUM_COLUMN, formula, figure(year.total)), look.MONEY)


def _as_total(row: MonthRow) -> Total:
    return total_of([row])


def _year_formula(source: str, row: int, high: int, cells: str, sums: str) -> str:
    """A line's whole year. The difference compares the two sums above: months still to come have an
    estimate but no difference yet."""
    if source != "D":
        return f'=IF(COUNT({cells})=0,"",SUM({cells}))'
    actual, estimated = f"{sums}{row - 2 * high}", f"{sums}{row - high}"
    return f'=IF({actual}="","",N({estimated})-{actual})'


def _set_widths(sheet: Worksheet, year: BudgetYear) -> None:
    from openpyxl.utils import get_column_letter

    sheet.column_dimensions["A"].width = look.text_width(
        [category.name for category in year.categories], least=20, most=_NAME_WIDTH
    )
    monthly = [year.month_total(month) for month in year.months]
    amounts = [figure for total in monthly for figure in (total.estimated, total.actual, total.difference)]
    for column in range(2, _SUM_COLUMN):
        sheet.column_dimensions[get_column_letter(column)].width = look.money_width(amounts, least=11)
    whole = year.total
    sheet.column_dimensions[get_column_letter(_SUM_COLUMN)].width = look.money_width(
        [*amounts, whole.estimated, whole.actual, whole.difference], least=12
    )


def _add_chart(sheet: Worksheet, year: BudgetYear, actual: int, estimated: int, below: int) -> None:
    """Actual against estimate, side by side for each month."""
    from openpyxl.chart import BarChart, Reference, Series

    chart = BarChart()
    chart.type = "col"
    chart.gapWidth = 60
    chart.overlap = 0
    for row, name, colour in ((estimated, "Estimated", look.TRACK), (actual, "Actual", look.ACCENT)):
        values = Reference(sheet, min_col=2, max_col=_MONTHS + 1, min_row=row)
        series = Series(values, title=name)
        fill_bars(series, colour)
        chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=2, max_col=_MONTHS + 1, min_row=_FIRST_BLOCK))
    dress(chart, f"Actual against estimated, {year.year}")
    dress_axes(chart, value_format='"$"#,##0')
    lay_over(sheet, chart, 1, _SUM_COLUMN, below, CHART_ROWS)
