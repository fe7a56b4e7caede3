"""What is about to be pasted: new payments, those already there, and rows that cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from tracker.dates import Period, day_text
from tracker.errors import UserProblem
from tracker.imports.pasted_rows import Known, Pasted, PastedPayment, Unread, only_new, read_pasted
from tracker.money import Cents, dollars
from tracker.services.bundle import Services
from tracker.storage.queries.payments import PaymentFilter
from tracker.wording import count_of
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.table import Column, RowTableModel
from ui.theme import theme
from ui.widgets.buttons import LinkButton
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable

_ROWS_SHOWN, _PROBLEMS_SHOWN = 9, 4


@dataclass(frozen=True, slots=True)
class Preview:
    """Pasted rows next to what the ledger holds."""

    pasted: Pasted
    new: tuple[PastedPayment, ...]
    there: tuple[PastedPayment, ...]
    payees: frozenset[str]
    """The names of all providers, in small letters."""
    lines: dict[int, str]


@dataclass(frozen=True, slots=True)
class _Row:
    item: PastedPayment
    line: str
    state: str
    tone: str


def preview_of(context: Context, services: Services, text: str, turn: bool | None = None) -> Preview:
    """Read the clipboard's text. Raises UserProblem where there is nothing to read."""
    home = services.people.household()
    known = Known(
        lines={line.name: line.id or 0 for line in home.categories},
        people={person.name: person.id or 0 for person in home.people},
        accounts={account.name: account.id or 0 for account in home.accounts},
    )
    pasted = read_pasted(text, today=context.today, known=known, turn=turn)
    new, there = only_new(pasted.payments, _already(services, pasted.payments))
    return Preview(
        pasted,
        tuple(new),
        tuple(there),
        frozenset(provider.name.casefold() for provider in services.people.providers()),
        {line.id or 0: line.name for line in home.categories},
    )


def _already(services: Services, rows: Sequence[PastedPayment]) -> list[tuple[date, Cents, str]]:
    """Day, amount and payee of the ledger's payments on the days of the pasted rows."""
    if not rows:
        return []
    days = sorted(row.payment.paid_on for row in rows)
    period = Period(days[0], days[-1] + timedelta(days=1))
    found = services.payments.ids(PaymentFilter(period=period)).ids
    return [(line.paid_on, line.amount, line.payee) for line in services.payments.lines(found)]


class PasteDialog(CommitDialog):
    """Shows what was read and adds it as one change, which one Undo takes back."""

    def __init__(self, context: Context, parent: QWidget | None, text: str, preview: Preview) -> None:
        super().__init__("Paste payments", parent, save_text="Add", width=880)
        self._context = context
        self._text = text
        self._preview = preview
        self.sentence = Label("", wrap=True)
        self.rows = LedgerTable(
            RowTableModel(_columns(), key=lambda row: row.item.row), "Payments to add", row_height=30
        )
        self.rows.fit_height_to_rows(_ROWS_SHOWN)
        self.turn = QCheckBox("Amounts with a minus are expenses")
        self.again = QCheckBox("Also add those that are already there")
        self.unread_title = Label("", "bold", wrap=True)
        self.copy_button = LinkButton("Copy these rows", "copy")
        self.unread = LedgerTable(
            RowTableModel(_unread_columns(), key=lambda row: row.row), "Rows not read", row_height=30
        )
        self.unread.fit_height_to_rows(_PROBLEMS_SHOWN)
        self._head_of_unread = QWidget()
        head = QHBoxLayout(self._head_of_unread)
        head.setContentsMargins(0, 6, 0, 0)
        head.addWidget(self.unread_title, 1)
        head.addWidget(self.copy_button)
        for part in (self.sentence, self.rows, self.turn, self.again, self._head_of_unread, self.unread):
            self.form.add_line(part)
        self.turn.toggled.connect(self._on_turn)
        self.again.toggled.connect(self._show)
        self.copy_button.clicked.connect(self._on_copy)
        self.turn.setChecked(preview.pasted.turned)
        self._show()

    def save(self) -> bool:
        drafts = [(row.payment, row.payee) for row in self._chosen()]
        payments = self._context.services.payments
        words = f"Paste {count_of(len(drafts), 'payment')}"
        return self.commit(
            self._context, lambda: payments.add_many(drafts, words_=words), "Adding payments"
        )

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), theme().px(200)))

    def _chosen(self) -> list[PastedPayment]:
        found = [*self._preview.new, *(self._preview.there if self.again.isChecked() else ())]
        return sorted(found, key=lambda row: row.row)

    @Slot()
    def _show(self) -> None:
        shown, chosen = self._preview, self._chosen()
        unread = shown.pasted.unread
        self.sentence.setText(_sentence(chosen, shown, bool(self.again.isChecked())))
        self.rows.rows_model.set_rows([_row(item, shown) for item in _in_order(shown)])
        self.rows.setVisible(bool(shown.pasted.payments))
        self.rows.fit_height_to_rows(_ROWS_SHOWN)
        self.turn.setVisible(
            any(row.payment.amount < 0 for row in shown.pasted.payments) or shown.pasted.turned
        )
        self.again.setVisible(bool(shown.there))
        self.unread.rows_model.set_rows(list(unread))
        self.unread.fit_height_to_rows(_PROBLEMS_SHOWN)
        self.unread_title.setText(f"{count_of(len(unread), 'row')} could not be read and will be left out")
        self._head_of_unread.setVisible(bool(unread))
        self.unread.setVisible(bool(unread))
        self.save_button.setText(f"Add {count_of(len(chosen), 'payment')}" if chosen else "Add")
        self.save_button.setEnabled(bool(chosen))

    @Slot(bool)
    def _on_turn(self, turned: bool) -> None:
        if turned == self._preview.pasted.turned:
            return
        try:
            self._preview = preview_of(self._context, self._context.services, self._text, turned)
        except UserProblem as problem:
            self.complain(problem)
            return
        self._show()

    @Slot()
    def _on_copy(self) -> None:
        lines = ["\t".join(row.cells) for row in self._preview.pasted.unread]
        QGuiApplication.clipboard().setText("\n".join(lines))


