"""From a plan's facts to the terms the engine takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from tracker.dates import Period
from tracker.domain.coverage.accumulator_period import accumulator_period
from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.limits import Limits, with_aca_cap
from tracker.domain.coverage.terms import Bucket, PlanTerms
from tracker.errors import UserProblem
from tracker.facts import Accumulator, CostSharingRule, Plan, ServiceCategory


def terms_of(
    plan: Plan,
    rules: Iterable[CostSharingRule] = (),
    categories: Mapping[str, ServiceCategory] | None = None,
    limits: Limits | None = None,
) -> PlanTerms:
    """A plan with its rules as the engine takes it.

    With the yearly `limits`, the law's cap on one person in a family is put in (1.5); a year that is
    not known has none. Raises UserProblem where terms contradict each other.
    """
    known = catalogue() if categories is None else categories
    terms = PlanTerms(
        name=plan.name,
        kind=plan.kind,
        begins_on=plan.begins_on,
        ends_on=plan.ends_on,
        accumulator_start=_start(plan),
        period_rule=plan.period_rule,
        buckets=tuple(bucket_of(item) for item in plan.accumulators),
        rules=tuple(rules),
        tiers=plan.tiers,
        follows=tuple((code, item.parent) for code, item in known.items() if item.parent is not None),
        oon_pricing=plan.oon_pricing,
        assistance=plan.assistance,
        carry_over=plan.carry_over,
        aca_compliant=plan.aca_compliant,
        hsa_qualified=plan.hsa_qualified,
    )
    if limits is None:
        return terms
    try:
        return with_aca_cap(terms, limits)
    except UserProblem:  # a year the table does not have: without a cap, as the member entered it
        return terms


def bucket_of(item: Accumulator) -> Bucket:
    """A limit as the engine takes it."""
    return Bucket(
        name=item.name,
        kind=item.kind,
        mode=item.mode,
        individual=item.individual,
        family=item.family,
        cap=item.cap,
        cross=item.credits,
        tier=item.tier_code,
    )


def _start(plan: Plan) -> tuple[int, int]:
    if plan.accumulator_start is not None:
        return plan.accumulator_start
    month, first = plan.begins_on.month, plan.begins_on.day
    return month, min(first, 28) if month == 2 else first


def period_of(plan: Plan, day: date) -> Period:
    """The stretch over which a plan's limits run that holds a day: the plan's own, or twelve months."""
    if plan.accumulator_start is None:
        return plan.period
    return accumulator_period(replace(terms_of(replace(plan, accumulators=()))), day)


def periods_of(plan: Plan) -> list[Period]:
    """Every such stretch that the plan touches, oldest first."""
    found = [period_of(plan, plan.begins_on)]
    while found[-1].end <= plan.ends_on:
        found.append(period_of(plan, found[-1].end))
    return found
