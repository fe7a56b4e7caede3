"""Cheapest today against cheapest for the year: a drug's ways to be had, compared with their effect.

Today's cheapest is by the day of supply, so that 30 and 90 days compare. For the year every fill that is
still due in the plan year is worked one way after the other, with everything else that is expected beside
it: the cheapest way is the one after which the household has paid the least. It estimates; the plan
decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tracker.dates import Period
from tracker.domain.prescriptions.offers import Offer
from tracker.domain.prescriptions.refill import expected_refills, refill_days
from tracker.domain.prescriptions.year_cost import (
    Event,
    Share,
    Worked,
    YearPricer,
    fill_events,
    inside,
)
from tracker.facts.prescriptions import Drug
from tracker.money import Cents

YEAR_DAYS = 365


@dataclass(frozen=True, slots=True)
class Quote:
    """An offer at today's totals; `share` None where what it costs is not known."""

    offer: Offer
    share: Share | None

    @property
    def pays(self) -> Cents | None:
        return self.share.pays if self.share else None

    @property
    def per_day(self) -> Cents | None:
        """Cents for each day of supply, rounded half up."""
        return None if self.share is None else _rounded(self.share.pays, 1, self.offer.days)

    @property
    def per_year(self) -> Cents | None:
        """The cost of 365 days at today's price, as if nothing moved."""
        return None if self.share is None else _rounded(self.share.pays, YEAR_DAYS, self.offer.days)


@dataclass(frozen=True, slots=True)
class Way:
    """The drug's fills of a period had one way: by one offer, or by the cheapest of several each time.

    `own` is the cost of the days that lie in the period, `other` what everything else costs the
    household then. `deductible` and `oop` are what the drug's fills add to the limits.
    """

    offers: tuple[Offer, ...]
    fills: tuple[Worked, ...]
    own: Cents
    other: Cents
    deductible: Cents
    oop: Cents

    @property
    def total(self) -> Cents:
        return self.own + self.other

    @property
    def is_mixed(self) -> bool:
        return len(self.offers) > 1

    @property
    def guessed(self) -> bool:
        """Whether a fill's cost is taken from the last one, for want of a price or a rule."""
        return any(fill.share.guessed for fill in self.fills)

    @property
    def lasts_beyond(self) -> bool:
        """Whether the last fill reaches beyond the period, so that only a part of it is counted."""
        return sum(fill.share.pays for fill in self.fills) > self.own


@dataclass(frozen=True, slots=True)
class Comparison:
    """A drug's ways, in the order of the quotes; mixed ones last. Empty where no fill is due.

    `period` is what the ways are worked for, a plan year from a day on; one `to_come` is worked as if it
    began with a fill.
    """

    drug: Drug
    period: Period
    quotes: tuple[Quote, ...]
    ways: tuple[Way, ...]
    today: Quote | None
    """The cheapest for the next fill, by the day."""
    year: Way | None
    """The cheapest for the period."""
    to_come: bool = False

    def way_of(self, offer: Offer) -> Way | None:
        """The way by that offer alone."""
        return next((way for way in self.ways if way.offers == (offer,)), None)


def compare(
    drug: Drug,
    offers: Sequence[Offer],
    pricer: YearPricer,
    today: date,
    period: Period,
    others: Sequence[Event] = (),
) -> Comparison:
    """Work a drug's fills of a period by every offer whose cost is known.

    `others` is all that is expected beside the drug: other drugs' fills and planned care.
    """
    quotes = tuple(
        Quote(offer, pricer.fill(offer, drug.person_id, drug.category, pricer.start())) for offer in offers
    )
    known = [quote for quote in quotes if quote.share is not None]
    cheapest = min(known, key=_per_day_exact, default=None)
    ways = []
    for group in [*((quote.offer,) for quote in known), *_mixes([quote.offer for quote in known])]:
        way = _way(drug, group, pricer, today, period, others)
        if way is not None:
            ways.append(way)
    single = [way.total for way in ways if not way.is_mixed]
    ways = [way for way in ways if not way.is_mixed or way.total < min(single)]
    first = cheapest.offer if cheapest else None
    year = min(ways, key=lambda way: (way.total, way.is_mixed, first not in way.offers), default=None)
    return Comparison(drug, period, quotes, tuple(ways), cheapest, year, period.begin > today)


def _way(
    drug: Drug,
    offers: tuple[Offer, ...],
    pricer: YearPricer,
    today: date,
    period: Period,
    others: Sequence[Event],
) -> Way | None:
    length = offers[0].days
    days = _fill_days(drug, today, period, length)
    if not days:
        return None
    run = pricer.run([*others, *fill_events(days, offers, drug.person_id, drug.category)])
    mine = set(offers)
    if any(mine.intersection(event.offers) for event in run.unknown):
        return None
    fills = tuple(one for one in run.worked if one.offer in mine)
    rest = [one for one in run.worked if one.offer not in mine]
    end = period.end if drug.stopped_on is None else min(period.end, drug.stopped_on)
    return Way(
        offers=offers,
        fills=fills,
        own=sum(inside(one.share.pays, one.event.day, length, end) for one in fills),
        other=sum(_part(one, period.end) for one in rest),
        deductible=sum(one.share.deductible for one in fills),
        oop=sum(one.share.oop for one in fills),
    )


def _fill_days(drug: Drug, today: date, period: Period, length: int) -> list[date]:
    """When the fills of a period are due, so that every way supplies the same days of it.

    From today on it is when the supply ends. A year to come is worked as if it began with a fill: what is
    left over by then differs with the way chosen until then.
    """
    if period.begin <= today:
        return expected_refills(drug, today, period, days=length)
    days = refill_days(period.begin, length, period)
    return [day for day in days if drug.stopped_on is None or day < drug.stopped_on]


def _part(one: Worked, end: date) -> Cents:
    if one.offer is None:
        return one.share.pays
    return inside(one.share.pays, one.event.day, one.offer.days, end)


def _mixes(offers: Sequence[Offer]) -> list[tuple[Offer, ...]]:
    """For each number of days that can be had both through the plan and outside it: the cheaper each
    time."""
    found = []
    for days in dict.fromkeys(offer.days for offer in offers):
        alike = [offer for offer in offers if offer.days == days]
        inside_plan = [offer for offer in alike if offer.counts]
        outside = sorted((offer for offer in alike if not offer.counts), key=lambda item: item.price or 0)
        if inside_plan and outside:
            found.append((*inside_plan, outside[0]))
    return found


def _per_day_exact(quote: Quote) -> tuple[Fraction, bool, int]:
    pays = quote.share.pays if quote.share else 0
    return (Fraction(pays, quote.offer.days), not quote.offer.counts, quote.offer.days)


def _rounded(cents: Cents, times: int, parts: int) -> Cents:
    return (cents * times * 2 + parts) // (2 * parts)
