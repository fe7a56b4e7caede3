"""When recurring payments fall due, which dues are open, and what a year of them costs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dates import Period, add_months, budget_year, month_period
from tracker.domain.recurring import (
    MONTHS_BETWEEN,
    amount_in,
    due_days,
    monthly_shares,
    open_dues,
    yearly_amount,
)
from tracker.facts import Frequency, Recurring


def item(
    frequency: Frequency, first: date, last: date | None = None, amount: int = 30_000, **more: object
) -> Recurring:
    return Recurring(
        id=1, label="Fee", amount=amount, frequency=frequency, first_due=first, last_due=last, **more
    )  # type: ignore[arg-type]


def test_a_fee_of_the_31st_falls_on_the_last_day_of_shorter_months() -> None:
    fee = item(Frequency.MONTHLY, date(2027, 12, 31))
    found = due_days(fee, Period(date(2028, 1, 1), date(2028, 7, 1)))
    assert [(day.month, day.day) for day in found] == [(1, 31), (2, 29), (3, 31), (4, 30), (5, 31), (6, 30)]


def test_a_yearly_fee_of_february_29() -> None:
    fee = item(Frequency.ANNUAL, date(2024, 2, 29))
    found = due_days(fee, Period(date(2024, 1, 1), date(2029, 1, 1)))
    assert [day.isoformat() for day in found] == [
        "2024-02-29",
        "2025-02-28",
        "2026-02-28",
        "2027-02-28",
        "2028-02-29",
    ]


@pytest.mark.parametrize(
    ("frequency", "count"),
    [
        (Frequency.ONCE, 1),
        (Frequency.MONTHLY, 12),
        (Frequency.QUARTERLY, 4),
        (Frequency.SEMIANNUAL, 2),
        (Frequency.ANNUAL, 1),
    ],
)
def test_dues_of_a_first_year(frequency: Frequency, count: int) -> None:
    fee = item(frequency, date(2026, 1, 15))
    year = budget_year(1, 2026)
    assert len(due_days(fee, year)) == count
    assert sum(amount_in(fee, month_period(month)) for month in year.months()) == 30_000 * count
    assert yearly_amount(fee) == 30_000 * count


def test_nothing_is_due_after_the_last_or_before_the_first() -> None:
    fee = item(Frequency.MONTHLY, date(2026, 3, 10), date(2026, 5, 10))
    assert [day.month for day in due_days(fee, budget_year(1, 2026))] == [3, 4, 5]
    assert due_days(fee, budget_year(1, 2025)) == []
    once = item(Frequency.ONCE, date(2026, 3, 10))
    assert due_days(once, budget_year(1, 2027)) == []


@given(
    st.sampled_from(sorted(MONTHS_BETWEEN)),
    st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    st.integers(1, 4_000),
)
def test_due_days_are_those_of_a_plain_count(
    frequency: Frequency, first: date, begin: date, length: int
) -> None:
    fee = item(frequency, first)
    period = Period(begin, begin + timedelta(days=length))
    step = MONTHS_BETWEEN[frequency]
    every = [add_months(first, count * step) for count in range(2_000 // step)]
    assert due_days(fee, period) == [day for day in every if day in period]


def test_open_dues_leave_out_the_settled_and_the_history() -> None:
    fee = item(Frequency.MONTHLY, date(2026, 1, 15), propose_from=date(2026, 3, 1))
    until = Period(date(2026, 1, 1), date(2026, 6, 1))
    found = open_dues([fee], {(1, date(2026, 4, 15))}, until)
    assert [due.due_on for due in found] == [date(2026, 3, 15), date(2026, 5, 15)]


def test_a_year_in_twelfths_adds_to_the_year() -> None:
    assert monthly_shares(item(Frequency.ANNUAL, date(2026, 1, 1), amount=100_000)) == (
        [8_334] * 4 + [8_333] * 8
    )
    assert monthly_shares(item(Frequency.QUARTERLY, date(2026, 1, 1), amount=2_500)) == (
        [834] * 4 + [833] * 8
    )
