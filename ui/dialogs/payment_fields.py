"""The fields of a payment's form: making them, showing a payment in them, reading them back."""

from __future__ import annotations

from dataclasses import replace

from tracker.errors import UserProblem
from tracker.facts import Account, AccountKind, Category, Household, Noun, Payment, Role
from tracker.facts.accounts import Repaid
from tracker.money import Cents
from tracker.services.fund_moves import FUNDS
from tracker.services.pay_back import PAYING
from ui.context import Context
from ui.dialogs.payment_bills import FIELD, PaymentBills
from ui.dialogs.payment_hsa import HsaFields
from ui.dialogs.payment_repaid import FIELD as REPAID
from ui.dialogs.payment_repaid import RepaidList
from ui.dialogs.so_far import day_so_far
from ui.dialogs.split_editor import BudgetLineEdit, OnlyMatchChoice
from ui.widgets.attachments import Attachments
from ui.widgets.buttons import Segmented
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.form import Form
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.note_edit import NoteEdit

EXPENSE, REFUND, TRANSFER = "expense", "refund", "transfer"
_KINDS = ((EXPENSE, "Expense"), (REFUND, "Refund"), (TRANSFER, "Transfer"))
_ACCOUNT_LABELS = {EXPENSE: "Paid from", REFUND: "Paid back to", TRANSFER: "From account"}
_FROM_FUND = "Paid from the fund: it was counted when it was put aside."
_NOT_SAID = ("", "Not said")


