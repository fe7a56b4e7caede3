"""Saved household budgets, and the member's own dates."""

from __future__ import annotations

import sqlite3

from tracker.facts.household_budget import HouseholdBudget, HouseholdLine, Reminder
from tracker.storage.queries.fact_rows import children, row_reader
from tracker.storage.queries.kept import facts


def household_budgets(connection: sqlite3.Connection) -> list[HouseholdBudget]:
    """Every saved answer to "can we afford it", the latest first."""
    reader = row_reader(HouseholdBudget)
    rows = connection.execute(
        f"SELECT {reader.columns()} FROM household_budget ORDER BY as_of DESC, id DESC"
    ).fetchall()
    lines = children(
        connection, HouseholdLine, "household_line", "household_budget_id", [row[0] for row in rows]
    )
    return [reader.fact(row, lines=tuple(lines[row[0]])) for row in rows]


def reminders(connection: sqlite3.Connection) -> list[Reminder]:
    """The member's own dates, the earliest first."""
    return facts(connection, Reminder, "reminder", order="falls_on, id")
