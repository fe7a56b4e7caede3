"""Accounts: where money lies, and the contingency fund's target."""

from __future__ import annotations

from datetime import date

from tracker.changes import Changes
from tracker.dates import day_text
from tracker.errors import UserProblem
from tracker.facts import Account, AccountKind
from tracker.money import Cents
from tracker.services import rows, words
from tracker.storage.ledger import Ledger, Work
from tracker.storage.queries import account_moves, household

_USES = {
    "payments": ("payment", "account_id"),
    "transfers": ("payment", "to_account_id"),
}


class AccountService:
    """Bank and card, HSA, FSA, HRA, contingency and sinking funds."""

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

    def is_used(self, account_id: int) -> bool:
        """Whether its kind decides about something already: money moved, or it has a plan year."""
        return account_moves.is_used(self._ledger.read(), account_id)

    def save(self, account: Account) -> Changes:
        """Add or change an account.

        Raises UserProblem for a missing name, a negative target, another kind once money has moved in
        it, or an HSA that would be opened after its first movement.
        """
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
                "person_id": account.person_id,
            }
            if account.id is not None:
                _judge_kind(work, account)
                _judge_opened(work, account)
            work.new_id = rows.put(work.connection, schema.account, account.id, values)
        return work.changes

    def remove(self, account_id: int) -> Changes:
        """Remove an account that nothing was paid from or to; others can be closed instead."""
        with self._ledger.write("Remove account") as work:
            from tracker.storage import schema

            rows.require_unused(work.connection, "This account", account_id, _USES)
            rows.remove(work.connection, schema.account, [account_id])
        return work.changes


_SAME = frozenset({AccountKind.BANK, AccountKind.CARD})
"""Kinds that count alike, so that one may become the other at any time."""


def _judge_kind(work: Work, account: Account) -> None:
    """The kind of an account decides how its movements count, so it stays once there are any."""
    ask = work.connection.exec_driver_sql
    before = ask("SELECT kind FROM account WHERE id = ?", (account.id,)).scalar()
    if before is None or before == account.kind.value or {before, account.kind} <= _SAME:
        return
    count = ask(
        "SELECT (SELECT count(*) FROM payment WHERE account_id = :id OR to_account_id = :id)"
        " + (SELECT count(*) FROM fsa_year WHERE account_id = :id)"
        " + (SELECT count(*) FROM hra_year WHERE account_id = :id)",
        {"id": account.id},
    ).scalar_one()
    if count:
        raise UserProblem(
            "The kind of an account that is in use cannot change: it decides how its money counts.",
            "Add another account of that kind, and close this one.",
            field="kind",
        )


def _judge_opened(work: Work, account: Account) -> None:
    if account.kind is not AccountKind.HSA or account.opened_on is None:
        return
    first = work.connection.exec_driver_sql(
        "SELECT min(paid_on) FROM payment WHERE account_id = :id OR to_account_id = :id",
        {"id": account.id},
    ).scalar()
    if first and first < account.opened_on.isoformat():
        raise UserProblem(
            f"Money moved in it on {day_text(date.fromisoformat(first))}, before that day.",
            "Check the day on which the HSA was opened.",
            field="opened_on",
        )
