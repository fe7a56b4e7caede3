"""Payments whose month by accrual is another than by cash: membership fees, and refunds that came later.

Everything else belongs to the month of payment in both views, and its sums come from `payments`.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from tracker.dates import Period
from tracker.facts import Frequency
from tracker.money import Cents
from tracker.storage.queries.columns import day, day_or_none, kind_of
from tracker.storage.queries.payments import FUNDED

_COUNTS = f"(p.account_id IN (SELECT id FROM account WHERE kind IN ({FUNDED}))) IS NOT TRUE"
_FEE_COLUMNS = "o.id, r.label, r.frequency, o.due_on, o.paid_on, o.amount"


@dataclass(frozen=True, slots=True)
class PaidFee:
    """The part of a payment of a membership's fee schedule that belongs to one budget line.

    `fee_id` is the payment of the fee; `payment_id` that, or a refund of it (then `amount` is
    negative). `due_on` is the first day the fee pays for, None where the payment does not say.
    """

    payment_id: int
    category_id: int
    paid_on: date
    amount: Cents
    fee_id: int
    label: str
    frequency: Frequency
    due_on: date | None
    fee_paid_on: date
    fee_amount: Cents


@dataclass(frozen=True, slots=True)
class MovedRefunds:
    """What came back to a budget line from one payee in a month, of the expenses of another month.

    Both months are given by their first day; `count` is how many payments it was.
    """

    category_id: int
    payee: str
    arrived: date
    expense: date
    amount: Cents
    count: int


def paid_fees(connection: sqlite3.Connection) -> list[PaidFee]:
    """Every payment of a membership fee that falls due again and again, then the refunds of them.

    What a fund or an HRA paid is no actual of the budget and left out (rulebook 7.1). Both lists are
    in order of day.
    """
    what = "a.category_id, p.paid_on, sum(a.amount)"
    of_fees = "r.membership_id IS NOT NULL AND r.frequency <> 'once'"
    rows = [
        *connection.execute(
            f"SELECT o.id, {what}, {_FEE_COLUMNS} FROM recurring r JOIN payment o ON o.recurring_id = r.id"
            " JOIN payment p ON p.id = o.id JOIN allocation a ON a.payment_id = p.id"
            f" WHERE {of_fees} AND +o.repays_id IS NULL AND {_COUNTS}"
            " GROUP BY o.id, a.category_id ORDER BY o.paid_on, o.id"
        ),
        *connection.execute(
            f"SELECT p.id, {what}, {_FEE_COLUMNS} FROM recurring r JOIN payment o ON o.recurring_id = r.id"
            " JOIN payment p ON p.repays_id = o.id JOIN allocation a ON a.payment_id = p.id"
            f" WHERE {of_fees} AND {_COUNTS}"
            " GROUP BY p.id, a.category_id ORDER BY p.paid_on, p.id"
        ),
    ]
    return [
        PaidFee(
            payment_id=row[0],
            category_id=row[1],
            paid_on=day(row[2]),
            amount=row[3],
            fee_id=row[4],
            label=row[5],
            frequency=kind_of(Frequency, row[6]),
            due_on=day_or_none(row[7]),
            fee_paid_on=day(row[8]),
            fee_amount=row[9],
        )
        for row in rows
    ]


def moved_refunds(connection: sqlite3.Connection, period: Period) -> list[MovedRefunds]:
    """Refunds that arrived in another month than that of their expense, one of the two in the period,
    or one before it and the other after. Those of membership fees are left out."""
    rows = connection.execute(
        "SELECT a.category_id, ifnull(v.name, ''), substr(p.paid_on, 1, 7), substr(o.paid_on, 1, 7),"
        " sum(a.amount), count(DISTINCT p.id)"
        " FROM payment p JOIN payment o ON o.id = p.repays_id JOIN allocation a ON a.payment_id = p.id"
        " LEFT JOIN provider v ON v.id = p.provider_id"
        " WHERE p.repays_id IS NOT NULL AND substr(p.paid_on, 1, 7) <> substr(o.paid_on, 1, 7)"
        " AND min(p.paid_on, o.paid_on) < :end AND max(p.paid_on, o.paid_on) >= :begin"
        f" AND {_COUNTS}"
        " AND NOT EXISTS (SELECT 1 FROM recurring r WHERE r.id = o.recurring_id"
        " AND r.membership_id IS NOT NULL AND r.frequency <> 'once')"
        " GROUP BY 1, 2, 3, 4 ORDER BY 3, 2, 1, 4",
        {"begin": period.begin.isoformat(), "end": period.end.isoformat()},
    )
    return [
        MovedRefunds(
            category_id=row[0],
            payee=row[1],
            arrived=date.fromisoformat(row[2] + "-01"),
            expense=date.fromisoformat(row[3] + "-01"),
            amount=row[4],
            count=row[5],
        )
        for row in rows
    ]
