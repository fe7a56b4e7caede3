"""A table that leaves columns out while it is too narrow for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.models.table import RowTableModel
from ui.theme import theme
from ui.widgets.table import LedgerTable
from ui.window_state import WindowState


class GivingWayTable(LedgerTable):
    """`giving_way`: headings, each with the width at 100 % text that the table needs to show it.

    `left_out` are headings that are not shown at any width; call `make_room` after a change.
    """

    def __init__(
        self,
        model: RowTableModel[Any],
        name: str,
        giving_way: Sequence[tuple[str, int]],
        parent: QWidget | None = None,
        *,
        row_height: int = 30,
        sortable: bool = False,
        state: WindowState | None = None,
    ) -> None:
        self.left_out: frozenset[str] = frozenset()
        self._giving_way = tuple(giving_way)
        super().__init__(model, name, parent, row_height=row_height, sortable=sortable, state=state)

    def make_room(self) -> None:
        """Leave out what does not fit."""
        width = self.width() * 100 // theme().percent
        names = self.left_out | {heading for heading, needs in self._giving_way if width < needs}
        headings = [column.heading for column in self.rows_model.columns]
        self._widths.put_away(frozenset(headings.index(name) for name in names))
        self._widths.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.make_room()
        super().resizeEvent(event)
