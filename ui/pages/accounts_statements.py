"""The card with the statements of one account, and the movements in which a difference must lie."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.dates import day_text
from tracker.money import dollars
from tracker.services.account_balances import AccountShown, StatementCheck, moves_to_search
from tracker.storage.queries.account_moves import AccountMove
from ui.context import Context
from ui.jobs import Job
from ui.models.accounts_words import gap_sentence, gap_words
from ui.models.table import Column, RowTableModel
from ui.pages.coverage_list import ListCard
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable

_MOST = 40
"""Movements shown, the latest; with more, an earlier statement narrows the search."""


class StatementsCard(ListCard[StatementCheck]):
    """The selected statement is explained below; `payment_opened` carries the id of a movement."""

    payment_opened = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            "Statements",
            _columns(),
            lambda row: row.statement.id or 0,
            context.state,
            add=("Enter a statement", self.enter),
            empty=(
                "Does the bank hold the same?",
                "Type what a statement says on a day. You see whether this ledger agrees, and which "
                "movements to compare where it does not.",
            ),
            parent=parent,
        )
        self._context = context
        self._shown: AccountShown | None = None
        self._job: Job[list[AccountMove]] | None = None
        self.sentence = Label("", wrap=True)
        self._gap = 0
        self.moves: RowTableModel[AccountMove] = RowTableModel(
            self._move_columns(), lambda row: row.payment_id, self
        )
        self.moves_table = LedgerTable(self.moves, "Movements to compare", row_height=30)
        self.moves_table.fit_height_to_rows()
        self.body.addWidget(self.sentence)
        self.add_table(self.moves_table)
        self.more = Label("", "caption", wrap=True)
        self.body.addWidget(self.more)
        self._hide_moves()
        self.sentence.hide()
        self.opened.connect(self._on_open)
        self.removal_asked.connect(self._on_remove_asked)
        self.moves_table.opened.connect(lambda row: self.payment_opened.emit(row.payment_id))

    def show_account(self, shown: AccountShown) -> None:
        """Show the statements of an account."""
        fresh = self._shown is None or self._shown.account.id != shown.account.id
        self._shown = shown
        self.set_title(f"Statements of {shown.account.name}")
        self.show_rows(shown.checks)
        if shown.checks and (fresh or not self.table.selected_rows()):
            self.table.select_key(shown.checks[0].statement.id or 0)
        self._explain()

    @Slot()
    def enter(self) -> None:
        """Type in a statement."""
        self._edit(None)

    def _edit(self, check: StatementCheck | None) -> None:
        from ui.dialogs.account_statement import StatementDialog

        if self._shown is not None:
            StatementDialog(self._context, self, shown=self._shown, check=check).open()

    @Slot(object)
    def _on_open(self, row: StatementCheck) -> None:
        self._edit(row)

    @Slot(list)
    def _on_remove_asked(self, rows: list[StatementCheck]) -> None:
        untaxed, ids = self._context.services.untaxed, [row.statement.id or 0 for row in rows]
        self._context.commit(self, lambda: untaxed.remove_statements(ids))

    @Slot()
    def _on_selection(self) -> None:
        super()._on_selection()
        if hasattr(self, "sentence"):  # the list is built before what stands below it
            self._explain()

    def _explain(self) -> None:
        rows = self.table.selected_rows()
        shown, check = self._shown, rows[0] if len(rows) == 1 else None
        if self._job is not None:
            self._job.cancel()
        if shown is None or check is None:
            self.sentence.hide()
            self._hide_moves()
            return
        services = self._context.services
        self.sentence.setText(gap_sentence(check, _since(shown, check)))
        self.sentence.set_tone("" if check.gap else "good")
        self.sentence.show()
        self._gap = check.gap
        if not check.gap:
            self._hide_moves()
            return
        self._job = self._context.load(
            self, lambda: moves_to_search(services, shown, check), self._show_moves
        )

    def _show_moves(self, found: list[AccountMove]) -> None:
        shown = found[::-1][:_MOST]
        self.moves.set_rows(shown)
        self.moves_table.setVisible(bool(found))
        self.more.setText(
            f"{len(found) - _MOST:,} earlier movements are on the Spending page. A statement of an earlier "
            "day narrows the search."
        )
        self.more.setVisible(len(found) > _MOST)

    def _move_columns(self) -> list[Column[AccountMove]]:
        return [
            Column("Date", lambda row: day_text(row.on), order=lambda row: row.on),
            Column("With", lambda row: row.payee, stretch=2, tooltip=lambda row: row.payee),
            Column(
                "Note",
                lambda row: row.note,
                stretch=2,
                tone=lambda _row: "quiet",
                tooltip=lambda row: row.note,
            ),
            Column(
                "",
                lambda row: "Just the difference" if self._may_be_it(row) else "",
                tone=lambda _row: "warning",
            ),
            Column("Amount", lambda row: dollars(row.amount), order=lambda row: row.amount, right=True),
        ]

    def _hide_moves(self) -> None:
        self.moves_table.hide()
        self.more.hide()

    def _may_be_it(self, row: AccountMove) -> bool:
        """Whether the statement would agree without this movement."""
        return bool(self._gap) and row.amount == -self._gap


def _since(shown: AccountShown, check: StatementCheck) -> str:
    before = [
        item.statement.stated_on
        for item in shown.checks
        if item.statement.stated_on < check.statement.stated_on and not item.gap
    ]
    if before:
        return f"since {day_text(max(before))}, when they agreed"
    return f"and the opening balance of {dollars(shown.account.opening)}"


def _columns() -> list[Column[StatementCheck]]:
    return [
        Column(
            "As of",
            lambda row: day_text(row.statement.stated_on),
            order=lambda row: row.statement.stated_on,
        ),
        Column("Statement", lambda row: dollars(row.statement.balance), right=True),
        Column("Here", lambda row: dollars(row.ours), right=True),
        Column(
            "Verdict",
            lambda row: gap_words(row.gap),
            order=lambda row: row.gap,
            tone=lambda row: "warning" if row.gap else "good",
        ),
        Column(
            "Note",
            lambda row: row.statement.note,
            stretch=1,
            tone=lambda _row: "quiet",
            tooltip=lambda row: row.statement.note,
        ),
    ]
