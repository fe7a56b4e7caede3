"""The table every list is shown in: calm look, full keyboard, columns that remember their width."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy, QTableView, QWidget

from tracker.exports.spreadsheet_text import still_cell
from ui.models.table import Index, RowTableModel
from ui.theme import theme
from ui.widgets.cell_complaint import CellComplaint
from ui.widgets.table_cells import BudgetBarDelegate, CellDelegate, PillDelegate
from ui.widgets.table_columns import ColumnWidths
from ui.widgets.table_header import LedgerHeader
from ui.window_state import WindowState

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class LedgerTable(QTableView):
    """Rows of a RowTableModel. Tab leaves the table; arrows move; Enter opens or edits.

    Signals carry rows, not indexes: `opened(row)`, `delete_requested(rows)`, `pasted(cells)`,
    `selection_changed(rows)`, and `typed(text)` for pages that filter while one types. `row_reached`
    carries the viewport and where in it the current row lies, for pages that scroll with their tables.
    """

    opened = Signal(object)
    delete_requested = Signal(list)
    pasted = Signal(list)
    selection_changed = Signal(list)
    typed = Signal(str)
    row_reached = Signal(object)

    def __init__(
        self,
        model: RowTableModel[Any],
        name: str,
        parent: QWidget | None = None,
        *,
        row_height: int = 34,
        sortable: bool = False,
        state: WindowState | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows_model = model
        self.hovered_row = -1
        self.copy_headings = False
        self._row_height = row_height
        self._fit_rows: int | None = None
        self._by_keyboard = False
        self._kept: tuple[list[int], int, int, int] = ([], -1, 0, 0)
        self._complaint: CellComplaint | None = None
        self.setAccessibleName(name)
        self._build(sortable)
        self._widths = ColumnWidths(self, name, state)
        self._wire()
        self._fit_everything()

    # asking -------------------------------------------------------------------------

    def selected_rows(self) -> list[Any]:
        """The selected rows from top to bottom."""
        return [self.rows_model.row_at(place) for place in self._selected_places()]

    def current_row(self) -> Any | None:
        index = self.currentIndex()
        return self.rows_model.row_at(index) if index.isValid() else None

    def select_key(self, key: int) -> bool:
        """Select the row with this key and bring it into view; False when it is not shown."""
        index = self.rows_model.index_of(key)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    @property
    def editing(self) -> bool:
        return self.state() == QAbstractItemView.State.EditingState

    def row_pixels(self) -> int:
        """The height of a row: larger text makes rows higher, not the air around it."""
        return self._row_height - 16 + QFontMetrics(theme().font("base")).height()

    def least_width(self) -> int:
        """The width below which it scrolls sideways."""
        return self._widths.least()

    def rings(self, index: Index) -> bool:
        """Whether the cell shows the keyboard's place."""
        return self._by_keyboard and self.hasFocus() and index == self.currentIndex()

    # doing --------------------------------------------------------------------------

    def fit_height_to_rows(self, most: int = 0) -> None:
        """As high as its rows, so that the page scrolls and not the table. Above `most` rows it scrolls."""
        self._fit_rows = most
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit_height()

    def copy(self) -> None:
        """Put the selected rows on the clipboard as tab-separated text."""
        model = self.rows_model
        places = [n for n, column in enumerate(model.columns) if column.bar is None]
        lines = ["\t".join(model.columns[n].heading for n in places)] if self.copy_headings else []
        for row in self.selected_rows():
            cells = (model.columns[n].text(row) for n in places)
            lines.append("\t".join(still_cell(cell) for cell in cells))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def go_to_cell(self, row: int, column: int, *, by_keyboard: bool = False) -> None:
        """Make a cell the current one; a ring shows where it is when the keyboard led there."""
        self._by_keyboard = self._by_keyboard or by_keyboard
        if 0 <= row < self.rows_model.rowCount():
            self.setCurrentIndex(self.rows_model.index(row, column))

    def edit_after(self, row: int, column: int, step: int) -> None:
        """Edit the next (or previous) cell that can be edited, in reading order."""
        across = self.rows_model.columnCount()
        last = self.rows_model.rowCount() * across
        place = row * across + column + step
        while 0 <= place < last:
            index = self.rows_model.index(place // across, place % across)
            if self.rows_model.can_edit(index):
                self.setCurrentIndex(index)
                self.edit(index)
                return
            place += step

    def show_complaint(self, beside: QWidget, sentence: str) -> None:
        """Say under a cell why what was typed is refused."""
        if self._complaint is None:
            self._complaint = CellComplaint(self.viewport())
        self._complaint.show_beside(beside, sentence)

    @Slot()
    def hide_complaint(self) -> None:
        if self._complaint is not None:
            self._complaint.hide()

    # what Qt asks for ---------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_keyboard = True
        index = self.currentIndex()
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            if text:
                self.pasted.emit([line.split("\t") for line in text.splitlines()])
        elif event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # saves the form around the table
        elif event.key() in _ENTER and index.isValid() and not self.editing:
            self._open(index)
        elif event.key() in _DELETE and not self.editing and self.selected_rows():
            self.delete_requested.emit(self.selected_rows())
        elif alt and self.isSortingEnabled() and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            descending = event.key() == Qt.Key.Key_Up
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            self.sortByColumn(max(0, index.column()), order)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        # Qt would ask the model for every row; the page's filter answers better.
        if search.strip():
            self.typed.emit(search)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keyboard = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        super().focusInEvent(event)
        if self._by_keyboard and not self.currentIndex().isValid() and self.rows_model.rowCount():
            self.go_to_cell(0, 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keyboard = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(int(event.position().y())))
        index = self.indexAt(event.position().toPoint())
        opens = index.isValid() and self.rows_model.columns[index.column()].on_open is not None
        shape = Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._fit_rows is not None and self.verticalScrollBar().maximum() == 0:
            event.ignore()  # nothing to scroll here: the page scrolls
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widths.fit()
        self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "_widths"):
            self._fit_everything()

    # building -----------------------------------------------------------------------

    def _build(self, sortable: bool) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = LedgerHeader(self)
        self.setHorizontalHeader(header)
        header.setSectionsClickable(sortable)
        header.setMinimumSectionSize(1)  # a column with nothing in it takes no more than its air
        self.setModel(self.rows_model)
        self.setItemDelegate(CellDelegate(self))
        for place, column in enumerate(self.rows_model.columns):
            if column.bar is not None:
                self.setItemDelegateForColumn(place, BudgetBarDelegate(self))
            elif column.pill:
                self.setItemDelegateForColumn(place, PillDelegate(self))
        if sortable:
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            header.setSortIndicatorClearable(True)
            self.setSortingEnabled(True)

    def _wire(self) -> None:
        model = self.rows_model
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.modelReset.connect(self._on_reset)
        model.dataChanged.connect(self._on_values_changed)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        self.selectionModel().currentRowChanged.connect(self._on_current_row)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)

    @Slot(QModelIndex)
    def _on_current_row(self, current: Index) -> None:
        if current.isValid():
            self.row_reached.emit((self.viewport(), self.visualRect(current)))

    @Slot(QModelIndex, QModelIndex)
    def _on_values_changed(self, first: Index, last: Index) -> None:
        self._widths.grow(first.row(), last.row())

    def _selected_places(self) -> list[int]:
        # By ranges: asking for an index per row takes a second when 50,000 rows are selected.
        places: set[int] = set()
        selection = self.selectionModel().selection()
        for number in range(selection.count()):
            part = selection.at(number)
            places.update(range(part.top(), part.bottom() + 1))
        return sorted(places)

    def _fit_everything(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.row_pixels())
        self._widths.measure()
        self._widths.fit()
        self._fit_height()

    def _fit_height(self) -> None:
        if self._fit_rows is None:
            return
        count = self.rows_model.rowCount()
        count = min(count, self._fit_rows) if self._fit_rows else count
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() > 0 else 0
        high = self.horizontalHeader().sizeHint().height() + count * self.row_pixels() + below
        if self.minimumHeight() != high or self.maximumHeight() != high:
            self.setFixedHeight(high)

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()

    def _open(self, index: Index) -> None:
        column = self.rows_model.columns[index.column()]
        if column.on_open is not None:
            column.on_open(self.rows_model.row_at(index))
        elif self.rows_model.can_edit(index):
            self.edit(index)
        else:
            self.opened.emit(self.rows_model.row_at(index))

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        held = QGuiApplication.keyboardModifiers()
        if self.rows_model.columns[index.column()].on_open and held == Qt.KeyboardModifier.NoModifier:
            self._open(index)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        column = self.rows_model.columns[index.column()]
        if column.on_open is None and not self.rows_model.can_edit(index):
            self.opened.emit(self.rows_model.row_at(index))

    @Slot()
    def _on_selection(self) -> None:
        self.selection_changed.emit(self.selected_rows())

    @Slot()
    def _on_about_to_reset(self) -> None:
        model, current = self.rows_model, self.currentIndex()
        keys = [model.key_at(place) for place in self._selected_places()]
        key = model.key_at(current.row()) if current.isValid() else -1
        self._kept = keys, key, max(current.column(), 0), self.verticalScrollBar().value()

    @Slot()
    def _on_reset(self) -> None:
        """Bring back selection, current cell and scroll position by key."""
        keys, key, column, scrolled = self._kept
        self.hovered_row = -1
        self.hide_complaint()
        model, selection = self.rows_model, self.selectionModel()
        self._fit_everything()
        whole = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        if keys or key != -1:
            wanted = set(keys)
            places = {model.key_at(n): n for n in range(model.rowCount())}
            if key in places:
                where = model.index(places[key], column)
                selection.setCurrentIndex(where, QItemSelectionModel.SelectionFlag.NoUpdate)
            for kept in wanted & places.keys():
                selection.select(model.index(places[kept], 0), whole)
            if wanted - places.keys():
                self.selection_changed.emit(self.selected_rows())
        self.verticalScrollBar().setValue(scrolled)
