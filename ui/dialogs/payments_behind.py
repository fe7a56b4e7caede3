"""The payments behind an actual of the budget: each with its part, and their sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.dates import Period, day_text
from tracker.facts import Basis, Payment, PaymentLine
from tracker.money import Cents, dollars
from tracker.services.bundle import Services
from ui.context import Context
from ui.models.table import Column, RowTableModel
from ui.widgets.form_dialog import FormDialog
from ui.widgets.label import AmountLabel, Label
from ui.widgets.table import LedgerTable

_MOST_ROWS = 10


@dataclass(frozen=True, slots=True)
class Part:
    """A payment, and what of it belongs to the lines asked for."""

    line: PaymentLine
    amount: Cents


def parts_behind(
    services: Services, category_ids: Sequence[int], period: Period, basis: Basis
) -> list[Part]:
    """What makes up an actual, oldest first. The parts add up to it."""
    found: dict[int, PaymentLine] = {}
    for category_id in category_ids:
        for line in services.payments.behind(category_id, period, basis=basis):
            found[line.id] = line
    wanted = set(category_ids)
    parts = []
    for line in found.values():
        shares = services.payments.get(line.id).allocations
        parts.append(Part(line, sum(share.amount for share in shares if share.category_id in wanted)))
    return sorted(parts, key=lambda part: (part.line.paid_on, part.line.id))


class PaymentsBehind(FormDialog):
    """Lists the payments of some lines in a period. Enter opens a payment; the list follows changes.

    `category_ids` are the lines added up; with more than one, each row says which it belongs to.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        title: str,
        category_ids: Sequence[int],
        period: Period,
        basis: Basis = Basis.EXPENSE,
    ) -> None:
        super().__init__(
            title, parent, save_text="Show in Spending", width=640 if len(category_ids) == 1 else 780
        )
        self._context = context
        self._ids = tuple(category_ids)
        self._period = period
        self._basis = basis
        self.cancel_button.setText("Close")
        self.model: RowTableModel[Part] = RowTableModel(self._columns(), key=lambda part: part.line.id)
        self.table = LedgerTable(self.model, title)
        self.table.fit_height_to_rows(most=_MOST_ROWS)
        self.table.opened.connect(self._on_opened)
        self.form.add_line(self.table)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(8, 0, 8, 0)
        self.count = Label("", "quiet")
        self.total = AmountLabel("", "bold")
        row.addWidget(self.count)
        row.addWidget(self.total, 1)
        self.form.add_line(foot)
        self.note = Label("", "caption", wrap=True)
        self.note.hide()
        self.form.add_line(self.note)
        context.bus.committed.connect(self._on_committed)
        self._load()

    def save(self) -> bool | None:
        """Go to the Spending page, filtered to the same payments."""
        from tracker.storage.queries.payments import PaymentFilter

        only = self._ids[0] if len(self._ids) == 1 else None
        self._context.shell.go_to("spending", PaymentFilter(period=self._period, category_id=only))
        return None

    # ours ----------------------------------------------------------------------------

    def _columns(self) -> list[Column[Part]]:
        columns: list[Column[Part]] = [
            Column("Date", lambda part: day_text(part.line.paid_on), order=lambda part: part.line.paid_on),
            Column("Payee", lambda part: part.line.payee or part.line.to_account, stretch=3),
        ]
        if len(self._ids) > 1:
            columns.append(Column("Category", lambda part: part.line.category, stretch=2))
        columns += [
            Column("Note", _note, stretch=2, tone=lambda _part: "quiet"),
            Column("Amount", lambda part: dollars(part.amount), right=True, order=lambda part: part.amount),
        ]
        return columns

    def _load(self) -> None:
        self._context.load(
            self,
            lambda: parts_behind(self._context.services, self._ids, self._period, self._basis),
            self._show_parts,
        )

    def _show_parts(self, parts: list[Part]) -> None:
        self.model.set_rows(parts)
        count = len(parts)
        self.count.setText("1 payment" if count == 1 else f"{count:,} payments")
        self.total.setText(dollars(sum(part.amount for part in parts)))
        outside = [part for part in parts if part.line.paid_on not in self._period]
        self.note.setVisible(bool(outside))
        if outside:
            self.note.setText(
                "Money that came back counts in the month of the expense it repays, so it is listed here "
                "though it arrived later."
            )
        if count:
            self.table.go_to_cell(max(0, self.table.currentIndex().row()), 0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._grow()

    @Slot(object)
    def _on_opened(self, part: Part) -> None:
        self._context.load(self, lambda: self._context.services.payments.get(part.line.id), self._edit)

    def _edit(self, payment: Payment) -> None:
        from ui.dialogs.payment_editor import PaymentEditor

        PaymentEditor(self._context, self, payment=payment).open()

    @Slot(object)
    def _on_committed(self, changes: object) -> None:
        self._load()


def _note(part: Part) -> str:
    """The payment's note, and where only a part of it belongs here, of how much."""
    words = [part.line.note] if part.line.note else []
    if part.amount != part.line.amount:
        words.append(f"part of {dollars(part.line.amount)}")
    if part.line.amount < 0:
        words.append("refund")
    return ", ".join(words)
