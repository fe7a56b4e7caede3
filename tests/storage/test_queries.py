"""What SQL adds up and keeps is what plain Python would; and it is found by index."""

from __future__ import annotations

import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import TODAY, open_ledger
from tracker.dates import Period, budget_year, first_of
from tracker.errors import WorldProblem
from tracker.facts import AccountKind, Basis, MonthSum
from tracker.services.bundle import services_over
from tracker.storage import engine
from tracker.storage.complaints import translated
from tracker.storage.queries import payments as query
from tracker.storage.queries.payments import SORT_KEYS, UNALLOCATED, PaymentFilter

PAYEES = ("", "Harbor Clinic", "O'Brien 100%", "STRASSE Stra\u00dfe", "a_b\\c", "\u05e9\u05dc\u05d5\u05dd")
NOTES = ("", "Refill", "50% off_x", "back\\slash", "two  words", "\u00c4RZTIN \u00d6l")
ACCOUNTS = ((1, "bank"), (2, "card"), (3, "hsa"), (4, "contingency"))
CATEGORIES = (1, 2, 3)

one_payment = st.fixed_dictionaries(
    {
        "day": st.integers(0, 500).map(lambda days: date(2025, 10, 1) + timedelta(days=days)),
        "amount": st.integers(1, 50_000),
        "payee": st.integers(0, len(PAYEES) - 1),
        "person": st.sampled_from([None, 1, 2]),
        "account": st.sampled_from([None, 1, 2, 3, 4]),
        "to": st.sampled_from([None, None, None, 4]),
        "refund_of": st.sampled_from([None, None, 0, 1, 2]),
        "note": st.sampled_from(NOTES),
        "shares": st.lists(st.tuples(st.sampled_from(CATEGORIES), st.integers(1, 9_000)), max_size=3),
    }
)
households = st.lists(one_payment, max_size=25)


@pytest.fixture(scope="module")
def blank(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A ledger with people, accounts and providers; each example fills and empties it."""
    path = tmp_path_factory.mktemp("queries") / "blank.ledger"
    shutil.copyfile(empty_file, path)
    with closing(engine.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executemany(
            "INSERT INTO person(id, name) VALUES (?, ?)", [(1, "Eleanor"), (2, "Martin")]
        )
        connection.executemany(
            "INSERT INTO account(id, name, kind) VALUES (?, ?, ?)",
            [(number, f"{kind} account", kind) for number, kind in ACCOUNTS],
        )
        connection.executemany(
            "INSERT INTO provider(id, name, kind) VALUES (?, ?, 'other')", list(enumerate(PAYEES))[1:]
        )
        yield connection


def filled(connection: sqlite3.Connection, drafts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put the drafts into the tables; gives them with their ids and the payments they repay."""
    connection.execute("DELETE FROM payment")
    made: list[dict[str, Any]] = []
    expenses: list[dict[str, Any]] = []
    for number, draft in enumerate(drafts, start=1):
        row = draft | {"id": number, "repays": None}
        if draft["refund_of"] is not None and draft["refund_of"] < len(expenses):
            row["repays"] = expenses[draft["refund_of"]]
            row["amount"] = -draft["amount"]
            row["to"] = None
            row["shares"] = [(category, -amount) for category, amount in draft["shares"]]
        else:
            expenses.append(row)
        made.append(row)
        connection.execute(
            "INSERT INTO payment(id, paid_on, amount, provider_id, person_id, account_id, to_account_id,"
            " repays_id, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                row["day"].isoformat(),
                row["amount"],
                row["payee"] or None,
                row["person"],
                row["account"],
                row["to"],
                row["repays"] and row["repays"]["id"],
                row["note"],
            ),
        )
        connection.executemany(
            "INSERT INTO allocation(payment_id, category_id, amount) VALUES (?, ?, ?)",
            [(number, category, amount) for category, amount in row["shares"]],
        )
    return made


def slow_sums(made: list[dict[str, Any]], period: Period, basis: Basis) -> list[MonthSum]:
    """The budget's actuals as rulebook 7.1 and DESIGN principle 2 say them."""
    sums: dict[tuple[date, int], int] = defaultdict(int)
    ids: dict[tuple[date, int], set[int]] = defaultdict(set)
    for row in made:
        if row["account"] == 4:  # paid from the contingency fund: it was an actual when put in
            continue
        day = row["repays"]["day"] if row["repays"] and basis is Basis.EXPENSE else row["day"]
        if day not in period:
            continue
        for category, amount in row["shares"]:
            sums[first_of(day), category] += amount
            ids[first_of(day), category].add(row["id"])
    return [
        MonthSum(
            category_id=category, month=month, actual=sums[month, category], count=len(ids[month, category])
        )
        for month, category in sorted(sums)
    ]


