"""What is known around HSA, FSA, HRA and funds, and what they paid back."""

from __future__ import annotations

import sqlite3

from tracker.facts.accounts import AccountStatement, Cover, ExpenseNote, FsaYear, Hra
from tracker.facts.household_budget import FundPlan, FundScenario
from tracker.storage.queries.kept import facts

_OF = "(:id IS NULL OR account_id = :id)"


def fsa_years(connection: sqlite3.Connection, account_id: int | None = None) -> list[FsaYear]:
    """The plan years of FSAs, oldest first."""
    return facts(connection, FsaYear, "fsa_year", where=_OF, args={"id": account_id}, order="begins_on, id")


def hra_years(connection: sqlite3.Connection, account_id: int | None = None) -> list[Hra]:
    """The plan years of HRAs, oldest first."""
    return facts(connection, Hra, "hra_year", where=_OF, args={"id": account_id}, order="begins_on, id")


def covers(connection: sqlite3.Connection) -> list[Cover]:
    """Coverage the ledger has no plan for, oldest first."""
    return facts(connection, Cover, "other_cover", order="begins_on, id")


def statements(connection: sqlite3.Connection, account_id: int | None = None) -> list[AccountStatement]:
    """What banks and custodians stated, the latest first."""
    return facts(
        connection,
        AccountStatement,
        "account_statement",
        where=_OF,
        args={"id": account_id},
        order="stated_on DESC, id DESC",
    )


def fund_plans(connection: sqlite3.Connection) -> dict[int, FundPlan]:
    """How funds are sized and filled, by account."""
    return {item.account_id: item for item in facts(connection, FundPlan, "fund_plan")}


def fund_scenarios(connection: sqlite3.Connection) -> list[FundScenario]:
    """What may happen, in the order of entry."""
    return facts(connection, FundScenario, "fund_scenario")


def expense_notes(connection: sqlite3.Connection) -> dict[int, ExpenseNote]:
    """What the member said of expenses, by payment."""
    return {item.payment_id: item for item in facts(connection, ExpenseNote, "expense_note")}


def balance_on(connection: sqlite3.Connection, account_id: int, day: str) -> int:
    """What an account held at the end of a day (ISO), in cents."""
    row = connection.execute(
        "SELECT opening"
        " - (SELECT ifnull(sum(amount), 0) FROM payment WHERE account_id = account.id AND paid_on <= :day)"
        " + (SELECT ifnull(sum(amount), 0) FROM payment"
        "    WHERE to_account_id = account.id AND paid_on <= :day)"
        " FROM account WHERE id = :id",
        {"id": account_id, "day": day},
    ).fetchone()
    return int(row[0]) if row else 0
