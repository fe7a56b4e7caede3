"""The contingency fund: what it holds, what it aims at, and what goes in every month."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from tracker.changes import Area, Changes
from tracker.dates import add_months, first_of
from tracker.domain.accounts.contingency import FundStanding
from tracker.errors import LedgerError, UserProblem
from tracker.facts import Account, Allocation, Payment, Recurring
from tracker.money import Cents, dollars
from tracker.services.fund import FundFacts, monthly_deposit, next_due, read_fund, save_fund
from ui.charts.balance import paint as paint_balance
from ui.charts.fund import as_table, fund_chart, reached_words, summary
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.theme import theme
from ui.widgets.buttons import PlainButton
from ui.widgets.chart_view import ChartView
from ui.widgets.choice_edit import ChoiceEdit
from ui.widgets.columns import Flow
from ui.widgets.day_edit import DayEdit
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit

_TOUCHES = Area.PAYMENTS | Area.ACCOUNTS | Area.RECURRING | Area.BUDGET


class FundEditor(CommitDialog):
    """Starts the fund where there is none. The sentence and the chart follow what is typed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            "Contingency fund",
            parent,
            columns=2,
            sentence="Money set aside for care that nobody can foresee.",
            width=600,
        )
        self._context = context
        self._facts: FundFacts | None = None
        self._fill_standing()
        self._fill_form()
        self.save_button.setEnabled(False)
        context.bus.committed.connect(self._on_committed_elsewhere)
        context.load(self, lambda: read_fund(context.services), self._show_first)

    # building ------------------------------------------------------------------------

    def _fill_standing(self) -> None:
        self.standing = QWidget()
        self.standing.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.balance = Label("", "figure")
        self.goal = Label("", "quiet")
        self.put_in_button = PlainButton("Put money in\u2026")
        self.take_out_button = PlainButton("Take money out\u2026")
        self.put_in_button.clicked.connect(self.put_money_in)
        self.take_out_button.clicked.connect(self.take_money_out)
        figures = QHBoxLayout()
        figures.setSpacing(8)
        figures.addWidget(self.balance)
        figures.addWidget(self.goal, 1)
        moves = QWidget()
        flow = Flow(moves)
        flow.addWidget(self.put_in_button)
        flow.addWidget(self.take_out_button)
        self.reached = Label("", "quiet", wrap=True)
        self.chart = ChartView()
        self.chart.setFixedHeight(theme().px(200))
        rows = QVBoxLayout(self.standing)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addLayout(figures)
        rows.addWidget(self.reached)
        rows.addWidget(self.chart)
        rows.addWidget(moves)
        self.body.insertWidget(0, self.standing)

    def _fill_form(self) -> None:
        today = self._context.today
        self.name = QLineEdit()
        self.opening = MoneyEdit()
        self.target = MoneyEdit(placeholder="2,400.00")
        self.monthly = MoneyEdit(placeholder="100.00")
        self.from_account = ChoiceEdit(placeholder="An account of yours")
        self.next_due = DayEdit(today)
        self.form.add("name", "Name", self.name)
        self.form.add(
            "opening",
            "Balance before the first movement",
            self.opening,
            hint="Before anything recorded here.",
        )
        self.form.add("target", "Target", self.target)
        self.form.add("amount", "Goes in every month", self.monthly, hint="Empty when nothing does.")
        self.form.add("account_id", "From", self.from_account)
        self.form.add("first_due", "Next on", self.next_due, hint="Then the same day every month.")
        for field in (self.opening, self.target, self.monthly):
            field.edited.connect(self._show_standing)
            field.editingFinished.connect(self._show_standing)

    # showing -------------------------------------------------------------------------

    def _show_first(self, facts: FundFacts) -> None:
        account, deposit = facts.account, facts.deposit
        self.name.setText(account.name)
        self.opening.set_cents(account.opening)
        self.target.set_cents(account.target)
        self.from_account.set_items([(item.id or 0, item.name) for item in facts.accounts])
        self.monthly.set_cents(deposit.amount if deposit else None)
        if deposit is not None:
            self.from_account.choose(deposit.account_id)
            self.next_due.set_day(next_due(deposit, facts.today))
        else:
            self.from_account.choose(facts.accounts[0].id if facts.accounts else None)
            self.next_due.set_day(add_months(first_of(facts.today), 1))
        if facts.others:
            label = facts.others[0].label
            more = f"Besides {label}." if len(facts.others) == 1 else f"Besides {len(facts.others)} others."
            self.form.field("amount").set_hint(more)
        self.save_button.setEnabled(True)
        if account.id is None:
            self.save_button.setText("Start the fund")
            self.form.field("opening").set_hint("What is already set aside.")
        self._show(facts)

    def _show(self, facts: FundFacts) -> None:
        self._facts = facts
        self._show_standing()

    @Slot()
    def _show_standing(self) -> None:
        """What the figures as they are typed come to; what cannot be read yet changes nothing."""
        facts = self._facts
        if facts is None:
            return
        try:
            fund = facts.standing(self._account(facts), self._deposit(facts))
        except LedgerError:
            return
        target = fund.account.target
        self.balance.setText(dollars(fund.balance))
        self.goal.setText(f"of {dollars(target, whole=True)}" if target else "")
        self.reached.setText(reached_words(fund))
        started = facts.account.id is not None
        for part in (self.chart, self.put_in_button, self.take_out_button):
            part.setVisible(started)
        self._show_chart(facts, fund)

    def _show_chart(self, facts: FundFacts, fund: FundStanding) -> None:
        self.chart.show_chart(
            partial(
                paint_balance,
                chart=fund_chart(fund, facts.movements, year=facts.year, today=facts.today),
            ),
            summary=summary(fund, facts.today),
            table=as_table(fund, facts.movements, year=facts.year, today=facts.today),
        )

    @Slot(object)
    def _on_committed_elsewhere(self, changes: Changes) -> None:
        if changes.areas & _TOUCHES and self._facts is not None:
            self._context.load(self, lambda: read_fund(self._context.services), self._show)

    # moving money --------------------------------------------------------------------

    @Slot()
    def put_money_in(self) -> None:
        """Record a transfer into the fund."""
        facts = self._facts
        if facts is None:
            return
        deposit = facts.deposit
        amount = deposit.amount if deposit else 0
        shares: tuple[Allocation, ...] = ()
        if amount and facts.category is not None and facts.category.id is not None:
            shares = (Allocation(category_id=facts.category.id, amount=amount),)
        self._transfer(
            Payment(
                paid_on=facts.today,
                amount=amount,
                account_id=deposit.account_id if deposit else self._first_account(facts),
                to_account_id=facts.account.id,
                allocations=shares,
            )
        )

    @Slot()
    def take_money_out(self) -> None:
        """Record a transfer out of the fund."""
        facts = self._facts
        if facts is not None:
            self._transfer(
                Payment(
                    paid_on=facts.today,
                    amount=0,
                    account_id=facts.account.id,
                    to_account_id=self._first_account(facts),
                )
            )

    def _transfer(self, draft: Payment) -> None:
        from ui.dialogs.payment_editor import PaymentEditor

        PaymentEditor(self._context, self, prefill=draft).open()

    def _first_account(self, facts: FundFacts) -> int | None:
        return facts.accounts[0].id if facts.accounts else None

    # saving --------------------------------------------------------------------------

    def save(self) -> bool:
        facts = self._facts
        assert facts is not None
        account, deposit = self._account(facts), self._deposit(facts)
        return self.commit(
            self._context,
            lambda: save_fund(self._context.services.ledger, account, deposit, replaced=facts.deposit),
            "Saving the fund",
        )

    def _account(self, facts: FundFacts) -> Account:
        return replace(
            facts.account,
            name=self.name.text(),
            opening=self.opening.cents_or_none() or 0,
            opened_on=facts.account.opened_on or facts.today,
            target=self.target.cents_or_none(),
        )

    def _deposit(self, facts: FundFacts) -> Recurring | None:
        amount: Cents = self.monthly.cents_or_none() or 0
        if amount < 0:
            raise UserProblem(
                "What goes in cannot be negative.", "Type 0 or more; take money out below.", field="amount"
            )
        if not amount:
            return None
        return monthly_deposit(
            facts.deposit,
            facts,
            amount=amount,
            first_due=self.next_due.day(),
            from_id=self.from_account.chosen_id(),
        )
