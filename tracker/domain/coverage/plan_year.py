"""What fills a plan's limits in one accumulator period: its EOBs, opening balances and carry-over.

Ledger mode of rulebook 2.5: the EOB's own figures are posted, through the limits that the plan's rule
for the service names. Where the plan has no rule, or the EOB names no service, they go to the main
limits of the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from tracker.dates import Period, day_text
from tracker.domain.coverage.adjudicate import Adjudicator
from tracker.domain.coverage.claim_lines import ClaimInput, ClaimLine
from tracker.domain.coverage.plan_terms import period_of, terms_of
from tracker.domain.coverage.posting import Book, Opening
from tracker.domain.coverage.replay import UNPROCESSED_DAYS, carried_over
from tracker.domain.coverage.state import State
from tracker.domain.coverage.stated import StatedLine, post_stated
from tracker.domain.coverage.terms import Bucket, PlanTerms
from tracker.facts import (
    DECIDED,
    IN,
    OUT,
    Accumulator,
    AccumulatorKind,
    Assistance,
    Claim,
    CostSharingRule,
    Counting,
    DeductibleCarryOver,
    EobVersion,
    Network,
    OpeningBalance,
    PeriodRule,
    Plan,
    PlanKind,
    PlannedCare,
)
from tracker.money import Cents

USUAL = ""
"""Stands for a service that the plan has no rule for: it counts toward the network's main limits."""

USUAL_DRUG = "RX"
"""The same for drugs, where a plan has limits of their own for them."""


@dataclass(frozen=True, slots=True)
class Posting:
    """What one claim, or an opening balance (`claim` None), added to a limit for a person.

    `words` say what an opening balance is. `crossed` came over from a limit that credits this one.
    """

    claim: Claim | None
    person_id: int
    amount: Cents
    words: str = ""
    crossed: bool = False


