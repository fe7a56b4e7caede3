"""A payment or transfer that falls due again and again, apart from memberships and plans."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.changes import Area, Changes
from tracker.dates import first_of
from tracker.errors import UserProblem
from tracker.facts import Frequency, Household, Provider, Recurring
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.membership_words import FREQUENCIES
from ui.widgets.buttons import Segmented
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.money_edit import MoneyEdit

PAYMENT, TRANSFER = "payment", "transfer"
_Read = tuple[Household, list[Provider]]


class RecurringEditor(CommitDialog):
    """It proposes itself when due; nothing is paid without you."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, recurring: Recurring | None = None
    ) -> None:
        super().__init__(
            "Recurring payment" if recurring else "Add a recurring payment",
            parent,
            columns=2,
            width=520,
            sentence="It proposes itself when due; nothing is recorded without you.",
        )
        self._context = context
        self._recurring = recurring
        self._made_provider: tuple[str, int] | None = None
        self._add_fields()
        self._fill(
            recurring or Recurring(label="", amount=0, frequency=Frequency.MONTHLY, first_due=context.today)
        )
        self.kind.changed.connect(self._show_kind)
        self.frequency.edited.connect(self._show_kind)
        self._show_kind()
        self.save_button.setEnabled(False)
        context.load(self, self._read, self._show)

    # building ------------------------------------------------------------------------

    def _add_fields(self) -> None:
        today = self._context.today
        self.kind = Segmented([(PAYMENT, "Payment"), (TRANSFER, "Transfer")], "Kind")
        self.payee = ChoiceEdit(allow_new=True, placeholder="Who is paid")
        self.label = QLineEdit()
        self.amount = MoneyEdit()
        self.frequency = OptionEdit([(key.value, words) for key, words in FREQUENCIES.items()])
        self.first_due = DayEdit(today)
        self.last_due = DayEdit(today)
        self.last_due.setPlaceholderText("Goes on")
        self.account = ChoiceEdit(placeholder="Not known")
        self.to_account = ChoiceEdit(placeholder="An account of yours")
        self.line = ChoiceEdit(placeholder="None: not in the budget")
        self.person = ChoiceEdit(placeholder="Everybody")
        self.form.add_line(self.kind)
        self.form.add("payee", "Payee", self.payee, wide=True)
        self.form.add("label", "What for", self.label)
        self.form.add("amount", "Amount", self.amount)
        self.form.add("frequency", "How often", self.frequency)
        self.form.add("first_due", "First due", self.first_due)
        self.form.add("last_due", "Last due", self.last_due)
        self.form.add("account_id", "From account", self.account)
        self.form.add("to_account_id", "To account", self.to_account)
        self.form.add("category_id", "Budget line", self.line)
        self.form.add("person_id", "For", self.person)

    def _fill(self, start: Recurring) -> None:
        self.kind.choose(TRANSFER if start.to_account_id is not None else PAYMENT)
        self.label.setText(start.label)
        self.label.setCursorPosition(0)
        self.amount.set_cents(start.amount or None)
        self.frequency.choose(start.frequency.value)
        self.first_due.set_day(start.first_due)
        self.last_due.set_day(start.last_due)

    def _read(self) -> _Read:
        people = self._context.services.people
        return people.household(), people.providers()

    def _show(self, read: _Read) -> None:
        home, providers = read
        held = self._recurring
        used = {held.account_id, held.to_account_id} if held else set()
        accounts = [
            (item.id or 0, item.name) for item in home.accounts if not item.closed or item.id in used
        ]
        typed = self.payee.text()
        self.payee.set_items([(item.id or 0, item.name) for item in providers])
        self.payee.set_text(typed)
        self.account.set_items(accounts)
        self.to_account.set_items(accounts)
        self.line.set_items([(item.id or 0, item.name) for item in home.categories])
        self.person.set_items([(item.id or 0, item.name) for item in home.people])
        if held is not None:
            self.payee.choose(held.provider_id)
            self.account.choose(held.account_id)
            self.to_account.choose(held.to_account_id)
            self.line.choose(held.category_id)
            self.person.choose(held.person_id)
        self.save_button.setEnabled(True)

    @Slot()
    def _show_kind(self) -> None:
        transfer = self.kind.key() == TRANSFER
        once = self.frequency.key() == Frequency.ONCE.value
        for name, shown in {
            "payee": not transfer,
            "person_id": not transfer,
            "to_account_id": transfer,
            "last_due": not once,
        }.items():
            self.form.field(name).setVisible(shown)
        self.form.field("first_due").set_label("Due" if once else "First due")

    # saving --------------------------------------------------------------------------

    def save(self) -> bool:
        return self.commit(
            self._context, partial(self._store, self._typed(), self._new_payee()), "Saving the payment"
        )

    def _typed(self) -> Recurring:
        transfer = self.kind.key() == TRANSFER
        to_account = self.to_account.chosen_id() if transfer else None
        if transfer and to_account is None:
            raise UserProblem(
                "A transfer needs the account it goes to.", "Choose it.", field="to_account_id"
            )
        frequency = Frequency(self.frequency.key())
        payee = "" if transfer else self.payee.text()
        start = self._recurring or Recurring(
            label="", amount=0, frequency=frequency, first_due=self._context.today
        )
        first_due = self.first_due.day()
        month = first_of(self._context.today)
        new_history = self._recurring is None and first_due < month
        return replace(
            start,
            label=self.label.text().strip() or payee or (self.to_account.text() if transfer else ""),
            amount=self.amount.cents(),
            frequency=frequency,
            first_due=first_due,
            last_due=None if frequency is Frequency.ONCE else self.last_due.day_or_none(),
            propose_from=month if new_history else start.propose_from,
            provider_id=None if transfer else self.payee.chosen_id(),
            person_id=None if transfer else self.person.chosen_id(),
            account_id=self.account.chosen_id(),
            to_account_id=to_account,
            category_id=self.line.chosen_id(),
        )

    def _new_payee(self) -> str:
        """The payee's name where it is not among the providers yet."""
        if self.kind.key() == TRANSFER or self.payee.chosen_id() is not None:
            return ""
        return self.payee.text()

    def _store(self, typed: Recurring, new_payee: str) -> Changes:
        services = self._context.services
        if not new_payee:
            return services.recurring.save(typed)
        # A provider is a fact of its own: a second try must not add it again.
        if self._made_provider is None or self._made_provider[0] != new_payee:
            made = services.people.save_provider(Provider(name=new_payee))
            self._made_provider = (new_payee, made.new_id or 0)
        saved = services.recurring.save(replace(typed, provider_id=self._made_provider[1]))
        return replace(saved, areas=saved.areas | Area.PROVIDERS)
