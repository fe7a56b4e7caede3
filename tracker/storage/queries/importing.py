"""What was imported and by which rules, and what of the ledger rows of a file are compared with."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from tracker.facts.accounts import Qualifies
from tracker.facts.importing import Entered, Import, ImportAccount, ImportedFile, ImportProfile, ImportRule
from tracker.money import Cents
from tracker.storage.queries.columns import day
from tracker.storage.queries.fact_rows import children
from tracker.storage.queries.kept import facts


class Side(NamedTuple):
    """One side of a payment as the bank of that account writes it: negative went out."""

    payment_id: int
    account_id: int | None
    on: date
    amount: Cents
    payee: str
    bank_id: str


def sides(connection: sqlite3.Connection) -> Iterator[Side]:
    """Every payment once for each account it moved money in; without an account once.

    A transfer keeps the numbers of both banks, the paying one's first, a line each.
    """
    for row in connection.execute(
        "SELECT p.id, p.account_id, p.to_account_id, p.paid_on, p.amount, ifnull(v.name, ''), p.bank_id"
        " FROM payment p LEFT JOIN provider v ON v.id = p.provider_id"
    ):
        payment_id, out_of, into, paid_on, amount, payee, numbers = row
        first, _, second = numbers.partition("\n")
        on = day(paid_on)
        if out_of is not None or into is None:
            yield Side(payment_id, out_of, on, -amount, payee, first)
        if into is not None:
            yield Side(payment_id, into, on, amount, payee, second or (first if out_of is None else ""))


def entered(connection: sqlite3.Connection) -> list[Entered]:
    """Every payment that is no transfer, as rules see it, the latest first."""
    said = {item.value: item for item in Qualifies}
    return [
        Entered(
            id=row[0],
            on=day(row[1]),
            amount=-row[2],
            payee=row[3],
            note=row[4],
            person_id=row[5],
            account_id=row[6],
            category_id=row[7],
            shares=row[8],
            item=row[9],
            qualifies=said.get(row[10]),
        )
        for row in connection.execute(
            "SELECT p.id, p.paid_on, p.amount, ifnull(v.name, ''), p.note, p.person_id, p.account_id,"
            " CASE WHEN a.shares = 1 THEN a.category_id END, ifnull(a.shares, 0), ifnull(n.item, ''),"
            " n.qualifies"
            " FROM payment p LEFT JOIN provider v ON v.id = p.provider_id"
            " LEFT JOIN (SELECT payment_id, count(*) AS shares, min(category_id) AS category_id"
            "   FROM allocation GROUP BY payment_id) a ON a.payment_id = p.id"
            " LEFT JOIN expense_note n ON n.payment_id = p.id"
            " WHERE p.to_account_id IS NULL ORDER BY p.paid_on DESC, p.id DESC"
        )
    ]


def payees(connection: sqlite3.Connection) -> list[tuple[str, int | None, int | None]]:
    """Every payee with the budget line and the person of its latest payment."""
    return connection.execute(
        "SELECT v.name,"
        " (SELECT a.category_id FROM payment p JOIN allocation a ON a.payment_id = p.id"
        "   WHERE p.provider_id = v.id ORDER BY p.paid_on DESC, p.id DESC, a.amount DESC LIMIT 1),"
        " (SELECT p.person_id FROM payment p WHERE p.provider_id = v.id"
        "   ORDER BY p.paid_on DESC, p.id DESC LIMIT 1)"
        " FROM provider v ORDER BY v.id"
    ).fetchall()


def habits(connection: sqlite3.Connection) -> list[tuple[str, Cents, int | None, int | None]]:
    """Payee, amount, budget line and person of every expense that is no split, the latest last."""
    return connection.execute(
        "SELECT v.name, p.amount, max(a.category_id), p.person_id FROM payment p"
        " JOIN provider v ON v.id = p.provider_id LEFT JOIN allocation a ON a.payment_id = p.id"
        " WHERE p.to_account_id IS NULL GROUP BY p.id HAVING count(a.id) < 2 ORDER BY p.paid_on, p.id"
    ).fetchall()


def imports(connection: sqlite3.Connection) -> list[Import]:
    """Every import with its files, the latest first."""
    rows = connection.execute("SELECT id, at, note FROM import_batch ORDER BY at DESC, id DESC").fetchall()
    files = children(connection, ImportedFile, "import_file", "import_id", [row[0] for row in rows])
    return [
        Import(id=row[0], at=datetime.fromisoformat(row[1]), note=row[2], files=tuple(files[row[0]]))
        for row in rows
    ]


def still_there(connection: sqlite3.Connection, import_id: int) -> tuple[int, int]:
    """How many payments and EOBs of an import are still in the ledger."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM payment WHERE import_id = :id),"
        " (SELECT count(*) FROM claim WHERE import_id = :id)",
        {"id": import_id},
    ).fetchone()
    return int(row[0]), int(row[1])


def all_still_there(connection: sqlite3.Connection) -> dict[int, tuple[int, int]]:
    """The same for every import that has any, by its id."""
    found: dict[int, tuple[int, int]] = {}
    for place, table in enumerate(("payment", "claim")):
        for import_id, count in connection.execute(
            f"SELECT import_id, count(*) FROM {table} WHERE import_id IS NOT NULL GROUP BY 1"
        ):
            there = list(found.get(import_id, (0, 0)))
            there[place] = count
            found[import_id] = (there[0], there[1])
    return found


def files_known(connection: sqlite3.Connection) -> dict[str, datetime]:
    """When each file was taken last, by the hash of its bytes."""
    rows = connection.execute(
        "SELECT f.sha256, max(b.at) FROM import_file f JOIN import_batch b ON b.id = f.import_id"
        " WHERE f.taken > 0 GROUP BY 1"
    )
    return {sha: datetime.fromisoformat(at) for sha, at in rows}


def rules(connection: sqlite3.Connection) -> list[ImportRule]:
    """The rules in the order in which they are asked."""
    return facts(connection, ImportRule, "import_rule", order="position, id")


def profiles(connection: sqlite3.Connection) -> list[ImportProfile]:
    """Kept table layouts, the latest first."""
    return facts(connection, ImportProfile, "import_profile", order="id DESC")


def accounts(connection: sqlite3.Connection) -> dict[str, int]:
    """Which account of the ledger an account number in files is."""
    return {item.source: item.account_id for item in facts(connection, ImportAccount, "import_account")}


def payments_of_bills(connection: sqlite3.Connection) -> dict[int, list[tuple[int, Cents]]]:
    """The payments that went to each bill, the latest first, with how much of each."""
    found: dict[int, list[tuple[int, Cents]]] = {}
    for bill_id, payment_id, amount in connection.execute(
        "SELECT s.bill_id, s.payment_id, s.amount FROM payment_bill s JOIN payment p ON p.id = s.payment_id"
        " WHERE s.amount > 0 ORDER BY p.paid_on DESC, p.id DESC"
    ):
        found.setdefault(bill_id, []).append((payment_id, amount))
    return found
