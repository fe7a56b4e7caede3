"""The Payments sheet: what was paid, one row for each part, as a table to sort and filter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.exports import xlsx_look as look
from tracker.exports.xlsx_book import Book
from tracker.storage.queries.payment_parts import PaymentPart

NAME = "Payments"
HEADINGS = ("Date", "Payee", "Budget Line", "Amount", "Person", "Account", "Budget Month", "Note")
_PERSON = 5
STEP = 250
"""How many rows are written between two reports of progress."""


def account_words(part: PaymentPart) -> str:
    """The account, or both accounts of a transfer."""
    if part.to_account:
        return f"{part.account} to {part.to_account}" if part.account else f"To {part.to_account}"
    return part.account


def payee_words(part: PaymentPart) -> str:
    return part.payee or ("Transfer" if part.to_account else "")


def write_payments(
    book: Book, parts: Sequence[PaymentPart], title: str, report: Callable[[int], object]
) -> None:
    """All parts in the order given; `report` is told how many are written."""
    from openpyxl.styles import Alignment, Border, Side
    from openpyxl.worksheet.table import Table, TableStyleInfo

    sheet = book.add_sheet(NAME)
    for column, heading in enumerate(HEADINGS, start=1):
        look.as_heading(book.text(sheet, 1, column, heading), right=heading == "Amount")
    left, apart = Alignment(horizontal="left"), Alignment(horizontal="left", indent=1)
    sheet.cell(1, _PERSON).alignment = Alignment(horizontal="left", vertical="center", indent=1)
    line = Border(bottom=Side("hair", color=look.HAIRLINE))
    for row, part in enumerate(parts, start=2):
        paid = book.day(sheet, row, 1, part.paid_on)
        paid.number_format, paid.alignment = look.DAY, left
        book.text(sheet, row, 2, payee_words(part))
        book.text(sheet, row, 3, part.category)
        book.money(sheet, row, 4, part.amount).number_format = look.MONEY
        book.text(sheet, row, _PERSON, part.person).alignment = apart
        book.text(sheet, row, 6, account_words(part))
        month = book.day(sheet, row, 7, part.counts_in)
        month.number_format, month.alignment = look.MONTH, left
        book.text(sheet, row, 8, " ".join(part.note.split()))
        for column in range(1, len(HEADINGS) + 1):
            sheet.cell(row, column).border = line
        if row % STEP == 0:
            report(row - 1)
    last = max(2, len(parts) + 1)  # a table has one row at least, if a blank one
    table = Table(displayName=NAME, ref=f"A1:H{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)
    widths = {
        "A": 14.0,
        "B": look.text_width([payee_words(part) for part in parts], least=16, most=36),
        "C": look.text_width([part.category for part in parts], least=18, most=42),
        "D": look.money_width([part.amount for part in parts], least=13),
        "E": look.text_width([part.person for part in parts], least=13, most=25),
        "F": look.text_width([account_words(part) for part in parts], least=14, most=34),
        "G": 15.0,
        "H": look.text_width([part.note for part in parts], least=16, most=50),
    }
    for letter, width in widths.items():
        sheet.column_dimensions[letter].width = width
    sheet.row_dimensions[1].height = 21
    sheet.freeze_panes = "A2"
    sheet.sheet_view.showGridLines = False
    look.set_up_page(sheet, title, area=f"A1:H{last}", rows="1:1")
