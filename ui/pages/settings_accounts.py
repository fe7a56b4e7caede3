"""Settings: where money lies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tracker.changes import Area, Changes
from tracker.facts import Account
from tracker.money import Cents, dollars
from ui.context import Context
from ui.models.household_words import ACCOUNTS
from ui.models.table import Column
from ui.pages.settings_section import ListSection


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account with what it holds now."""

    account: Account
    balance: Cents


class AccountsSection(ListSection[AccountRow]):
    """Accounts with their balance; one that is in use is closed rather than removed."""

    SHOWS = Area.ACCOUNTS | Area.PAYMENTS
    TITLE = "Accounts"
    SENTENCE = "The balance is the opening balance with every payment and transfer recorded here."
    ADD_TEXT = "Add account"
    EMPTY = ("No accounts yet", "With an account, each payment says where its money came from.")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.close_button = self.add_action("Close", self._close_or_open)
        self.selection_shown(self.selected())

    def columns(self) -> list[Column[AccountRow]]:
        return [
            Column("Name", lambda row: row.account.name, stretch=3),
            Column("Kind", _kind, tone=lambda row: "quiet" if row.account.closed else ""),
            Column("Where", lambda row: row.account.institution, stretch=2),
            Column("Opening", lambda row: dollars(row.account.opening), right=True, tone=lambda _: "quiet"),
            Column("Balance", lambda row: dollars(row.balance), right=True),
        ]

    def key(self, row: AccountRow) -> int:
        return row.account.id or 0

    def read(self) -> Sequence[AccountRow]:
        accounts = self._context.services.accounts
        balances = accounts.balances()
        return [AccountRow(item, balances.get(item.id or 0, 0)) for item in accounts.accounts()]

    def add(self) -> None:
        from ui.dialogs.account_editor import AccountEditor

        AccountEditor(self._context, self).open()

    def edit(self, row: AccountRow) -> None:
        from ui.dialogs.account_editor import AccountEditor

        AccountEditor(self._context, self, account=row.account).open()

    def remove(self, row: AccountRow) -> Callable[[], Changes]:
        accounts = self._context.services.accounts
        return lambda: accounts.remove(row.account.id or 0)

    def selection_shown(self, row: AccountRow | None) -> None:
        if hasattr(self, "close_button"):
            closed = row is not None and row.account.closed
            self.close_button.setText("Open again" if closed else "Close")

    def _close_or_open(self, row: AccountRow) -> None:
        changed = replace(row.account, closed=not row.account.closed)
        accounts = self._context.services.accounts
        self.commit(lambda: accounts.save(changed))


def _kind(row: AccountRow) -> str:
    """`HSA`, `Card, closed`."""
    return f"{ACCOUNTS[row.account.kind]}{', closed' if row.account.closed else ''}"
