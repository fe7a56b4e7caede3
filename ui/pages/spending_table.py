"""The table of payments: opens with Enter, edits in place with F2, takes files that are dropped."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QLineEdit,
    QListView,
    QStyleOptionViewItem,
    QWidget,
)

from ui import icons
from ui.models.payments import PAPERCLIP, SORTS, PaymentTableModel, runs
from ui.models.table import Index
from ui.theme import theme
from ui.widgets.file_drop import attachable_paths
from ui.widgets.paint import paint_ring
from ui.widgets.table import LedgerTable
from ui.widgets.table_cells import CellDelegate
from ui.window_state import WindowState

_LINE, _AMOUNT = SORTS.index("category"), SORTS.index("amount")
_IN_PLACE = (_LINE, SORTS.index("note"))
"""Where a double click edits the cell; elsewhere it opens the payment."""
_GIVING_WAY = (("account", 640), ("person", 540), ("note", 450))
"""The room, beside amounts and at 100 % text, that the table needs to show a column as well."""


class PaymentTable(LedgerTable):
    """Signals carry ids, because all of 50,000 rows may be selected and few of them are known."""

    keys_changed = Signal(object)  # list[int]; as an object it is not copied
    delete_keys = Signal(object)
    copy_asked = Signal()
    paste_asked = Signal(str)
    files_dropped = Signal(int, list)

    def __init__(
        self, model: PaymentTableModel, parent: QWidget | None = None, *, state: WindowState | None = None
    ) -> None:
        self.payments = model
        self._under_files = -1
        self._selected: list[int] | None = None
        self._top = -1, 0
        self._several_people = True
        super().__init__(model, "Payments", parent, sortable=True, state=state)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        # Typing goes to the page's filter; F2 and a double click edit in place.
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self._line_names = _LineDelegate(self)
        self.setItemDelegateForColumn(_LINE, self._line_names)
        self.setItemDelegateForColumn(PAPERCLIP, _PaperclipDelegate(self))
        self._amounts = _AmountDelegate(self)
        self.setItemDelegateForColumn(_AMOUNT, self._amounts)

    # asking -------------------------------------------------------------------------

    def selected_keys(self) -> list[int]:
        """The ids of the selected payments, from top to bottom. Do not change the list."""
        if self._selected is None:
            ids, found, done = self.payments.ids, list[int](), 0
            selection = self.selectionModel().selection()
            parts = [selection.at(number) for number in range(selection.count())]
            # By slices: all of 50,000 rows are one range.
            for begin, end in sorted((part.top(), part.bottom() + 1) for part in parts):
                found += ids[max(begin, done) : end]
                done = max(done, end)
            self._selected = found
        return self._selected

    def top_key(self) -> int:
        """The id of the first row in view, or -1."""
        row = self.rowAt(1)
        return self.payments.ids[row] if row >= 0 else -1

    # doing --------------------------------------------------------------------------

    def offer_lines(self, names: Sequence[str]) -> None:
        """The budget lines that are proposed while one is typed into a cell."""
        self._line_names.names = list(names)

    def show_people(self, several: bool) -> None:
        """With one person in the household, a column of one name says nothing."""
        self._several_people = several
        self._make_room()
        self._widths.fit()

    def show_order(self, sort: str, descending: bool) -> None:
        """Mark the heading the rows are sorted by, without sorting."""
        header = self.horizontalHeader()
        header.blockSignals(True)
        direction = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(SORTS.index(sort), direction)
        header.blockSignals(False)
        header.viewport().update()

    def select_keys(self, keys: Sequence[int]) -> None:
        """Select the payments of these ids, those that are shown."""
        model, selection = self.payments, QItemSelection()
        last = model.columnCount() - 1
        for begin, end in runs(model.places_of(keys)):
            selection.append(QItemSelectionRange(model.index(begin, 0), model.index(end, last)))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # what Qt asks for ---------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit(QGuiApplication.clipboard().text())
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid() and not self.editing
        ):
            self._by_keyboard = True
            self.opened.emit(self.rows_model.row_at(current))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self.editing:
            if keys := self.selected_keys():
                self.delete_keys.emit(keys)
        elif event.key() == Qt.Key.Key_Escape and not self.editing:
            event.ignore()  # the page clears its filter
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if self.verticalScrollBar().value() < self.verticalScrollBar().maximum():
            # Where a row is cut off, the rows go on below this line.
            painter.setPen(theme().colour("hairline"))
            bottom = self.viewport().height() - 1
            painter.drawLine(0, bottom, self.viewport().width(), bottom)
        if self._under_files >= 0:
            box = self._row_box(self._under_files)
            ground = theme().colour("accent")
            painter.setOpacity(0.12)
            painter.fillRect(box, ground)
            painter.setOpacity(1.0)
            paint_ring(painter, box, 4)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if attachable_paths(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls near the edges
        row = self.rowAt(int(event.position().y())) if attachable_paths(event.mimeData()) else -1
        self._mark_under(row)
        if row >= 0:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept(self._row_box(row))
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._mark_under(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        row, paths = self.rowAt(int(event.position().y())), attachable_paths(event.mimeData())
        self._mark_under(-1)
        if row >= 0 and paths:
            event.acceptProposedAction()
            self.files_dropped.emit(self.payments.ids[row], paths)

    # ours ---------------------------------------------------------------------------

    def _make_room(self) -> None:
        """Leave out what a narrow table can do without, so that the amounts stay in view."""
        amounts = self._amounts.wide(QModelIndex())
        room = (self.viewport().width() - amounts) * 100 // theme().percent
        away = {SORTS.index(name) for name, needs in _GIVING_WAY if room < needs}
        if not self._several_people:
            away.add(SORTS.index("person"))
        self._widths.put_away(frozenset(away))

    def _row_box(self, row: int) -> QRect:
        return QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))

    def _mark_under(self, row: int) -> None:
        if row != self._under_files:
            self._under_files = row
            self.viewport().update()

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.column() in _IN_PLACE and self.rows_model.can_edit(index):
            self.edit(index)
        else:
            self.opened.emit(self.rows_model.row_at(index))

    @Slot()
    def _on_selection(self) -> None:
        self._selected = None
        self.keys_changed.emit(self.selected_keys())

    @Slot()
    def _on_about_to_reset(self) -> None:
        current, ids = self.currentIndex(), self.payments.ids
        key = ids[current.row()] if current.isValid() else -1
        self._kept = self.selected_keys(), key, max(current.column(), 0), self.verticalScrollBar().value()
        self._top = self.top_key(), self.verticalScrollBar().value() % max(1, self.row_pixels())

    @Slot()
    def _on_reset(self) -> None:
        """Bring back selection, current cell and what was at the top, by id."""
        keys, key, column, scrolled = self._kept
        self.hovered_row = self._under_files = -1
        self._selected = None
        self.hide_complaint()
        self._make_room()
        self._fit_everything()
        model = self.payments
        where = model.index_of(key)
        if where.isValid():
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(model.index(where.row(), column), flag)
        if keys:
            self.select_keys(keys)
            if not self.selected_keys():
                self.keys_changed.emit([])
        top, rest = self._top
        place = model.index_of(top)
        at = place.row() * self.row_pixels() + rest if place.isValid() and scrolled else 0
        self.verticalScrollBar().setValue(at)


class _PaperclipDelegate(CellDelegate):
    """A paperclip where documents are attached; the words are for the tooltip."""

    def wide(self, index: Index) -> int:
        return theme().px(28)

    def _content(self, painter: QPainter, box: QRect, index: Index, chosen: bool) -> None:
        if index.data():
            side = theme().px(14)
            middle = box.center()
            where = QRect(middle.x() - side // 2, middle.y() - side // 2, side, side)
            icons.paint(painter, "paperclip", "text" if chosen else "quiet", where)


class _AmountDelegate(CellDelegate):
    """An amount with its word; as wide as the widest there is, so that none is ever cut off."""

    def wide(self, index: Index) -> int:
        model = self._table.rows_model
        texts = model.widest if isinstance(model, PaymentTableModel) else ()
        metrics = QFontMetrics(theme().font("base"))
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=theme().px(70))
        return widest + 1 + 16


class _LineDelegate(CellDelegate):
    """Typing part of a budget line's name proposes the lines that contain it."""

    def __init__(self, table: LedgerTable) -> None:
        super().__init__(table)
        self.names: list[str] = []

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = super().createEditor(parent, option, index)
        if isinstance(editor, QLineEdit):
            completer = QCompleter(self.names, editor)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            popup = QListView()
            popup.setObjectName("completions")
            popup.setUniformItemSizes(True)
            completer.setPopup(popup)
            editor.setCompleter(completer)
            editor.setPlaceholderText("None")
        return editor

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and isinstance(editor, QLineEdit):
            popup = editor.completer().popup()
            if popup is not None and popup.isVisible():
                return False  # the list of proposals has taken the focus for a moment
        return super().eventFilter(editor, event)
