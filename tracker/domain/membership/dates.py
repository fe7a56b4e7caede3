"""The days of a membership that lie ahead: fees, renewal, notice, trial, changes of price (6.1, 6.3)."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, timedelta

from tracker.dates import Period, add_months, day_text
from tracker.domain.dates_ahead import DateAhead, in_day_order
from tracker.domain.membership.agreement import fees_until_left, last_covered, notice_reminders, renewal
from tracker.domain.membership.cost import PriceChange, price_changes
from tracker.domain.membership.year import price_history, yearly_price
from tracker.domain.recurring import due_days
from tracker.facts import Membership
from tracker.facts.membership import RefundKind
from tracker.money import dollars

MONTHS_AHEAD = 12


def membership_dates(
    membership: Membership,
    practice: str,
    today: date,
    *,
    settled: Set[tuple[int, date]] = frozenset(),
) -> list[DateAhead]:
    """Every day of the next twelve months on which something of a membership happens, oldest first.

    `settled` are the dues, by fee and day, that are paid or skipped already. Kinds are `due`, `renewal`,
    `notice`, `notice_reminder`, `trial`, `price` and `end`.
    """
    ahead = Period(today, add_months(today, MONTHS_AHEAD))
    found = [
        *_dues(membership, practice, ahead, settled),
        *_term(membership, practice, today),
        *_trial(membership, practice),
        *_prices(membership, practice),
    ]
    return in_day_order([entry for entry in found if entry.on in ahead])


def coming_price_changes(membership: Membership, today: date) -> list[PriceChange]:
    """The changes of price from today on, the first to come first."""
    kept = [change for change in price_changes(price_history(membership.fees)) if change.on >= today]
    last = last_covered(membership)
    return sorted((item for item in kept if last is None or item.on <= last), key=lambda item: item.on)


def trial_ends(membership: Membership) -> date | None:
    """The last day of a trial period, from which everything comes back; None without one."""
    terms = membership.terms
    if terms.refund_kind is not RefundKind.TRIAL or terms.trial_days <= 0:
        return None
    return membership.begins_on + timedelta(days=terms.trial_days - 1)


def _dues(
    membership: Membership, practice: str, ahead: Period, settled: Set[tuple[int, date]]
) -> list[DateAhead]:
    return [
        DateAhead(
            key=f"membership:{membership.id}:due:{fee.id}:{due_on.isoformat()}",
            on=due_on,
            what=f"{fee.label}: {dollars(fee.amount)}",
            detail=practice,
            amount=fee.amount,
            kind="due",
        )
        for fee in fees_until_left(membership)
        for due_on in due_days(fee, ahead)
        if (fee.id or 0, due_on) not in settled
    ]


def _term(membership: Membership, practice: str, today: date) -> list[DateAhead]:
    """Renewal with the days before it, or the end."""
    last = last_covered(membership)
    if last is not None:
        return [
            DateAhead(
                key=f"membership:{membership.id}:end",
                on=last,
                what=f"Last day of your membership, {practice}",
                kind="end",
            )
        ]
    ahead = renewal(membership, today)
    if ahead is None:
        return []
    stem = f"membership:{membership.id}:%s:{ahead.renews_on.year}"
    yearly = yearly_price(membership, ahead.renews_on)
    found = [
        DateAhead(
            key=stem % "renewal",
            on=ahead.renews_on,
            what=f"Membership renews, {practice}",
            detail=f"{dollars(yearly)} a year.",
            amount=yearly,
            kind="renewal",
        ),
        DateAhead(
            key=stem % "notice",
            on=ahead.notice_by,
            what=f"Last day to give notice, {practice}",
            detail=f"It renews on {day_text(ahead.renews_on)} for {dollars(yearly)} a year.",
            amount=yearly,
            kind="notice",
        ),
    ]
    for day in notice_reminders(ahead.notice_by):
        left = (ahead.notice_by - day).days
        found.append(
            DateAhead(
                key=f"{stem % 'notice'}:{left}",
                on=day,
                what=f"{left} days left to give notice, {practice}",
                detail=f"The last day is {day_text(ahead.notice_by)}.",
                kind="notice_reminder",
            )
        )
    return found


def _trial(membership: Membership, practice: str) -> list[DateAhead]:
    ends = trial_ends(membership)
    if ends is None:
        return []
    return [
        DateAhead(
            key=f"membership:{membership.id}:trial",
            on=ends,
            what=f"Trial period ends, {practice}",
            detail="Until then the whole fee comes back if you leave.",
            kind="trial",
        )
    ]


def _prices(membership: Membership, practice: str) -> list[DateAhead]:
    return [
        DateAhead(
            key=f"membership:{membership.id}:price:{change.on.year}:{change.label}",
            on=change.on,
            what=f"Membership price changes to {dollars(change.new)} a year, {practice}",
            detail=change.why,
            amount=change.new,
            kind="price",
        )
        for change in price_changes(price_history(membership.fees))
    ]
