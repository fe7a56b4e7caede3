"""Which plan year prices a person's fills on a day, and what else is expected in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from tracker.domain.coverage.estimate_renewed import renewed
from tracker.domain.coverage.outlook import days_of_planned
from tracker.domain.coverage.plan_terms import period_of
from tracker.domain.prescriptions.year_cost import Event, YearPricer
from tracker.facts import IN, OUT, Household, Likelihood, Network, Plan, PlanKind
from tracker.services.plan_years import read_plan_year
from tracker.storage.queries import coverage as coverage_query

_NEVER_DRUGS = (PlanKind.MEDICARE, PlanKind.MEDIGAP)
"""Original Medicare and Medigap pay for no drugs from the pharmacy (rulebook 1.13)."""


class PlanYears:
    """Plan years by person and day, each read once.

    Where no plan is entered for a day to come, the last one is taken to go on with the same terms.
    """

    def __init__(self, connection: sqlite3.Connection, home: Household, today: date) -> None:
        self._connection = connection
        self._home = home
        self._today = today
        self._entered: dict[tuple[int, date], YearPricer] = {}
        self._going_on: dict[tuple[int, date], YearPricer] = {}
        self._asked: dict[tuple[int, date, str], YearPricer | None] = {}

    def pricer(self, person_id: int, day: date, category: str = "") -> YearPricer | None:
        """The plan that prices a tier for a person that day; None where nobody is covered."""
        key = (person_id, day, category)
        if key not in self._asked:
            self._asked[key] = self._found(person_id, day, category)
        return self._asked[key]

    def _found(self, person_id: int, day: date, category: str) -> YearPricer | None:
        plans = [plan for plan in self._home.plans if _covers(plan, person_id)]
        plans = [plan for plan in plans if plan.kind not in _NEVER_DRUGS]
        in_force = [plan for plan in plans if day in plan.period]
        if in_force:
            in_force.sort(key=lambda plan: (plan.kind is PlanKind.PART_D, plan.begins_on), reverse=True)
            found = [self._read(plan, day) for plan in in_force]
            return next((one for one in found if one.rule(category) is not None), found[0])
        ended = [plan for plan in plans if plan.ends_on < day]
        if not ended or day <= self._today:
            return None
        return self._read(max(ended, key=lambda plan: (plan.ends_on, plan.begins_on)), day)

    def several(self, person_id: int, day: date) -> bool:
        """Whether more than one plan covers a person that day, so that others may pay a part too."""
        return sum(_covers(plan, person_id) and day in plan.period for plan in self._home.plans) > 1

    def others(self, pricer: YearPricer, tiers: Iterable[tuple[int, str]]) -> list[Event]:
        """Planned care of a plan year that is still ahead and whose amount is known.

        Left out are care that only may be, and refills planned by hand in a tier (`tiers`: person and
        category) of which drugs are kept here: they would count twice.
        """
        year, kept = pricer.year, set(tiers)
        if year is None:
            return []
        from_day = max(self._today, year.period.begin)
        return [
            Event(
                max(item.day, from_day),
                0,
                item.care.person_id,
                item.care.category,
                allowed=item.allowed,
                tier=IN if item.care.network is Network.IN else OUT,
            )
            for item in days_of_planned(year, self._today)
            if item.claim is None
            and item.allowed is not None
            and item.care.likelihood is not Likelihood.MAYBE
            and (item.care.person_id, item.care.category) not in kept
        ]

    # ours ------------------------------------------------------------------------------

    def _read(self, plan: Plan, day: date) -> YearPricer:
        """The plan's year that holds a day, or the one it would go on into."""
        base = self._base(plan, min(day, plan.ends_on))
        if day in plan.period:
            return base
        found = renewed(base.year, day) if base.year else None
        key = (plan.id or 0, found.period.begin if found else day)
        held = self._going_on.get(key)
        if held is None and found is not None:
            if base.year is not None and found.period != base.year.period:
                found = replace(
                    found, planned=tuple(coverage_query.planned_care(self._connection, found.period))
                )
            held = self._going_on[key] = YearPricer(found)
        return held or base

    def _base(self, plan: Plan, day: date) -> YearPricer:
        key = (plan.id or 0, period_of(plan, day).begin)
        held = self._entered.get(key)
        if held is None:
            year = read_plan_year(self._connection, plan, self._home.plans, on=day, today=self._today)
            held = self._entered[key] = YearPricer(year)
        return held


def _covers(plan: Plan, person_id: int) -> bool:
    return not plan.person_ids or person_id in plan.person_ids
