"""The first page: this month's money, where the plan's limits stand, what needs attention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.accounts.contingency import FundStanding
from tracker.domain.coverage.accumulators import Standing, standings
from tracker.domain.coverage.plan_year import PlanYear
from tracker.domain.coverage.progress import Progress, progress
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Household,
    Network,
    Plan,
)
from tracker.reports.attention import Attention
from tracker.reports.budget import MonthAlone


@dataclass(frozen=True, slots=True)
class CoverageNow:
    """The plan in force, every accumulator of it, and the main deductible's progress."""

    plan: Plan
    standings: tuple[Standing, ...]
    deductible: Standing | None
    oop_max: Standing | None
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the Overview shows for a month."""

    month: date
    today: date
    household: Household
    budget: MonthAlone
    coverage: CoverageNow | None
    fund: FundStanding | None
    attention: tuple[Attention, ...]
    provider_names: Mapping[int, str]
    """The names of the providers whose claims the chart shows."""

    @property
    def names(self) -> list[str]:
        """The practices and the plan in force, as under the page's title."""
        home = self.household
        practices = [home.provider_names.get(item.practice_id, "") for item in home.memberships]
        plan = [self.coverage.plan.name] if self.coverage else []
        return [*dict.fromkeys(name for name in practices if name), *plan]


def coverage_now(year: PlanYear, *, today: date) -> CoverageNow:
    """The plan's limits, with the owner's in-network deductible (or the family's) as the main one."""
    plan = year.plan
    found = tuple(standings(year))
    person_id = plan.person_ids[0] if plan.person_ids else None
    deductible = find_limit(plan, AccumulatorKind.DEDUCTIBLE, Network.IN)
    whose = None if deductible and deductible.mode is AccumulatorMode.AGGREGATE else person_id
    return CoverageNow(
        plan=plan,
        standings=found,
        deductible=_main(found, AccumulatorKind.DEDUCTIBLE, person_id),
        oop_max=_main(found, AccumulatorKind.OOP_MAX, person_id),
        progress=progress(year, deductible, whose, today=today) if deductible else None,
    )


def find_limit(plan: Plan, kind: AccumulatorKind, network: Network) -> Accumulator | None:
    """The plan's limit of a kind, or None where it states none."""
    return plan.limit(kind, network)


def _main(found: tuple[Standing, ...], kind: AccumulatorKind, person_id: int | None) -> Standing | None:
    of_kind = [item for item in found if item.kind is kind and item.network is Network.IN]
    own = [item for item in of_kind if item.person_id == person_id]
    return next(iter(own or of_kind), None)
