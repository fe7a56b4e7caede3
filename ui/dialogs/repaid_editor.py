"""Which expenses a payment from an HSA, FSA, HRA or fund pays back, and how much of each."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from tracker.dates import day_text
from tracker.errors import UserProblem
from tracker.facts import Payment
from tracker.facts.accounts import Repaid
from tracker.money import Cents, dollars, dollars_or_blank, parse_cents
from tracker.services import pay_back
from tracker.services.pay_back import OpenExpense
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.table import Column, RowTableModel
from ui.widgets.buttons import PlainButton
from ui.widgets.columns import Flow
from ui.widgets.label import Label
from ui.widgets.money_edit import amount_text
from ui.widgets.table import LedgerTable

_MOST_ROWS = 10


class RepaidEditor(CommitDialog):
    """Amounts are typed beside the expenses and judged at once: no dollar of one comes back twice.

    `parts` are what was tied, once it was saved.
    """

    parts: tuple[Repaid, ...] = ()

    def __init__(self, context: Context, parent: QWidget | None = None, *, payment: Payment) -> None:
        super().__init__(
            "Expenses it pays back",
            parent,
            width=720,
            sentence=_sentence(context, payment),
        )
        self._context = context
        self._payment = payment
        self._amounts = {part.expense_id: part.amount for part in payment.repaid}
        self._rows: list[OpenExpense] = []
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName("Filter expenses")
        self.filter.setClearButtonEnabled(True)
        self.model: RowTableModel[OpenExpense] = RowTableModel(
            self._columns(), lambda row: row.expense_id, self
        )
        self.table = LedgerTable(self.model, "Expenses", row_height=30, state=context.state)
        self.table.fit_height_to_rows(most=_MOST_ROWS)
        self.none = Label("", "quiet", wrap=True)
        self.sum = Label("", "bold", wrap=True)
        self.remark = Label("", "caption", wrap=True)
        self.fill_button = PlainButton("Fill, oldest first")
        self.clear_button = PlainButton("Clear")
        line = QWidget()
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(line)
        flow.addWidget(self.fill_button)
        flow.addWidget(self.clear_button)
        self.form.add("repaid", "", self.filter, wide=True)
        for part in (self.table, self.none, self.remark, self.sum, line):
            self.form.add_line(part)
        self.table.hide()
        self.remark.hide()
        self.filter.textChanged.connect(self._on_filter)
        self.table.selection_changed.connect(self._on_selected)
        self.fill_button.clicked.connect(self._on_fill)
        self.clear_button.clicked.connect(self._on_clear)
        services = context.services
        self._say()
        context.load(self, lambda: pay_back.open_expenses(services, payment), self._show)

    # showing -------------------------------------------------------------------------

    def _columns(self) -> list[Column[OpenExpense]]:
        return [
            Column("Care", lambda row: day_text(row.care_on), order=lambda row: row.care_on),
            Column(
                "Expense",
                lambda row: row.label or "Payment",
                stretch=1,
                tooltip=lambda row: row.label,
                tone=lambda row: "quiet" if not row.most else "",
            ),
            Column("Open", lambda row: dollars(row.open), order=lambda row: row.open, right=True),
            Column(
                "Counts",
                lambda row: "" if row.counts is None else dollars(row.counts),
                right=True,
                tone=lambda row: "warning" if row.remark else "quiet",
                tooltip=lambda row: row.remark,
            ),
            Column(
                "Pays back",
                lambda row: dollars_or_blank(self._amounts.get(row.expense_id)),
                right=True,
                edit=self._on_typed,
                edit_text=lambda row: _typed(self._amounts.get(row.expense_id)),
                width=110,
            ),
        ]

    def _show(self, rows: list[OpenExpense]) -> None:
        self._rows = rows
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.none.setText("" if rows else "No expense is open that this account could pay back.")
        self.none.setVisible(not rows)
        for part in (self.filter, self.fill_button, self.clear_button):
            part.setVisible(bool(rows))
        self._say()
        self._grow()

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        words = text.casefold().split()
        keep = (lambda row: _matches(row, words)) if words else None
        self.model.set_filter(keep)

    @Slot()
    def _on_selected(self) -> None:
        rows: list[OpenExpense] = self.table.selected_rows()
        said = rows[0].remark if rows else ""
        self.remark.setText(said)
        self.remark.setVisible(bool(said))

    def _say(self) -> None:
        tied, whole = sum(self._amounts.values()), self._payment.amount
        if tied > whole:
            self.sum.setText(
                f"{dollars(tied)} is tied, {dollars(tied - whole)} more than the payment of "
                f"{dollars(whole)}."
            )
            self.sum.set_tone("bad")
        elif tied == whole:
            self.sum.setText(f"All of {dollars(whole)} is tied to expenses.")
            self.sum.set_tone("good")
        else:
            self.sum.setText(
                f"{dollars(tied)} of {dollars(whole)} is tied; {dollars(whole - tied)} is tied to nothing."
            )
            self.sum.set_tone("")

    # changing ------------------------------------------------------------------------

    def _on_typed(self, row: OpenExpense, text: str) -> None:
        amount = parse_cents(text, field="repaid") if text.strip() else 0
        pay_back.judge_part(row, amount)
        others = sum(self._amounts.values()) - self._amounts.get(row.expense_id, 0)
        if others + amount > self._payment.amount:
            raise UserProblem(
                f"Only {dollars(max(0, self._payment.amount - others))} of the payment is left.",
                "Make the part smaller.",
                field="repaid",
            )
        self._put(row.expense_id, amount)

    def _put(self, expense_id: int, amount: Cents) -> None:
        if amount:
            self._amounts[expense_id] = amount
        else:
            self._amounts.pop(expense_id, None)
        self._again()

    def _again(self) -> None:
        self.form.clear_complaints()
        self.model.set_rows(self._rows)
        self._say()

    @Slot()
    def _on_fill(self) -> None:
        """Use up what is left of the payment with the oldest care that counts."""
        free = [row for row in self._rows if row.expense_id not in self._amounts]
        left = self._payment.amount - sum(self._amounts.values())
        self._amounts.update(pay_back.fill_oldest(free, left))
        self._again()

    @Slot()
    def _on_clear(self) -> None:
        self._amounts.clear()
        self._again()

    def save(self) -> bool:
        services, payment = self._context.services, self._payment
        parts = dict(self._amounts)
        self.parts = tuple(Repaid(expense_id=one, amount=amount) for one, amount in parts.items())
        return self.commit(self._context, lambda: pay_back.tie(services, payment, parts), "Saving")

    @property
    def tied(self) -> Payment:
        """The payment with what was tied."""
        return replace(self._payment, repaid=self.parts)


def open_repaid(context: Context, parent: QWidget, payment_id: int) -> None:
    """Open the form for a payment by its id."""
    payments = context.services.payments
    context.load(
        parent,
        lambda: payments.get(payment_id),
        lambda payment: RepaidEditor(context, parent, payment=payment).open(),
    )


def _sentence(context: Context, payment: Payment) -> str:
    accounts = {item.id: item.name for item in context.services.accounts.accounts()}
    name = accounts.get(payment.account_id, "the account")
    return (
        f"{dollars(payment.amount)} from {name} on {day_text(payment.paid_on)}. Type beside each expense "
        "how much of it this pays back."
    )


def _typed(amount: Cents | None) -> str:
    return "" if amount is None else amount_text(amount)


def _matches(row: OpenExpense, words: list[str]) -> bool:
    text = f"{row.label} {day_text(row.care_on)} {dollars(row.open)}".casefold()
    return all(word in text for word in words)
