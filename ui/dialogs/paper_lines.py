"""A table to type or paste the lines of a paper into, by keyboard like a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from tracker.errors import UserProblem
from tracker.imports.pasted_cells import text_of
from ui.models.paper_lines import CellKind, PaperLinesModel, Values
from ui.models.table import Index
from ui.widgets.buttons import LinkButton
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable
from ui.widgets.table_cells import CellDelegate

MOST_LINES = 2_000
_ROWS_SEEN = 8
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


@dataclass(frozen=True, slots=True)
class Pasted:
    """Lines read from a paste, and how many cells or rows meant nothing, in words."""

    lines: tuple[Values, ...]
    problems: tuple[str, ...] = ()


ReadPaste = Callable[[Sequence[Sequence[str]]], Pasted | None]
"""Reads pasted cells that have a shape of their own; None leaves them to the columns."""


class PaperLines(QWidget):
    """The table with what there is to say below it. `edited` comes from the person only."""

    edited = Signal()
    complained = Signal(str)
    resized = Signal()

    def __init__(
        self,
        kinds: Sequence[CellKind],
        name: str,
        parent: QWidget | None = None,
        *,
        read_paste: ReadPaste | None = None,
    ) -> None:
        super().__init__(parent)
        self._read_paste = read_paste
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.model = PaperLinesModel(kinds, self)
        self.table = PaperTable(self.model, name)
        self.said = Label("", "caption", wrap=True)
        self.said.setAccessibleName(f"{name}: what was noticed")
        self.more = LinkButton("More columns")
        self.more.clicked.connect(self._on_more)
        self.remove = LinkButton("Remove line")
        self.remove.clicked.connect(self._on_remove)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self.table)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        how = "Enter begins the next line. Paste from a spreadsheet with Ctrl+V."
        foot.addWidget(Label(how, "caption", wrap=True), 1)
        foot.addWidget(self.remove)
        foot.addWidget(self.more)
        whole.addLayout(foot)
        whole.addWidget(self.said)
        self.setFocusProxy(self.table)
        self._all_columns = False
        self._arrange()
        self.said.hide()
        self.model.edited.connect(self._on_edited)
        self.table.pasted.connect(self._on_pasted)

    # asking -------------------------------------------------------------------------

    def lines(self) -> list[Values]:
        """The lines that say something. Raises UserProblem while a cell cannot be read."""
        self.table.finish()
        if self.table.editing:
            raise UserProblem(
                "A line cannot be read yet.", "Change what is marked, or empty it.", field=self.objectName()
            )
        return self.model.lines()

    def lines_so_far(self) -> list[Values]:
        return self.model.lines()

    # showing ------------------------------------------------------------------------

    def show_lines(self, lines: Sequence[Values]) -> None:
        """Show lines without telling anybody."""
        self.model.put_lines(lines)
        self._arrange()

    def say(self, words: str, tone: str = "") -> None:
        """A quiet sentence under the table."""
        before = self.said.text()
        self.said.setText(words)
        self.said.set_tone(tone)
        self.said.setVisible(bool(words))
        if bool(before) != bool(words):
            self.resized.emit()

    def begin(self) -> None:
        """Put the cursor into the first empty line."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.type_into(self.model.rowCount() - 1)

    # ours ---------------------------------------------------------------------------

    def _arrange(self) -> None:
        rare = {n for n, kind in enumerate(self.model.kinds) if kind.rare}
        unused = {n for n in rare if not self.model.uses(self.model.kinds[n].name)}
        self.table.put_away(frozenset() if self._all_columns else frozenset(unused))
        self.more.setVisible(bool(rare))
        self.more.setText("Fewer columns" if self._all_columns else "More columns")

    @Slot()
    def _on_more(self) -> None:
        self._all_columns = not self._all_columns
        self._arrange()

    @Slot()
    def _on_remove(self) -> None:
        place = self.table.currentIndex().row()
        if 0 <= place < self.model.rowCount() and not self.model.is_empty(place):
            self.model.remove_lines([place])
            self.table.go_to_cell(min(place, self.model.rowCount() - 1), 0)
            self.table.setFocus()

    @Slot()
    def _on_edited(self) -> None:
        self.complained.emit("")
        self.edited.emit()
        self.resized.emit()

    @Slot(list)
    def _on_pasted(self, cells: list[list[str]]) -> None:
        cells = [row for row in cells if any(cell.strip() for cell in row)]
        if not cells:
            return
        top = max(0, self.table.currentIndex().row())
        headed = _headed(cells[0], self.model.kinds)
        whole = bool(headed) and all(not text_of(cell) or n in headed for n, cell in enumerate(cells[0]))
        found = self._read_paste(cells) if self._read_paste and not whole else None
        if found is None:
            found = self._by_columns(cells)
        else:
            top = self.model.rowCount() - 1
        problems = list(found.problems)
        room = MOST_LINES - top
        if len(found.lines) > room:
            problems.append(f"{len(found.lines) - room:,} lines beyond {MOST_LINES:,} were left out")
        self.model.put_block(top, found.lines[:room])
        self._arrange()
        self.table.go_to_cell(top, 0)
        if problems:
            more = f" and {len(problems) - 3:,} more" if len(problems) > 3 else ""
            self.complained.emit(f"{'; '.join(problems[:3])}{more}. Type them in the table.")

    def _by_columns(self, cells: Sequence[Sequence[str]]) -> Pasted:
        """Under their headings where the first row has some, else as they stand from the cursor on."""
        kinds = self.model.kinds
        places = _headed(cells[0], kinds)
        rows = cells[1:] if places else cells
        lost = [cell for n, cell in enumerate(cells[0]) if places and n not in places and text_of(cell)]
        if not places:
            seen = [n for n in range(len(kinds)) if not self.table.isColumnHidden(n)]
            first = max(0, self.table.currentIndex().column())
            after = seen[seen.index(first) :] if first in seen else seen
            places = dict(enumerate(kinds[n] for n in after))
        lines: list[Values] = []
        problems = [f"Nothing here is called {text_of(cell)[:30]}" for cell in lost]
        for number, row in enumerate(rows, start=1):
            line: dict[str, object] = {}
            for place, cell in enumerate(row):
                kind, text = places.get(place), text_of(cell)
                if kind is None or not text:
                    continue
                try:
                    line[kind.name] = kind.read(text)
                except UserProblem as problem:
                    problems.append(f"Pasted row {number}, {kind.heading.lower()}: {problem.what}")
            lines.append(line)
        return Pasted(tuple(line for line in lines if line), tuple(text.rstrip(".") for text in problems))


