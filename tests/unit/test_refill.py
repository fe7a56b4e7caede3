"""When a drug runs out: overlaps, gaps, late refills, expected fills (features 64)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dates import Period
from tracker.domain.prescriptions.refill import (
    Gap,
    days_in_hand,
    days_late,
    expected_refills,
    gap_sentences,
    gaps,
    last_fill,
    next_refill,
    refill_dates,
    runs_out_on,
)
from tracker.facts.prescriptions import Drug, DrugFill

TODAY = date(2026, 11, 22)
REST = Period(TODAY, date(2027, 1, 1))


def fill(month: int, day: int, days: int = 30, year: int = 2026) -> DrugFill:
    return DrugFill(filled_on=date(year, month, day), days=days, paid=10_00)


def drug(*fills: DrugFill, **more: object) -> Drug:
    values: dict[str, object] = {"id": 1, "person_id": 1, "name": "Lisinopril", "fills": fills}
    return Drug(**(values | more))  # type: ignore[arg-type]


def test_a_fill_of_thirty_days_is_needed_again_on_the_thirty_first() -> None:
    taken = drug(fill(11, 1))
    assert next_refill(taken, TODAY) == date(2026, 12, 1)
    assert days_in_hand(taken, TODAY) == 9  # Nov 22 to Nov 30
    assert days_late(taken, TODAY) == 0


def test_a_fill_before_the_last_one_is_used_up_adds_to_it() -> None:
    # Oct 1 lasts to Oct 30; filled again Oct 25, six days early: 30 more from Oct 31 to Nov 29.
    taken = drug(fill(10, 25), fill(10, 1))
    assert runs_out_on(taken.fills) == date(2026, 11, 30)
    assert days_in_hand(taken, TODAY) == 8
    assert last_fill(taken) == fill(10, 25)


def test_two_fills_of_one_day_last_twice_as_long() -> None:
    assert runs_out_on([fill(11, 1), fill(11, 1)]) == date(2026, 12, 31)


def test_what_was_left_over_before_a_gap_is_not_carried_over_it() -> None:
    taken = drug(fill(6, 1), fill(9, 1))
    assert runs_out_on(taken.fills) == date(2026, 10, 1)
    assert days_late(taken, TODAY) == 52
    assert days_in_hand(taken, TODAY) == 0


@pytest.mark.parametrize(
    ("stopped_on", "expected"),
    [
        (None, date(2026, 12, 1)),
        (date(2026, 11, 22), None),  # not taken from today on
        (date(2026, 12, 1), None),  # stopped the very day it runs out
        (date(2026, 12, 2), date(2026, 12, 1)),
    ],
)
def test_what_is_stopped_needs_no_refill(stopped_on: date | None, expected: date | None) -> None:
    assert next_refill(drug(fill(11, 1), stopped_on=stopped_on), TODAY) == expected


def test_a_drug_without_fills_has_no_date() -> None:
    assert next_refill(drug(), TODAY) is None
    assert days_in_hand(drug(), TODAY) == 0
    assert gaps(drug(), TODAY) == []


def test_a_fill_of_a_later_day_is_not_in_hand_yet() -> None:
    assert days_in_hand(drug(fill(12, 1)), TODAY) == 0


def test_gaps_of_more_than_a_week_are_told_without_a_judgement() -> None:
    taken = drug(fill(1, 1), fill(2, 20), fill(3, 23), fill(11, 1))
    # Jan 31 to Feb 19 is 20 days; Mar 22 is one; Apr 22 to Oct 31 is 193.
    assert gaps(taken, TODAY) == [
        Gap(date(2026, 1, 31), date(2026, 2, 20)),
        Gap(date(2026, 4, 22), date(2026, 11, 1)),
    ]
    assert gap_sentences(taken, TODAY)[1] == (
        "No fill is entered that covers Jan 31, 2026 to Feb 19, 2026, 20 days."
    )


def test_a_gap_that_goes_on_asks_what_happened() -> None:
    (said,) = gap_sentences(drug(fill(9, 1)), TODAY)
    assert said.startswith("By the fills entered, the supply ended on Oct 1, 2026.")


def test_expected_fills_follow_each_other_to_the_end_of_the_year() -> None:
    assert expected_refills(drug(fill(11, 1)), TODAY, REST) == [date(2026, 12, 1), date(2026, 12, 31)]
    assert expected_refills(drug(fill(11, 1)), TODAY, REST, days=90) == [date(2026, 12, 1)]


def test_a_late_refill_is_expected_today() -> None:
    assert expected_refills(drug(fill(9, 1)), TODAY, REST)[0] == TODAY
    assert expected_refills(drug(), TODAY, REST)[0] == TODAY


def test_fills_of_the_year_before_shift_those_of_the_next() -> None:
    next_year = Period(date(2027, 1, 1), date(2028, 1, 1))
    found = expected_refills(drug(fill(11, 1)), TODAY, next_year)
    assert found[0] == date(2027, 1, 30)
    assert len(found) == 12


def test_nothing_is_expected_once_it_is_stopped() -> None:
    taken = drug(fill(11, 1), stopped_on=date(2026, 12, 10))
    assert expected_refills(taken, TODAY, REST) == [date(2026, 12, 1)]
    assert expected_refills(drug(stopped_on=TODAY), TODAY, REST) == []


def test_the_list_of_dates_begins_with_the_earliest() -> None:
    late, soon, never = (
        drug(fill(9, 1), id=2, name="Atorvastatin"),
        drug(fill(11, 1)),
        drug(id=3),
    )
    assert [(day, one.id) for day, one in refill_dates([soon, never, late], TODAY)] == [
        (date(2026, 10, 1), 2),
        (date(2026, 12, 1), 1),
    ]


def test_the_last_days_of_the_calendar_do_not_break_it() -> None:
    last = drug(DrugFill(filled_on=date(9999, 12, 1), days=90, paid=0))
    assert next_refill(last, TODAY) == date.max
    whole = Period(date(9999, 12, 1), date.max)
    assert expected_refills(last, date(9999, 12, 1), whole) == []


FILLS = st.lists(
    st.builds(
        DrugFill,
        filled_on=st.dates(date(2024, 1, 1), TODAY),
        days=st.integers(1, 400),
        paid=st.integers(0, 100_000),
    ),
    min_size=1,
    max_size=12,
)


@given(FILLS)
def test_the_refill_is_never_before_the_last_fill(fills: list[DrugFill]) -> None:
    taken = drug(*fills)
    day = next_refill(taken, TODAY)
    last = last_fill(taken)
    assert day is not None
    assert last is not None
    assert day >= last.filled_on + timedelta(days=last.days)


@given(FILLS)
def test_supply_and_gaps_account_for_every_day(fills: list[DrugFill]) -> None:
    """From the first fill on, each day is supplied once or lies in a gap."""
    first = min(one.filled_on for one in fills)
    end = runs_out_on(fills)
    assert end is not None
    lasting = sum(one.days for one in fills)
    assert (end - first).days >= lasting  # nothing is lost
    uncovered = (end - first).days - lasting
    listed = sum(gap.days for gap in gaps(drug(*fills), end))
    assert listed <= uncovered
    assert days_in_hand(drug(*fills), end) == 0


@given(FILLS, st.integers(1, 120), st.dates(TODAY, date(2028, 1, 1)), st.integers(1, 500))
def test_expected_fills_lie_in_the_period_and_never_before_the_refill(
    fills: list[DrugFill], days: int, begin: date, length: int
) -> None:
    taken, period = drug(*fills), Period(begin, begin + timedelta(days=length))
    found = expected_refills(taken, TODAY, period, days=days)
    due = next_refill(taken, TODAY)
    assert due is not None
    assert all(day in period and day >= max(due, TODAY) for day in found)
    assert all((after - before).days == days for before, after in pairwise(found))
