"""Axes: round amounts, names of months that never touch, and places for both."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import itertools

from tracker.dates import Period, add_months, budget_year
from tracker.money import LARGEST
from ui.charts.scale import (
    EMPTY_HIGH,
    DayScale,
    ValueScale,
    dollar_ticks,
    month_marks,
    slot_names,
    tick_labels,
)

AMOUNTS = st.integers(min_value=-LARGEST, max_value=LARGEST)
YEAR = budget_year(1, 2026)


def width_of(text: str) -> float:
    return 7.0 * len(text)


@pytest.mark.parametrize(
    ("high", "labels"),
    [
        (2_000_00, ["$0", "$500", "$1,000", "$1,500", "$2,000"]),
        (1_420_00, ["$0", "$500", "$1,000", "$1,500"]),
        (41, ["$0", "$1"]),
        (6_000_00, ["$0", "$2,000", "$4,000", "$6,000"]),
        (1_200_000_00, ["$0", "$0.25M", "$0.5M", "$0.75M", "$1M", "$1.25M"]),
        (LARGEST, ["$0", "$2B", "$4B", "$6B", "$8B", "$10B"]),
    ],
)
def test_an_axis_counts_in_round_dollars(high: int, labels: list[str]) -> None:
    assert tick_labels(dollar_ticks(0, high)) == labels


def test_an_axis_without_amounts_still_has_two_ends() -> None:
    ticks = dollar_ticks(0, 0)
    assert ticks[0] == 0
    assert ticks[-1] == EMPTY_HIGH


def test_money_that_came_back_has_a_minus() -> None:
    assert tick_labels(dollar_ticks(-300_00, 1_200_00)) == ["-$500", "$0", "$500", "$1,000", "$1,500"]


@given(AMOUNTS, AMOUNTS, st.integers(min_value=1, max_value=8), st.booleans())
def test_ticks_are_few_even_and_hold_zero(one: int, other: int, most: int, cover: bool) -> None:
    low, high = sorted((one, other))
    ticks = dollar_ticks(low, high, most=most, cover=cover)
    assert 0 in ticks
    assert 2 <= len(ticks) <= max(most, 3)
    assert len({after - before for before, after in itertools.pairwise(ticks)}) == 1
    assert all(tick % 100 == 0 for tick in ticks)
    if cover:
        assert ticks[0] <= min(low, 0)
        assert ticks[-1] >= max(high, 0)


@given(AMOUNTS, AMOUNTS)
def test_labels_of_an_axis_differ(one: int, other: int) -> None:
    labels = tick_labels(dollar_ticks(*sorted((one, other))))
    assert len(set(labels)) == len(labels)


@given(st.integers(min_value=0, max_value=LARGEST), st.integers(min_value=0, max_value=LARGEST))
def test_more_money_lies_higher(one: int, other: int) -> None:
    scale = ValueScale(0, LARGEST, 200.0, 10.0)
    less, more = sorted((one, other))
    assert 10.0 <= scale.at(more) <= scale.at(less) <= 200.0


@given(st.integers(min_value=-40, max_value=800))
def test_days_stay_on_the_axis_and_in_order(offset: int) -> None:
    scale = DayScale(YEAR, 50.0, 600.0)
    day = YEAR.begin + timedelta(days=offset)
    assert 50.0 <= scale.at(day) <= scale.at(day + timedelta(days=1)) <= 600.0


@pytest.mark.parametrize(
    ("width", "names"),
    [
        (600.0, ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]),
        (300.0, list("JFMAMJJASOND")),
    ],
)
def test_months_are_named_as_wide_as_there_is_room(width: float, names: list[str]) -> None:
    marks = month_marks(DayScale(YEAR, 0.0, width), width_of, roomy=20.0, gap=6.0)
    assert [mark.text for mark in marks] == names


def test_a_plan_year_begins_with_its_own_month() -> None:
    marks = month_marks(DayScale(budget_year(7, 2026), 0.0, 600.0), width_of, roomy=20.0, gap=6.0)
    assert [mark.text for mark in marks][:2] == ["Jul", "Aug"]


def test_two_years_say_which() -> None:
    period = Period(date(2026, 1, 1), date(2027, 7, 1))
    texts = [mark.text for mark in month_marks(DayScale(period, 0, 900), width_of, roomy=20, gap=6)]
    assert texts[0] == "2026"
    assert "2027" in texts


@given(
    st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)),
    st.integers(min_value=1, max_value=2000),
    st.floats(min_value=1, max_value=2000),
)
def test_month_names_never_touch(begin: date, days: int, width: float) -> None:
    scale = DayScale(Period(begin, begin + timedelta(days=days)), 0.0, width)
    marks = month_marks(scale, width_of, roomy=20.0, gap=6.0)
    for one, other in itertools.pairwise(marks):
        assert one.centre + width_of(one.text) / 2 < other.centre - width_of(other.text) / 2


@given(st.integers(min_value=1, max_value=40), st.floats(min_value=1, max_value=120))
def test_slot_names_fit_their_slots(count: int, slot: float) -> None:
    months = [add_months(date(2026, 1, 1), place) for place in range(count)]
    names = slot_names(months, slot, width_of, roomy=14.0, gap=5.0)
    assert len(names) == count
    shown = [place for place, name in enumerate(names) if name]
    for one, other in itertools.pairwise(shown):
        assert (width_of(names[one]) + width_of(names[other])) / 2 < slot * (other - one)
