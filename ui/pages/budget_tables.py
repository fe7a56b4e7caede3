"""The two tables of the Budget page: one month by line, and twelve months by line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget

from ui.models.budget_month import ACTUAL, ESTIMATED
from ui.models.budget_rows import TOTAL_NAME, BudgetModel, MonthLine
from ui.models.table import Column, Index
from ui.theme import Role, theme
from ui.widgets.card import TABLE_INSET
from ui.widgets.table import LedgerTable
from ui.widgets.table_cells import BudgetBarDelegate, CellDelegate

SHORTEST_BAR = 110
"""The least room for bars, in pixels at 100 % text; with less they are left out."""
_STARTS_AN_AMOUNT = "0123456789.($-+"


class AmountDelegate(CellDelegate):
    """A cell for an amount: Up and Down save too, as in a spreadsheet."""

    FONTS: tuple[Role, Role] = ("base", "bold")

    def _wide(self, index: Index) -> int:
        return QFontMetrics(self._font(index)).horizontalAdvance(str(index.data() or "")) + 1

    def _font(self, index: Index) -> QFont:
        return theme().font(self.FONTS[1 if index.data(BudgetModel.BoldRole) else 0])

    def _content(self, painter: QPainter, box: QRect, index: Index, chosen: bool) -> None:
        tone = index.data(BudgetModel.ToneRole) or "text"
        faded = chosen and tone in ("quiet", "faint")
        self._write(painter, box, index, self._font(index), "text" if faded else tone)

    def _write(self, painter: QPainter, box: QRect, index: Index, font: QFont, tone: str) -> None:
        painter.setFont(font)
        painter.setPen(theme().colour(tone))
        text = str(index.data() or "")
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, index.data(Qt.ItemDataRole.TextAlignmentRole), shown)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, QLineEdit) and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if step and event.type() == QEvent.Type.KeyPress:
                index = self._table.currentIndex()
                place = index.row() + step, index.column()
                self._take(editor)
                if not self._table.editing:
                    self._table.go_to_cell(*place)
                return True
        return super().eventFilter(editor, event)


class NameDelegate(AmountDelegate):
    """A name, in two rows of text where one is too narrow for it."""

    def _write(self, painter: QPainter, box: QRect, index: Index, font: QFont, tone: str) -> None:
        painter.setPen(theme().colour(tone))
        write_name(painter, box, str(index.data() or ""), font)


def write_name(painter: QPainter, box: QRect, name: str, font: QFont) -> None:
    """Write a name in the middle of a box, broken at a space into up to two rows of text."""
    metrics = QFontMetrics(font)
    painter.setFont(font)
    rows = two_rows(name, metrics, box.width())
    top = box.y() + (box.height() - metrics.height() * len(rows)) // 2
    for place, words in enumerate(rows):
        at = QRect(box.x(), top + place * metrics.height(), box.width(), metrics.height())
        painter.drawText(at, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


def two_rows(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """The text on one line, or broken at a space into two, the second cut where it is too long."""
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    words = text.split(" ")
    first = ""
    while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= width:
        first = f"{first} {words.pop(0)}".strip()
    if not first:
        return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)]
    return [first, metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width)]


class LinkDelegate(AmountDelegate):
    """An amount that looks like a link while the pointer is on it."""

    def _content(self, painter: QPainter, box: QRect, index: Index, chosen: bool) -> None:
        table = self._table
        text = str(index.data() or "")
        if not (isinstance(table, AmountTable) and text and table.hovered == (index.row(), index.column())):
            super()._content(painter, box, index, chosen)
            return
        font = QFont(self._font(index))
        font.setUnderline(True)
        self._write(painter, box, index, font, "accent")


class AmountTable(LedgerTable):
    """A table of amounts: one click edits what can be edited, the pointed-at cell is known."""

    settled = Signal()
    """An edit has ended; rows that had to wait for it can be shown."""
    emptied = Signal(object)
    """The index of a cell that Delete was pressed on."""

    def __init__(
        self, model: BudgetModel, name: str, parent: QWidget | None = None, *, row_height: int = 40
    ) -> None:
        self.hovered = (-1, -1)
        super().__init__(model, name, parent, row_height=row_height)
        self.budget_model = model
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.clicked.connect(self._on_cell_clicked)
        self._amounts = AmountDelegate(self)
        self._links = LinkDelegate(self)
        self._names = NameDelegate(self)
        self._bars = BudgetBarDelegate(self)
        for delegate in (self._amounts, self._links):
            delegate.closeEditor.connect(self.settled, Qt.ConnectionType.QueuedConnection)
        self.setItemDelegate(self._amounts)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Exchange the columns, each with the delegate it needs."""
        if self.editing:
            # The editor of a column that goes away goes with it.
            self.hide_complaint()
            self.setFocus()
        self.budget_model.use_columns(columns)
        for place, column in enumerate(columns):
            self.setItemDelegateForColumn(place, self._delegate_for(column))
        self._fit_everything()

    def _delegate_for(self, column: Column) -> CellDelegate:
        if column.bar:
            return self._bars
        return self._links if column.on_open else self._amounts if column.right else self._names

    def refit(self) -> None:
        """Give the columns the widths that new values need."""
        self._fit_everything()

    def editor(self) -> QLineEdit | None:
        """The editor of the cell that is being edited."""
        # One that has just been closed may still be there, hidden.
        there = [widget for widget in self.viewport().findChildren(QLineEdit) if widget.isVisible()]
        return there[-1] if there and self.editing else None

    def open_editor(self, row: int, column: int, text: str, complaint: str) -> None:
        """Give back what was typed, with the sentence that says why it could not be kept."""
        self.go_to_cell(row, column)
        self.edit(self.rows_model.index(row, column))
        editor = self.editor()
        if editor is not None:
            editor.setText(text)
            editor.setModified(True)
            self.show_complaint(editor, complaint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        empties = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        if empties and not self.editing and index.isValid() and self.rows_model.can_edit(index):
            self.emptied.emit(index)
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            # What has no payments behind it is no link, and what can be typed into says so.
            if self.rows_model.can_edit(index):
                self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
            elif not index.data():
                self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self._point_at((index.row(), index.column()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at((-1, -1))

    def _point_at(self, cell: tuple[int, int]) -> None:
        if cell != self.hovered:
            self.hovered = cell
            self.viewport().update()

    @Slot(object)
    def _on_cell_clicked(self, index: Index) -> None:
        plain = QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
        if plain and self.rows_model.can_edit(index):
            self.scrollTo(index)
            self.edit(self.rows_model.index(index.row(), index.column()))


class MonthTable(AmountTable):
    """The template of one month. `narrow` tells when there is no room for bars; `moved` carries a
    line and the places it goes down."""

    moved = Signal(object, int)
    narrow_changed = Signal(bool)

    def __init__(self, model: BudgetModel[MonthLine], parent: QWidget | None = None) -> None:
        self.narrow = False
        super().__init__(model, "Budget by category", parent)
        self.opened.connect(self._on_opened)

    def column_of(self, heading: str) -> int:
        """Where a column stands at present; -1 where it is not shown."""
        headings = [column.heading for column in self.rows_model.columns]
        return headings.index(heading) if heading in headings else -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and index.isValid() and not self.editing:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if step:
                self.moved.emit(self.rows_model.row_at(index), step)
                return
        typed = event.text()
        if typed and typed in _STARTS_AN_AMOUNT and index.isValid() and not self.editing:
            # Wherever in the row the cursor is, an amount means the estimate.
            self.go_to_cell(index.row(), self.column_of(ESTIMATED))
        super().keyPressEvent(event)

    def row_pixels(self) -> int:
        two = 2 * QFontMetrics(theme().font("base")).height() + theme().px(6)
        return max(super().row_pixels(), two)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.judge_room()

    def judge_room(self) -> None:
        """Leave the bars out where they would be too short to compare, and bring them back."""
        metrics = QFontMetrics(theme().font("bold"))
        taken = metrics.horizontalAdvance(TOTAL_NAME) + 2 * TABLE_INSET
        for place, column in enumerate(self.rows_model.columns):
            if column.right:
                taken += self.columnWidth(place)
        narrow = self.viewport().width() - taken < theme().px(SHORTEST_BAR)
        if narrow != self.narrow:
            self.narrow = narrow
            self.narrow_changed.emit(narrow)

    @Slot(object)
    def _on_opened(self, line: MonthLine) -> None:
        """Enter on the name edits the estimate; on the total there is nothing to edit."""
        index = self.rows_model.index(self.currentIndex().row(), self.column_of(ESTIMATED))
        if self.rows_model.can_edit(index):
            self.setCurrentIndex(index)
            self.edit(index)

    def cell_of(self, line: MonthLine, heading: str = ACTUAL) -> QRect:
        """Where a cell of a line is drawn, for menus."""
        place = self.rows_model.index_of(line.key).row()
        return self.visualRect(self.rows_model.index(place, max(0, self.column_of(heading))))
