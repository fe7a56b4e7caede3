"""The member's own tax rates of a year: they price what untaxed money saves (rulebook 5.7)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QWidget

from tracker.errors import UserProblem
from tracker.facts.taxes import TaxFacts
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.rate_edit import RateEdit


class TaxRatesDialog(CommitDialog):
    """Only the rates: everything else that is known of the year stays as it is."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, facts: TaxFacts) -> None:
        super().__init__(
            f"Your tax rates of {facts.year}",
            parent,
            columns=2,
            width=520,
            sentence="The rate at which your last dollar is taxed, from your return or a tax table.",
        )
        self._context = context
        self._facts = facts
        self.federal, self.state = RateEdit(placeholder="22%"), RateEdit(placeholder="0%")
        self.through_payroll = QCheckBox("The money is set aside from your pay before tax")
        self.above = QCheckBox("Your pay is above the Social Security wage base")
        self.form.add("federal_rate", "Federal rate", self.federal)
        self.form.add("state_rate", "State rate", self.state)
        self.form.add(
            "through_payroll",
            "",
            self.through_payroll,
            hint="Then payroll tax is saved too: 7.65%, or 1.45% above the wage base. Your own deposits to "
            "an HSA do not save it.",
            wide=True,
        )
        self.form.add("above_wage_base", "", self.above, wide=True)
        self.federal.set_rate(facts.federal_rate)
        self.state.set_rate(facts.state_rate or None)
        self.through_payroll.setChecked(facts.through_payroll)
        self.above.setChecked(facts.above_wage_base)
        self.through_payroll.toggled.connect(self.form.field("above_wage_base").setVisible)
        self.form.field("above_wage_base").setVisible(facts.through_payroll)

    def save(self) -> bool:
        federal = self.federal.rate_or_none()
        if federal is None:
            raise UserProblem(
                "The federal rate is missing.", "Type it like 22, or 0 for none.", field="federal_rate"
            )
        fresh = replace(
            self._facts,
            federal_rate=federal,
            state_rate=self.state.rate_or_none() or 0,
            through_payroll=self.through_payroll.isChecked(),
            above_wage_base=self.above.isChecked() and self.through_payroll.isChecked(),
        )
        taxes = self._context.services.taxes
        return self.commit(self._context, lambda: taxes.save_facts(fresh), "Saving the rates")