@dataclass(frozen=True)
class PlanYear:
    """A plan with everything that moves its limits in one period. Computed parts are kept.

    `claims` are those of the period, of this plan or one it continues. `before` is the period before
    where deductible of its last quarter carries over. `planned` is care that is expected and `history`
    the claims of the two years before the period: what a projection is made of.
    """

    plan: Plan
    period: Period
    terms: PlanTerms
    claims: tuple[Claim, ...] = ()
    openings: tuple[OpeningBalance, ...] = ()
    before: PlanYear | None = None
    drug_codes: frozenset[str] = frozenset()
    planned: tuple[PlannedCare, ...] = ()
    history: tuple[Claim, ...] = ()
    outlooks: dict[date, object] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The rest of the period as worked from a day (`outlook`), kept with the year it belongs to."""

    def with_claims(self, claims: Iterable[Claim]) -> PlanYear:
        """The same year with other claims: to try out what one would do."""
        return replace(self, claims=tuple(claims))

    @cached_property
    def adjudicator(self) -> Adjudicator:
        """The engine for posting; it predicts nothing here, so that every kind of plan is welcome."""
        return Adjudicator(_for_posting(self.plan, self.terms, self.drug_codes))

    @cached_property
    def ordered(self) -> tuple[Claim, ...]:
        """The claims in processed order; a claim's place is its name in the book."""
        return tuple(sorted(self.claims, key=order_key))

    @cached_property
    def book(self) -> Book:
        """Every posting of the period, in processed order."""
        book = Book(self.adjudicator, [*self._carried, *self._opened])
        for place, claim in enumerate(self.ordered):
            entered, stated = self._as_entry(place, claim)
            book.record(post_stated(self.adjudicator, entered, [stated], book.state))
        return book

    def walked(self) -> Iterator[tuple[Claim, State]]:
        """Each claim in processed order with the running totals just before it.

        The totals are the same object each time and move on: copy them to keep them.
        """
        state = Book(self.adjudicator, [*self._carried, *self._opened]).state
        for place, claim in enumerate(self.ordered):
            yield claim, state
            entered, stated = self._as_entry(place, claim)
            post_stated(self.adjudicator, entered, [stated], state)

    def postings(self, name: str, person_id: int | None = None) -> list[Posting]:
        """What moved a limit for a person, or for everybody; opening balances first."""
        words = self._opening_words
        found: list[Posting] = []
        for place, posting in enumerate(self.book.postings):
            if posting.name != name or person_id not in (None, int(posting.person)):
                continue
            claim = self.ordered[int(posting.claim)] if posting.claim is not None else None
            said = "" if claim is not None else words[place]
            found.append(Posting(claim, int(posting.person), posting.amount, said, posting.cross))
        return found

    def own_limit(self, limit: Accumulator) -> Cents | None:
        """The most one person can put into a limit, the law's cap included (1.5); None without one."""
        return self._buckets[limit.name].own_limit

    @cached_property
    def _buckets(self) -> dict[str, Bucket]:
        return {bucket.name: bucket for bucket in self.terms.buckets}

    def rule_of(self, category: str, tier: str, *, protected: bool = False) -> CostSharingRule | None:
        """The rule by which an EOB's figures are posted; one made for the main limits where the plan has
        none for the service."""
        return self.adjudicator.rule_for(
            self._category_for(category, tier, protected), tier, protected=protected
        )

    def _category_for(self, category: str, tier: str, protected: bool) -> str:
        if self.adjudicator.rule_for(category, tier, protected=protected) is not None:
            return category
        return USUAL_DRUG if category in self.drug_codes else USUAL

    def visits(self, category: str, person_id: int) -> int:
        """How many visits of a category a person has had that count toward its visit limit."""
        return self.book.state.visits.get((category, str(person_id)), 0)

    @property
    def _opened(self) -> list[Opening]:
        return [Opening(item.name, str(item.person_id), item.amount, item.counting) for item in self._kept]

    @property
    def _kept(self) -> list[OpeningBalance]:
        """Openings of a limit that was taken away since open nothing."""
        names = set(self.adjudicator.names)
        return [
            item for item in self.openings if item.counting is not Counting.BUCKET or item.name in names
        ]

    @cached_property
    def _carried(self) -> list[Opening]:
        if self.before is None or self.terms.carry_over is DeductibleCarryOver.NONE:
            return []
        found = carried_over(self.terms, self.before.book, self.before.period)
        return [item for item in found if item.name in self.adjudicator.place]

    @property
    def _opening_words(self) -> list[str]:
        """What each opening is, in the order in which the book was opened with them."""
        last = self.before.period.last_day if self.before else None
        carried = f"Carried over from the quarter before {day_text(last)}" if last else "Carried over"
        words = [carried] * len(self._carried)
        return words + [f"Opening balance of {day_text(item.as_of)}" for item in self._kept]

    def _counts(self, claim: Claim) -> bool:
        """Whether assistance counts: as the member or the plan says; counted where nobody knows."""
        if claim.assistance_counts is not None:
            return claim.assistance_counts
        return self.plan.assistance is not Assistance.NOT_COUNTED

    def _as_entry(self, place: int, claim: Claim) -> tuple[ClaimInput, StatedLine]:
        tier = tier_of(claim, self.terms)
        line = ClaimLine(
            category=self._category_for(claim.category, tier, claim.protected),
            billed=claim.billed or 0,
            tier=tier,
            protected=claim.protected,
            assistance=claim.assistance,
            assistance_counts=self._counts(claim),
        )
        entered = ClaimInput(
            key=place,
            lines=(line,),
            person=str(claim.person_id),
            service_on=claim.service_from,
            discharged_on=claim.service_to,
            processed_on=claim.processed_on,
        )
        share = (claim.deductible or 0) + (claim.copay or 0) + (claim.coinsurance or 0)
        stated = StatedLine(
            allowed=claim.allowed if claim.allowed is not None else share + (claim.plan_paid or 0),
            not_covered=claim.not_covered or 0,
            deductible=claim.deductible or 0,
            copay=claim.copay or 0,
            coinsurance=claim.coinsurance or 0,
            plan_paid=claim.plan_paid or 0,
        )
        return entered, stated


