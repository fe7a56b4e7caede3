"""Everything the Prescriptions part shows: each drug with its supply, its prices compared, and the year.

Read in one go; the engine prices every fill through the plan year it falls in. Changes nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.dates import (
    Period,
    add_months,
    budget_year,
    budget_year_of,
    day_text,
    period_text,
)
from tracker.domain.coverage.categories import catalogue
from tracker.domain.prescriptions.calendar import FillMonth, YearFill, by_month
from tracker.domain.prescriptions.compare import Comparison, Quote, compare
from tracker.domain.prescriptions.offers import Offer, offers_of, usual_offer
from tracker.domain.prescriptions.reasons import headline, old_prices, today_reasons, year_reasons
from tracker.domain.prescriptions.refill import (
    days_in_hand,
    days_late,
    expected_refills,
    gap_sentences,
    is_taken,
    last_fill,
    next_refill,
)
from tracker.domain.prescriptions.year_cost import Event, YearPricer
from tracker.facts import BudgetLine, Category, Household, Role, ServiceCategory
from tracker.facts.prescriptions import Drug, DrugFill
from tracker.money import Cents, dollars
from tracker.services.prescription_years import PlanYears
from tracker.storage.ledger import Ledger
from tracker.storage.queries import budget as budget_query
from tracker.storage.queries import claims as claim_query
from tracker.storage.queries import coverage as coverage_query
from tracker.storage.queries import household, prescriptions


@dataclass(frozen=True)
class PlanYearOfDrug:
    """A drug compared over one plan year, or what is left of it, with the sentences behind it."""

    title: str
    comparison: Comparison
    headline: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class DrugShown:
    """One drug, complete. `quotes` are what a fill costs today by each way; `usual` is how it is had.

    `years` are the rest of this plan year and the one after it, where a fill is due in them.
    """

    drug: Drug
    person: str
    tier: str
    pharmacy: str
    prescriber: str
    taken: bool
    last: DrugFill | None
    refill_on: date | None
    in_hand: int
    late: int
    quotes: tuple[Quote, ...] = ()
    usual: Offer | None = None
    years: tuple[PlanYearOfDrug, ...] = ()
    today_why: tuple[str, ...] = ()
    plan_why: tuple[str, ...] = ()
    """How the plan comes to what a fill costs through it, in the engine's words."""
    notes: tuple[str, ...] = ()
    upcoming: tuple[YearFill, ...] = ()

    @property
    def best_today(self) -> Quote | None:
        """The cheapest by the day of supply."""
        return self.years[0].comparison.today if self.years else None

    @property
    def through_insurance(self) -> Quote | None:
        """The cheapest by the day through insurance, the usual days first."""
        return _best([quote for quote in self.quotes if quote.offer.counts], self.drug.days)

    @property
    def outside(self) -> Quote | None:
        """The cheapest by the day in cash or with a coupon."""
        return _best([quote for quote in self.quotes if not quote.offer.counts], self.drug.days)


