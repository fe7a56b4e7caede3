"""Adding or changing an expense, a refund or a transfer: ten seconds on the keyboard."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from tracker.changes import Changes
from tracker.dates import day_text, month_text
from tracker.facts import Allocation, Due, Payment
from tracker.money import dollars
from tracker.services.payments import in_proportion
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.payment_bills import PayableBill, begun_from_bill, bill_sentence, payable
from ui.dialogs.payment_fields import REFUND, TRANSFER, PaymentFields, kind_of
from ui.dialogs.payment_history import Refundable, last_used, refundable
from ui.dialogs.payment_room import RoomHint
from ui.jobs import Job
from ui.widgets.buttons import PlainButton
from ui.widgets.file_drop import dropped_paths

_PROPOSED = frozenset({"line", "account", "person"})


class PaymentEditor(CommitDialog):
    """One payment. `stored` tells its id once it is in the ledger.

    `payment` is changed; `prefill` (without an id) is proposed for a new one: with its `bills` it is
    the payment of those. What the person has not touched follows the payee: the line, account and
    person last used with it.
    """

    stored = Signal(int)

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        payment: Payment | None = None,
        prefill: Payment | None = None,
        payee: str = "",
        split: bool = False,
        sentence: str = "",
    ) -> None:
        start = payment or prefill or Payment(paid_on=context.today, amount=0)
        if start.bills:
            start = begun_from_bill(context.services, start)
            sentence = sentence or bill_sentence(context.services, start)
        super().__init__(_title(payment, start), parent, columns=3, sentence=sentence, width=480)
        self.setAcceptDrops(True)
        self._context = context
        self._start = start
        self._id = payment.id if payment else None
        self._touched: set[str] = set(_PROPOSED) if self._id or start.allocations else set()
        self._payee_id: int | None = None
        self._expenses: list[Refundable] = []
        self._jobs: dict[str, Job[Any]] = {}
        self.fields = PaymentFields(context, self.form, start)
        self._room = RoomHint(context, self.form, self.fields, start)
        if payee:
            self.fields.payee.set_text(payee)
        if self._id is not None:
            self.delete_button = PlainButton("Delete", "trash")
            self.delete_button.clicked.connect(self._on_delete)
            self.add_button(self.delete_button)
        self._wire()
        self.fields.arrange()
        self._room.show()
        if split:
            self.fields.line.start_split()

    @classmethod
    def for_due(cls, context: Context, parent: QWidget | None, due: Due) -> PaymentEditor:
        """Record a due payment: everything is proposed, and it stays tied to the due it settles."""
        item = due.recurring
        proposed = Payment(
            paid_on=min(due.due_on, context.today),
            amount=item.amount,
            provider_id=item.provider_id,
            person_id=item.person_id,
            account_id=item.account_id,
            to_account_id=item.to_account_id,
            recurring_id=item.id,
            due_on=due.due_on,
            note=item.label,
            allocations=(
                (Allocation(category_id=item.category_id, amount=item.amount),) if item.category_id else ()
            ),
        )
        return cls(context, parent, prefill=proposed, sentence=f"{item.label}, due {day_text(due.due_on)}.")

    # saving -------------------------------------------------------------------------

    def save(self) -> bool:
        payment, payee = self.fields.typed(self._id)
        payments = self._context.services.payments
        return self.commit(self._context, lambda: payments.save(payment, payee=payee), "Saving")

    def _on_done(self, changes: Changes) -> None:
        # From here on Save changes the payment that was just added.
        self._id = self._id or changes.new_id
        self.changes = changes
        if self._id is not None and self.fields.documents.changed:
            self.fields.documents.store(self._id, self._end, self.complain)
        else:
            self._end()

    def _end(self) -> None:
        if self._id is not None:
            self.stored.emit(self._id)
        self.accept()

    @Slot()
    def _on_repaid(self) -> None:
        """Which expenses this payment of an account pays back."""
        from ui.dialogs.repaid_editor import RepaidEditor

        editor = RepaidEditor(self._context, self, payment=self._start)

        def take() -> None:
            self._start = editor.tied
            self.fields.take_repaid(editor.parts)

        editor.saved.connect(take)
        editor.open()

    @Slot()
    def _on_delete(self) -> None:
        wanted = [self._id] if self._id is not None else []
        payments = self._context.services.payments
        self._context.commit(self, lambda: payments.remove(wanted), then=self._on_deleted)

    def _on_deleted(self, _changes: Changes) -> None:
        self.reject()

    # what depends on what -----------------------------------------------------------

    def _wire(self) -> None:
        fields = self.fields
        fields.kind.changed.connect(self._on_kind)
        fields.payee.edited.connect(self._on_payee)
        fields.amount.edited.connect(self._on_amount)
        fields.amount.editingFinished.connect(self._on_amount)
        fields.line.edited.connect(self._on_line)
        fields.account.edited.connect(self._on_account)
        fields.to_account.edited.connect(self._on_to_account)
        fields.paid_on.edited.connect(self._on_hsa)
        fields.paid_on.editingFinished.connect(self._on_hsa)
        fields.hsa.source.edited.connect(self._on_hsa)
        fields.hsa.tax_year.edited.connect(self._on_hsa)
        fields.person.edited.connect(self._on_person)
        fields.repays.edited.connect(self._on_repays)
        fields.line.resized.connect(self._fit_soon)
        fields.documents.resized.connect(self._fit_soon)
        fields.repaid.change_asked.connect(self._on_repaid)
        fields.repaid.resized.connect(self._fit_soon)
        self._on_payee()
        if self._payee_id is None:
            self._list_bills()
        if fields.kind.key() == REFUND:
            self._list_expenses()

    @Slot()
    def _on_kind(self) -> None:
        self.form.clear_complaints()
        self.fields.arrange()
        self._room.show()
        self._fit_soon()
        kind = self.fields.kind.key()
        if kind == REFUND:
            self._list_expenses()
        elif kind == TRANSFER:
            self._propose_fund_line()
        self._list_bills()

    @Slot()
    def _on_payee(self) -> None:
        payee_id = self.fields.payee.chosen_id()
        if payee_id == self._payee_id:
            return
        self._payee_id = payee_id
        services = self._context.services
        if payee_id is not None and self._touched != _PROPOSED:
            self._renew(
                "before",
                self._context.load(self, lambda: last_used(services, payee_id), self._propose_as_before),
            )
        if self.fields.kind.key() == REFUND:
            self._list_expenses()
        self._list_bills()

    def _propose_as_before(self, before: Payment | None) -> None:
        """Fill in what was used with this payee last time, where nothing was chosen yet."""
        fields = self.fields
        if before is None or fields.kind.key() == TRANSFER:
            return
        if "account" not in self._touched:
            fields.account.choose(str(before.account_id or ""))
        if "person" not in self._touched and before.person_id:
            fields.person.choose(str(before.person_id))
        if "line" not in self._touched and len(before.allocations) == 1:
            fields.line.choice.choose(before.allocations[0].category_id)
        fields.explain_account()
        self._fit_soon()

    @Slot()
    def _propose_fund_line(self) -> None:
        """What goes into the contingency fund is the actual of the fund's budget line."""
        fields = self.fields
        if "line" not in self._touched:
            fields.line.choice.choose(fields.fund_line() if fields.is_fund(fields.to_account) else None)

    @Slot()
    def _on_amount(self) -> None:
        self.fields.line.set_whole(self.fields.positive_amount())
        self.fields.bills.set_whole(self.fields.positive_amount())
        self._room.show()
        self._share_refund()

    @Slot()
    def _on_line(self) -> None:
        self._touched.add("line")

    @Slot()
    def _on_account(self) -> None:
        self._touched.add("account")
        self.fields.explain_account()
        self._on_hsa()

    @Slot()
    def _on_to_account(self) -> None:
        self._propose_fund_line()
        self._on_hsa()

    @Slot()
    def _on_hsa(self) -> None:
        self.fields.arrange_hsa()
        self._room.show()
        self._fit_soon()

    @Slot()
    def _on_person(self) -> None:
        self._touched.add("person")

    # bills --------------------------------------------------------------------------

    def _list_bills(self) -> None:
        services, payee_id, start = self._context.services, self._payee_id, self._start
        refund = self.fields.kind.key() == REFUND
        self._renew(
            "bills",
            self._context.load(
                self, lambda: payable(services, payee_id, own=start, refund=refund), self._show_bills
            ),
        )

    def _show_bills(self, found: list[PayableBill]) -> None:
        self.fields.bills.show_bills(found)
        self.fields.arrange()
        self._share_refund()
        self._fit_soon()

    # refunds ------------------------------------------------------------------------

    def _list_expenses(self) -> None:
        services, payee_id = self._context.services, self._payee_id
        own, keep = self._id, self._start.repays_id
        self._renew(
            "expenses",
            self._context.load(
                self, lambda: refundable(services, payee_id, own=own, keep=keep), self._show_expenses
            ),
        )

    def _show_expenses(self, found: list[Refundable]) -> None:
        repays, first = self.fields.repays, not self._expenses
        self._expenses = found
        repays.set_items([(item.payment.id or 0, item.text) for item in found])
        if first and self._start.repays_id is not None and not repays.text():
            repays.choose(self._start.repays_id)
            self._on_repays()

    def _repaid(self) -> Refundable | None:
        """The expense this refund pays back, where one is chosen."""
        named = self.fields.repays.named_id()
        return next((item for item in self._expenses if item.payment.id == named), None)

    @Slot()
    def _on_repays(self) -> None:
        item, fields = self._repaid(), self.fields
        self._fit_soon()
        if item is None:
            self.form.field("repays_id").set_hint("")
            return
        expense = item.payment
        self.form.field("repays_id").set_hint(
            f"{dollars(item.left)} is left to refund. It counts in {month_text(expense.paid_on)}, "
            "the month of the expense."
        )
        if not fields.payee.text():
            fields.payee.choose(expense.provider_id)
            self._payee_id = expense.provider_id
        if not fields.amount.text().strip():
            fields.amount.set_cents(item.left)
            fields.line.set_whole(item.left)
            fields.bills.set_whole(item.left)
        if "account" not in self._touched:
            fields.account.choose(str(expense.account_id or ""))
        if "person" not in self._touched:
            fields.person.choose(str(expense.person_id or ""))
        self._share_refund()

    def _share_refund(self) -> None:
        """Give a refund the split of the expense it repays, until the person chooses another."""
        item = self._repaid() if self.fields.kind.key() == REFUND else None
        amount = self.fields.positive_amount()
        if item is not None and amount and "line" not in self._touched:
            self.fields.line.show_allocations(in_proportion(item.payment, -amount), -amount)
        if item is not None and amount and len(item.payment.bills) == 1 and not self._start.bills:
            (share,) = item.payment.bills
            self.fields.bills.propose([replace(share, amount=min(share.amount, amount))])

    def _renew(self, name: str, job: Job[Any]) -> None:
        """Keep the latest reading of a kind; nobody hears of the one before."""
        if name in self._jobs:
            self._jobs[name].cancel()
        self._jobs[name] = job

    # the dialog's own ---------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.fields.payee.isVisible() and not self.fields.payee.text():
            self.fields.payee.setFocus()
        elif not self.fields.line.is_split or self._id is None:
            self.fields.amount.setFocus()
            self.fields.amount.selectAll()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.fields.documents.add_files(dropped_paths(event.mimeData()))
        event.acceptProposedAction()

    @Slot()
    def _fit_soon(self) -> None:
        QTimer.singleShot(0, self, self._fit)

    @Slot()
    def _fit(self) -> None:
        """Follow the fields that came or went, within the screen."""
        wanted = self.sizeHint().height()
        if self.isVisible() and wanted != self.height():
            self.resize(self.width(), wanted)


def _title(payment: Payment | None, start: Payment) -> str:
    if payment is not None:
        return f"Change {kind_of(payment)}"
    return "Record payment" if start.recurring_id is not None else "Add payment"
