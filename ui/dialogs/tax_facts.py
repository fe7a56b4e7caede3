"""What a tax year needs besides the ledger: income, filing status, rates, other deductions."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from tracker.facts.taxes import FilingStatus, TaxFacts
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.rate_edit import RateEdit
from ui.models.tax_rows import STATUS_NAMES
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.note_edit import NoteEdit

_HALF = 5_000


class TaxFactsDialog(CommitDialog):
    """All facts of one year. What is left empty is not known, and stays asked for."""

    def __init__(
        self, context: Context, facts: TaxFacts, parent: QWidget | None = None, *, field: str = ""
    ) -> None:
        """`field` is the fact to begin with."""
        super().__init__(
            f"Tax facts of {facts.year}",
            parent,
            columns=2,
            width=580,
            sentence="From your return, or what you expect of it. Leave out what you do not know; nothing "
            "is guessed.",
        )
        self._context = context
        self._facts = facts
        self.income, self.other_itemized = MoneyEdit(placeholder=""), MoneyEdit(placeholder="")
        self.status = OptionEdit(
            [("", "Not said"), *((status.value, STATUS_NAMES[status]) for status in FilingStatus)]
        )
        self.federal, self.state = RateEdit(placeholder="22%"), RateEdit(placeholder="0%")
        self.through_payroll = QCheckBox("Money is set aside from pay before tax")
        self.above = QCheckBox("Pay is above the Social Security wage base")
        self.married = QCheckBox("Married, and one of you has family coverage")
        self.share = RateEdit(placeholder="50%")
        self.dependent = QCheckBox("Somebody else claims you as a dependent")
        self.disabled = QCheckBox("Disabled")
        self.note = NoteEdit()
        self._add_fields()
        self._fill(facts)
        for box in (self.through_payroll, self.married):
            box.toggled.connect(self._arrange)
        self._arrange()
        self._begin = field

    def _add_fields(self) -> None:
        add = self.form.add
        add("income", "Adjusted gross income", self.income, hint="Form 1040, line 11.")
        add("status", "Filing status", self.status)
        add(
            "other_itemized",
            "Other itemized deductions",
            self.other_itemized,
            hint="Schedule A without medical: state taxes, interest, gifts. 0 for none.",
        )
        add("federal_rate", "Federal rate", self.federal, hint="Of your last dollar.")
        add("state_rate", "State rate", self.state)
        add("through_payroll", "Payroll", self.through_payroll)
        add("above_wage_base", "", self.above, wide=True)
        add("married_with_family", "HSA", self.married, wide=True)
        add(
            "family_share",
            "Your share of the family\u2019s HSA limit",
            self.share,
            hint="The first person of the household; the spouse has the rest.",
            wide=True,
        )
        add("dependent", "", self.dependent, wide=True)
        add(
            "disabled",
            "",
            self.disabled,
            hint="Lifts the 20% on HSA money that did not pay for care.",
            wide=True,
        )
        add("note", "Note", self.note, wide=True)

    def _fill(self, facts: TaxFacts) -> None:
        self.income.set_cents(facts.income)
        self.other_itemized.set_cents(facts.other_itemized)
        self.status.choose(facts.status.value if facts.status else "")
        self.federal.set_rate(facts.federal_rate)
        self.state.set_rate(facts.state_rate or None)
        self.through_payroll.setChecked(facts.through_payroll)
        self.above.setChecked(facts.above_wage_base)
        self.married.setChecked(facts.married_with_family)
        self.share.set_rate(facts.family_share)
        self.dependent.setChecked(facts.dependent)
        self.disabled.setChecked(facts.disabled)
        self.note.set_text(facts.note)

    def first_widget(self) -> QWidget:
        """Where typing begins."""
        return self.form.field(self._begin).widget if self._begin else self.income

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.first_widget().setFocus()

    def _arrange(self) -> None:
        self.form.field("above_wage_base").setVisible(self.through_payroll.isChecked())
        self.form.field("family_share").setVisible(self.married.isChecked())
        self._grow()

    def save(self) -> bool:
        share = self.share.rate_or_none()
        facts = TaxFacts(
            year=self._facts.year,
            income=self.income.cents_or_none(),
            status=FilingStatus(self.status.key()) if self.status.key() else None,
            federal_rate=self.federal.rate_or_none(),
            state_rate=self.state.rate_or_none() or 0,
            through_payroll=self.through_payroll.isChecked(),
            above_wage_base=self.above.isChecked() and self.through_payroll.isChecked(),
            other_itemized=self.other_itemized.cents_or_none(),
            married_with_family=self.married.isChecked(),
            family_share=_HALF if share is None else share,
            dependent=self.dependent.isChecked(),
            disabled=self.disabled.isChecked(),
            note=self.note.text().strip(),
        )
        taxes = self._context.services.taxes
        return self.commit(self._context, lambda: taxes.save_facts(facts), "Saving the tax facts")
