"""The table of the rules form: each cell a phrase to type, with how it was understood under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QGuiApplication, QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QSizePolicy,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from tracker.facts import NetworkTier
from ui.models.coverage_words import short
from ui.models.rule_sheet import Cell, RuleSheet, SheetRow
from ui.models.table import Column, Index, RowTableModel
from ui.theme import theme
from ui.widgets.card import TABLE_INSET
from ui.widgets.field import mark
from ui.widgets.table import LedgerTable
from ui.widgets.table_cells import CellDelegate

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_AIR = 14
_NETWORK = {"IN": "Network provider", "OUT": "Out-of-network provider"}


def rule_columns(
    tiers: Sequence[NetworkTier], sheet: Callable[[], RuleSheet]
) -> tuple[Column[SheetRow], ...]:
    """The service, then what you pay in each tier, then limitations."""

    def cell(place: int, heading: str) -> Column[SheetRow]:
        return Column(
            heading,
            lambda row: row.cells[place].text,
            tooltip=lambda row: _whole(row.cells[place]),
            edit=lambda row, text: sheet().type(row.place, place, text),
            width=190,
            stretch=3,
        )

    pay = [cell(place, _NETWORK.get(tier.code) or short(tier.name)) for place, tier in enumerate(tiers)]
    return (
        Column(
            "Service you may need",
            lambda row: row.about.name,
            tooltip=lambda row: f"{row.about.event}: {row.about.name}",
            width=270,
            stretch=1,
        ),
        *pay,
        cell(len(tiers), "Limitations, exceptions"),
    )


def _whole(cell: Cell) -> str:
    return f"{cell.text}\n{cell.said}." if cell.text else ""


class RuleModel(RowTableModel[SheetRow]):
    """Tells screen readers with each cell how it was understood."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole and index.isValid() and index.column():
            found = self.row_at(index).cells[index.column() - 1]
            return f"{found.text}: {found.said}" if found.text else ""
        return super().data(index, role)


