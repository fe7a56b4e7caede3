"""The card with the providers of this plan year whose network status was never checked."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.dates import day_text
from ui.models.check_rows import Unchecked, insurers, unchecked
from ui.models.coverage_choice import Choice
from ui.models.table import Column, RowTableModel
from ui.pages.coverage_read import CoverageYear
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable
from ui.window_state import WindowState


class UncheckedCard(Card):
    """Enter, a double click or the word *Add check* begins a check; `opened` carries the provider's id."""

    opened = Signal(object)

    def __init__(self, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__("Never checked", parent=parent)
        self.set_subtitle("Providers on EOBs or in planned care of this plan year.")
        self._model: RowTableModel[Unchecked] = RowTableModel(
            self._columns(), lambda row: row.provider_id, self
        )
        self.table = LedgerTable(self._model, "Never checked", state=state)
        self.table.fit_height_to_rows()
        self.add_table(self.table)
        self.nobody = Label("", "quiet", wrap=True)
        self.body.addWidget(self.nobody)
        self.table.opened.connect(self._on_opened)

    def show_year(self, year: CoverageYear, choice: Choice) -> None:
        left_out = insurers(year.home)
        rows = unchecked(year.lines, year.planned, year.checks, year.providers, left_out)
        self._model.set_rows(rows)
        self.set_note(f"{len(rows):,}" if rows else "")
        self.table.setVisible(bool(rows))
        self.nobody.setVisible(not rows)
        seen = bool(year.lines or year.planned)
        self.nobody.setText(
            "Every provider of this plan year was checked." if seen else "No care in this plan year yet."
        )

    def _columns(self) -> list[Column[Unchecked]]:
        return [
            Column("Provider", lambda row: row.provider, stretch=3, tooltip=lambda row: row.provider),
            Column("Seen on", lambda row: row.seen, stretch=2),
            Column("Latest care", lambda row: day_text(row.last_on), order=lambda row: row.last_on),
            Column("", lambda _row: "Add check", tone=lambda _row: "accent", on_open=self._on_opened),
        ]

    @Slot(object)
    def _on_opened(self, row: Unchecked) -> None:
        self.opened.emit(row.provider_id)