class PaymentFields:
    """Everything one can say about a payment. What follows from what is the editor's business."""

    def __init__(self, context: Context, form: Form, start: Payment) -> None:
        self._form = form
        self._start = start
        self._today = context.today
        self._fund_plans = context.services.untaxed.fund_plans()
        self.home: Household = context.services.people.household()
        providers = context.services.people.providers()
        accounts = [(str(found.id), found.name) for found in self.home.accounts if _offers(found, start)]
        people = [(str(found.id), found.name) for found in self.home.people]
        self.kind = Segmented(_KINDS, "Kind of payment")
        self.payee = ChoiceEdit(
            [(found.id or 0, found.name) for found in providers], allow_new=True, placeholder="Who was paid"
        )
        self.amount = MoneyEdit()
        self.paid_on = DayEdit(context.today)
        self.repays = OnlyMatchChoice(placeholder="Nothing in particular")
        self.line = BudgetLineEdit(
            [(found.id or 0, found.name) for found in self.home.categories if _names(found, start)]
        )
        self.account = OptionEdit([_NOT_SAID, *accounts])
        self.to_account = OptionEdit([("", "Choose\u2026"), *accounts])
        self.person = OptionEdit([_NOT_SAID, *people])
        self.note = NoteEdit()
        self.bills = PaymentBills(start)
        self.repaid = RepaidList(context)
        self.documents = Attachments(context, Noun.PAYMENT, start.id)
        self._add_to(form)
        self._show()

    def arrange(self) -> None:
        """Show the fields that this kind of payment has."""
        kind = self.kind.key()
        shown = {
            "payee": kind != TRANSFER,
            "repays_id": kind == REFUND,
            "to_account_id": kind == TRANSFER,
            # With one person in the household there is nothing to ask.
            "person_id": kind != TRANSFER and len(self.home.people) > 1,
            FIELD: kind != TRANSFER and self.bills.any,
            REPAID: self._start.id is not None and (self.may_pay_back() or bool(self._start.repaid)),
        }
        for name, visible in shown.items():
            self._form.field(name).setVisible(visible)
        self._form.field("account_id").set_label(_ACCOUNT_LABELS[kind])
        self._form.field(FIELD).set_label("Comes back from a bill" if kind == REFUND else "For a bill")
        self.explain_account()
        self.arrange_hsa()

    def arrange_hsa(self) -> None:
        """Ask what money into or out of an HSA is, where one is chosen."""
        to = chosen(self.to_account) if self.kind.key() == TRANSFER else None
        # What comes back from a provider belongs to the expense it repays.
        of = None if self.kind.key() == REFUND else chosen(self.account)
        self.hsa.arrange(of, to, day_so_far(self.paid_on, self._today))

    def may_pay_back(self) -> bool:
        """Whether the payment as it was comes from an account that pays expenses back, and is none."""
        kinds = {item.id: item.kind for item in self.home.accounts}
        start = self._start
        is_expense = start.to_account_id is None and start.provider_id is not None
        return start.amount > 0 and not is_expense and kinds.get(start.account_id) in PAYING

    def take_repaid(self, repaid: tuple[Repaid, ...]) -> None:
        """Which expenses it pays back was changed elsewhere meanwhile."""
        self._start = replace(self._start, repaid=repaid)
        self.repaid.show_parts(repaid)

    def explain_account(self) -> None:
        pays = self.kind.key() == EXPENSE and self.is_fund(self.account)
        self._form.field("account_id").set_hint(_FROM_FUND if pays else "")

    def is_fund(self, field: OptionEdit) -> bool:
        """Whether the account chosen in a field is a contingency fund or a sinking fund."""
        found = next((account for account in self.home.accounts if account.id == chosen(field)), None)
        return found is not None and found.kind in FUNDS

    def fund_line(self) -> int | None:
        """The budget line of what is put into the chosen fund: a sinking fund has one of its own."""
        plan = self._fund_plans.get(chosen(self.to_account) or 0)
        if plan is not None and plan.category_id is not None:
            return plan.category_id
        held = {account.id: account.kind for account in self.home.accounts}
        if held.get(chosen(self.to_account)) is not AccountKind.CONTINGENCY:
            return None
        lines = self.home.categories
        return next((found.id for found in lines if found.role is Role.CONTINGENCY), None)

    def positive_amount(self) -> Cents | None:
        """The amount while it is being typed; None where it cannot be read."""
        try:
            typed = self.amount.cents_or_none()
        except UserProblem:
            return None
        return abs(typed) if typed else None

    def typed(self, payment_id: int | None) -> tuple[Payment, str | None]:
        """What the fields say, and the payee's name where it is a new one.

        Raises UserProblem naming the field that is missing or cannot be read.
        """
        kind = self.kind.key()
        transfer = kind == TRANSFER
        amount = self._signed(kind)
        payee_id = self._start.provider_id if transfer else self.payee.chosen_id()
        paid_on = self.paid_on.day()
        made = replace(
            self._start,
            id=payment_id,
            paid_on=paid_on,
            amount=amount,
            provider_id=payee_id,
            account_id=chosen(self.account),
            to_account_id=chosen(self.to_account) if transfer else None,
            person_id=self._start.person_id if transfer else chosen(self.person),
            repays_id=self.repays.chosen_id() if kind == REFUND else None,
            note=self.note.text(),
            source=self.hsa.chosen_source(),
            tax_year=self.hsa.chosen_year(paid_on),
            allocations=self.line.allocations(amount),
            bills=() if transfer else self.bills.shares(amount),
        )
        if transfer and made.to_account_id is None:
            raise UserProblem("A transfer goes to an account.", "Choose it.", field="to_account_id")
        return made, None if transfer or payee_id is not None else self.payee.text() or None

    # ours ---------------------------------------------------------------------------

    def _signed(self, kind: str) -> Cents:
        typed = self.amount.cents()
        if kind == REFUND:
            return -abs(typed)
        if typed < 0:
            raise UserProblem(
                f"{'A transfer' if kind == TRANSFER else 'An expense'} has no minus.",
                "Choose Refund above for money that came back.",
                field="amount",
            )
        return typed

    def _add_to(self, form: Form) -> None:
        form.add_line(self.kind)
        form.add("payee", "Payee", self.payee, wide=True)
        form.add("amount", "Amount", self.amount)
        form.add("paid_on", "Date", self.paid_on)
        form.add("repays_id", "Pays back", self.repays, wide=True)
        form.add("allocations", "Budget line", self.line, wide=True)
        form.add(FIELD, "For a bill", self.bills, wide=True)
        form.add("account_id", "Paid from", self.account)
        form.add("to_account_id", "To account", self.to_account)
        form.add("person_id", "For", self.person)
        self.hsa = HsaFields(form, self.home.accounts, self._start)
        form.add(REPAID, "Pays back", self.repaid, wide=True)
        form.add("note", "Note", self.note, wide=True)
        form.add("documents", "Documents", self.documents, wide=True)

    def _show(self) -> None:
        start = self._start
        self.kind.choose(kind_of(start))
        self.payee.choose(start.provider_id)
        self.amount.set_cents(abs(start.amount) if start.amount else None)
        self.paid_on.set_day(start.paid_on)
        self.line.set_whole(abs(start.amount) or None)
        self.line.show_allocations(start.allocations, start.amount)
        self.account.choose(str(start.account_id or ""))
        self.to_account.choose(str(start.to_account_id or ""))
        people = self.home.people
        only = people[0].id if len(people) == 1 and start.id is None else None
        self.person.choose(str(start.person_id or only or ""))
        self.note.set_text(start.note)
        if start.repaid:
            self.repaid.show_parts(start.repaid)


def kind_of(payment: Payment) -> str:
    """Expense, refund or transfer: it follows from the amount and the accounts."""
    if payment.to_account_id is not None:
        return TRANSFER
    return REFUND if payment.amount < 0 else EXPENSE


def chosen(options: OptionEdit) -> int | None:
    """The id behind the chosen option; None for "not said"."""
    return int(options.key()) if options.key() else None


def _offers(account: Account, start: Payment) -> bool:
    return not account.closed or account.id in (start.account_id, start.to_account_id)


def _names(line: Category, start: Payment) -> bool:
    return not line.hidden or any(share.category_id == line.id for share in start.allocations)
