"""The Balances part of Accounts: what every account holds, and whether its statements agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Area
from tracker.dates import day_text
from tracker.services.account_balances import AccountShown, read_balances
from ui.context import Context
from ui.models.accounts_words import check_words, holds_note, holds_words, kind_words
from ui.models.table import Column
from ui.pages.accounts_parts import AccountsPart
from ui.pages.accounts_statements import StatementsCard
from ui.pages.coverage_list import ListCard
from ui.widgets.banner import Banner
from ui.widgets.buttons import PlainButton

if TYPE_CHECKING:
    from ui.printing.document import Document


class BalancesPart(AccountsPart):
    """Enter or a double click changes an account; the selected one shows its statements below."""

    SHOWS = Area.ACCOUNTS | Area.PAYMENTS | Area.PEOPLE | Area.BILLS | Area.TAXES

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._shown: list[AccountShown] = []
        self._wanted: int | None = None
        self.accounts = _AccountsCard(context, self._add)
        self.close_button = PlainButton("Close")
        line = self.accounts.actions_line.layout()
        assert line is not None
        line.addWidget(self.close_button)
        self.statements = StatementsCard(context)
        self.statements.hide()
        self.rows.addWidget(self.accounts)
        self.rows.addWidget(self.statements)
        self.accounts.opened.connect(self.edit)
        self.accounts.removal_asked.connect(self._on_remove)
        self.accounts.table.selection_changed.connect(self._on_selected)
        self.accounts.row_reached.connect(self.reached)
        self.statements.row_reached.connect(self.reached)
        self.statements.payment_opened.connect(self._on_payment)
        self.close_button.clicked.connect(self._on_close)

    # what the page asks --------------------------------------------------------------

    def reload(self) -> None:
        services = self.context.services
        self.load(lambda: read_balances(services), self._show)

    def arrive(self, target: object) -> None:
        """Select the account with an id."""
        if isinstance(target, int):
            self._wanted = target
            self._select()

    def print_part(self) -> Document | None:
        from ui.printing.accounts_document import balances_document

        return balances_document(self._shown, self.context.today) if self._shown else None

    def selected(self) -> AccountShown | None:
        """The account whose statements are shown."""
        rows = self.accounts.table.selected_rows()
        return rows[0] if len(rows) == 1 else None

    # showing -------------------------------------------------------------------------

    def _show(self, found: list[AccountShown]) -> None:
        self._shown = found
        self.accounts.show_rows(found)
        if found and not self.accounts.table.selected_rows() and self._wanted is None:
            first = next((item for item in found if any(check.gap for check in item.checks)), found[0])
            self._wanted = first.account.id
        self._select()
        self._on_selected()

    def _select(self) -> None:
        if self._wanted is not None and self.accounts.table.select_key(self._wanted):
            self._wanted = None

    @Slot()
    def _on_selected(self) -> None:
        shown = self.selected()
        self.statements.setVisible(shown is not None)
        self.close_button.setEnabled(shown is not None)
        if shown is not None:
            self.close_button.setText("Open again" if shown.account.closed else "Close")
            self.statements.show_account(shown)

    # acting --------------------------------------------------------------------------

    def _add(self) -> None:
        from ui.dialogs.account_editor import AccountEditor

        AccountEditor(self.context, self).open()

    @Slot(object)
    def edit(self, row: AccountShown) -> None:
        """Open the form of an account."""
        from ui.dialogs.account_editor import AccountEditor

        AccountEditor(self.context, self, account=row.account).open()

    @Slot(list)
    def _on_remove(self, rows: list[AccountShown]) -> None:
        if rows:
            accounts, number = self.context.services.accounts, rows[0].account.id or 0
            self.context.commit(
                self, lambda: accounts.remove(number), complain=self.accounts.banner.say_problem
            )

    @Slot()
    def _on_close(self) -> None:
        shown, accounts = self.selected(), self.context.services.accounts
        if shown is not None:
            changed = replace(shown.account, closed=not shown.account.closed)
            self.context.commit(self, lambda: accounts.save(changed))

    @Slot(int)
    def _on_payment(self, payment_id: int) -> None:
        from ui.dialogs.payment_editor import PaymentEditor

        payments = self.context.services.payments
        self.context.load(
            self,
            lambda: payments.get(payment_id),
            lambda payment: PaymentEditor(self.context, self, payment=payment).open(),
        )


class _AccountsCard(ListCard[AccountShown]):
    """What cannot be removed is said below the list."""

    def __init__(self, context: Context, add: Callable[[], object]) -> None:
        super().__init__(
            "Accounts",
            _columns(),
            lambda row: row.account.id or 0,
            context.state,
            add=("Add account", add),
            empty=(
                "No accounts yet",
                "Enter where your money for care lies: bank, card, HSA, FSA, HRA, the fund for the "
                "unexpected. Each payment then says where its money came from, and you see what you may "
                "put in, take out, and lose.",
            ),
        )
        self.banner = Banner()
        self.body.addWidget(self.banner)

    def _say(self) -> None:
        super()._say()
        self.add_button.hide()  # the page's own button adds an account


def _columns() -> list[Column[AccountShown]]:
    return [
        Column(
            "Account",
            lambda row: row.account.name,
            stretch=5,
            tone=lambda row: "quiet" if row.account.closed else "",
            tooltip=lambda row: row.account.name,
        ),
        Column("Kind", kind_words, tone=lambda row: "quiet" if row.account.closed else ""),
        Column(
            "Holds",
            holds_words,
            order=lambda row: row.holds,
            right=True,
            tone=lambda row: "quiet" if row.holds is None else "",
        ),
        Column("", holds_note, tone=lambda _row: "quiet"),
        Column("Whose", lambda row: row.owner, stretch=1, tooltip=lambda row: row.owner),
        Column(
            "Where",
            lambda row: row.account.institution,
            stretch=2,
            tooltip=lambda row: row.account.institution,
        ),
        Column(
            "Last moved",
            lambda row: day_text(row.last_on) if row.last_on else "",
            order=lambda row: row.last_on,
        ),
        Column(
            "Last statement",
            lambda row: check_words(row.checks[0] if row.checks else None),
            tone=lambda row: "quiet" if not row.checks else "warning" if row.checks[0].gap else "good",
        ),
    ]
