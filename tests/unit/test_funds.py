"""Sinking funds, contingency targets, draws, and whether it all fits the household (rulebook 7.3-7.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.accounts.contingency_targets import (
    CostScenario,
    Draw,
    Exposure,
    by_exposure,
    by_full_exposure,
    by_quantile,
    by_scenarios,
    draw_words,
    funding,
    outstanding,
    repayment,
)
from tracker.domain.budget.affordability import (
    STEPS,
    Finances,
    MonthlyLine,
    Year,
    affordability,
)
from tracker.domain.budget.sinking_fund import (
    Move,
    MoveKind,
    actual_of,
    deposit_days,
    fund_check,
    fund_plan,
    per_month,
)
from tracker.errors import UserProblem
from tracker.imports.limits_file import yearly_limits

LIMITS = yearly_limits()
TODAY = date(2026, 11, 22)
DUE = date(2027, 3, 1)


# Sinking funds


def test_saving_for_the_annual_retainer() -> None:
    days = deposit_days(TODAY, DUE)
    assert days == (date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1), DUE)
    plan = fund_plan(3_600_00, 450_00, days, due_on=DUE)
    assert plan.deposits == tuple((day, 787_50) for day in days)  # E04
    assert plan.why == ("$3,600.00 less $450.00 leaves $3,150.00 by Mar 1, 2027: 4 deposits of $787.50.")


def test_saving_for_the_deductible() -> None:
    plan = fund_plan(1_100_00, 0, deposit_days(date(2026, 1, 1), date(2026, 9, 1)))
    assert (len(plan.deposits), plan.monthly) == (8, 137_50)  # E05


@pytest.mark.parametrize(
    ("after", "due", "day", "count"),
    [
        (TODAY, date(2026, 11, 30), 1, 0),
        (TODAY, date(2026, 11, 30), 30, 1),
        (TODAY, date(2027, 3, 31), 31, 5),
        (date(2026, 12, 1), DUE, 1, 3),
        (DUE, TODAY, 1, 0),
    ],
)
def test_deposit_days_lie_between_now_and_the_due_day(after: date, due: date, day: int, count: int) -> None:
    days = deposit_days(after, due, day)
    assert len(days) == count
    assert all(after < found <= due for found in days)


def test_without_a_deposit_left_the_program_says_so() -> None:
    with pytest.raises(UserProblem, match=r"\$3,150.00 is missing"):
        fund_plan(3_600_00, 450_00, ())
    assert fund_plan(450_00, 450_00, ()).deposits == ()


def test_a_missed_deposit_warns_and_raises_the_rest() -> None:
    plan = fund_plan(3_600_00, 450_00, deposit_days(TODAY, DUE), due_on=DUE)
    on_track = fund_check(plan, 450_00 + 787_50, date(2026, 12, 15))
    assert on_track.behind == 0
    found = fund_check(plan, 450_00, date(2026, 12, 15))
    assert (found.expected, found.behind) == (1_237_50, 787_50)
    assert found.why == "$787.50 is missing; from now on each deposit has to be $1,050.00."
    assert "no deposit is left" in fund_check(plan, 450_00, DUE).why


def test_a_bill_paid_from_the_fund_counts_once() -> None:
    moves = [
        Move(kind=MoveKind.DEPOSIT, amount=1_800_00, on=date(2026, 12, 1)),
        Move(kind=MoveKind.DEPOSIT, amount=1_800_00, on=date(2027, 2, 1)),
        Move(kind=MoveKind.BILL_FROM_FUND, amount=3_600_00, on=DUE, label="Retainer"),
        Move(kind=MoveKind.BILL, amount=40_00, on=DUE),
        Move(kind=MoveKind.WITHDRAWAL, amount=100_00, on=DUE),
    ]
    found = actual_of(moves)
    assert (found.counted, found.funded) == (3_540_00, 3_600_00)
    assert found.why[0].startswith("Retainer of $3,600.00 was paid from the fund")


def test_irregular_costs_by_the_month() -> None:
    assert per_month(380_00, 1, 24) == 15_83  # E10
    with pytest.raises(UserProblem):
        per_month(380_00, 1, 0)


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(1, 30))
def test_deposits_add_to_what_is_missing(target: int, balance: int, count: int) -> None:
    days = deposit_days(date(2026, 1, 1), date(2030, 1, 1))[:count]
    plan = fund_plan(target, balance, days)
    assert balance + sum(amount for _, amount in plan.deposits) == max(target, balance)


# Contingency targets

EXPOSURE = Exposure(oop_max=5_000_00, oop_used=1_720_00, not_covered=300_00)


def test_exposure_times_probability() -> None:
    target = by_exposure(EXPOSURE, 2_500)
    assert target.amount == 1_120_00  # E06
    found = funding(target.amount, 400_00, 4)
    assert (found.missing, found.monthly, found.deposits, found.funded) == (
        720_00,
        180_00,
        (180_00,) * 4,
        3_571,
    )


def test_the_other_methods() -> None:
    scenarios = [
        CostScenario(label="Emergency room", probability=1_000, cost=1_880_00),
        CostScenario(label="Admission", probability=300, cost=3_280_00),
    ]
    assert by_scenarios(EXPOSURE, scenarios).amount == 188_00 + 98_40
    assert by_full_exposure(EXPOSURE).amount == 3_280_00
    outcomes = list(range(100_00, 1_100_00, 100_00))  # 100 to 1,000
    assert by_quantile(EXPOSURE, outcomes, 8_000).amount == 800_00
    assert by_quantile(EXPOSURE, outcomes, 8_001).amount == 900_00
    assert by_quantile(EXPOSURE, outcomes, 8_000, budgeted=900_00).amount == 0
    assert by_scenarios(EXPOSURE, []).amount == 0


def test_targets_stay_within_what_can_come() -> None:
    high = [CostScenario(label="Everything", probability=10_000, cost=90_000_00)]
    found = by_scenarios(EXPOSURE, high)
    assert found.amount == EXPOSURE.most == 3_580_00
    assert "cannot come" in found.why[-1]
    met = replace(EXPOSURE, oop_used=6_000_00, not_covered=0)
    assert by_full_exposure(met).amount == by_exposure(met, 2_500).amount == 0


@pytest.mark.parametrize("rate", [-1, 10_001])
def test_a_probability_is_a_percentage(rate: int) -> None:
    with pytest.raises(UserProblem):
        by_exposure(EXPOSURE, rate)


def test_what_cannot_be_worked_out_is_said() -> None:
    with pytest.raises(UserProblem):
        by_quantile(EXPOSURE, [], 8_000)
    with pytest.raises(UserProblem):
        funding(100, 0, 0)
    assert funding(0, 0, 1).funded is None


amounts = st.integers(0, 10**7)


@given(
    st.builds(Exposure, oop_max=amounts, oop_used=amounts, not_covered=amounts, balance_bills=amounts),
    st.integers(0, 10_000),
    amounts,
    st.integers(1, 24),
)
def test_every_target_lies_between_zero_and_everything(
    exposure: Exposure, rate: int, cost: int, months: int
) -> None:
    found = [
        by_exposure(exposure, rate),
        by_scenarios(exposure, [CostScenario(label="x", probability=rate, cost=cost)]),
        by_quantile(exposure, [cost], rate),
        by_full_exposure(exposure),
    ]
    assert all(0 <= target.amount <= exposure.most for target in found)
    assert by_exposure(exposure, 10_000).amount == exposure.most
    paid = funding(found[0].amount, cost, months)
    assert sum(paid.deposits) == paid.missing


def test_drawing_and_putting_back() -> None:
    draws = [
        Draw(on=date(2026, 8, 3), amount=500_00, label="an MRI"),
        Draw(on=date(2026, 10, 1), amount=100_00, repays=True),
    ]
    assert outstanding(draws) == 400_00
    plan = repayment(draws, months=3, today=TODAY)
    assert plan == (
        (date(2026, 12, 1), 133_34),
        (date(2027, 1, 1), 133_33),
        (date(2027, 2, 1), 133_33),
    )
    assert draw_words(draws, plan) == (
        "$500.00 drawn on Aug 3, 2026 for an MRI.",
        "$100.00 put back on Oct 1, 2026.",
        "$400.00 is to be put back: $133.34 a month until February 2027.",
    )
    assert repayment(draws[1:], months=3, today=TODAY) == ()
    with pytest.raises(UserProblem):
        repayment(draws, months=0, today=TODAY)


# Affordability

HOME = Finances(
    income=6_200_00,
    existing=(MonthlyLine(label="Housing", amount=2_400_00), MonthlyLine(label="Food", amount=1_500_00)),
    discretionary=(
        MonthlyLine(label="Travel", amount=600_00, cut=200_00),
        MonthlyLine(label="Eating out", amount=300_00),
    ),
    membership_year=3_600_00,
    premiums=(MonthlyLine(label="Health plan", amount=450_00),),
    oop_max_year=5_000_00,
    health=((Year.EXPECTED, 14_700_00), (Year.P80, 17_100_00), (Year.OOP_MAX, 22_000_00)),
    savings=100_00,
    spending_year=5_700_00,
    deductible_year=2_000_00,
)


def test_the_six_steps_by_name() -> None:
    found = affordability(HOME, limits=LIMITS, year=2026)
    assert [(step.name, step.amount) for step in found.steps] == [
        ("Income Analysis", 6_200_00),
        ("Existing Expense Tracking", 3_900_00),
        ("Concierge Membership Cost", 300_00),
        ("Insurance Premium Calculation", 450_00),
        ("Discretionary Spending Review", 900_00),
        ("Savings Allocation", 100_00),
    ]
    assert [step.name for step in found.steps] == list(STEPS)


def test_what_is_left_and_the_share_of_income() -> None:
    found = affordability(HOME, limits=LIMITS, year=2026)
    expected = found.outcomes[0]
    assert found.free == 1_400_00  # E07
    assert (expected.after_health, expected.ratio, expected.needed_cut) == (175_00, 1_976, 0)  # E08
    assert expected.within_own_limit is None
    assert len(expected.why) == 2


def test_harder_years_need_cuts() -> None:
    _, p80, worst = affordability(HOME, limits=LIMITS, year=2026).outcomes
    assert (p80.health, p80.after_health, p80.needed_cut, p80.still_missing) == (1_425_00, -25_00, 25_00, 0)
    assert "that is enough" in p80.why[2]
    assert (worst.needed_cut, worst.still_missing) == (433_33, 233_33)
    assert "$233.33 is still missing" in worst.why[2]


def test_only_the_members_own_limit_gives_a_verdict() -> None:
    found = affordability(replace(HOME, own_limit=2_000), limits=LIMITS, year=2026)
    assert [outcome.within_own_limit for outcome in found.outcomes] == [True, False, False]
    assert found.outcomes[0].why[-1] == "That is within your own limit of 20%."


def test_marks_are_orientation() -> None:
    marks = affordability(replace(HOME, employer_premium=200_00), limits=LIMITS, year=2026).marks
    assert [(mark.mark, mark.share) for mark in marks] == [(996, 323), (1_000, 766), (500, 269)]
    later = affordability(HOME, limits=LIMITS, year=2027).marks
    assert [mark.mark for mark in later] == [1_000, 500]  # 2027 is not published


def test_without_income_there_is_no_share() -> None:
    found = affordability(replace(HOME, income=0), limits=LIMITS, year=2026)
    assert found.outcomes[0].ratio is None
    assert found.outcomes[0].needed_cut == 6_025_00
    assert all(mark.share is None for mark in found.marks)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"income": -1}, "income"),
        ({"existing": (MonthlyLine(label="Food", amount=-1),)}, "amount"),
        ({"discretionary": (MonthlyLine(label="Travel", amount=10, cut=11),)}, "cut"),
    ],
)
def test_amounts_that_cannot_be(change: dict[str, object], field: str) -> None:
    with pytest.raises(UserProblem) as found:
        affordability(replace(HOME, **change), limits=LIMITS, year=2026)  # type: ignore[arg-type]
    assert found.value.field == field


@given(amounts, amounts, amounts, amounts)
def test_the_gap_is_just_what_has_to_be_cut(income: int, spent: int, health: int, fun: int) -> None:
    finances = Finances(
        income=income,
        existing=(MonthlyLine(label="All", amount=spent),),
        discretionary=(MonthlyLine(label="Fun", amount=fun, cut=fun),),
        health=((Year.EXPECTED, health),),
    )
    (found,) = affordability(finances, limits=LIMITS, year=2026).outcomes
    assert found.after_health + found.needed_cut == max(found.after_health, 0)
    assert found.after_cuts == found.after_health + fun
    assert found.still_missing <= found.needed_cut