def _headed(row: Sequence[str], kinds: Sequence[CellKind]) -> dict[int, CellKind]:
    """Which column of a paste is which, where its first row is of headings; empty where it is not."""
    names = {name.casefold(): kind for kind in kinds for name in (kind.heading, *kind.also)}
    found = {
        n: names[text_of(cell).casefold()]
        for n, cell in enumerate(row)
        if text_of(cell).casefold() in names
    }
    return found if len(found) >= 2 else {}


class PaperTable(LedgerTable):
    """Typing begins a cell, Tab goes on, Enter begins the next line, Enter on an empty line leaves."""

    save_asked = Signal()
    """Ctrl+Enter while a cell is open."""
    left = Signal()
    """Enter on the empty line: there are no more."""

    def __init__(self, model: PaperLinesModel, name: str) -> None:
        self._model = model
        super().__init__(model, name)
        self.setItemDelegate(_LineDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.fit_height_to_rows(most=_ROWS_SEEN)
        model.rowsInserted.connect(self._on_inserted)

    def put_away(self, places: frozenset[int]) -> None:
        """Leave out these columns, and no others."""
        self._widths.put_away(places)
        self._widths.fit()
        self._fit_height()

    def type_into(self, row: int, column: int | None = None) -> None:
        """Open a cell; by default the first of the line."""
        first = next(n for n in range(self._model.columnCount()) if not self.isColumnHidden(n))
        index = self._model.index(row, first if column is None else column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def finish(self) -> None:
        """Take what an open cell holds; where it is refused, the cell stays open."""
        delegate = self.itemDelegate()
        editor = self._open_editor()
        if self.editing and isinstance(editor, QLineEdit) and isinstance(delegate, _LineDelegate):
            delegate.take(editor)

    def edit_after(self, row: int, column: int, step: int) -> None:
        across = self._model.columnCount()
        place = row * across + column + step
        while 0 <= place < self._model.rowCount() * across:
            if not self.isColumnHidden(place % across):
                self.type_into(place // across, place % across)
                return
            place += step

    def go_on(self, row: int) -> None:
        """After Enter: to the next line; from the empty one the form goes on."""
        if self._model.is_empty(row):
            self.left.emit()
        elif row + 1 < self._model.rowCount():
            self.type_into(row + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        index = self.currentIndex()
        if self.editing:
            super().keyPressEvent(event)
        elif key in _DELETE:
            cells = [
                (one.row(), one.column())
                for one in self.selectedIndexes()
                if not self.isColumnHidden(one.column())
            ]
            self._model.clear_cells(cells)
            self.go_to_cell(min(index.row(), self._model.rowCount() - 1), max(0, index.column()))
        elif key in _ENTER and not held & Qt.KeyboardModifier.ControlModifier and index.isValid():
            if self._model.is_empty(index.row()):
                self.go_on(index.row())
            else:
                self.edit(index)
        else:
            super().keyPressEvent(event)

    def _open_editor(self) -> QLineEdit | None:
        editors = [one for one in self.viewport().findChildren(QLineEdit) if one.isVisible()]
        return editors[-1] if editors else None

    @Slot(QModelIndex, int, int)
    def _on_inserted(self, _parent: Index, _first: int, _last: int) -> None:
        self._fit_height()


class _LineDelegate(CellDelegate):
    """Enter in a cell begins the next line instead of going down."""

    def take(self, editor: QLineEdit) -> None:
        self._take(editor)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(editor, event)
        table = self._table
        if (
            event.key() not in _ENTER
            or not isinstance(editor, QLineEdit)
            or not isinstance(table, PaperTable)
        ):
            return super().eventFilter(editor, event)
        row = table.currentIndex().row()
        self._take(editor)
        if table.editing:
            return True  # refused: the sentence stands beside the cell
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            table.save_asked.emit()
        else:
            table.go_on(row)
        return True
