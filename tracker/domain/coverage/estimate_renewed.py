"""A plan taken to go on with the same terms, for care after the last plan that is entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tracker.dates import add_months
from tracker.domain.coverage.plan_terms import period_of
from tracker.domain.coverage.plan_year import PlanYear


def renewed(year: PlanYear, day: date) -> PlanYear:
    """The year in which a day falls after the plan's end, if it went on with the same terms.

    Totals that run on in the same period go on; others begin again, with what carries over (1.15).
    """
    plan, terms = year.plan, year.terms
    begin, months = plan.begins_on, 0
    while True:
        months += 12
        next_begin = add_months(plan.begins_on, months)
        if next_begin > day:
            break
        begin = next_begin
    end = add_months(plan.begins_on, months) - timedelta(days=1)
    if begin <= plan.ends_on:  # a plan of other than whole years
        begin = plan.ends_on + timedelta(days=1)
        end = max(end, day)
    next_plan = replace(plan, begins_on=begin, ends_on=end)
    next_terms = replace(terms, begins_on=begin, ends_on=end)
    period = period_of(next_plan, day)
    if period == year.period:
        return replace(year, plan=next_plan, terms=next_terms)
    before = year if year.period.end == period.begin else None
    return replace(
        year, plan=next_plan, period=period, terms=next_terms, claims=(), openings=(), before=before
    )
