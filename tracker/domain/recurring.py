"""When a recurring payment falls due, and which dues wait to be recorded."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import date

from tracker.dates import Period, add_months
from tracker.facts import Due, Frequency, Recurring
from tracker.money import Cents, split_evenly

MONTHS_BETWEEN = {
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.SEMIANNUAL: 6,
    Frequency.ANNUAL: 12,
}

LOOK_BACK_DAYS = 400
"""Older dues are history: proposing them after years away would only bury what matters."""


def due_days(item: Recurring, period: Period) -> list[date]:
    """The days of a period on which a payment is due, oldest first."""
    if item.frequency is Frequency.ONCE:
        is_over = item.last_due is not None and item.first_due > item.last_due
        return [item.first_due] if item.first_due in period and not is_over else []
    step = MONTHS_BETWEEN[item.frequency]
    months_away = (period.begin.year - item.first_due.year) * 12 + period.begin.month - item.first_due.month
    count = max(0, months_away // step - 1)
    found = []
    while (due := add_months(item.first_due, count * step)) < period.end:
        if item.last_due and due > item.last_due:
            break
        if due >= period.begin:
            found.append(due)
        count += 1
    return found


def open_dues(items: Iterable[Recurring], settled: Set[tuple[int, date]], until: Period) -> list[Due]:
    """Dues of a period that are neither paid nor skipped, in order of day.

    Dues before an item's `propose_from` are left out: they are history the member did not enter.
    """
    found = []
    for item in items:
        assert item.id is not None
        for due in due_days(item, until):
            proposed = item.propose_from is None or due >= item.propose_from
            if proposed and (item.id, due) not in settled:
                found.append(Due(recurring=item, due_on=due))
    return sorted(found, key=lambda due: (due.due_on, due.recurring.label))


def yearly_amount(item: Recurring) -> Cents:
    """What a recurring payment costs in twelve months (a single payment counts once)."""
    if item.frequency is Frequency.ONCE:
        return item.amount
    return item.amount * (12 // MONTHS_BETWEEN[item.frequency])


def monthly_shares(item: Recurring) -> list[Cents]:
    """A year of it spread over twelve months; the parts add to the whole (rulebook 7.2, E03)."""
    return split_evenly(yearly_amount(item), 12)


def amount_in(item: Recurring, month: Period) -> Cents:
    """What falls due in a month, as it is paid."""
    return item.amount * len(due_days(item, month))
