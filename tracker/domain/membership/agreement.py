"""Dates and prices of a membership: next renewal, last day to give notice, yearly cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.dates import Period, add_months
from tracker.domain.recurring import due_days
from tracker.facts import Membership, Recurring
from tracker.money import Cents

REMIND_DAYS = (30, 14, 7)
"""How many days before the last day to give notice a reminder falls (rulebook 6.3)."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """When the current term ends. `notice_by` is the last day on which notice still stops it."""

    term_ends_on: date
    renews_on: date
    notice_by: date


def last_covered(membership: Membership) -> date | None:
    """The last day an agreement covers; None while it renews by itself or has no end.

    One that was left covers nothing from the day on which it was left.
    """
    if membership.terms.cancelled_on is not None:
        return membership.terms.cancelled_on - timedelta(days=1)
    return None if membership.auto_renews else membership.ends_on


def is_over(membership: Membership, day: date) -> bool:
    """Whether an agreement had ended before a day."""
    last = last_covered(membership)
    return last is not None and last < day


def fees_until_left(membership: Membership) -> tuple[Recurring, ...]:
    """The fee schedule as it still falls due: nothing from the day on which the membership was left."""
    if membership.terms.cancelled_on is None:
        return membership.fees
    last = membership.terms.cancelled_on - timedelta(days=1)
    return tuple(
        replace(fee, last_due=last) if fee.last_due is None or fee.last_due > last else fee
        for fee in membership.fees
    )


def renewal(membership: Membership, today: date) -> Renewal | None:
    """The next renewal on or after today; None where the term is open, already over, or to be left.

    An agreement that renews by itself renews for the length of its first term.
    """
    if membership.ends_on is None or membership.terms.cancelled_on is not None:
        return None
    ends_on = membership.ends_on
    if membership.auto_renews:
        base, length, terms = _terms(membership.begins_on, membership.ends_on)
        while ends_on < today:
            terms += 1
            ends_on = add_months(base, length * terms) - timedelta(days=1)
    elif ends_on < today:
        return None
    renews_on = ends_on + timedelta(days=1)
    return Renewal(ends_on, renews_on, renews_on - timedelta(days=membership.notice_days))


def notice_reminders(notice_by: date) -> tuple[date, ...]:
    """The days on which to be reminded of the last day to give notice, earliest first."""
    return tuple(notice_by - timedelta(days=days) for days in REMIND_DAYS)


def _terms(begins_on: date, ends_on: date) -> tuple[date, int, int]:
    """The day from which terms are counted, the months of one, and how many lie between it and the end.

    A term that is not of whole months (Feb 29 to Feb 28) has the nearest number of them, and later
    terms are counted from the day after it.
    """
    after = ends_on + timedelta(days=1)
    about = (after.year - begins_on.year) * 12 + after.month - begins_on.month
    length = min(
        (count for count in (about - 1, about) if count > 0),
        key=lambda count: abs((add_months(begins_on, count) - after).days),
        default=1,
    )
    if add_months(begins_on, length) == after:
        return begins_on, length, 1
    return after, length, 0


def due_in(items: tuple[Recurring, ...], period: Period) -> Cents:
    """What recurring payments cost in a period."""
    return sum(item.amount * len(due_days(item, period)) for item in items)
