"""The two lists of the tax workbook: every expense of the year with what counts, and every drive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.accounts.answers import Verdict
from tracker.domain.accounts.tax_worksheet import Group
from tracker.exports import xlsx_look as look
from tracker.exports.xlsx_book import Book
from tracker.money import Cents

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

    from tracker.services.tax_year import ExpenseShown, TaxYear

EXPENSES, MILEAGE = "Expenses", "Mileage"
_TOP = 5
"""The first row below the headings in both lists; formulas of the other sheets count on it."""

_HEADINGS = (
    *("Paid", "Paid to and for", "Person", "From", "Amount", "HSA may pay", "FSA may pay"),
    *("Deduction: care", "Deduction: premiums", "Deduction: membership", "Why"),
)
_AMOUNTS = range(5, 11)
_DRIVES = ("Day", "For", "Where to and why", "Miles", "Cents a mile", "Mileage", "Parking", "Counts")
_GROUPS = (Group.CARE, Group.PREMIUMS, Group.MEMBERSHIP)
_MILES, _RATE = "#,##0.0", "0.0"


def write_expenses(book: Book, shown: TaxYear) -> int:
    """The expenses, oldest first, with totals below; gives the row of the last expense."""
    from openpyxl.styles import Alignment, Border, Side

    sheet = book.add_sheet(EXPENSES)
    _head(book, EXPENSES, f"Expenses paid in {shown.year}", _HEADINGS, right=frozenset(_AMOUNTS))
    line = Border(bottom=Side("hair", color=look.HAIRLINE))
    left = Alignment(horizontal="left", vertical="top")
    wrap = Alignment(horizontal="left", vertical="top", wrap_text=True)
    apart = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
    plain = Alignment(vertical="top")
    sheet.cell(_TOP - 1, 11).alignment = Alignment(horizontal="left", vertical="center", indent=1)
    for row, item in enumerate(shown.expenses, start=_TOP):
        expense = item.expense
        paid = book.day(sheet, row, 1, expense.paid_on)
        paid.number_format, paid.alignment = look.DAY, left
        book.text(sheet, row, 2, name_of(item)).alignment = wrap
        book.text(sheet, row, 3, expense.person).alignment = left
        book.text(sheet, row, 4, expense.account).alignment = left
        for column, amount in zip(_AMOUNTS, _amounts(item), strict=True):
            cell = book.money(sheet, row, column, amount)
            cell.number_format, cell.alignment = look.MONEY, plain
        why = why_of(item)
        book.text(sheet, row, 11, why).alignment = apart
        sheet.row_dimensions[row].height = look.row_height(why, 70, least=17)
        for column in range(1, len(_HEADINGS) + 1):
            sheet.cell(row, column).border = line
    last = max(_TOP, _TOP + len(shown.expenses) - 1)
    sums = [sum(column) for column in zip(*map(_amounts, shown.expenses), strict=True)] or [0] * 6
    look.as_total(book.text(sheet, last + 1, 1, "Total"))
    for column in range(2, len(_HEADINGS) + 1):
        look.as_total(book.text(sheet, last + 1, column, ""))
    for column, result in zip(_AMOUNTS, sums, strict=True):
        letter = "ABCDEFGHIJK"[column - 1]
        formula = f"=SUM({letter}{_TOP}:{letter}{last})"
        look.as_total(book.formula(sheet, last + 1, column, formula, result), look.MONEY)
    widths = {"A": 14.0, "C": 18.0, "D": 18.0, "K": 70.0}
    widths["B"] = look.text_width([name_of(item) for item in shown.expenses], least=22, most=40)
    widths |= {letter: look.money_width(sums, least=15) for letter in "EFGHIJ"}
    _finish(book, EXPENSES, widths, f"Expenses paid in {shown.year}", f"A1:K{last + 1}")
    return last


def write_mileage(book: Book, shown: TaxYear) -> int:
    """The drives with what they count as formulas; gives the row of the last drive."""
    log = shown.mileage
    sheet = book.add_sheet(MILEAGE)
    rate = log.rate_words or "the rate is not known"
    _head(book, MILEAGE, f"Mileage log of {shown.year}: {rate}", _DRIVES, right=frozenset(range(4, 9)))
    for row, item in enumerate(log.trips, start=_TOP):
        trip, cost = item.trip, item.cost
        as_day(book.day(sheet, row, 1, trip.driven_on))
        look.as_body(book.text(sheet, row, 2, item.person))
        look.as_body(book.text(sheet, row, 3, trip.purpose), wrap=True)
        sheet.row_dimensions[row].height = look.row_height(trip.purpose, 40, least=17)
        miles, cents = sheet.cell(row, 4), sheet.cell(row, 5)
        miles.value = trip.tenths / 10
        if cost is not None:
            cents.value = cost.mills / 10
        look.as_body(miles, _MILES)  # type: ignore[arg-type]
        look.as_body(cents, _RATE)  # type: ignore[arg-type]
        mileage = book.formula(
            sheet,
            row,
            6,
            f'=IF(E{row}="","",ROUND(D{row}*E{row}/100,2))',
            cost.mileage if cost else None,
        )
        look.as_body(mileage, look.MONEY)
        look.as_body(book.money(sheet, row, 7, trip.parking), look.MONEY)
        counts = book.formula(sheet, row, 8, f"=N(F{row})+G{row}", item.counts)
        look.as_body(counts, look.MONEY)
    last = max(_TOP, _TOP + len(log.trips) - 1)
    look.as_total(book.text(sheet, last + 1, 1, "Total"))
    for column in range(2, len(_DRIVES)):
        look.as_total(book.text(sheet, last + 1, column, ""))
    total = book.formula(sheet, last + 1, 8, f"=SUM(H{_TOP}:H{last})", log.total)
    look.as_total(total, look.MONEY)
    widths = {"A": 14.0, "B": 20.0, "C": 40.0, "D": 12.0, "E": 13.0}
    widths |= {letter: look.money_width([log.total], least=13) for letter in "FGH"}
    _finish(book, MILEAGE, widths, f"Mileage log of {shown.year}", f"A1:H{last + 1}")
    return last


def as_day(cell: Cell) -> None:
    """A day at the left, so that it does not touch the text beside it."""
    from openpyxl.styles import Alignment

    look.as_body(cell, look.DAY)
    cell.alignment = Alignment(horizontal="left", vertical="center", indent=0 if cell.column == 1 else 1)


def name_of(item: ExpenseShown) -> str:
    """The payee and what it was for."""
    return item.expense.label or "Payment"


def why_of(item: ExpenseShown) -> str:
    """The reasons of the deduction, then of the HSA where it says otherwise."""
    said = [*item.deduction.why, item.line.note]
    if item.hsa.verdict is not item.deduction.verdict and item.hsa.verdict is not Verdict.YES:
        said += [f"HSA: {why}" for why in item.hsa.why]
    return " ".join(text for text in said if text)


def _amounts(item: ExpenseShown) -> tuple[Cents, ...]:
    parts = item.line.parts
    return (
        item.expense.amount,
        item.hsa.eligible,
        item.fsa.eligible,
        *(parts.get(group, 0) for group in _GROUPS),
    )


def _head(book: Book, name: str, title: str, headings: tuple[str, ...], *, right: frozenset[int]) -> None:
    sheet = book.workbook[name]
    book.text(sheet, 1, 1, title).font = look.font(bold=True, size=14)
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=5)
    words = "Taken from the ledger; what it adds up to is on the other sheets."
    look.as_note(book.text(sheet, 2, 1, words))
    for column, heading in enumerate(headings, start=1):
        look.as_heading(book.text(sheet, _TOP - 1, column, heading), right=column in right)
    sheet.row_dimensions[_TOP - 1].height = 34


def _finish(book: Book, name: str, widths: dict[str, float], title: str, area: str) -> None:
    sheet = book.workbook[name]
    for letter, width in widths.items():
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{_TOP}"
    sheet.sheet_view.showGridLines = False
    look.set_up_page(sheet, title, area=area, rows=f"{_TOP - 1}:{_TOP - 1}")
