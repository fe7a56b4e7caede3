"""A membership's year of fees: which are due, what became of them, and what the year costs."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.membership.year import (
    FeeState,
    Settlement,
    membership_year,
    price_history,
    year_number,
    year_period,
    yearly_price,
)
from tracker.facts import Frequency, Membership, Recurring

TODAY = date(2026, 11, 22)


def fee(
    amount: int = 300_00,
    frequency: Frequency = Frequency.MONTHLY,
    first_due: date = date(2026, 1, 15),
    last_due: date | None = None,
    fee_id: int = 1,
    propose_from: date | None = None,
) -> Recurring:
    return Recurring(
        id=fee_id,
        label="Membership fee",
        amount=amount,
        frequency=frequency,
        first_due=first_due,
        last_due=last_due,
        propose_from=propose_from,
    )


def membership(
    *fees: Recurring,
    begins_on: date = date(2026, 1, 15),
    ends_on: date | None = date(2027, 1, 14),
    auto_renews: bool = True,
) -> Membership:
    return Membership(
        id=1, practice_id=1, begins_on=begins_on, ends_on=ends_on, auto_renews=auto_renews, fees=fees
    )


@pytest.mark.parametrize(
    ("begins_on", "today", "number"),
    [
        (date(2026, 1, 15), date(2026, 11, 22), 0),
        (date(2025, 11, 22), date(2026, 11, 22), 1),
        (date(2025, 11, 23), date(2026, 11, 22), 0),
        (date(2027, 1, 1), date(2026, 11, 22), 0),
        (date(2024, 2, 29), date(2026, 2, 28), 2),
    ],
)
def test_the_year_of_today_is_counted_from_the_beginning(begins_on: date, today: date, number: int) -> None:
    assert year_number(membership(begins_on=begins_on, ends_on=None), today) == number


def test_a_membership_that_is_over_stays_in_its_last_year() -> None:
    over = membership(begins_on=date(2023, 5, 1), ends_on=date(2025, 7, 31), auto_renews=False)
    assert year_number(over, TODAY) == 2
    period = year_period(over, 2)
    assert (period.begin, period.last_day) == (date(2025, 5, 1), date(2025, 7, 31))


def test_every_due_says_what_became_of_it() -> None:
    held = membership(fee(propose_from=date(2026, 3, 1)))
    settled = {
        (1, date(2026, 3, 15)): Settlement(1, date(2026, 3, 15), date(2026, 3, 16), 290_00, 7),
        (1, date(2026, 4, 15)): Settlement(1, date(2026, 4, 15)),
    }
    year = membership_year(held, settled, number=0, today=date(2026, 11, 10))
    states = {item.due_on: item.state for item in year.fees}
    assert len(year.fees) == 12
    assert states[date(2026, 2, 15)] is FeeState.HISTORY
    assert states[date(2026, 3, 15)] is FeeState.PAID
    assert states[date(2026, 4, 15)] is FeeState.SKIPPED
    assert states[date(2026, 10, 15)] is FeeState.OVERDUE
    assert states[date(2026, 11, 15)] is FeeState.DUE
    assert states[date(2026, 12, 15)] is FeeState.UPCOMING
    assert year.paid == 290_00
    assert year.scheduled == 10 * 300_00 + 290_00


@pytest.mark.parametrize(
    ("frequency", "yearly"),
    [
        (Frequency.MONTHLY, 3_600_00),
        (Frequency.QUARTERLY, 1_200_00),
        (Frequency.SEMIANNUAL, 600_00),
        (Frequency.ANNUAL, 300_00),
        (Frequency.ONCE, 0),
    ],
)
def test_the_yearly_price_leaves_out_what_is_paid_once(frequency: Frequency, yearly: int) -> None:
    assert yearly_price(membership(fee(frequency=frequency)), TODAY) == yearly


def test_an_agreed_price_counts_only_once_it_begins() -> None:
    old = fee(3_300_00, Frequency.ANNUAL, last_due=date(2027, 1, 14))
    new = fee(3_600_00, Frequency.ANNUAL, first_due=date(2027, 1, 15), fee_id=2)
    held = membership(old, new)
    assert yearly_price(held, TODAY) == 3_300_00
    assert yearly_price(held, date(2027, 1, 14)) == 3_300_00
    assert yearly_price(held, date(2027, 1, 15)) == 3_600_00


def test_a_membership_that_is_over_keeps_its_last_price() -> None:
    over = membership(
        fee(last_due=date(2025, 12, 31), first_due=date(2025, 1, 1)),
        begins_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
        auto_renews=False,
    )
    assert yearly_price(over, TODAY) == 3_600_00


def test_one_price_is_no_history() -> None:
    assert price_history([fee(last_due=date(2026, 12, 31))]) == ()
    assert price_history([fee(), fee(fee_id=2)]) == ()


def test_prices_come_latest_first() -> None:
    found = price_history(
        [fee(275_00, last_due=date(2026, 6, 14)), fee(first_due=date(2026, 6, 15), fee_id=2)]
    )
    assert [(price.amount, price.ended_on) for price in found] == [
        (300_00, None),
        (275_00, date(2026, 6, 14)),
    ]
