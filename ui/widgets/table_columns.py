"""How wide columns are: measured from contents, stretched to fill, remembered when dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from tracker.money import split_by
from ui.theme import theme
from ui.widgets.table_cells import CellDelegate
from ui.widgets.table_header import LedgerHeader
from ui.window_state import WindowState

if TYPE_CHECKING:
    from ui.widgets.table import LedgerTable

_SAMPLE = 60
"""Rows looked at when a column fits its contents; all of them would take long in long lists."""
_AIR = 12
"""Room before amounts, so that two columns of them do not run together; the first to go."""
_NARROW_TEXT = 90
_NARROW_BAR = 56


class ColumnWidths(QObject):
    """Sets the widths of one table's columns whenever its size, contents or the text size change."""

    def __init__(self, table: LedgerTable, name: str, state: WindowState | None) -> None:
        super().__init__(table)
        self._table = table
        self._name = name
        self._state = state
        self._dragged = state.widths(name) if state else {}
        self._wanted: list[int] = []
        self._least: list[int] = []
        self._away: frozenset[int] = frozenset()
        self._fitting = False
        table.horizontalHeader().sectionResized.connect(self._on_resized)

    def measure(self) -> None:
        """Find the width each column wants, and the least it can do with."""
        table, model = self._table, self._table.rows_model
        header = table.horizontalHeader()
        sample = range(min(_SAMPLE, model.rowCount()))
        ends = [] if model.rowCount() <= _SAMPLE else [model.rowCount() - 1]
        self._wanted, self._least = [], []
        for place, column in enumerate(model.columns):
            heading = header.wide(place) if isinstance(header, LedgerHeader) else 0
            delegate = table.itemDelegateForIndex(model.index(0, place))
            contents = heading
            if isinstance(delegate, CellDelegate):
                cells = (delegate.wide(model.index(row, place)) for row in (*sample, *ends))
                contents = max(heading, *cells, 0)
            air = theme().px(_AIR) if column.right else 0
            wanted = contents + air if column.width is None else max(theme().px(column.width), heading)
            self._wanted.append(wanted)
            narrow = theme().px(_NARROW_BAR if column.bar else _NARROW_TEXT)
            gives = column.bar is not None or column.stretch
            self._least.append(min(wanted, max(narrow, heading) if gives else contents))

    def grow(self, first: int, last: int) -> None:
        """Make room for values of these rows that have changed. Columns do not shrink meanwhile, so
        that nothing jumps while one types.
        """
        table, model = self._table, self._table.rows_model
        if len(self._wanted) != len(model.columns):
            return
        rows = range(first, min(last, first + _SAMPLE) + 1)
        grown = False
        for place, column in enumerate(model.columns):
            delegate = table.itemDelegateForIndex(model.index(first, place))
            if column.width is not None or column.bar or not isinstance(delegate, CellDelegate):
                continue
            contents = max(delegate.wide(model.index(row, place)) for row in rows)
            wanted = contents + (theme().px(_AIR) if column.right else 0)
            if wanted > self._wanted[place]:
                self._wanted[place] = wanted
                self._least[place] = self._least[place] if column.stretch else contents
                grown = True
        if grown:
            self.fit()

    def least(self) -> int:
        """The width below which columns would be cut off; bars can go, for the words say the same."""
        columns = self._table.rows_model.columns
        if len(self._least) != len(columns):
            return 0
        return sum(
            width
            for place, (column, width) in enumerate(zip(columns, self._least, strict=True))
            if column.bar is None and place not in self._away
        )

    def put_away(self, places: frozenset[int]) -> None:
        """Leave these columns out, and no others; call `fit` afterwards."""
        if places == self._away:
            return
        self._fitting = True  # not the person's doing, so not remembered
        for place in self._away ^ places:
            self._table.setColumnHidden(place, place in places)
        self._fitting = False
        self._away = places

    def fit(self) -> None:
        """Give every column its width; those that stretch share what is left or what is lacking."""
        table, model = self._table, self._table.rows_model
        if len(self._wanted) != len(model.columns):
            return
        widths = [
            theme().px(self._dragged[column.heading]) if column.heading in self._dragged else wanted
            for column, wanted in zip(model.columns, self._wanted, strict=True)
        ]
        widths = [0 if place in self._away else width for place, width in enumerate(widths)]
        spare = table.viewport().width() - sum(widths)
        if spare >= 0:
            weights = [
                0 if place in self._away else column.stretch for place, column in enumerate(model.columns)
            ]
            # What the person dragged stays as it is, unless nothing else could take the room.
            undragged = [
                0 if column.heading in self._dragged else weight
                for column, weight in zip(model.columns, weights, strict=True)
            ]
            weights = undragged if any(undragged) else weights
            if not any(weights):
                weights[-1] = 1
            widths = [a + b for a, b in zip(widths, split_by(spare, weights), strict=True)]
        else:
            widths = self._narrowed(widths, -spare)
        self._fitting = True
        for place, width in enumerate(widths):
            if model.columns[place].bar is not None:
                table.setColumnHidden(place, width == 0)
            if width and table.columnWidth(place) != width:
                table.setColumnWidth(place, width)
        self._fitting = False

    def _narrowed(self, widths: list[int], lacking: int) -> list[int]:
        """Take what is lacking, each column down to its least: from bars, then from the air beside
        amounts, then by leaving bars out (the words say the same), and last from texts.
        """
        columns = self._table.rows_model.columns
        bars = [column.bar is not None for column in columns]
        texts = [column.stretch > 0 and column.bar is None for column in columns]
        others = [not bar and not text for bar, text in zip(bars, texts, strict=True)]
        widths, lacking = self._taken(widths, lacking, bars)
        widths, lacking = self._taken(widths, lacking, others)
        if lacking and any(bars):
            freed = sum(width for width, bar in zip(widths, bars, strict=True) if bar)
            widths = [0 if bar else width for width, bar in zip(widths, bars, strict=True)]
            lacking -= freed
            if lacking < 0:
                taking = texts if any(texts) else others
                more = split_by(-lacking, [int(takes) for takes in taking])
                return [a + b for a, b in zip(widths, more, strict=True)]
        return self._taken(widths, lacking, texts)[0]

    def _taken(self, widths: list[int], lacking: int, giving: list[bool]) -> tuple[list[int], int]:
        slack = [
            max(0, width - least) if gives else 0
            for width, least, gives in zip(widths, self._least, giving, strict=True)
        ]
        taken = min(lacking, sum(slack))
        if taken <= 0:
            return widths, lacking
        return [a - b for a, b in zip(widths, split_by(taken, slack), strict=True)], lacking - taken

    @Slot(int, int, int)
    def _on_resized(self, place: int, _old: int, new: int) -> None:
        """A heading was dragged: keep that width, in pixels at 100 % text."""
        if self._fitting:
            return
        heading = self._table.rows_model.columns[place].heading
        if heading:
            self._dragged[heading] = round(new * 100 / theme().percent)
            if self._state is not None:
                self._state.keep_widths(self._name, self._dragged)
