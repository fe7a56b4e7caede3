"""A table on paper: columns as wide as what stands in them, headings again on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from ui.printing.columns import Wish, share, squeeze
from ui.printing.flow import PT, Strip, held_rows
from ui.printing.type import BLACK, HAIR, QUIET, RULE, Type

GAP = 9 * PT
"""Between two columns, at a type size of nine points."""
_LEAST = 46 * PT
_TICK = 8.5 * PT
_BAR = 60 * PT


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and how the cells below it stand. `lines` is how often a cell's text may break.

    `least` and `most` are widths in points at nine points type; 0 leaves it to the contents.
    """

    heading: str
    right: bool = False
    stretch: int = 0
    lines: int = 2
    least: float = 0.0
    most: float = 0.0


@dataclass(frozen=True, slots=True)
class Cell:
    """Text, with quiet words below it; or a box to tick; or a bar for a share from 0 to 1."""

    text: str = ""
    below: str = ""
    tick: bool | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row. A group row is a title between rows, as wide as the table."""

    cells: tuple[Cell, ...]
    bold: bool = False
    is_group: bool = False


def row(*cells: str | Cell, bold: bool = False) -> Row:
    """A row from texts and cells."""
    return Row(tuple(Cell(item) if isinstance(item, str) else item for item in cells), bold)


def group(title: str) -> Row:
    """A title between rows; it never stands alone at the end of a page."""
    return Row((Cell(title),), bold=True, is_group=True)


@dataclass(frozen=True, slots=True)
class Table:
    """`size` is the type size in points; where columns do not fit it shrinks down to `smallest`.

    `totals` stand below a line and stay on the page of the row above them. A table of up to
    `whole_up_to` rows is not parted at all.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: tuple[Row, ...] = ()
    size: float = 8.5
    smallest: float = 6.0
    before: float = 4 * PT
    whole_up_to: int = 14

    def strips(self, width: float) -> list[Strip]:
        """The headings, the rows, and the totals."""
        return _Setting(self, width).strips()


@dataclass(slots=True)
class _Set:
    """A cell broken into lines for the width of its column."""

    cell: Cell
    lines: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


