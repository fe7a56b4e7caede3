"""Payments: the ids a filter keeps, in order; the lines of a few ids; sums by month.

The spending table holds only ids and asks for the lines it shows, so its speed and memory do not
grow with the ledger.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.dates import Period
from tracker.facts import (
    AccountKind,
    Allocation,
    Basis,
    BillShare,
    MoneySource,
    MonthSum,
    Payment,
    PaymentLine,
    Repaid,
)
from tracker.money import Cents
from tracker.storage.queries.columns import day, day_or_none, kind_of
from tracker.storage.queries.fact_rows import children

FUNDED = "'contingency', 'sinking', 'hra'"
"""Kinds of account, as SQL, whose payments are no actual of the budget."""

UNALLOCATED = -1
"""As a category in a filter: payments that belong to no budget line."""

_ORDERS = {
    "date": "p.paid_on {way}, p.id {way}",
    "payee": "v.name COLLATE NOCASE {way}, p.paid_on DESC, p.id DESC",
    "category": "(SELECT c.name FROM allocation a JOIN category c ON c.id = a.category_id"
    " WHERE a.payment_id = p.id ORDER BY a.id LIMIT 1) COLLATE NOCASE {way}, p.paid_on DESC, p.id DESC",
    "person": "(SELECT name FROM person WHERE id = p.person_id) COLLATE NOCASE {way},"
    " p.paid_on DESC, p.id DESC",
    "account": "(SELECT name FROM account WHERE id = p.account_id) COLLATE NOCASE {way},"
    " p.paid_on DESC, p.id DESC",
    "note": "p.note COLLATE NOCASE {way}, p.paid_on DESC, p.id DESC",
    "amount": "p.amount {way}, p.paid_on DESC, p.id DESC",
}
SORT_KEYS = tuple(_ORDERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFilter:
    """What the spending table keeps. Every word of `text` must occur somewhere in the row."""

    text: str = ""
    period: Period | None = None
    category_id: int | None = None
    account_id: int | None = None
    person_id: int | None = None
    provider_id: int | None = None
    import_id: int | None = None


EVERYTHING = PaymentFilter()


@dataclass(frozen=True, slots=True)
class PaymentIds:
    """The kept ids in order, and what was spent in them (transfers between own accounts left out)."""

    ids: array[int]
    spent: Cents


def ids(
    connection: sqlite3.Connection,
    kept: PaymentFilter = EVERYTHING,
    *,
    sort: str = "date",
    descending: bool = True,
    limit: int = -1,
) -> PaymentIds:
    """Ids of the payments a filter keeps, in the order asked for; at most `limit` where it is given."""
    where, args = _conditions(connection, kept)
    join = "LEFT JOIN provider v ON v.id = p.provider_id" if sort == "payee" else ""
    order = _ORDERS[sort].format(way="DESC" if descending else "ASC")
    rows = connection.execute(
        f"SELECT p.id, CASE WHEN p.to_account_id IS NULL THEN p.amount ELSE 0 END"
        f" FROM payment p {join} WHERE {where} ORDER BY {order} LIMIT ?",
        [*args, limit],
    ).fetchall()
    return PaymentIds(array("q", [row[0] for row in rows]), sum(row[1] for row in rows))


def lines(connection: sqlite3.Connection, wanted: Sequence[int]) -> list[PaymentLine]:
    """The rows of some ids in the order given; ids that are gone are left out."""
    found: dict[int, PaymentLine] = {}
    for start in range(0, len(wanted), 500):
        part = tuple(wanted[start : start + 500])
        marks = ",".join("?" * len(part))
        for row in connection.execute(
            "SELECT p.id, p.paid_on, p.amount, ifnull(v.name, ''), ifnull(n.name, ''), ifnull(f.name, ''),"
            " ifnull(t.name, ''),"
            " (SELECT group_concat(name, ', ') FROM (SELECT c.name FROM allocation a"
            "   JOIN category c ON c.id = a.category_id WHERE a.payment_id = p.id ORDER BY a.id)),"
            " (SELECT count(*) FROM allocation WHERE payment_id = p.id), p.repays_id, p.note,"
            " (SELECT count(*) FROM document d WHERE d.payment_id = p.id)"
            " FROM payment p LEFT JOIN provider v ON v.id = p.provider_id"
            " LEFT JOIN person n ON n.id = p.person_id LEFT JOIN account f ON f.id = p.account_id"
            f" LEFT JOIN account t ON t.id = p.to_account_id WHERE p.id IN ({marks})",
            part,
        ):
            found[row[0]] = PaymentLine(
                id=row[0],
                paid_on=day(row[1]),
                amount=row[2],
                payee=row[3],
                person=row[4],
                account=row[5],
                to_account=row[6],
                category=row[7] or "",
                split=row[8] > 1,
                repays_id=row[9],
                note=row[10],
                documents=row[11],
            )
    return [found[payment_id] for payment_id in wanted if payment_id in found]


def get(connection: sqlite3.Connection, payment_id: int) -> Payment | None:
    """One payment with its allocations."""
    return next(iter(many(connection, [payment_id])), None)


def many(connection: sqlite3.Connection, wanted: Sequence[int]) -> list[Payment]:
    """Payments with their allocations, in the order of the ids given."""
    found: dict[int, Payment] = {}
    for start in range(0, len(wanted), 500):
        part = tuple(wanted[start : start + 500])
        marks = ",".join("?" * len(part))
        shares: dict[int, list[Allocation]] = {}
        for owner, category_id, amount, note in connection.execute(
            f"SELECT payment_id, category_id, amount, note FROM allocation WHERE payment_id IN ({marks})"
            " ORDER BY id",
            part,
        ):
            share = Allocation(category_id=category_id, amount=amount, note=note)
            shares.setdefault(owner, []).append(share)
        bills = children(connection, BillShare, "payment_bill", "payment_id", part)
        repaid = children(connection, Repaid, "payment_repaid", "payment_id", part)
        for row in connection.execute(
            "SELECT id, paid_on, amount, provider_id, person_id, account_id, to_account_id, repays_id,"
            f" recurring_id, due_on, note, tax_year, source, bank_id, import_id"
            f" FROM payment WHERE id IN ({marks})",
            part,
        ):
            found[row[0]] = Payment(
                id=row[0],
                paid_on=day(row[1]),
                amount=row[2],
                provider_id=row[3],
                person_id=row[4],
                account_id=row[5],
                to_account_id=row[6],
                repays_id=row[7],
                recurring_id=row[8],
                due_on=day_or_none(row[9]),
                note=row[10],
                tax_year=row[11],
                source=kind_of(MoneySource, row[12]) if row[12] else None,
                bank_id=row[13],
                import_id=row[14],
                allocations=tuple(shares.get(row[0], ())),
                bills=tuple(bills.get(row[0], ())),
                repaid=tuple(repaid.get(row[0], ())),
            )
    return [found[payment_id] for payment_id in wanted if payment_id in found]


def of_memberships(
    connection: sqlite3.Connection, fees: Sequence[int], practices: Sequence[int]
) -> list[int]:
    """The ids of the payments of some fees, of others to the practices under the budget line of
    memberships, and of what came back of either; oldest first."""
    if not practices:
        return []
    fee_marks, practice_marks = ",".join("?" * len(fees)), ",".join("?" * len(practices))
    rows = connection.execute(
        f"WITH paid AS (SELECT id FROM payment WHERE recurring_id IN ({fee_marks})"
        f" OR (provider_id IN ({practice_marks}) AND EXISTS (SELECT 1 FROM allocation a"
        " JOIN category c ON c.id = a.category_id WHERE a.payment_id = payment.id"
        " AND c.role = 'membership')))"
        " SELECT id FROM payment WHERE id IN (SELECT id FROM paid)"
        " OR repays_id IN (SELECT id FROM paid) ORDER BY paid_on, id",
        (*fees, *practices),
    )
    return [row[0] for row in rows]


def sums_by_month(
    connection: sqlite3.Connection, period: Period, *, basis: Basis = Basis.EXPENSE
) -> list[MonthSum]:
    """What was paid for each category in each month of a period: the budget's actuals.

    Money that came back counts in the month of the expense it repays, or with `Basis.CASH` in the
    month it arrived. What a fund pays is left out: it was an actual when it was put into the fund
    (rulebook 7.1, funded spending). So is what an HRA pays: that is the employer's money.
    """
    rows = connection.execute(
        f"SELECT a.category_id, substr(m.day, 1, 7), sum(a.amount), count(DISTINCT m.id)"
        f" FROM ({_counted(basis)}) m JOIN allocation a ON a.payment_id = m.id"
        " GROUP BY 1, 2 ORDER BY 2, 1",
        _period_args(period),
    )
    return [
        MonthSum(
            category_id=category_id, month=date.fromisoformat(month + "-01"), actual=actual, count=count
        )
        for category_id, month, actual, count in rows
    ]


def ids_behind(
    connection: sqlite3.Connection, category_id: int, period: Period, *, basis: Basis = Basis.EXPENSE
) -> list[int]:
    """The payments that `sums_by_month` added up for one category, oldest first."""
    rows = connection.execute(
        f"SELECT DISTINCT m.id FROM ({_counted(basis)}) m JOIN allocation a ON a.payment_id = m.id"
        " WHERE a.category_id = :category ORDER BY m.paid_on, m.id",
        _period_args(period) | {"category": category_id},
    )
    return [row[0] for row in rows]


def loose_refunds(connection: sqlite3.Connection, period: Period) -> dict[AccountKind | None, Cents]:
    """Refunds tied to no payment, above zero, by the kind of account they came into (None: not named)."""
    rows = connection.execute(
        "SELECT f.kind, -sum(p.amount) FROM payment p LEFT JOIN account f ON f.id = p.account_id"
        " WHERE p.paid_on >= :begin AND p.paid_on < :end AND p.to_account_id IS NULL AND p.amount < 0"
        " AND p.repays_id IS NULL GROUP BY 1",
        _period_args(period),
    )
    return {kind_of(AccountKind, kind) if kind else None: amount for kind, amount in rows}


def paid_for_recurring(connection: sqlite3.Connection, recurring_id: int, period: Period) -> Cents:
    """What was paid in a period toward one recurring payment, refunds taken off."""
    args = _period_args(period) | {"id": recurring_id}
    paid = connection.execute(
        "SELECT ifnull(sum(amount), 0) FROM payment WHERE recurring_id = :id"
        " AND paid_on >= :begin AND paid_on < :end",
        args,
    ).fetchone()[0]
    back = connection.execute(
        "SELECT ifnull(sum(r.amount), 0) FROM payment p JOIN payment r ON r.repays_id = p.id"
        " WHERE p.recurring_id = :id AND p.paid_on >= :begin AND p.paid_on < :end",
        args,
    ).fetchone()[0]
    return int(paid) + int(back)


def refunds_of(connection: sqlite3.Connection, payment_id: int) -> list[Payment]:
    """The refunds tied to a payment, oldest first."""
    rows = connection.execute(
        "SELECT id FROM payment WHERE repays_id = ? ORDER BY paid_on, id", (payment_id,)
    ).fetchall()
    return many(connection, [row[0] for row in rows])


def first_and_last_day(connection: sqlite3.Connection) -> tuple[date, date] | None:
    """The days of the oldest and the newest payment, or None where there is none."""
    first, last = connection.execute("SELECT min(paid_on), max(paid_on) FROM payment").fetchone()
    return (day(first), day(last)) if first else None


def _period_args(period: Period) -> dict[str, str | int]:
    return {"begin": period.begin.isoformat(), "end": period.end.isoformat()}


def _counted(basis: Basis) -> str:
    """Payments that count in a period, with the day whose month they belong to.

    Two branches instead of one condition with OR, so that each uses its index. The plus keeps SQLite
    from choosing the index on `repays_id`, under which almost every payment is NULL.
    """
    from_fund = f"p.account_id IN (SELECT id FROM account WHERE kind IN ({FUNDED}))"
    columns = "p.id AS id, p.paid_on AS paid_on"
    if basis is Basis.CASH:
        return (
            f"SELECT {columns}, p.paid_on AS day FROM payment p"
            f" WHERE p.paid_on >= :begin AND p.paid_on < :end AND ({from_fund}) IS NOT TRUE"
        )
    return (
        f"SELECT {columns}, p.paid_on AS day FROM payment p"
        " WHERE p.paid_on >= :begin AND p.paid_on < :end AND +p.repays_id IS NULL"
        f" AND ({from_fund}) IS NOT TRUE"
        f" UNION ALL SELECT {columns}, o.paid_on AS day FROM payment o JOIN payment p ON p.repays_id = o.id"
        f" WHERE o.paid_on >= :begin AND o.paid_on < :end AND ({from_fund}) IS NOT TRUE"
    )


def _conditions(connection: sqlite3.Connection, kept: PaymentFilter) -> tuple[str, list[object]]:
    parts, args = ["1"], list[object]()
    if kept.period:
        parts.append("p.paid_on >= ? AND p.paid_on < ?")
        args += [kept.period.begin.isoformat(), kept.period.end.isoformat()]
    for column, value in (
        ("provider_id", kept.provider_id),
        ("person_id", kept.person_id),
        ("import_id", kept.import_id),
    ):
        if value is not None:
            parts.append(f"p.{column} = ?")
            args.append(value)
    if kept.account_id is not None:
        parts.append("(p.account_id = ? OR p.to_account_id = ?)")
        args += [kept.account_id, kept.account_id]
    if kept.category_id == UNALLOCATED:
        parts.append("NOT EXISTS (SELECT 1 FROM allocation a WHERE a.payment_id = p.id)")
    elif kept.category_id is not None:
        parts.append("EXISTS (SELECT 1 FROM allocation a WHERE a.payment_id = p.id AND a.category_id = ?)")
        args.append(kept.category_id)
    for word in kept.text.casefold().split()[:8]:
        condition, more = _word(connection, word)
        parts.append(condition)
        args += more
    return " AND ".join(parts), args


def _word(connection: sqlite3.Connection, word: str) -> tuple[str, list[object]]:
    """Where a word may occur. Names are matched once per name, not once per payment."""

    def matching(table: str) -> str:
        rows = connection.execute(f"SELECT id, name FROM {table}")
        return ",".join(str(row_id) for row_id, name in rows if word in name.casefold())

    accounts = matching("account")
    ways = [
        f"p.provider_id IN ({matching('provider')})",
        f"p.person_id IN ({matching('person')})",
        f"p.account_id IN ({accounts})",
        f"p.to_account_id IN ({accounts})",
    ]
    if found := matching("category"):
        ways.append(f"p.id IN (SELECT payment_id FROM allocation WHERE category_id IN ({found}))")
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    args: list[object]
    if word.isascii():
        ways.append("(p.note <> '' AND p.note LIKE ? ESCAPE '\\')")
        args = [f"%{escaped}%"]
    else:  # LIKE knows no other capitals than A to Z
        connection.create_function("casefold", 1, str.casefold, deterministic=True)
        ways.append("(p.note <> '' AND instr(casefold(p.note), ?))")
        args = [word]
    digits = word.lstrip("-$").replace(",", "")
    if digits and digits.replace(".", "", 1).isdecimal() and digits.isascii():
        ways.append("printf('%d.%02d', abs(p.amount) / 100, abs(p.amount) % 100) LIKE ?")
        args.append(f"{digits}%")
    if word[:1].isdigit() and "-" in word:
        ways.append("p.paid_on LIKE ? ESCAPE '\\'")
        args.append(f"{escaped}%")
    return "(" + " OR ".join(ways) + ")", args
