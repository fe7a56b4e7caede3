"""Writes a large ledger to measure with: twenty years of a busy household.

    python tests/benchmarks/make_big.py OUT.ledger [--payments 50000] [--claims 5000] [--today YYYY-MM-DD]

The rows are made up by a seeded generator, the same for the same arguments, and written with plain
bulk inserts.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

YEARS = 20
PROVIDERS = 400
NOTES = ("", "", "", "Paid at the desk", "Second statement", "Refill", "Called about it", "Half of it")
FIRST_NAMES = ("Harbor", "Northside", "Seaside", "Lakeview", "Meridian", "Tidewater", "Corner", "Eastgate")
LAST_NAMES = ("Clinic", "Labs", "Imaging", "Pharmacy", "Cardiology", "Hospital", "Therapy", "Dental Care")
KINDS = ("doctor", "lab", "imaging", "pharmacy", "specialist", "hospital", "therapy", "other")


def make_big(path: Path, *, payments: int = 50_000, claims: int = 5_000, today: date) -> None:
    """Write the ledger; `today` is the last day in it. The file may not exist yet."""
    from tracker.storage.ledger import create

    create(path, clock=lambda: today).close()
    chance = random.Random(20)
    first_year = today.year - YEARS + 1
    days = (today - date(first_year, 1, 1)).days
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        categories = [row[0] for row in connection.execute("SELECT id FROM category ORDER BY position")]
        insert = _Inserter(connection)
        insert.many("person", ("id", "name", "position"), [(1, "Eleanor", 0), (2, "Martin", 1)])
        insert.many("provider", ("id", "name", "kind"), _providers())
        insert.many("account", ("id", "name", "kind", "opening", "target"), _accounts())
        insert.many(
            "membership",
            ("id", "practice_id", "model", "begins_on", "ends_on", "auto_renews"),
            [(1, 1, "concierge", f"{first_year}-01-15", f"{first_year + 1}-01-14", 1)],
        )
        insert.many("membership_person", ("membership_id", "person_id"), [(1, 1)])
        years = range(first_year, today.year + 1)
        for plan_id, year in enumerate(years, start=1):
            _add_plan(insert, plan_id, year)
        insert.many("budget_line", ("category_id", "month", "estimate"), _estimates(categories, years))
        insert.many("recurring", _RECURRING, _recurring(categories, years))
        settled = list(_settled(years, today))
        _add_payments(insert, chance, categories, settled, payments, date(first_year, 1, 1), days)
        insert.many("claim", _CLAIM, _claims(chance, claims, date(first_year, 1, 1), days))
        insert.many(
            "change_history",
            ("at", "words", "kind"),
            ((_moment(number), f"Add expense {number}", "done") for number in range(payments // 10)),
        )
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


_PAYMENT = ("id", "paid_on", "amount", "provider_id", "person_id", "account_id", "to_account_id")
_PAYMENT += ("repays_id", "recurring_id", "due_on", "note")
_RECURRING = ("id", "label", "amount", "frequency", "first_due", "last_due", "provider_id")
_RECURRING += ("account_id", "to_account_id", "category_id", "membership_id", "plan_id")
_CLAIM = ("claim_number", "person_id", "provider_id", "plan_id", "network", "description")
_CLAIM += ("service_from", "processed_on", "billed", "allowed", "plan_paid", "deductible")
_CLAIM += ("copay", "coinsurance", "not_covered", "you_owe")


class _Inserter:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def many(self, table: str, columns: Sequence[str], rows: Any) -> None:
        marks = ", ".join("?" * len(columns))
        self._connection.executemany(f"INSERT INTO {table}({', '.join(columns)}) VALUES ({marks})", rows)


def _providers() -> Iterator[tuple[int, str, str]]:
    yield 1, "Harbor Concierge Medicine", "practice"
    yield 2, "BlueRiver Health", "insurer"
    for number in range(3, PROVIDERS + 1):
        kind = number % len(LAST_NAMES)
        name = f"{FIRST_NAMES[number // 8 % 8]} {LAST_NAMES[kind]} {number}"
        yield number, name, KINDS[kind]


def _accounts() -> list[tuple[int, str, str, int, int | None]]:
    return [
        (1, "Checking", "bank", 5_000_000, None),
        (2, "Credit card", "card", 0, None),
        (3, "HSA", "hsa", 300_000, None),
        (4, "Contingency fund", "contingency", 80_000, 10_000_000),
    ]


def _add_plan(insert: _Inserter, plan_id: int, year: int) -> None:
    insert.many(
        "plan",
        ("id", "name", "insurer_id", "kind", "begins_on", "ends_on"),
        [(plan_id, f"BlueRiver PPO {year}", 2, "PPO", f"{year}-01-01", f"{year}-12-31")],
    )
    insert.many("plan_person", ("plan_id", "person_id"), [(plan_id, 1), (plan_id, 2)])
    insert.many(
        "accumulator",
        ("plan_id", "name", "kind", "network", "mode", "individual", "family"),
        [
            (plan_id, "DED_IN", "deductible", "in", "embedded", 600_000, 1_200_000),
            (plan_id, "DED_OUT", "deductible", "out", "embedded", 1_200_000, 2_400_000),
            (plan_id, "OOP_IN", "oop_max", "in", "embedded", 2_000_000, 4_000_000),
            (plan_id, "OOP_OUT", "oop_max", "out", "embedded", 4_000_000, 8_000_000),
        ],
    )


def _estimates(categories: Sequence[int], years: range) -> Iterator[tuple[int, str, int]]:
    amounts = (30_000, 45_000, 5_000, 7_500, 10_000, 15_000, 10_000)
    for year in years:
        for month in range(1, 13):
            for category_id, amount in zip(categories, amounts, strict=True):
                yield category_id, f"{year}-{month:02d}-01", amount


def _recurring(categories: Sequence[int], years: range) -> Iterator[tuple[Any, ...]]:
    fee, premium, fund = categories[0], categories[1], categories[6]
    first = years[0]
    yield 1, "Fee", 30_000, "monthly", f"{first}-01-15", None, 1, 1, None, fee, 1, None
    yield 2, "Deposit", 10_000, "monthly", f"{first}-01-20", None, None, 1, 4, fund, None, None
    for plan_id, year in enumerate(years, start=1):
        dues = f"{year}-01-01", f"{year}-12-01"
        yield 2 + plan_id, f"Premium {year}", 45_000, "monthly", *dues, 2, 1, None, premium, None, plan_id


def _settled(years: range, today: date) -> Iterator[tuple[int, date, int, int | None, int | None, int]]:
    """Recurring id, day, amount, provider, account moved to, place of the budget line."""
    for plan_id, year in enumerate(years, start=1):
        for month in range(1, 13):
            for item, day, amount, provider, to, line in (
                (2 + plan_id, 1, 45_000, 2, None, 1),
                (1, 15, 30_000, 1, None, 0),
                (2, 20, 10_000, None, 4, 6),
            ):
                due = date(year, month, day)
                if due <= today:
                    yield item, due, amount, provider, to, line


def _add_payments(
    insert: _Inserter,
    chance: random.Random,
    categories: Sequence[int],
    settled: Sequence[tuple[int, date, int, int | None, int | None, int]],
    count: int,
    begin: date,
    days: int,
) -> None:
    """The dues, and everything else in random order of day, one in fifty of it a refund."""
    payments: list[tuple[Any, ...]] = []
    shares: list[tuple[int, int, int]] = []
    for payment_id, (item, due, amount, provider, to, line) in enumerate(settled, start=1):
        day = due.isoformat()
        payments.append((payment_id, day, amount, provider, None, 1, to, None, item, day, ""))
        shares.append((payment_id, categories[line], amount))
    expenses: list[int] = []
    for payment_id in range(len(settled) + 1, count + 1):
        day = begin + timedelta(days=chance.randint(0, days))
        provider = chance.randint(3, PROVIDERS)
        who = chance.randint(1, 2)
        account = chance.choice((1, 2, 2, 2, 3))
        note = chance.choice(NOTES)
        if payment_id % 50 == 0 and expenses:
            repaid = expenses.pop()
            back = -chance.randint(100, 1_000)
            payments.append(
                (payment_id, day.isoformat(), back, provider, who, account, None, repaid, None, None, note)
            )
            shares.append((payment_id, chance.choice(categories[2:6]), back))
            continue
        amount = chance.randint(1_000, 30_000)
        payments.append(
            (payment_id, day.isoformat(), amount, provider, who, account, None, None, None, None, note)
        )
        if payment_id % 20 == 0:
            part = amount // 3
            shares += [(payment_id, categories[4], part), (payment_id, categories[5], amount - part)]
        else:
            shares.append((payment_id, chance.choice(categories[2:6]), amount))
            expenses.append(payment_id)
    insert.many("payment", _PAYMENT, payments)
    insert.many("allocation", ("payment_id", "category_id", "amount"), shares)


def _claims(chance: random.Random, count: int, begin: date, days: int) -> Iterator[tuple[Any, ...]]:
    for number in range(count):
        day = begin + timedelta(days=chance.randint(0, days))
        processed = min(day + timedelta(days=chance.randint(7, 40)), begin + timedelta(days=days))
        allowed = chance.randint(4_000, 30_000)
        deductible = chance.randint(0, 3_000)
        copay = chance.choice((0, 1_000))
        coinsurance = (allowed - deductible - copay) // 10
        share = deductible + copay + coinsurance
        network = "out" if number % 25 == 0 else "in"
        yield (
            f"BR{number:06d}",
            chance.randint(1, 2),
            chance.randint(3, PROVIDERS),
            day.year - begin.year + 1,
            network,
            "Visit",
            day.isoformat(),
            processed.isoformat(),
            allowed * 2,
            allowed,
            allowed - share,
            deductible,
            copay,
            coinsurance,
            0,
            share,
        )


def _moment(number: int) -> str:
    return (datetime(2006, 1, 1, tzinfo=UTC) + timedelta(hours=number)).isoformat(timespec="seconds")


def main() -> int:
    parser = argparse.ArgumentParser(description="Write a large ledger to measure with.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--payments", type=int, default=50_000)
    parser.add_argument("--claims", type=int, default=5_000)
    parser.add_argument("--today", type=date.fromisoformat, default=datetime.now().astimezone().date())
    wanted = parser.parse_args()
    begun = time.perf_counter()
    if wanted.out.exists():
        parser.error(f"{wanted.out} is already there")
    make_big(wanted.out, payments=wanted.payments, claims=wanted.claims, today=wanted.today)
    size = wanted.out.stat().st_size / 1024**2
    print(f"{wanted.out}: {size:.1f} MiB in {time.perf_counter() - begun:.1f} s")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    sys.exit(main())
