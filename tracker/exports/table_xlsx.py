"""Tables of the ledger as one workbook, a sheet each: amounts and days to calculate with, text as text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.exports import xlsx_look as look
from tracker.exports.table_out import Holds, OutColumn, OutTable, Progress, Value
from tracker.exports.xlsx_book import Book
from tracker.money import Cents

_EVERY = 250


def as_workbook(tables: Sequence[OutTable], title: str, *, progress: Progress | None = None) -> bytes:
    """All tables as a workbook, to sort and filter. Raises Cancelled out of `progress`."""
    book = Book()
    whole = sum(len(table.rows) for table in tables)
    done = 0
    for table in tables:
        done = _sheet(book, table, title, done, whole, progress)
    return book.to_bytes()


def _sheet(
    book: Book, table: OutTable, title: str, done: int, whole: int, progress: Progress | None
) -> int:
    from openpyxl.utils import get_column_letter

    sheet = book.add_sheet(table.name)
    for column, made in enumerate(table.columns, start=1):
        right = made.holds in (Holds.MONEY, Holds.NUMBER)
        look.as_heading(book.text(sheet, 1, column, made.heading), right=right)
    for row, values in enumerate(table.rows, start=2):
        if progress is not None and done % _EVERY == 0:
            progress(done, whole)
        done += 1
        for column, (value, made) in enumerate(zip(values, table.columns, strict=True), start=1):
            _cell(book, sheet, row, column, value, made)
    last, letter = max(2, len(table.rows) + 1), get_column_letter(len(table.columns))
    for place, made in enumerate(table.columns):
        sheet.column_dimensions[get_column_letter(place + 1)].width = _width(
            made, [row[place] for row in table.rows]
        )
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{letter}{last}"
    look.set_up_page(sheet, title, area=f"A1:{letter}{last}", rows="1:1")
    return done


def _cell(book: Book, sheet: object, row: int, column: int, value: Value, made: OutColumn) -> None:
    if value is None:
        return
    if isinstance(value, date):
        book.day(sheet, row, column, value).number_format = look.DAY  # type: ignore[arg-type]
    elif isinstance(value, int) and made.holds is Holds.MONEY:
        book.money(sheet, row, column, value).number_format = look.MONEY  # type: ignore[arg-type]
    elif isinstance(value, int):
        sheet.cell(row, column).value = value  # type: ignore[attr-defined]
    else:
        book.text(sheet, row, column, " ".join(value.split()))  # type: ignore[arg-type]


def _width(made: OutColumn, values: Sequence[Value]) -> float:
    if made.holds is Holds.DAY:
        return 14.0
    if made.holds is Holds.MONEY:
        amounts: list[Cents] = [value for value in values if isinstance(value, int)]
        return look.money_width(amounts, least=max(12, len(made.heading) * 0.8))
    if made.holds is Holds.NUMBER:
        return 10.0
    texts = (value for value in values if isinstance(value, str))
    return look.text_width(texts, least=max(12, len(made.heading) + 2), most=44)
