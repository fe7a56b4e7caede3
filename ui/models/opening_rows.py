"""Opening balances as rows, and what they can be of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.domain.coverage.plan_year import PlanYear
from tracker.facts import Counting, Household, OpeningBalance, ServiceCategory
from tracker.money import dollars
from tracker.wording import count_of
from ui.models.coverage_words import limit_name, whose_cell


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """One opening balance with the words a table shows. `used` is an amount or a number of visits."""

    opening: OpeningBalance
    what: str
    whose: str
    used: str


def opening_rows(
    openings: Iterable[OpeningBalance],
    year: PlanYear,
    home: Household,
    categories: Mapping[str, ServiceCategory],
) -> list[OpeningRow]:
    """Those of the period, in the order of the plan's limits and services."""
    names = choices(year, categories)
    order = list(names)
    found = [
        OpeningRow(
            item, names.get(_key(item), item.name), whose_cell(home, item.person_id), used_words(item)
        )
        for item in openings
        if item.as_of in year.period
    ]
    places = {key: place for place, key in enumerate(order)}
    return sorted(
        found, key=lambda row: (places.get(_key(row.opening), len(order)), row.whose, row.opening.id or 0)
    )


def used_words(item: OpeningBalance) -> str:
    """`$420.00`, `4 visits`."""
    if item.counting is Counting.VISITS:
        return count_of(item.amount, "visit")
    return dollars(item.amount)


def choices(year: PlanYear, categories: Mapping[str, ServiceCategory]) -> dict[tuple[Counting, str], str]:
    """What an opening balance can be of, by what it counts: every limit, and every service with a limit
    on visits or on what the plan pays."""
    found = {(Counting.BUCKET, item.name): limit_name(item, year.plan) for item in year.plan.accumulators}
    for rule in year.terms.rules:
        category = categories.get(rule.category)
        name = category.name if category else rule.category
        if rule.visit_limit is not None:
            found.setdefault((Counting.VISITS, rule.category), f"{name}: visits")
        if rule.dollar_max is not None:
            found.setdefault((Counting.DOLLARS, rule.category), f"{name}: paid by the plan")
    return found


def _key(item: OpeningBalance) -> tuple[Counting, str]:
    return item.counting, item.name
