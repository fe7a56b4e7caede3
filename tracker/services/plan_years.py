"""A plan's year read whole: its rules, its EOBs, opening balances and what carries over into it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tracker.dates import Period, add_months
from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.plan_terms import period_of, terms_of
from tracker.domain.coverage.plan_year import PlanYear, plan_year
from tracker.domain.coverage.terms import PlanTerms
from tracker.facts import Claim, DeductibleCarryOver, Plan, ServiceCategory
from tracker.storage.queries import claims as claim_query
from tracker.storage.queries import coverage as coverage_query
from tracker.storage.queries import plans as plan_query

HISTORY_MONTHS = 24
"""EOBs of so many months before today tell what care is usual."""


def read_terms(
    connection: sqlite3.Connection, plan: Plan, categories: Mapping[str, ServiceCategory] | None = None
) -> PlanTerms:
    """A plan's terms with the member's own categories and, where the law sets one, the year's cap.

    `categories` are all of them where the caller has read them already.
    """
    known = catalogue(coverage_query.categories(connection)) if categories is None else categories
    limits = None
    if plan.aca_compliant:
        from tracker.imports.limits_file import yearly_limits

        limits = yearly_limits()
    return terms_of(plan, plan_query.rules(connection, plan.id or 0), known, limits)


def read_plan_year(
    connection: sqlite3.Connection,
    plan: Plan,
    plans: Sequence[Plan],
    *,
    on: date | None = None,
    today: date | None = None,
    with_lines: bool = False,
) -> PlanYear:
    """A plan's accumulator period that holds a day (its first without), with all that fills its limits.

    `plans` are all there are: limits of a plan that this one continues run on in the same period, and
    its last quarter may carry over. With `today`, what a projection is made of is read too: planned
    care, and where the period is not over, the EOBs of the two years before. `with_lines` reads the
    lines of the EOBs too.
    """
    day = min(max(on or plan.begins_on, plan.begins_on), plan.ends_on)
    period = period_of(plan, day)
    continued = continued_by(plan, plans)
    running_on = [item for item in continued if item.ends_on >= period.begin]
    openings = [
        item for part in (plan, *running_on) for item in coverage_query.openings(connection, part.id or 0)
    ]
    before = None
    if plan.carry_over is not DeductibleCarryOver.NONE:
        last = period.begin - timedelta(days=1)
        earlier = next((item for item in (plan, *continued) if last in item.period), None)
        if earlier is not None:
            before = read_plan_year(connection, earlier, plans, on=last)
    categories = catalogue(coverage_query.categories(connection))
    terms = read_terms(connection, plan, categories)
    claims = claim_query.claims(connection, period)
    year = plan_year(
        plan,
        claim_query.with_lines(connection, claims) if with_lines else claims,
        on=day,
        terms=terms,
        openings=openings,
        continued=running_on,
        before=before,
        drug_codes=frozenset(code for code, item in categories.items() if item.drug),
    )
    if today is None:
        return year
    return replace(
        year,
        planned=tuple(coverage_query.planned_care(connection, period)),
        history=tuple(_history(connection, year, plans, today)),
    )


def _history(
    connection: sqlite3.Connection, year: PlanYear, plans: Sequence[Plan], today: date
) -> list[Claim]:
    """The EOBs before a period that is running, without those of plans beside this one.

    Where the plan has no rules nothing is worked, and nothing is read.
    """
    first = add_months(today, -HISTORY_MONTHS)
    if today not in year.period or first >= year.period.begin or not year.terms.rules:
        return []
    beside = {
        item.id
        for item in plans
        if item.id != year.plan.id
        and item.begins_on <= year.plan.ends_on
        and item.ends_on >= year.plan.begins_on
    }
    found = claim_query.claims(connection, Period(first, year.period.begin))
    return [claim for claim in found if claim.plan_id is None or claim.plan_id not in beside]


def continued_by(plan: Plan, plans: Sequence[Plan]) -> list[Plan]:
    """The plans that this one goes on from, the latest first."""
    by_id = {item.id: item for item in plans}
    found: list[Plan] = []
    earlier = by_id.get(plan.continues_id) if plan.continues_id is not None else None
    while earlier is not None and earlier not in found and earlier.id != plan.id:
        found.append(earlier)
        earlier = by_id.get(earlier.continues_id) if earlier.continues_id is not None else None
    return found
