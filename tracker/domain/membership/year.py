"""A membership's year: every fee with what became of it, the yearly price, and the prices before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.dates import Period, add_months
from tracker.domain.membership.agreement import fees_until_left, last_covered
from tracker.domain.recurring import MONTHS_BETWEEN, due_days, yearly_amount
from tracker.facts import Frequency, Membership, Recurring
from tracker.money import Cents

DUE_SOON_DAYS = 7
"""A fee is called due this many days before its day: from then on it is among what needs attention."""


class FeeState(StrEnum):
    """What became of one due of the fee schedule."""

    PAID = "paid"
    SKIPPED = "skipped"
    OVERDUE = "overdue"
    DUE = "due"
    UPCOMING = "upcoming"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was recorded for one due: a payment, net of what was refunded, or that it is skipped."""

    recurring_id: int
    due_on: date
    paid_on: date | None = None
    amount: Cents = 0
    payment_id: int | None = None


@dataclass(frozen=True, slots=True)
class FeeDue:
    """One line of the schedule."""

    fee: Recurring
    due_on: date
    state: FeeState
    settlement: Settlement | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """What a fee cost for a time. `ended_on` is the last day it was due, None while it goes on."""

    label: str
    amount: Cents
    frequency: Frequency
    began_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class MembershipYear:
    """Twelve months of a membership (fewer where it ends before)."""

    period: Period
    fees: tuple[FeeDue, ...]

    @property
    def paid(self) -> Cents:
        """What was paid for the fees of the year, less what was refunded."""
        return sum(item.settlement.amount for item in self.fees if item.settlement)

    @property
    def scheduled(self) -> Cents:
        """What the fees of the year come to, without those that were skipped."""
        return sum(
            item.settlement.amount if item.settlement else item.fee.amount
            for item in self.fees
            if item.state is not FeeState.SKIPPED
        )


def year_number(membership: Membership, today: date) -> int:
    """How many full membership years lie before the one of today; the last one once it is over."""
    day = max(today, membership.begins_on)
    last = last_covered(membership)
    if last is not None:
        day = max(min(day, last), membership.begins_on)
    months = (day.year - membership.begins_on.year) * 12 + day.month - membership.begins_on.month
    number = months // 12
    return number - 1 if add_months(membership.begins_on, number * 12) > day else number


def year_period(membership: Membership, number: int) -> Period:
    """The days of a membership year, counted from 0 at the beginning of the agreement."""
    begin = add_months(membership.begins_on, number * 12)
    end = add_months(membership.begins_on, (number + 1) * 12)
    last = last_covered(membership)
    if last is not None:
        end = min(end, last + timedelta(days=1))
    return Period(begin, max(end, begin + timedelta(days=1)))


def membership_year(
    membership: Membership,
    settled: Mapping[tuple[int, date], Settlement],
    *,
    number: int,
    today: date,
) -> MembershipYear:
    """The fee schedule of one year, oldest first, each due with what became of it."""
    period = year_period(membership, number)
    found = []
    for fee in fees_until_left(membership):
        for due_on in due_days(fee, period):
            settlement = settled.get((fee.id or 0, due_on))
            found.append(FeeDue(fee, due_on, _state(fee, due_on, settlement, today), settlement))
    return MembershipYear(period, tuple(sorted(found, key=lambda item: (item.due_on, item.fee.label))))


def fees_in_force(membership: Membership, day: date) -> tuple[Recurring, ...]:
    """The fees that pay for a day; before the agreement begins, those with which it begins.

    An annual fee that was due for the last time in January pays for the months up to the next.
    """
    lasting = [fee for fee in membership.fees if fee.frequency is not Frequency.ONCE]
    now = tuple(fee for fee in lasting if fee.first_due <= day and not _is_over(fee, day))
    return now or tuple(fee for fee in lasting if fee.first_due > day)


def yearly_price(membership: Membership, today: date) -> Cents:
    """What the membership costs in twelve months at today's fees (once it is over, at its last)."""
    last = last_covered(membership)
    day = today if last is None else min(today, last)
    return sum(yearly_amount(fee) for fee in fees_in_force(membership, day))


def price_history(fees: Iterable[Recurring]) -> tuple[Price, ...]:
    """Every price there was and is, the latest first; empty where none has followed another."""
    lasting = [fee for fee in fees if fee.frequency is not Frequency.ONCE]
    if len(lasting) < 2 or all(fee.last_due is None for fee in lasting):
        return ()
    found = [Price(fee.label, fee.amount, fee.frequency, fee.first_due, fee.last_due) for fee in lasting]
    return tuple(sorted(found, key=lambda price: (price.began_on, price.label), reverse=True))


def _is_over(fee: Recurring, day: date) -> bool:
    if fee.last_due is None:
        return False
    if fee.last_due < fee.first_due:
        return True
    last = due_days(fee, Period(fee.first_due, fee.last_due + timedelta(days=1)))[-1]
    return add_months(last, MONTHS_BETWEEN[fee.frequency]) <= day


def _state(fee: Recurring, due_on: date, settlement: Settlement | None, today: date) -> FeeState:
    if settlement is not None:
        return FeeState.SKIPPED if settlement.payment_id is None else FeeState.PAID
    if due_on > today + timedelta(days=DUE_SOON_DAYS):
        return FeeState.UPCOMING
    if fee.propose_from is not None and due_on < fee.propose_from:
        return FeeState.HISTORY
    return FeeState.OVERDUE if due_on < today else FeeState.DUE
