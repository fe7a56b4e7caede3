"""What is known around plans: added categories, opening balances, stated totals, checks, planned care."""

from __future__ import annotations

import sqlite3

from tracker.dates import Period
from tracker.facts import NetworkCheck, OpeningBalance, PlannedCare, ServiceCategory, StatedTotal
from tracker.storage.queries.fact_rows import row_reader


def categories(connection: sqlite3.Connection) -> list[ServiceCategory]:
    """The member's own service categories, by name."""
    reader = row_reader(ServiceCategory)
    rows = connection.execute(
        f"SELECT {reader.columns()} FROM service_category ORDER BY name COLLATE NOCASE, code"
    )
    return [reader.fact(row) for row in rows]


def openings(connection: sqlite3.Connection, plan_id: int) -> list[OpeningBalance]:
    """The opening balances of a plan, oldest first."""
    reader = row_reader(OpeningBalance)
    rows = connection.execute(
        f"SELECT {reader.columns()} FROM opening_balance WHERE plan_id = ? ORDER BY as_of, id", (plan_id,)
    )
    return [reader.fact(row) for row in rows]


def stated_totals(connection: sqlite3.Connection, plan_id: int) -> list[StatedTotal]:
    """What the insurer stated of a plan's limits, the latest first."""
    reader = row_reader(StatedTotal)
    rows = connection.execute(
        f"SELECT {reader.columns()} FROM stated_total WHERE plan_id = ? ORDER BY stated_on DESC, id DESC",
        (plan_id,),
    )
    return [reader.fact(row) for row in rows]


def network_checks(
    connection: sqlite3.Connection, *, plan_id: int | None = None, provider_id: int | None = None
) -> list[NetworkCheck]:
    """Network checks, the latest first; of one plan or one provider where asked."""
    reader = row_reader(NetworkCheck)
    rows = connection.execute(
        f"SELECT {reader.columns()} FROM network_check WHERE (:plan IS NULL OR plan_id = :plan)"
        " AND (:provider IS NULL OR provider_id = :provider) ORDER BY checked_on DESC, id DESC",
        {"plan": plan_id, "provider": provider_id},
    )
    return [reader.fact(row) for row in rows]


def planned_care(connection: sqlite3.Connection, period: Period | None = None) -> list[PlannedCare]:
    """Planned care by its first day; only what begins before the end of a period where one is given."""
    reader = row_reader(PlannedCare)
    rows = connection.execute(
        f"SELECT {reader.columns()} FROM planned_care WHERE (:end IS NULL OR first_on < :end)"
        " ORDER BY first_on, id",
        {"end": period.end.isoformat() if period else None},
    )
    return [reader.fact(row) for row in rows]
