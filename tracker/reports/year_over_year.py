"""What changed from the year before, and what is already known of the year after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.dates import MONTH_NAMES, Period, add_months, first_of
from tracker.domain.budget.month import Total, total_of
from tracker.domain.membership.agreement import due_in, fees_until_left, last_covered
from tracker.facts import AccumulatorKind, ClaimLine, Household, Network, Plan
from tracker.money import Cents, dollars
from tracker.reports.budget import BudgetYear
from tracker.reports.overview import find_limit


@dataclass(frozen=True, slots=True)
class YearFigure:
    """One figure in three years: cents, or a count where `is_money` is false. None is "not known"."""

    group: str
    label: str
    last_year: int | None
    this_year: int | None
    next_year: int | None = None
    is_money: bool = True
    is_total: bool = False

    @property
    def has_past(self) -> bool:
        return self.last_year is not None and self.this_year is not None

    @property
    def has_future(self) -> bool:
        return self.this_year is not None and self.next_year is not None

    def text(self, value: int | None) -> str:
        """A figure of this kind as text; empty where nothing is known."""
        if value is None:
            return ""
        return dollars(value) if self.is_money else f"{value:,}"


def change_text(figure: YearFigure, before: int | None, after: int | None) -> str:
    """`+$120.00`, `-3`, `same`; empty where one of the two is not known."""
    if before is None or after is None:
        return ""
    if before == after:
        return "same"
    return ("+" if after > before else "") + figure.text(after - before)


def percent_text(before: int | None, after: int | None) -> str:
    """The change in percent to one place, rounded half up; empty where it would say nothing."""
    if before is None or after is None or before <= 0 or before == after:
        return ""
    away = abs(after - before)
    tenths = (away * 2000 + before) // (2 * before)
    return f"{'+' if after > before else '-'}{tenths // 10:,}.{tenths % 10}%"


def years_around(year: Period) -> tuple[Period, Period, Period]:
    """The budget year before, this one, and the one after."""
    return (
        Period(year.begin.replace(year=year.begin.year - 1), year.begin),
        year,
        Period(year.end, year.end.replace(year=year.end.year + 1)),
    )


def plans_around(household: Household, year: Period) -> tuple[Plan | None, Plan | None, Plan | None]:
    """The plans in force before, in and after a year; None where it is the same one or there is none."""
    before = household.plan_on(year.begin - timedelta(days=1))
    now = household.plan_on(year.last_day) or household.plan_on(year.begin)
    after = household.plan_on(year.end)
    return before, now, None if after is now else after


def year_over_year(
    household: Household,
    budgets: tuple[BudgetYear, BudgetYear, BudgetYear],
    claims: tuple[Sequence[ClaimLine], Sequence[ClaimLine]],
    *,
    today: date,
) -> tuple[YearFigure, ...]:
    """Plan, membership, money and EOBs of the year before, this year and the next.

    `budgets` are of those three years, `claims` of the first two. While the year runs, what was
    spent and claimed is compared with the same months of the year before.
    """
    period = budgets[1].period
    found = [*_agreements(household, period), *_limits(household, period)]
    found += _spending(budgets, today)
    found += _care(claims, period, today)
    return tuple(
        item
        for item in found
        if any(value is not None for value in (item.last_year, item.this_year, item.next_year))
    )


def _agreements(household: Household, year: Period) -> list[YearFigure]:
    found = []
    for label, due in (
        ("Premiums due in the year", _premiums),
        ("Membership fees due in the year", _fees),
    ):
        last, this, following = (due(household, period) or None for period in years_around(year))
        found.append(YearFigure("Premiums and membership", label, last, this, following))
    return found


def _premiums(household: Household, year: Period) -> Cents:
    """Premiums of plans in force: one without a last due day does not outlive its plan here."""
    parts = [(plan, _shared(plan.period, year)) for plan in household.plans]
    return sum(due_in(plan.premiums, part) for plan, part in parts if part)


def _fees(household: Household, year: Period) -> Cents:
    """Membership fees. One that does not renew ends with its term, one that was left on that day."""
    total = 0
    for item in household.memberships:
        last = last_covered(item)
        until = year.end if last is None else min(year.end, last + timedelta(days=1))
        if until > year.begin:
            total += due_in(fees_until_left(item), Period(year.begin, until))
    return total


def _shared(one: Period, other: Period) -> Period | None:
    begin, end = max(one.begin, other.begin), min(one.end, other.end)
    return Period(begin, end) if begin < end else None


def _limits(household: Household, year: Period) -> list[YearFigure]:
    plans = plans_around(household, year)
    found = []
    for kind, name in (
        (AccumulatorKind.DEDUCTIBLE, "Deductible"),
        (AccumulatorKind.OOP_MAX, "Out-of-pocket maximum"),
    ):
        for network, where in ((Network.IN, "in network"), (Network.OUT, "out of network")):
            for whose in ("individual", "family"):
                last, this, following = (_limit(plan, kind, network, whose) for plan in plans)
                label = f"{name}, {whose}, {where}"
                found.append(YearFigure("Plan", label, last, this, following))
    return found


def _limit(plan: Plan | None, kind: AccumulatorKind, network: Network, whose: str) -> Cents | None:
    limit = find_limit(plan, kind, network) if plan else None
    if limit is None:
        return None
    return limit.individual if whose == "individual" else limit.family


def _spending(budgets: tuple[BudgetYear, BudgetYear, BudgetYear], today: date) -> list[YearFigure]:
    last, this, following = budgets
    through = min(max(first_of(today), this.months[0]), this.months[-1])
    count = this.months.index(through) + 1
    group = "Spent"
    if count < len(this.months):
        begin, end = MONTH_NAMES[this.months[0].month - 1], MONTH_NAMES[through.month - 1]
        group = f"Spent, {begin} to {end}" if count > 1 else f"Spent in {begin}"

    def paid(year: BudgetYear, category_id: int | None) -> Cents | None:
        return part_total(year, category_id, count).actual

    found = [
        YearFigure(group, item.name, paid(last, item.id), paid(this, item.id)) for item in this.categories
    ]
    whole_last = last.to_date(last.months[count - 1]).actual
    whole_this = this.to_date(through).actual
    found.append(YearFigure(group, "All lines", whole_last, whole_this, is_total=True))
    estimates = (last.total.estimated, this.total.estimated, following.total.estimated)
    found.append(YearFigure("Planned", "Estimated for the whole year", *estimates))
    return found


def part_total(year: BudgetYear, category_id: int | None, count: int) -> Total:
    """The first months of one line; nothing where the line is not in the year."""
    return total_of(year.category_rows(category_id)[:count])


def _care(
    claims: tuple[Sequence[ClaimLine], Sequence[ClaimLine]], year: Period, today: date
) -> list[YearFigure]:
    last, this = claims
    group = "Care on EOBs"
    if today in year:
        until = add_months(today, -12)
        last = [line for line in last if line.claim.service_from <= until]
        group = "Care on EOBs, up to the same day"
    found = [YearFigure(group, "EOBs", len(last) or None, len(this) or None, is_money=False)]
    for label, field in (
        ("Billed", "billed"),
        ("Allowed by the plan", "allowed"),
        ("Paid by the plan", "plan_paid"),
        ("You owe", "you_owe"),
    ):
        last_sum, this_sum = (_sum(lines, field) for lines in (last, this))
        found.append(YearFigure(group, label, last_sum, this_sum))
    return found


def _sum(lines: Sequence[ClaimLine], field: str) -> Cents | None:
    amounts = [getattr(line.claim, field) for line in lines]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None