@settings(deadline=None)
@given(households, st.sampled_from(Basis), st.integers(0, 500), st.integers(1, 400))
def test_sums_by_month_are_those_of_plain_python(
    blank: sqlite3.Connection, drafts: list[dict[str, Any]], basis: Basis, begin: int, length: int
) -> None:
    made = filled(blank, drafts)
    start = date(2025, 10, 1) + timedelta(days=begin)
    period = Period(first_of(start), first_of(start + timedelta(days=length + 31)))
    found = query.sums_by_month(blank, period, basis=basis)
    assert sorted(found, key=lambda item: (item.month, item.category_id)) == slow_sums(made, period, basis)
    for item in found:
        month = Period(item.month, first_of(item.month + timedelta(days=31)))
        behind = query.ids_behind(blank, item.category_id, month, basis=basis)
        assert len(behind) == item.count
        shares = [share for row in made if row["id"] in behind for share in row["shares"]]
        assert sum(amount for category, amount in shares if category == item.category_id) == item.actual


def slow_keep(row: dict[str, Any], kept: PaymentFilter) -> bool:
    """Whether the spending table keeps a payment, one condition after the other."""
    if kept.period and row["day"] not in kept.period:
        return False
    if kept.person_id is not None and row["person"] != kept.person_id:
        return False
    if kept.provider_id is not None and (row["payee"] or None) != kept.provider_id:
        return False
    if kept.account_id is not None and kept.account_id not in (row["account"], row["to"]):
        return False
    categories = {category for category, _ in row["shares"]}
    if kept.category_id == UNALLOCATED:
        if categories:
            return False
    elif kept.category_id is not None and kept.category_id not in categories:
        return False
    return all(_occurs(word, row, categories) for word in kept.text.casefold().split())


def _occurs(word: str, row: dict[str, Any], categories: set[int]) -> bool:
    names = [PAYEES[row["payee"]], row["note"]]
    names += [name for number, name in ((1, "Eleanor"), (2, "Martin")) if row["person"] == number]
    names += [f"{kind} account" for number, kind in ACCOUNTS if number in (row["account"], row["to"])]
    names += [TEMPLATE[category] for category in categories]
    if any(word in name.casefold() for name in names):
        return True
    cents = abs(row["amount"])
    amount = f"{cents // 100}.{cents % 100:02d}"
    digits = word.lstrip("-$").replace(",", "")
    if digits.replace(".", "", 1).isdecimal() and amount.startswith(digits):
        return True
    return word[:1].isdigit() and "-" in word and row["day"].isoformat().startswith(word)


TEMPLATE = {
    1: "Concierge Membership Fee",
    2: "Health Insurance Premium",
    3: "Estimated Co-pays (Doctor Visits)",
}
WORDS = (
    *("", "harbor", "HARBOR clinic", "o'brien", "100%", "%", "_", "a_b\\c", "strasse", "\u05e9\u05dc"),
    *("refill", "off_x", "two words", "eleanor", "hsa", "premium", "12", "$12", "1,2", "2026-1"),
    *("2026-01-0", "zzz", "-", "fee harbor", "\u00e4rztin", "\u00d6L"),
)
filters = st.builds(
    PaymentFilter,
    text=st.sampled_from(WORDS) | st.text(max_size=4),
    period=st.none() | st.just(budget_year(1, 2026)),
    category_id=st.sampled_from([None, None, 1, 2, UNALLOCATED]),
    account_id=st.sampled_from([None, None, 1, 4]),
    person_id=st.sampled_from([None, None, 1]),
    provider_id=st.sampled_from([None, None, None, 1]),
)


@settings(deadline=None)
@given(households, st.lists(filters, min_size=1, max_size=4))
def test_a_filter_keeps_what_plain_python_keeps(
    blank: sqlite3.Connection, drafts: list[dict[str, Any]], wanted: list[PaymentFilter]
) -> None:
    made = filled(blank, drafts)
    for kept in wanted:
        found = query.ids(blank, kept)
        expected = [row for row in made if slow_keep(row, kept)]
        assert set(found.ids) == {row["id"] for row in expected}
        assert found.spent == sum(row["amount"] for row in expected if row["to"] is None)
        order = sorted(expected, key=lambda row: (row["day"], row["id"]), reverse=True)
        assert list(found.ids) == [row["id"] for row in order]


