"""Insurance plans with their people, limits and premiums, and the rules of one of them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from tracker.errors import UserProblem
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Assistance,
    CobMethod,
    Coordination,
    CostSharingRule,
    DeductibleCarryOver,
    Network,
    NetworkTier,
    OonMethod,
    OonPricing,
    PeriodRule,
    Plan,
    PlanKind,
    Recurring,
)
from tracker.storage.queries.columns import DamagedValue, day, day_or_none, kind_of, people_of
from tracker.storage.queries.fact_rows import row_reader

_COLUMNS = (
    "id, name, insurer_id, kind, begins_on, ends_on, member_number, note, accumulator_start, continues_id,"
    " period_rule, carry_over, assistance, aca_compliant, hsa_qualified, oon_method, oon_rate, medigap,"
    " filed_id, subscriber_id, cob_method, no_cob_clause, not_active_employment, small_employer,"
    " covered_since, cob_rank"
)


def plans(connection: sqlite3.Connection, items: Iterable[Recurring]) -> list[Plan]:
    """All plans, the latest first, each with its people, its limits and its premiums among `items`."""
    premiums: dict[int, list[Recurring]] = defaultdict(list)
    for item in items:
        if item.plan_id is not None:
            premiums[item.plan_id].append(item)
    limits = _limits(connection)
    tiers: dict[int, list[NetworkTier]] = defaultdict(list)
    for plan_id, code, name in connection.execute(
        "SELECT plan_id, code, name FROM network_tier ORDER BY id"
    ):
        tiers[plan_id].append(NetworkTier(code=code, name=name))
    members = people_of(connection, "plan")
    rows = connection.execute(f"SELECT {_COLUMNS} FROM plan ORDER BY begins_on DESC, id")
    return [
        Plan(
            id=row[0],
            name=row[1],
            insurer_id=row[2],
            kind=kind_of(PlanKind, row[3]),
            begins_on=day(row[4]),
            ends_on=day(row[5]),
            member_number=row[6],
            note=row[7],
            person_ids=tuple(members[row[0]]),
            accumulators=tuple(limits[row[0]]),
            premiums=tuple(premiums[row[0]]),
            accumulator_start=_start(row[8]),
            continues_id=row[9],
            period_rule=kind_of(PeriodRule, row[10] or PeriodRule.ADMISSION),
            carry_over=kind_of(DeductibleCarryOver, row[11] or DeductibleCarryOver.NONE),
            assistance=kind_of(Assistance, row[12] or Assistance.ASK),
            aca_compliant=bool(row[13]),
            hsa_qualified=bool(row[14]),
            oon_pricing=OonPricing(kind_of(OonMethod, row[15]), row[16] or 0) if row[15] else None,
            more_tiers=tuple(tiers[row[0]]),
            coordination=_coordination(row[19:]),
            medigap=row[17],
            filed_id=row[18],
        )
        for row in rows
    ]


def _limits(connection: sqlite3.Connection) -> dict[int, list[Accumulator]]:
    found: dict[int, list[Accumulator]] = defaultdict(list)
    for row in connection.execute(
        "SELECT id, plan_id, kind, network, mode, individual, family, name, tier, drugs, cap, credits"
        " FROM accumulator ORDER BY id"
    ):
        found[row[1]].append(
            Accumulator(
                id=row[0],
                kind=kind_of(AccumulatorKind, row[2]),
                network=kind_of(Network, row[3]),
                mode=kind_of(AccumulatorMode, row[4]),
                individual=row[5],
                family=row[6],
                name=row[7],
                tier=row[8],
                drugs=bool(row[9]),
                cap=row[10],
                credits=tuple(row[11].split()),
            )
        )
    return found


def _coordination(row: tuple) -> Coordination:  # type: ignore[type-arg]
    return Coordination(
        subscriber_id=row[0],
        method=kind_of(CobMethod, row[1] or CobMethod.STANDARD),
        has_clause=not row[2],
        active_employment=not row[3],
        large_employer=not row[4],
        covered_since=day_or_none(row[5]),
        rank=row[6],
    )


def _start(text: str) -> tuple[int, int] | None:
    """A month and a day stored as `07-01`; empty is the plan's own period."""
    if not text:
        return None
    try:
        month, first = text.split("-")
        return int(month), int(first)
    except ValueError as why:
        raise DamagedValue(f"{text!r:.40} is no month and day") from why


def rules(connection: sqlite3.Connection, plan_id: int) -> list[CostSharingRule]:
    """The cost-sharing rules of a plan, in the order they were entered."""
    reader = row_reader(CostSharingRule)
    rows = connection.execute(
        f"SELECT {reader.columns()} FROM cost_rule WHERE plan_id = ? ORDER BY id", (plan_id,)
    )
    try:
        return [reader.fact(row) for row in rows]
    except UserProblem as why:
        raise DamagedValue(str(why)) from why
