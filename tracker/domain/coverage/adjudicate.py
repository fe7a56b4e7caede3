"""The engine: what a claim should cost the member under a plan (rulebook 2.3 and 2.4).

`Adjudicator(terms)` prepares a plan once; `adjudicate(claim, state)` works one claim and moves the
running totals. Pure integer arithmetic: rates round half up once a line, what the plan pays is left
by subtraction, so every line closes. This is the path a simulation takes tens of thousands of times:
it keeps figures (`Trace`), and words are made of them only when somebody asks (`steps`, `sentences`).
"""

from __future__ import annotations

from tracker.domain.coverage.claim_lines import ClaimInput, ClaimLine, Denial
from tracker.domain.coverage.oon_allowed import allowed_out_of_network
from tracker.domain.coverage.ready_rule import (
    NO_LIMIT,
    PER_DAY,
    PER_FILL,
    PER_LINE,
    ReadyRule,
    made_ready,
)
from tracker.domain.coverage.results import ClaimResult, Credit, LineResult, Outcome, Trace
from tracker.domain.coverage.state import State
from tracker.domain.coverage.terms import PlanTerms
from tracker.errors import UserProblem
from tracker.facts import Assistance, CostSharingRule, OonMethod, PlanKind
from tracker.money import Cents

_NOTHING = Trace()
_make = tuple.__new__  # a named tuple's own constructor takes twice as long


