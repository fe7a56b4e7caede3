"""The card with the EOBs of a plan year: filter, table, and what to do when there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.dates import day_text
from tracker.facts import ClaimLine, Household, Plan, ServiceCategory
from ui.models.claims import EobRow, eob_columns, eob_rows, key, matches
from ui.models.coverage_words import given_names
from ui.models.table import RowTableModel
from ui.pages.coverage_table import EobTable, clip_column
from ui.theme import theme
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.window_state import WindowState


class EobCard(Card):
    """Rows are opened with Enter or a double click, removed with Delete, dropped upon with files."""

    opened = Signal(int)
    removal_asked = Signal(list)
    """Ids of claims."""
    files_dropped = Signal(int, list)
    row_reached = Signal(QRect)
    """Where the current row lies in the table, so that the page can bring it into view."""

    def __init__(
        self, add: Callable[[], object], state: WindowState, parent: QWidget | None = None
    ) -> None:
        super().__init__("Explanations of benefits", parent=parent)
        self._rows: list[EobRow] = []
        self._with_years = True
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter by name, word or amount")
        self.filter.setAccessibleName("Filter EOBs")
        self.filter.setClearButtonEnabled(True)
        self.add_header_widget(self.filter)
        self._model: RowTableModel[EobRow] = RowTableModel(
            [*eob_columns(self._day), clip_column()], key, self
        )
        self.table = EobTable(self._model, state=state)
        self.table.fit_height_to_rows()
        self.add_table(self.table)
        self.no_match = Label("", "quiet", wrap=True)
        self.body.addWidget(self.no_match)
        self.empty = EmptyState(
            "No EOBs in this plan year",
            "Enter each Explanation of Benefits your insurer sends. Its deductible, copay and coinsurance "
            "fill the totals above; what your plan paid and what you owe stay on record.",
            "Add EOB",
            add,
        )
        self.body.addWidget(self.empty)
        self._wire()
        self._fit()

    def show_lines(
        self,
        lines: Sequence[ClaimLine],
        plan: Plan | None,
        home: Household,
        categories: Mapping[str, ServiceCategory] | None = None,
    ) -> None:
        """The EOBs of a plan year, or those that no plan covers; `categories` name their services."""
        self._rows = eob_rows(lines, plan, given_names(home), categories)
        self._with_years = plan is None or plan.begins_on.year != plan.ends_on.year
        self.set_title("Explanations of benefits" if plan or not lines else "EOBs outside every plan")
        self._model.set_rows(self._rows)
        self._say()

    def select(self, claim_id: int) -> bool:
        """Select an EOB, taking the filter away where it hides it."""
        if self.table.select_key(claim_id):
            return True
        if self.filter.text():
            self.filter.clear()
            return self.table.select_key(claim_id)
        return False

    def find_text(self, text: str) -> None:
        self.filter.setText(text)

    def _wire(self) -> None:
        self.filter.textChanged.connect(self._on_filter)
        self.table.opened.connect(self._on_opened)
        self.table.delete_requested.connect(self._on_delete)
        self.table.files_dropped.connect(self._on_dropped)
        self.table.typed.connect(self._on_typed)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        theme().changed.connect(self._fit)

    def _day(self, day: date) -> str:
        """Years are left out where the plan year is a calendar year; the page's head names it."""
        return day_text(day, year=self._with_years)

    def _say(self) -> None:
        shown, every = len(self._model.rows), len(self._rows)
        self.set_note(f"{shown:,} of {every:,}" if shown != every else f"{every:,}" if every else "")
        self.filter.setVisible(every > 0)
        self.table.setVisible(shown > 0)
        self.no_match.setVisible(every > 0 and shown == 0)
        self.no_match.setText("No EOB matches the filter.")
        self.empty.setVisible(every == 0)

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        words = text.casefold().split()
        self._model.set_filter((lambda row: matches(row, words)) if words else None)
        self._say()

    @Slot(object)
    def _on_opened(self, row: EobRow) -> None:
        self.opened.emit(key(row))

    @Slot(list)
    def _on_delete(self, rows: list[EobRow]) -> None:
        self.removal_asked.emit([key(row) for row in rows])

    @Slot(object, list)
    def _on_dropped(self, row: EobRow, paths: list[Path]) -> None:
        self.files_dropped.emit(key(row), paths)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.setText(text)

    @Slot(QModelIndex)
    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_reached.emit(self.table.visualRect(index))

    @Slot()
    def _fit(self) -> None:
        self.filter.setFixedWidth(theme().px(220))
