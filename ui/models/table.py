"""One table model for every list in the program: frozen rows in, columns declared once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from tracker.errors import UserProblem

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Bar:
    """An actual against its estimate, both drawn on a scale that all rows of a table share.

    Without an estimate it is a share of the scale, and never over.
    """

    estimate: int | None
    actual: int | None
    scale: int

    @property
    def over(self) -> bool:
        return self.actual is not None and self.estimate is not None and self.actual > self.estimate


@dataclass(frozen=True)
class Column(Generic[Row]):
    """How one attribute of a row is headed, shown, ordered, aligned and changed.

    `order` is what sorting compares (None sorts last); without it, the text. `tone` names a colour
    (good, warning, bad, accent, quiet, faint), for pills their ground too. `edit` receives what was
    typed and raises UserProblem to refuse it. `on_open` makes the cell act on a click or Enter.
    `width` is in pixels at 100 % text; without it the column fits its contents. Columns with a
    `stretch` share the room that is left.
    """

    heading: str
    text: Callable[[Row], str]
    order: Callable[[Row], Any] | None = None
    right: bool = False
    tooltip: Callable[[Row], str] | None = None
    tone: Callable[[Row], str] | None = None
    bold: Callable[[Row], bool] | None = None
    pill: bool = False
    bar: Callable[[Row], Bar | None] | None = None
    edit: Callable[[Row, str], object] | None = None
    editable: Callable[[Row], bool] | None = None
    edit_text: Callable[[Row], str] | None = None
    on_open: Callable[[Row], object] | None = None
    width: int | None = None
    stretch: int = 0


class RowTableModel(QAbstractTableModel, Generic[Row]):
    """Shows a list of immutable rows; sorts and filters in Python, not through a proxy.

    `key` gives each row a number of its own: with it the selection survives a reload. Rows for which
    `stays_last` is true (a total) remain at the end however the table is sorted or filtered.
    """

    RowRole = Qt.ItemDataRole.UserRole
    BarRole = Qt.ItemDataRole.UserRole + 1
    ToneRole = Qt.ItemDataRole.UserRole + 2
    BoldRole = Qt.ItemDataRole.UserRole + 3

    shown_changed = Signal(int)

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], int],
        parent: QObject | None = None,
        *,
        bold: Callable[[Row], bool] | None = None,
        stays_last: Callable[[Row], bool] | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._key = key
        self._bold = bold
        self._stays_last = stays_last
        self._all: list[Row] = []
        self._shown: list[Row] = []
        self._keep: Callable[[Row], bool] | None = None
        self._sort: tuple[int, Qt.SortOrder] | None = None

    # filling ------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replace the contents; nothing flickers when only values changed."""
        self._all = list(rows)
        fresh = self._arranged()
        if [self._key(row) for row in fresh] == [self._key(row) for row in self._shown]:
            self._replace_values(fresh)
            return
        self.beginResetModel()
        self._shown = fresh
        self.endResetModel()
        self.shown_changed.emit(len(fresh))

    def set_filter(self, keep: Callable[[Row], bool] | None) -> None:
        """Show only the rows for which `keep` is true; None shows all."""
        self._keep = keep
        self.set_rows(self._all)

    # asking -------------------------------------------------------------------------

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        return self._columns

    @property
    def rows(self) -> list[Row]:
        """The rows shown, in their present order. Do not change the list."""
        return self._shown

    def row_at(self, index: Index | int) -> Row:
        return self._shown[index if isinstance(index, int) else index.row()]

    def key_at(self, place: int) -> int:
        return self._key(self._shown[place])

    def index_of(self, key: int) -> QModelIndex:
        """Where the row with this key is shown; an invalid index when it is not."""
        for place, row in enumerate(self._shown):
            if self._key(row) == key:
                return self.index(place, 0)
        return QModelIndex()

    def can_edit(self, index: Index) -> bool:
        column = self._columns[index.column()]
        row = self._shown[index.row()]
        return column.edit is not None and (column.editable is None or column.editable(row))

    def edit_cell(self, index: Index, text: str) -> None:
        """Hand what was typed to the column; raises UserProblem when it is refused."""
        column = self._columns[index.column()]
        if column.edit is not None:
            column.edit(self._shown[index.row()], text)

    # what Qt asks for ---------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._shown[index.row()], self._columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(row)
        if role == Qt.ItemDataRole.EditRole:
            return (column.edit_text or column.text)(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tooltip(row) if column.tooltip else None
        if role == self.ToneRole:
            return column.tone(row) if column.tone else ""
        if role == self.BoldRole:
            return bool((self._bold and self._bold(row)) or (column.bold and column.bold(row)))
        if role == self.BarRole:
            return column.bar(row) if column.bar else None
        return row if role == self.RowRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not self.can_edit(index):
            return False
        try:
            self.edit_cell(index, str(value))
        except UserProblem:
            return False  # a cell's editor asks through edit_cell and shows the sentence
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return found | Qt.ItemFlag.ItemIsEditable if self.can_edit(index) else found

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = self._columns[section].right
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sort = (column, order) if column >= 0 else None
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [(self._key(self._shown[index.row()]), index.column()) for index in before]
        self._shown = self._arranged()
        where = {self._key(row): place for place, row in enumerate(self._shown)} if held else {}
        self.changePersistentIndexList(before, [self.index(where[key], side) for key, side in held])
        self.layoutChanged.emit()

    # ours ---------------------------------------------------------------------------

    def _arranged(self) -> list[Row]:
        keep, last = self._keep, self._stays_last
        ending = [row for row in self._all if last(row)] if last else []
        rows = [row for row in self._all if not last(row)] if last else list(self._all)
        if keep:
            rows = [row for row in rows if keep(row)]
        if self._sort:
            side, direction = self._sort
            order = self._columns[side].order or self._columns[side].text
            without = [row for row in rows if order(row) is None]
            if without:
                rows = [row for row in rows if order(row) is not None]
            rows.sort(key=order, reverse=direction == Qt.SortOrder.DescendingOrder)
            rows += without
        return rows + ending

    def _replace_values(self, fresh: list[Row]) -> None:
        stale = [place for place, (a, b) in enumerate(zip(self._shown, fresh, strict=True)) if a != b]
        self._shown = fresh
        if not stale:
            return
        end = len(self._columns) - 1
        if len(stale) > 200:  # one large message is cheaper than thousands of small ones
            stale = [stale[0], stale[-1]]
            self.dataChanged.emit(self.index(stale[0], 0), self.index(stale[-1], end))
            return
        for place in stale:
            self.dataChanged.emit(self.index(place, 0), self.index(place, end))
