"""Recording money out of an HSA, FSA or HRA: the transfer first, then the expenses it pays back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tracker.facts import AccountKind, Payment
from ui.context import Context
from ui.dialogs.payment_editor import PaymentEditor
from ui.dialogs.repaid_editor import open_repaid


def record_payout(context: Context, parent: QWidget, account_id: int) -> PaymentEditor:
    """Open the form of a transfer to the first open bank account; once stored, ask what it pays back."""
    accounts = context.services.accounts.accounts()
    banks = [item for item in accounts if item.kind is AccountKind.BANK and not item.closed]
    prefill = Payment(
        paid_on=context.today,
        amount=0,
        account_id=account_id,
        to_account_id=banks[0].id if banks else None,
    )
    editor = PaymentEditor(context, parent, prefill=prefill)

    def then_tie(payment_id: int) -> None:
        payment = context.services.payments.get(payment_id)
        if payment.to_account_id is not None and payment.account_id == account_id:
            open_repaid(context, parent, payment_id)

    editor.stored.connect(then_tie)
    editor.open()
    return editor
