"""Dates and prices of a membership: next renewal, last day to give notice, yearly cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.dates import Period, add_months
from tracker.domain.recurring import due_days
from tracker.facts import Frequency, Membership, Recurring
from tracker.money import Cents


@dataclass(frozen=True, slots=True)
class Renewal:
    """When the current term ends. `notice_by` is the last day on which notice still stops it."""

    term_ends_on: date
    renews_on: date
    notice_by: date


def renewal(membership: Membership, today: date) -> Renewal | None:
    """The next renewal on or after today; None where the term is open or already over.

    An agreement that renews by itself renews for the length of its first term.
    """
    if membership.ends_on is None:
        return None
    ends_on = membership.ends_on
    if membership.auto_renews:
        length = _term_months(membership.begins_on, membership.ends_on)
        terms = 1
        while ends_on < today:
            terms += 1
            ends_on = add_months(membership.begins_on, length * terms) - timedelta(days=1)
    elif ends_on < today:
        return None
    renews_on = ends_on + timedelta(days=1)
    return Renewal(ends_on, renews_on, renews_on - timedelta(days=membership.notice_days))


def _term_months(begins_on: date, ends_on: date) -> int:
    after = ends_on + timedelta(days=1)
    return max(1, (after.year - begins_on.year) * 12 + after.month - begins_on.month)


@dataclass(frozen=True, slots=True)
class ScheduledFee:
    """One due of the fee schedule."""

    label: str
    due_on: date
    amount: Cents
    frequency: Frequency


def schedule(membership: Membership, period: Period) -> list[ScheduledFee]:
    """Every fee due in a period, oldest first."""
    found = [
        ScheduledFee(fee.label, due, fee.amount, fee.frequency)
        for fee in membership.fees
        for due in due_days(fee, period)
    ]
    return sorted(found, key=lambda fee: (fee.due_on, fee.label))


def due_in(items: tuple[Recurring, ...], period: Period) -> Cents:
    """What recurring payments cost in a period."""
    return sum(item.amount * len(due_days(item, period)) for item in items)