@dataclass(frozen=True)
class PrescriptionsShown:
    """What is known on a day. `months` cover this budget year and the next one."""

    today: date
    home: Household
    drugs: tuple[DrugShown, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    categories: Mapping[str, ServiceCategory] = field(default_factory=dict)
    months: tuple[FillMonth, ...] = ()
    line: Category | None = None
    """The budget line that prescriptions belong to."""
    estimates: Mapping[date, Cents] = field(default_factory=dict)
    """What that line estimates, by month; without those that have no estimate."""

    def year(self, next_one: bool = False) -> tuple[FillMonth, ...]:
        """The months of this budget year, or of the next."""
        return self.months[12:24] if next_one else self.months[:12]


class PrescriptionReport:
    """Reads what the Prescriptions part, its print and its forms show."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def read(self) -> PrescriptionsShown:
        """Every drug, those still taken first."""
        connection, today = self._ledger.read(), self._ledger.today()
        home = household.household(connection)
        start = home.budget_start_month
        span = Period(
            budget_year(start, budget_year_of(today, start)).begin,
            budget_year(start, budget_year_of(today, start) + 1).end,
        )
        work = _Reading(connection, home, today, span)
        shown = tuple(work.drug(drug) for drug in work.drugs)
        line = next((item for item in home.categories if item.role is Role.PRESCRIPTION), None)
        lines: Sequence[BudgetLine] = budget_query.lines(connection, span) if line else ()
        return PrescriptionsShown(
            today=today,
            home=home,
            drugs=shown,
            names=work.names,
            categories=work.categories,
            months=tuple(by_month(work.fills, span)),
            line=line,
            estimates={
                item.month: item.estimate
                for item in lines
                if line and item.category_id == line.id and item.estimate is not None
            },
        )


class _Reading:
    """One reading: what all drugs share is worked once."""

    def __init__(self, connection: sqlite3.Connection, home: Household, today: date, span: Period) -> None:
        self.drugs = prescriptions.drugs(connection)
        self.categories = catalogue(coverage_query.categories(connection))
        self.names = {item.id or 0: item.name for item in household.providers(connection)}
        self._home, self._today, self._span = home, today, span
        self._years = PlanYears(connection, home, today)
        self._no_plan = YearPricer(None)
        ids = {fill.claim_id for drug in self.drugs for fill in drug.fills if fill.claim_id is not None}
        claims = [claim_query.get(connection, number) for number in ids]
        allowed = {one.id or 0: one.allowed for one in claims if one and one.allowed is not None}
        self._offers = {drug.id or 0: offers_of(drug, allowed) for drug in self.drugs}
        self._tiers = {(drug.person_id, drug.category) for drug in self.drugs}
        self._expected = {drug.id or 0: self._usual_days(drug) for drug in self.drugs}
        self._others: dict[int, list[Event]] = {}
        self.fills = [*self._past_fills(), *self._future_fills()]

    def drug(self, drug: Drug) -> DrugShown:
        """A drug with its prices compared."""
        number, taken = drug.id or 0, is_taken(drug, self._today)
        offers = self._offers[number]
        years = tuple(self._compared(drug, offers)) if taken else ()
        category = self.categories.get(drug.category)
        first = years[0].comparison if years else None
        notes = gap_sentences(drug, self._today)
        if first:
            notes += old_prices(first, self.names, self._today)
        if drug.refills_left == 0 and taken:
            notes.insert(0, "No refills are left: a new prescription is needed first.")
        if taken and self._years.several(drug.person_id, self._today):
            notes.append("Several plans cover this day; the price here is that of one plan alone.")
        return DrugShown(
            drug=drug,
            person=self._home.person_name(drug.person_id),
            tier=category.name if category else "",
            pharmacy=self.names.get(drug.pharmacy_id or 0, ""),
            prescriber=self.names.get(drug.prescriber_id or 0, ""),
            taken=taken,
            last=last_fill(drug),
            refill_on=next_refill(drug, self._today),
            in_hand=days_in_hand(drug, self._today) if taken else 0,
            late=days_late(drug, self._today),
            quotes=first.quotes if first else tuple(Quote(offer, None) for offer in offers),
            usual=usual_offer(drug, offers),
            years=years,
            today_why=tuple(today_reasons(first, self.names)) if first else (),
            plan_why=self._plan_why(drug, first) if first else (),
            notes=tuple(notes),
            upcoming=tuple(fill for fill in self.fills if fill.is_expected and fill.drug_id == number),
        )

    def _plan_why(self, drug: Drug, first: Comparison) -> tuple[str, ...]:
        found = _best([quote for quote in first.quotes if quote.offer.counts], drug.days)
        if found is None or found.share is None or found.share.result is None:
            return ()
        if found.offer.price is None:
            return (f"You {dollars(found.share.pays)}, or the price where that is less.",)
        return tuple(self._pricer(drug, self._today).sentences(found.share))

    # comparing ---------------------------------------------------------------------------

    def _compared(self, drug: Drug, offers: Sequence[Offer]) -> list[PlanYearOfDrug]:
        """The rest of this plan year, always, and the next one."""
        found = []
        day = self._today
        for title in ("Until {last}", "{span}"):
            pricer = self._pricer(drug, day)
            until = pricer.year.period.end if pricer.year else _next_january(day)
            period = Period(day, until)
            others = self._beside(drug, pricer, period)
            comparison = compare(drug, offers, pricer, self._today, period, others)
            said = tuple(year_reasons(comparison, self.names))
            words = title.format(last=day_text(period.last_day), span=period_text(period))
            found.append(PlanYearOfDrug(words, comparison, headline(comparison, self.names), said))
            day = until
        return found

    def _pricer(self, drug: Drug, day: date) -> YearPricer:
        return self._years.pricer(drug.person_id, day, drug.category) or self._no_plan

    def _planned(self, pricer: YearPricer) -> list[Event]:
        found = self._others.get(id(pricer))
        if found is None:
            found = self._others[id(pricer)] = self._years.others(pricer, self._tiers)
        return found

    def _beside(self, drug: Drug, pricer: YearPricer, period: Period) -> list[Event]:
        """Planned care and the fills of all other drugs that the same plan year prices."""
        fills = [
            event
            for other in self.drugs
            if other is not drug
            for event in self._expected[other.id or 0]
            if event.day in period and self._pricer(other, event.day) is pricer
        ]
        return [*self._planned(pricer), *fills]

    def _usual_days(self, drug: Drug) -> list[Event]:
        """The fills still to come in both years, had as the last one was."""
        offer = usual_offer(drug, self._offers[drug.id or 0])
        end = max(self._span.end, add_months(self._today, 24))
        days = expected_refills(drug, self._today, Period(self._today, end), days=offer.days)
        return [Event(day, 1, drug.person_id, drug.category, (offer,)) for day in days]

    # the year ----------------------------------------------------------------------------

    def _past_fills(self) -> list[YearFill]:
        return [
            YearFill(drug_id=drug.id or 0, day=fill.filled_on, days=fill.days, cost=fill.paid)
            for drug in self.drugs
            for fill in drug.fills
            if fill.filled_on in self._span
        ]

    def _future_fills(self) -> list[YearFill]:
        """Every fill still to come with its cost, worked together plan year by plan year."""
        groups: dict[int, tuple[YearPricer, list[Event]]] = {}
        found = []
        for drug in self.drugs:
            for event in self._expected[drug.id or 0]:
                pricer = self._pricer(drug, event.day)
                groups.setdefault(id(pricer), (pricer, []))[1].append(event)
        for pricer, events in groups.values():
            run = pricer.run([*self._planned(pricer), *events])
            found += [_expected(one.event, one.share.pays) for one in run.worked if one.offer]
            found += [_expected(event, None) for event in run.unknown]
        return sorted(
            (fill for fill in found if fill.day in self._span), key=lambda fill: (fill.day, fill.drug_id)
        )


def _expected(event: Event, cost: Cents | None) -> YearFill:
    offer = event.offers[0]
    return YearFill(drug_id=offer.drug_id, day=event.day, days=offer.days, cost=cost, is_expected=True)


def _best(quotes: Sequence[Quote], days: int) -> Quote | None:
    """The cheapest by the day; where no cost is known, the one of the usual days."""
    known = [quote for quote in quotes if quote.share is not None]
    if known:
        return min(known, key=lambda quote: (quote.pays or 0) / quote.offer.days)
    return next((quote for quote in quotes if quote.offer.days == days), next(iter(quotes), None))


def _next_january(day: date) -> date:
    return date(day.year + 1, 1, 1)
