"""All papers together: what the verdicts, findings and lists of Claims are worked out from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from tracker.domain.claims.expected import Expected, expected_by_plan
from tracker.domain.claims.matching import Matches, match
from tracker.domain.claims.verdict import Paid, Verdict, verdict
from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.plan_year import PlanYear, in_force
from tracker.domain.membership.included_care import Includes
from tracker.facts import (
    Bill,
    Call,
    Case,
    Claim,
    ClaimLink,
    ClaimStage,
    Membership,
    NetworkCheck,
    Payment,
    Person,
    Plan,
    Provider,
    ServiceCategory,
    Visit,
)
from tracker.facts.prescriptions import Drug

_NO_EOB_COMES = (ClaimStage.NOT_SUBMITTED, ClaimStage.WITHDRAWN)


@dataclass(frozen=True)
class Papers:
    """The facts as they are on a day; everything computed of them is kept once computed.

    `claims` hold all versions with their lines; `years` are the plan years that the claims in force
    fall in. `membership_payments` are the payments of membership fees. `drugs` come with their named
    prices. `includes` are the matrices of the memberships that have one of their own.
    """

    today: date
    claims: tuple[Claim, ...] = ()
    bills: tuple[Bill, ...] = ()
    visits: tuple[Visit, ...] = ()
    paid: Mapping[int, Paid] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    calls: tuple[Call, ...] = ()
    links: tuple[ClaimLink, ...] = ()
    people: tuple[Person, ...] = ()
    providers: Mapping[int, Provider] = field(default_factory=dict)
    plans: tuple[Plan, ...] = ()
    years: tuple[PlanYear, ...] = ()
    memberships: tuple[Membership, ...] = ()
    membership_payments: tuple[Payment, ...] = ()
    checks: tuple[NetworkCheck, ...] = ()
    categories: Mapping[str, ServiceCategory] = field(default_factory=catalogue)
    drugs: tuple[Drug, ...] = ()
    includes: tuple[Includes, ...] = ()

    @cached_property
    def in_force(self) -> tuple[Claim, ...]:
        """The EOBs that hold: decided, not taken back, the last of each chain of corrections."""
        return tuple(in_force(self.claims))

    @cached_property
    def open_claims(self) -> tuple[Claim, ...]:
        """Claims that nobody has decided yet, none of them replaced."""
        replaced = {claim.replaces_id for claim in self.claims if claim.replaces_id is not None}
        held = {claim.id for claim in self.in_force}
        return tuple(
            claim
            for claim in self.claims
            if claim.id not in held and claim.id not in replaced and claim.version != "void"
        )

    @cached_property
    def claim_by_id(self) -> Mapping[int, Claim]:
        return {claim.id or 0: claim for claim in self.claims}

    @cached_property
    def bill_by_id(self) -> Mapping[int, Bill]:
        return {bill.id or 0: bill for bill in self.bills}

    @cached_property
    def visit_by_id(self) -> Mapping[int, Visit]:
        return {visit.id or 0: visit for visit in self.visits}

    @cached_property
    def matches(self) -> Matches:
        """Which EOB, bill and visit belong together."""
        npi = {number: provider.npi for number, provider in self.providers.items() if provider.npi}
        current = [*self.in_force, *self.open_claims]
        return match(current, self.bills, self.visits, self.links, npi)

    @cached_property
    def expected(self) -> Mapping[int, Expected]:
        """What each claim should have cost by its plan, by the claim's id."""
        found: dict[int, Expected] = {}
        for year in self.years:
            found |= expected_by_plan(year)
        return found

    @cached_property
    def verdicts(self) -> Mapping[int, Verdict]:
        """What to do about each bill, by its id."""
        return {bill.id or 0: self._verdict(bill) for bill in self.bills}

    def claims_of(self, bill: Bill) -> list[Claim]:
        """The EOBs that hold for a bill."""
        return [self.claim_by_id[number] for number in self.matches.claims_of_bill(bill.id or 0)]

    def bills_of(self, claim: Claim) -> list[Bill]:
        """The bills that an EOB holds for."""
        return [self.bill_by_id[number] for number in self.matches.bills_of_claim(claim.id or 0)]

    def visits_of(self, claim: Claim) -> list[Visit]:
        """The visits an EOB belongs to."""
        return [self.visit_by_id[number] for number in self._visits_by_claim.get(claim.id or 0, ())]

    def claims_of_visit(self, visit: Visit) -> list[Claim]:
        """The EOBs that belong to a visit."""
        return [self.claim_by_id[number] for number in self._claims_by_visit.get(visit.id or 0, ())]

    @cached_property
    def _visits_by_claim(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = {}
        for match_ in self.matches.visits:
            found.setdefault(match_.claim_id, []).append(match_.other_id)
        return found

    @cached_property
    def _claims_by_visit(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = {}
        for match_ in self.matches.visits:
            found.setdefault(match_.other_id, []).append(match_.claim_id)
        return found

    def paid_on(self, bill: Bill) -> Paid:
        return self.paid.get(bill.id or 0, ())

    def never_counts(self, category: str) -> bool:
        """Whether no health plan pays for a kind of care (rulebook 1.11)."""
        known = self.categories.get(category)
        return known is not None and known.never_covered

    def provider_name(self, provider_id: int | None) -> str:
        found = self.providers.get(provider_id or 0)
        return found.name if found else ""

    def year_of(self, claim: Claim) -> PlanYear | None:
        """The plan year in which a claim counts."""
        return self._year_by_claim.get(claim.id or 0)

    @cached_property
    def _year_by_claim(self) -> Mapping[int, PlanYear]:
        return {claim.id or 0: year for year in reversed(self.years) for claim in year.claims}

    def versions_of(self, claim: Claim) -> Sequence[Claim]:
        """All versions of a claim's EOB, the first one first."""
        chain, seen = [claim], {claim.id}
        while (earlier := self.claim_by_id.get(chain[0].replaces_id or 0)) and earlier.id not in seen:
            chain.insert(0, earlier)
            seen.add(earlier.id)
        while later := next((c for c in self.claims if c.replaces_id == chain[-1].id), None):
            if later.id in seen:
                break
            chain.append(later)
            seen.add(later.id)
        return chain

    def _verdict(self, bill: Bill) -> Verdict:
        claims = self.claims_of(bill)
        visit = self.visit_by_id.get(bill.visit_id or 0)
        plan_pays = not self.never_counts(bill.category) and (visit is None or visit.expects_claim)
        if claims and all(claim.stage in _NO_EOB_COMES for claim in claims):
            plan_pays = False
        return verdict(bill, claims, self.paid_on(bill), self.cases, plan_pays=plan_pays, today=self.today)
