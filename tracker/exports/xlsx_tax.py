"""A year's tax worksheet as a workbook: 8889, medical deduction, expenses and mileage.

What was paid are values; the sums, the floor and what may be deducted are formulas over them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.domain.accounts.tax_sheet import NOT_ADVICE, NOT_KNOWN, SheetLine
from tracker.exports import xlsx_look as look
from tracker.exports.xlsx_book import PROGRAM, Book, Result
from tracker.exports.xlsx_tax_lists import EXPENSES, MILEAGE, as_day, write_expenses, write_mileage
from tracker.facts import percent
from tracker.money import Cents, dollars
from tracker.whole_file import write_whole

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from tracker.domain.accounts.hsa_sheet import HsaSheet
    from tracker.services.tax_year import TaxYear

FORM, MEDICAL = "8889", "Medical deduction"
_RATE = "0.00%"


def write_tax(shown: TaxYear, path: Path) -> None:
    """Write the workbook to `path`, replacing what is there only when it is complete.

    Raises WorldProblem where the file cannot be written.
    """
    write_whole(path, tax_book(shown).to_bytes())


def tax_book(shown: TaxYear) -> Book:
    """The workbook in memory."""
    book = Book()
    forms = book.add_sheet(FORM)
    medical = book.add_sheet(MEDICAL)
    expenses_end = write_expenses(book, shown)
    mileage_end = write_mileage(book, shown)
    _write_forms(book, forms, shown)
    _Medical(book, medical, shown, expenses_end, mileage_end).write()
    properties = book.workbook.properties
    properties.title = f"Taxes {shown.year}"
    properties.creator = PROGRAM
    properties.created = datetime.combine(shown.today, time())
    book.workbook.calculation.fullCalcOnLoad = True
    return book


# Form 8889 ---------------------------------------------------------------------------------


def _write_forms(book: Book, sheet: Worksheet, shown: TaxYear) -> None:
    """One form below the other, each followed by the payments behind its lines."""
    title = book.text(sheet, 1, 1, f"Form 8889, {shown.year}")
    title.font = look.font(bold=True, size=14)
    row = 3
    if not shown.forms:
        look.as_note(book.text(sheet, row, 1, f"Nobody has an HSA in {shown.year}."))
        row += 1
    for form in shown.forms:
        row = _form(book, sheet, row, form) + 1
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=5)
    look.as_note(book.text(sheet, row, 1, NOT_ADVICE))
    sheet.column_dimensions["A"].width = 14
    sheet.column_dimensions["B"].width = 46
    amounts = [line.amount for form in shown.forms for line in form.lines]
    sheet.column_dimensions["C"].width = look.money_width(amounts, least=16)
    sheet.column_dimensions["D"].width = 14
    sheet.column_dimensions["E"].width = 48
    sheet.sheet_view.showGridLines = False
    look.set_up_page(sheet, f"Form 8889, {shown.year}", area=f"A1:E{row}")


def _form(book: Book, sheet: Worksheet, row: int, form: HsaSheet) -> int:
    """Whose it is, its lines, then what they are made of; gives the row after it."""
    book.text(sheet, row, 1, form.person).font = look.font(bold=True, size=12)
    row += 1
    for column, words in enumerate(("Line", "What it is", "Amount"), start=1):
        look.as_heading(book.text(sheet, row, column, words), right=column == 3)
    first = row + 1
    below = first + len(form.lines) + 1
    entries = {line.number: line.sources for line in form.lines if line.sources}
    spans: dict[str, str] = {}
    at = below + 1
    for number, sources in entries.items():
        spans[number] = f"C{at}:C{at + len(sources) - 1}"
        at += len(sources)
    for place, line in enumerate(form.lines):
        _line(book, sheet, first + place, line, spans.get(line.number, ""))
    if not entries:
        return below
    for column, words in enumerate(
        ("Made of: line", "Paid to or for", "Amount", "  Date", "Remark"), start=1
    ):
        look.as_heading(book.text(sheet, below, column, words), right=column == 3)
    at = below + 1
    for number, sources in entries.items():
        for item in sources:
            look.as_body(book.text(sheet, at, 1, number))
            look.as_body(book.text(sheet, at, 2, item.name), wrap=True)
            look.as_body(book.money(sheet, at, 3, item.amount), look.MONEY)
            look.as_body(book.text(sheet, at, 5, item.note), wrap=True)
            as_day(book.day(sheet, at, 4, item.on))
            widest = max(item.name, item.note, key=len)
            sheet.row_dimensions[at].height = look.row_height(widest, 46, least=17)
            at += 1
    return at


def _line(book: Book, sheet: Worksheet, row: int, line: SheetLine, span: str) -> None:
    look.as_body(book.text(sheet, row, 1, line.number))
    look.as_body(book.text(sheet, row, 2, line.label), wrap=True)
    if line.amount is None:
        look.as_body(book.text(sheet, row, 3, line.words), look.MONEY)
    elif span:
        look.as_body(book.formula(sheet, row, 3, f"=SUM({span})", line.amount), look.MONEY)
    else:
        look.as_body(book.money(sheet, row, 3, line.amount), look.MONEY)


# the medical deduction ---------------------------------------------------------------------


class _Medical:
    """Writes line after line and remembers where the figures are that formulas need."""

    def __init__(
        self, book: Book, sheet: Worksheet, shown: TaxYear, expenses_end: int, mileage_end: int
    ) -> None:
        self._book, self._sheet, self._shown = book, sheet, shown
        self._ends = expenses_end, mileage_end
        self._row = 4

    def write(self) -> None:
        shown, medical, book, sheet = self._shown, self._shown.medical, self._book, self._sheet
        title = book.text(sheet, 1, 1, f"Medical deduction, {shown.year}")
        title.font = look.font(bold=True, size=14)
        sheet.merge_cells("A2:C2")
        look.as_note(book.text(sheet, 2, 1, "Schedule A, lines 1 to 4"))
        for column, words in enumerate(("Line", "What it is", "Amount"), start=1):
            look.as_heading(book.text(sheet, 3, column, words), right=column == 3)
        expenses_end, mileage_end = self._ends
        places = [f"{EXPENSES}!{letter}5:{letter}{expenses_end}" for letter in "HIJ"]
        places.append(f"{MILEAGE}!H5:H{mileage_end}")
        top = self._row
        for part, place in zip(medical.parts, places, strict=True):
            self._formula(part.number, part.label, f"=SUM({place})", part.amount)
        total = self._formula("1", medical.lines[0].label, f"=SUM(C{top}:C{top + 3})", medical.expenses)
        income = self._value("2", medical.lines[1].label, shown.facts.income)
        rate = self._rate()
        known = f'IF(OR({income}="",{rate}=""),"",'
        floor = self._formula(
            "3", "Line 2 times the floor", f"={known}ROUND({income}*{rate},2))", medical.floor
        )
        deductible = self._formula(
            "4", medical.lines[3].label, f'=IF({floor}="","",MAX(0,{total}-{floor}))', medical.deductible
        )
        other = self._value("", "Your other itemized deductions", medical.other_itemized)
        both = f'IF(OR({other}="",{deductible}=""),"",{other}+{deductible})'
        together = None
        if medical.other_itemized is not None and medical.deductible is not None:
            together = medical.other_itemized + medical.deductible
        every = self._formula("", "All itemized deductions", f"={both}", together)
        standard = self._value("", "Standard deduction", medical.standard)
        self._formula(
            "",
            "Itemizing is more by (below zero: less)",
            f'=IF(OR({every}="",{standard}=""),"",{every}-{standard})',
            medical.gain,
        )
        self._notes()
        self._finish()

    def _formula(self, number: str, name: str, formula: str, result: Result) -> str:
        self._names(number, name)
        cell = self._book.formula(self._sheet, self._row, 3, formula, result)
        (look.as_total if number in ("1", "4") else look.as_body)(cell, look.MONEY)
        self._row += 1
        return f"C{self._row - 1}"

    def _value(self, number: str, name: str, amount: Cents | None) -> str:
        """An amount that may be changed in the workbook; blank while it is not known."""
        from openpyxl.styles import PatternFill

        self._names(number, name)
        cell = self._book.money(self._sheet, self._row, 3, amount)
        look.as_body(cell, look.MONEY)
        cell.fill = PatternFill("solid", fgColor="F1F7F5")
        self._row += 1
        return f"C{self._row - 1}"

    def _rate(self) -> str:
        rate = self._shown.medical.floor_rate
        self._names("", "Floor, share of line 2")
        cell = self._sheet.cell(self._row, 3)
        if rate is not None:
            cell.value = rate / 10_000
        look.as_body(cell, _RATE)  # type: ignore[arg-type]
        self._row += 1
        return f"C{self._row - 1}"

    def _names(self, number: str, name: str) -> None:
        look.as_body(self._book.text(self._sheet, self._row, 1, number))
        look.as_body(self._book.text(self._sheet, self._row, 2, name), wrap=True)

    def _notes(self) -> None:
        self._row += 1
        medical, sheet = self._shown.medical, self._sheet
        asks = [f"{NOT_KNOWN}: {ask.sentence}" for ask in medical.asks]
        marked = (
            [f"{dollars(self._shown.marked)} is marked as deducted on the return of {medical.year}."]
            if self._shown.marked
            else []
        )
        floor = [f"The floor is {percent(medical.floor_rate)} of line 2."] if medical.floor_rate else []
        for words in (*medical.why, *floor, *asks, *marked, NOT_ADVICE):
            sheet.merge_cells(start_row=self._row, start_column=1, end_row=self._row, end_column=3)
            look.as_note(self._book.text(sheet, self._row, 1, words))
            sheet.row_dimensions[self._row].height = look.row_height(words, 80, least=17)
            self._row += 1

    def _finish(self) -> None:
        medical, sheet = self._shown.medical, self._sheet
        amounts: Sequence[Cents | None] = (
            medical.expenses,
            self._shown.facts.income,
            medical.other_itemized,
            medical.standard,
            medical.gain,
        )
        sheet.column_dimensions["A"].width = 8
        sheet.column_dimensions["B"].width = 48
        sheet.column_dimensions["C"].width = look.money_width(amounts, least=18)
        sheet.freeze_panes = "A4"
        sheet.sheet_view.showGridLines = False
        look.set_up_page(sheet, f"Medical deduction, {medical.year}", area=f"A1:C{self._row - 1}")
