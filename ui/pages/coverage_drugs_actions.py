"""What can be done with prescriptions: their forms, and their changes of the ledger."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from tracker.services.prescription_report import DrugShown, PrescriptionsShown
from ui.context import Context
from ui.models.drug_rows import MonthRow, PriceRow, drug_name, fill_sentences

ESTIMATE_ONLY = "Estimate, not a determination. Your plan decides what it pays. Not medical advice."


class DrugActions(QObject):
    """Opens forms over the page, about the prescriptions told last."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._shown: PrescriptionsShown | None = None

    def show(self, shown: PrescriptionsShown) -> None:
        """Act on these from now on."""
        self._shown = shown

    @Slot()
    def add_drug(self) -> None:
        self.edit_drug(None)

    def edit_drug(self, one: DrugShown | None) -> None:
        """Add a prescription, or change one."""
        from ui.dialogs.drug_editor import DrugEditor

        if self._shown is not None:
            DrugEditor(
                self._context,
                self._owner,
                home=self._shown.home,
                categories=self._shown.categories,
                names=self._shown.names,
                drug=one.drug if one else None,
            ).open()

    def remove_drugs(self, ids: list[int]) -> None:
        service = self._context.services.prescriptions
        self._context.commit(self, lambda: service.remove(ids))

    # fills -----------------------------------------------------------------------------

    def edit_fill(self, one: DrugShown, place: int | None = None) -> None:
        """Record a fill, or change one."""
        from ui.dialogs.drug_fill import DrugFillDialog

        if self._shown is not None:
            codes = frozenset(code for code, item in self._shown.categories.items() if item.drug)
            DrugFillDialog(self._context, self._owner, shown=one, drug_codes=codes, place=place).open()

    def remove_fill(self, one: DrugShown, place: int) -> None:
        service, number = self._context.services.prescriptions, one.drug.id or 0
        self._context.commit(self, lambda: service.remove_fill(number, place))

    # prices ----------------------------------------------------------------------------

    def edit_price(self, one: DrugShown, place: int | None = None) -> None:
        """Add a price, or change one."""
        from ui.dialogs.drug_price import DrugPriceDialog

        if self._shown is not None:
            DrugPriceDialog(
                self._context, self._owner, drug=one.drug, names=self._shown.names, place=place
            ).open()

    def remove_price(self, one: DrugShown, place: int) -> None:
        service, number = self._context.services.prescriptions, one.drug.id or 0
        self._context.commit(self, lambda: service.remove_price(number, place))

    # reasons and the year ----------------------------------------------------------------

    def show_why(self, one: DrugShown) -> None:
        """Why a way is the cheapest, today and for the year."""
        from ui.dialogs.sentences_why import SentencesWhy

        groups = [("Today", one.today_why), ("Through insurance, step by step", one.plan_why)]
        groups += [
            (part.title, (part.headline, *part.why) if part.headline else part.why) for part in one.years
        ]
        groups.append(("To know", one.notes))
        headline = f"{drug_name(one.drug)}, {one.person}"
        SentencesWhy("Prescription", headline, groups, self._owner, remark=ESTIMATE_ONLY).open()

    def show_price_why(self, one: DrugShown, row: PriceRow) -> None:
        """How the plan comes to what a fill costs, step by step, or who named a price."""
        if row.place is not None:
            self.edit_price(one, row.place)
        else:
            self.show_why(one)

    def show_month(self, row: MonthRow) -> None:
        """The fills behind a month."""
        from ui.dialogs.sentences_why import SentencesWhy

        if self._shown is not None:
            said = fill_sentences(row.fills, self._shown.drugs) or ["No fill is due."]
            SentencesWhy(
                "Fills", f"Fills, {row.name}", [("", said)], self._owner, remark=ESTIMATE_ONLY
            ).open()

    def set_estimates(self, *, next_year: bool) -> None:
        """Set what the budget line estimates, every change shown first."""
        from ui.dialogs.drug_estimates import DrugEstimates

        if self._shown is not None and self._shown.line is not None:
            DrugEstimates(self._context, self._owner, self._shown, next_year=next_year).open()
