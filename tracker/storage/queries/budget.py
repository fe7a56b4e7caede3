"""Estimates and what is due."""

from __future__ import annotations

import sqlite3
from datetime import date

from tracker.dates import Period
from tracker.facts import BudgetLine
from tracker.storage.queries.columns import day


def lines(connection: sqlite3.Connection, period: Period) -> list[BudgetLine]:
    """The estimates of the months that begin in a period."""
    rows = connection.execute(
        "SELECT category_id, month, estimate FROM budget_line WHERE month >= ? AND month < ?"
        " ORDER BY month",
        (period.begin.isoformat(), period.end.isoformat()),
    )
    return [
        BudgetLine(category_id=category_id, month=day(month), estimate=estimate)
        for category_id, month, estimate in rows
    ]


def settled_dues(connection: sqlite3.Connection, *, since: date) -> set[tuple[int, date]]:
    """Recurring payment and due day of everything paid or skipped that was due on a day or later."""
    rows = connection.execute(
        "SELECT p.recurring_id, p.due_on FROM recurring r JOIN payment p ON p.recurring_id = r.id"
        " WHERE p.due_on >= :since"
        " UNION SELECT recurring_id, due_on FROM recurring_skip WHERE due_on >= :since",
        {"since": since.isoformat()},
    )
    return {(recurring_id, day(due_on)) for recurring_id, due_on in rows}
