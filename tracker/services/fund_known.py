"""Money that is sure to go or come soon, so that no fund for the unforeseen has to be sized for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from tracker.dates import Period, day_text
from tracker.domain.recurring import open_dues
from tracker.facts import Household
from tracker.money import Cents, dollars
from tracker.services.bundle import Services
from tracker.storage.queries import budget, cases

HORIZON_DAYS = 31
"""Fees due within so many days count as coming: until the next payday, for nearly everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMoney:
    """Open bills that are safe to pay, what providers owe back, and fees due soon that no fund pays."""

    bills: tuple[tuple[str, Cents], ...] = ()
    back: tuple[tuple[str, Cents], ...] = ()
    fees: tuple[tuple[str, Cents], ...] = ()

    @property
    def sentence(self) -> str:
        """All of it in one sentence; empty where nothing is known."""
        parts = [
            f"{dollars(_sum(items))} {words}"
            for items, words in (
                (self.bills, "of bills to pay"),
                (self.fees, f"of fees due within {HORIZON_DAYS} days"),
                (self.back, "owed back to you"),
            )
            if items
        ]
        return f"Known already, so not part of the target: {', '.join(parts)}." if parts else ""

    @property
    def why(self) -> tuple[str, ...]:
        """One line each."""
        said = [f"{name}: {dollars(amount)} is safe to pay." for name, amount in self.bills]
        said += [f"{name}: {dollars(amount)}." for name, amount in self.fees]
        return (*said, *(f"{name} owes you {dollars(amount)}." for name, amount in self.back))


def read_known(services: Services, home: Household, saved_up: Iterable[int | None]) -> KnownMoney:
    """Gather it; `saved_up` are the ids of fees that a sinking fund pays."""
    today, connection = services.ledger.today(), services.ledger.read()
    funded = set(saved_up)
    period = Period(today, today + timedelta(days=HORIZON_DAYS + 1))
    owed = [
        item
        for item in home.recurring
        if (item.membership_id is not None or item.plan_id is not None) and item.id not in funded
    ]
    dues = open_dues(owed, budget.settled_dues(connection, since=today), period)
    fees = tuple(
        (f"{due.recurring.label}, due {day_text(due.due_on)}", due.recurring.amount) for due in dues
    )
    if not cases.has_papers(connection):
        return KnownMoney(fees=fees)
    papers = services.papers.read()
    bills, back = [], []
    for bill in papers.bills:
        verdict = papers.verdicts.get(bill.id or 0)
        if bill.closed or verdict is None:
            continue
        name = papers.provider_name(bill.provider_id)
        if verdict.pay > 0:
            bills.append((name, verdict.pay))
        if verdict.refund > 0:
            back.append((name, verdict.refund))
    return KnownMoney(bills=tuple(bills), back=tuple(back), fees=fees)


def _sum(items: tuple[tuple[str, Cents], ...]) -> Cents:
    return sum(amount for _, amount in items)
