"""The rest of a plan year with a drug's fills had one way or another, worked by the engine.

Everything else that is expected (other drugs, planned care) is worked along in order of the days, so that
what a fill through insurance adds to the deductible and the out-of-pocket maximum is seen where it
saves. What is paid in cash counts toward neither (rulebook 1.11). Amounts are cents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from tracker.domain.coverage.adjudicate import Adjudicator
from tracker.domain.coverage.claim_lines import ClaimInput, ClaimLine
from tracker.domain.coverage.plan_year import PlanYear
from tracker.domain.coverage.results import ClaimResult
from tracker.domain.coverage.sentences import explain_claim
from tracker.domain.coverage.state import State
from tracker.domain.prescriptions.offers import Offer
from tracker.facts import IN, AccumulatorKind, CopayScope, CostSharingRule, PlanKind
from tracker.money import Cents, dollars


@dataclass(frozen=True, slots=True)
class Share:
    """What one fill, or other care, leaves to the member, and what of it counts toward the limits.

    `guessed` where the plan's terms did not give it and the last fill's amount stands in.
    """

    pays: Cents
    deductible: Cents = 0
    oop: Cents = 0
    guessed: bool = False
    result: ClaimResult | None = None


class Event(NamedTuple):
    """Something that costs on a day: a fill had one of several ways, or other care (no offers)."""

    day: date
    order: int
    person_id: int
    category: str
    offers: tuple[Offer, ...] = ()
    allowed: Cents = 0
    tier: str = IN


@dataclass(frozen=True, slots=True)
class Worked:
    """An event with the offer that was taken (None for other care) and what it cost."""

    event: Event
    offer: Offer | None
    share: Share


@dataclass(frozen=True, slots=True)
class Run:
    """All events in order. `unknown` are the fills of which no offer's cost is known."""

    worked: tuple[Worked, ...]
    unknown: tuple[Event, ...] = ()


class YearPricer:
    """Prices fills and other care under one plan year, from the totals its EOBs have reached.

    Without a plan year only what is paid outside a plan is known.
    """

    def __init__(self, year: PlanYear | None) -> None:
        self.year = year
        self._engine: Adjudicator | None = None
        self._deductibles: set[str] = set()
        self._maxima: set[str] = set()
        if year is None:
            return
        if year.plan.kind is not PlanKind.OTHER and year.terms.rules:
            # A fill in the plan's period is priced even where the contract's dates say less.
            self._engine = Adjudicator(replace(year.terms, begins_on=None, ends_on=None))
        kinds = {bucket.name: bucket.kind for bucket in year.terms.buckets}
        self._deductibles = {name for name, kind in kinds.items() if kind is AccumulatorKind.DEDUCTIBLE}
        self._maxima = {name for name, kind in kinds.items() if kind is AccumulatorKind.OOP_MAX}

    def start(self) -> State:
        """The totals as they stand, for a run of its own."""
        return self.year.book.state.copy() if self.year else State(0)

    def rule(self, category: str, tier: str = IN) -> CostSharingRule | None:
        """The plan's rule for a tier; None without one, and for a plan the engine does not work."""
        return self._engine.rule_for(category, tier) if self._engine and category else None

    def fill(self, offer: Offer, person_id: int, category: str, state: State) -> Share | None:
        """What a fill costs by an offer, `state` moved on; None where nobody knows."""
        if not offer.counts:
            return None if offer.price is None else Share(offer.price)
        rule = self.rule(category)
        price = offer.price
        if rule is not None and price is None:
            price = self._copay(rule, offer, person_id, state)
        if rule is None or price is None:
            return None if offer.last_paid is None else Share(offer.last_paid, guessed=True)
        return self._share(category, IN, price, person_id, offer.fills, state)

    def care(self, event: Event, state: State) -> Share | None:
        """What other care costs; None where the plan has no rule for it."""
        if self.rule(event.category, event.tier) is None:
            return None
        return self._share(event.category, event.tier, event.allowed, event.person_id, 1, state)

    def run(self, events: Iterable[Event]) -> Run:
        """Work events in order of their days, taking the cheapest offer of each fill as it comes.

        Care without a rule is left out.
        """
        state = self.start()
        done: list[Worked] = []
        unknown: list[Event] = []
        for event in sorted(events, key=lambda item: (item.day, item.order)):
            if not event.offers:
                share = self.care(event, state)
                if share is not None:
                    done.append(Worked(event, None, share))
                continue
            offer = self._cheapest(event, state)
            share = self.fill(offer, event.person_id, event.category, state) if offer else None
            if share is None:
                unknown.append(event)
            else:
                done.append(Worked(event, offer, share))
        return Run(tuple(done), tuple(unknown))

    def sentences(self, share: Share) -> list[str]:
        """Why a fill through insurance costs what it does, in the engine's words."""
        if share.result is None or self.year is None:
            return []
        billed = f" (billed {dollars(share.result.totals.billed)})."
        said = explain_claim(self.year.terms, share.result)[0]
        return [one.replace(billed, ".") for one in said if one]

    # ours ------------------------------------------------------------------------------

    def _cheapest(self, event: Event, state: State) -> Offer | None:
        if len(event.offers) == 1:
            return event.offers[0]
        best: tuple[int, int] | None = None
        found: Offer | None = None
        for place, offer in enumerate(event.offers):
            share = self.fill(offer, event.person_id, event.category, state.copy())
            if share is not None and (best is None or (share.pays, place) < best):
                best, found = (share.pays, place), offer
        return found

    def _copay(self, rule: CostSharingRule, offer: Offer, person_id: int, state: State) -> Cents | None:
        """The copay as a price, where what is paid does not depend on it; None where it does."""
        assert self._engine is not None
        person = str(person_id)
        if rule.oop_max is not None and self._engine.remaining(state, rule.oop_max, person) == 0:
            return 0
        open_deductible = (
            rule.deductible is not None and self._engine.remaining(state, rule.deductible, person) != 0
        )
        if not rule.covered or rule.coinsurance or open_deductible or rule.dollar_max is not None:
            return None
        return rule.copay * (offer.fills if rule.copay_scope is CopayScope.FILL else 1)

    def _share(
        self, category: str, tier: str, allowed: Cents, person_id: int, units: int, state: State
    ) -> Share:
        assert self._engine is not None
        line = ClaimLine(category=category, billed=allowed, allowed=allowed, tier=tier)
        claim = ClaimInput(key="fill", lines=(line,), person=str(person_id), units=units)
        result = self._engine.adjudicate(claim, state)
        moved = [(credit.bucket, credit.cents) for credit in result.credits if not credit.cross]
        return Share(
            pays=result.totals.owes,
            deductible=sum(cents for name, cents in moved if name in self._deductibles),
            oop=sum(cents for name, cents in moved if name in self._maxima),
            result=result,
        )


def inside(pays: Cents, day: date, days: int, end: date) -> Cents:
    """The part of a fill's cost that belongs to the days before `end`: the rest lasts longer."""
    left = (end - day).days
    if left >= days:
        return pays
    return (pays * max(0, left) * 2 + days) // (2 * days)


def fill_events(
    days: Sequence[date], offers: Sequence[Offer], person_id: int, category: str
) -> list[Event]:
    """The fills of a drug on those days, each by the cheapest of the offers."""
    return [Event(day, 1, person_id, category, tuple(offers)) for day in days]