class RuleTable(LedgerTable):
    """Tab and Enter go down a column and on at the top of the next; F2 asks for all fields."""

    fields_asked = Signal(int, int)
    """Row and column of a sheet's cell."""
    save_asked = Signal()
    changed = Signal()

    def __init__(self, sheet: RuleSheet, model: RuleModel, parent: QWidget | None = None) -> None:
        self.sheet = sheet
        self.shown_while_typing: tuple[int, int, Cell] | None = None
        super().__init__(model, "What you pay for each service", parent)
        self.setItemDelegate(PhraseDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.delete_requested.connect(self._on_delete)
        self.pasted.connect(self._on_pasted)

    def row_pixels(self) -> int:
        """Room for a phrase and for what it means."""
        look = theme()
        lines = QFontMetrics(look.font("base")).height() + QFontMetrics(look.font("caption")).height()
        return lines + _AIR

    def first_line(self) -> int:
        """The height of the upper half of a row, where the phrase stands."""
        return QFontMetrics(theme().font("base")).height() + 8

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 3 * self.row_pixels())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 3 * self.row_pixels())

    # doing --------------------------------------------------------------------------

    def put_sheet(self) -> None:
        """Show the sheet's rows as they are now."""
        self.rows_model.set_rows(self.sheet.rows)

    def edit_at(self, row: int, column: int) -> None:
        """Begin to type in a cell of the sheet."""
        index = self.rows_model.index(row, column + 1)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def edit_after(self, row: int, column: int, step: int) -> None:
        """Type in the next cell down the column, or at the top of the next column."""
        high, wide = self.rows_model.rowCount(), self.rows_model.columnCount() - 1
        place = (column - 1) * high + row + step
        if 0 <= place < high * wide:
            self.edit_at(place % high, place // high)
        else:
            self.go_to_cell(row, column, by_keyboard=True)
            self.setFocus()

    def copy(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            QGuiApplication.clipboard().setText(str(index.data(Qt.ItemDataRole.DisplayRole) or ""))

    def cell_above(self, index: Index) -> str:
        """What the nearest filled cell above says, for filling down."""
        for row in range(index.row() - 1, -1, -1):
            text = self.rows_model.row_at(row).cells[index.column() - 1].text
            if text:
                return str(text)
        return ""

    # what Qt asks for ---------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        in_cell = index.isValid() and index.column() > 0 and not self.editing
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_F2 and in_cell:
            self.fields_asked.emit(index.row(), index.column() - 1)
        elif event.key() == Qt.Key.Key_D and held and in_cell:
            self.sheet.type(index.row(), index.column() - 1, self.cell_above(index))
            self._told()
        else:
            super().keyPressEvent(event)

    def _told(self) -> None:
        self.put_sheet()
        self.changed.emit()

    @Slot(list)
    def _on_delete(self, _rows: list[SheetRow]) -> None:
        index = self.currentIndex()
        if index.isValid() and index.column() > 0:
            self.sheet.clear(index.row(), index.column() - 1)
            self._told()

    @Slot(list)
    def _on_pasted(self, cells: list[list[str]]) -> None:
        """Cells copied from a sheet go in from here on, down and to the right."""
        index = self.currentIndex()
        if not index.isValid() or index.column() == 0:
            return
        for down, line in enumerate(cells):
            for across, text in enumerate(line):
                row, column = index.row() + down, index.column() - 1 + across
                if row < len(self.sheet.rows) and column <= self.sheet.last_column:
                    self.sheet.type(row, column, text)
        self._told()


class PhraseDelegate(CellDelegate):
    """Two lines: the phrase, and in small letters what it means, also while one types."""

    def __init__(self, table: RuleTable) -> None:
        super().__init__(table)
        self._rules = table

    def _content(self, painter: QPainter, box: QRect, index: Index, chosen: bool) -> None:
        look = theme()
        row: SheetRow = index.data(RowTableModel.RowRole)
        if index.column() == 0:
            upper, lower, tone = row.about.name, row.about.event, "faint"
        else:
            cell = self._cell(row, index)
            upper, lower, tone = cell.text, cell.said, cell.tone
        half = self._rules.first_line()
        self._line(painter, QRect(box.x(), box.y() + 3, box.width(), half), upper, "base", "text")
        below = QRect(box.x(), box.y() + half + 1, box.width(), box.height() - half - 4)
        if tone == "faint" and chosen:
            tone = "quiet"
        self._line(painter, below, lower, "caption", tone)
        painter.setPen(look.colour("hairline"))
        painter.drawLine(box.left() - TABLE_INSET, box.bottom(), box.right() + TABLE_INSET, box.bottom())

    def _line(self, painter: QPainter, box: QRect, text: str, font: Any, tone: str) -> None:
        look = theme()
        painter.setFont(look.font(font))
        painter.setPen(look.colour(tone))
        shown = QFontMetrics(look.font(font)).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _cell(self, row: SheetRow, index: Index) -> Cell:
        typing = self._rules.shown_while_typing
        if typing is not None and typing[:2] == (row.place, index.column() - 1):
            return typing[2]
        return row.cells[index.column() - 1]

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        words = index.data(Qt.ItemDataRole.ToolTipRole) if index.isValid() else ""
        QToolTip.showText(event.globalPos(), words or "", view)
        return True

    # editing in place ---------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = super().createEditor(parent, option, index)
        assert isinstance(editor, QLineEdit)
        row: SheetRow = index.data(RowTableModel.RowRole)
        heading = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(f"{row.about.event}, {row.about.name}. {heading}")
        editor.textEdited.connect(self._on_typed)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        box: QRect = option.rect
        editor.setGeometry(QRect(box.x() + 1, box.y() + 1, box.width() - 2, self._rules.first_line() + 2))

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self._rules.shown_while_typing = None
        super().destroyEditor(editor, index)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        """Say at once what it means; a phrase half typed is not complained about in red."""
        index = self._rules.currentIndex()
        place, column = index.row(), index.column() - 1
        cell = self._rules.sheet.preview(place, column, text)
        tone = "quiet" if cell.wrong else cell.tone
        self._rules.shown_while_typing = place, column, Cell("", cell.said, tone)
        editor = self._rules.indexWidget(index)
        if editor is not None:
            editor.setAccessibleDescription(cell.said)
        self._rules.viewport().update(self._rules.visualRect(index))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(editor, QLineEdit)
        ):
            key, held = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            index = self._rules.currentIndex()
            if key in _ENTER and held:
                self._take(editor)
                self._rules.save_asked.emit()
                return True
            if key in _ENTER or key == Qt.Key.Key_Down:
                self._take(editor, edit_next=1)
                return True
            if key == Qt.Key.Key_Up:
                self._take(editor, edit_next=-1)
                return True
            if key == Qt.Key.Key_F2:
                self._take(editor)
                self._rules.fields_asked.emit(index.row(), index.column() - 1)
                return True
            if key == Qt.Key.Key_D and held:
                editor.setText(self._rules.cell_above(index))
                editor.setModified(True)
                self._on_typed(editor.text())
                return True
        return super().eventFilter(editor, event)

    def _take(self, editor: QLineEdit, *, move_down: bool = False, edit_next: int = 0) -> None:
        """Keep what was typed whatever it means: a cell that is not understood says so itself."""
        index = self._rules.currentIndex()
        place, column = index.row(), index.column()
        modified = editor.isModified()
        if modified:
            self._rules.sheet.type(place, column - 1, editor.text())
            mark(editor, "")
        self._rules.shown_while_typing = None
        if self._rules.editing:
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if modified:
            self._rules.put_sheet()
            self._rules.changed.emit()
        if edit_next:
            self._rules.edit_after(place, column, edit_next)
        elif move_down:
            self._rules.go_to_cell(place + 1, column, by_keyboard=True)