class Adjudicator:
    """One plan, ready to work claims. Holds no running totals: those are in the `State` passed in."""

    def __init__(self, terms: PlanTerms) -> None:
        if terms.kind is PlanKind.OTHER:
            raise UserProblem(
                f"What {terms.name} should pay cannot be worked out: its kind follows rules of its own.",
                "Enter its EOBs; their figures count.",
            )
        self.terms = terms
        self.names = tuple(bucket.name for bucket in terms.buckets)
        self.place = {name: place for place, name in enumerate(self.names)}
        self._own = [NO_LIMIT if b.own_limit is None else b.own_limit for b in terms.buckets]
        self._family = [NO_LIMIT if b.family_limit is None else b.family_limit for b in terms.buckets]
        self._cross = [tuple(self.place[name] for name in bucket.cross) for bucket in terms.buckets]
        self._contracted = {tier.code: tier.contracted for tier in terms.tiers}
        closed = terms.oon_pricing is not None and terms.oon_pricing.method is OonMethod.NONE
        self._rules = {
            (rule.category, rule.tier): made_ready(rule, self.place)
            for rule in terms.rules
            if not (closed and not self._contracted[rule.tier])
        }
        for code, parent in terms.follows:
            for tier in self._contracted:
                if (parent, tier) in self._rules:
                    self._rules.setdefault((code, tier), self._rules[parent, tier])

    def rule_for(self, category: str, tier: str, *, protected: bool = False) -> CostSharingRule | None:
        """The rule a line falls under; None where the plan has none, so that nothing is covered."""
        ready = self._rules.get((category, self.terms.nsa_tier if protected else tier))
        return ready.rule if ready else None

    def new_state(self) -> State:
        """Running totals at the start of a period."""
        return State(len(self.names))

    def remaining(self, state: State, bucket: str, person: str) -> Cents | None:
        """What is left of a bucket for a person; None where nothing limits it."""
        place = self.place[bucket]
        own = state.own_totals(person)
        room = max(0, min(self._own[place] - own[place], self._family[place] - state.family[place]))
        return None if room >= NO_LIMIT // 2 else room

    def post(self, bucket: str, cents: Cents, person: str, state: State) -> list[Credit]:
        """Add what an EOB states to a bucket, and as far as there is room to those it also credits."""
        credits: list[Credit] = []
        self._post(self.place[bucket], cents, state.own_totals(person), state.family, credits)
        return credits

    def adjudicate(self, claim: ClaimInput, state: State) -> ClaimResult:
        """Work a claim's lines in order and add what they use to `state`.

        Raises UserProblem, with `state` as it was, for a line that cannot be priced.
        """
        outside = self._outside(claim)
        prices = [self._allowed(line, outside) for line in claim.lines]
        person = claim.person
        own = state.own_totals(person)
        family = state.family
        own_limits, family_limits = self._own, self._family
        copay_used: dict[int, Cents] = {}  # by the rule's id, in this claim
        counted: list[str] = []
        paid_toward: list[tuple[str, Cents]] = []
        results: list[LineResult] = []
        for line, (ready, outcome, allowed, counts) in zip(claim.lines, prices, strict=True):
            billed, category = line.billed, line.category
            tier = self.terms.nsa_tier if line.protected else line.tier
            visit = 0
            if ready is not None and ready.visit_limit is not None and not outcome:
                category = ready.rule.category  # a sub-category counts where its rule does
                if category not in counted:
                    visit = state.visits.get((category, person), 0) + 1
                    if visit > ready.visit_limit:
                        outcome = Outcome.VISITS_USED_UP
                category = line.category
            if outcome or ready is None:
                results.append(_unpriced(line, tier, outcome, ready, visit))
                continue
            (
                rule, ded_at, oop_at, credit_at, copay_each, copay_first, scope, max_units,
                rate, least, most, waived, _visit_limit, dollar_max, penalty_most,
            ) = ready  # fmt: skip
            if visit:
                state.visits[rule.category, person] = visit
                counted.append(rule.category)
            excess = billed - allowed
            write_off, balance = (
                (excess, 0) if line.protected or self._contracted[line.tier] else (0, excess)
            )

            # The copay there is to pay, and the deductible still open.
            full = available = 0
            if copay_each:
                full = copay_each
                if scope == PER_DAY:
                    full *= claim.units if claim.units < max_units else max_units
                elif scope == PER_FILL:
                    full *= claim.units
                if waived and claim.admitted:
                    full = 0
                available = full
                if scope != PER_LINE and copay_used:
                    available = max(0, full - copay_used.get(id(rule), 0))
            ded_own = ded_family = room = 0
            if ded_at >= 0:
                ded_own, ded_family = own[ded_at], family[ded_at]
                room = own_limits[ded_at] - ded_own
                shared = family_limits[ded_at] - ded_family
                if shared < room:
                    room = shared
                if room < 0:
                    room = 0

            # Deductible, copay, coinsurance in the order of the rule.
            rest = allowed
            if copay_first:
                copay = available if available < rest else rest
                rest -= copay
                deductible = room if room < rest else rest
                rest -= deductible
            else:
                deductible = room if room < rest else rest
                rest -= deductible
                copay = available if available < rest else rest
                rest -= copay
            if copay:
                copay_used[id(rule)] = copay_used.get(id(rule), 0) + copay
            coinsurance = 0
            if rate:
                coinsurance = (rest * rate + 5000) // 10000
                if coinsurance < least:
                    coinsurance = least
                if coinsurance > most:
                    coinsurance = most
                if coinsurance > rest:
                    coinsurance = rest
            ded_taken, copay_taken, coins_taken = deductible, copay, coinsurance
            share = deductible + copay + coinsurance

            # The out-of-pocket maximum takes back in reverse order of application.
            oop_own = oop_family = 0
            if oop_at >= 0:
                oop_own, oop_family = own[oop_at], family[oop_at]
                room = own_limits[oop_at] - oop_own
                shared = family_limits[oop_at] - oop_family
                if shared < room:
                    room = shared
                if room < 0:
                    room = 0
                over = share - room
                if over > 0:
                    share = room
                    cut = over if over < coinsurance else coinsurance
                    coinsurance -= cut
                    over -= cut
                    if copay_first:
                        cut = over if over < deductible else deductible
                        deductible -= cut
                        copay -= over - cut
                    else:
                        cut = over if over < copay else copay
                        copay -= cut
                        deductible -= over - cut

            # What the plan pays is what is left, less its dollar maximum and a penalty.
            plan_paid = allowed - share
            not_covered = penalty = before_dollars = 0
            if dollar_max is not None:
                key = (rule.category, person)
                before_dollars = state.dollars.get(key, 0)
                not_covered = max(0, plan_paid - max(0, dollar_max - before_dollars))
                plan_paid -= not_covered
            if line.missed_authorization and penalty_most:
                penalty = penalty_most if penalty_most < plan_paid else plan_paid
                plan_paid -= penalty
            if dollar_max is not None and plan_paid:
                state.dollars[key] = before_dollars + plan_paid
                paid_toward.append((rule.category, plan_paid))

            # Post. Assistance that does not count leaves only the member's own cash.
            to_oop, to_deductible = share, deductible
            assistance = line.assistance
            if assistance and not counts:
                to_oop = share - assistance if share > assistance else 0
                to_deductible = to_oop if to_oop < deductible else deductible
            credits: list[Credit] = []
            if ded_at >= 0 and to_deductible:
                self._post(ded_at, to_deductible, own, family, credits)
            if credit_at >= 0 and copay:
                left = min(
                    own_limits[credit_at] - own[credit_at], family_limits[credit_at] - family[credit_at]
                )
                if left > 0:
                    self._post(credit_at, copay if copay < left else left, own, family, credits)
            if oop_at >= 0 and to_oop:
                self._post(oop_at, to_oop, own, family, credits)

            owes = share + not_covered + penalty + balance
            results.append(
                _make(
                    LineResult,
                    (
                        category, tier, billed, allowed, write_off, balance, not_covered, penalty,
                        deductible, copay, coinsurance, plan_paid, assistance, owes,
                        owes - assistance if owes > assistance else 0,
                        Outcome.COVERED, rule, tuple(credits),
                        _make(
                            Trace,
                            (
                                ded_own, ded_family, full, available, ded_taken, copay_taken,
                                rest, coins_taken, oop_own, oop_family, visit, before_dollars,
                                not_covered,
                            ),
                        ),
                    ),
                )
            )  # fmt: skip
        return ClaimResult(claim, tuple(results), tuple(counted), tuple(paid_toward))

    def _post(
        self, place: int, cents: Cents, own: list[Cents], family: list[Cents], credits: list[Credit]
    ) -> None:
        """Add to a bucket, and as far as there is room to those it also credits (1.8)."""
        own[place] += cents
        family[place] += cents
        credits.append(_make(Credit, (self.names[place], cents, own[place], family[place], False)))
        for other in self._cross[place]:
            room = min(self._own[other] - own[other], self._family[other] - family[other], cents)
            if room > 0:
                own[other] += room
                family[other] += room
                credits.append(_make(Credit, (self.names[other], room, own[other], family[other], True)))

    def _outside(self, claim: ClaimInput) -> Outcome:
        """Whether the day of care lies before or after the plan (step 1)."""
        day = claim.service_on
        if day is None:
            return Outcome.COVERED
        if self.terms.begins_on is not None and day < self.terms.begins_on:
            return Outcome.BEFORE_PLAN
        if self.terms.ends_on is not None and day > self.terms.ends_on:
            return Outcome.AFTER_PLAN
        return Outcome.COVERED

    def _allowed(self, line: ClaimLine, outside: Outcome) -> tuple[ReadyRule | None, Outcome, Cents, bool]:
        """A line's rule, why it is not priced (if so), its price, and whether assistance counts."""
        tier = self.terms.nsa_tier if line.protected else line.tier
        if line.tier not in self._contracted:
            raise UserProblem(
                f"{self.terms.name} has no network tier {line.tier}.",
                f"Use one of {', '.join(self._contracted)}.",
                field="tier",
            )
        ready = self._rules.get((line.category, tier))
        if outside:
            return ready, outside, 0, True
        if line.denial is not None:
            provider = line.denial is Denial.PROVIDER
            return ready, Outcome.DENIED_PROVIDER if provider else Outcome.DENIED_MEMBER, 0, True
        if ready is None:
            return None, Outcome.NO_RULE, 0, True
        if not ready.rule.covered:
            return ready, Outcome.NOT_COVERED, 0, True
        allowed = line.allowed
        if allowed is None:
            allowed = self._by_method(line)
        elif allowed > line.billed:
            allowed = line.billed
        counts = line.assistance_counts
        if counts is None:
            counts = not line.assistance or self._assistance_counts(line)
        return ready, Outcome.COVERED, allowed, counts

    def _by_method(self, line: ClaimLine) -> Cents:
        """The allowed amount where nobody stated it: by the plan's method out of network, else asked."""
        pricing = self.terms.oon_pricing
        if pricing is not None and not line.protected and not self._contracted[line.tier]:
            allowed = allowed_out_of_network(pricing, line.billed, line.oon_figure)
            if allowed is not None:
                return allowed
        raise UserProblem(
            f"What the plan allows for {line.category} is not known.",
            "Type the allowed amount from an EOB or an estimate of the provider.",
            field="allowed",
        )

    def _assistance_counts(self, line: ClaimLine) -> bool:
        if self.terms.assistance is Assistance.ASK:
            raise UserProblem(
                f"Whether {self.terms.name} counts copay assistance for {line.category} is not known.",
                "Ask the plan and say so in its terms or on the claim, or look at both results.",
                field="assistance_counts",
            )
        return self.terms.assistance is Assistance.COUNTED


def _unpriced(
    line: ClaimLine, tier: str, outcome: Outcome, ready: ReadyRule | None, visit: int
) -> LineResult:
    """A line that no rule prices: all of it is written off, or all of it is the member's."""
    provider = outcome is Outcome.DENIED_PROVIDER
    owes = 0 if provider else line.billed
    return LineResult(
        line.category, tier, line.billed, 0, line.billed - owes, 0, owes, 0,
        0, 0, 0, 0, 0, owes, owes,
        outcome, ready.rule if ready else None, (), _NOTHING._replace(visit=visit) if visit else _NOTHING,
    )  # fmt: skip
