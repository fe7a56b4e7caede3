"""How accounts moved: the latest movement of each, single movements in a time, and whether one is used."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from tracker.money import Cents
from tracker.storage.queries.columns import day


@dataclass(frozen=True, slots=True)
class AccountMove:
    """One movement of an account. `amount` is above zero for money that came in, in cents."""

    payment_id: int
    on: date
    amount: Cents
    payee: str
    note: str = ""


def last_moves(connection: sqlite3.Connection) -> dict[int, date]:
    """The day of the latest movement of each account, by its id; unmoved ones are left out."""
    rows = connection.execute(
        "SELECT id, max(paid_on) FROM"
        " (SELECT account_id AS id, paid_on FROM payment WHERE account_id IS NOT NULL"
        "  UNION ALL SELECT to_account_id, paid_on FROM payment WHERE to_account_id IS NOT NULL)"
        " GROUP BY id"
    )
    return {row[0]: day(row[1]) for row in rows}


def moves_between(
    connection: sqlite3.Connection, account_id: int, after: date | None, until: date
) -> list[AccountMove]:
    """The movements of an account after a day (None: from the beginning) until another, oldest first."""
    rows = connection.execute(
        "SELECT p.id, p.paid_on, CASE WHEN p.to_account_id = :id THEN p.amount ELSE -p.amount END,"
        " coalesce(v.name, o.name, ''), p.note FROM payment p"
        " LEFT JOIN provider v ON v.id = p.provider_id"
        " LEFT JOIN account o ON o.id = CASE WHEN p.to_account_id = :id THEN p.account_id"
        "   ELSE p.to_account_id END"
        " WHERE (p.account_id = :id OR p.to_account_id = :id)"
        " AND (:after IS NULL OR p.paid_on > :after) AND p.paid_on <= :until"
        " ORDER BY p.paid_on, p.id",
        {"id": account_id, "after": after.isoformat() if after else None, "until": until.isoformat()},
    )
    return [AccountMove(row[0], day(row[1]), row[2], row[3], row[4]) for row in rows]


def is_used(connection: sqlite3.Connection, account_id: int) -> bool:
    """Whether money moved in an account, or a plan year was entered for it."""
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM payment WHERE account_id = :id OR to_account_id = :id)"
        " OR EXISTS (SELECT 1 FROM fsa_year WHERE account_id = :id)"
        " OR EXISTS (SELECT 1 FROM hra_year WHERE account_id = :id)",
        {"id": account_id},
    ).fetchone()
    return bool(row[0])
