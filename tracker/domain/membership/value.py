"""What a membership was worth: cost per visit, hour and contact, promises kept, break-even (6.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.facts import percent
from tracker.facts.membership import ContactKind as ContactKind
from tracker.money import BasisPoints, Cents, dollars

VISITS = frozenset({ContactKind.VISIT, ContactKind.VIDEO})
PRICED = (
    "Each kind of care is priced by your plan as it stood that day, had you not gone to the practice; an "
    "included service at the practice's list price where one is entered."
)
"""The assumption behind every `Avoided`; printed wherever they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One visit, call or message. `within_hours` is the promise, None where none was made."""

    kind: ContactKind
    requested_at: datetime | None = None
    seen_at: datetime | None = None
    minutes: int = 0
    within_hours: int | None = None
    promised_minutes: int | None = None

    @property
    def access_met(self) -> bool | None:
        """Whether the practice was there in time; None without a promise or a time."""
        if self.within_hours is None or self.requested_at is None or self.seen_at is None:
            return None
        return (self.seen_at - self.requested_at).total_seconds() <= self.within_hours * 3600

    @property
    def length_met(self) -> bool | None:
        """Whether the visit lasted as long as promised; None without a promise."""
        return None if self.promised_minutes is None else self.minutes >= self.promised_minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Avoided:
    """Care the membership took the place of, at what one of it would have cost the member."""

    label: str
    count: int
    each: Cents
    why: str = ""

    @property
    def total(self) -> Cents:
        return self.count * self.each


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """Promises kept of those that were made and can be checked. `rate` is None without any."""

    kept: int
    made: int

    @property
    def rate(self) -> BasisPoints | None:
        return (2 * self.kept * 10_000 + self.made) // (2 * self.made) if self.made else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipValue:
    """What the fee of a time bought. A cost per something is None where there was none of it."""

    fee: Cents
    visits: int
    contacts: int
    minutes: int
    per_visit: Cents | None
    per_hour: Cents | None
    per_contact: Cents | None
    access: Promises
    length: Promises
    received: Cents
    net: Cents
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """How many avoided visits of one kind pay for the fee. None where no number of them does."""

    cost: Cents
    each: Cents
    visits: int | None
    why: str


def membership_value(
    fee: Cents, contacts: Sequence[Contact], *, avoided: Sequence[Avoided] = (), tax_saved: Cents = 0
) -> MembershipValue:
    """What a time's fee bought: visits, hours, contacts, promises, and care it took the place of.

    `received` prices what was used at the member's own reference prices; `net` is what the fee cost
    beyond that, after tax saved, negative where more was received than paid.
    """
    visits = [item for item in contacts if item.kind in VISITS]
    minutes = sum(item.minutes for item in visits)
    received = sum(item.total for item in avoided)
    net = fee - tax_saved - received
    per_visit = _each(fee, len(visits))
    per_hour = _each(fee * 60, minutes)
    why = []
    if per_visit is not None:
        why.append(f"{dollars(fee)} over {len(visits)} visits is {dollars(per_visit)} a visit.")
    if per_hour is not None:
        why.append(f"{minutes} minutes with the doctor make {dollars(per_hour)} an hour.")
    for item in avoided:
        if item.count:
            why.append(f"{item.label}: {item.count} at {dollars(item.each)} is {dollars(item.total)}.")
    if avoided:
        why.append(_net_words(received, tax_saved, net))
    return MembershipValue(
        fee=fee,
        visits=len(visits),
        contacts=len(contacts),
        minutes=minutes,
        per_visit=per_visit,
        per_hour=per_hour,
        per_contact=_each(fee, len(contacts)),
        access=_promises(item.access_met for item in contacts),
        length=_promises(item.length_met for item in visits),
        received=received,
        net=net,
        why=tuple(why),
    )


def break_even(fee: Cents, each: Cents, *, tax_saved: Cents = 0) -> BreakEven:
    """How many avoided visits, each worth an amount, the fee takes to pay for itself."""
    cost = max(0, fee - tax_saved)
    if each <= 0:
        return BreakEven(cost=cost, each=each, visits=None, why="A visit avoided saves you nothing.")
    visits = -(-cost // each)
    saved = f" less {dollars(tax_saved)} of tax" if tax_saved else ""
    why = f"{dollars(fee)}{saved} divided by {dollars(each)} a visit: {visits} visits pay for it."
    return BreakEven(cost=cost, each=each, visits=visits, why=why)


def pays_for_itself(fee: Cents, avoided: Iterable[Avoided], *, tax_saved: Cents = 0) -> bool:
    """Whether several kinds of avoided care together reach the fee after tax."""
    return fee - tax_saved <= sum(item.total for item in avoided)


def promise_words(promises: Promises, of: str) -> str:
    """How many promises were kept: `Seen in time: 8 of 9 (88.89%).`"""
    if promises.rate is None:
        return f"{of}: nothing to check yet."
    return f"{of}: {promises.kept} of {promises.made} ({percent(promises.rate)})."


def _promises(answers: Iterable[bool | None]) -> Promises:
    known = [answer for answer in answers if answer is not None]
    return Promises(kept=sum(known), made=len(known))


def _each(amount: Cents, count: int) -> Cents | None:
    """Half up to the cent."""
    return (2 * amount + count) // (2 * count) if count else None


def _net_words(received: Cents, tax_saved: Cents, net: Cents) -> str:
    saved = f" and {dollars(tax_saved)} of tax saved" if tax_saved else ""
    if net > 0:
        return f"After {dollars(received)} of care it took the place of{saved}, it cost you {dollars(net)}."
    return (
        f"With {dollars(received)} of care it took the place of{saved}, it was worth {dollars(-net)} more."
    )
