"""A table that leaves columns out where it is narrow: what they say stands in the form of the row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.models.table import RowTableModel
from ui.theme import theme
from ui.widgets.table import LedgerTable
from ui.window_state import WindowState


class GivingTable(LedgerTable):
    """`gives` pairs a width in pixels at 100 % text with the columns left out below it."""

    _gives: Sequence[tuple[int, frozenset[int]]] = ()
    _unused: frozenset[int] = frozenset()

    def __init__(
        self,
        model: RowTableModel[Any],
        name: str,
        gives: Sequence[tuple[int, frozenset[int]]],
        parent: QWidget | None = None,
        *,
        sortable: bool = False,
        state: WindowState | None = None,
    ) -> None:
        super().__init__(model, name, parent, sortable=sortable, state=state)
        self._gives = tuple(gives)

    def put_away(self, places: frozenset[int]) -> None:
        """Leave these columns out at any width: they have nothing to say."""
        self._unused = places
        self._give()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give()

    def _give(self) -> None:
        away = set(self._unused)
        for width, places in self._gives:
            if self.viewport().width() < theme().px(width):
                away |= places
        self._widths.put_away(frozenset(away))
        self._widths.fit()
        self._fit_height()
