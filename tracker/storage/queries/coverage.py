"""What is known around plans: added categories, opening balances, stated totals, checks, planned care."""

from __future__ import annotations

import sqlite3

from tracker.dates import Period
from tracker.facts import (
    Counting,
    Likelihood,
    Network,
    NetworkCheck,
    OpeningBalance,
    PlannedCare,
    ServiceCategory,
    Stands,
    StatedTotal,
)
from tracker.storage.queries.columns import day, kind_of


def categories(connection: sqlite3.Connection) -> list[ServiceCategory]:
    """The member's own service categories, by name."""
    rows = connection.execute(
        "SELECT code, name, short, parent, never_covered, drug, codes FROM service_category"
        " ORDER BY name COLLATE NOCASE, code"
    )
    return [
        ServiceCategory(
            code=code,
            name=name,
            short=short,
            parent=parent,
            never_covered=bool(never),
            drug=bool(drug),
            codes=codes,
        )
        for code, name, short, parent, never, drug, codes in rows
    ]


def openings(connection: sqlite3.Connection, plan_id: int) -> list[OpeningBalance]:
    """The opening balances of a plan, oldest first."""
    rows = connection.execute(
        "SELECT id, plan_id, person_id, name, counting, amount, as_of, note FROM opening_balance"
        " WHERE plan_id = ? ORDER BY as_of, id",
        (plan_id,),
    )
    return [
        OpeningBalance(
            id=row[0],
            plan_id=row[1],
            person_id=row[2],
            name=row[3],
            counting=kind_of(Counting, row[4] or Counting.BUCKET),
            amount=row[5],
            as_of=day(row[6]),
            note=row[7],
        )
        for row in rows
    ]


def stated_totals(connection: sqlite3.Connection, plan_id: int) -> list[StatedTotal]:
    """What the insurer stated of a plan's limits, the latest first."""
    rows = connection.execute(
        "SELECT id, plan_id, person_id, name, amount, stated_on, note FROM stated_total"
        " WHERE plan_id = ? ORDER BY stated_on DESC, id DESC",
        (plan_id,),
    )
    return [
        StatedTotal(
            id=row[0],
            plan_id=row[1],
            person_id=row[2],
            name=row[3],
            amount=row[4],
            stated_on=day(row[5]),
            note=row[6],
        )
        for row in rows
    ]


def network_checks(
    connection: sqlite3.Connection, *, plan_id: int | None = None, provider_id: int | None = None
) -> list[NetworkCheck]:
    """Network checks, the latest first; of one plan or one provider where asked."""
    rows = connection.execute(
        "SELECT id, plan_id, provider_id, location, stands, checked_on, source, reference, note"
        " FROM network_check WHERE (:plan IS NULL OR plan_id = :plan)"
        " AND (:provider IS NULL OR provider_id = :provider) ORDER BY checked_on DESC, id DESC",
        {"plan": plan_id, "provider": provider_id},
    )
    return [
        NetworkCheck(
            id=row[0],
            plan_id=row[1],
            provider_id=row[2],
            location=row[3],
            stands=kind_of(Stands, row[4]),
            checked_on=day(row[5]),
            source=row[6],
            reference=row[7],
            note=row[8],
        )
        for row in rows
    ]


def planned_care(connection: sqlite3.Connection, period: Period | None = None) -> list[PlannedCare]:
    """Planned care by its first day; only what begins before the end of a period where one is given."""
    rows = connection.execute(
        "SELECT id, person_id, category, provider_id, label, first_on, times, every_months, allowed,"
        " network, likelihood, note FROM planned_care WHERE (:end IS NULL OR first_on < :end)"
        " ORDER BY first_on, id",
        {"end": period.end.isoformat() if period else None},
    )
    return [
        PlannedCare(
            id=row[0],
            person_id=row[1],
            category=row[2],
            provider_id=row[3],
            label=row[4],
            first_on=day(row[5]),
            times=row[6],
            every_months=row[7],
            allowed=row[8],
            network=kind_of(Network, row[9] or Network.IN),
            likelihood=kind_of(Likelihood, row[10] or Likelihood.LIKELY),
            note=row[11],
        )
        for row in rows
    ]
