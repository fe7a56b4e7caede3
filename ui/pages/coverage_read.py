"""What the Coverage page shows, read beside the window: one plan year and its EOBs."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.coverage.periods import uncovered
from tracker.domain.coverage.plan_year import PlanYear
from tracker.facts import Claim, ClaimLine, Household, Plan
from tracker.services.bundle import Services

OUTSIDE = -1
"""Stands for the EOBs that no plan covers, where a plan's id is asked for."""


@dataclass(frozen=True, slots=True)
class CoverageYear:
    """`filled` is None where there is no plan, or where the EOBs outside every plan are looked at."""

    home: Household
    filled: PlanYear | None
    lines: tuple[ClaimLine, ...]
    outside: int
    """How many EOBs no plan covers."""

    @property
    def plan(self) -> Plan | None:
        return self.filled.plan if self.filled else None


def read_year(services: Services, wanted: int | None) -> CoverageYear:
    """The wanted plan's year, else the one in force, else the last that began.

    Only EOBs with a service date in the plan's period are read, and those outside every plan, so
    that twenty years of them cost nothing.
    """
    home = services.people.household()
    outside = [line for gap in uncovered(home.plans) for line in services.claims.lines(gap)]
    outside.sort(key=lambda line: line.claim.service_from, reverse=True)
    plan = None if wanted == OUTSIDE and outside else _chosen(services, home, wanted)
    if plan is None:
        return CoverageYear(home, None, tuple(outside), len(outside))
    others = {other.id: other for other in home.plans if other.id != plan.id}
    lines = tuple(
        line for line in services.claims.lines(plan.period) if not _is_of_another(line.claim, others)
    )
    return CoverageYear(home, services.coverage.year(plan), lines, len(outside))


def _chosen(services: Services, home: Household, wanted: int | None) -> Plan | None:
    named = next((plan for plan in home.plans if plan.id == wanted), None)
    today = services.ledger.today()
    began = [plan for plan in home.plans if plan.begins_on <= today]
    return named or home.plan_on(today) or next(iter(began or home.plans), None)


def _is_of_another(claim: Claim, others: dict[int | None, Plan]) -> bool:
    """Whether the claim is tied to an overlapping plan, under which it is listed."""
    other = others.get(claim.plan_id)
    return other is not None and claim.service_from in other.period
