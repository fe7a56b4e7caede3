"""The form for a year under one care model, in the member's own numbers (rulebook 6.5)."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from tracker.domain.coverage.categories import catalogue
from tracker.domain.membership.care_models import CareModel
from tracker.domain.membership.model_numbers import ModelYear
from tracker.errors import UserProblem
from tracker.facts import ServiceCategory
from tracker.facts.membership import ModelNumbers
from ui.context import Context
from ui.dialogs.care_model_uses import UseLines
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.worth_words import model_name
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit

_IN_USES = "uses"
_SENTENCES = {
    CareModel.CONCIERGE: "Visits at the practice cost nothing more unless it bills your insurance.",
    CareModel.DPC: "Visits at the practice cost nothing more; it does not bill insurance for primary care.",
    CareModel.TRADITIONAL: "Every visit costs what your plan leaves you to pay.",
}


class CareModelEditor(CommitDialog):
    """Begins with the numbers that are shown; saving makes them the member's own."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, year: ModelYear) -> None:
        super().__init__(
            model_name(year.model), parent, columns=2, width=760, sentence=_SENTENCES[year.model]
        )
        self._context = context
        self._year = year
        self.fee, self.other, self.avoided = MoneyEdit(), MoneyEdit(), MoneyEdit()
        self.bills = QCheckBox("The practice bills your insurance for visits")
        self.form.add("fee", "Fee a year", self.fee)
        self.form.add(
            "amount", "Other costs a year", self.other, hint="Specialists, tests, drugs: without premiums."
        )
        self.form.add(
            "avoided", "Other costs avoided", self.avoided, hint="What this way of care spares you of them."
        )
        self.form.add("bills_insurance", "", self.bills)
        self.form.add_line(Label("Visits of a year", "bold"))
        self._uses = QWidget()
        self.uses: UseLines | None = None
        numbers = year.numbers
        fee_known = year.cost is not None
        self.fee.set_cents(numbers.fee if fee_known else None)
        self.other.set_cents(numbers.other)
        self.avoided.set_cents(numbers.avoided or None)
        self.bills.setChecked(numbers.bills_insurance)
        traditional = year.model is CareModel.TRADITIONAL
        self.form.field("bills_insurance").setVisible(not traditional)
        self.form.field("fee").setVisible(not traditional)
        self.save_button.setEnabled(False)
        context.load(self, context.services.coverage.categories, self._show)

    def _show(self, added: dict[str, ServiceCategory]) -> None:
        self.uses = UseLines(catalogue(added.values()))
        self.uses.show_uses(self._year.numbers.uses)
        self.uses.resized.connect(self._grow)
        self.form.add_line(self.uses)
        self.save_button.setEnabled(True)
        self._grow()

    def save(self) -> bool:
        assert self.uses is not None
        try:
            uses = self.uses.uses()
        except UserProblem as problem:
            raise UserProblem(problem.what, problem.todo, field=_IN_USES) from problem
        traditional = self._year.model is CareModel.TRADITIONAL
        if not traditional and self.fee.cents_or_none() is None:
            raise UserProblem("The fee is missing.", "Type what a year costs, or 0.", field="fee")
        numbers = ModelNumbers(
            model=self._year.model,
            fee=0 if traditional else self.fee.cents(),
            other=self.other.cents_or_none() or 0,
            avoided=self.avoided.cents_or_none() or 0,
            bills_insurance=self.bills.isChecked() and not traditional,
            uses=uses,
        )
        use = self._context.services.membership_use
        return self.commit(self._context, lambda: use.save_care_model(numbers), "Saving the numbers")

    def complain(self, problem: UserProblem) -> None:
        if problem.field == _IN_USES:
            self.save_button.setEnabled(True)  # the line has shown it beside its own field
            self._grow()
            return
        super().complain(problem)
