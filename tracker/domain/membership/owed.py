"""Money a practice owes back to a member who left (rulebook 6.3, DESIGN section 1: owed in either way)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.dates import day_text
from tracker.money import Cents, dollars

if TYPE_CHECKING:
    from tracker.domain.membership.leaving import Leaving


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What is to come back. Amounts are cents.

    `ours` follows the agreement, None where its rule is not known; `stated` is what the practice says,
    None where it has said nothing. `received` are the refunds recorded since notice was given.
    `fee_payment_id` is a payment of a fee that a further refund can repay, of which `room` is left.
    """

    membership_id: int
    practice: str
    left_on: date
    ours: Cents | None
    stated: Cents | None
    received: Cents
    paid: Cents
    fee_payment_id: int | None = None
    room: Cents = 0

    @property
    def expected(self) -> Cents:
        """The larger of what the agreement and the practice say."""
        return max(self.ours or 0, self.stated or 0)

    @property
    def left(self) -> Cents:
        """What has not come back yet."""
        return max(0, self.expected - self.received)

    @property
    def next_refund(self) -> Cents:
        """What one refund can repay of it."""
        return min(self.left, self.room) if self.fee_payment_id is not None else self.left

    @property
    def why(self) -> tuple[str, ...]:
        """What the agreement gives, what the practice says against it, and what has come back."""
        found = []
        if self.ours is not None:
            found.append(f"By the agreement {dollars(self.ours)} comes back.")
        if self.stated is not None:
            found.append(_stated_words(self))
        if self.received:
            found.append(f"{dollars(self.received)} has come back so far.")
        return tuple(found)


def owed(
    leaving: Leaving,
    *,
    membership_id: int,
    practice: str,
    stated: Cents | None,
    received: Cents,
    fee_payment_id: int | None = None,
    room: Cents = 0,
) -> Owed:
    """What comes back of a membership that was left, held against what the practice says and what came."""
    return Owed(
        membership_id=membership_id,
        practice=practice,
        left_on=leaving.on,
        ours=leaving.refund.refund if leaving.refund else None,
        stated=stated,
        received=received,
        paid=leaving.any_refund.paid,
        fee_payment_id=fee_payment_id,
        room=room,
    )


def stated_problem(stated: Cents | None, paid: Cents) -> str:
    """What is wrong with a refund the practice states: it is more than was paid. Empty where nothing is."""
    if stated is None or stated <= paid:
        return ""
    return f"The refund is larger than the fees you paid, {dollars(paid)}."


def attention_words(item: Owed) -> tuple[str, str]:
    """The headline and the sentence under it: `Harbor owes you $1,647.12 back`."""
    what = f"{item.practice or 'The practice'} owes you {dollars(item.left)} back"
    detail = [f"You left on {day_text(item.left_on)}."]
    if item.stated is not None and item.ours is not None and item.stated != item.ours:
        detail.append(_stated_words(item))
    if item.received:
        detail.append(f"{dollars(item.received)} has come back so far.")
    return what, " ".join(detail)


def _stated_words(item: Owed) -> str:
    stated = item.stated or 0
    said = f"The practice says it gives back {dollars(stated)}"
    if stated > item.paid:
        return f"{said}, more than the {dollars(item.paid)} you paid."
    if item.ours is None or stated == item.ours:
        return f"{said}."
    if stated < item.ours:
        return f"{said}, {dollars(item.ours - stated)} less than the agreement."
    return f"{said}, {dollars(stated - item.ours)} more than the agreement."