@settings(deadline=None, max_examples=25)
@given(households)
def test_every_order_shows_each_payment_once(
    blank: sqlite3.Connection, drafts: list[dict[str, Any]]
) -> None:
    made = filled(blank, drafts)
    for key in SORT_KEYS:
        for descending in (False, True):
            found = list(query.ids(blank, sort=key, descending=descending).ids)
            assert sorted(found) == [row["id"] for row in made]
    by_amount = [row["amount"] for row in sorted(made, key=lambda row: row["amount"])]
    ids = query.ids(blank, sort="amount", descending=False).ids
    assert [made[number - 1]["amount"] for number in ids] == by_amount
    lines = query.lines(blank, [*ids, 999_999])
    assert [line.id for line in lines] == list(ids)
    for line in lines:
        row = made[line.id - 1]
        assert (line.amount, line.paid_on, line.payee) == (row["amount"], row["day"], PAYEES[row["payee"]])
        assert line.split == (len(row["shares"]) > 1)


def test_more_lines_than_one_question_may_name(blank: sqlite3.Connection) -> None:
    draft = {"day": TODAY, "amount": 1, "payee": 0, "person": None, "account": None, "to": None}
    made = filled(blank, [draft | {"refund_of": None, "note": "", "shares": []} for _ in range(1_201)])
    ids = [row["id"] for row in made]
    assert [line.id for line in query.lines(blank, ids)] == ids
    assert [payment.id for payment in query.many(blank, ids)] == ids


@settings(deadline=None, max_examples=40)
@given(households)
def test_who_paid_and_balances(blank: sqlite3.Connection, drafts: list[dict[str, Any]]) -> None:
    from tracker.storage.queries import household

    made = filled(blank, drafts)
    year = budget_year(1, 2026)
    kinds = dict(ACCOUNTS)
    expected: dict[AccountKind | None, int] = defaultdict(int)
    for row in made:
        if row["day"] in year and row["to"] is None and row["amount"] < 0 and row["repays"] is None:
            expected[AccountKind(kinds[row["account"]]) if row["account"] else None] -= row["amount"]
    assert query.loose_refunds(blank, year) == dict(expected)
    for number, balance in household.balances(blank).items():
        left = sum(row["amount"] for row in made if row["account"] == number)
        came = sum(row["amount"] for row in made if row["to"] == number)
        assert balance == came - left
        moved = household.movements(blank, number)
        assert sum(change for _, change in moved) == balance
        assert [day for day, _ in moved] == sorted({day for day, _ in moved})


# speed -------------------------------------------------------------------------------------------


LARGE = {"payment", "claim", "allocation", "document", "p", "c", "a", "d", "o", "r"}
"""The tables that grow with the years, and the short names the queries give them."""


def steps_of(connection: sqlite3.Connection, statements: list[str]) -> list[str]:
    """How SQLite would go about each statement."""
    found = []
    for statement in statements:
        found += [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
    return found


@pytest.mark.parametrize("report", ["overview", "budget_month", "attention"])
def test_no_report_of_a_month_reads_all_payments_or_claims(
    sample_file: Path, tmp_path: Path, report: str
) -> None:
    """However many years the ledger holds, the first page asks by index."""
    path = tmp_path / "copy.ledger"
    shutil.copyfile(sample_file, path)
    ledger = open_ledger(path, read_only=True)
    asked: list[str] = []
    try:
        reports = services_over(ledger).reports
        ledger.read().set_trace_callback(asked.append)
        {
            "overview": lambda: reports.overview(first_of(TODAY)),
            "budget_month": lambda: reports.budget_month(first_of(TODAY)),
            "attention": lambda: reports.attention(),
        }[report]()
        ledger.read().set_trace_callback(None)
        statements = [text for text in asked if text.lstrip().upper().startswith(("SELECT", "WITH"))]
        assert statements
        scans = [
            step
            for step in steps_of(ledger.read(), statements)
            if step.startswith("SCAN") and step.split()[1] in LARGE
        ]
        assert [step for step in scans if "INDEX" not in step] == []
    finally:
        ledger.close()


@pytest.mark.parametrize(
    "overwritten",
    [
        "UPDATE person SET birth_date = '19x4-02-30' WHERE id = 1",
        "UPDATE category SET role = 'nonsense' WHERE id = 1",
        "UPDATE category SET carry_over = 'nonsense' WHERE id = 1",
    ],
)
def test_overwritten_values_are_said_to_be_damage(
    sample_file: Path, tmp_path: Path, overwritten: str
) -> None:
    path = tmp_path / "home.ledger"
    shutil.copyfile(sample_file, path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        raw.execute(overwritten)
        raw.commit()
    ledger = open_ledger(path, read_only=True)
    try:
        with pytest.raises(WorldProblem, match=r"home\.ledger is damaged"), translated(path):
            services_over(ledger).people.household()
    finally:
        ledger.close()
