"""The card that adds a year up by pocket: who bore how much of all care, fees and premiums."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tracker.money import dollars
from tracker.reports.where_it_went import By, WhereItWent
from ui.models.table import RowTableModel
from ui.models.went_rows import PocketRow, pocket_columns, pocket_rows
from ui.widgets.buttons import Segmented
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable
from ui.window_state import WindowState

_BY = ((By.CARE.value, "By day of care"), (By.PAID.value, "By day paid"))
_HELP = {
    By.CARE: "What belongs to care given in the year, whenever it was paid.",
    By.PAID: "What was paid in the year, whenever the care was given; EOBs by the day they were processed.",
}
_STATE = "accounts/went_by"


class PocketsCard(Card):
    """`asked` carries the pocket whose lines are wanted (Enter or a double click), empty for all."""

    asked = Signal(str)
    by_chosen = Signal()

    def __init__(self, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__("Where it went", parent=parent)
        self._state = state
        self._scale = 1
        self.by = Segmented(_BY, "Which day decides the year")
        kept = state.text(_STATE)
        self.by.choose(kept if kept in dict(_BY) else By.CARE.value)
        self.by.changed.connect(self._on_by)
        self.add_header_widget(self.by)
        self.sentence = Label("", wrap=True)
        self.body.addWidget(self.sentence)
        self.model: RowTableModel[PocketRow] = RowTableModel(
            pocket_columns(lambda: self._scale), lambda row: row.number, self, bold=lambda row: not row.name
        )
        self.table = LedgerTable(self.model, "Pockets", row_height=30, state=state)
        self.table.fit_height_to_rows()
        self.table.opened.connect(lambda row: self.asked.emit(row.name))
        self.add_table(self.table)
        self.remark = Label("", "caption", wrap=True)
        self.body.addWidget(self.remark)

    @property
    def chosen_by(self) -> By:
        """Which day decides the year."""
        return By(self.by.key())

    def show_year(self, went: WhereItWent) -> None:
        """Show the totals of a year."""
        rows = pocket_rows(went)
        self._scale = max((row.amount for row in rows if row.name), default=1)
        self.sentence.setText(went.sentence if went.lines else f"Nothing is recorded for {went.year}.")
        self.table.setVisible(bool(went.lines))
        self.model.set_rows(rows if went.lines else [])
        straight = went.by_plans_directly
        said = f" {dollars(straight)} of it plans paid straight to providers." if straight else ""
        self.remark.setText(f"{_HELP[went.by]}{said}")

    def _on_by(self, key: str) -> None:
        self._state.keep_text(_STATE, key)
        self.by_chosen.emit()
