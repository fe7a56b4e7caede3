"""What the Spending page shows, read beside the window: the ids a filter keeps, and the first lines."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.facts import Household, PaymentLine
from tracker.money import Cents
from tracker.services.bundle import Services
from tracker.storage.queries.payments import EVERYTHING, SORT_KEYS, PaymentFilter, PaymentIds
from ui.models.payments import PART, amount_words


@dataclass(frozen=True, slots=True)
class Found:
    """What one look at the ledger brought. `home` and `widest` come with a full look only."""

    payments: PaymentIds
    first: list[PaymentLine]
    none_at_all: bool
    home: Household | None = None
    widest: tuple[str, ...] = ()


def look(services: Services, kept: PaymentFilter, sort: str, descending: bool, *, full: bool) -> Found:
    """Read what the page shows. Runs beside the window."""
    payments = services.payments
    found = payments.ids(kept, sort=sort, descending=descending)
    first = payments.lines(found.ids[:PART])
    none_at_all = not found.ids and (kept == EVERYTHING or not payments.ids(limit=1).ids)
    if not full:
        return Found(found, first, none_at_all)
    ends = [payments.ids(sort="amount", descending=down, limit=1).ids for down in (False, True)]
    widest = tuple(amount_words(line) for end in ends for line in payments.lines(end))
    return Found(found, first, none_at_all, services.people.household(), widest)


def spent_by(lines: list[PaymentLine]) -> Cents:
    """What these come to; a transfer spends nothing."""
    return sum(line.amount for line in lines if not line.to_account)


def order_of(kept: str) -> tuple[str, bool]:
    """A remembered order, or the newest first."""
    sort, _, way = kept.partition(" ")
    return (sort, way == "down") if sort in SORT_KEYS else ("date", True)
