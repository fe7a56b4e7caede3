"""Which plan a day of care falls under, and the days no plan covers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.dates import FIRST_YEAR, LAST_YEAR, Period
from tracker.facts import Claim, Plan

ALL_TIME = Period(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))


def plan_for(
    plans: Sequence[Plan], person_id: int | None, day: date, tied_to: int | None = None
) -> Plan | None:
    """The plan a claim belongs to: by service date (rulebook 1.2), among those that cover the person.

    A plan the claim is already tied to wins while the day lies in its period. Where no plan in
    force names the person, the latest in force is meant.
    """
    in_force = [plan for plan in plans if day in plan.period]
    tied = [plan for plan in in_force if tied_to is not None and plan.id == tied_to]
    own = [plan for plan in in_force if person_id in plan.person_ids]
    return max(tied or own or in_force, key=lambda plan: plan.begins_on, default=None)


def belongs(claim: Claim, plan: Plan) -> bool:
    """Whether a claim falls in a plan's period. A claim tied to another plan does not."""
    return plan.begins_on <= claim.service_from <= plan.ends_on and claim.plan_id in (None, plan.id)


def uncovered(plans: Sequence[Plan]) -> list[Period]:
    """The stretches of time that lie in no plan's period, oldest first."""
    found = []
    begin = ALL_TIME.begin
    for plan in sorted(plans, key=lambda plan: plan.begins_on):
        period = plan.period
        if period.begin > begin:
            found.append(Period(begin, period.begin))
        begin = max(begin, period.end)
    if begin < ALL_TIME.end:
        found.append(Period(begin, ALL_TIME.end))
    return found
