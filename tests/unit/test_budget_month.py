"""The month's arithmetic: differences, carry-over, year to date and forecast (rulebook 7.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dates import add_months, budget_year
from tracker.domain.budget.month import carry, total_of, year_grid
from tracker.facts import BudgetLine, CarryOver, Category, MonthSum
from tracker.reports.budget import BudgetYear, budget_month
from tracker.reports.budget import budget_year as report_of

YEAR = budget_year(1, 2026)
MONTHS = YEAR.months()
TEMPLATE = (30_000, 45_000, 5_000, 7_500, 10_000, 15_000, 10_000)


def lines_of(count: int = 7, **more: object) -> list[Category]:
    return [Category(id=number, name=f"Line {number}", position=number, **more) for number in range(count)]  # type: ignore[arg-type]


def estimates(*amounts: int, months: list[date] = MONTHS) -> list[BudgetLine]:
    return [
        BudgetLine(category_id=number, month=month, estimate=amount)
        for month in months
        for number, amount in enumerate(amounts)
    ]


def paid(month: date, amounts: Mapping[int, int]) -> list[MonthSum]:
    return [
        MonthSum(category_id=number, month=month, actual=amount, count=1)
        for number, amount in amounts.items()
    ]


def year_of(
    categories: list[Category], lines: list[BudgetLine], sums: list[MonthSum], today: date
) -> BudgetYear:
    return report_of(2026, YEAR, categories, lines, sums, today=today)


def test_the_rulebooks_month_to_the_cent() -> None:
    """E02: actuals 300, 450, 30, 120, 87.45, 0, 100."""
    actuals = dict(enumerate((30_000, 45_000, 3_000, 12_000, 8_745, 0, 10_000)))
    year = year_of(lines_of(), estimates(*TEMPLATE), paid(MONTHS[0], actuals), date(2026, 1, 31))
    month = budget_month(year, MONTHS[0])
    assert [row.difference for row in month.rows] == [0, 0, 2_000, -4_500, 1_255, 15_000, 0]
    assert (month.total.estimated, month.total.actual, month.total.difference) == (
        122_500,
        108_745,
        13_755,
    )


def test_a_line_without_an_actual_has_no_difference() -> None:
    year = year_of(lines_of(2), estimates(30_000, 45_000), paid(MONTHS[0], {0: 30_000}), date(2026, 1, 5))
    month = budget_month(year, MONTHS[0])
    assert [row.difference for row in month.rows] == [0, None]
    assert month.total.difference == 45_000
    empty = budget_month(year, MONTHS[1])
    assert (empty.total.actual, empty.total.difference) == (None, None)


def test_an_actual_without_an_estimate_is_all_over() -> None:
    year = year_of(lines_of(1), [], paid(MONTHS[0], {0: 2_500}), date(2026, 1, 5))
    assert budget_month(year, MONTHS[0]).total.difference == -2_500
    assert budget_month(year, MONTHS[0]).total.estimated is None


def test_the_forecast_is_what_was_paid_and_what_is_still_planned() -> None:
    """E09: 9,300 through August and four months of 1,225 make 14,200, 500 under 14,700."""
    sums = [found for month in MONTHS[:8] for found in paid(month, {0: 116_250})]
    year = year_of(lines_of(1), estimates(122_500), sums, date(2026, 9, 1))
    assert year.to_date(MONTHS[7]).actual == 930_000
    assert year.forecast == 1_420_000
    assert (year.total.estimated or 0) - year.forecast == 50_000


def test_in_the_month_under_way_the_larger_figure_counts() -> None:
    sums = paid(MONTHS[0], {0: 20_000, 1: 5_000})
    year = year_of(lines_of(2), estimates(10_000, 8_000, months=MONTHS[:1]), sums, date(2026, 1, 10))
    assert year.forecast == 20_000 + 8_000


def test_what_was_paid_ahead_counts_once() -> None:
    sums = paid(MONTHS[5], {0: 9_000})
    year = year_of(lines_of(1), estimates(10_000, months=MONTHS[5:6]), sums, date(2026, 1, 10))
    assert year.forecast == 9_000


@pytest.mark.parametrize(
    ("rule", "carried", "available"),
    [
        (CarryOver.NONE, [0, 0, 0, 0], [100, 100, 100, 100]),
        (CarryOver.SURPLUS, [0, 40, 0, 100], [100, 140, 100, 200]),
        (CarryOver.BOTH, [0, 40, -60, 40], [100, 140, 40, 140]),
    ],
)
def test_carry_over(rule: CarryOver, carried: list[int], available: list[int]) -> None:
    """Actuals 60, 200 and nothing against 100 a month."""
    sums = paid(MONTHS[0], {0: 60}) + paid(MONTHS[1], {0: 200})
    grid = year_grid(lines_of(1, carry_over=rule), MONTHS, estimates(100), sums, through=MONTHS[3])
    rows = [grid[month][0] for month in MONTHS[:4]]
    assert [row.carried for row in rows] == carried
    assert [row.available for row in rows] == available
    assert [row.difference for row in rows] == [40, -100, None, None]


def test_a_month_to_come_passes_nothing_on() -> None:
    grid = year_grid(lines_of(1, carry_over=CarryOver.BOTH), MONTHS, estimates(100), [], through=MONTHS[1])
    assert [grid[month][0].carried for month in MONTHS[:5]] == [0, 100, 200, 0, 0]


@given(
    st.sampled_from(CarryOver),
    st.lists(st.tuples(st.integers(0, 1_000), st.integers(-500, 2_000)), min_size=12, max_size=12),
)
def test_carry_over_neither_makes_nor_loses_money(rule: CarryOver, months: list[tuple[int, int]]) -> None:
    lines = [
        BudgetLine(category_id=0, month=month, estimate=planned)
        for month, (planned, _) in zip(MONTHS, months, strict=True)
    ]
    sums = [
        found
        for month, (_, actual) in zip(MONTHS, months, strict=True)
        for found in paid(month, {0: actual})
    ]
    grid = year_grid(lines_of(1, carry_over=rule), MONTHS, lines, sums, through=MONTHS[-1])
    last = grid[MONTHS[-1]][0]
    if rule is CarryOver.BOTH:
        assert last.balance == sum(planned - actual for planned, actual in months)
    if rule is CarryOver.NONE:
        assert last.carried == 0
    if rule is CarryOver.SURPLUS:
        assert all(grid[month][0].carried >= 0 for month in MONTHS)
    assert carry(rule, last) <= max(0, last.balance) or rule is CarryOver.BOTH


def test_a_hidden_line_is_shown_only_where_money_is_in_it() -> None:
    categories = [Category(id=0, name="Shown"), Category(id=1, name="Hidden", hidden=True)]
    year = year_of(categories, [], paid(MONTHS[2], {1: 700}), date(2026, 11, 22))
    assert [row.category.name for row in budget_month(year, MONTHS[0]).rows] == ["Shown"]
    assert [row.category.name for row in budget_month(year, MONTHS[2]).rows] == ["Shown", "Hidden"]
    unused = year_of(categories, [], [], date(2026, 11, 22))
    assert [item.name for item in unused.categories] == ["Shown"]


def test_totals_by_line_and_by_month_meet() -> None:
    sums = [found for month in MONTHS[:3] for found in paid(month, {0: 100, 1: month.month})]
    year = year_of(lines_of(2), estimates(150, 20), sums, date(2026, 11, 22))
    by_month = sum(year.month_total(month).actual or 0 for month in MONTHS)
    by_line = sum(year.category_total(item.id).actual or 0 for item in year.categories)
    assert by_month == by_line == year.total.actual == 306


def test_a_budget_year_may_begin_in_july() -> None:
    period = budget_year(7, 2026)
    sums = paid(date(2027, 6, 1), {0: 500})
    year = report_of(2026, period, lines_of(1), [], sums, today=date(2027, 6, 30))
    assert year.months[0] == date(2026, 7, 1)
    assert year.total.actual == 500
    assert add_months(year.months[-1], 1) == period.end


def test_nothing_adds_to_nothing() -> None:
    assert total_of([]) == total_of(iter(()))
    assert total_of([]).estimated is None
