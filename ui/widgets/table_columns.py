"""How wide columns are: measured from contents, stretched to fill, remembered when dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ui.theme import theme
from ui.widgets.table_cells import CellDelegate
from ui.widgets.table_header import LedgerHeader
from ui.window_state import WindowState

if TYPE_CHECKING:
    from ui.widgets.table import LedgerTable

_SAMPLE = 60
"""Rows looked at when a column fits its contents; all of them would take long in long lists."""
_NARROWEST = 56


class ColumnWidths(QObject):
    """Sets the widths of one table's columns whenever its size, contents or the text size change."""

    def __init__(self, table: LedgerTable, name: str, state: WindowState | None) -> None:
        super().__init__(table)
        self._table = table
        self._name = name
        self._state = state
        self._dragged = state.widths(name) if state else {}
        self._natural: list[int] = []
        self._fitting = False
        table.horizontalHeader().sectionResized.connect(self._on_resized)

    def measure(self) -> None:
        """Find the width each column wants for its heading and the first rows."""
        table, model = self._table, self._table.rows_model
        header = table.horizontalHeader()
        sample = range(min(_SAMPLE, model.rowCount()))
        ends = [] if model.rowCount() <= _SAMPLE else [model.rowCount() - 1]
        self._natural = []
        for place, column in enumerate(model.columns):
            wanted = header.wide(place) if isinstance(header, LedgerHeader) else 0
            if column.width is not None:
                self._natural.append(max(theme().px(column.width), wanted))
                continue
            delegate = table.itemDelegateForIndex(model.index(0, place))
            if isinstance(delegate, CellDelegate):
                cells = (delegate.wide(model.index(row, place)) for row in (*sample, *ends))
                wanted = max(wanted, *cells, 0)
            self._natural.append(wanted)

    def fit(self) -> None:
        """Give every column its width; those that stretch share what is left or what is lacking."""
        table, model = self._table, self._table.rows_model
        if len(self._natural) != len(model.columns):
            return
        widths = [
            theme().px(self._dragged[column.heading]) if column.heading in self._dragged else natural
            for column, natural in zip(model.columns, self._natural, strict=True)
        ]
        giving = [n for n, column in enumerate(model.columns) if column.stretch] or [len(widths) - 1]
        spare = table.viewport().width() - sum(widths)
        whole = sum(max(1, model.columns[n].stretch) for n in giving)
        shared = 0
        for n in giving:
            share = spare * max(1, model.columns[n].stretch) // whole
            least = min(widths[n], theme().px(_NARROWEST * 2))
            widths[n] = max(least, widths[n] + share)
            shared += share
        if spare > 0:
            widths[giving[-1]] += spare - shared
        self._fitting = True
        for n, width in enumerate(widths):
            if table.columnWidth(n) != width:
                table.setColumnWidth(n, width)
        self._fitting = False

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
