"""The plan years that an EOB form compares with, each read once beside the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from tracker.domain.coverage.plan_terms import period_of
from tracker.domain.coverage.plan_year import PlanYear
from tracker.facts import Plan
from ui.context import Context
from ui.jobs import Job


class EobYears:
    """Plan years by plan; `arrived` is called when one that was asked for has been read."""

    def __init__(self, context: Context, owner: QWidget, arrived: Callable[[], object]) -> None:
        self._context, self._owner, self._arrived = context, owner, arrived
        self._years: dict[int, PlanYear] = {}
        self._loading: Job[PlanYear] | None = None

    def of(self, plan: Plan, day: date) -> PlanYear | None:
        """The plan's year in which care of a day counts, or None while it is being read."""
        year = self._years.get(plan.id or 0)
        if year is not None and period_of(plan, day) == year.period:
            return year
        if self._loading:
            self._loading.cancel()
        services = self._context.services
        self._loading = self._context.load(
            self._owner, lambda: services.coverage.year(plan, on=day), self._keep
        )
        return None

    def _keep(self, year: PlanYear) -> None:
        self._years[year.plan.id or 0] = year
        self._arrived()