def _in_order(shown: Preview) -> list[PastedPayment]:
    return sorted([*shown.new, *shown.there], key=lambda row: row.row)


def _row(item: PastedPayment, shown: Preview) -> _Row:
    shares = item.payment.allocations
    line = shown.lines.get(shares[0].category_id, "") if shares else ""
    if item in shown.there:
        return _Row(item, line, "Already there", "quiet")
    if item.remark:
        return _Row(item, line, item.remark, "warning")
    if item.payee and item.payee.casefold() not in shown.payees:
        return _Row(item, line, "New payee", "accent")
    return _Row(item, line, "", "")


def _sentence(chosen: Sequence[PastedPayment], shown: Preview, again: bool) -> str:
    if not chosen and not shown.there:
        return "None of the rows could be read."
    spent = sum(row.payment.amount for row in chosen if row.payment.to_account_id is None)
    parts = [f"{count_of(len(chosen), 'payment')} to add, {dollars(spent)} in all."]
    if shown.there and not again:
        left = len(shown.there)
        parts.append(f"{count_of(left, 'row')} {'is' if left == 1 else 'are'} already there and left out.")
    return " ".join(parts)


def _columns() -> tuple[Column[_Row], ...]:
    def quiet(row: _Row) -> str:
        return "quiet" if row.tone == "quiet" else ""

    return (
        Column("Row", lambda row: str(row.item.row), right=True, width=44, tone=quiet),
        Column("Date", lambda row: day_text(row.item.payment.paid_on), width=106, tone=quiet),
        Column("Payee", lambda row: row.item.payee, width=120, stretch=2, tone=quiet),
        Column("Budget line", lambda row: row.line, width=110, stretch=2, tone=quiet),
        Column("Note", lambda row: row.item.payment.note, width=70, stretch=1, tone=quiet),
        Column("Amount", lambda row: _amount(row.item.payment.amount), right=True, tone=quiet),
        Column("Check", lambda row: row.state, tone=lambda row: row.tone, width=180, stretch=2),
    )


def _amount(cents: Cents) -> str:
    return f"refund {dollars(cents)}" if cents < 0 else dollars(cents)


def _unread_columns() -> tuple[Column[Unread], ...]:
    return (
        Column("Row", lambda row: str(row.row), right=True, width=44),
        Column("What it says", lambda row: row.text, width=200, stretch=1),
        Column("Why not", lambda row: row.reason, tone=lambda _row: "bad", width=280, stretch=1),
    )
