"""A sinking fund: what it saves for, until when, and the equal deposits that reach it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.dates import Period, add_months, day_text, first_of
from tracker.domain.budget.sinking_fund import FundPlan as Deposits
from tracker.domain.budget.sinking_fund import fund_plan
from tracker.domain.recurring import due_days
from tracker.errors import LedgerError, UserProblem
from tracker.facts import Account, AccountKind, Frequency, Recurring
from tracker.facts.household_budget import FundPlan
from tracker.money import Cents, dollars
from tracker.services.fund import next_due
from tracker.services.sinking_changes import SinkingDraft, save_sinking
from tracker.services.sinking_funds import Aim, Purpose, SinkingChoices, SinkingFund, sinking_choices
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.so_far import cents_so_far
from ui.models.coverage_words import short
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit

_LONGEST = 34
"""Letters of a name that is offered, so that its amount fits beside it."""


class SinkingEditor(CommitDialog):
    """The deposits follow what is typed. An empty target follows the fee, or what the deductible leaves."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, fund: SinkingFund | None = None
    ) -> None:
        super().__init__(
            "Sinking fund" if fund else "Add a sinking fund",
            parent,
            columns=2,
            width=600,
            sentence="Money put aside month by month for something that is sure to come.",
            save_text="Save" if fund else "Start the fund",
        )
        self._context = context
        self._fund = fund
        self._choices: SinkingChoices | None = None
        self._add_fields()
        self.save_button.setEnabled(False)
        services = context.services
        context.load(
            self,
            lambda: sinking_choices(
                services.ledger.read(), services.people.household(), services.ledger.today(), fund
            ),
            self._show_first,
        )

    # building ------------------------------------------------------------------------

    def _add_fields(self) -> None:
        today = self._context.today
        self.aim = OptionEdit()
        self.name = QLineEdit()
        self.target = MoneyEdit()
        self.due_on = DayEdit(today)
        self.line = ChoiceEdit(placeholder="A line of your budget")
        self.opening = MoneyEdit(placeholder="0.00")
        self.amount = MoneyEdit()
        self.first_due = DayEdit(today)
        self.account = ChoiceEdit(placeholder="An account of yours")
        self.form.add("aim", "Saves for", self.aim, wide=True)
        self.form.add("name", "Name", self.name)
        self.form.add("target", "Target", self.target, hint=" ")
        self.form.add("due_on", "Money is needed on", self.due_on)
        self.form.add("opening", "Already set aside", self.opening, hint="Before anything recorded here.")
        self.form.add(
            "category_id",
            "Deposits count for",
            self.line,
            hint="The bill is not counted again when the fund pays it.",
        )
        self.form.add("account_id", "Money comes from", self.account)
        self.form.add(
            "amount", "Goes in every month", self.amount, hint="Empty for equal deposits, 0 for none."
        )
        self.form.add("first_due", "Next deposit on", self.first_due, hint="Then the same day every month.")
        self.answer = Label("", "bold", wrap=True)
        self.form.add_line(self.answer)

    def _show_first(self, choices: SinkingChoices) -> None:
        self._choices = choices
        self.aim.set_options([(str(place), _offer(aim)) for place, aim in enumerate(choices.aims)])
        self.line.set_items([(item.id or 0, item.name) for item in choices.lines])
        self.account.set_items([(item.id or 0, item.name) for item in choices.accounts])
        if self._fund is None:
            self.first_due.set_day(add_months(first_of(choices.today), 1))
            self.account.choose(choices.accounts[0].id if choices.accounts else None)
            self._show_aim()
        else:
            self._fill(self._fund, choices)
        self.aim.edited.connect(self._show_aim)
        for field in (self.target, self.due_on, self.opening, self.amount, self.first_due):
            field.textChanged.connect(self._say)
        self.save_button.setEnabled(True)
        self._say()
        self._grow()

    def _fill(self, fund: SinkingFund, choices: SinkingChoices) -> None:
        self.aim.choose(str(_place_of(fund, choices)))
        self.name.setText(fund.account.name)
        self.name.setCursorPosition(0)
        self.target.set_cents(fund.account.target)
        self.due_on.set_day(fund.due_on)
        self.line.choose(fund.plan.category_id)
        self.opening.set_cents(fund.account.opening or None)
        deposit = fund.deposit
        if deposit is not None:
            self.amount.set_cents(deposit.amount)
            self.account.choose(deposit.account_id)
            self.first_due.set_day(max(next_due(deposit, choices.today), deposit.first_due))
        else:
            self.first_due.set_day(add_months(first_of(choices.today), 1))
            self.account.choose(choices.accounts[0].id if choices.accounts else None)
        self._hint()

    # showing -------------------------------------------------------------------------

    @property
    def chosen(self) -> Aim | None:
        """What the fund saves for, as chosen."""
        choices, key = self._choices, self.aim.key()
        return choices.aims[int(key)] if choices is not None and key else None

    @Slot()
    def _show_aim(self) -> None:
        """Propose what follows from the aim: day and budget line."""
        aim = self.chosen
        if aim is None:
            return
        self.due_on.set_day(aim.saved.due_on)
        if aim.line_id is not None:
            self.line.choose(aim.line_id)
        self._hint()
        self._say()

    def _hint(self) -> None:
        aim = self.chosen
        if aim is None:
            return
        amount = aim.saved.amount
        self.target.setPlaceholderText(plain_or_ask(amount))
        if aim.purpose is Purpose.FEE:
            said = f"Empty follows the fee, {dollars(amount or 0)}."
        elif aim.purpose is Purpose.DEDUCTIBLE and amount is not None:
            said = f"Empty follows what is left of it, {dollars(amount)} today."
        else:
            said = aim.saved.asks or "How much it has to hold."
        self.form.field("target").set_hint(said)
        # What is saved for the deductible is the deductible's line: that is how the program knows it.
        self.line.setEnabled(aim.purpose is not Purpose.DEDUCTIBLE)
        self.name.setPlaceholderText(_name_for(aim))

    @Slot()
    def _say(self) -> None:
        """What the deposits come to; what cannot be read yet says nothing."""
        try:
            plan = self._deposits()
        except LedgerError as problem:
            self.answer.setText(str(problem) if isinstance(problem, UserProblem) else "")
            return
        if plan is None:
            self.answer.setText("")
            return
        typed = cents_so_far(self.amount)
        if typed is None or not plan.missing:
            self.answer.setText(plan.why)
            return
        brings = typed * len(plan.deposits)
        if brings >= plan.missing:
            self.answer.setText(f"{plan.why} {dollars(typed)} is enough.")
        else:
            self.answer.setText(
                f"{plan.why} {dollars(typed)} leaves {dollars(plan.missing - brings)} missing."
            )

    def _deposits(self) -> Deposits | None:
        """Equal deposits as typed so far; None while the target or the day is missing."""
        target = self._target_so_far()
        due_on = self.due_on.day_or_none()
        first = self.first_due.day_or_none()
        if target is None or due_on is None or first is None:
            return None
        item = Recurring(label="x", amount=1, frequency=Frequency.MONTHLY, first_due=first)
        days = due_days(item, Period(first, due_on + timedelta(days=1))) if first <= due_on else []
        return fund_plan(target, self._balance(), days, due_on=due_on)

    def _target_so_far(self) -> Cents | None:
        typed, aim = cents_so_far(self.target), self.chosen
        return typed if typed is not None else aim.saved.amount if aim else None

    def _balance(self) -> Cents:
        opening = cents_so_far(self.opening) or 0
        held = self._fund
        return opening if held is None else held.balance + opening - held.account.opening

    # saving --------------------------------------------------------------------------

    def save(self) -> bool:
        draft, ledger = self._typed(), self._context.services.ledger
        return self.commit(self._context, lambda: save_sinking(ledger, draft), "Saving the fund")

    def _typed(self) -> SinkingDraft:
        aim, held, today = self.chosen, self._fund, self._context.today
        assert aim is not None
        target, due_on = self.target.cents_or_none(), self.due_on.day_or_none()
        if target is None and aim.saved.amount is None:
            raise UserProblem(
                aim.saved.asks or "How much does it have to hold?", "Type the target.", field="target"
            )
        if due_on is None:
            raise UserProblem("When is the money needed?", "Type the day.", field="due_on")
        if due_on < today and (held is None or due_on != held.due_on):
            raise UserProblem(f"{day_text(due_on)} has passed.", "Type a day to come.", field="due_on")
        account = held.account if held else Account(name="", kind=AccountKind.SINKING, opened_on=today)
        plan = held.plan if held else FundPlan(account_id=0)
        return SinkingDraft(
            account=replace(
                account,
                name=self.name.text().strip() or _name_for(aim),
                target=target,
                opening=self.opening.cents_or_none() or 0,
            ),
            plan=replace(
                plan,
                due_on=due_on,
                category_id=aim.line_id if aim.purpose is Purpose.DEDUCTIBLE else self.line.chosen_id(),
                recurring_id=aim.fee.id if aim.fee else None,
            ),
            deposit=self._deposit(aim),
            replaced=held.deposit if held else None,
        )

    def _deposit(self, aim: Aim) -> Recurring | None:
        """The recurring transfer: as before where nothing of it changed, else from the next day on."""
        typed, plan = self.amount.cents_or_none(), self._deposits()
        if typed is not None and typed < 0:
            raise UserProblem("What goes in cannot be negative.", "Type 0 or more.", field="amount")
        amount = plan.monthly if typed is None and plan is not None else typed or 0
        if not amount:
            return None
        first, due_on = self.first_due.day(), self.due_on.day()
        account_id = self.account.chosen_id()
        before = self._fund.deposit if self._fund else None
        name = self.name.text().strip() or _name_for(aim)
        if before is None:
            return Recurring(
                label=f"Deposit: {name}",
                amount=amount,
                frequency=Frequency.MONTHLY,
                first_due=first,
                last_due=max(first, due_on),
                account_id=account_id,
            )
        same = amount == before.amount and first == next_due(before, self._context.today)
        begins = before.first_due if same else first
        return replace(
            before,
            amount=amount,
            account_id=account_id,
            first_due=begins,
            last_due=max(begins, due_on),
        )


def plain_or_ask(amount: Cents | None) -> str:
    """What stands in an empty target."""
    return "1,200.00" if amount is None else dollars(amount).removeprefix("$")


def _offer(aim: Aim) -> str:
    label = short(aim.label, _LONGEST)
    return label if aim.saved.amount is None else f"{label}, {dollars(aim.saved.amount)}"


def _name_for(aim: Aim) -> str:
    if aim.purpose is Purpose.DEDUCTIBLE:
        return "For the deductible"
    return f"For {aim.label}" if aim.purpose is Purpose.FEE else "Sinking fund"


def _place_of(fund: SinkingFund, choices: SinkingChoices) -> int:
    """The aim of a fund among those offered; the last, anything else, where its fee is gone."""
    for place, aim in enumerate(choices.aims):
        same = aim.fee is not None and fund.fee is not None and aim.fee.id == fund.fee.id
        if same or (aim.purpose is Purpose.DEDUCTIBLE and fund.purpose is Purpose.DEDUCTIBLE):
            return place
    return len(choices.aims) - 1
