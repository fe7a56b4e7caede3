"""A card with a short list that is added to, changed and removed from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ui.models.table import Column, RowTableModel
from ui.theme import theme
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.empty_state import EmptyState
from ui.widgets.giving_way_table import GivingWayTable
from ui.widgets.label import Label
from ui.window_state import WindowState

Row = TypeVar("Row")


class ListCard(Card, Generic[Row]):
    """Enter or a double click opens a row, Delete removes the selected ones; buttons do the same.

    With `matches` there is a filter. What is empty says what the list is for and offers to add; a
    `small` one does so in a line. `giving_way` are headings a narrow table leaves out, each with the
    width at 100 % text it needs.
    """

    opened = Signal(object)
    removal_asked = Signal(list)
    row_reached = Signal(object)
    """The table's viewport and where its current row lies in it, to bring that into view."""

    def __init__(
        self,
        title: str,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], int],
        state: WindowState,
        *,
        add: tuple[str, Callable[[], object]],
        empty: tuple[str, str],
        matches: Callable[[Row, Sequence[str]], bool] | None = None,
        small: bool = False,
        giving_way: Sequence[tuple[str, int]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent=parent)
        self._matches = matches
        self._every: Sequence[Row] = ()
        words, act = add
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName(f"Filter {title.lower()}")
        self.filter.setClearButtonEnabled(True)
        self.add_header_widget(self.filter)
        self.add_button = PlainButton(words, "plus")
        self.add_button.clicked.connect(lambda _checked=False: act())
        self.add_header_widget(self.add_button)
        self._model: RowTableModel[Row] = RowTableModel(columns, key, self)
        self.table = GivingWayTable(
            self._model, title, giving_way, row_height=34, sortable=True, state=state
        )
        self.table.fit_height_to_rows()
        self.add_table(self.table)
        self.no_match = Label("Nothing matches the filter.", "quiet", wrap=True)
        self.body.addWidget(self.no_match)
        self.edit_button, self.remove_button = PlainButton("Edit"), PlainButton("Remove")
        self.actions_line = QWidget()
        self.actions_line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(self.actions_line)
        flow.addWidget(self.edit_button)
        flow.addWidget(self.remove_button)
        self.body.addWidget(self.actions_line)
        self._small = small
        self.empty: QWidget = (
            Label(empty[1], "quiet", wrap=True) if small else EmptyState(*empty, words, act)
        )
        self.body.addWidget(self.empty)
        self._listen()
        self._fit()

    # what subclasses use -------------------------------------------------------------

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace the list; the selection stays where its rows do."""
        self._every = rows
        self._model.set_rows(rows)
        self._say()

    def count_words(self, shown: Sequence[Row]) -> str:
        """The note at the right of the title."""
        every = len(self._every)
        if not every:
            return ""
        return f"{every:,}" if len(shown) == every else f"{len(shown):,} of {every:,}"

    # what the page asks --------------------------------------------------------------

    def find_text(self, text: str) -> None:
        self.filter.setText(text)

    # ours ----------------------------------------------------------------------------

    def _listen(self) -> None:
        self.filter.textChanged.connect(self._on_filter)
        self.table.opened.connect(self.opened)
        self.table.delete_requested.connect(self.removal_asked)
        self.table.typed.connect(self._on_typed)
        self.table.selection_changed.connect(self._on_selection)
        self.table.row_reached.connect(self.row_reached)
        self.edit_button.clicked.connect(self._on_edit)
        self.remove_button.clicked.connect(self._on_remove)
        theme().changed.connect(self._fit)

    def _say(self) -> None:
        every, shown = len(self._every), self._model.rows
        self.set_note(self.count_words(shown))
        self.filter.setVisible(self._matches is not None and every > 0)
        # What filters is the main thing of its part, and the page's own button adds to it.
        self.add_button.setVisible(self._matches is None and (self._small or every > 0))
        self.table.setVisible(bool(shown))
        self.actions_line.setVisible(bool(shown))
        self.no_match.setVisible(every > 0 and not shown)
        self.empty.setVisible(not every)
        self._on_selection()

    @Slot()
    def _on_selection(self) -> None:
        chosen = self.table.selected_rows()
        self.edit_button.setEnabled(len(chosen) == 1)
        self.remove_button.setEnabled(bool(chosen))

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        words, matches = text.casefold().split(), self._matches
        self._model.set_filter((lambda row: matches(row, words)) if words and matches else None)
        self._say()

    @Slot()
    def _on_edit(self) -> None:
        for row in self.table.selected_rows()[:1]:
            self.opened.emit(row)

    @Slot()
    def _on_remove(self) -> None:
        rows: list[Any] = self.table.selected_rows()
        if rows:
            self.removal_asked.emit(rows)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        if self._matches is not None:
            self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.filter.setText(text)

    @Slot()
    def _fit(self) -> None:
        self.filter.setFixedWidth(theme().px(200))
