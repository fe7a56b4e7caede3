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
        "SELECT category_id, month, estimate FROM budget_line WHERE month >= ? AND month < ? ORDER BY month",
        (period.begin.isoformat(), period.end.isoformat()),
    )
    return [
        BudgetLine(category_id=category_id, month=day(month), estimate=estimate)
        for category_id, month, estimate in rows
    ]


def settled_dues(connection: sqlite3.Connection) -> set[tuple[int, date]]:
    """Recurring payment and due day of everything paid or skipped."""
    rows = connection.execute(
        "SELECT recurring_id, due_on FROM payment WHERE recurring_id IS NOT NULL AND due_on IS NOT NULL"
        " UNION SELECT recurring_id, due_on FROM recurring_skip"
    )
    return {(recurring_id, day(due_on)) for recurring_id, due_on in rows}
