"""The form for a statement: what a bank, custodian or administrator says an account held on a day."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.errors import UserProblem
from tracker.facts.accounts import AccountStatement
from tracker.money import Cents, dollars
from tracker.services.account_balances import AccountShown, StatementCheck, held_on
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.so_far import cents_so_far
from ui.models.accounts_words import gap_words
from ui.widgets.day_edit import DayEdit
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.note_edit import NoteEdit


class StatementDialog(CommitDialog):
    """Says while one types whether the ledger agrees. One statement a day: a later one replaces it."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        shown: AccountShown,
        check: StatementCheck | None = None,
    ) -> None:
        held = "left to use" if shown.is_promise else "held"
        super().__init__(
            f"Statement of {shown.account.name}",
            parent,
            columns=2,
            width=480,
            sentence=f"Copy what it says the account {held} at the end of a day.",
        )
        self._context = context
        self._shown = shown
        self._check = check
        self._ours: Cents | None = None
        self.stated_on = DayEdit(context.today)
        self.balance = MoneyEdit()
        self.note = NoteEdit()
        self.form.add("stated_on", "As of", self.stated_on, hint="The statement's last day.")
        self.form.add("balance", "Balance", self.balance, hint="What is owed on a card has a minus.")
        self.form.add("note", "Note", self.note, wide=True)
        self.answer = Label("", "bold", wrap=True)
        self.form.add_line(self.answer)
        if check is not None:
            self.stated_on.set_day(check.statement.stated_on)
            self.balance.set_cents(check.statement.balance)
            self.note.set_text(check.statement.note)
        else:
            self.stated_on.set_day(context.today.replace(day=1) - timedelta(days=1))
        self.stated_on.edited.connect(self._read)
        self.stated_on.editingFinished.connect(self._read)
        self.balance.edited.connect(self._say)
        self._read()

    @Slot()
    def _read(self) -> None:
        """What the ledger held on the day that is typed."""
        services, account = self._context.services, self._shown.account
        try:
            day = self.stated_on.day_or_none()
        except UserProblem:
            day = None
        if day is None:
            self._take(None)
            return
        self._context.load(self, lambda: held_on(services, account, day), self._take)

    def _take(self, ours: Cents | None) -> None:
        self._ours = ours
        self._say()

    @Slot()
    def _say(self) -> None:
        stated = cents_so_far(self.balance)
        if self._ours is None:
            self.answer.setText("")
        elif stated is None:
            self.answer.setText(f"This ledger has {dollars(self._ours)} on that day.")
        else:
            self.answer.setText(
                f"This ledger has {dollars(self._ours)} on that day. {gap_words(stated - self._ours)}."
            )
        self.answer.set_tone("" if stated is None else "good" if stated == self._ours else "warning")

    def save(self) -> bool:
        untaxed, check = self._context.services.untaxed, self._check
        day = self.stated_on.day()
        if day > self._context.today:
            raise UserProblem("That day has not come yet.", "Check the date.", field="stated_on")
        typed = AccountStatement(
            id=check.statement.id if check else None,
            account_id=self._shown.account.id or 0,
            stated_on=day,
            balance=self.balance.cents(),
            note=self.note.text(),
        )
        return self.commit(self._context, lambda: untaxed.save_statement(typed), "Saving the statement")
