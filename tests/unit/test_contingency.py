"""The contingency fund: balance, monthly deposit, when the target is reached."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.accounts.contingency import balance_line, fund_standing, monthly_deposit
from tracker.facts import Account, AccountKind, Frequency, Recurring

TODAY = date(2026, 11, 22)


def fund(target: int | None = 240_000) -> Account:
    return Account(id=1, name="Fund", kind=AccountKind.CONTINGENCY, target=target)


def deposit(amount: int, frequency: Frequency = Frequency.MONTHLY, last: date | None = None) -> Recurring:
    return Recurring(
        id=1,
        label="Deposit",
        amount=amount,
        frequency=frequency,
        first_due=date(2026, 1, 20),
        last_due=last,
    )


@pytest.mark.parametrize(
    ("balance", "added", "reached"),
    [
        (190_000, 10_000, date(2027, 4, 1)),  # this month's is in: five more
        (190_000, 0, date(2027, 3, 1)),  # this month's is still to come
        (230_000, 0, date(2026, 11, 1)),
        (239_999, 10_000, date(2026, 12, 1)),
    ],
)
def test_when_the_target_is_reached(balance: int, added: int, reached: date) -> None:
    found = fund_standing(
        fund(), balance, deposits=[deposit(10_000)], estimate=None, added_this_month=added, today=TODAY
    )
    assert found.reached_on == reached
    assert found.missing == 240_000 - balance


@pytest.mark.parametrize(("balance", "target"), [(240_000, 240_000), (300_000, 240_000), (5, None)])
def test_a_fund_that_is_full_or_has_no_target_names_no_month(balance: int, target: int | None) -> None:
    found = fund_standing(fund(target), balance, deposits=[deposit(1)], estimate=None, today=TODAY)
    assert found.reached_on is None
    assert found.missing in (0, None)


def test_without_deposits_the_estimate_counts_and_without_both_nothing_is_promised() -> None:
    assert fund_standing(fund(), 0, deposits=[], estimate=10_000, today=TODAY).monthly == 10_000
    none = fund_standing(fund(), 0, deposits=[], estimate=None, today=TODAY)
    assert (none.monthly, none.reached_on) == (0, None)
    slow = fund_standing(fund(), 0, deposits=[], estimate=1, today=TODAY)
    assert slow.reached_on is None  # two thousand years are no date


def test_deposits_that_ended_do_not_count() -> None:
    items = [
        deposit(10_000),
        deposit(30_000, Frequency.QUARTERLY),
        deposit(50_000, last=date(2026, 6, 20)),
        deposit(99_000, Frequency.ONCE),
    ]
    assert monthly_deposit(items, TODAY) == 20_000


movements = st.lists(
    st.tuples(st.dates(date(2025, 6, 1), TODAY), st.integers(-50_000, 50_000)), max_size=20
).map(sorted)


@given(st.integers(-10_000, 100_000), movements)
def test_the_line_ends_at_the_balance(opening: int, moved: list[tuple[date, int]]) -> None:
    line = balance_line(opening, moved, begin=date(2026, 1, 1), today=TODAY)
    assert line[0][0] == date(2026, 1, 1)
    assert line[-1] == (TODAY, opening + sum(change for _, change in moved))
    assert [day for day, _ in line] == sorted(day for day, _ in line)