def plan_year(
    plan: Plan,
    claims: Sequence[Claim],
    rules: Iterable[CostSharingRule] = (),
    *,
    on: date | None = None,
    terms: PlanTerms | None = None,
    openings: Iterable[OpeningBalance] = (),
    continued: Sequence[Plan] = (),
    before: PlanYear | None = None,
    drug_codes: frozenset[str] = frozenset(),
) -> PlanYear:
    """A plan's period that holds a day (its first one without), from all the facts there are.

    Only claims and openings of that period are taken. `continued` are earlier plans whose limits run on.
    """
    period = period_of(plan, on or plan.begins_on)
    ids = {plan.id, *(item.id for item in continued)}
    stretches = [item.period for item in (plan, *continued)]
    return PlanYear(
        plan=plan,
        period=period,
        terms=terms if terms is not None else terms_of(plan, rules),
        claims=tuple(
            claim
            for claim in in_force(claims)
            if (day := period_day_of(claim, plan)) in period
            and (claim.plan_id in ids or (claim.plan_id is None and any(day in part for part in stretches)))
        ),
        openings=tuple(item for item in openings if item.as_of in period),
        before=before,
        drug_codes=drug_codes,
    )


def in_force(claims: Sequence[Claim]) -> list[Claim]:
    """The EOBs that hold: decided, not taken back, and the last of each chain of corrections (2.5)."""
    replaced = {claim.replaces_id for claim in claims if claim.replaces_id is not None}
    return [
        claim
        for claim in claims
        if (claim.id is None or claim.id not in replaced)
        and claim.version is not EobVersion.VOID
        and claim.stage in DECIDED
    ]


def period_day_of(claim: Claim, plan: Plan) -> date:
    """The day that decides a claim's period: its service date, or as the plan says for a stay (1.2)."""
    if plan.period_rule is PeriodRule.DISCHARGE and claim.service_to and claim.category == "INPATIENT":
        return claim.service_to
    return claim.service_from


def order_key(claim: Claim) -> tuple[date, int]:
    """The order in which claims consume limits: by processed date (2.2).

    Where the EOB gives none it is estimated as 30 days after the service.
    """
    return (claim.processed_on or claim.service_from + timedelta(days=UNPROCESSED_DAYS), claim.id or 0)


def counts_in(claim: Claim) -> Network:
    """Where a claim counts: in network where the No Surprises Act protects it (1.10)."""
    return Network.IN if claim.protected else claim.network


def tier_of(claim: Claim, terms: PlanTerms) -> str:
    """The network tier of a claim among a plan's."""
    if claim.tier and any(tier.code == claim.tier for tier in terms.tiers):
        return claim.tier
    return IN if claim.network is Network.IN else OUT


def _for_posting(plan: Plan, terms: PlanTerms, drug_codes: frozenset[str]) -> PlanTerms:
    """Terms under which every EOB finds its limits.

    An EOB may name a deductible where the plan's rule waives it; the EOB wins, so every rule knows the
    network's main one. Services without a rule follow one made for them.
    """
    rules = []
    for rule in terms.rules:
        drug = rule.category in drug_codes
        main = _main(plan, AccumulatorKind.DEDUCTIBLE, rule.tier, drug)
        rules.append(replace(rule, deductible=rule.deductible or main))
    taken = {(rule.category, rule.tier) for rule in rules}
    for tier in terms.tiers:
        for category, drugs in ((USUAL, False), (USUAL_DRUG, True)):
            if (category, tier.code) not in taken:
                rules.append(
                    CostSharingRule(
                        category=category,
                        tier=tier.code,
                        deductible=_main(plan, AccumulatorKind.DEDUCTIBLE, tier.code, drugs),
                        oop_max=_main(plan, AccumulatorKind.OOP_MAX, tier.code, drugs),
                    )
                )
    return replace(
        terms, kind=PlanKind.PPO, rules=tuple(rules), oon_pricing=None, begins_on=None, ends_on=None
    )


def _main(plan: Plan, kind: AccumulatorKind, tier: str, drugs: bool) -> str | None:
    """The limit that counts by default: of the tier, else of the network it belongs to."""
    of_kind = [item for item in plan.accumulators if item.kind is kind]
    contracted = tier != OUT
    found = [item for item in of_kind if item.tier_code == tier] or [
        item for item in of_kind if not item.tier and (item.network is Network.IN) == contracted
    ]
    own = [item for item in found if item.drugs == drugs] or [item for item in found if not item.drugs]
    return own[0].name if own else None
