"""Whether a sinking fund reaches its target in time, and the answer about a contingency fund."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.accounts.contingency_targets import Exposure, by_full_exposure, funding
from tracker.domain.accounts.fund_answer import deposit_words, fund_answer, months_left
from tracker.domain.budget.fund_outlook import fund_outlook

TODAY = date(2026, 11, 22)
DUE = date(2027, 3, 1)
FOUR = tuple((day, 787_50) for day in (date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1), DUE))


def test_a_fund_on_its_way() -> None:
    found = fund_outlook(3_600_00, 450_00, DUE, coming=FOUR, today=TODAY)
    assert (found.short, found.monthly, found.missing) == (0, 787_50, 3_150_00)  # E04
    assert found.why == (
        "$3,600.00 less $450.00 leaves $3,150.00.",
        "4 deposits until Mar 1, 2027 bring $3,150.00.",
    )


def test_a_missed_deposit_and_what_each_has_to_be_now() -> None:
    found = fund_outlook(3_600_00, 450_00, DUE, coming=FOUR[1:], missed=FOUR[:1], today=date(2026, 12, 5))
    assert (found.short, found.monthly) == (787_50, 1_050_00)
    assert found.why[1:] == (
        "The deposit of $787.50 of Dec 1, 2026 was not made.",
        "3 deposits until Mar 1, 2027 bring $2,362.50.",
        "Each of the 3 deposits left has to be $1,050.00.",
    )


def test_deposits_after_the_day_do_not_help() -> None:
    found = fund_outlook(3_600_00, 450_00, date(2027, 1, 15), coming=FOUR, today=TODAY)
    assert (len(found.coming), found.short, found.monthly) == (2, 1_575_00, 1_575_00)


def test_a_day_that_has_passed() -> None:
    found = fund_outlook(100_00, 40_00, date(2026, 11, 1), coming=FOUR, today=TODAY)
    assert (found.short, found.equal, found.monthly) == (60_00, None, 0)
    assert found.why[1:] == (
        "The money was needed on Nov 1, 2026.",
        "No deposit day is left: put $60.00 in at once.",
    )


def test_what_is_reached_misses_nothing() -> None:
    found = fund_outlook(100_00, 140_00, DUE, coming=(), missed=FOUR[:1], today=TODAY)
    assert (found.short, found.missed, found.monthly) == (0, (), 0)


amounts = st.integers(0, 10**11)
days = st.integers(0, 900).map(lambda count: TODAY + timedelta(days=count))


@given(amounts, amounts, days, st.lists(st.tuples(days, amounts), max_size=12).map(sorted))
def test_what_is_there_and_comes_and_is_short_adds_up(
    target: int, balance: int, due_on: date, coming: list[tuple[date, int]]
) -> None:
    found = fund_outlook(target, balance, due_on, coming=coming, today=TODAY)
    planned = sum(amount for _, amount in found.coming)
    assert found.short == max(0, target - balance - planned)
    assert all(day <= due_on for day, _ in found.coming)
    if found.equal is not None:
        assert sum(amount for _, amount in found.equal.deposits) == found.missing
        assert found.monthly * len(found.equal.deposits) >= found.missing
        parts = [amount for _, amount in found.equal.deposits]
        assert parts == sorted(parts, reverse=True)  # odd cents first
        assert not parts or parts[0] - parts[-1] <= 1


@given(amounts, amounts, amounts, st.integers(1, 240))
def test_the_answer_follows_the_amounts(limit: int, balance: int, monthly: int, months: int) -> None:
    target = by_full_exposure(Exposure(oop_max=limit, oop_used=0))
    filling = funding(target.amount, balance, months)
    found = fund_answer(target, filling, monthly=monthly)
    assert found.enough is (balance >= limit)
    assert ("enough" in deposit_words(filling, monthly)) is (
        balance < limit and 0 < filling.monthly <= monthly
    )


@pytest.mark.parametrize(
    ("reach_by", "months"),
    [
        (None, 12),
        (date(2027, 3, 22), 4),
        (date(2027, 3, 21), 3),
        (date(2026, 11, 30), 1),
        (date(2020, 1, 1), 1),
    ],
)
def test_months_until_a_day(reach_by: date | None, months: int) -> None:
    assert months_left(12, reach_by, TODAY) == months
