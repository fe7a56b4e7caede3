"""Which money paid fees: what of them came out of an HSA, FSA or HRA."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date

from tracker.money import Cents
from tracker.storage.queries.columns import day

_UNTAXED = "('hsa', 'fsa', 'hra')"


def untaxed_parts(
    connection: sqlite3.Connection, recurring_ids: Sequence[int]
) -> list[tuple[int, date, date, Cents]]:
    """Recurring id, due day, day paid and amount of every part of a fee that untaxed money bore.

    It was paid from such an account (less its refunds), or such an account paid it back later.
    """
    marks = ",".join("?" * len(recurring_ids))
    rows = connection.execute(
        "SELECT p.recurring_id, p.due_on, p.paid_on, p.amount"
        " + ifnull((SELECT sum(back.amount) FROM payment back WHERE back.repays_id = p.id), 0)"
        " FROM payment p JOIN account a ON a.id = p.account_id"
        f" WHERE a.kind IN {_UNTAXED} AND p.due_on IS NOT NULL AND p.recurring_id IN ({marks})"
        " UNION ALL"
        " SELECT p.recurring_id, p.due_on, o.paid_on, r.amount"
        " FROM payment p JOIN payment_repaid r ON r.expense_id = p.id"
        " JOIN payment o ON o.id = r.payment_id JOIN account a ON a.id = o.account_id"
        f" WHERE a.kind IN {_UNTAXED} AND p.due_on IS NOT NULL AND p.recurring_id IN ({marks})"
        " ORDER BY 3",
        (*recurring_ids, *recurring_ids),
    )
    return [(row[0], day(row[1]), day(row[2]), row[3]) for row in rows]
