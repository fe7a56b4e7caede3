"""The insurer's stated totals against ours, worked out beside the window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tracker.domain.coverage.plan_year import PlanYear
from tracker.domain.coverage.stated_gap import Gap, explain_gap
from tracker.facts import AccumulatorKind, DeductibleCarryOver, Plan, StatedTotal
from tracker.services.bundle import Services
from ui.pages.coverage_read import CoverageYear


def read_gaps(services: Services, year: CoverageYear) -> dict[int, Gap | None]:
    """Every stated total of the period against ours, by its id."""
    filled = year.filled
    if filled is None:
        return {}
    shown = stated_in(year, filled)
    if not shown:
        return {}
    previous = _previous(services, filled, year.home.plans)
    nearby = tuple(line.claim for line in year.nearby)
    never = {code for code, item in year.categories.items() if item.never_covered}
    return {
        item.id or 0: explain_gap(item, filled, nearby=nearby, previous=previous, never=never)
        for item in shown
    }


def stated_in(year: CoverageYear, filled: PlanYear) -> list[StatedTotal]:
    """Those of the period; what is stated after the plan's end is about its last one.

    What a plan whose dates were moved left before its begin is kept with its first.
    """
    begins = [period.begin for period in year.periods] or [filled.period.begin]
    first, last = filled.period.begin == begins[0], filled.period.begin == begins[-1]
    return [
        item
        for item in year.stated
        if item.stated_on in filled.period
        or (first and item.stated_on < filled.period.begin)
        or (last and item.stated_on >= filled.period.end)
    ]


def _previous(services: Services, filled: PlanYear, plans: Sequence[Plan]) -> PlanYear | None:
    """The period before: its deductible could have carried over though the plan does not say so."""
    has_deductible = any(item.kind is AccumulatorKind.DEDUCTIBLE for item in filled.plan.accumulators)
    if filled.plan.carry_over is not DeductibleCarryOver.NONE or not has_deductible:
        return None
    last = filled.period.begin - timedelta(days=1)
    before = next((plan for plan in plans if last in plan.period), None)
    return services.coverage.year(before, on=last) if before is not None else None
