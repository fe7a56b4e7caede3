"""What a membership costs: paid once or in instalments, and how its price has changed (rulebook 6.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from tracker.dates import day_text
from tracker.domain.membership.year import Price
from tracker.domain.recurring import MONTHS_BETWEEN
from tracker.errors import UserProblem
from tracker.facts import Frequency, percent
from tracker.money import BasisPoints, Cents, dollars

MOST_RATE = 1_000
"""Interest above 1,000 % an instalment is not looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalments:
    """Paying a year at once against paying it in equal parts, the first on the same day.

    `interest` is the nominal yearly rate that paying in parts amounts to; None where it saves money
    or the rate would be absurd. `at_risk` is the most that is paid ahead for time still to come.
    """

    at_once: Cents
    each: Cents
    count: int
    discount: Cents
    discount_rate: BasisPoints
    interest: BasisPoints | None
    at_risk_at_once: Cents
    at_risk_in_parts: Cents
    why: tuple[str, ...]

    @property
    def in_parts(self) -> Cents:
        return self.each * self.count


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChange:
    """One change of a fee, as yearly amounts. A rise is positive."""

    on: date
    label: str
    old: Cents
    new: Cents
    rate: BasisPoints
    why: str


def at_once_or_in_parts(at_once: Cents, each: Cents, count: int = 12) -> Instalments:
    """Compare a yearly price with instalments. Raises UserProblem for prices of nothing."""
    if at_once <= 0 or each <= 0:
        raise UserProblem("Both prices are more than zero.", "Type what the practice asks.", field="amount")
    if count < 2:
        raise UserProblem("Paying in parts has two parts or more.", "Choose how often.", field="frequency")
    total = each * count
    discount = total - at_once
    rate = _rounded(discount * 10_000, total)
    interest = implied_interest(at_once, each, count)
    why = [
        f"{dollars(each)} {count} times is {dollars(total)}; at once it is {dollars(at_once)}.",
        f"Paying at once saves {dollars(discount)}, {percent(rate)}."
        if discount > 0
        else f"Paying at once costs {dollars(-discount)} more."
        if discount < 0
        else "Both cost the same.",
    ]
    if interest:
        why.append(f"Paying in parts is like borrowing at {percent(interest)} a year.")
    why.append(
        f"If you leave early, at most {dollars(at_once)} is paid ahead when you pay at once, and "
        f"{dollars(each)} when you pay in parts; the refund rule says what comes back."
    )
    return Instalments(
        at_once=at_once,
        each=each,
        count=count,
        discount=discount,
        discount_rate=rate,
        interest=interest,
        at_risk_at_once=at_once,
        at_risk_in_parts=each,
        why=tuple(why),
    )


def implied_interest(at_once: Cents, each: Cents, count: int) -> BasisPoints | None:
    """The nominal yearly rate at which the instalments are worth the yearly price today.

    The rate r of one instalment solves sum(each / (1 + r)^k, k = 0 .. count - 1) = at_once, found by
    halving; the answer is r times the instalments of a year, in basis points. None where paying in
    parts is not dearer, or no rate below `MOST_RATE` fits.
    """
    if each * count <= at_once:
        return None if each * count < at_once else 0
    with localcontext() as context:
        context.prec = 28
        low, high = Decimal(0), Decimal(MOST_RATE) / 100
        if _worth(each, count, high) > at_once:
            return None
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if _worth(each, count, middle) > at_once else (low, middle)
        return int((low * count * 10_000).to_integral_value())


def price_changes(prices: Sequence[Price]) -> tuple[PriceChange, ...]:
    """Each change from a price that ended to the one that followed it, the latest first.

    A price of the same name follows first, then any other. Two fees that run at the same time are two
    fees, not a change.
    """
    left = sorted(prices, key=lambda price: price.began_on)
    ended = [price for price in left if price.ended_on is not None]
    pairs: list[tuple[Price, Price]] = []
    for same_name in (True, False):
        for new in tuple(left):
            old = _before(new, [old for old in ended if not same_name or old.label == new.label])
            if old is not None:
                pairs.append((old, new))
                ended.remove(old)
                left.remove(new)
    changes = [_change(old, new) for old, new in pairs if _yearly(old) not in (0, _yearly(new))]
    return tuple(sorted(changes, key=lambda change: change.on, reverse=True))


def _before(new: Price, ended: Sequence[Price]) -> Price | None:
    """The last of some prices that had ended when a price began."""
    found = [old for old in ended if old.ended_on is not None and old.ended_on < new.began_on]
    return found[-1] if found else None


def _change(old: Price, new: Price) -> PriceChange:
    before, after = _yearly(old), _yearly(new)
    rate = _rounded((after - before) * 10_000, before)
    way = "rose" if after > before else "fell"
    amounts = f"from {dollars(before)} to {dollars(after)} a year"
    return PriceChange(
        on=new.began_on,
        label=new.label,
        old=before,
        new=after,
        rate=rate,
        why=f"On {day_text(new.began_on)} the price {way} {amounts}, by {percent(abs(rate))}.",
    )


def _yearly(price: Price) -> Cents:
    if price.frequency is Frequency.ONCE:
        return price.amount
    return price.amount * (12 // MONTHS_BETWEEN[price.frequency])


def _worth(each: Cents, count: int, rate: Decimal) -> Decimal:
    """What instalments are worth on the day of the first one."""
    factor, total = Decimal(1), Decimal(0)
    for _ in range(count):
        total += each * factor
        factor /= 1 + rate
    return total


def _rounded(top: int, bottom: int) -> int:
    """A quotient, half up away from zero."""
    sign = -1 if top < 0 else 1
    return sign * ((2 * abs(top) + bottom) // (2 * bottom))
