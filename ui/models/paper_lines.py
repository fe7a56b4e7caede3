"""Lines that are typed or pasted like into a spreadsheet: what a cell may hold, and the rows.

The last row is always empty, to type into; it is no line until something stands in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Signal

from tracker.dates import day_text
from tracker.errors import UserProblem
from tracker.imports.pasted_cells import amount_of, day_of, text_of
from tracker.money import dollars
from ui.models.table import Column, RowTableModel

Values = Mapping[str, Any]
"""What stands in a line by the name of the field; a field that says nothing is left out."""

LONGEST_TEXT = 200
MOST_UNITS = 1_000_000


@dataclass(frozen=True, slots=True)
class CellKind:
    """One column: how a value is shown, and how it is read from what was typed.

    `read` gets text that is not empty and raises UserProblem. `rare` columns stay away until a line
    needs them. `also` are other headings under which a spreadsheet may have it.
    """

    name: str
    heading: str
    read: Callable[[str], Any]
    show: Callable[[Any], str] = str
    right: bool = False
    stretch: int = 0
    width: int | None = None
    rare: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A line as it was typed so far. `marks` say what is odd about it."""

    key: int
    values: Values = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)


class PaperLinesModel(RowTableModel[PaperRow]):
    """The lines, with an empty one after them. `edited` comes from the person only."""

    edited = Signal()

    def __init__(self, kinds: Sequence[CellKind], parent: QObject | None = None) -> None:
        self.kinds = tuple(kinds)
        self._next = 0
        super().__init__([self._column(kind) for kind in kinds], lambda row: row.key, parent)
        self.put_lines(())

    # asking -------------------------------------------------------------------------

    def lines(self) -> list[Values]:
        """The lines that say something, from top to bottom."""
        return [row.values for row in self.rows if row.values]

    def is_empty(self, place: int) -> bool:
        return not self.rows[place].values

    def uses(self, name: str) -> bool:
        """Whether any line has a value in a column."""
        return any(name in row.values for row in self.rows)

    # changing -----------------------------------------------------------------------

    def put_lines(self, lines: Sequence[Values]) -> None:
        """Show these lines and an empty one, without telling anybody."""
        self.set_rows([self._made(values) for values in (*lines, {})])

    def type_in(self, row: PaperRow, kind: CellKind, text: str) -> None:
        """Read a cell; raises UserProblem where it means nothing."""
        plain = text_of(text)
        values = dict(row.values)
        if plain:
            values[kind.name] = kind.read(plain)
        else:
            values.pop(kind.name, None)
        if values != row.values:
            self._put(self._place(row.key), values)
            self.edited.emit()

    def put_block(self, top: int, lines: Sequence[Values]) -> None:
        """Write values over the lines from a place on, and add lines where there are too few."""
        values = [dict(row.values) for row in self.rows]
        for step, line in enumerate(lines):
            place = top + step
            if place < len(values):
                values[place] |= line
            else:
                values.append(dict(line))
        self.put_lines([line for line in values if line])
        self.edited.emit()

    def clear_cells(self, cells: Sequence[tuple[int, int]]) -> None:
        """Empty cells (row, column); a line that says nothing any more goes."""
        values = [dict(row.values) for row in self.rows]
        for place, column in cells:
            values[place].pop(self.kinds[column].name, None)
        self.put_lines([line for line in values if line])
        self.edited.emit()

    def remove_lines(self, places: Sequence[int]) -> None:
        gone = set(places)
        self.put_lines([row.values for n, row in enumerate(self.rows) if n not in gone and row.values])
        self.edited.emit()

    def mark(self, marks: Mapping[int, Mapping[str, str]]) -> None:
        """Say what is odd: by the line's place among those that say something, by column."""
        place = 0
        fresh = []
        for row in self.rows:
            fresh.append(PaperRow(row.key, row.values, marks.get(place, {}) if row.values else {}))
            place += bool(row.values)
        self.set_rows(fresh)

    # ours ---------------------------------------------------------------------------

    def _column(self, kind: CellKind) -> Column[PaperRow]:
        name = kind.name

        def text(row: PaperRow) -> str:
            return kind.show(row.values[name]) if name in row.values else ""

        return Column(
            kind.heading,
            text,
            right=kind.right,
            tooltip=lambda row: row.marks.get(name, ""),
            tone=lambda row: "warning" if name in row.marks else "",
            edit=lambda row, typed: self.type_in(row, kind, typed),
            stretch=kind.stretch,
            width=kind.width,
        )

    def _made(self, values: Values) -> PaperRow:
        self._next += 1
        return PaperRow(self._next, values)

    def _place(self, key: int) -> int:
        return next(place for place, row in enumerate(self.rows) if row.key == key)

    def _put(self, place: int, values: Values) -> None:
        """Change one line while its cell may still be open: the others must not be made anew."""
        rows = [*self.rows]
        rows[place] = PaperRow(rows[place].key, values)
        self.set_rows(rows)
        if values and place == len(rows) - 1:
            self.beginInsertRows(QModelIndex(), len(rows), len(rows))
            self._shown.append(self._made({}))
            self._all = list(self._shown)
            self.endInsertRows()


def text_kind(name: str, heading: str, **more: Any) -> CellKind:
    """Words of one line."""

    def read(text: str) -> str:
        if len(text) > LONGEST_TEXT:
            raise UserProblem(
                f"The {heading.lower()} has {len(text):,} characters; {LONGEST_TEXT} is the most.",
                "Shorten it.",
            )
        return text

    return CellKind(name, heading, read, **more)


def money_kind(name: str, heading: str, **more: Any) -> CellKind:
    """An amount in cents; a minus is fine, as in a reversal."""
    return CellKind(name, heading, amount_of, lambda cents: dollars(cents).replace("$", ""), True, **more)


def day_kind(name: str, heading: str, today: date, **more: Any) -> CellKind:
    return CellKind(name, heading, lambda text: day_of(text, today), day_text, **more)


def count_kind(name: str, heading: str, **more: Any) -> CellKind:
    """Units: a whole number from zero on. `2.00`, as spreadsheets write it, is two."""

    def read(text: str) -> int:
        plain = text.replace(",", "")
        whole, _, rest = plain.partition(".")
        if not (whole.isascii() and whole.isdigit()) or rest.strip("0") or int(whole) > MOST_UNITS:
            shown = text if len(text) <= 30 else text[:29] + "\u2026"
            raise UserProblem(f"\u201c{shown}\u201d is not a number of units.", "Type it like 1.")
        return int(whole)

    return CellKind(name, heading, read, lambda number: f"{number:,}", True, **more)
