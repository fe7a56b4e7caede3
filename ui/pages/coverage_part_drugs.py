"""The Prescriptions part of Coverage: what runs out when, what it costs, and what it adds up to."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.services.prescription_report import DrugShown, PrescriptionsShown
from ui.context import Context
from ui.jobs import Job
from ui.models.coverage_choice import Choice
from ui.models.drug_rows import DrugRow, FillRow, PriceRow, drug_rows
from ui.pages.coverage_actions import CoverageActions
from ui.pages.coverage_drugs_actions import DrugActions
from ui.pages.coverage_drugs_detail import DrugDetailCard
from ui.pages.coverage_drugs_list import DrugsCard
from ui.pages.coverage_drugs_prices import DrugFillsCard, DrugPricesCard
from ui.pages.coverage_drugs_year import DrugYearCard
from ui.pages.coverage_parts import CoveragePart
from ui.pages.coverage_read import CoverageYear
from ui.theme import GAP
from ui.widgets.card import Card
from ui.widgets.columns import side_by_side


class _Column(QWidget):
    """Two cards below each other, as wide as the wider one needs."""

    def __init__(self, upper: Card, lower: Card) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._cards = (upper, lower)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        rows.addWidget(upper)
        rows.addWidget(lower, 1)

    def least_width(self) -> int:
        return max(card.least_width() for card in self._cards)


class DrugsPart(CoveragePart):
    """A table of drugs; the selected one is shown below with its prices and fills, then the year."""

    ADD_TEXT = "Add prescription"

    shown_changed = Signal()
    """What is shown was read anew."""

    def __init__(self, context: Context, actions: CoverageActions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self._shown: PrescriptionsShown | None = None
        self._job: Job[PrescriptionsShown] | None = None
        self.drug_acts = DrugActions(context, self)
        state = context.state
        self.drugs = DrugsCard(self.drug_acts.add_drug, state)
        self.detail = DrugDetailCard()
        self.prices = DrugPricesCard(state)
        self.fills = DrugFillsCard(state)
        self.year = DrugYearCard(state)
        self._beside = _Column(self.prices, self.fills)
        self._one_row = side_by_side(self.detail, self._beside, weights=(36, 64))
        for widget in (self.drugs, self._one_row, self.year):
            self.rows.addWidget(widget)
        self._wire()
        self._one_row.hide()
        self.year.hide()

    def _wire(self) -> None:
        acts = self.drug_acts
        self.drugs.opened.connect(lambda row: acts.edit_drug(row.shown))
        self.drugs.removal_asked.connect(lambda rows: acts.remove_drugs([row.key for row in rows]))
        self.drugs.table.selection_changed.connect(self._on_selected)
        self.detail.fill_asked.connect(acts.edit_fill)
        self.detail.edit_asked.connect(acts.edit_drug)
        self.detail.why_asked.connect(acts.show_why)
        self.prices.add_asked.connect(self._on_add_price)
        self.prices.opened.connect(self._on_price)
        self.prices.removal_asked.connect(self._on_remove_price)
        self.fills.add_asked.connect(self._on_add_fill)
        self.fills.opened.connect(self._on_fill)
        self.fills.removal_asked.connect(self._on_remove_fill)
        self.year.month_opened.connect(acts.show_month)
        self.year.estimates_asked.connect(lambda coming: acts.set_estimates(next_year=coming))
        for card in (self.drugs, self.prices, self.fills, self.year):
            card.row_reached.connect(self.reached)

    # what the page asks ----------------------------------------------------------------

    def show_year(self, year: CoverageYear, choice: Choice | None) -> None:
        """Prescriptions are those of every plan: they are read anew, whichever year is shown."""
        if self._job is not None:
            self._job.cancel()
        self._job = self.context.load(self, self.context.services.prescription_report.read, self._show)

    def add(self) -> None:
        self.drug_acts.add_drug()

    def find_text(self, text: str) -> None:
        self.drugs.find_text(text)

    @property
    def shown(self) -> PrescriptionsShown | None:
        """What is shown; None until it was read."""
        return self._shown

    def selected(self) -> DrugShown | None:
        """The prescription that is shown below the table."""
        rows = self.drugs.table.selected_rows()
        return rows[0].shown if rows else None

    # showing -----------------------------------------------------------------------------

    def _show(self, shown: PrescriptionsShown) -> None:
        self._shown = shown
        self.drug_acts.show(shown)
        rows = drug_rows(shown)
        self.drugs.show_rows(rows)
        self.year.setVisible(bool(rows))
        if rows:
            self.year.show_months(shown)
            if not self.drugs.table.selected_rows():
                self.drugs.table.select_key(rows[0].key)
        self._show_selected()
        self.shown_changed.emit()

    @Slot(list)
    def _on_selected(self, _rows: list[DrugRow]) -> None:
        self._show_selected()

    def _show_selected(self) -> None:
        one, shown = self.selected(), self._shown
        self._one_row.setVisible(one is not None)
        if one is None or shown is None:
            return
        self.detail.show_drug(one)
        self.prices.show_drug(one, shown.names, shown.today)
        self.fills.show_drug(one)

    # acting --------------------------------------------------------------------------------

    @Slot()
    def _on_add_price(self) -> None:
        if (one := self.selected()) is not None:
            self.drug_acts.edit_price(one)

    @Slot(object)
    def _on_price(self, row: PriceRow) -> None:
        if (one := self.selected()) is not None:
            self.drug_acts.show_price_why(one, row)

    @Slot(list)
    def _on_remove_price(self, rows: list[PriceRow]) -> None:
        one = self.selected()
        for row in rows[:1]:
            if one is not None and row.place is not None:
                self.drug_acts.remove_price(one, row.place)

    @Slot()
    def _on_add_fill(self) -> None:
        if (one := self.selected()) is not None:
            self.drug_acts.edit_fill(one)

    @Slot(object)
    def _on_fill(self, row: FillRow) -> None:
        if (one := self.selected()) is not None:
            self.drug_acts.edit_fill(one, row.place)

    @Slot(list)
    def _on_remove_fill(self, rows: list[FillRow]) -> None:
        one = self.selected()
        for row in rows[:1]:
            if one is not None:
                self.drug_acts.remove_fill(one, row.place)
