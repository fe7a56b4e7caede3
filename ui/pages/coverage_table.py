"""The table of EOBs: files can be dropped onto a row, and a clip shows where some are attached."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from tracker.wording import count_of
from ui import icons
from ui.models.claims import EobRow
from ui.models.table import Column, Index, RowTableModel
from ui.theme import theme
from ui.widgets.file_drop import attachable_paths
from ui.widgets.table import LedgerTable
from ui.widgets.table_cells import CellDelegate
from ui.window_state import WindowState

_GIVING_WAY = (("Processed", 1150), ("Billed", 940), ("Plan paid", 840), ("Allowed", 800), ("Counted", 620))
"""The width at 100 % text that the table needs to show a column as well; each EOB tells the rest."""


class EobTable(LedgerTable):
    """`files_dropped(row, paths)` comes when files are dropped onto a row.

    A narrow table leaves columns out, so that names and what is owed stay readable.
    """

    files_dropped = Signal(object, list)

    def __init__(
        self,
        model: RowTableModel[Any],
        parent: QWidget | None = None,
        *,
        state: WindowState | None = None,
    ) -> None:
        super().__init__(model, "Explanations of benefits", parent, sortable=True, state=state)
        last = len(model.columns) - 1
        self.setItemDelegateForColumn(last, ClipDelegate(self))
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = event.size().width() * 100 // theme().percent
        headings = [column.heading for column in self.rows_model.columns]
        away = {headings.index(heading) for heading, needs in _GIVING_WAY if width < needs}
        self._widths.put_away(frozenset(away))
        super().resizeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if attachable_paths(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        row = self.rowAt(int(event.position().y()))
        self._hover(row)
        if row >= 0:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hover(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        row = self.rowAt(int(event.position().y()))
        paths = attachable_paths(event.mimeData())
        self._hover(-1)
        if row >= 0 and paths:
            event.acceptProposedAction()
            self.files_dropped.emit(self.rows_model.row_at(row), paths)
        else:
            event.ignore()


class ClipDelegate(CellDelegate):
    """A paper clip where the row has documents; their number is said in the tooltip."""

    def _wide(self, index: Index) -> int:
        return theme().px(14)

    def _content(self, painter: QPainter, box: QRect, index: Index, chosen: bool) -> None:
        row = index.data(RowTableModel.RowRole)
        if isinstance(row, EobRow) and row.line.documents:
            side = theme().px(14)
            place = QRect(box.x(), box.y() + (box.height() - side) // 2, side, side)
            icons.paint(painter, "paperclip", "quiet", place)


def clip_column() -> Column[EobRow]:
    """The column of the clip; its text is for screen readers and the clipboard."""
    return Column[EobRow]("", clip_words, _documents, tooltip=clip_words)


def clip_words(row: EobRow) -> str:
    count = row.line.documents
    return count_of(count, "document") if count else ""


def _documents(row: EobRow) -> int:
    return row.line.documents
