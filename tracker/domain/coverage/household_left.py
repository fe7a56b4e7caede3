"""How much of a plan's limits its household can still fill, all of its people together (rulebook 7.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text
from tracker.domain.coverage.accumulators import Standing, standing
from tracker.domain.coverage.plan_year import PlanYear
from tracker.facts import Accumulator, AccumulatorKind, AccumulatorMode, Network
from tracker.money import Cents, dollars

_NAMES = {
    AccumulatorKind.DEDUCTIBLE: "deductible",
    AccumulatorKind.OOP_MAX: "out-of-pocket maximum",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitLeft:
    """One limit of a plan for its whole household. `used` never exceeds `limit`.

    `whose` is the person the limit is for, `the family`, or names joined where each has a limit.
    """

    accumulator: Accumulator
    limit: Cents
    used: Cents
    whose: str

    @property
    def drugs(self) -> bool:
        """Whether only drugs count toward it."""
        return self.accumulator.drugs


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdLeft:
    """What a plan's in-network limits of one kind leave. `unlimited` where the plan states none."""

    year: PlanYear
    kind: AccumulatorKind
    parts: tuple[LimitLeft, ...]

    @property
    def unlimited(self) -> bool:
        return not self.parts

    @property
    def limit(self) -> Cents:
        return sum(part.limit for part in self.parts)

    @property
    def used(self) -> Cents:
        return sum(part.used for part in self.parts)

    @property
    def remaining(self) -> Cents:
        return self.limit - self.used

    @property
    def why(self) -> tuple[str, ...]:
        """A sentence for each limit, and until when it counts."""
        name, plan = _NAMES[self.kind], self.year.plan
        if self.unlimited:
            return (f"{plan.name} states no {name} in network.",)
        said = [
            f"{plan.name}: {name}{' for drugs' if part.drugs else ''} in network for {part.whose} "
            f"{dollars(part.limit)}, of which {dollars(part.used)} is used."
            for part in self.parts
        ]
        return (*said, f"It counts until {day_text(self.year.period.last_day)}, then begins again.")

    def remaining_by_day(self) -> list[tuple[date, Cents]]:
        """What was left at the end of each day on which care was counted, by its service date."""
        moved: list[tuple[date, int, int, Cents]] = []
        begin = self.year.period.begin
        for place, part in enumerate(self.parts):
            for posting in self.year.postings(part.accumulator.name):
                day = max(begin, posting.claim.service_from) if posting.claim else begin
                moved.append((day, place, posting.person_id, posting.amount))
        applied: dict[tuple[int, int], Cents] = {}
        found: dict[date, Cents] = {begin: self.limit}
        for day, place, person_id, amount in sorted(moved):
            applied[place, person_id] = applied.get((place, person_id), 0) + amount
            found[day] = self.limit - self._used_of(applied)
        return list(found.items())

    def _used_of(self, applied: Mapping[tuple[int, int], Cents]) -> Cents:
        """No person counts for more than their own limit, nor all of them for more than the whole."""
        total = 0
        for place, part in enumerate(self.parts):
            own = self.year.own_limit(part.accumulator)
            each = [amount for (where, _), amount in applied.items() if where == place]
            total += min(part.limit, sum(amount if own is None else min(amount, own) for amount in each))
        return total


def household_left(year: PlanYear, kind: AccumulatorKind, names: Mapping[int, str]) -> HouseholdLeft:
    """The main in-network limit of a kind, and one for drugs alone where the plan has it beside.

    A family fills the family's limit, unless its people's own limits add up to less (rulebook 1.4).
    """
    found = (_left(year, limit, names) for limit in _limits(year, kind))
    return HouseholdLeft(year=year, kind=kind, parts=tuple(part for part in found if part is not None))


def _limits(year: PlanYear, kind: AccumulatorKind) -> Iterable[Accumulator]:
    main = year.plan.limit(kind, Network.IN)
    if main is None:
        return ()
    beside = [
        item
        for item in year.plan.accumulators
        if item.kind is kind
        and item.network is Network.IN
        and item.drugs
        and item.name != main.name
        and main.name not in item.credits  # what drugs fill there fills the main one too
    ]
    return (main, *beside)


def _left(year: PlanYear, limit: Accumulator, names: Mapping[int, str]) -> LimitLeft | None:
    people = year.plan.person_ids
    own = [standing(year, limit, person_id) for person_id in people]
    has_own = bool(own) and all(item.limit is not None for item in own)
    own_sum = _sum(own) if has_own else None
    family = None if limit.mode is AccumulatorMode.SELF else standing(year, limit, None)
    together = _sum([family]) if family is not None and family.limit is not None else None
    if together is not None and (own_sum is None or together[0] - together[1] <= own_sum[0] - own_sum[1]):
        return LimitLeft(accumulator=limit, limit=together[0], used=together[1], whose="the family")
    if own_sum is None:
        return None
    whose = " and ".join(names.get(person_id, "") or "one person" for person_id in people)
    return LimitLeft(accumulator=limit, limit=own_sum[0], used=own_sum[1], whose=whose)


def _sum(items: Iterable[Standing]) -> tuple[Cents, Cents]:
    known = list(items)
    return sum(item.limit or 0 for item in known), sum(item.used for item in known)
