"""The card with a year's fills month by month, which the budget's estimates can be set from."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.money import Cents, dollars, dollars_or_blank
from tracker.services.prescription_report import PrescriptionsShown
from ui.models.drug_rows import MonthRow, month_rows
from ui.models.table import Column, RowTableModel
from ui.widgets.buttons import PlainButton, Segmented
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable
from ui.window_state import WindowState

THIS, NEXT = "this", "next"


class DrugYearCard(Card):
    """Enter or a double click on a month lists its fills."""

    month_opened = Signal(object)
    estimates_asked = Signal(bool)
    """True for the next budget year."""
    row_reached = Signal(object)

    def __init__(self, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__("Month by month", parent=parent)
        self._shown: PrescriptionsShown | None = None
        self.chooser = Segmented([(THIS, "This year"), (NEXT, "Next year")], "Year of the fills")
        self.add_header_widget(self.chooser)
        self.set_subtitle("What was paid and what is still expected, each fill had as the last one was")
        self._model: RowTableModel[MonthRow] = RowTableModel(
            _columns(),
            lambda row: row.number,
            self,
            bold=lambda row: row.is_total,
            stays_last=lambda row: row.is_total,
        )
        self.table = LedgerTable(self._model, "Fills month by month", state=state, row_height=30)
        self.table.fit_height_to_rows()
        self.add_table(self.table)
        self.note = Label("", "caption", wrap=True)
        self.body.addWidget(self.note)
        self.estimates_button = PlainButton("Set budget estimates\u2026")
        line = QWidget()
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        Flow(line).addWidget(self.estimates_button)
        self.body.addWidget(line)
        self.chooser.changed.connect(self._on_year)
        self.table.opened.connect(self.month_opened)
        self.table.row_reached.connect(self.row_reached)
        self.estimates_button.clicked.connect(self._on_estimates)

    def show_months(self, shown: PrescriptionsShown) -> None:
        """Show the months of the chosen budget year."""
        self._shown = shown
        months = shown.year(self.chooser.key() == NEXT)
        rows = month_rows(months, shown.estimates, shown.drugs)
        self._model.set_rows(rows)
        name = shown.line.name if shown.line else ""
        said = [f"Estimate is what your budget says for {name}."] if name else []
        if rows[-1].unknown:
            fills = "1 fill" if rows[-1].unknown == 1 else f"{rows[-1].unknown:,} fills"
            said.append(f"{fills} without a known cost is left out: add a price.")
        self.note.setText(" ".join(said))
        self.estimates_button.setVisible(shown.line is not None)

    @Slot(str)
    def _on_year(self, _key: str) -> None:
        if self._shown is not None:
            self.show_months(self._shown)

    @Slot()
    def _on_estimates(self) -> None:
        self.estimates_asked.emit(self.chooser.key() == NEXT)


def _columns() -> list[Column[Any]]:
    return [
        Column("Month", lambda row: row.name),
        Column("Fills", lambda row: str(row.count) if row.count else "", right=True),
        Column("When", lambda row: row.days, stretch=1, tone=_quiet, tooltip=lambda row: row.days),
        Column("Paid", lambda row: _blank(row.paid), right=True),
        Column("Expected", lambda row: _blank(row.expected), right=True, tone=_expected_tone),
        Column("Estimate", lambda row: dollars_or_blank(row.estimate), right=True, tone=_quiet),
    ]


def _quiet(_row: MonthRow) -> str:
    return "quiet"


def _blank(cents: Cents) -> str:
    return dollars(cents) if cents else ""


def _expected_tone(row: MonthRow) -> str:
    return "warning" if row.unknown else ""
