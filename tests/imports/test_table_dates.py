"""Dates of a table: one order for a whole column, every way of writing it, and what is no day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.imports.table_cells import UNCALCULATED, ExactDay
from tracker.imports.table_dates import DateOrder, DayReader, days_in, judge_dates, like_day

MONTH, DAY, YEAR = DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST, DateOrder.YEAR_FIRST
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("3/4/2026", MONTH, date(2026, 3, 4)),
        ("3/4/2026", DAY, date(2026, 4, 3)),
        ("03-04-26", MONTH, date(2026, 3, 4)),
        ("3.4.2026", DAY, date(2026, 4, 3)),
        ("2026-03-04", MONTH, date(2026, 3, 4)),
        ("2026/3/4", DAY, date(2026, 3, 4)),
        ("20260304", DAY, date(2026, 3, 4)),
        ("20091224120000[0:GMT]", MONTH, date(2009, 12, 24)),
        ("2026-03-04T23:00:04", MONTH, date(2026, 3, 4)),
        ("2017-09-29 15:40:00 -0700", MONTH, date(2017, 9, 29)),
        ("03/04/2026 06:50 PM", MONTH, date(2026, 3, 4)),
        ("04 Mar 2026", MONTH, date(2026, 3, 4)),
        ("4-Mar-9", MONTH, date(2009, 3, 4)),
        ("Mar 4, 2026", DAY, date(2026, 3, 4)),
        ("Wednesday, March 4th, 2026", DAY, date(2026, 3, 4)),
        ("03/05/2026 as of 03/04/2026", MONTH, date(2026, 3, 4)),
        ("1/2/75", MONTH, date(1975, 1, 2)),
        ("04/2026/03", DateOrder.YEAR_MIDDLE, date(2026, 3, 4)),
        (ExactDay("2026-03-04"), DAY, date(2026, 3, 4)),
    ],
)
def test_a_day_is_read(cell: str, order: DateOrder, day: date) -> None:
    assert DayReader(order).read(cell) == day


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("", "empty"),
        ("pending", "\u201cpending\u201d is not a date"),
        ("02/30/2026", "not a day of the calendar"),
        ("13/01/2026", "not a day of the calendar when it is read month first"),
        ("9999-12-31", "outside 1900 to 2100"),
        ("0001-01-01", "outside 1900 to 2100"),
        ("12.50", "is not a date"),
        ("x" * 500, "is not a date"),
        ("{0}", "\u201c{0}\u201d is not a date"),
        (UNCALCULATED, "formula without a value"),
    ],
)
def test_what_is_no_day_says_why(cell: str, why: str) -> None:
    found = DayReader(MONTH).read(cell)
    assert isinstance(found, str)
    assert why in found


def test_one_day_above_twelve_settles_the_whole_column() -> None:
    guess = judge_dates([["3/4/2026", "5/6/2026", "24/12/2026"]])
    assert (guess.order, guess.sure) == (DAY, True)
    assert "24/12/2026" in guess.says


def test_without_proof_the_guess_is_month_first_and_unsure() -> None:
    guess = judge_dates([["3/4/2026", "3/4/2026"]])
    assert (guess.order, guess.sure) == (MONTH, False)


def test_the_order_of_the_rows_tells_which_way_round_they_are() -> None:
    column = ["1/2/2026", "2/1/2026", "3/1/2026", "4/1/2026", "5/2/2026", "6/1/2026"]
    assert judge_dates([column]).order is MONTH
    turned = ["2/1/2026", "1/2/2026", "1/3/2026", "1/4/2026", "2/5/2026", "1/6/2026"]
    assert judge_dates([turned]).order is DAY


def test_a_contradiction_is_not_sure() -> None:
    guess = judge_dates([["24/12/2026", "12/24/2026", "25/12/2026"]])
    assert (guess.order, guess.sure) == (DAY, False)


def test_a_known_layout_decides_what_the_cells_leave_open() -> None:
    assert judge_dates([["3/4/2026"]], usual=MONTH).sure
    assert judge_dates([["24/12/2026"]], usual=MONTH).order is DAY  # cells beat habits


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("3/1/2026 - 3/4/2026", ["3/1/2026", "3/4/2026"]),
        ("03/01/2026-03/04/2026", ["03/01/2026", "03/04/2026"]),
        ("2026-03-01 to 2026-03-04", ["2026-03-01", "2026-03-04"]),
        ("2026-03-01", ["2026-03-01"]),
        ("", [""]),
    ],
)
def test_a_range_is_its_two_days(cell: str, parts: list[str]) -> None:
    assert days_in(cell) == parts


@given(
    st.lists(days, min_size=1, max_size=20),
    st.sampled_from(["%m/%d/%Y", "%d/%m/%Y", "%Y-%m-%d", "%d %b %Y"]),
)
def test_a_column_with_proof_comes_back_as_it_was(column: list[date], form: str) -> None:
    column = [*column, date(2026, 1, 31)]  # a day that proves the order
    cells = [f"{day:{form}}" if day.year > 999 else "" for day in column]
    reader = DayReader(judge_dates([cells]).order)
    assert [reader.read(cell) for cell in cells] == column


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_a_reason(cell: str) -> None:
    like_day(cell)
    for order in DateOrder:
        assert DayReader(order).read(cell)
