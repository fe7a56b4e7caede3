"""Rows of an import that the ledger would refuse, told in the preview and not only when all is taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.dates import day_text
from tracker.domain.importing.rows import EobRow, MoneyRow
from tracker.errors import UserProblem
from tracker.facts import Account, AccountKind
from tracker.money import LARGEST, dollars
from tracker.services.bundle import Services


def told_money(rows: Sequence[MoneyRow], accounts: Iterable[Account]) -> list[MoneyRow]:
    """Rows before the day an HSA was opened, and amounts beyond all measure, are left out and say why."""
    opened = {
        item.id: item for item in accounts if item.kind is AccountKind.HSA and item.opened_on is not None
    }
    return [_told(row, opened) for row in rows]


def told_eobs(services: Services, rows: Sequence[EobRow]) -> list[EobRow]:
    """EOBs that cannot be kept as they are have the reason as their problem."""
    found = []
    for row in rows:
        if row.draft is not None and row.take:
            try:
                services.claims.check(row.draft)
            except UserProblem as problem:
                row = replace(row, take=False, problem=str(problem))
        found.append(row)
    return found


def _told(row: MoneyRow, opened: dict[int | None, Account]) -> MoneyRow:
    if not row.take:
        return row
    if abs(row.found.amount) > LARGEST:
        return replace(row, take=False, why=f"It is more than {dollars(LARGEST)}.")
    for account_id in (row.proposed.account_id, row.proposed.to_account_id):
        account = opened.get(account_id)
        if account is not None and account.opened_on is not None and row.found.on < account.opened_on:
            day = day_text(account.opened_on)
            return replace(row, take=False, why=f"{account.name} was opened on {day}, after this day.")
    return row
