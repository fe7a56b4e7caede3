"""What was recorded for the dues of recurring payments."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date

from tracker.money import Cents
from tracker.storage.queries.columns import day


def payments_of(
    connection: sqlite3.Connection, recurring_ids: Sequence[int]
) -> list[tuple[int, date, int, date, Cents]]:
    """Recurring id, due day, payment id, day paid and amount (less its refunds) of every due paid."""
    marks = ",".join("?" * len(recurring_ids))
    rows = connection.execute(
        "SELECT p.recurring_id, p.due_on, p.id, p.paid_on, p.amount"
        " + ifnull((SELECT sum(back.amount) FROM payment back WHERE back.repays_id = p.id), 0)"
        f" FROM payment p WHERE p.recurring_id IN ({marks}) AND p.due_on IS NOT NULL"
        " ORDER BY p.paid_on, p.id",
        tuple(recurring_ids),
    )
    return [(row[0], day(row[1]), row[2], day(row[3]), row[4]) for row in rows]


def skipped(connection: sqlite3.Connection, recurring_ids: Sequence[int]) -> list[tuple[int, date]]:
    """Recurring id and due day of every due that was skipped."""
    marks = ",".join("?" * len(recurring_ids))
    rows = connection.execute(
        f"SELECT recurring_id, due_on FROM recurring_skip WHERE recurring_id IN ({marks})",
        tuple(recurring_ids),
    )
    return [(recurring_id, day(due_on)) for recurring_id, due_on in rows]
