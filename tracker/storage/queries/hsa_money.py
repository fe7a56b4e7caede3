"""What moved into and out of HSAs: contributions by tax year, distributions by the expense they paid."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from tracker.facts import AccountKind, MoneySource
from tracker.money import Cents
from tracker.storage.queries.columns import day, kind_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HsaMove:
    """One movement in an HSA. `into` is money that came in.

    Money that went straight to a provider is tied to that payment as a whole. `parts` are the expenses
    money out is tied to, by payment id. Money out below zero came back for the expense `repays_id`.
    `between` is money moved from one HSA to another.
    """

    payment_id: int
    account_id: int
    paid_on: date
    amount: Cents
    into: bool
    tax_year: int
    source: MoneySource | None
    payee: str
    note: str
    parts: tuple[tuple[int, Cents], ...] = ()
    repays_id: int | None = None
    between: bool = False


def moves(connection: sqlite3.Connection, account_id: int | None = None) -> list[HsaMove]:
    """Every movement of the HSAs, or of one, oldest first."""
    tied: dict[int, list[tuple[int, Cents]]] = {}
    for payment_id, expense_id, amount in connection.execute(
        "SELECT payment_id, expense_id, amount FROM payment_repaid ORDER BY id"
    ):
        tied.setdefault(payment_id, []).append((expense_id, amount))
    rows = connection.execute(
        "SELECT p.id, h.id, p.paid_on, p.amount, p.to_account_id = h.id, p.tax_year, p.source,"
        " p.to_account_id, coalesce(v.name, o.name, ''), p.note, p.repays_id, o.kind"
        " FROM account h JOIN payment p ON p.account_id = h.id OR p.to_account_id = h.id"
        " LEFT JOIN provider v ON v.id = p.provider_id"
        " LEFT JOIN account o ON o.id = CASE WHEN p.to_account_id = h.id THEN p.account_id"
        "   ELSE p.to_account_id END"
        " WHERE h.kind = 'hsa' AND (:id IS NULL OR h.id = :id) ORDER BY p.paid_on, p.id",
        {"id": account_id},
    )
    found = []
    for row in rows:
        paid_on, into = day(row[2]), bool(row[4])
        straight = not into and row[7] is None
        parts = tied.get(row[0], [])
        if straight and not parts and row[3] > 0:
            parts = [(row[0], row[3])]
        found.append(
            HsaMove(
                payment_id=row[0],
                account_id=row[1],
                paid_on=paid_on,
                amount=row[3],
                into=into,
                tax_year=row[5] or paid_on.year,
                source=kind_of(MoneySource, row[6]) if row[6] else None,
                payee=row[8],
                note=row[9],
                parts=tuple(parts),
                repays_id=row[10],
                between=row[11] == AccountKind.HSA.value,
            )
        )
    return found
