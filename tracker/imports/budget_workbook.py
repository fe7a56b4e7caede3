"""Estimates edited in the workbook, as differences to the ledger. Nothing is changed here.

A sheet belongs to the month its name says (`Jan 2026`), or to the one it was written for when it
was renamed. A row belongs to the budget line it names, or to the one it was written for when it was
renamed. A blank estimate in a row that is there means "no estimate"; a row, or a sheet, that is not
there changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracker.dates import MONTH_NAMES, month_text
from tracker.errors import UserProblem
from tracker.exports.xlsx_marks import LineMark, SheetMark, read_line_mark, read_sheet_mark
from tracker.facts import Category
from tracker.imports.problems import ImportProblem
from tracker.imports.workbook_cells import BLANK, Cell, estimate_in
from tracker.imports.workbook_gate import read_workbook_bytes
from tracker.imports.workbook_sheets import MOST_ROWS, Sheet, read_sheets
from tracker.money import Cents

_NAMED = re.compile(r"([A-Za-z]{3,9})\.?[ \-_]*(\d{4})")
_NUMBERED = re.compile(r"(\d{4})[\-_. ](\d{1,2})")
_ESTIMATED = ("estimated cost", "estimated", "estimate")
_CATEGORY = ("category", "budget line", "line")
_HEADING_ROWS = 20


@dataclass(frozen=True, slots=True)
class EstimateDifference:
    """One estimate that differs: `now` in the ledger, `then` if taken. None is "no estimate"."""

    category_id: int
    category: str
    month: date
    now: Cents | None
    then: Cents | None


@dataclass(frozen=True, slots=True)
class EstimateDifferences:
    """What could be taken from a workbook, and what could not be read."""

    differences: tuple[EstimateDifference, ...] = ()
    problems: tuple[ImportProblem, ...] = ()

    def __iter__(self) -> Iterator[EstimateDifference]:
        return iter(self.differences)


@dataclass(frozen=True, slots=True)
class MonthEstimates:
    """The estimates a month's sheet states, by category."""

    month: date
    estimates: Mapping[int, Cents | None]


@dataclass(frozen=True, slots=True)
class WorkbookEstimates:
    """Everything a workbook states, before it is compared with the ledger."""

    months: tuple[MonthEstimates, ...]
    problems: tuple[ImportProblem, ...]


def read_budget_workbook(path: Path, categories: Sequence[Category], ledger_mark: str) -> WorkbookEstimates:
    """Read the estimates of every month's sheet of a workbook.

    Raises UserProblem where it is no workbook or has no month in it; everything smaller is among
    the problems.
    """
    sheets = read_sheets(path.name, read_workbook_bytes(path))
    problems: list[ImportProblem] = []
    by_month: dict[date, Sheet] = {}
    for sheet in sheets:
        month = month_of(sheet)
        if month is None:
            continue
        held = by_month.get(month)
        if held is None:
            by_month[month] = sheet
            continue
        keep, leave = (sheet, held) if _month_named(held.name) is None else (held, sheet)
        by_month[month] = keep
        problems.append(
            ImportProblem(leave.name, f"It is a second {month_text(month)}; only {keep.name} was read.")
        )
    if not by_month:
        raise UserProblem(
            f"{path.name} has no sheet of a month, such as Jan 2026.",
            "Choose a budget workbook, or name its sheets like that.",
        )
    found = []
    for month in sorted(by_month):
        reader = _SheetReader(by_month[month], categories, ledger_mark)
        estimates = reader.read()
        problems += reader.problems
        found.append(MonthEstimates(month, estimates))
    return WorkbookEstimates(tuple(found), tuple(problems))


def month_of(sheet: Sheet) -> date | None:
    """The month of a sheet: its name says it, or what it was written for."""
    named = _month_named(sheet.name)
    if named:
        return named
    mark = _mark_of(sheet)
    return mark.month if mark else None


def missing_months(found: Collection[date], year: Sequence[date]) -> list[date]:
    """The months of a budget year that a workbook has no sheet for."""
    return [month for month in year if month not in found]


def _month_named(name: str) -> date | None:
    text = name.strip()
    number = year = 0
    if found := _NAMED.fullmatch(text):
        word = found[1].casefold()
        hits = [n for n, month in enumerate(MONTH_NAMES, 1) if month.casefold().startswith(word)]
        if word == "sept":
            hits = [9]
        number, year = (hits[0] if len(hits) == 1 else 0), int(found[2])
    elif found := _NUMBERED.fullmatch(text):
        number, year = int(found[2]), int(found[1])
    if not (1 <= number <= 12 and 1900 <= year <= 2199):
        return None
    return date(year, number, 1)


def _mark_of(sheet: Sheet) -> SheetMark | None:
    for row in sheet.rows[:_HEADING_ROWS]:
        for cell in row:
            if mark := read_sheet_mark(cell.value):
                return mark
    return None


