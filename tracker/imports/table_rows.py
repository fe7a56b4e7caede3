"""What every row of a table is asked before it is read: whether it is data, and in which currency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.imports.found import FoundProblem, Progress
from tracker.imports.table_amounts import AmountReader
from tracker.imports.table_cells import shown
from tracker.imports.table_dates import DayReader
from tracker.imports.table_fields import DAYS, Field
from tracker.imports.table_headings import plain
from tracker.imports.table_mapping import Mapping
from tracker.imports.table_opening import Table

_EVERY = 1_000
_TOTALS = (
    "total", "totals", "grand total", "subtotal", "sub total", "sum", "account total",
    "transactions total", "page total", "ending balance", "closing balance", "beginning balance",
    "opening balance", "saldo anterior",
)  # fmt: skip
_DOLLARS = frozenset({"usd", "us$", "$", "us dollar", "us dollars", "dollar", "dollars", "u.s. dollar"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row's cells and its place in the file."""

    cells: Sequence[str]
    number: int

    @property
    def where(self) -> str:
        return f"row {self.number}"

    def cell(self, place: int | None) -> str:
        """A cell, empty where the row is shorter or the mapping has no such column."""
        return self.cells[place] if place is not None and place < len(self.cells) else ""

    def problem(self, why: str) -> FoundProblem:
        return FoundProblem(where=self.where, why=why)


class Reading:
    """One table being read by one mapping: its readers of days and amounts, and what went wrong so far."""

    def __init__(self, table: Table, mapping: Mapping, progress: Progress | None) -> None:
        self.table = table
        self.mapping = mapping
        self.days = DayReader(mapping.dates)
        self.amounts = AmountReader(mapping.decimals)
        self.problems: list[FoundProblem] = []
        self._progress = progress
        self._headings = [plain(heading) for heading in table.headings]
        self._first = next((each.casefold().rstrip(" :.") for each in table.headings if each), "")
        self._headed = _headed_width(table)
        self._currencies = mapping.places(Field.CURRENCY)
        self._days = [place for place, each in enumerate(mapping.columns) if each in DAYS]
        self._key_places = [place for place, each in enumerate(mapping.columns) if each is not None]

    def rows(self) -> Iterator[Row]:
        """The rows that hold data; every other one is left as a problem with its reason."""
        total = len(self.table.rows)
        for place, cells in enumerate(self.table.rows):
            if self._progress is not None and place % _EVERY == 0:
                self._progress(place, total)
            row = Row(cells, self.table.numbers[place])
            why = self._no_data(cells)
            if why:
                self.problems.append(row.problem(why))
            else:
                yield row
        if self._progress is not None:
            self._progress(total, total)

    def _no_data(self, cells: Sequence[str]) -> str:
        """Why a row is not one of the table's data, or nothing."""
        first = next((cell for cell in cells if cell), "")
        name = first.casefold().rstrip(" :.")
        closing = name in _TOTALS or name.startswith(("total ", "grand total ", "***end of"))
        if closing and not self._has_day(cells):
            return "It is a total or a closing line, not an entry, so it was passed over."
        if name and name == self._first:
            shared = zip(cells, self._headings, strict=False)
            if all(plain(cell) == heading for cell, heading in shared if cell):
                return "It repeats the headings, so it was passed over."
        filled = sum(1 for place in self._key_places if place < len(cells) and cells[place])
        if not filled or (filled == 1 and len(self._key_places) > 2 and sum(map(bool, cells)) == 1):
            return f"It holds nothing but {shown(first)}, so it was passed over."
        if len(cells) > self._headed and any(cells[self._headed :]):
            return (
                f"It has {len(cells)} cells under {self._headed} headings; text with a comma may have been "
                "divided. Correct the row in the file and import it again."
            )
        return ""

    def _has_day(self, cells: Sequence[str]) -> bool:
        """What has a day is an entry: a shop may be called Total."""
        return any(
            isinstance(self.days.read(cells[place]), date) for place in self._days if place < len(cells)
        )

    def foreign(self, row: Row) -> str:
        """Why a row's money is not US dollars, or nothing."""
        for place in self._currencies:
            code = row.cell(place)
            if code and code.casefold() not in _DOLLARS:
                return f"The amount is in {code.upper()[:20]}; this ledger keeps US dollars only."
        if self.mapping.currency and self.mapping.currency != "USD":
            return f"The amount is in {self.mapping.currency}; this ledger keeps US dollars only."
        return ""


def _headed_width(table: Table) -> int:
    """How many cells a row may have: all columns with a heading, and those that most rows fill anyway."""
    if not table.has_headings:
        return max((len(row) for row in table.rows), default=0)
    width = max((place + 1 for place, heading in enumerate(table.headings) if heading), default=0)
    sample = table.rows[:2_000]
    while sample and sum(1 for row in sample if width < len(row) and row[width]) * 2 > len(sample):
        width += 1
    return width