class _Setting:
    """One table at one width."""

    def __init__(self, table: Table, width: float) -> None:
        self._table = table
        self._width = width
        self._rows = [*table.rows, *table.totals]
        self._size, self._widths = self._fitted()
        self._gap = _gap(self._size)
        self._lefts = [0.0]
        for place in range(len(self._widths) - 1):
            self._lefts.append(self._lefts[-1] + self._widths[place] + self._gap)
        self._plain, self._strong = Type(self._size), Type(self._size, bold=True)
        self._quiet = Type(max(self._size - 1, 5.5), color=QUIET)
        self._heading = Type(max(self._size - 0.5, 5.5), bold=True, color=QUIET)
        self._air = self._size * PT * 0.27

    def strips(self) -> list[Strip]:
        head = self._head()
        found = [head]
        held = held_rows([item.is_group for item in self._table.rows], len(self._table.totals))
        if len(self._rows) <= self._table.whole_up_to:
            held = [place < len(self._rows) - 1 for place in range(len(self._rows))]
        first_total = len(self._table.rows)
        for place, item in enumerate(self._rows):
            found.append(self._row(item, head, held[place], place - first_total))
        return found

    # How wide

    def _fitted(self) -> tuple[float, list[float]]:
        size = self._table.size
        while True:
            wishes = self._wishes(size)
            room = self._width - _gap(size) * (len(wishes) - 1)
            widths = share(wishes, room)
            if widths is not None:
                return size, widths
            if size - 0.5 < self._table.smallest:
                return size, squeeze(wishes, room)
            size -= 0.5

    def _wishes(self, size: float) -> list[Wish]:
        plain, strong = Type(size), Type(size, bold=True)
        quiet, heading = Type(max(size - 1, 5.5)), Type(max(size - 0.5, 5.5), bold=True)
        found = []
        for place, column in enumerate(self._table.columns):
            words = column.heading.split() or [""]
            widest = max(heading.width(word) for word in words)
            if column.stretch:
                widest = heading.width(column.heading)
            for number, item in enumerate(self._rows):
                if item.is_group or place >= len(item.cells):
                    continue
                cell = item.cells[place]
                is_strong = item.bold or number >= len(self._table.rows)
                if cell.tick is not None:
                    widest = max(widest, _TICK)
                elif cell.share is not None:
                    widest = max(widest, _BAR)
                else:
                    text = (strong if is_strong else plain).width(cell.text[:400])
                    widest = max(widest, text, quiet.width(cell.below[:400]) if cell.below else 0.0)
            # A little more than measured: a PDF's own measures differ in the last place.
            unit = PT * size / 9
            natural = max(widest + 1, column.least * unit)
            if column.most:
                natural = min(natural, column.most * unit)
            least = min(natural, max(_LEAST * size / 9, column.least * unit)) if column.stretch else natural
            found.append(Wish(natural, least, column.stretch))
        return found

    # Drawing

    def _head(self) -> Strip:
        columns = self._table.columns
        broken = [
            self._heading.lines(column.heading, width, 3)
            for column, width in zip(columns, self._widths, strict=True)
        ]
        most = max((len(lines) for lines in broken), default=1)
        line = self._heading.line_height
        height = most * line + self._air * 1.2

        def draw(painter: QPainter, left: float, top: float) -> None:
            for place, (column, lines) in enumerate(zip(columns, broken, strict=True)):
                y = top + (most - len(lines)) * line
                self._write(painter, lines, self._heading, column, place, left, y)
            _level(painter, left, left + self._width, top + height, RULE, 0.9)

        return Strip(height, draw, before=self._table.before, keep_next=True)

    def _row(self, item: Row, head: Strip, held: bool, total: int) -> Strip:
        if item.is_group:
            return self._group(item, head)
        # `total` counts the totals from 0; rows before them are below zero.
        type_ = self._strong if item.bold or total >= 0 else self._plain
        cells = [self._set(cell, place, type_) for place, cell in enumerate(item.cells)]
        heights = [
            len(found.lines) * type_.line_height + len(found.below) * self._quiet.line_height
            for found in cells
        ]
        height = max([*heights, type_.line_height]) + 2 * self._air

        def draw(painter: QPainter, left: float, top: float) -> None:
            if total == 0:
                _level(painter, left, left + self._width, top, RULE, 0.9)
            for place, found in enumerate(cells):
                self._draw_cell(painter, found, place, type_, left, top + self._air)
            if total < -1:
                _level(painter, left, left + self._width, top + height, HAIR, 0.4)

        return Strip(height, draw, keep_next=held, head=head)

    def _group(self, item: Row, head: Strip) -> Strip:
        height = self._strong.line_height + 2.6 * self._air

        def draw(painter: QPainter, left: float, top: float) -> None:
            text = self._strong.elided(item.cells[0].text, self._width)
            self._strong.write(painter, text, left, top + 1.8 * self._air)
            _level(painter, left, left + self._width, top + height, HAIR, 0.4)

        return Strip(height, draw, keep_next=True, head=head)

    def _set(self, cell: Cell, place: int, type_: Type) -> _Set:
        if cell.tick is not None or cell.share is not None:
            return _Set(cell)
        width, most = self._widths[place], self._table.columns[place].lines
        # Right-aligned cells are amounts: an amount is shown whole or not at all.
        lines = type_.lines(cell.text, width, most) if cell.text else []
        below = self._quiet.lines(cell.below, width, 3) if cell.below else []
        return _Set(cell, lines, below)

    def _draw_cell(
        self, painter: QPainter, found: _Set, place: int, type_: Type, left: float, top: float
    ) -> None:
        cell, column = found.cell, self._table.columns[place]
        x = left + self._lefts[place]
        if cell.tick is not None:
            draw_tick(painter, QRectF(x, top + type_.line_height * 0.08, _TICK, _TICK), cell.tick)
        elif cell.share is not None:
            high = self._size * PT * 0.55
            box = QRectF(x, top + (type_.line_height - high) / 2, self._widths[place], high)
            draw_bar(painter, box, cell.share)
        else:
            self._write(painter, found.lines, type_, column, place, left, top)
            y = top + len(found.lines) * type_.line_height
            self._write(painter, found.below, self._quiet, column, place, left, y)

    def _write(
        self,
        painter: QPainter,
        lines: Sequence[str],
        type_: Type,
        column: Column,
        place: int,
        left: float,
        top: float,
    ) -> None:
        x = left + self._lefts[place]
        for text in lines:
            type_.write(painter, text, x, top, right=x + self._widths[place] if column.right else None)
            top += type_.line_height


def _gap(size: float) -> float:
    return GAP * size / 9


def _level(painter: QPainter, left: float, right: float, y: float, color: str, width: float) -> None:
    """A horizontal line; `width` in points."""
    painter.setPen(QPen(QBrush(QColor(color)), width * PT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(QLineF(left, y, right, y))


def draw_tick(painter: QPainter, box: QRectF, ticked: bool) -> None:
    """An empty box to tick with a pen, or one that is ticked."""
    pen = QPen(QBrush(QColor(BLACK)), 0.8 * PT)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    if ticked:
        pen.setWidthF(1.3 * PT)
        painter.setPen(pen)
        x, y, side = box.x(), box.y(), box.width()
        points = [(0.2, 0.5), (0.42, 0.74), (0.82, 0.24)]
        for (x1, y1), (x2, y2) in pairwise(points):
            painter.drawLine(QLineF(x + x1 * side, y + y1 * side, x + x2 * side, y + y2 * side))


def draw_bar(painter: QPainter, box: QRectF, part: float) -> None:
    """A share as a dark bar on a light track with an outline, told apart without colour."""
    painter.fillRect(box, QColor("#FFFFFF"))
    filled = QRectF(box.x(), box.y(), box.width() * min(max(part, 0.0), 1.0), box.height())
    painter.fillRect(filled, QColor("#2B2B2B"))
    painter.setPen(QPen(QBrush(QColor("#8A8A8A")), 0.5 * PT))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
