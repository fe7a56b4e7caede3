"""The numbers behind the contingency fund's target: probability, listed costs, and how soon."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.accounts.contingency_targets import by_exposure, by_full_exposure, funding
from tracker.errors import UserProblem
from tracker.facts.household_budget import FundPlan, TargetMethod
from tracker.services.fund_report import ContingencyFund, reach_day, save_sizing
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.rate_edit import CountEdit, RateEdit
from ui.dialogs.so_far import cents_so_far
from ui.models.fund_words import METHOD_NAMES
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit


class FundSizingDialog(CommitDialog):
    """The target of the chosen way follows what is typed."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, fund: ContingencyFund) -> None:
        super().__init__(
            "How large the fund has to be",
            parent,
            columns=2,
            width=560,
            sentence="What your plans leave open comes from Coverage; the rest is yours to judge.",
        )
        self._context = context
        self._fund = fund
        plan = fund.plan
        self.method = OptionEdit([(key.value, words) for key, words in METHOD_NAMES.items()])
        self.probability = RateEdit(placeholder="25%")
        self.not_covered, self.balance_bills = MoneyEdit(), MoneyEdit()
        self.months, self.repay_months = CountEdit(placeholder="12"), CountEdit(placeholder="6")
        self.form.add("method", "Way to size it", self.method, wide=True)
        self.form.add(
            "probability",
            "Share of the maximum",
            self.probability,
            hint="How likely you think a bad year is.",
        )
        self.form.add("months", "Reach it in months", self.months, hint="Counted from today.")
        self.form.add(
            "not_covered",
            "Care no plan covers",
            self.not_covered,
            hint="Listed costs, such as travel shots or massage.",
        )
        self.form.add(
            "balance_bills",
            "Bills above the allowed amount",
            self.balance_bills,
            hint="Expected from out-of-network care.",
        )
        self.form.add("repay_months", "Put a draw back in months", self.repay_months)
        self.answer = Label("", "bold", wrap=True)
        self.form.add_line(self.answer)
        self.method.choose(plan.method.value)
        self.probability.set_rate(plan.probability)
        self.not_covered.set_cents(plan.not_covered or None)
        self.balance_bills.set_cents(plan.balance_bills or None)
        self.months.set_count(fund.months)
        self.repay_months.set_count(plan.repay_months)
        self.method.edited.connect(self._say)
        for field in (
            self.probability,
            self.not_covered,
            self.balance_bills,
            self.months,
            self.repay_months,
        ):
            field.textChanged.connect(self._say)
        self._say()

    @Slot()
    def _say(self) -> None:
        """What the numbers as they are typed come to; what cannot be read yet counts as before."""
        fund, method = self._fund, TargetMethod(self.method.key())
        known = fund.exposure.known
        target = next(item.target for item in fund.methods if item.method is method)
        months = self.months.so_far() or fund.months
        if known is not None and method in (TargetMethod.EXPOSURE, TargetMethod.FULL):
            listed = replace(
                known,
                not_covered=max(0, cents_so_far(self.not_covered) or 0),
                balance_bills=max(0, cents_so_far(self.balance_bills) or 0),
            )
            rate = self.probability.so_far()
            target = (
                by_full_exposure(listed)
                if method is TargetMethod.FULL
                else by_exposure(listed, fund.plan.probability if rate is None else rate)
            )
        if target is None:
            self.answer.setText(next(item.asks for item in fund.methods if item.method is method))
        else:
            self.answer.setText(funding(target.amount, fund.facts.balance, months).why)

    def save(self) -> bool:
        plan, fund, ledger = self._typed(), self._fund, self._context.services.ledger
        months = self.months.count_or_none()
        reach_by = None
        if months is not None and months != fund.months:
            reach_by = reach_day(months, self._context.today)
        return self.commit(
            self._context,
            lambda: save_sizing(ledger, fund.facts.account, plan, reach_by=reach_by),
            "Saving how the fund is sized",
        )

    def _typed(self) -> FundPlan:
        months, repay = self.months.count_or_none(), self.repay_months.count_or_none()
        for count, field in ((months, "months"), (repay, "repay_months")):
            if count is not None and not 1 <= count <= 240:
                raise UserProblem("Months are from 1 to 240.", "Check the number.", field=field)
        not_covered = self.not_covered.cents_or_none() or 0
        balance_bills = self.balance_bills.cents_or_none() or 0
        if not_covered < 0 or balance_bills < 0:
            field = "not_covered" if not_covered < 0 else "balance_bills"
            raise UserProblem("The amount is below zero.", "Type zero or more.", field=field)
        rate = self.probability.rate_or_none()
        return replace(
            self._fund.plan,
            method=TargetMethod(self.method.key()),
            probability=self._fund.plan.probability if rate is None else rate,
            not_covered=not_covered,
            balance_bills=balance_bills,
            months=self._fund.plan.months if months is None else months,
            repay_months=self._fund.plan.repay_months if repay is None else repay,
        )
