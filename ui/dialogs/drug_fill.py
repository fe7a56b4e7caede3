"""The form for a fill: when, for how many days, what was paid, and the payment and EOB behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.dates import Period, day_text
from tracker.errors import UserProblem
from tracker.facts import Account, AccountKind, Allocation, Category, ClaimLine, Payment, PaymentLine, Role
from tracker.facts.prescriptions import Drug, DrugFill, PaidThrough
from tracker.money import dollars
from tracker.services.prescription_report import DrugShown
from tracker.storage.queries.payments import PaymentFilter
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.drug_editor import whole
from ui.dialogs.drug_price import WAYS
from ui.models.coverage_words import short
from ui.models.drug_rows import drug_name
from ui.widgets.buttons import PlainButton
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.note_edit import NoteEdit

NEW, NONE = "new", "none"
NEAR = timedelta(days=31)
"""Payments and EOBs no farther from the fill may belong to it."""


@dataclass(frozen=True, slots=True)
class _Near:
    payments: list[PaymentLine]
    claims: list[ClaimLine]
    line: Category | None
    accounts: list[Account]


class DrugFillDialog(CommitDialog):
    """Records a fill, or changes the one at a place. A new payment is made in the same change."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        shown: DrugShown,
        drug_codes: frozenset[str],
        place: int | None = None,
    ) -> None:
        self._drug: Drug = shown.drug
        self._fill_now: DrugFill | None = shown.drug.fills[place] if place is not None else None
        super().__init__(
            "Fill" if place is not None else "Record a fill",
            parent,
            columns=2,
            width=540,
            sentence=drug_name(shown.drug),
        )
        self._context = context
        self._shown = shown
        self._drug_codes = drug_codes
        self._place = place
        self._near: _Near | None = None
        self._paid_typed = False
        self._add_fields()
        self._fill()
        self._wire()
        self.save_button.setEnabled(False)
        self._context.load(self, self._read, self._take)

    # building ----------------------------------------------------------------------------

    def _add_fields(self) -> None:
        self.filled_on = DayEdit(self._context.today)
        self.days = QLineEdit()
        self.through = OptionEdit([(item.value, words) for item, words in WAYS.items()])
        self.paid = MoneyEdit()
        self.refills_left = QLineEdit()
        self.refills_left.setPlaceholderText("Not known")
        self.payment = OptionEdit([(NONE, "None")])
        self.account = OptionEdit([("", "Not known")])
        self.claim = OptionEdit([(NONE, "None yet")])
        self.note = NoteEdit()
        self.form.add("filled_on", "Filled on", self.filled_on)
        self.form.add("days", "For how many days", self.days)
        self.form.add("through", "How it was paid", self.through)
        self.form.add("paid", "You paid", self.paid, hint=" ")
        self.form.add("payment", "Payment", self.payment, wide=True)
        self.form.add("account_id", "From account", self.account)
        self.form.add("refills_left", "Refills left after it", self.refills_left)
        self.form.add("claim_id", "EOB", self.claim, wide=True)
        self.form.add("note", "Note", self.note, wide=True)
        if self._place is not None:
            self.remove_button = PlainButton("Remove")
            self.remove_button.clicked.connect(self._on_remove)
            self.add_button(self.remove_button)

    def _fill(self) -> None:
        drug, fill = self._drug, self._fill_now
        left = drug.refills_left
        if fill is None:
            self.filled_on.set_day(self._context.today)
            usual = self._shown.usual
            self.days.setText(str(usual.days if usual else drug.days))
            self.through.choose((usual.through if usual else PaidThrough.INSURANCE).value)
            self._propose()
            # The first fill is the prescription itself; each later one uses a refill.
            left = max(0, left - 1) if left and drug.fills else left
        else:
            self.filled_on.set_day(fill.filled_on)
            self.days.setText(str(fill.days))
            self.through.choose(fill.through.value)
            self.paid.set_cents(fill.paid)
            self.note.set_text(fill.note)
            self._paid_typed = True
        self.refills_left.setText("" if left is None else str(left))

    def _wire(self) -> None:
        self.paid.edited.connect(self._on_paid)
        self.through.edited.connect(self._propose)
        self.days.textEdited.connect(self._propose)
        self.payment.edited.connect(self._show_payment)

    @Slot()
    def _on_paid(self) -> None:
        self._paid_typed = True
        self.form.field("paid").set_hint("")

    @Slot()
    def _propose(self) -> None:
        """What such a fill should cost today, until an amount is typed."""
        if self._paid_typed:
            return
        days = self.days.text().strip()
        quote = next(
            (
                quote
                for quote in self._shown.quotes
                if quote.offer.through.value == self.through.key()
                and str(quote.offer.days) == days
                and quote.pays is not None
            ),
            None,
        )
        self.paid.set_cents(quote.pays if quote else None)
        self.form.field("paid").set_hint("Proposed; type what you paid." if quote else "")

    # what is near it ---------------------------------------------------------------------

    def _read(self) -> _Near:
        services, drug, fill = self._context.services, self._drug, self._fill_now
        middle = fill.filled_on if fill else self._context.today
        span = Period(middle - NEAR, middle + NEAR)
        categories = services.budget.categories()
        line = next((item for item in categories if item.role is Role.PRESCRIPTION), None)
        found = services.payments.ids(PaymentFilter(period=span)).ids
        payments = [
            item for item in services.payments.lines(found) if item.amount > 0 and self._may_be(item, line)
        ]
        claims = [
            item
            for item in services.claims.lines(span)
            if item.claim.person_id == drug.person_id and item.claim.category in self._drug_codes
        ]
        if fill is not None and fill.payment_id and all(one.id != fill.payment_id for one in payments):
            payments = [*services.payments.lines([fill.payment_id]), *payments]
        kinds = (AccountKind.CONTINGENCY, AccountKind.SINKING)
        accounts = [
            item
            for item in services.people.household().accounts
            if not item.closed and item.kind not in kinds
        ]
        return _Near(payments, claims, line, accounts)

    def _may_be(self, item: PaymentLine, line: Category | None) -> bool:
        """Whether a payment can be that of a fill: to the pharmacy, or under the budget line."""
        pharmacy = self._shown.pharmacy
        return bool(pharmacy and item.payee == pharmacy) or bool(line and line.name in item.category)

    def _take(self, near: _Near) -> None:
        self._near = near
        fill = self._fill_now
        under = f" under {near.line.name}" if near.line else ""
        options = [(NEW, f"Add a new payment{under}"), (NONE, "None: it is not in the ledger")]
        options += [
            (str(item.id), f"{day_text(item.paid_on)}, {short(item.payee, 40)}, {dollars(item.amount)}")
            for item in near.payments
        ]
        self.payment.set_options(options)
        if fill is None:
            self.payment.choose(NEW)
        else:
            self.payment.choose(str(fill.payment_id) if fill.payment_id else NONE)
        self.account.set_options(
            [("", "Not known"), *((str(item.id), item.name) for item in near.accounts)]
        )
        claims = [(NONE, "None yet")]
        claims += [(str(item.claim.id), _claim_words(item)) for item in near.claims]
        if fill and fill.claim_id and all(item.claim.id != fill.claim_id for item in near.claims):
            claims.append((str(fill.claim_id), "The EOB it is tied to"))
        self.claim.set_options(claims)
        self.claim.choose(str(fill.claim_id) if fill and fill.claim_id else NONE)
        self.form.field("claim_id").setVisible(len(claims) > 1)
        self.save_button.setEnabled(True)
        self._show_payment()

    @Slot()
    def _show_payment(self) -> None:
        """An account is asked for where a payment is made; one that is there gives its amount."""
        key = self.payment.key()
        self.form.field("account_id").setVisible(key == NEW)
        chosen = next((item for item in self._payments() if str(item.id) == key), None)
        if chosen is not None and not self._paid_typed:
            self.paid.set_cents(chosen.amount)
            self.form.field("paid").set_hint("As the payment says.")

    def _payments(self) -> list[PaymentLine]:
        return self._near.payments if self._near else []

    # saving ------------------------------------------------------------------------------

    def save(self) -> bool:
        days = whole(self.days.text(), "days", "The days")
        if days is None:
            raise UserProblem("The days are missing.", "Type how long it lasts.", field="days")
        paid, key, claim = self.paid.cents(), self.payment.key(), self.claim.key()
        fill = DrugFill(
            filled_on=self.filled_on.day(),
            days=days,
            paid=paid,
            through=PaidThrough(self.through.key()),
            payment_id=int(key) if key not in (NEW, NONE) else None,
            claim_id=int(claim) if claim != NONE else None,
            note=self.note.text(),
        )
        left = whole(self.refills_left.text(), "refills_left", "Refills left")
        payment = self._payment(fill) if key == NEW and paid else None
        service, place, drug_id = self._context.services.prescriptions, self._place, self._drug.id or 0
        payee = self._shown.pharmacy
        return self.commit(
            self._context,
            lambda: service.save_fill(
                drug_id, fill, place=place, refills_left=left, payment=payment, payee=payee
            ),
            "Saving the fill",
        )

    def _payment(self, fill: DrugFill) -> Payment:
        line = self._near.line if self._near else None
        account = self.account.key()
        shares = (Allocation(category_id=line.id or 0, amount=fill.paid),) if line else ()
        return Payment(
            paid_on=fill.filled_on,
            amount=fill.paid,
            person_id=self._drug.person_id,
            account_id=int(account) if account else None,
            note=drug_name(self._drug),
            allocations=shares,
        )

    @Slot()
    def _on_remove(self) -> None:
        service, drug_id, place = self._context.services.prescriptions, self._drug.id or 0, self._place
        if place is not None:
            self.commit(self._context, lambda: service.remove_fill(drug_id, place), "Removing the fill")


def _claim_words(item: ClaimLine) -> str:
    owed = item.claim.you_owe
    amount = f", you owe {dollars(owed)}" if owed is not None else ""
    return f"{day_text(item.claim.service_from)}, {short(item.provider, 40)}{amount}"
