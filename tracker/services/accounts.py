"""Accounts: where money lies, and the contingency fund's target."""

from __future__ import annotations

from datetime import date

from tracker.changes import Changes
from tracker.errors import UserProblem
from tracker.facts import Account
from tracker.money import Cents
from tracker.services import rows, words
from tracker.storage.ledger import Ledger
from tracker.storage.queries import household

_USES = {
    "payments": ("payment", "account_id"),
    "transfers": ("payment", "to_account_id"),
}


class AccountService:
    """Bank and card, HSA, FSA, contingency fund."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def accounts(self) -> list[Account]:
        return household.accounts(self._ledger.read())

    def balances(self) -> dict[int, Cents]:
        """What each account holds now, by account id."""
        return household.balances(self._ledger.read())

    def balance(self, account_id: int) -> Cents:
        return household.balances(self._ledger.read(), only=account_id)[account_id]

    def movements(self, account_id: int) -> list[tuple[date, Cents]]:
        """Each day the account moved with the net change, oldest first."""
        found = household.movements(self._ledger.read(), account_id)
        return [(date.fromisoformat(day), change) for day, change in found]

    def save(self, account: Account) -> Changes:
        """Add or change an account. Raises UserProblem for a missing name or a negative target."""
        name = words.name(account.name)
        if account.target is not None and account.target < 0:
            raise UserProblem("The target cannot be negative.", "Check it.", field="target")
        verb = "Add" if account.id is None else "Change"
        with self._ledger.write(f"{verb} account, {name}") as work:
            from tracker.storage import schema

            values = {
                "name": name,
                "kind": account.kind.value,
                "institution": words.one_line(account.institution, what="institution", field="institution"),
                "opening": account.opening,
                "opened_on": account.opened_on,
                "target": account.target,
                "closed": int(account.closed),
            }
            work.new_id = rows.put(work.connection, schema.account, account.id, values)
        return work.changes

    def remove(self, account_id: int) -> Changes:
        """Remove an account that nothing was paid from or to; others can be closed instead."""
        with self._ledger.write("Remove account") as work:
            from tracker.storage import schema

            rows.require_unused(work.connection, "This account", account_id, _USES)
            rows.remove(work.connection, schema.account, [account_id])
        return work.changes
