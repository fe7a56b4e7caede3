"""What earlier payments propose for a new one: what was used last, what can still be refunded."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.dates import day_text
from tracker.facts import Payment, PaymentLine
from tracker.money import Cents, dollars
from tracker.services.bundle import Services
from tracker.storage.queries.payments import EVERYTHING, PaymentFilter

_OF_PAYEE, _RECENT = 80, 120
"""How many expenses of the same payee, and of all payees, a refund may choose from."""


@dataclass(frozen=True, slots=True)
class Refundable:
    """An expense of which something is left to refund. `left` is in cents."""

    payment: Payment
    payee: str
    left: Cents

    @property
    def text(self) -> str:
        """How it is listed; the id of no other expense hides behind the same words by accident."""
        paid = dollars(self.payment.amount)
        left = "" if self.left == self.payment.amount else f", {dollars(self.left)} left"
        return f"{self.payee or 'No payee'}, {day_text(self.payment.paid_on)}, {paid}{left}"


def last_used(services: Services, provider_id: int) -> Payment | None:
    """The newest expense of a payee: its line, account and person are proposed for the next one."""
    newest = services.payments.ids(PaymentFilter(provider_id=provider_id), limit=12).ids
    found = [services.payments.get(payment_id) for payment_id in newest]
    expenses = [payment for payment in found if payment.amount > 0 and payment.to_account_id is None]
    return expenses[0] if expenses else None


def refundable(
    services: Services, provider_id: int | None, *, own: int | None = None, keep: int | None = None
) -> list[Refundable]:
    """Expenses a refund can repay: those of the payee first, then recent ones of anybody.

    `own` is the refund being changed, whose amount does not count as given back; `keep` stays in
    the list whatever is left of it.
    """
    payments = services.payments
    wanted: list[int] = []
    if keep is not None:
        wanted.append(keep)
    if provider_id is not None:
        wanted += payments.ids(PaymentFilter(provider_id=provider_id), limit=_OF_PAYEE).ids
    wanted += payments.ids(EVERYTHING, limit=_RECENT).ids
    found = []
    for line in payments.lines(list(dict.fromkeys(wanted))):
        if line.amount <= 0 or line.to_account:
            continue
        if (item := _judged(services, line, own)).left > 0 or line.id == keep:
            found.append(item)
    return found


def _judged(services: Services, line: PaymentLine, own: int | None) -> Refundable:
    back = sum(refund.amount for refund in services.payments.refunds_of(line.id) if refund.id != own)
    return Refundable(services.payments.get(line.id), line.payee, line.amount + back)
