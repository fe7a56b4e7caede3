"""Payments and accounts as rows for tables that leave the ledger, names instead of ids."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from tracker.dates import Period
from tracker.money import Cents
from tracker.storage.queries.columns import day, day_or_none
from tracker.storage.queries.payments import FUNDED


class PaidPart(NamedTuple):
    """One budget line's part of a payment, or the part that belongs to no line (`category` empty).

    `counts_on` is the day whose month it counts in, None where it is no actual of the budget. `repays_id`
    is the expense it gives back. Parts of one payment follow each other and add up to it.
    """

    payment_id: int
    on: date
    payee: str
    person: str
    category: str
    amount: Cents
    account: str
    to_account: str
    counts_on: date | None
    repays_id: int | None
    source: str
    tax_year: int | None
    note: str
    bank_id: str


class AccountSums(NamedTuple):
    """An account with what moved in a period; `before` is its balance when the period begins."""

    name: str
    kind: str
    institution: str
    owner: str
    opened_on: date | None
    closed: bool
    before: Cents
    money_in: Cents
    money_out: Cents


def paid_parts(connection: sqlite3.Connection, period: Period) -> Iterator[PaidPart]:
    """What was paid, moved or came back in a period, oldest first."""
    rows = connection.execute(
        "SELECT p.id, p.paid_on, ifnull(v.name, ''), ifnull(n.name, ''), c.name, a.amount, p.amount,"
        " ifnull(f.name, ''), ifnull(t.name, ''), o.paid_on, p.repays_id, ifnull(p.source, ''), p.tax_year,"
        f" a.note, p.note, p.bank_id, ifnull(f.kind, '') IN ({FUNDED})"
        " FROM payment p LEFT JOIN payment o ON o.id = p.repays_id"
        " LEFT JOIN provider v ON v.id = p.provider_id LEFT JOIN person n ON n.id = p.person_id"
        " LEFT JOIN account f ON f.id = p.account_id LEFT JOIN account t ON t.id = p.to_account_id"
        " LEFT JOIN allocation a ON a.payment_id = p.id LEFT JOIN category c ON c.id = a.category_id"
        " WHERE p.paid_on >= ? AND p.paid_on < ? ORDER BY p.paid_on, p.id, a.id",
        (period.begin.isoformat(), period.end.isoformat()),
    )
    for _payment_id, group in groupby(rows, key=lambda row: row[0]):
        given, last = 0, None
        for row in group:
            last = row
            if row[4] is not None:
                given += row[5]
                yield _part(row, row[4], row[5])
        if last is not None and last[6] != given:
            yield _part(last, "", last[6] - given)


def _part(row: tuple, category: str, amount: Cents) -> PaidPart:  # type: ignore[type-arg]
    counted = bool(category) and not row[16]
    return PaidPart(
        payment_id=row[0],
        on=day(row[1]),
        payee=row[2],
        person=row[3],
        category=category,
        amount=amount,
        account=row[7],
        to_account=row[8],
        counts_on=day(row[9] or row[1]) if counted else None,
        repays_id=row[10],
        source=row[11],
        tax_year=row[12],
        note="; ".join(text for text in (row[13] if category else "", row[14]) if text),
        bank_id=row[15].replace("\n", " "),
    )


def account_sums(connection: sqlite3.Connection, period: Period) -> list[AccountSums]:
    """Every account with what moved in a period, by name."""
    begin, end = period.begin.isoformat(), period.end.isoformat()
    rows = connection.execute(
        "WITH moved AS (SELECT account_id AS id, paid_on, -amount AS amount FROM payment"
        "  WHERE account_id IS NOT NULL UNION ALL"
        "  SELECT to_account_id, paid_on, amount FROM payment WHERE to_account_id IS NOT NULL)"
        " SELECT f.name, f.kind, f.institution, ifnull(n.name, ''), f.opened_on, f.closed,"
        " f.opening + ifnull((SELECT sum(amount) FROM moved m WHERE m.id = f.id"
        "   AND m.paid_on < :begin), 0),"
        " ifnull((SELECT sum(amount) FROM moved m WHERE m.id = f.id AND amount > 0"
        "   AND m.paid_on >= :begin AND m.paid_on < :end), 0),"
        " ifnull((SELECT -sum(amount) FROM moved m WHERE m.id = f.id AND amount < 0"
        "   AND m.paid_on >= :begin AND m.paid_on < :end), 0)"
        " FROM account f LEFT JOIN person n ON n.id = f.person_id ORDER BY f.name COLLATE NOCASE, f.id",
        {"begin": begin, "end": end},
    )
    return [
        AccountSums(row[0], row[1], row[2], row[3], day_or_none(row[4]), bool(row[5]), *row[6:9])
        for row in rows
    ]
