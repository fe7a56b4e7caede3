"""What needs the member about memberships: renewal and notice, new prices, trials, refunds owed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from tracker.dates import day_text
from tracker.domain.membership.agreement import REMIND_DAYS, last_covered, renewal
from tracker.domain.membership.cost import PriceChange
from tracker.domain.membership.dates import coming_price_changes, trial_ends
from tracker.domain.membership.owed import Owed, attention_words
from tracker.domain.recurring import yearly_amount
from tracker.facts import Frequency, Household, Membership
from tracker.money import Cents, dollars
from tracker.reports.attention_item import Action, Attention, Refund
from tracker.wording import count_of

RENEWAL_AHEAD_DAYS = 60
_PRESSING_DAYS = 14
"""From so many days before the last day to give notice on, an item says how many are left."""


def of_memberships(household: Household, owed: Iterable[Owed], *, today: date) -> list[Attention]:
    """One item for each matter of each membership, in no order."""
    found = []
    for membership in household.memberships:
        name = household.provider_names.get(membership.practice_id, "Membership")
        found += _renewal(household, membership, name, today)
        found += _prices(membership, name, today)
        found += _trial(membership, name, today)
    practices = {item.id: item.practice_id for item in household.memberships}
    return found + [_owed(item, practices.get(item.membership_id, 0)) for item in owed if item.left]


def _renewal(household: Household, membership: Membership, name: str, today: date) -> list[Attention]:
    """From two months before the renewal, and in time before the last day to give notice."""
    term = renewal(membership, today)
    if term is None:
        return []
    first = min(
        term.renews_on - timedelta(days=RENEWAL_AHEAD_DAYS),
        term.notice_by - timedelta(days=max(REMIND_DAYS)),
    )
    if not first <= today <= term.renews_on or _is_followed(household, membership, term.renews_on):
        return []
    yearly = _yearly(membership, today)
    left, tone = (term.notice_by - today).days, "accent"
    if not membership.auto_renews:
        detail = f"{name}. It does not renew by itself."
    elif left >= 0:
        detail = f"{name}, {dollars(yearly)} a year. Cancel by {day_text(term.notice_by)} to stop it."
        if left <= _PRESSING_DAYS:
            tone = "warning"
            detail += " That is today." if not left else f" {count_of(left, 'day')} left."
    else:
        detail = f"{name}, {dollars(yearly)} a year. Notice was due {day_text(term.notice_by)}."
    verb = "renews on" if membership.auto_renews else "ends before"
    return [
        Attention(
            day=max(term.notice_by, today),
            amount=yearly,
            what=f"Membership {verb} {day_text(term.renews_on)}",
            detail=detail,
            action=Action.REVIEW,
            tone=tone,
            membership_id=membership.id,
            key=f"renewal:{membership.id}:{term.renews_on}",
        )
    ]


def _prices(membership: Membership, name: str, today: date) -> list[Attention]:
    until = today + timedelta(days=RENEWAL_AHEAD_DAYS)
    return [
        _price(membership, name, change)
        for change in coming_price_changes(membership, today)
        if change.on <= until
    ]


def _price(membership: Membership, name: str, change: PriceChange) -> Attention:
    way = "rises" if change.new > change.old else "falls"
    return Attention(
        day=change.on,
        amount=change.new,
        what=f"Membership price {way} on {day_text(change.on)}",
        detail=f"{name}. {change.why}",
        action=Action.REVIEW,
        tone="accent",
        membership_id=membership.id,
        key=f"price:{membership.id}:{change.on}",
    )


def _trial(membership: Membership, name: str, today: date) -> list[Attention]:
    ends = trial_ends(membership)
    last = last_covered(membership)
    if ends is None or not today <= ends <= today + timedelta(days=max(REMIND_DAYS)):
        return []
    if last is not None and last <= ends:
        return []
    return [
        Attention(
            day=ends,
            amount=None,
            what=f"The trial period ends on {day_text(ends)}",
            detail=f"{name}. Until then the whole fee comes back if you leave.",
            action=Action.REVIEW,
            tone="accent",
            membership_id=membership.id,
            key=f"trial:{membership.id}:{ends}",
        )
    ]


def _owed(item: Owed, practice_id: int) -> Attention:
    what, detail = attention_words(item)
    return Attention(
        day=item.left_on,
        amount=item.left,
        what=what,
        detail=detail,
        action=Action.RECORD,
        tone="warning",
        membership_id=item.membership_id,
        key=f"owed:{item.membership_id}:{item.left_on}",
        refund=Refund(practice_id, item.next_refund, item.fee_payment_id),
    )


def _is_followed(household: Household, membership: Membership, day: date) -> bool:
    """Whether another agreement with the same practice is entered from a day on."""
    return any(
        other.practice_id == membership.practice_id
        and other.id != membership.id
        and other.begins_on >= membership.begins_on
        and other.begins_on <= day
        and (other.ends_on is None or other.ends_on >= day)
        for other in household.memberships
    )


def _yearly(membership: Membership, today: date) -> Cents:
    """What the fees that still run cost in a year; those of an earlier price are left out."""
    return sum(
        yearly_amount(fee)
        for fee in membership.fees
        if fee.frequency is not Frequency.ONCE and (fee.last_due is None or fee.last_due >= today)
    )