class _SheetReader:
    """Reads one month's sheet; what it could not read is in `problems`."""

    def __init__(self, sheet: Sheet, categories: Sequence[Category], ledger_mark: str) -> None:
        self.problems: list[ImportProblem] = []
        self._sheet = sheet
        self._names = {_folded(item.name): item.id for item in categories if item.id is not None}
        self._ids = {item.id: item.name for item in categories if item.id is not None}
        mark = _mark_of(sheet)
        self._marks_hold = mark is not None and mark.ledger == ledger_mark

    def read(self) -> dict[int, Cents | None]:
        if self._sheet.damage:
            self._complain(None, self._sheet.damage)
            return {}
        place = self._heading_row()
        if place is None:
            self._complain(None, "It has no column called Estimated Cost; this month was left out.")
            return {}
        heads = [cell.text.casefold() for cell in self._sheet.rows[place]]
        estimated = next(n for n, text in enumerate(heads) if text in _ESTIMATED)
        named = next((n for n, text in enumerate(heads) if text in _CATEGORY), 0)
        if len(self._sheet.rows) >= MOST_ROWS:
            self._complain(None, f"Only its first {MOST_ROWS:,} rows were read.")
        return self._lines(place + 1, named, estimated)

    def _heading_row(self) -> int | None:
        for place, row in enumerate(self._sheet.rows[:_HEADING_ROWS]):
            if any(cell.text.casefold() in _ESTIMATED for cell in row):
                return place
        return None

    def _lines(self, first: int, named: int, estimated: int) -> dict[int, Cents | None]:
        rows = [
            (place + 1, row, _at(row, named).text, _line_mark_in(row))
            for place, row in enumerate(self._sheet.rows)
            if place >= first
        ]
        owners = self._owners(rows)
        stated: dict[int, list[tuple[int, Cents | None]]] = {}
        for number, row, name, _mark in rows:
            cell = _at(row, estimated)
            category_id = owners.get(number)
            if category_id is None:
                self._judge_stranger(number, name, cell)
                continue
            try:
                amount = estimate_in(cell)
            except UserProblem as problem:
                self._complain(number, f"{self._ids[category_id]}: {problem}")
            else:
                stated.setdefault(category_id, []).append((number, amount))
        return {
            category_id: said[0][1]
            for category_id, said in stated.items()
            if self._agree(category_id, said)
        }

    def _owners(self, rows: Sequence[tuple[int, Sequence[Cell], str, LineMark | None]]) -> dict[int, int]:
        """Which budget line each row belongs to.

        The name decides. A row that still has the name it was written with is trusted over the
        ledger's names today (the line was renamed there since); a row with an unknown name belongs
        to the line it was written for, unless another row claims that line by name (the member
        sorted the visible columns without the hidden one).
        """
        owners: dict[int, int] = {}
        later: list[tuple[int, int]] = []
        for number, _row, name, mark in rows:
            marked = (
                mark.category_id if mark and self._marks_hold and mark.category_id in self._ids else None
            )
            if marked is not None and mark and _folded(mark.name) == _folded(name):
                owners[number] = marked
            elif (by_name := self._names.get(_folded(name))) is not None:
                owners[number] = by_name
            elif marked is not None and name:
                later.append((number, marked))
        claimed = set(owners.values())
        for number, marked in later:
            if marked not in claimed:
                owners[number] = marked
        return owners

    def _judge_stranger(self, number: int, name: str, cell: Cell) -> None:
        """A row of no budget line: a total, a note, a blank row, or a line the ledger does not have."""
        blank = cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())
        if blank or _folded(name).startswith("total"):
            return
        if not name:
            self._complain(number, "There is an amount without the name of a budget line.")
            return
        shown = name if len(name) <= 80 else name[:79] + "\u2026"
        self._complain(
            number, f"There is no budget line called \u201c{shown}\u201d. Add it on the Budget page first."
        )

    def _agree(self, category_id: int, said: Sequence[tuple[int, Cents | None]]) -> bool:
        """Whether the rows of a line state one amount. Said twice the same is no harm."""
        if len({amount for _number, amount in said}) == 1:
            return True
        numbers = " and ".join(str(number) for number, _amount in said)
        self._complain(
            None,
            f"{self._ids[category_id]} appears in rows {numbers} with different amounts; none was taken.",
        )
        return False

    def _complain(self, row: int | None, why: str) -> None:
        where = self._sheet.name if row is None else f"{self._sheet.name}, row {row}"
        self.problems.append(ImportProblem(where, why))


def _at(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else BLANK


def _line_mark_in(row: Sequence[Cell]) -> LineMark | None:
    return next((mark for cell in row if (mark := read_line_mark(cell.value))), None)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
