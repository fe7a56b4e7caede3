"""Looking for what should not be in a ledger: damage, and facts that contradict each other."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date

from tracker.money import Cents
from tracker.storage.queries.columns import day

_DATES = {
    "payment": ("paid_on", "due_on"),
    "claim": ("service_from", "service_to", "processed_on"),
    "plan": ("begins_on", "ends_on"),
    "membership": ("begins_on", "ends_on"),
    "recurring": ("first_due", "last_due", "propose_from"),
    "budget_line": ("month",),
}
_MOST = 20
"""More complaints of one kind help nobody."""


def damaged_pages(connection: sqlite3.Connection) -> list[str]:
    """What SQLite's own check of the file says; empty where it is whole."""
    try:
        found = [row[0] for row in connection.execute(f"PRAGMA integrity_check({_MOST})")]
    except sqlite3.DatabaseError as why:  # too damaged even to be looked through
        found = [str(why)]
    return [] if found == ["ok"] else found


def broken_links(connection: sqlite3.Connection) -> list[tuple[str, int, str]]:
    """Table, row and the table in which it points at nothing."""
    return [(row[0], row[1], row[2]) for row in connection.execute("PRAGMA foreign_key_check")]


def unreadable_days(connection: sqlite3.Connection) -> list[tuple[str, int, str, str]]:
    """Table, row, column and text of dates that are none."""
    return [
        (table, row_id, column, str(text))
        for table, columns in _DATES.items()
        for column in columns
        for row_id, text in connection.execute(
            f"SELECT id, {column} FROM {table}"
            f" WHERE {column} IS NOT NULL AND date({column}, '+0 days') IS NOT {column} LIMIT {_MOST}"
        )
    ]


def overspent_splits(connection: sqlite3.Connection) -> list[tuple[date, str, Cents, Cents]]:
    """Day, payee, amount and allocated sum of payments whose allocations exceed or contradict them."""
    rows = connection.execute(
        "SELECT p.paid_on, ifnull(v.name, ''), p.amount, sum(a.amount)"
        " FROM allocation a JOIN payment p ON p.id = a.payment_id"
        " LEFT JOIN provider v ON v.id = p.provider_id GROUP BY p.id"
        " HAVING abs(sum(a.amount)) > abs(p.amount) OR min(a.amount * sign(p.amount)) <= 0"
        f" ORDER BY p.paid_on LIMIT {_MOST}"
    )
    return [(day(paid_on), name, amount, given) for paid_on, name, amount, given in rows]


def overdrawn_refunds(connection: sqlite3.Connection) -> list[tuple[date, str, Cents, Cents]]:
    """Day, payee and amount of expenses, and the refunds tied to them that give back more."""
    rows = connection.execute(
        "SELECT o.paid_on, ifnull(v.name, ''), o.amount, sum(r.amount)"
        " FROM payment r JOIN payment o ON o.id = r.repays_id"
        " LEFT JOIN provider v ON v.id = o.provider_id GROUP BY o.id"
        " HAVING -sum(r.amount) > o.amount OR max(r.amount) >= 0 OR o.amount < 0"
        f" ORDER BY o.paid_on LIMIT {_MOST}"
    )
    return [(day(paid_on), name, amount, back) for paid_on, name, amount, back in rows]


def claims_without_plan(connection: sqlite3.Connection) -> list[tuple[date, str]]:
    """Service date and provider of claims that belong to no plan."""
    rows = connection.execute(
        "SELECT c.service_from, v.name FROM claim c JOIN provider v ON v.id = c.provider_id"
        " WHERE c.plan_id IS NULL ORDER BY c.service_from"
    )
    return [(day(service), name) for service, name in rows]


def altered_documents(connection: sqlite3.Connection) -> Iterator[str]:
    """Names of documents whose bytes are missing or are not those that were stored."""
    whole: dict[str, int] = {}
    for (sha256,) in connection.execute("SELECT sha256 FROM document_content").fetchall():
        # One after the other: together they may be larger than the memory.
        with closing(
            connection.execute("SELECT content FROM document_content WHERE sha256 = ?", (sha256,))
        ) as row:
            content = row.fetchone()[0]
        if hashlib.sha256(content).hexdigest() == sha256:
            whole[sha256] = len(content)
    for name, sha256, size in connection.execute("SELECT name, sha256, size FROM document ORDER BY id"):
        if whole.get(sha256) != size:
            yield name


def counts(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """How many payments, claims and documents there are."""
    payments, claims, documents = connection.execute(
        "SELECT (SELECT count(*) FROM payment), (SELECT count(*) FROM claim),"
        " (SELECT count(*) FROM document)"
    ).fetchone()
    return payments, claims, documents
