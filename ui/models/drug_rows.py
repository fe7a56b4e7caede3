"""Prescriptions as rows and words: the list, the prices of one, its fills, and the months of a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text, month_text
from tracker.domain.prescriptions.calendar import FillMonth, YearFill
from tracker.domain.prescriptions.compare import Quote
from tracker.domain.prescriptions.reasons import is_old
from tracker.facts.prescriptions import Drug, DrugFill, PaidThrough
from tracker.money import Cents, dollars
from tracker.services.prescription_report import DrugShown, PrescriptionsShown
from tracker.wording import count_of
from ui.models.coverage_words import given_names

THROUGH_NAMES = {
    PaidThrough.INSURANCE: "Insurance",
    PaidThrough.CASH: "Cash",
    PaidThrough.COUPON: "Coupon",
}
NOT_KNOWN = "Not known"
SOON_DAYS = 7
"""A refill due within a week is said in colour."""


def drug_name(drug: Drug) -> str:
    """`Lisinopril 10 mg`."""
    return " ".join(part for part in (drug.name, drug.strength) if part)


@dataclass(frozen=True, slots=True)
class DrugRow:
    """One drug in the list. `refill` is blank where none is due; `tone` colours it beside the word."""

    shown: DrugShown
    name: str
    who: str
    tier: str
    last: str
    left: str
    refill: str
    tone: str
    insurance: str
    cash: str
    cheapest: str
    words: str

    @property
    def key(self) -> int:
        return self.shown.drug.id or 0


def drug_rows(shown: PrescriptionsShown) -> list[DrugRow]:
    """Those still taken first, by name."""
    people = given_names(shown.home)
    return [_drug_row(one, people.get(one.drug.person_id, ""), shown) for one in shown.drugs]


def matches(row: DrugRow, words: Sequence[str]) -> bool:
    """Whether every word (case folded) is found in the row."""
    return all(word in row.words for word in words)


def supply_words(one: DrugShown) -> str:
    """What is in hand, in a sentence without its full stop."""
    if not one.taken:
        stopped = one.drug.stopped_on
        return f"Stopped on {day_text(stopped)}" if stopped else "Stopped"
    if one.last is None:
        return "No fill is entered yet"
    if one.refill_on is None:
        return f"{count_of(one.in_hand, 'day')} in hand, enough until it is stopped"
    if one.late:
        return f"The next fill was needed by {day_text(one.refill_on)}, {count_of(one.late, 'day')} ago"
    return f"{count_of(one.in_hand, 'day')} in hand; the next fill is needed by {day_text(one.refill_on)}"


def cost_words(quote: Quote | None) -> str:
    """What a fill costs; the days too where they are not thirty."""
    if quote is None:
        return ""
    if quote.pays is None:
        return NOT_KNOWN
    days = "" if quote.offer.days == 30 else f" / {quote.offer.days} days"
    return f"{dollars(quote.pays)}{days}"


def _drug_row(one: DrugShown, who: str, shown: PrescriptionsShown) -> DrugRow:
    name = drug_name(one.drug)
    refill, tone = _refill(one, shown.today)
    last = _near_day(one.last.filled_on, shown.today) if one.last else ""
    cheapest = _cheapest(one)
    texts = [name, who, one.person, one.tier, one.pharmacy, one.prescriber, refill, one.drug.note]
    return DrugRow(
        shown=one,
        name=name,
        who=who,
        tier=one.tier or "Not chosen",
        last=last,
        left=f"{one.in_hand:,}" if one.taken and one.last else "",
        refill=refill,
        tone=tone,
        insurance=cost_words(one.through_insurance) if one.taken else "",
        cash=cost_words(one.outside) if one.taken else "",
        cheapest=cheapest,
        words=" ".join(texts).casefold(),
    )


def _near_day(day: date, today: date) -> str:
    """A day without its year where that goes without saying."""
    return day_text(day, year=abs((day - today).days) > 180)


def _refill(one: DrugShown, today: date) -> tuple[str, str]:
    if not one.taken:
        return "Stopped", "quiet"
    if one.refill_on is None:
        return ("" if one.last else "No fill yet"), "quiet"
    day = _near_day(one.refill_on, today)
    if one.late:
        return f"{day}, {count_of(one.late, 'day')} ago", "warning"
    return day, "warning" if one.in_hand <= SOON_DAYS else ""


def _cheapest(one: DrugShown) -> str:
    """The cheapest today and, where it is another, for the year: `Cash today, insurance for the year`."""
    today = one.best_today
    if today is None or sum(quote.share is not None for quote in one.quotes) < 2:
        return ""
    first = _short_way(today.offer.through, today.offer.days, one.quotes)
    year = one.years[0].comparison.year if one.years else None
    if year is None or year.offers == (today.offer,):
        return first
    second = (
        "the cheaper each time"
        if year.is_mixed
        else _short_way(year.offers[0].through, year.offers[0].days, one.quotes)
    )
    return f"{first} today, {second[:1].lower()}{second[1:]} for the year"


def _short_way(through: PaidThrough, days: int, quotes: Sequence[Quote]) -> str:
    several = len({quote.offer.days for quote in quotes if quote.share}) > 1
    return f"{THROUGH_NAMES[through]}, {days} days" if several else THROUGH_NAMES[through]


# prices --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One way to get a fill. `rest` and `next_year` are what everything comes to with it."""

    number: int
    quote: Quote
    through: str
    pharmacy: str
    days: str
    pays: str
    per_day: str
    per_year: str
    rest: Cents | None
    next_year: Cents | None
    best: str
    tip: str
    is_old: bool

    @property
    def place(self) -> int | None:
        """Where the price stands among the drug's, None for one that nobody named."""
        return self.quote.offer.place


