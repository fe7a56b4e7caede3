"""Payments cut into the parts that belong to one budget line each, for a list that adds up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.dates import Period, first_of
from tracker.money import Cents
from tracker.storage.queries.columns import day
from tracker.storage.queries.payments import FUNDED


@dataclass(frozen=True, slots=True)
class PaymentPart:
    """One budget line's part of a payment, or the part that belongs to no line (`category` empty).

    `counts_in` is the month whose actual it is part of: that of the expense for money that came
    back. It is None where the part is no actual at all, because it belongs to no line or was paid
    from a fund or by the employer's HRA.
    """

    paid_on: date
    counts_in: date | None
    payee: str
    category: str
    amount: Cents
    person: str
    account: str
    to_account: str
    note: str


def parts(connection: sqlite3.Connection, period: Period) -> Iterator[PaymentPart]:
    """What was paid in a period, and what came back later for it, oldest first.

    The parts that count in a month add up to `sums_by_month` of that month.
    """
    rows = connection.execute(
        "SELECT p.id, p.paid_on, p.amount, o.paid_on, ifnull(v.name, ''), c.name, a.amount, a.note, p.note,"
        f" ifnull(n.name, ''), ifnull(f.name, ''), ifnull(t.name, ''), ifnull(f.kind, '') IN ({FUNDED})"
        " FROM payment p LEFT JOIN payment o ON o.id = p.repays_id"
        " LEFT JOIN provider v ON v.id = p.provider_id LEFT JOIN person n ON n.id = p.person_id"
        " LEFT JOIN account f ON f.id = p.account_id LEFT JOIN account t ON t.id = p.to_account_id"
        " LEFT JOIN allocation a ON a.payment_id = p.id LEFT JOIN category c ON c.id = a.category_id"
        " WHERE p.id IN (SELECT id FROM payment WHERE paid_on >= :begin AND paid_on < :end"
        "  UNION SELECT r.id FROM payment e JOIN payment r ON r.repays_id = e.id"
        "  WHERE e.paid_on >= :begin AND e.paid_on < :end)"
        " ORDER BY p.paid_on, p.id, a.id",
        {"begin": period.begin.isoformat(), "end": period.end.isoformat()},
    )
    last: tuple[object, ...] | None = None
    given = 0
    for row in rows:
        if last is not None and row[0] != last[0]:
            yield from _rest(last, given)
            given = 0
        last = row
        if row[5] is not None:
            given += row[6]
            yield _part(row, row[5], row[6], row[7])
    if last is not None:
        yield from _rest(last, given)


def _rest(row: tuple, given: Cents) -> Iterator[PaymentPart]:  # type: ignore[type-arg]
    if row[2] != given:
        yield _part(row, "", row[2] - given, "")


def _part(row: tuple, category: str, amount: Cents, note: str) -> PaymentPart:  # type: ignore[type-arg]
    counted = bool(category) and not row[12]
    return PaymentPart(
        paid_on=day(row[1]),
        counts_in=first_of(day(row[3] or row[1])) if counted else None,
        payee=row[4],
        category=category,
        amount=amount,
        person=row[9],
        account=row[10],
        to_account=row[11],
        note="; ".join(text for text in (note, row[8]) if text),
    )
