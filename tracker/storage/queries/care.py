"""Visits, bills with their statements, and what payments went to them."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from tracker.dates import Period
from tracker.facts import Bill, OrderLine, Payment, Statement, StatementLine, Visit
from tracker.money import Cents
from tracker.storage.queries.columns import day
from tracker.storage.queries.fact_rows import children, row_reader

_VISIT, _BILL, _STATEMENT = row_reader(Visit), row_reader(Bill), row_reader(Statement)


def visits(connection: sqlite3.Connection, period: Period | None = None) -> list[Visit]:
    """The care log, the latest first, with what was ordered; of a period where one is given."""
    rows = connection.execute(
        f"SELECT {_VISIT.columns()} FROM visit WHERE :begin IS NULL"
        " OR (visited_on >= :begin AND visited_on < :end) ORDER BY visited_on DESC, id DESC",
        _within(period),
    ).fetchall()
    orders = children(connection, OrderLine, "order_line", "visit_id", (row[0] for row in rows))
    return [_VISIT.fact(row, orders=tuple(orders.get(row[0], ()))) for row in rows]


def visit(connection: sqlite3.Connection, visit_id: int) -> Visit | None:
    row = connection.execute(f"SELECT {_VISIT.columns()} FROM visit WHERE id = ?", (visit_id,)).fetchone()
    if row is None:
        return None
    orders = children(connection, OrderLine, "order_line", "visit_id", [visit_id])
    return _VISIT.fact(row, orders=tuple(orders.get(visit_id, ())))


def bills(connection: sqlite3.Connection, period: Period | None = None) -> list[Bill]:
    """Bills with their statements, the latest care first; of care in a period where one is given."""
    rows = connection.execute(
        f"SELECT {_BILL.columns()} FROM bill WHERE :begin IS NULL"
        " OR (service_from >= :begin AND service_from < :end) ORDER BY service_from DESC, id DESC",
        _within(period),
    ).fetchall()
    statements = _statements(connection, [row[0] for row in rows])
    return [_BILL.fact(row, statements=tuple(statements.get(row[0], ()))) for row in rows]


def bill(connection: sqlite3.Connection, bill_id: int) -> Bill | None:
    row = connection.execute(f"SELECT {_BILL.columns()} FROM bill WHERE id = ?", (bill_id,)).fetchone()
    if row is None:
        return None
    return _BILL.fact(row, statements=tuple(_statements(connection, [bill_id]).get(bill_id, ())))


def _statements(connection: sqlite3.Connection, bill_ids: list[int]) -> dict[int, list[Statement]]:
    """The statements of some bills, oldest first, with their lines."""
    found: dict[int, list[tuple[int, Statement]]] = {}
    for start in range(0, len(bill_ids), 500):
        part = bill_ids[start : start + 500]
        marks = ",".join("?" * len(part))
        for row in connection.execute(
            f"SELECT bill_id, id, {_STATEMENT.columns()} FROM statement WHERE bill_id IN ({marks})"
            " ORDER BY stated_on, id",
            part,
        ):
            found.setdefault(row[0], []).append((row[1], _STATEMENT.fact(row[2:])))
    ids = [number for pairs in found.values() for number, _ in pairs]
    lines = children(connection, StatementLine, "statement_line", "statement_id", ids)
    return {
        bill_id: [
            replace(item, lines=tuple(lines[number])) if number in lines else item for number, item in pairs
        ]
        for bill_id, pairs in found.items()
    }


def paid_on_bills(connection: sqlite3.Connection) -> dict[int, list[tuple[Payment, Cents]]]:
    """The payments toward each bill with the part that went to it, oldest first; refunds are negative.

    The payments come without their allocations.
    """
    found: dict[int, list[tuple[Payment, Cents]]] = {}
    for row in connection.execute(
        "SELECT b.bill_id, b.amount, p.id, p.paid_on, p.amount, p.provider_id, p.person_id, p.account_id,"
        " p.repays_id, p.note FROM payment_bill b JOIN payment p ON p.id = b.payment_id"
        " ORDER BY p.paid_on, p.id"
    ):
        payment = Payment(
            id=row[2],
            paid_on=day(row[3]),
            amount=row[4],
            provider_id=row[5],
            person_id=row[6],
            account_id=row[7],
            repays_id=row[8],
            note=row[9],
        )
        found.setdefault(row[0], []).append((payment, row[1]))
    return found


def _within(period: Period | None) -> dict[str, str | None]:
    begin, end = (period.begin.isoformat(), period.end.isoformat()) if period else (None, None)
    return {"begin": begin, "end": end}
