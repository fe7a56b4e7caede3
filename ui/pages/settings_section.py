"""What the sections of the Settings page share: being stale or fresh, and lists with actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from tracker.changes import Area, Changes
from ui.context import Context
from ui.models.table import Column, RowTableModel
from ui.theme import GAP, theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.empty_state import EmptyState
from ui.widgets.table import LedgerTable

Row = TypeVar("Row")


class Section(QWidget):
    """One part of the settings; it reads what it shows when it is looked at and something changed."""

    SHOWS: Area = Area.NONE
    FILLS = False
    """Whether it takes all the height of the page, with a table that scrolls inside."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.stale = True
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred,
            QSizePolicy.Policy.Expanding if self.FILLS else QSizePolicy.Policy.Minimum,
        )
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(GAP)

    def refresh(self) -> None:
        """Read again where something shown has changed."""
        if self.stale:
            self.stale = False
            self.reload()

    def reload(self) -> None:
        """Read what is shown."""

    def add(self) -> None:
        """Ctrl+N: add the section's main thing, where it has one."""


class ListSection(Section, Generic[Row]):
    """A list with *Add* at its head and, below it, what can be done with the selected row.

    Subclasses say how rows are read, shown and edited. Enter or a double click edits, Delete removes.
    """

    TITLE = ""
    SENTENCE = ""
    ADD_TEXT = "Add"
    EMPTY = ("", "")
    FILTERS = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.card = Card(self.TITLE)
        self.card.set_subtitle(self.SENTENCE)
        self.add_button = PlainButton(self.ADD_TEXT, "plus")
        self.add_button.clicked.connect(self._on_add)
        self.card.add_header_widget(self.add_button)
        self.banner = Banner()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName(f"Filter {self.TITLE.lower()}")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(theme().px(280))
        self.filter.textChanged.connect(self._on_filter)
        self.card.body.addWidget(self.banner)
        self.card.body.addWidget(self.filter)
        self.filter.setVisible(self.FILTERS)
        self.model: RowTableModel[Row] = RowTableModel(self.columns(), key=self.key, parent=self)
        self.table = LedgerTable(self.model, self.TITLE, sortable=self.FILLS, state=context.state)
        if self.FILLS:
            self.table.setMinimumHeight(theme().px(180))
        self.card.add_table(self.table)
        self.empty = EmptyState(*self.EMPTY)
        self.card.body.addWidget(self.empty)
        self._build_actions()
        self.rows.addWidget(self.card, int(self.FILLS))
        self.table.opened.connect(self.edit)
        self.table.delete_requested.connect(self._on_delete)
        self.table.selection_changed.connect(self._on_selection)
        self.table.typed.connect(self._on_typed)
        self._on_selection()

    # what subclasses say -------------------------------------------------------------

    def columns(self) -> list[Column[Row]]:
        raise NotImplementedError

    def key(self, row: Row) -> int:
        raise NotImplementedError

    def read(self) -> Sequence[Row]:
        """The rows; called beside the window."""
        raise NotImplementedError

    def edit(self, row: Row) -> None:
        """Open the form of a row."""
        raise NotImplementedError

    def remove(self, row: Row) -> Callable[[], Changes] | None:
        """The change that removes a row, or None where it is not removed here."""
        return None

    def words(self, row: Row) -> str:
        """What the filter looks into."""
        return ""

    # doing ---------------------------------------------------------------------------

    def reload(self) -> None:
        self._context.load(self, self.read, self._show)

    def add_action(self, text: str, act: Callable[[Row], object]) -> PlainButton:
        """Another button below the list, for the selected row."""
        button = PlainButton(text)

        def clicked() -> None:
            row = self.selected()
            if row is not None:
                act(row)

        button.clicked.connect(clicked)
        self._flow.addWidget(button)
        self._needing.append(button)
        return button

    def selected(self) -> Row | None:
        rows: list[Any] = self.table.selected_rows()
        return rows[0] if len(rows) == 1 else None

    def commit(self, act: Callable[[], Changes]) -> None:
        """Make a change; what the person can fix is said above the list."""
        self.banner.hide()
        self._context.commit(self, act, complain=self.banner.say_problem)

    # ours ----------------------------------------------------------------------------

    def _build_actions(self) -> None:
        self._actions = QWidget()
        self._actions.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._flow: Flow = Flow(self._actions)
        self._needing: list[PlainButton] = []
        self.edit_button = self.add_action("Edit", self.edit)
        self.remove_button = self.add_action("Remove", self._remove)
        self.card.body.addWidget(self._actions)

    def _show(self, rows: Sequence[Row]) -> None:
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._actions.setVisible(bool(rows))
        self.filter.setVisible(self.FILTERS and bool(rows))
        self.empty.setVisible(not rows)
        if not self.FILLS:
            self.table.fit_height_to_rows()
        self._on_selection()

    def _remove(self, row: Row) -> None:
        act = self.remove(row)
        if act is not None:
            self.commit(act)

    @Slot()
    def _on_add(self) -> None:
        self.banner.hide()
        self.add()

    @Slot(list)
    def _on_delete(self, rows: list[Any]) -> None:
        if len(rows) == 1:
            self._remove(rows[0])

    @Slot()
    def _on_selection(self) -> None:
        row = self.selected()
        for button in self._needing:
            button.setEnabled(row is not None)
        self.selection_shown(row)

    def selection_shown(self, row: Row | None) -> None:
        """Called when another row (or none) is selected, for buttons that depend on it."""

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        wanted = text.casefold().split()
        if not wanted:
            self.model.set_filter(None)
            return
        self.model.set_filter(lambda row: all(word in self.words(row).casefold() for word in wanted))

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        if self.FILTERS:
            self.filter.setFocus()
            self.filter.setText(self.filter.text() + text)
