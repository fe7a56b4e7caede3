"""What the Coverage page shows, read beside the window: one plan year and everything around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tracker.dates import Period
from tracker.domain.coverage.periods import uncovered
from tracker.domain.coverage.plan_terms import periods_of
from tracker.domain.coverage.plan_year import PlanYear
from tracker.domain.coverage.planned import days_of
from tracker.facts import (
    Call,
    Case,
    Claim,
    ClaimLine,
    Household,
    NetworkCheck,
    OpeningBalance,
    Plan,
    PlannedCare,
    ServiceCategory,
    StatedTotal,
)
from tracker.services.bundle import Services
from ui.models.plan_warnings import plan_year_warnings

OUTSIDE = -1
"""Stands for the EOBs that no plan covers, where a plan's id is asked for."""

NEAR = timedelta(days=31)
"""EOBs that lie no farther outside the period may have been counted in it by the insurer."""


@dataclass(frozen=True, slots=True)
class CoverageYear:
    """`filled` is None where there is no plan, or where the EOBs outside every plan are looked at.

    `periods` are the stretches the plan's limits run over, `nearby` EOBs just outside the one shown
    or tied to another plan, `warnings` what looks odd about the plan, in words for the screen.
    """

    home: Household
    filled: PlanYear | None
    lines: tuple[ClaimLine, ...]
    outside: int
    """How many EOBs no plan covers."""
    categories: Mapping[str, ServiceCategory] = field(default_factory=dict)
    providers: Mapping[int, str] = field(default_factory=dict)
    """Names of all providers by id."""
    periods: tuple[Period, ...] = ()
    warnings: tuple[str, ...] = ()
    checks: tuple[NetworkCheck, ...] = ()
    planned: tuple[PlannedCare, ...] = ()
    stated: tuple[StatedTotal, ...] = ()
    openings: tuple[OpeningBalance, ...] = ()
    nearby: tuple[ClaimLine, ...] = ()
    cases: tuple[Case, ...] = ()
    calls: tuple[Call, ...] = ()

    @property
    def plan(self) -> Plan | None:
        return self.filled.plan if self.filled else None


def read_year(services: Services, wanted: int | None, on: date | None = None) -> CoverageYear:
    """The wanted plan's year, else the one in force, else the last that began; its period with `on`.

    Only EOBs with a service date in the period or near it are read, and those outside every plan, so
    that twenty years of them cost nothing.
    """
    home = services.people.household()
    outside = [line for gap in uncovered(home.plans) for line in services.claims.lines(gap)]
    outside.sort(key=lambda line: line.claim.service_from, reverse=True)
    plan = None if wanted == OUTSIDE and outside else _chosen(services, home, wanted)
    if plan is None or plan.id is None:
        return CoverageYear(home, None, tuple(outside), len(outside))
    from tracker.imports.limits_file import yearly_limits

    coverage = services.coverage
    filled = coverage.year(plan, on=on)
    _ = filled.book  # worked here, not when the window first asks
    categories = coverage.categories()
    around = Period(filled.period.begin - NEAR, filled.period.end + NEAR)
    found = services.claims.lines(around)
    shown = tuple(line for line in found if _is_listed(line.claim, filled, home.plans))
    listed = {line.claim.id for line in shown}
    return CoverageYear(
        home,
        filled,
        shown,
        len(outside),
        categories=categories,
        providers={item.id or 0: item.name for item in services.people.providers()},
        periods=tuple(periods_of(plan)),
        warnings=tuple(plan_year_warnings(filled, home.plans, categories, yearly_limits())),
        checks=tuple(coverage.network_checks(plan_id=plan.id)),
        planned=tuple(care for care in coverage.planned(filled.period) if _is_ahead(care, filled)),
        stated=tuple(coverage.stated_totals(plan.id)),
        openings=tuple(coverage.openings(plan.id)),
        nearby=tuple(line for line in found if line.claim.id not in listed),
        cases=tuple(services.cases.all()),
        calls=tuple(services.cases.calls()),
    )


def _chosen(services: Services, home: Household, wanted: int | None) -> Plan | None:
    named = next((plan for plan in home.plans if plan.id == wanted), None)
    today = services.ledger.today()
    began = [plan for plan in home.plans if plan.begins_on <= today]
    return named or home.plan_on(today) or next(iter(began or home.plans), None)


def _is_ahead(care: PlannedCare, filled: PlanYear) -> bool:
    """Whether planned care is of somebody the plan covers, and some of it lies in the period."""
    return care.person_id in filled.plan.person_ids and any(day in filled.period for day in days_of(care))


def _is_listed(claim: Claim, filled: PlanYear, plans: tuple[Plan, ...]) -> bool:
    """Whether an EOB stands in the list: it counts here, or has a service date here and no other plan."""
    if any(claim.id == other.id for other in filled.claims):
        return True
    if claim.service_from not in filled.plan.period or claim.service_from not in filled.period:
        return False
    other = next((plan for plan in plans if plan.id == claim.plan_id and plan.id != filled.plan.id), None)
    return other is None or claim.service_from not in other.period
