"""An affordability answer as a workbook: what was typed as values, everything that follows as formulas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.dates import day_text
from tracker.domain.budget.affordability import STEPS, Outcome, Year
from tracker.exports import xlsx_look as look
from tracker.exports.xlsx_book import PROGRAM, Book, Result
from tracker.facts.household_budget import HouseholdLine
from tracker.money import Cents
from tracker.reports.affordability import ONLY_ORIENTATION, YEAR_NAMES, AffordabilityReport
from tracker.whole_file import write_whole

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "Affordability"
_SHARE = '0.00"%"'
_NAME_WIDTH = 44
_ONE_PAGE = 62
"""Rows up to which the sheet is still readable on one page."""
_COLUMNS = {Year.EXPECTED: 2, Year.P80: 3, Year.OOP_MAX: 4}


def write_affordability(report: AffordabilityReport, path: Path) -> None:
    """Write the workbook to `path`, replacing what is there only when it is complete.

    Raises WorldProblem where the file cannot be written.
    """
    write_whole(path, affordability_book(report).to_bytes())


def affordability_book(report: AffordabilityReport) -> Book:
    """The workbook in memory: one sheet with the six steps, the scenarios and the marks."""
    book = Book()
    _Sheet(book, report).write()
    properties = book.workbook.properties
    properties.title = SHEET
    properties.creator = PROGRAM
    properties.created = datetime.combine(report.budget.as_of, time())
    book.workbook.calculation.fullCalcOnLoad = True
    return book


class _Sheet:
    """Writes row after row and remembers where the figures are that formulas need."""

    def __init__(self, book: Book, report: AffordabilityReport) -> None:
        self._book, self._report = book, report
        self._sheet: Worksheet = book.add_sheet(SHEET)
        self._row = 1
        self._at: dict[str, str] = {}

    def write(self) -> None:
        report, budget, sheet = self._report, self._report.budget, self._sheet
        title = self._book.text(sheet, 1, 1, budget.name)
        title.font = look.font(bold=True, size=14)
        look.as_note(self._book.text(sheet, 2, 1, f"Affordability, {day_text(budget.as_of)}"))
        self._row = 4
        self._heading(0, "A month")
        self._value("income", "Net monthly income", budget.income)
        self._heading(1, "A month")
        self._lines("existing", [line for line in budget.lines if not line.discretionary])
        self._heading(2)
        self._value("membership", "Membership, a year", report.membership_year.amount)
        step = report.result.steps[2].amount
        self._formula("", "Membership, a month", f"=ROUND(N({self._at['membership']})/12,2)", step)
        self._heading(3)
        self._value("premium", "Premiums, a month", report.premium.amount)
        self._value("pocket0", "Out of pocket, an expected year", report.expected.amount)
        self._value("pocket1", "Out of pocket, a P80 year", budget.p80)
        self._value("pocket2", "Out-of-pocket maximum, a year", report.oop_max_year.amount)
        self._heading(4, "A month", "Possible cut", "Left")
        self._lines("fun", [line for line in budget.lines if line.discretionary], cuts=True)
        self._heading(5, "A month")
        self._value("savings", "Put aside, a month", budget.savings)
        self._scenarios()
        self._marks()
        self._finish()

    # parts --------------------------------------------------------------------------------------

    def _heading(self, place: int, *columns: str) -> None:
        if self._row > 4:
            self._row += 1
        for column, words in enumerate((f"{place + 1}. {STEPS[place]}", *(columns or ("",))), start=1):
            look.as_heading(self._book.text(self._sheet, self._row, column, words), right=column > 1)
        self._row += 1

    def _value(self, key: str, name: str, amount: Cents | None) -> None:
        """An amount that may be changed in the workbook."""
        look.as_body(self._book.text(self._sheet, self._row, 1, name), wrap=True)
        self._own(2, amount)
        self._at[key] = f"$B${self._row}"
        self._row += 1

    def _own(self, column: int, amount: Cents | None) -> None:
        """A shaded amount: the member's to change."""
        from openpyxl.styles import PatternFill

        cell = self._book.money(self._sheet, self._row, column, amount)
        look.as_body(cell, look.MONEY)
        cell.fill = PatternFill("solid", fgColor="F1F7F5")

    def _formula(self, key: str, name: str, formula: str, result: Result) -> None:
        look.as_body(self._book.text(self._sheet, self._row, 1, name), wrap=True)
        look.as_body(self._book.formula(self._sheet, self._row, 2, formula, result), look.MONEY)
        if key:
            self._at[key] = f"$B${self._row}"
        self._row += 1

    def _lines(self, key: str, lines: Sequence[HouseholdLine], *, cuts: bool = False) -> None:
        """Expenses with their sums; with `cuts` what of each could go, and what is left."""
        first = self._row
        for line in lines:
            row = self._row
            if cuts:
                self._own(3, line.cut)
            self._value("", line.label, line.amount)
            self._sheet.row_dimensions[row].height = look.row_height(line.label, _NAME_WIDTH, least=17)
            if cuts:
                left = self._book.formula(self._sheet, row, 4, f"=B{row}-C{row}", line.amount - line.cut)
                look.as_body(left, look.MONEY)
        sums = [sum(line.amount for line in lines), sum(line.cut for line in lines)]
        look.as_total(self._book.text(self._sheet, self._row, 1, "Together"))
        for column, result in ((2, sums[0]), (3, sums[1]), (4, sums[0] - sums[1])):
            if column > 2 and not cuts:
                break
            letter = "ABCD"[column - 1]
            cells = f"{letter}{first}:{letter}{self._row - 1}"
            formula = f"=SUM({cells})" if lines else "=0"
            look.as_total(self._book.formula(self._sheet, self._row, column, formula, result), look.MONEY)
        self._at[key] = f"$B${self._row}"
        if cuts:
            self._at["cuts"] = f"$C${self._row}"
        self._row += 1

    def _scenarios(self) -> None:
        self._row += 1
        sheet, at = self._sheet, self._at
        look.as_heading(self._book.text(sheet, self._row, 1, "Three years side by side, a month"))
        for year, column in _COLUMNS.items():
            look.as_heading(self._book.text(sheet, self._row, column, YEAR_NAMES[year]), right=True)
        sheet.row_dimensions[self._row].height = 34
        self._row += 1
        free = f"{at['income']}-{at['existing']}-{at['fun']}"
        top = self._row
        fixed = f"N({at['membership']})+12*N({at['premium']})+12*N({at['savings']})"
        names = (
            "Free before health",
            "Health costs, a year",
            "Health costs, a month",
            "Left after health",
            "Needed cut",
            "Cuts chosen",
            "Left with the cuts",
            "Still missing",
            "Share of net income",
        )
        for place, (year, column) in enumerate(_COLUMNS.items()):
            letter, pocket = "ABCD"[column - 1], at[f"pocket{place}"]
            cell = [f"{letter}{top + line}" for line in range(len(names))]
            known = f'IF({pocket}="","",'
            formulas = (
                f"={free}",
                f"={known}{fixed}+{pocket})",
                f"={known}ROUND({cell[1]}/12,2))",
                f"={known}{cell[0]}-{cell[2]})",
                f"={known}MAX(0,-{cell[3]}))",
                f"={at['cuts']}",
                f"={known}{cell[3]}+{cell[5]})",
                f"={known}MAX(0,-{cell[6]}))",
                f'=IF(OR({pocket}="",{at["income"]}=0),"",ROUND({cell[1]}/(12*{at["income"]})*100,2))',
            )
            results = self._results(year)
            for line, (formula, result) in enumerate(zip(formulas, results, strict=True)):
                shown = self._book.formula(sheet, top + line, column, formula, result)
                look.as_body(shown, _SHARE if line == len(names) - 1 else look.MONEY)
        for line, name in enumerate(names):
            look.as_body(self._book.text(sheet, top + line, 1, name), wrap=True)
        self._row = top + len(names)

    def _results(self, year: Year) -> tuple[Result, ...]:
        result = self._report.result
        outcome: Outcome | None = self._report.outcomes.get(year)
        if outcome is None:
            return (result.free, None, None, None, None, result.cuts, None, None, None)
        whole = self._year_total(year)
        return (
            result.free,
            whole,
            outcome.health,
            outcome.after_health,
            outcome.needed_cut,
            result.cuts,
            outcome.after_cuts,
            outcome.still_missing,
            outcome.ratio,
        )

    def _year_total(self, year: Year) -> Cents:
        report = self._report
        monthly = (report.premium.amount or 0) + report.budget.savings
        return (report.membership_year.amount or 0) + 12 * monthly + report.out_of_pocket[year]

    def _marks(self) -> None:
        report = self._report
        self._row += 1
        look.as_heading(self._book.text(self._sheet, self._row, 1, "Marks for orientation"))
        self._row += 1
        said = [
            f"{mark.label}: {mark.why} Source: {source}"
            for mark, source in zip(report.marks, report.mark_sources, strict=True)
        ]
        for words in (*said, *report.missing, report.budget.note, ONLY_ORIENTATION):
            if words:
                self._note(words)

    def _note(self, words: str) -> None:
        row = self._row
        self._sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=4)
        look.as_note(self._book.text(self._sheet, row, 1, words))
        self._sheet.row_dimensions[row].height = look.row_height(words, 105, least=17)
        self._row += 1

    def _finish(self) -> None:
        report, sheet = self._report, self._sheet
        amounts = [report.budget.income, *(self._year_total(year) for year in report.outcomes)]
        amounts += [line.amount for line in report.budget.lines] + [report.result.free]
        sheet.column_dimensions["A"].width = _NAME_WIDTH
        for letter in "BCD":
            sheet.column_dimensions[letter].width = look.money_width(amounts, least=19)
        sheet.freeze_panes = "B4"
        sheet.sheet_view.showGridLines = False
        look.set_up_page(sheet, f"Affordability: {report.budget.name}", area=f"A1:D{self._row - 1}")
        sheet.page_setup.orientation = "portrait"
        if self._row <= _ONE_PAGE:
            sheet.page_setup.fitToHeight = 1
