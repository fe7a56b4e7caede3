"""Days as people type them, months, periods and budget years."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dates import (
    Period,
    add_months,
    budget_year,
    budget_year_of,
    day_text,
    first_of,
    month_period,
    month_text,
    parse_day,
    period_text,
)
from tracker.errors import UserProblem

TODAY = date(2026, 11, 22)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-22", TODAY),
        ("2026-1-5", date(2026, 1, 5)),
        ("11/22/2026", TODAY),
        ("11/22/26", TODAY),
        ("11-22-2026", TODAY),
        ("11.22.2026", TODAY),
        ("11/22", TODAY),
        ("1/5", date(2027, 1, 5)),  # closer than January of this year
        ("6/5", date(2026, 6, 5)),
        ("Nov 22, 2026", TODAY),
        ("november 22 2026", TODAY),
        ("Nov. 22", TODAY),
        ("Sept 5", date(2026, 9, 5)),
        ("today", TODAY),
        ("Yesterday", TODAY - timedelta(days=1)),
        ("2/29/2028", date(2028, 2, 29)),
        ("2024-02-29", date(2024, 2, 29)),
    ],
)
def test_a_day_is_read_as_people_type_it(text: str, day: date) -> None:
    assert parse_day(text, today=TODAY) == day


def test_february_29_without_a_year_is_that_of_the_leap_year_beside_today() -> None:
    assert parse_day("2/29", today=date(2027, 11, 1)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-02-30", "not a day of the calendar"),
        ("2/29/2026", "not a day of the calendar"),
        ("2/29", "not a day of the calendar"),
        ("13/1/2026", "not a day of the calendar"),
        ("2026-00-10", "not a day of the calendar"),
        ("1899-12-31", "outside"),
        ("2200-01-01", "outside"),
        ("0000-01-01", "outside"),
        ("soon", "is not a date"),
        ("Foo 5", "is not a date"),
        ("1/2/3/4", "is not a date"),
        ("20261122", "is not a date"),
        ("x" * 10_000, "is not a date"),
        ("", "missing"),
        ("  ", "missing"),
    ],
)
def test_what_is_no_day_is_refused_with_a_sentence(text: str, why: str) -> None:
    with pytest.raises(UserProblem, match=why) as refused:
        parse_day(text, today=TODAY, field="paid_on")
    assert refused.value.field == "paid_on"
    assert refused.value.todo
    assert len(str(refused.value)) < 150


@given(days)
def test_what_is_written_reads_back(day: date) -> None:
    assert parse_day(day.isoformat(), today=TODAY) == day
    assert parse_day(day_text(day), today=TODAY) == day
    assert parse_day(f"{day.month}/{day.day}/{day.year}", today=TODAY) == day


@given(days, st.dates(date(1910, 1, 1), date(2190, 1, 1)))
def test_without_a_year_the_nearest_day_is_meant(day: date, today: date) -> None:
    if (day.month, day.day) == (2, 29):
        return
    found = parse_day(f"{day.month}/{day.day}", today=today)
    assert (found.month, found.day) == (day.month, day.day)
    assert abs((found - today).days) <= 183


@given(st.text(max_size=25))
def test_no_text_breaks_the_reader(text: str) -> None:
    with contextlib.suppress(UserProblem):
        assert 1900 <= parse_day(text, today=TODAY).year <= 2199


def test_months_from_january_31_come_back_to_the_31st() -> None:
    begin = date(2027, 1, 31)
    assert [add_months(begin, count).day for count in range(4)] == [31, 28, 31, 30]
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2024, 2, 29), 48) == date(2028, 2, 29)
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(-600, 600))
def test_adding_months_lands_in_the_right_month(day: date, count: int) -> None:
    found = add_months(day, count)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == count
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


def test_a_period_holds_its_first_day_and_not_its_end() -> None:
    month = month_period(date(2026, 2, 14))
    assert date(2026, 2, 1) in month
    assert date(2026, 2, 28) in month
    assert date(2026, 3, 1) not in month
    assert (month.days, month.last_day) == (28, date(2026, 2, 28))
    with pytest.raises(ValueError, match="one day"):
        Period(TODAY, TODAY)


@given(st.integers(1901, 2198), st.integers(1, 12))
def test_budget_years_join_without_gap_and_name_their_days(year: int, start: int) -> None:
    this = budget_year(start, year)
    assert this.end == budget_year(start, year + 1).begin
    assert len(this.months()) == 12
    assert {budget_year_of(day, start) for day in (this.begin, this.last_day)} == {year}


def test_days_and_periods_in_words() -> None:
    assert day_text(TODAY) == "Nov 22, 2026"
    assert day_text(TODAY, year=False) == "Nov 22"
    assert month_text(first_of(TODAY)) == "November 2026"
    assert period_text(budget_year(1, 2026)) == "Jan 1 to Dec 31, 2026"
    assert period_text(budget_year(7, 2026)) == "Jul 1, 2026 to Jun 30, 2027"
