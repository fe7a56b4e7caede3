"""What proves an expense: the files of its payment and of the bills it paid."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

_AT_ONCE = 500
"""Ids in one question: SQLite takes a limited number of them."""


def document_names(connection: sqlite3.Connection, payment_ids: Iterable[int]) -> dict[int, list[str]]:
    """The names of the files behind payments, by payment: its own first, then those of its bills."""
    ids = list(payment_ids)
    found: dict[int, list[str]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        for payment_id, name in _some(connection, ids[start : start + _AT_ONCE]):
            found.setdefault(payment_id, []).append(name)
    return found


def _some(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterable[tuple[int, str]]:
    marks = ",".join("?" * len(ids))
    rows: list[tuple[int, str]] = connection.execute(
        "SELECT payment_id, name FROM (SELECT d.payment_id, d.name, 0 AS place, d.id FROM document d"
        f"   WHERE d.payment_id IN ({marks})"
        " UNION ALL SELECT s.payment_id, d.name, 1, d.id FROM payment_bill s"
        f"   JOIN document d ON d.bill_id = s.bill_id WHERE s.payment_id IN ({marks}))"
        " ORDER BY payment_id, place, id",
        (*ids, *ids),
    ).fetchall()
    return rows


def reimbursements(connection: sqlite3.Connection, account_id: int) -> list[tuple[int, str, int, str, int]]:
    """Payments of an account that pay expenses back, the latest first.

    Each as id, ISO day, amount, the account it went to, and the number of expenses.
    """
    rows: list[tuple[int, str, int, str, int]] = connection.execute(
        "SELECT p.id, p.paid_on, p.amount, ifnull(t.name, ''), count(*) FROM payment p"
        " JOIN payment_repaid r ON r.payment_id = p.id LEFT JOIN account t ON t.id = p.to_account_id"
        " WHERE p.account_id = ? GROUP BY p.id ORDER BY p.paid_on DESC, p.id DESC",
        (account_id,),
    ).fetchall()
    return rows
