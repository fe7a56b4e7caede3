"""How the workbook looks: formats, fonts, grounds, and how its sheets print."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tracker.exports.xlsx_book import clean_text
from tracker.money import Cents, dollars

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Font
    from openpyxl.worksheet.worksheet import Worksheet

MONEY = '"$"#,##0.00;-"$"#,##0.00'
DAY = "mmm d, yyyy"
MONTH = "mmm yyyy"
ACCENT, ACCENT_SOFT, HAIRLINE, QUIET, TRACK = "0F6B5C", "E1EFEB", "C9C6BE", "636965", "C9C6BE"
LETTER = 1


def font(*, bold: bool = False, size: float = 11, colour: str = "1F2421") -> Font:
    from openpyxl.styles import Font

    return Font(name="Calibri", size=size, bold=bold, color=colour)


def as_heading(cell: Cell, *, right: bool = False) -> None:
    """The head of a column."""
    from openpyxl.styles import Alignment, Border, PatternFill, Side

    cell.font = font(bold=True)
    cell.fill = PatternFill("solid", fgColor=ACCENT_SOFT)
    cell.border = Border(bottom=Side("thin", color=ACCENT))
    cell.alignment = Alignment(horizontal="right" if right else "left", vertical="center", wrap_text=True)


def as_body(cell: Cell, number_format: str = "", *, wrap: bool = False) -> None:
    """An ordinary cell of a table."""
    from openpyxl.styles import Alignment, Border, Side

    cell.font = font()
    cell.border = Border(bottom=Side("hair", color=HAIRLINE))
    cell.alignment = Alignment(
        horizontal="right" if number_format else "left", vertical="center", wrap_text=wrap
    )
    if number_format:
        cell.number_format = number_format


def as_total(cell: Cell, number_format: str = "") -> None:
    """A cell of a total: bold, with a line above and a double one below, as accountants draw it."""
    from openpyxl.styles import Alignment, Border, Side

    cell.font = font(bold=True)
    cell.border = Border(top=Side("thin", color="1F2421"), bottom=Side("double", color="1F2421"))
    cell.alignment = Alignment(
        horizontal="right" if number_format else "left", vertical="center", wrap_text=True
    )
    if number_format:
        cell.number_format = number_format


def as_note(cell: Cell) -> None:
    """A quiet sentence below a table."""
    from openpyxl.styles import Alignment

    cell.font = font(size=9.5, colour=QUIET)
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def money_width(amounts: Iterable[Cents | None], *, least: float = 12) -> float:
    """A column width (in characters) that shows the largest of these amounts."""
    longest = max((len(dollars(amount)) for amount in amounts if amount is not None), default=0)
    return max(least, longest * 1.1 + 2.5)


def text_width(texts: Iterable[str], *, least: float, most: float) -> float:
    """A column width (in characters) for texts, within bounds."""
    longest = max((len(text) for text in texts), default=0)
    return min(most, max(least, longest * 1.05 + 2))


def row_height(text: str, width: float, *, least: float) -> float:
    """The height (in points) a row needs for a text that wraps in a column of a width in characters.

    Not every spreadsheet program finds it when it opens a file.
    """
    lines = 1 if len(text) <= width - 2 else -(-len(text) // max(1, int(width * 0.85)))
    return max(least, lines * 15 + 4)


def set_up_page(sheet: Worksheet, title: str, *, area: str, rows: str = "", columns: str = "") -> None:
    """Landscape Letter, as wide as the page, with a heading and page numbers on every page."""
    page = sheet.page_setup
    page.orientation = "landscape"
    page.paperSize = LETTER
    page.fitToWidth = 1
    page.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.8, 0.7, 0.4, 0.35
    sheet.print_area = area
    if rows:
        sheet.print_title_rows = rows
    if columns:
        sheet.print_title_cols = columns
    # An ampersand begins a code in headers; 255 characters is all Excel takes.
    sheet.oddHeader.left.text = clean_text(title).replace("&", "&&")[:200]  # type: ignore[union-attr]
    sheet.oddHeader.left.size = 12  # type: ignore[union-attr]
    sheet.oddFooter.left.text = "&A"  # type: ignore[union-attr]
    sheet.oddFooter.right.text = "Page &P of &N"  # type: ignore[union-attr]
