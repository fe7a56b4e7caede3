"""Which of a plan's limits is looked at, for whom, and how it filled: the same on screen and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.domain.coverage.plan_year import PlanYear
from tracker.domain.coverage.progress import Progress, progress
from tracker.facts import Accumulator, AccumulatorKind, AccumulatorMode, Network, Plan

LIMIT_NAMES = {
    AccumulatorKind.DEDUCTIBLE: "Deductible",
    AccumulatorKind.OOP_MAX: "Out-of-pocket maximum",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the page's controls ask for. `person_id` None is the family."""

    year: PlanYear
    network: Network
    person_id: int | None
    today: date

    @property
    def plan(self) -> Plan:
        return self.year.plan


def limits_of(choice: Choice) -> tuple[Accumulator | None, Accumulator | None]:
    """The deductible, unless it is zero and nothing can be seen of it, and the maximum."""
    main = choice.plan.limit(AccumulatorKind.DEDUCTIBLE, choice.network)
    maximum = choice.plan.limit(AccumulatorKind.OOP_MAX, choice.network)
    if main is not None and maximum is not None and _ceiling(main, choice) == 0:
        main = None
    return main, maximum


def owner_of(limit: Accumulator, choice: Choice) -> int | None:
    """Whose total of a limit is meant: an aggregate one has only the family's, a self-only one none."""
    if limit.mode is AccumulatorMode.AGGREGATE:
        return None
    if limit.mode is AccumulatorMode.SELF and choice.person_id is None:
        return next(iter(choice.plan.person_ids), None)
    return choice.person_id


def progress_of(choice: Choice, limit: Accumulator) -> Progress:
    """How a limit filled over the plan's year for whom it is looked at."""
    return progress(choice.year, limit, owner_of(limit, choice), today=choice.today)


def _ceiling(limit: Accumulator, choice: Choice) -> int | None:
    return limit.family if owner_of(limit, choice) is None else limit.individual
