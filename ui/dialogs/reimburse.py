"""Taking money out of the HSA for care paid before: how much, which receipts, one transfer, the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.accounts.hsa_pool import Pool, PoolLine
from tracker.domain.accounts.reimbursement_picker import Batch, Pick, PickBy, pick_receipts
from tracker.errors import UserProblem
from tracker.money import Cents, dollars
from tracker.services.reimbursements import (
    PoolShown,
    holds_less,
    sheet_of_batch,
    transfer_of,
)
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.printing import Printing
from ui.jobs import Job
from ui.models.pool_rows import FOR_WHAT, LEFT, PATIENT, PICK_BY, PICK_WORDS, pick_columns
from ui.models.table import RowTableModel
from ui.widgets.buttons import PlainButton, Segmented
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.giving_way_table import GivingWayTable
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit

if TYPE_CHECKING:
    from tracker.reports.batch_sheet import BatchSheet

_PROVEN, _ALL = "proven", "all"
_MOST_ROWS = 8
_GIVING_WAY = ((FOR_WHAT, 480), (PATIENT, 560), (LEFT, 380))
"""The width at 100 % text that the table needs to show a column as well."""

_PAUSE = 150
"""Milliseconds after the last keystroke: an exact search looks at very many combinations."""

Found = Batch | UserProblem


class ReimburseDialog(CommitDialog):
    """The receipts follow the amount while it is typed. Save records one transfer, one step to undo."""

    def __init__(self, context: Context, parent: QWidget | None, shown: PoolShown) -> None:
        super().__init__(
            "Take money out of the HSA",
            parent,
            save_text="Record this reimbursement",
            columns=2,
            sentence=shown.pool.sentence,
            width=680,
        )
        self._context = context
        self._shown = shown
        self._batch: Batch | None = None
        self._problem: UserProblem | None = None
        self._job: Job[Found] | None = None
        self._stale = False
        self._save_when_picked = False
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self.pick)
        self.printing = Printing(context, self)
        pool = shown.pool
        self.target = MoneyEdit()
        self.target.set_cents(pool.proven or pool.available or None)
        self.paid_on = DayEdit(context.today)
        self.paid_on.set_day(context.today)
        self.by = Segmented(PICK_BY, "How receipts are chosen")
        self.which = Segmented(((_PROVEN, "Proven only"), (_ALL, "All")), "Which receipts")
        self.which.choose(_PROVEN if pool.proven else _ALL)
        self.source = OptionEdit([(str(item.id), item.name) for item, _holds in shown.sources])
        self.to_account = OptionEdit([(str(item.id), item.name) for item in shown.targets])
        self.form.add("target", "Amount", self.target)
        self.form.add("paid_on", "Date", self.paid_on)
        self.form.add("by", "Receipts", self.by, hint=" ")
        self.form.add("which", "Which of them", self.which, hint=_which_words(pool))
        self.form.add("account_id", "From", self.source, hint=" ")
        self.form.add("to_account_id", "To", self.to_account)
        self.form.field("account_id").setVisible(len(shown.sources) > 1)
        self.model: RowTableModel[Pick] = RowTableModel(pick_columns(), lambda row: row.expense.id, self)
        self.table = GivingWayTable(self.model, "Receipts taken", _GIVING_WAY, state=context.state)
        self.table.fit_height_to_rows(most=_MOST_ROWS)
        self.sum = Label("", "bold", wrap=True)
        self.why = Label("", "caption", wrap=True)
        self.warning = Label("", tone="warning", wrap=True)
        for part in (self.table, self.sum, self.why, self.warning):
            self.form.add_line(part)
        self.sheet_button = PlainButton("Print sheet\u2026")
        self.sheet_button.clicked.connect(self.print_sheet)
        self.add_button(self.sheet_button)
        self._wire()
        self._show(None)
        self.pick()

    def _wire(self) -> None:
        self.target.edited.connect(self._on_typed)
        self.target.editingFinished.connect(self.pick)
        self.by.changed.connect(self.pick)
        self.which.changed.connect(self.pick)
        self.source.edited.connect(self._say_warning)

    # asking --------------------------------------------------------------------------

    @property
    def batch(self) -> Batch | None:
        """What is shown; None where the amount cannot be picked."""
        return self._batch

    def _account_id(self) -> int:
        return int(self.source.key())

    # picking -------------------------------------------------------------------------

    @Slot()
    def _on_typed(self) -> None:
        self._stale = True
        self._soon.start()

    @Slot()
    def pick(self) -> None:
        """Choose receipts for what is typed, beside the window."""
        self._soon.stop()
        self._stale = True
        by = PickBy(self.by.key())
        self.form.field("by").set_hint(PICK_WORDS[by])
        pool, proven_only = self._shown.pool, self.which.key() == _PROVEN
        try:
            target = self.target.cents_or_none()
        except UserProblem:
            self._stale = False
            self._show(None)
            return
        if self._job is not None:
            self._job.cancel()
        self._job = self._context.load(
            self, lambda: picked(pool, target or 0, by, proven_only=proven_only), self._take
        )

    def _take(self, found: Found) -> None:
        self._stale = False
        self._problem = found if isinstance(found, UserProblem) else None
        self.form.field("target").complain(str(self._problem or ""))
        self._show(None if isinstance(found, UserProblem) else found)
        if self._save_when_picked:
            self._save_when_picked = False
            self.save_button.setEnabled(True)
            self._on_save()

    def _show(self, batch: Batch | None) -> None:
        self._batch = batch
        picks = list(batch.picks) if batch else []
        self.model.set_rows(picks)
        self.table.setVisible(bool(picks))
        self.sheet_button.setEnabled(bool(picks))
        count = "1 receipt" if len(picks) == 1 else f"{len(picks):,} receipts"
        self.sum.setText(f"{dollars(batch.total)} for {count}." if batch and picks else "")
        self.why.setText(" ".join(batch.why) if batch else "")
        for label in (self.sum, self.why):
            label.setVisible(bool(label.text()))
        self._say_warning()
        if self.isVisible():
            self._grow()

    @Slot()
    def _say_warning(self) -> None:
        said = [holds_less(self._batch, self._holds())] if self._batch else []
        lacking = sum(bool(line.gaps) for line in self._taken_lines())
        if lacking:
            have = "1 receipt is" if lacking == 1 else f"{lacking:,} receipts are"
            said.append(f"{have} not complete: without proof the money counts as taxable.")
        self.warning.setText(" ".join(text for text in said if text))
        self.warning.setVisible(bool(self.warning.text()))

    def _taken_lines(self) -> list[PoolLine]:
        taken = {pick.expense.id for pick in self._batch.picks} if self._batch else set()
        return [line for line in self._shown.pool.lines if line.expense.id in taken]

    def _holds(self) -> Cents:
        return next((held for item, held in self._shown.sources if str(item.id) == self.source.key()), 0)

    # acting --------------------------------------------------------------------------

    def save(self) -> bool:
        self.target.cents()
        if self._soon.isActive():
            self.pick()
        if self._stale:  # saved once the receipts for what was typed are there
            self._save_when_picked = True
            return False
        batch = self._batch
        if batch is None:
            raise self._problem or UserProblem("No receipt is chosen.", "Check the amount.", field="target")
        payment = transfer_of(batch, self._account_id(), self._to_account(), self.paid_on.day())
        payments = self._context.services.payments
        return self.commit(self._context, lambda: payments.save(payment), "Saving")

    def _to_account(self) -> int | None:
        return int(self.to_account.key()) if self.to_account.key() else None

    @Slot()
    def print_sheet(self) -> None:
        """The sheet as it would be; it is printed again from the recorded transfer at any time."""
        batch = self._batch
        try:
            paid_on = self.paid_on.day()
        except UserProblem:
            return
        if batch is None:
            return
        services, account, to = self._context.services, self._account_id(), self._to_account()
        self._context.load(
            self, lambda: sheet_of_batch(services, batch, account, to, paid_on), self._preview
        )

    def _preview(self, sheet: BatchSheet) -> None:
        from ui.printing.batch_sheet import batch_document

        self.printing.preview(batch_document(sheet, self._context.today))


def picked(pool: Pool, target: Cents, by: PickBy, *, proven_only: bool) -> Found:
    """Receipts for an amount, or the sentence why there are none."""
    try:
        return pick_receipts(pool, target, by, proven_only=proven_only)
    except UserProblem as problem:
        return problem


def _which_words(pool: Pool) -> str:
    return f"Proven {dollars(pool.proven)}, all {dollars(pool.available)}."
