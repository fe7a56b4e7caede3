"""Settings: everything that was ever changed in this ledger."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit

from tracker.changes import Area
from tracker.dates import clock_text, day_text
from tracker.facts import HistoryEntry
from ui.context import Context
from ui.jobs import Job
from ui.models.table import Column, RowTableModel
from ui.pages.settings_section import Section
from ui.theme import theme
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable

PAGE = 300
"""Entries read at once; more follow when the end of the list comes into view."""
_KINDS = {"done": ("", "quiet"), "undone": ("Undone", "warning"), "redone": ("Done again", "accent")}


class HistorySection(Section):
    """The latest first. Undo adds to this list and removes nothing from it."""

    SHOWS = Area.EVERYTHING
    FILLS = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._entries: list[HistoryEntry] = []
        self._has_more = False
        self._waits = False
        self._loading: Job[list[HistoryEntry]] | None = None
        self.card = Card("Change history")
        self.card.set_subtitle("Every change in words. Undoing one adds a line and removes none.")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName("Filter the change history")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(theme().px(280))
        self.filter.textChanged.connect(self._on_filter)
        self.count = Label("", "caption")
        columns: list[Column[HistoryEntry]] = [
            Column("When", when_text),
            Column("What", lambda row: row.words, stretch=1),
            Column("", lambda row: _KINDS[row.kind][0], tone=lambda row: _KINDS[row.kind][1], pill=True),
        ]
        self.model: RowTableModel[HistoryEntry] = RowTableModel(
            columns, key=lambda row: row.id, parent=self
        )
        self.table = LedgerTable(self.model, "Change history", state=context.state)
        self.table.setMinimumHeight(theme().px(220))
        self.empty = EmptyState("Nothing changed yet", "Every change you make is written down here.")
        self.card.body.addWidget(self.filter)
        self.card.add_table(self.table)
        self.card.body.addWidget(self.empty)
        self.card.body.addWidget(self.count)
        self.rows.addWidget(self.card, 1)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.table.typed.connect(self._on_typed)

    def reload(self) -> None:
        """Read the latest again; as many as were shown before."""
        self._read(before=None, limit=max(PAGE, len(self._entries)))

    def _read(self, *, before: int | None, limit: int) -> None:
        if self._loading:
            self._loading.cancel()
        history = self._context.services.history
        kept = [] if before is None else self._entries

        def show(found: list[HistoryEntry]) -> None:
            self._waits = False
            self._has_more = len(found) == limit
            self._show([*kept, *found])

        self._waits = True
        self._loading = self._context.load(self, lambda: history.entries(limit=limit, before=before), show)

    def _show(self, entries: list[HistoryEntry]) -> None:
        self._entries = entries
        self.model.set_rows(entries)
        for part in (self.table, self.filter, self.count):
            part.setVisible(bool(entries))
        self.empty.setVisible(not entries)
        self._say_count()
        self._read_on_if_needed()

    def _say_count(self) -> None:
        shown, known = len(self.model.rows), len(self._entries)
        more = " so far; earlier ones follow as you scroll" if self._has_more else ""
        number = f"{shown:,} of {known:,}" if shown != known else f"{known:,}"
        self.count.setText(f"{number} change{'' if known == 1 else 's'}{more}")

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        wanted = text.casefold().split()
        self.model.set_filter(
            (lambda row: all(word in f"{row.words} {when_text(row)}".casefold() for word in wanted))
            if wanted
            else None
        )
        self._say_count()
        self._read_on_if_needed()

    @Slot()
    def _on_scrolled(self) -> None:
        self._read_on_if_needed()

    def _read_on_if_needed(self) -> None:
        bar = self.table.verticalScrollBar()
        near_the_end = bar.value() >= bar.maximum() - self.table.row_pixels() * 10
        if self._has_more and not self._waits and near_the_end and self.isVisible():
            self._read(before=self._entries[-1].id, limit=PAGE)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.filter.setFocus()
        self.filter.setText(self.filter.text() + text)


def when_text(row: HistoryEntry) -> str:
    """`Nov 22, 2026, 3:30 PM`, in the time of the place."""
    local: datetime = row.at.astimezone()
    return f"{day_text(local.date())}, {clock_text(local)}"
