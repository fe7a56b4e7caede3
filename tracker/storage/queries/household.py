"""The small tables that most pages need: people, memberships, accounts, categories, and the plans."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from tracker.facts import (
    Account,
    AccountKind,
    CarryOver,
    Category,
    Frequency,
    Household,
    Membership,
    MembershipModel,
    MembershipTerms,
    Person,
    Provider,
    ProviderKind,
    Recurring,
    Role,
)
from tracker.money import Cents
from tracker.storage.queries import plans as plan_query
from tracker.storage.queries.columns import day, day_or_none, kind_of, people_of
from tracker.storage.queries.fact_rows import row_reader

BUDGET_START_MONTH = "budget_start_month"
_STILL_DUE = (
    "CASE WHEN m.cancelled_on IS NULL OR r.last_due < m.cancelled_on THEN r.last_due"
    " ELSE date(m.cancelled_on, '-1 day') END"
)
"""The last due of a fee, or the last day its membership covers where it was left before."""


def household(connection: sqlite3.Connection) -> Household:
    """Everything small in one go. Provider names cover only practices and insurers in use."""
    items = recurring(connection)
    held_plans = plan_query.plans(connection, items)
    held_memberships = memberships(connection)
    wanted = {plan.insurer_id for plan in held_plans} | {held.practice_id for held in held_memberships}
    return Household(
        people=tuple(people(connection)),
        plans=tuple(held_plans),
        memberships=tuple(held_memberships),
        accounts=tuple(accounts(connection)),
        categories=tuple(categories(connection)),
        recurring=tuple(items),
        provider_names=provider_names(connection, wanted),
        budget_start_month=int(preference(connection, BUDGET_START_MONTH) or 1),
    )


def provider_names(connection: sqlite3.Connection, wanted: Iterable[int | None]) -> dict[int, str]:
    """The names of some providers by id."""
    ids = tuple({provider_id for provider_id in wanted if provider_id is not None})
    marks = ",".join("?" * len(ids))
    return dict(connection.execute(f"SELECT id, name FROM provider WHERE id IN ({marks})", ids).fetchall())


def people(connection: sqlite3.Connection) -> list[Person]:
    rows = connection.execute("SELECT id, name, birth_date, position FROM person ORDER BY position, id")
    return [
        Person(id=row_id, name=name, birth_date=day_or_none(born), position=position)
        for row_id, name, born, position in rows
    ]


def providers(connection: sqlite3.Connection) -> list[Provider]:
    rows = connection.execute(
        "SELECT id, name, kind, npi, phone, note FROM provider ORDER BY name COLLATE NOCASE, id"
    )
    return [
        Provider(id=row_id, name=name, kind=kind_of(ProviderKind, kind), npi=npi, phone=phone, note=note)
        for row_id, name, kind, npi, phone, note in rows
    ]


def accounts(connection: sqlite3.Connection) -> list[Account]:
    rows = connection.execute(
        "SELECT id, name, kind, institution, opening, opened_on, target, closed, person_id FROM account"
        " ORDER BY closed, id"
    )
    return [
        Account(
            id=row_id,
            name=name,
            kind=kind_of(AccountKind, kind),
            institution=institution,
            opening=opening,
            opened_on=day_or_none(opened),
            target=target,
            closed=bool(closed),
            person_id=person_id,
        )
        for row_id, name, kind, institution, opening, opened, target, closed, person_id in rows
    ]


def categories(connection: sqlite3.Connection) -> list[Category]:
    rows = connection.execute(
        "SELECT id, name, role, position, hidden, carry_over FROM category ORDER BY position, id"
    )
    return [
        Category(
            id=row_id,
            name=name,
            role=kind_of(Role, role),
            position=position,
            hidden=bool(hidden),
            carry_over=kind_of(CarryOver, carry_over or CarryOver.NONE),
        )
        for row_id, name, role, position, hidden, carry_over in rows
    ]


def recurring(connection: sqlite3.Connection, *, agreed: bool = False) -> list[Recurring]:
    """Every recurring payment, the membership fees and premiums among them, as they still fall due.

    The fees of a membership that was left end with it; `agreed` gives them as they were agreed.
    """
    last_due = "r.last_due" if agreed else _STILL_DUE
    rows = connection.execute(
        f"SELECT r.id, label, amount, frequency, first_due, {last_due}, propose_from, provider_id,"
        " person_id, account_id, to_account_id, category_id, membership_id, plan_id FROM recurring r"
        " LEFT JOIN membership m ON m.id = r.membership_id ORDER BY first_due, r.id"
    )
    return [
        Recurring(
            id=row[0],
            label=row[1],
            amount=row[2],
            frequency=kind_of(Frequency, row[3]),
            first_due=day(row[4]),
            last_due=day_or_none(row[5]),
            propose_from=day_or_none(row[6]),
            provider_id=row[7],
            person_id=row[8],
            account_id=row[9],
            to_account_id=row[10],
            category_id=row[11],
            membership_id=row[12],
            plan_id=row[13],
        )
        for row in rows
    ]


def memberships(connection: sqlite3.Connection) -> list[Membership]:
    """All agreements, the latest first, each with its people and its fee schedule as it was agreed."""
    fees: dict[int, list[Recurring]] = defaultdict(list)
    for item in recurring(connection, agreed=True):
        if item.membership_id is not None:
            fees[item.membership_id].append(item)
    members = people_of(connection, "membership")
    clauses = row_reader(MembershipTerms)
    rows = connection.execute(
        "SELECT id, practice_id, physician, model, begins_on, ends_on, auto_renews, notice_days, note,"
        f" {clauses.columns()} FROM membership ORDER BY begins_on DESC, id"
    )
    return [
        Membership(
            id=row[0],
            practice_id=row[1],
            physician=row[2],
            model=kind_of(MembershipModel, row[3]),
            begins_on=day(row[4]),
            ends_on=day_or_none(row[5]),
            auto_renews=bool(row[6]),
            notice_days=row[7],
            note=row[8],
            terms=clauses.fact(row[9:]),
            person_ids=tuple(members[row[0]]),
            fees=tuple(fees[row[0]]),
        )
        for row in rows
    ]


def preference(connection: sqlite3.Connection, key: str) -> str | None:
    """A fact about the ledger as a whole, or None where it was never set."""
    row = connection.execute("SELECT value FROM preference WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def balances(connection: sqlite3.Connection, *, only: int | None = None) -> dict[int, Cents]:
    """What each account holds now: opening balance, less what left, plus what came in."""
    which, args = ("WHERE id = ?", (only,)) if only is not None else ("", ())
    rows = connection.execute(
        "SELECT id, opening"
        " - (SELECT ifnull(sum(amount), 0) FROM payment WHERE account_id = account.id)"
        " + (SELECT ifnull(sum(amount), 0) FROM payment WHERE to_account_id = account.id)"
        f" FROM account {which}",
        args,
    )
    return dict(rows.fetchall())


def movements(connection: sqlite3.Connection, account_id: int) -> list[tuple[str, Cents]]:
    """Day (ISO) and net change of every day an account moved, oldest first."""
    return connection.execute(
        "SELECT day, sum(change) FROM ("
        " SELECT paid_on AS day, -amount AS change FROM payment WHERE account_id = :id"
        " UNION ALL SELECT paid_on, amount FROM payment WHERE to_account_id = :id"
        ") GROUP BY day ORDER BY day",
        {"id": account_id},
    ).fetchall()