def price_rows(one: DrugShown, names: Mapping[int, str], today: date) -> list[PriceRow]:
    """Every way, through insurance first."""
    found = []
    for number, quote in enumerate(one.quotes):
        offer = quote.offer
        totals: list[Cents | None] = []
        for part in one.years:
            way = part.comparison.way_of(offer)
            totals.append(way.total if way else None)
        totals += [None] * (2 - len(totals))
        found.append(
            PriceRow(
                number=number,
                quote=quote,
                through=THROUGH_NAMES[offer.through],
                pharmacy=names.get(offer.pharmacy_id or 0, ""),
                days=str(offer.days),
                pays=dollars(quote.pays) if quote.pays is not None else NOT_KNOWN,
                per_day=dollars(quote.per_day) if quote.per_day is not None else "",
                per_year=dollars(quote.per_year) if quote.per_year is not None else "",
                rest=totals[0],
                next_year=totals[1],
                best=_best_words(one, quote),
                tip=f"Named {day_text(offer.named_on)}" if offer.named_on else "",
                is_old=is_old(offer, today),
            )
        )
    return found


def _best_words(one: DrugShown, quote: Quote) -> str:
    """`Cheapest today`, `for the year`, or both."""
    if sum(item.share is not None for item in one.quotes) < 2:
        return ""
    today = one.best_today is not None and one.best_today.offer == quote.offer
    year = one.years[0].comparison.year if one.years else None
    for_year = year is not None and year.offers == (quote.offer,)
    if today and (for_year or year is None):
        return "Cheapest"
    if today:
        return "Cheapest today"
    return "Cheapest for the year" if for_year else ""


# fills ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FillRow:
    """A fill that was made (`fill`, with its place) or one that is expected."""

    number: int
    day: date
    days: int
    through: str
    cost: Cents | None
    status: str
    fill: DrugFill | None = None
    place: int = -1


def fill_rows(one: DrugShown) -> list[FillRow]:
    """The next fills and those made, the latest first."""
    made = [
        FillRow(
            number=place + 1,
            day=fill.filled_on,
            days=fill.days,
            through=THROUGH_NAMES[fill.through],
            cost=fill.paid,
            status=_status(fill),
            fill=fill,
            place=place,
        )
        for place, fill in enumerate(one.drug.fills)
    ]
    return sorted(made, key=lambda row: (row.day, row.place), reverse=True)


def _status(fill: DrugFill) -> str:
    parts = [
        "payment" if fill.payment_id is not None else "",
        "EOB" if fill.claim_id is not None else "",
    ]
    tied = " and ".join(part for part in parts if part)
    return f"{tied[:1].upper()}{tied[1:]} in the ledger" if tied else ""


# the year ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of fills, or the year's total (`month` None)."""

    number: int
    month: date | None
    name: str
    fills: tuple[YearFill, ...]
    days: str
    """The fills with their days, in short."""
    count: int
    paid: Cents
    expected: Cents
    unknown: int
    estimate: Cents | None

    @property
    def is_total(self) -> bool:
        return self.month is None


def month_rows(
    months: Sequence[FillMonth], estimates: Mapping[date, Cents], drugs: Sequence[DrugShown]
) -> list[MonthRow]:
    """The months of a year, and what they add up to."""
    names = {one.drug.id or 0: one.drug.name for one in drugs}
    rows = [
        MonthRow(
            number=place,
            month=one.month,
            name=month_text(one.month),
            fills=one.fills,
            days=", ".join(
                f"{day_text(fill.day, year=False)} {names.get(fill.drug_id, '')}" for fill in one.fills
            ),
            count=len(one.fills),
            paid=one.paid,
            expected=one.expected,
            unknown=one.unknown,
            estimate=estimates.get(one.month),
        )
        for place, one in enumerate(months)
    ]
    known = [row.estimate for row in rows if row.estimate is not None]
    total = MonthRow(
        number=len(rows),
        month=None,
        name="Year",
        fills=tuple(fill for row in rows for fill in row.fills),
        days="",
        count=sum(row.count for row in rows),
        paid=sum(row.paid for row in rows),
        expected=sum(row.expected for row in rows),
        unknown=sum(row.unknown for row in rows),
        estimate=sum(known) if known else None,
    )
    return [*rows, total]


def fill_sentences(fills: Sequence[YearFill], drugs: Sequence[DrugShown]) -> list[str]:
    """Each fill of a month in a sentence."""
    names = {one.drug.id or 0: f"{drug_name(one.drug)} ({one.person})" for one in drugs}
    said = []
    for fill in fills:
        cost = dollars(fill.cost) if fill.cost is not None else "cost not known"
        kind = "expected" if fill.is_expected else "paid"
        words = f"{cost} {kind}" if fill.cost is not None else f"expected, {cost}"
        said.append(f"{day_text(fill.day)}: {names.get(fill.drug_id, '')}, {fill.days} days, {words}.")
    return said
