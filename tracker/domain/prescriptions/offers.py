"""The ways to get a fill of a drug: through the plan, in cash, with a coupon, for how many days.

Prices are those somebody named. Where nobody named one through insurance, the plan's own answer to the
last fill stands in for it, and else the plan's copay where it does not depend on the price.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.prescriptions.refill import in_order, last_fill
from tracker.facts.prescriptions import Drug, DrugFill, DrugPrice, PaidThrough
from tracker.money import Cents

COPAY_DAYS = 30
"""A drug's copay is for a fill of 30 days (rulebook 1.7)."""


class PriceSource(StrEnum):
    """Where an offer's price comes from."""

    NAMED = "named"
    EOB = "eob"
    """What the plan allowed for the last fill."""
    COPAY = "copay"
    """Not known; where the plan takes a copay whatever the price, that is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One way to get a fill. `price` is what the plan allows through insurance (None: not known), else
    what is paid. `last_paid` is what the member paid for such a fill before, where that is known. `place`
    is that of the named price among the drug's."""

    drug_id: int
    through: PaidThrough
    days: int
    price: Cents | None
    pharmacy_id: int | None = None
    named_on: date | None = None
    source: PriceSource = PriceSource.NAMED
    last_paid: Cents | None = None
    place: int | None = None

    @property
    def counts(self) -> bool:
        """Whether it can count toward the limits: cash and coupons never do (rulebook 1.11)."""
        return self.through is PaidThrough.INSURANCE

    @property
    def fills(self) -> int:
        """How many fills of 30 days it stands for where the plan takes a copay per fill; 90 days are 3,
        31 or 34 still one."""
        return max(1, (self.days * 2 + COPAY_DAYS) // (COPAY_DAYS * 2))


def offers_of(drug: Drug, allowed: Mapping[int, Cents] | None = None) -> list[Offer]:
    """Every way a fill can be had, the latest price of each kind, days and pharmacy.

    `allowed` are what EOBs allowed, by the claim's id. Through insurance there is always one way, if
    only with an unknown price.
    """
    newest: dict[tuple[PaidThrough, int, int | None], tuple[int, DrugPrice]] = {}
    for place, price in sorted(enumerate(drug.prices), key=lambda item: item[1].named_on or date.min):
        newest[price.through, price.days, price.pharmacy_id] = place, price
    found = [
        Offer(
            drug_id=drug.id or 0,
            through=price.through,
            days=price.days,
            price=price.price,
            pharmacy_id=price.pharmacy_id,
            named_on=price.named_on,
            last_paid=_last_paid(drug, price.through, price.days),
            place=place,
        )
        for place, price in newest.values()
    ]
    if not any(offer.counts for offer in found):
        found.append(_by_the_plan(drug, allowed or {}))
    order = list(PaidThrough)
    return sorted(found, key=lambda offer: (order.index(offer.through), offer.days, offer.price or 0))


def usual_offer(drug: Drug, offers: list[Offer]) -> Offer:
    """The way the next fill is likely to be had: that of the last one, else through insurance."""
    last = last_fill(drug)
    through = last.through if last else PaidThrough.INSURANCE
    days = last.days if last else drug.days
    alike = [offer for offer in offers if offer.through is through]
    exact = [offer for offer in alike if offer.days == days]
    own = [offer for offer in exact if offer.pharmacy_id == drug.pharmacy_id]
    return (own or exact or alike or offers)[0]


def _by_the_plan(drug: Drug, allowed: Mapping[int, Cents]) -> Offer:
    fills = [fill for fill in in_order(drug.fills) if fill.through is PaidThrough.INSURANCE]
    decided = [fill for fill in fills if fill.claim_id in allowed]
    if decided:
        last = decided[-1]
        return _offer(drug, last.days, allowed[last.claim_id or 0], PriceSource.EOB, last.filled_on)
    return _offer(drug, fills[-1].days if fills else drug.days, None, PriceSource.COPAY, None)


def _offer(drug: Drug, days: int, price: Cents | None, source: PriceSource, on: date | None) -> Offer:
    return Offer(
        drug_id=drug.id or 0,
        through=PaidThrough.INSURANCE,
        days=days,
        price=price,
        pharmacy_id=drug.pharmacy_id,
        named_on=on,
        source=source,
        last_paid=_last_paid(drug, PaidThrough.INSURANCE, days),
    )


def _last_paid(drug: Drug, through: PaidThrough, days: int) -> Cents | None:
    fills: list[DrugFill] = [
        fill for fill in in_order(drug.fills) if fill.through is through and fill.days == days
    ]
    return fills[-1].paid if fills else None
