"""The card with the network checks of a plan: who is in the network, who said so, and how long ago."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from tracker.dates import day_text
from ui.models.check_rows import CheckRow, check_rows, matches, stands_tone
from ui.models.coverage_choice import Choice
from ui.models.table import Column, RowTableModel
from ui.pages.coverage_read import CoverageYear
from ui.theme import theme
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable
from ui.window_state import WindowState


class NetworkChecksCard(Card):
    """Rows are edited with Enter or a double click, removed with Delete."""

    opened = Signal(object)
    """A NetworkCheck."""
    removal_asked = Signal(list)
    """Ids of checks."""
    row_reached = Signal(object)

    def __init__(
        self, add: Callable[[], object], state: WindowState, parent: QWidget | None = None
    ) -> None:
        super().__init__("Network checks", parent=parent)
        self._count = 0
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter checks")
        self.filter.setAccessibleName("Filter network checks")
        self.filter.setClearButtonEnabled(True)
        self.add_header_widget(self.filter)
        self._model: RowTableModel[CheckRow] = RowTableModel(
            _columns(), lambda row: row.check.id or 0, self
        )
        self.table = LedgerTable(self._model, "Network checks", sortable=True, state=state)
        self.table.fit_height_to_rows()
        self.add_table(self.table)
        self.no_match = Label("No check matches the filter.", "quiet", wrap=True)
        self.body.addWidget(self.no_match)
        self.edit_button, self.remove_button = PlainButton("Edit"), PlainButton("Remove")
        self._below = QWidget()
        line = QHBoxLayout(self._below)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.edit_button)
        line.addWidget(self.remove_button)
        line.addStretch(1)
        self.body.addWidget(self._below)
        self.empty = EmptyState(
            "No checks yet",
            "Ask your insurer whether a provider is in your network before you go, and keep the answer "
            "here with its day and reference number. The performing lab or imaging center decides, not "
            "the doctor who ordered.",
            "Add check",
            add,
        )
        self.body.addWidget(self.empty)
        self._wire()
        self._fit()

    def _wire(self) -> None:
        self.filter.textChanged.connect(self._on_filter)
        self.table.opened.connect(self._on_opened)
        self.table.delete_requested.connect(self._on_delete)
        self.table.typed.connect(self._on_typed)
        self.table.selection_changed.connect(self._on_selection)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.edit_button.clicked.connect(self._on_edit)
        self.remove_button.clicked.connect(self._on_remove)
        theme().changed.connect(self._fit)

    def show_year(self, year: CoverageYear, choice: Choice) -> None:
        rows = check_rows(year.checks, year.providers, choice.today)
        self._count = len(rows)
        self._model.set_rows(rows)
        self._say()

    def find_text(self, text: str) -> None:
        self.filter.setText(text)

    def _say(self) -> None:
        shown = len(self._model.rows)
        old = sum(row.warns for row in self._model.rows)
        count = f"{shown:,} of {self._count:,}" if shown != self._count else f"{self._count:,}"
        stale = f", {old:,} older than 90 days" if old else ""
        self.set_note(f"{count}{stale}" if self._count else "")
        self.filter.setVisible(self._count > 0)
        self.table.setVisible(shown > 0)
        self._below.setVisible(shown > 0)
        self.no_match.setVisible(self._count > 0 and shown == 0)
        self.empty.setVisible(self._count == 0)
        self._on_selection()

    @Slot()
    def _on_selection(self) -> None:
        chosen = self.table.selected_rows()
        self.edit_button.setEnabled(len(chosen) == 1)
        self.remove_button.setEnabled(bool(chosen))

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        words = text.casefold().split()
        self._model.set_filter((lambda row: matches(row, words)) if words else None)
        self._say()

    @Slot(object)
    def _on_opened(self, row: CheckRow) -> None:
        self.opened.emit(row.check)

    @Slot()
    def _on_edit(self) -> None:
        for row in self.table.selected_rows()[:1]:
            self.opened.emit(row.check)

    @Slot()
    def _on_remove(self) -> None:
        self._on_delete(self.table.selected_rows())

    @Slot(list)
    def _on_delete(self, rows: list[Any]) -> None:
        self.removal_asked.emit([row.check.id or 0 for row in rows])

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.setText(text)

    @Slot()
    def _on_current(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.row_reached.emit(self.table.visualRect(index))

    @Slot()
    def _fit(self) -> None:
        self.filter.setFixedWidth(theme().px(220))


def _columns() -> list[Column[CheckRow]]:
    def cut(text: Callable[[CheckRow], str], heading: str, stretch: int) -> Column[CheckRow]:
        return Column(heading, text, stretch=stretch, tooltip=text)

    return [
        cut(lambda row: row.provider, "Provider", 3),
        cut(lambda row: row.check.location, "Location", 2),
        Column("Status", lambda row: row.stands, tone=stands_tone),
        Column(
            "Checked on",
            lambda row: day_text(row.check.checked_on),
            order=lambda row: row.check.checked_on,
            tone=_age_tone,
        ),
        Column("Age", lambda row: row.age, order=_age, tone=_age_tone),
        Column("Source", lambda row: row.check.source, stretch=2, tooltip=_source_tip),
        cut(lambda row: row.check.reference, "Reference", 1),
    ]


def _age(row: CheckRow) -> int:
    return -row.check.checked_on.toordinal()


def _age_tone(row: CheckRow) -> str:
    if not row.is_latest:
        return "quiet"
    return "warning" if row.warns else ""


def _source_tip(row: CheckRow) -> str:
    return "\n".join(part for part in (row.check.source, row.check.note) if part)
