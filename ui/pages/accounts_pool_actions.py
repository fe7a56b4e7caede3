"""What can be done with the unreimbursed pool: complete, take out, print, explain."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.dates import day_text
from tracker.domain.accounts.hsa_pool import PoolLine
from tracker.facts import Account
from tracker.money import dollars
from tracker.reports.batch_sheet import BatchSheet
from tracker.services.reimbursements import PoolShown, sheet_of_payment
from ui.context import Context
from ui.dialogs.printing import Printing
from ui.dialogs.sentences_why import SentencesWhy
from ui.models.pool_rows import gap_words
from ui.pages.accounts_went_actions import WentActions

REMARK = (
    "The HSA rules are those of IRS Publications 969 and 502 and of your custodian. Not legal, tax or "
    "medical advice."
)


class PoolActions(WentActions):
    """`owner` is the card its dialogs belong to."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(context, owner)
        self.printing = Printing(context, owner)

    @Slot(object)
    def complete(self, row: PoolLine) -> None:
        """Fill in what a receipt lacks; one that lacks nothing opens its payment."""
        from ui.dialogs.receipt_editor import ReceiptEditor

        if not row.gaps:
            self.open_payment(row.expense.id)
            return
        payments, number = self._context.services.payments, row.expense.id
        self._context.load(
            self._owner,
            lambda: payments.get(number),
            lambda payment: ReceiptEditor(
                self._context, self._owner, payment, row.gaps, row.expense.description
            ).open(),
        )

    def take_out(self, shown: PoolShown) -> None:
        """Choose receipts for an amount and record the transfer."""
        from ui.dialogs.reimburse import ReimburseDialog

        ReimburseDialog(self._context, self._owner, shown).open()

    def print_sheet(self, payment_id: int) -> None:
        """The sheet of a recorded reimbursement."""
        services = self._context.services
        self._context.load(self._owner, lambda: sheet_of_payment(services, payment_id), self._preview)

    def _preview(self, sheet: BatchSheet) -> None:
        from ui.printing.batch_sheet import batch_document

        self.printing.preview(batch_document(sheet, self._context.today))

    @Slot(object)
    def explain_row(self, row: PoolLine) -> None:
        """What decided the amount of one receipt, and what it lacks."""
        expense = row.expense
        name = ", ".join(text for text in (expense.provider, expense.description) if text) or "A receipt"
        groups = [
            ("", [f"Care on {day_text(expense.incurred_on)}.", row.why]),
            ("Receipt", [f"{gap_words(row.gaps)}."]),
        ]
        headline = f"{name}: {dollars(row.available)} may be taken out."
        SentencesWhy("Unreimbursed expense", headline, groups, self._owner, remark=REMARK).open()

    def explain_pool(self, shown: PoolShown) -> None:
        """How the whole came about."""
        pool = shown.pool
        each = [
            f"{line.expense.provider or line.expense.description or 'A payment'}, "
            f"{day_text(line.expense.incurred_on)}: {dollars(line.available)}. {line.why}"
            for line in pool.lines[:_MOST]
        ]
        if len(pool.lines) > _MOST:
            each.append(f"And {len(pool.lines) - _MOST:,} more.")
        groups = [("", list(pool.why)), ("Expenses", each)]
        SentencesWhy("Unreimbursed expenses", pool.sentence, groups, self._owner, remark=REMARK).open()

    def edit_account(self, account: Account) -> None:
        """Where the day on which an HSA was established is typed."""
        from ui.dialogs.account_editor import AccountEditor

        AccountEditor(self._context, self._owner, account=account).open()


_MOST = 60
"""Expenses told one by one; more than that nobody reads in a box."""
