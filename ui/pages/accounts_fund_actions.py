"""What can be done in the Funds part: size, aim, draw, put back, save up, pay, explain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Changes
from tracker.facts import Allocation, Payment
from tracker.facts.household_budget import TargetMethod
from tracker.money import Cents, dollars
from tracker.services.fund_exposure import ScenarioShown
from tracker.services.fund_report import ContingencyFund, FundReport, MethodShown, save_sizing
from tracker.services.sinking_changes import close_sinking
from tracker.services.sinking_funds import SinkingFund
from ui.context import Context
from ui.dialogs.sentences_why import Groups, SentencesWhy
from ui.models import fund_words as words


class FundActions(QObject):
    """Opens forms and makes changes for what is shown; `show` tells what that is."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._report: FundReport | None = None

    def show(self, report: FundReport) -> None:
        self._report = report

    @property
    def _fund(self) -> ContingencyFund | None:
        return self._report.contingency if self._report else None

    # the contingency fund ------------------------------------------------------------

    @Slot()
    def edit_contingency(self) -> None:
        """Start the fund, or change its name, target and monthly deposit."""
        from ui.dialogs.fund_editor import FundEditor

        FundEditor(self._context, self._page).open()

    @Slot()
    def change_sizing(self) -> None:
        from ui.dialogs.fund_sizing import FundSizingDialog

        if self._fund is not None:
            FundSizingDialog(self._context, self._page, fund=self._fund).open()

    @Slot(object)
    def choose_method(self, method: TargetMethod) -> None:
        """Size the fund this way from now on; what it aims at stays."""
        fund, ledger = self._fund, self._context.services.ledger
        if fund is not None:
            plan = replace(fund.plan, method=method)
            self._commit(lambda: save_sizing(ledger, fund.facts.account, plan))

    @Slot(object)
    def use_target(self, shown: MethodShown) -> None:
        """Size the fund this way and aim at its target as one change; start it where there is none."""
        fund, ledger = self._fund, self._context.services.ledger
        if fund is None or shown.target is None:
            return
        account, amount = fund.facts.account, shown.target.amount
        if account.id is None:
            account = replace(account, opened_on=self._context.today)
        plan = replace(fund.plan, method=shown.method)
        self._commit(lambda: save_sizing(ledger, account, plan, target=amount))

    @Slot()
    def use_chosen_target(self) -> None:
        if self._fund is not None:
            self.use_target(self._fund.chosen)

    @Slot()
    def put_money_in(self) -> None:
        """Record a transfer into the fund; the recurring deposit is proposed."""
        fund = self._fund
        if fund is not None:
            self._put_in(fund, fund.facts.deposit.amount if fund.facts.deposit else 0, "")

    @Slot()
    def draw(self) -> None:
        """Record something unforeseen that the fund pays."""
        fund = self._fund
        if fund is not None and fund.started:
            self._record(
                Payment(
                    paid_on=self._context.today,
                    amount=0,
                    account_id=fund.facts.account.id,
                ),
                "What the fund pays was counted when it was put in: it is no expense of the budget again.",
            )

    @Slot()
    def put_back(self) -> None:
        """Record a transfer that puts back what was drawn; the next part of the plan is proposed."""
        fund = self._fund
        if fund is not None and fund.started:
            said = f"{dollars(fund.owed)} is not put back yet." if fund.owed else ""
            self._put_in(fund, fund.repay[0][1] if fund.repay else 0, said)

    def _put_in(self, fund: ContingencyFund, amount: Cents, said: str) -> None:
        facts = fund.facts
        source = facts.deposit.account_id if facts.deposit else None
        if source is None and facts.accounts:
            source = facts.accounts[0].id
        self._record(
            Payment(
                paid_on=self._context.today,
                amount=amount,
                account_id=source,
                to_account_id=facts.account.id,
                allocations=_share(facts.category.id if facts.category else None, amount),
            ),
            said,
        )

    # what may happen -----------------------------------------------------------------

    @Slot()
    def add_scenario(self) -> None:
        self._edit_scenario(None)

    @Slot(object)
    def edit_scenario(self, shown: ScenarioShown) -> None:
        self._edit_scenario(shown)

    def _edit_scenario(self, shown: ScenarioShown | None) -> None:
        from ui.dialogs.fund_scenario import ScenarioEditor

        fund = self._fund
        if fund is None:
            return
        ScenarioEditor(
            self._context,
            self._page,
            scenarios=[item.scenario for item in fund.scenarios],
            categories=self._context.services.coverage.categories(),
            scenario=shown.scenario if shown else None,
        ).open()

    @Slot(list)
    def remove_scenarios(self, rows: Sequence[ScenarioShown]) -> None:
        fund, untaxed = self._fund, self._context.services.untaxed
        if fund is None:
            return
        gone = {item.scenario.id for item in rows}
        kept = [item.scenario for item in fund.scenarios if item.scenario.id not in gone]
        self._commit(lambda: untaxed.save_fund_scenarios(kept))

    # sinking funds -------------------------------------------------------------------

    @Slot()
    def add_sinking(self) -> None:
        from ui.dialogs.sinking_editor import SinkingEditor

        SinkingEditor(self._context, self._page).open()

    @Slot(object)
    def edit_sinking(self, fund: SinkingFund) -> None:
        from ui.dialogs.sinking_editor import SinkingEditor

        SinkingEditor(self._context, self._page, fund=fund).open()

    @Slot(object)
    def close_sinking(self, fund: SinkingFund) -> None:
        """Close a fund and end its deposits; its payments stay."""
        ledger, today = self._context.services.ledger, self._context.today
        self._commit(lambda: close_sinking(ledger, fund.account, fund.deposits, today))

    @Slot(object)
    def put_in_sinking(self, fund: SinkingFund) -> None:
        """Record a transfer into a sinking fund; the next equal deposit is proposed."""
        deposit, outlook = fund.deposit, fund.outlook
        amount = outlook.monthly if outlook else 0
        source = deposit.account_id if deposit else None
        self._record(
            Payment(
                paid_on=self._context.today,
                amount=amount,
                account_id=source,
                to_account_id=fund.account.id,
                allocations=_share(fund.plan.category_id, amount),
            ),
            "It counts in this month, under the budget line below.",
        )

    @Slot(object)
    def pay_from(self, fund: SinkingFund) -> None:
        """Record what a sinking fund pays; for a fee, the due that is open."""
        fee = fund.fee
        amount = fee.amount if fee else 0
        self._record(
            Payment(
                paid_on=self._context.today,
                amount=amount,
                provider_id=fee.provider_id if fee else None,
                person_id=fee.person_id if fee else None,
                account_id=fund.account.id,
                recurring_id=fee.id if fee else None,
                due_on=fund.bill_due if fee else None,
                allocations=_share(fee.category_id if fee else fund.plan.category_id, amount),
            ),
            f"{words.FUNDED}.",
        )

    # reasons -------------------------------------------------------------------------

    @Slot()
    def why_chosen(self) -> None:
        if self._fund is not None:
            self.why_method(self._fund.chosen)

    @Slot(object)
    def why_method(self, shown: MethodShown) -> None:
        fund = self._fund
        if fund is not None:
            name = words.METHOD_NAMES[shown.method]
            headline = f"{name}: {dollars(shown.target.amount)}" if shown.target else name
            groups = words.method_groups(fund, shown)
            if self._report is not None:
                groups.append(("Known already, so not part of it", list(self._report.known.why)))
            self._explain(name, headline, groups)

    @Slot(object)
    def why_scenario(self, shown: ScenarioShown) -> None:
        label = shown.scenario.label
        headline = label if shown.cost is None else f"{label}: {dollars(shown.cost)}"
        self._explain("What it would cost", headline, words.scenario_groups(shown))

    @Slot(object)
    def why_sinking(self, fund: SinkingFund) -> None:
        self._explain(fund.account.name[:80], words.sinking_sentence(fund), words.sinking_groups(fund))

    def _explain(self, title: str, headline: str, groups: Groups) -> None:
        SentencesWhy(title, headline, groups, self._page, remark=words.ESTIMATE_ONLY).open()

    # ours ----------------------------------------------------------------------------

    @Slot(int)
    def open_payment(self, payment_id: int) -> None:
        """Open a payment to look at or change."""
        from ui.dialogs.payment_editor import PaymentEditor

        payments = self._context.services.payments
        self._context.load(
            self._page,
            lambda: payments.get(payment_id),
            lambda payment: PaymentEditor(self._context, self._page, payment=payment).open(),
        )

    def _record(self, proposed: Payment, said: str) -> None:
        from ui.dialogs.payment_editor import PaymentEditor

        PaymentEditor(self._context, self._page, prefill=proposed, sentence=said).open()

    def _commit(self, act: Callable[[], Changes]) -> None:
        self._context.commit(self._page, act)


def _share(category_id: int | None, amount: Cents) -> tuple[Allocation, ...]:
    """The whole amount under one budget line; nothing where either is missing."""
    if category_id is None or not amount:
        return ()
    return (Allocation(category_id=category_id, amount=amount),)
