"""A workbook being written: text that stays text, amounts, and formulas with their results.

Formulas are stored together with what they give. A spreadsheet program computes them again, but
previews and Excel's Protected View do not, and would show an e-mailed budget without totals.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tracker.errors import Bug
from tracker.exports.spreadsheet_text import may_calculate
from tracker.money import Cents, decimal

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

PROGRAM = "Concierge Ledger"
TEXT_LIMIT = 32_767
"""The most UTF-16 units Excel keeps in a cell."""

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f>([^<]*)</f><v\s*(?:/>|></v>)</c>')

Result = Cents | str | date | None
"""What a formula gives: whole cents, a text, a day, or an empty text for None."""


def clean_text(text: str) -> str:
    """Text as a cell can hold it: without control characters, cut where Excel would refuse the file."""
    plain = _REFUSED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(plain) * 2 > TEXT_LIMIT and len(plain.encode("utf-16-le")) // 2 > TEXT_LIMIT:
        cut = plain.encode("utf-16-le")[: (TEXT_LIMIT - 1) * 2]
        plain = cut.decode("utf-16-le", errors="ignore") + "\u2026"
    return plain


def day_number(day: date) -> int:
    """A day as spreadsheets count them: Jan 1, 1900 is 1, with a leap day in 1900 that never was."""
    return (day - date(1899, 12, 30)).days


class Book:
    """An openpyxl workbook, and the results of the formulas in it."""

    def __init__(self) -> None:
        from openpyxl import Workbook

        self.workbook = Workbook()
        self.workbook.remove(self.workbook.worksheets[0])
        self._results: dict[str, dict[str, Result]] = {}

    def add_sheet(self, name: str) -> Worksheet:
        sheet: Worksheet = self.workbook.create_sheet(name)
        self._results[name] = {}
        return sheet

    def text(self, sheet: Worksheet, row: int, column: int, text: str) -> Cell:
        """Put text that no spreadsheet program takes for a formula, a number or an error."""
        cell: Cell = sheet.cell(row, column)  # type: ignore[assignment]
        cleaned = clean_text(text)
        if cleaned:
            # A text such as _x000D_ would be read as an escaped character.
            cell.value = _LOOKS_ESCAPED.sub("_x005F_", cleaned)[:TEXT_LIMIT]
            cell.data_type = "s"
            if may_calculate(cleaned):
                cell.quotePrefix = True
        return cell

    def money(self, sheet: Worksheet, row: int, column: int, cents: Cents | None) -> Cell:
        """Put an amount in dollars as a number; None leaves the cell blank."""
        cell: Cell = sheet.cell(row, column)  # type: ignore[assignment]
        if cents is not None:
            cell.value = decimal(cents)
        return cell

    def day(self, sheet: Worksheet, row: int, column: int, day: date | None) -> Cell:
        cell: Cell = sheet.cell(row, column)  # type: ignore[assignment]
        if day is not None:
            cell.value = day
        return cell

    def formula(self, sheet: Worksheet, row: int, column: int, formula: str, result: Result) -> Cell:
        """Put a formula (starting with `=`) and what it gives today."""
        cell: Cell = sheet.cell(row, column)  # type: ignore[assignment]
        cell.value = formula
        self._results[sheet.title][cell.coordinate] = result
        return cell

    def result(self, sheet: str, coordinate: str) -> Result:
        """What was given as the result of a formula."""
        return self._results[sheet][coordinate]

    def to_bytes(self) -> bytes:
        """The finished file."""
        plain = io.BytesIO()
        self.workbook.save(plain)
        finished = io.BytesIO()
        with (
            zipfile.ZipFile(plain) as source,
            zipfile.ZipFile(finished, "w", zipfile.ZIP_DEFLATED) as target,
        ):
            for name in source.namelist():
                target.writestr(name, self._finish(name, source.read(name)))
        return finished.getvalue()

    def _finish(self, name: str, content: bytes) -> bytes:
        if name == "docProps/app.xml":
            # Programs trust stored results only of writers they know; this one is to be recalculated.
            return content.replace(b"Microsoft Excel", PROGRAM.encode())
        found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
        if not found:
            return content
        results = self._results[self.workbook.worksheets[int(found[1]) - 1].title]
        if not results:
            return content
        written, count = _FORMULA_CELL.subn(lambda cell: _with_result(cell, results), content)
        if count != len(results):
            raise Bug(f"{count} of {len(results)} formulas of {name} have a result.")
        return written


def _with_result(cell: re.Match[bytes], results: dict[str, Result]) -> bytes:
    kind, shown = _stored(results[cell[1].decode()])
    return b'<c r="%b"%b%b><f>%b</f><v>%b</v></c>' % (cell[1], cell[2], kind, cell[3], shown)


def _stored(result: Result) -> tuple[bytes, bytes]:
    """The type attribute and the stored value of a formula's result."""
    if result is None or isinstance(result, str):
        return b' t="str"', escape(clean_text(result or "")).encode()
    if isinstance(result, date):
        return b"", str(day_number(result)).encode()
    value: Decimal = decimal(result)
    return b"", f"{value:f}".encode()
