"""A month's sheet: the budget template with live differences and totals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.dates import MONTH_NAMES, month_text
from tracker.domain.budget.month import MonthRow, total_of
from tracker.exports import xlsx_look as look
from tracker.exports.xlsx_book import Book
from tracker.exports.xlsx_marks import MARK_COLUMN, line_mark, sheet_mark
from tracker.money import Cents

HEADINGS = ("Category", "Estimated Cost", "Actual Cost", "Difference")
TOTAL_NAME = "Total Estimated Monthly Healthcare Expenses"
FIRST_ROW = 2
_NAME_WIDTH = 46
_ONE_PAGE = 35
"""Lines up to which a month is still readable on one page."""
NOTE = (
    "Difference is estimated less actual, blank until something was paid; a minus means more was paid than"
    " planned. The shaded amounts are yours to change: Concierge Ledger can read them back."
)


def sheet_name(month: date) -> str:
    """`Jan 2026`."""
    return f"{MONTH_NAMES[month.month - 1][:3]} {month.year}"


def total_row(lines: int) -> int:
    """The row of the total on a month's sheet with so many lines."""
    return FIRST_ROW + lines


def sum_formula(column: str, first: int, last: int) -> str:
    """The sum of a column, blank while nothing is in it."""
    if last < first:
        return '=""'
    cells = f"{column}{first}:{column}{last}"
    return f'=IF(COUNT({cells})=0,"",SUM({cells}))'


def write_month(book: Book, month: date, rows: Sequence[MonthRow], width: float, ledger_mark: str) -> None:
    """One month; `width` of the amount columns is the same on all sheets."""
    from openpyxl.styles import PatternFill

    sheet = book.add_sheet(sheet_name(month))
    for column, heading in enumerate(HEADINGS, start=1):
        look.as_heading(book.text(sheet, 1, column, heading), right=column > 1)
    book.text(sheet, 1, MARK_COLUMN, sheet_mark(month, ledger_mark))
    shade = PatternFill("solid", fgColor="F1F7F5")
    for place, row in enumerate(rows, start=FIRST_ROW):
        look.as_body(book.text(sheet, place, 1, row.category.name), wrap=True)
        estimated = book.money(sheet, place, 2, row.estimated)
        look.as_body(estimated, look.MONEY)
        estimated.fill = shade
        look.as_body(book.money(sheet, place, 3, row.actual), look.MONEY)
        difference = book.formula(sheet, place, 4, f'=IF(C{place}="","",B{place}-C{place})', row.difference)
        look.as_body(difference, look.MONEY)
        book.text(sheet, place, MARK_COLUMN, line_mark(row.category))
        sheet.row_dimensions[place].height = look.row_height(row.category.name, _NAME_WIDTH, least=21)
    end = total_row(len(rows))
    total = total_of(rows)
    look.as_total(book.text(sheet, end, 1, TOTAL_NAME))
    sums: tuple[tuple[int, str, Cents | None], ...] = (
        (2, sum_formula("B", FIRST_ROW, end - 1), total.estimated),
        (3, sum_formula("C", FIRST_ROW, end - 1), total.actual),
        (4, f'=IF(C{end}="","",N(B{end})-C{end})', total.difference),
    )
    for column, formula, result in sums:
        look.as_total(book.formula(sheet, end, column, formula, result), look.MONEY)
    sheet.row_dimensions[1].height = 24
    sheet.row_dimensions[end].height = 24
    sheet.merge_cells(start_row=end + 2, start_column=1, end_row=end + 2, end_column=4)
    look.as_note(book.text(sheet, end + 2, 1, NOTE))
    sheet.row_dimensions[end + 2].height = 30
    sheet.column_dimensions["A"].width = _NAME_WIDTH
    for letter in "BCD":
        sheet.column_dimensions[letter].width = width
    sheet.column_dimensions["E"].hidden = True
    sheet.freeze_panes = "B2"
    sheet.sheet_view.showGridLines = False
    look.set_up_page(sheet, f"Healthcare budget, {month_text(month)}", area=f"A1:D{end + 2}", rows="1:1")
    if len(rows) <= _ONE_PAGE:
        sheet.page_setup.fitToHeight = 1
