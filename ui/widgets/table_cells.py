"""How cells look and are edited: text, pills, bars, and the line that edits in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from tracker.errors import UserProblem
from ui.models.table import Bar, Index, RowTableModel
from ui.theme import theme
from ui.widgets.card import TABLE_INSET
from ui.widgets.field import mark
from ui.widgets.paint import paint_bar, paint_pill, paint_ring, pill_size

if TYPE_CHECKING:
    from ui.widgets.table import LedgerTable

_FADED = ("quiet", "faint", "")


class CellDelegate(QStyledItemDelegate):
    """Text in its tone, at the left or right edge, on the row's ground."""

    def __init__(self, table: LedgerTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box: QRect = option.rect
        chosen = self._table.selectionModel().isSelected(index)
        painter.save()
        self._ground(painter, box, index, chosen)
        self._content(painter, box.adjusted(TABLE_INSET, 0, -TABLE_INSET, 0), index, chosen)
        if self._table.rings(index):
            paint_ring(painter, box.adjusted(1, 1, -1, -1), 4)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._wide(index) + 2 * TABLE_INSET, self._table.row_pixels())

    def wide(self, index: Index) -> int:
        """The width a cell wants, for fitting a column to its contents."""
        return self._wide(index) + 2 * TABLE_INSET

    def _wide(self, index: Index) -> int:
        look = theme()
        font = look.font("bold" if index.data(RowTableModel.BoldRole) else "base")
        return QFontMetrics(font).horizontalAdvance(_text(index)) + 1

    def _ground(self, painter: QPainter, box: QRect, index: Index, chosen: bool) -> None:
        if chosen:
            painter.fillRect(box, theme().colour("selection"))
        elif index.row() == self._table.hovered_row:
            painter.fillRect(box, theme().colour("hover"))

    def _content(self, painter: QPainter, box: QRect, index: Index, chosen: bool) -> None:
        text = _text(index)
        if not text:
            return
        look = theme()
        tone = index.data(RowTableModel.ToneRole) or ""
        # Quiet words would be too faint on the ground of a selected row.
        painter.setPen(look.colour("text" if tone in _FADED and (chosen or not tone) else tone))
        font = look.font("bold" if index.data(RowTableModel.BoldRole) else "base")
        painter.setFont(font)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, index.data(Qt.ItemDataRole.TextAlignmentRole), shown)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        words = index.data(Qt.ItemDataRole.ToolTipRole) if index.isValid() else None
        if index.isValid() and not words:
            wide: int = option.rect.width()
            words = _text(index) if self.wide(index) > wide else ""
        QToolTip.showText(event.globalPos(), words or "", view)
        return True

    # editing in place ---------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setProperty("cell", True)
        editor.setAlignment(index.data(Qt.ItemDataRole.TextAlignmentRole))
        heading = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(str(heading or "Cell"))
        editor.textEdited.connect(self._table.hide_complaint)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Nothing: `_take` has asked the model already, where a refusal can be shown."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(1, 2, -1, -2))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if not isinstance(editor, QLineEdit):
            return super().eventFilter(editor, event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(editor, move_down=True)
                return True
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._take(editor, edit_next=1 if key == Qt.Key.Key_Tab else -1)
                return True
            if key == Qt.Key.Key_Escape:
                self._table.hide_complaint()
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
                return True
            return False
        if event.type() == QEvent.Type.FocusOut:
            if self._table.editing:
                self._take(editor)
            return True
        return False

    def _take(self, editor: QLineEdit, *, move_down: bool = False, edit_next: int = 0) -> None:
        """Hand over what was typed; when it is refused the editor stays, with the sentence beside it."""
        index = self._table.currentIndex()
        if editor.isModified():
            try:
                self._table.rows_model.edit_cell(index, editor.text())
            except UserProblem as problem:
                mark(editor, str(problem))
                self._table.show_complaint(editor, str(problem))
                return
        self._table.hide_complaint()
        place = index.row(), index.column()
        if self._table.editing:
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if move_down:
            self._table.go_to_cell(place[0] + 1, place[1], by_keyboard=True)
        elif edit_next:
            self._table.edit_after(place[0], place[1], edit_next)


class PillDelegate(CellDelegate):
    """A word in a pill of its tone."""

    def _wide(self, index: Index) -> int:
        text = _text(index)
        return pill_size(text).width() if text else 0

    def _content(self, painter: QPainter, box: QRect, index: Index, chosen: bool) -> None:
        text = _text(index)
        if not text:
            return
        size = pill_size(text)
        top = box.y() + (box.height() - size.height()) // 2
        width = min(size.width(), box.width())
        right = index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
        tone = index.data(RowTableModel.ToneRole)
        left = box.right() + 1 - width if right else box.x()
        paint_pill(painter, QRect(left, top, width, size.height()), text, tone)


class BudgetBarDelegate(CellDelegate):
    """The actual as a bar against its estimate, which is the grey track with a tick at its end."""

    def _wide(self, index: Index) -> int:
        return theme().px(150)

    def _content(self, painter: QPainter, box: QRect, index: Index, chosen: bool) -> None:
        bar = index.data(RowTableModel.BarRole)
        if not isinstance(bar, Bar) or bar.scale <= 0:
            return
        high = theme().px(7)
        estimate = None if bar.estimate is None else bar.estimate / bar.scale
        line = QRectF(box.x() + 8, box.y() + (box.height() - high) / 2, max(box.width() - 24, 10), high)
        paint_bar(
            painter,
            line,
            None if bar.actual is None else bar.actual / bar.scale,
            "bad" if bar.over else "accent",
            track_to=estimate or 0.0,
            tick=estimate,
        )


def _text(index: Index) -> str:
    return str(index.data(Qt.ItemDataRole.DisplayRole) or "")
