"""Planned care as rows: what is ahead with its cost in order, and what happened with its EOB."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text
from tracker.domain.coverage.outlook import PlannedCost, days_of_planned, planned_costs
from tracker.domain.coverage.plan_year import PlanYear
from tracker.domain.coverage.planned import Occurrence, days_of
from tracker.domain.coverage.results import Outcome
from tracker.domain.coverage.sentences import explain_claim
from tracker.facts import (
    AccumulatorKind,
    AccumulatorMode,
    Claim,
    Likelihood,
    PlannedCare,
    ServiceCategory,
)
from tracker.money import Cents, dollars

LIKELIHOODS = {Likelihood.SURE: "Sure", Likelihood.LIKELY: "Likely", Likelihood.MAYBE: "Maybe"}
NOT_KNOWN, NO_RULE, NOT_HERE = "not known", "no rule", "\u2013"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """Planned care ahead. Days of one care that stand together are one row.

    `cost` is what all of them should cost the member, None where nobody can say; `why` says how it is
    worked, or why it is not. `is_late` where its day is past and no EOB came.
    """

    number: int
    care: PlannedCare
    day: date
    when: str
    what: str
    who: str
    provider: str
    allowed: str
    cost: Cents | None
    cost_words: str
    deductible: str
    why: str
    is_late: bool = False

    @property
    def likelihood(self) -> str:
        return LIKELIHOODS[self.care.likelihood]


@dataclass(frozen=True, slots=True)
class HappenedRow:
    """Planned care that became an EOB."""

    number: int
    care: PlannedCare
    day: date
    what: str
    who: str
    provider: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class PlannedRows:
    """Everything the card shows. `together` is the cost of what is sure or likely."""

    ahead: tuple[PlannedRow, ...]
    happened: tuple[HappenedRow, ...]
    together: Cents
    unpriced: int


def planned_rows(
    year: PlanYear,
    planned: Iterable[PlannedCare],
    today: date,
    *,
    people: Mapping[int, str],
    providers: Mapping[int, str],
    categories: Mapping[str, ServiceCategory],
) -> PlannedRows:
    """Rows for a plan year, with names by id. `planned` is all planned care: until the year is over,
    what is not for its period or its people is listed last, without a cost."""
    names = _Names(people, providers)
    groups = _grouped(planned_costs(year, today), today)
    ahead = [_row(year, group, place, names, categories, today) for place, group in enumerate(groups)]
    days = days_of_planned(year, today)
    inside = {item.care.id for item in days}
    later = [
        care for care in planned if care.id not in inside and days_of(care)[-1] >= year.period.begin
    ]  # fmt: skip
    if today >= year.period.end:
        later = []
    happened = [
        HappenedRow(place, item.care, item.day, item.care.label, *names.of(item.care), item.claim)
        for place, item in enumerate(days)
        if item.claim is not None
    ]
    counted = [row for row in ahead if row.care.likelihood is not Likelihood.MAYBE]
    return PlannedRows(
        (*ahead, *(_later(care, year, names, len(ahead) + place) for place, care in enumerate(later))),
        tuple(happened),
        sum(row.cost or 0 for row in counted),
        sum(row.cost is None for row in counted),
    )


@dataclass(frozen=True, slots=True)
class _Names:
    people: Mapping[int, str]
    providers: Mapping[int, str]

    def of(self, care: PlannedCare) -> tuple[str, str]:
        return self.people.get(care.person_id, ""), self.providers.get(care.provider_id or 0, "")


def _grouped(costs: Sequence[PlannedCost], today: date) -> list[list[PlannedCost]]:
    """Late days of one care together, and several times on one day."""
    found: dict[tuple[int | None, date | None], list[PlannedCost]] = {}
    for cost in costs:
        late = cost.care.day < today
        found.setdefault((cost.care.care.id, None if late else cost.care.day), []).append(cost)
    return list(found.values())


def _row(
    year: PlanYear,
    group: Sequence[PlannedCost],
    number: int,
    names: _Names,
    categories: Mapping[str, ServiceCategory],
    today: date,
) -> PlannedRow:
    first = group[0].care
    care, times = first.care, len(group)
    late = first.day < today
    day = _day(first.day, year)
    when = day if not late else f"{day}, no EOB"
    worked = [cost.result for cost in group if cost.result is not None]
    cost = sum(result.owes for result in worked) if worked else None
    return PlannedRow(
        number,
        care,
        first.day,
        when,
        care.label if times == 1 else f"{times} \u00d7 {care.label}",
        *names.of(care),
        _allowed(first, times),
        cost,
        dollars(cost) if cost is not None else NOT_KNOWN if first.allowed is None else NO_RULE,
        _deductible(year, group[-1]),
        _why(year, group, categories, late),
        late,
    )


def _later(care: PlannedCare, year: PlanYear, names: _Names, number: int) -> PlannedRow:
    """Planned care that is not for this plan year."""
    here = care.person_id in year.plan.person_ids
    day = next((day for day in days_of(care) if day >= year.period.begin), care.first_on)
    why = (
        "It lies outside this plan year, so it is not counted here."
        if here
        else "This plan does not cover the person, so it is not counted here."
    )
    allowed = "" if care.allowed is None else dollars(care.allowed)
    return PlannedRow(
        number, care, day, day_text(day), care.label, *names.of(care), allowed, None, NOT_HERE, "", why
    )


def _day(day: date, year: PlanYear) -> str:
    return day_text(day, year=year.period.begin.year != year.period.last_day.year)


def _allowed(item: Occurrence, times: int) -> str:
    if item.allowed is None:
        return NOT_KNOWN
    amount = f"usual {dollars(item.allowed, whole=True)}" if item.is_usual else dollars(item.allowed)
    return f"{amount} each" if times > 1 else amount


def _deductible(year: PlanYear, cost: PlannedCost) -> str:
    """`$2,000 of $2,000`: the person's deductible just after, or the family's where it is one for all."""
    care = cost.care.care
    limit = year.plan.limit(AccumulatorKind.DEDUCTIBLE, care.network)
    if limit is None or cost.result is None or care.likelihood is Likelihood.MAYBE:
        return ""
    place = year.adjudicator.place[limit.name]
    shared = limit.mode is AccumulatorMode.AGGREGATE
    total, ceiling = (
        (cost.family[place], limit.family) if shared else (cost.own[place], year.own_limit(limit))
    )
    if ceiling is None:
        return dollars(total, whole=True)
    return f"{dollars(min(total, ceiling), whole=True)} of {dollars(ceiling, whole=True)}"


def _why(
    year: PlanYear, group: Sequence[PlannedCost], categories: Mapping[str, ServiceCategory], late: bool
) -> str:
    first = group[0]
    said = []
    if late:
        past = "Its day is past." if len(group) == 1 else f"{len(group)} of its days are past."
        said.append(f"{past} It stays expected until you enter its EOB, or remove it here.")
    if first.care.care.likelihood is Likelihood.MAYBE:
        said.append("As it only may be, it counts in no later row.")
    if first.care.allowed is None:
        said.append("No EOB of the service tells what is allowed. Type the amount to know the cost.")
    elif first.result is None:
        said.append("What your plan pays for this service is not entered.")
    else:
        if first.result.lines[0].outcome is Outcome.NOT_COVERED:
            said.append("Your plan does not cover it.")
        lines = explain_claim(year.terms, first.result, categories or None)
        said += [sentence for line in lines for sentence in line]
        if len(group) > 1:
            said.append("The next times are worked after it.")
    return "\n".join(said)
