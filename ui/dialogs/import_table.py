"""The tables of the import window: ticked with Space or a click, edited in place, quick when long."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QStyleOptionViewItem, QWidget

from ui import icons
from ui.models.import_columns import (
    ACCOUNT,
    BANK,
    IN,
    LINE,
    LINK,
    OUT,
    PATIENT,
    PAYEE,
    PERSON,
    PROVIDER,
    WHY,
    Edits,
    eob_columns,
    money_columns,
)
from ui.models.import_rows import ImportRows
from ui.models.import_sheet import Kind, tickable
from ui.models.table import Index, RowTableModel
from ui.theme import theme
from ui.widgets.table import LedgerTable
from ui.widgets.table_cells import CellDelegate
from ui.window_state import WindowState

_GIVING_WAY = ((WHY, 860), (BANK, 700), (LINK, 600), (ACCOUNT, 520), (PERSON, 440))
"""The room, beside amounts and at 100 % text, that the table needs to show a column as well; the detail
tells the rest."""
_AROUND = 17
"""Room on both sides of an amount, in pixels."""
_ONLY = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class ImportModel(RowTableModel[int]):
    """Places of rows. What a cell says is looked up when it is painted."""

    def __init__(self, rows: ImportRows, kind: Kind, edits: Edits, parent: QObject | None = None) -> None:
        columns = money_columns(rows, edits) if kind is Kind.MONEY else eob_columns(rows, edits)
        super().__init__(columns, key=_same, parent=parent)
        self.import_rows = rows
        self.kind = kind

    def show_places(self, places: Sequence[int]) -> None:
        """Show these rows, in the order chosen by heading."""
        self._all = list(places)
        fresh = self._arranged()
        if fresh == self._shown:
            self.touch()
            return
        self.beginResetModel()
        self._shown = fresh
        self.endResetModel()
        self.shown_changed.emit(len(fresh))

    def touch(self) -> None:
        """Values of rows have changed."""
        if self._shown:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self._shown) - 1, len(self._columns) - 1)
            )

    def _arranged(self) -> list[int]:
        if self._sort is None:
            return list(self._all)
        side, direction = self._sort
        order = self._columns[side].order or self._columns[side].text
        return sorted(self._all, key=order, reverse=direction == Qt.SortOrder.DescendingOrder)


class ImportTable(LedgerTable):
    """`places_changed` tells the selected rows, `tick_asked` those to tick, and whether."""

    places_changed = Signal(object)
    tick_asked = Signal(object, bool)

    def __init__(
        self,
        rows: ImportRows,
        kind: Kind,
        edits: Edits,
        parent: QWidget | None = None,
        *,
        state: WindowState | None = None,
    ) -> None:
        self.import_rows = rows
        self.kind = kind
        self.places = ImportModel(rows, kind, edits)
        name = "Payments in the files" if kind is Kind.MONEY else "EOBs in the files"
        super().__init__(self.places, name, parent, row_height=30, sortable=True, state=state)
        self.places.setParent(self)
        # Typing goes to the line that finds; F2, Enter and a double click edit in place.
        self.setEditTriggers(LedgerTable.EditTrigger.EditKeyPressed | LedgerTable.EditTrigger.DoubleClicked)
        self._names: dict[str, NamesDelegate] = {}
        for heading in (PAYEE, LINE, PERSON, PATIENT, PROVIDER):
            if heading in self._headings():
                self._names[heading] = NamesDelegate(self)
                self.setItemDelegateForColumn(self._headings().index(heading), self._names[heading])
        self.setItemDelegateForColumn(0, TickDelegate(self))
        if kind is Kind.MONEY:
            for side, heading in enumerate((OUT, IN)):
                delegate = _AmountDelegate(self, side)
                self.setItemDelegateForColumn(self._headings().index(heading), delegate)

    # asking --------------------------------------------------------------------------

    def selected_places(self) -> list[int]:
        """The selected rows, from top to bottom."""
        shown = self.places.rows
        return [shown[n] for n in self._selected_places()]

    def current_place(self) -> int | None:
        """The row the keyboard stands on."""
        index = self.currentIndex()
        return self.places.row_at(index) if index.isValid() else None

    # doing ---------------------------------------------------------------------------

    def go_to_row(self, row: int, column: int = 1) -> None:
        """Select just this row, whatever keys are held meanwhile."""
        if 0 <= row < self.places.rowCount():
            index = self.places.index(row, column)
            self.selectionModel().setCurrentIndex(index, _ONLY)
            self.scrollTo(index)

    def offer(self, **names: Sequence[str]) -> None:
        """What is proposed while one types: payee, line, person, patient, provider."""
        for heading, delegate in self._names.items():
            delegate.names = list(names.get(heading, names.get(heading.split()[-1].casefold(), ())))

    def make_room(self) -> None:
        """Leave out columns that say nothing here, and those that do not fit."""
        headings = self._headings()
        if self.kind is Kind.EOBS:
            needs_why = self.width() * 100 // theme().percent >= 760
            self._widths.put_away(frozenset() if needs_why else frozenset({headings.index(WHY)}))
            return
        names, widest = self.import_rows.names, self.import_rows.widest
        metrics = QFontMetrics(theme().font("base"))
        amounts = sum(metrics.horizontalAdvance(text) + _AROUND for text in widest if text)
        room = (self.width() - amounts) * 100 // theme().percent
        away = {headings.index(heading) for heading, needs in _GIVING_WAY if room < needs}
        if len(names.people) < 2:
            away.add(headings.index(PERSON))
        if len(self.import_rows.preview.accounts) < 2:
            away.add(headings.index(ACCOUNT))
        away |= {
            headings.index(heading) for heading, text in zip((OUT, IN), widest, strict=True) if not text
        }
        self._widths.put_away(frozenset(away))

    def refit(self) -> None:
        """Fit the columns to other rows."""
        self.make_room()
        self._fit_everything()

    # what Qt asks for ----------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.make_room()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not self.editing:
            self._by_keyboard = True
            self.toggle_selected()
            return
        super().keyPressEvent(event)

    def toggle_selected(self) -> None:
        """Tick the selected rows, or take their ticks away where the current one has one."""
        places, current = self.selected_places(), self.current_place()
        if not places and current is not None:
            places = [current]
        if places:
            first = current if current is not None else places[0]
            self.tick_asked.emit(places, not self.import_rows.takes(self.kind, first))

    @Slot()
    def _on_selection(self) -> None:
        self.places_changed.emit(self.selected_places())

    def _headings(self) -> list[str]:
        return [column.heading for column in self.rows_model.columns]


class TickDelegate(CellDelegate):
    """A box to tick; where a row cannot be taken a dash stands instead. The words are for the tooltip."""

    def wide(self, index: Index) -> int:
        return theme().px(34)

    def _content(self, painter: QPainter, box: QRect, index: Index, chosen: bool) -> None:
        table = self._table
        if not isinstance(table, ImportTable):
            return
        place = table.places.row_at(index)
        look = theme()
        side = look.px(14)
        where = QRect(box.x() + 1, box.y() + (box.height() - side) // 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if table.import_rows.takes(table.kind, place):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(QRectF(where), 3, 3)
            inner = where.adjusted(1, 1, -1, -1)
            icons.paint(painter, "tick-dark" if look.tokens.dark else "tick-light", "on_accent", inner)
        elif tickable(table.import_rows.row(table.kind, place)):
            painter.setPen(QPen(look.colour("faint"), 1))
            painter.setBrush(look.colour("card"))
            painter.drawRoundedRect(QRectF(where).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        else:
            painter.setPen(QPen(look.colour("faint"), 1))
            middle = where.center().y()
            painter.drawLine(where.left() + 3, middle, where.right() - 3, middle)


class NamesDelegate(CellDelegate):
    """Typing part of a name proposes the names that contain it."""

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


class _AmountDelegate(CellDelegate):
    """As wide as the widest amount there is, so that none is cut off further down."""

    def __init__(self, table: ImportTable, side: int) -> None:
        super().__init__(table)
        self._side = side

    def wide(self, index: Index) -> int:
        table = self._table
        text = table.import_rows.widest[self._side] if isinstance(table, ImportTable) else ""
        return QFontMetrics(theme().font("base")).horizontalAdvance(text) + _AROUND


def _same(place: int) -> int:
    return place
