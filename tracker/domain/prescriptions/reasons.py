"""Why a way to fill a drug is the cheapest, today or for the year, in sentences with the amounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tracker.dates import day_text, period_text
from tracker.domain.prescriptions.compare import Comparison, Quote, Way
from tracker.domain.prescriptions.offers import Offer, PriceSource
from tracker.facts.prescriptions import PaidThrough
from tracker.money import dollars

Names = Mapping[int, str]
"""Names of pharmacies by id."""

LONGEST = 60

THROUGH = {
    PaidThrough.INSURANCE: "through insurance",
    PaidThrough.CASH: "in cash",
    PaidThrough.COUPON: "with a coupon",
}

CASH_COUNTS_NOTHING = (
    "What is paid in cash or with a coupon outside the plan counts toward neither the deductible nor the "
    "out-of-pocket maximum."
)


OLD_DAYS = 180
"""A price named longer ago should be asked for again."""

COUPON_WITH_INSURANCE = (
    "A coupon here is used instead of insurance. Used together with it, it is copay assistance: your plan "
    "decides whether that counts, and What will it cost me? shows both."
)


def is_old(offer: Offer, today: date) -> bool:
    """Whether a price was named so long ago that it should be asked for again."""
    return offer.named_on is not None and (today - offer.named_on).days > OLD_DAYS


def old_prices(found: Comparison, names: Names, today: date) -> list[str]:
    """Which named prices to ask for again, in at most one sentence."""
    old = [quote.offer for quote in found.quotes if is_old(quote.offer, today)]
    if not old:
        return []
    if len(old) > 1:
        return [f"{len(old)} prices were named more than {OLD_DAYS} days ago: ask again."]
    days = (today - (old[0].named_on or today)).days
    return [f"The price {way_words(old[0], names, with_days=True)} was named {days:,} days ago: ask again."]


def way_words(offer: Offer, names: Names, *, with_days: bool = False) -> str:
    """`in cash at Corner Pharmacy, 90 days`, for the middle of a sentence."""
    place = names.get(offer.pharmacy_id or 0, "")
    words = THROUGH[offer.through]
    if place and not offer.counts:
        cut = place if len(place) <= LONGEST else place[: LONGEST - 1].rstrip() + "\u2026"
        words += f" at {cut}"
    return f"{words}, {offer.days} days" if with_days else words


def ways_words(way: Way, names: Names, *, with_days: bool = True) -> str:
    """The same for a way; one that is mixed takes the cheaper each time."""
    if way.is_mixed:
        return f"whichever is cheaper at each fill, {way.offers[0].days} days"
    return way_words(way.offers[0], names, with_days=with_days)


def today_reasons(found: Comparison, names: Names) -> list[str]:
    """What the next fill costs by each way, and which is the cheapest by the day."""
    known = [quote for quote in found.quotes if quote.share is not None]
    said = [_quote_sentence(quote, names) for quote in known]
    said += [_unknown_sentence(quote.offer) for quote in found.quotes if quote.share is None]
    if found.today is not None and len(known) > 1:
        best = way_words(found.today.offer, names, with_days=True)
        said.append(f"By the day of supply, {best} is the cheapest today.")
    return said


def year_reasons(found: Comparison, names: Names) -> list[str]:
    """What each way comes to until the end of the plan year, and what makes the difference."""
    until = day_text(found.period.last_day)
    if not found.ways or found.year is None:
        return [f"No fill is due from {period_text(found.period)}, so there is nothing to compare."]
    said = []
    for way in found.ways:
        said.append(_way_sentence(way, names))
    best = found.year
    single = [way for way in found.ways if way is not best]
    if single:
        nearest = min(single, key=lambda way: way.total)
        said += _difference(best, nearest, names)
    if any(not offer.counts for way in found.ways for offer in way.offers):
        said.append(CASH_COUNTS_NOTHING)
    if any(offer.through is PaidThrough.COUPON for way in found.ways for offer in way.offers):
        said.append(COUPON_WITH_INSURANCE)
    if found.to_come:
        said.append("The year is worked as if it began with a fill, and your plan went on unchanged.")
    if any(way.lasts_beyond for way in found.ways):
        said.append(f"Of a fill that lasts beyond {until}, only the days until then are counted.")
    if any(way.guessed for way in found.ways):
        said.append(
            "What a fill costs through insurance is what the last one cost: your plan’s terms here do not "
            "give it."
        )
    return said


def headline(found: Comparison, names: Names) -> str:
    """One sentence: the cheapest today, the cheapest for the year, and whether they are the same.

    Of a year to come it says only the cheapest for it; nothing where there is no choice.
    """
    if found.to_come:
        if found.year is None or len(found.ways) < 2:
            return ""
        words = ways_words(found.year, names)
        return f"Cheapest from {period_text(found.period)}: {words}, {dollars(found.year.own)}."
    if found.today is None:
        return "No price is known yet. Add what a fill costs through insurance or in cash."
    pays = found.today.pays or 0
    today = way_words(found.today.offer, names, with_days=True)
    words = f"Cheapest today: {today}, for {dollars(pays)}."
    if found.year is None or len([quote for quote in found.quotes if quote.share]) < 2:
        return words
    until = day_text(found.period.last_day)
    if found.year.offers == (found.today.offer,):
        return f"{words} It stays the cheapest until {until}."
    year = ways_words(found.year, names)
    other = found.way_of(found.today.offer)
    saves = f", {dollars(other.total - found.year.total)} less in all" if other else ""
    return f"{words} Cheapest until {until}: {year}{saves}."


def _quote_sentence(quote: Quote, names: Names) -> str:
    offer = quote.offer
    words = way_words(offer, names)
    said = (
        f"A fill of {offer.days} days costs {dollars(quote.pays or 0)} {words}, "
        f"{dollars(quote.per_day or 0)} a day"
    )
    if quote.share is not None and quote.share.guessed:
        said += ", as the last one did"
    elif offer.counts and offer.price is not None:
        source = " on the last EOB" if offer.source is PriceSource.EOB else ""
        said += f"; the plan allows {dollars(offer.price)}{source}"
    if offer.named_on is not None and offer.source is PriceSource.NAMED:
        said += f" (named {day_text(offer.named_on)})"
    return f"{said}."


def _unknown_sentence(offer: Offer) -> str:
    if offer.counts and offer.price is None:
        return (
            "What a fill costs through insurance is not known: enter the price your plan allows, and its "
            "rule for this tier under What you pay."
        )
    return (
        f"What a fill of {offer.days} days costs through insurance is not known: your plan has no rule "
        "for this tier. Enter it under What you pay."
    )


def _way_sentence(way: Way, names: Names) -> str:
    count = len(way.fills)
    fills = "1 fill" if count == 1 else f"{count:,} fills"
    words = ways_words(way, names)
    said = f"{words[:1].upper()}{words[1:]}: {fills}, {dollars(way.own)}"
    counted = [
        f"{dollars(cents)} toward the {limit}"
        for cents, limit in ((way.deductible, "deductible"), (way.oop, "out-of-pocket maximum"))
        if cents
    ]
    if counted:
        said += f"; {' and '.join(counted)}"
    if way.other:
        said += f". All else that is expected then costs {dollars(way.other)}; {dollars(way.total)} in all"
    return f"{said}."


def _difference(best: Way, other: Way, names: Names) -> list[str]:
    """What sets the best way apart from the next one."""
    name, against = ways_words(best, names), ways_words(other, names)
    saved = other.total - best.total
    if not saved:
        return [f"Both {name} and {against} come to the same."]
    more, less = best.own - other.own, other.other - best.other
    if more > 0 and less > 0:
        return [
            f"{name[:1].upper()}{name[1:]} costs {dollars(more)} more for the drug itself, but what it "
            f"adds to the limits saves {dollars(less)} on everything else: {dollars(saved)} less in all."
        ]
    return [f"{name[:1].upper()}{name[1:]} comes to {dollars(saved)} less than {against}."]
