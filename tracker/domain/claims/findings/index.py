"""The papers arranged so that the view of each claim, bill and visit is found without searching."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from tracker.domain.claims.expected import expected_in_network
from tracker.domain.claims.findings.care import EOB_DAYS, NEAR_DAYS, ORDER_DAYS
from tracker.domain.claims.findings.network import worth_asking
from tracker.domain.claims.findings.reading import all_codes, is_protected
from tracker.domain.claims.findings.views import (
    AboutBill,
    AboutClaim,
    AboutLedger,
    AboutVisit,
    Beside,
    Logged,
    PaysFirst,
)
from tracker.domain.claims.papers import Papers
from tracker.domain.coverage.adjudicate import Adjudicator
from tracker.domain.coverage.estimate_order import order_of
from tracker.domain.coverage.estimate_question import Known
from tracker.domain.coverage.plan_terms import terms_of
from tracker.domain.coverage.plan_year import PlanYear, tier_of
from tracker.domain.membership.agreement import is_over
from tracker.domain.membership.included_care import Includes
from tracker.facts import (
    Bill,
    Case,
    CaseKind,
    CaseOutcome,
    Claim,
    CostSharingRule,
    Membership,
    NetworkCheck,
    Plan,
    PlanKind,
    Visit,
)
from tracker.facts.prescriptions import Drug
from tracker.money import Cents

_PERMITS = (CaseKind.AUTHORIZATION, CaseKind.REFERRAL)
_DISPUTES = (CaseKind.DISPUTE, CaseKind.APPEAL, CaseKind.ESTIMATE_DISPUTE)


class Index:
    """Views of one set of papers. Made once a run; nothing in it is changed after."""

    def __init__(self, papers: Papers) -> None:
        self.papers = papers
        self._place = _places(papers)
        self._people = {person.id for person in papers.people}
        self._drug_codes = {code for code, known in papers.categories.items() if known.drug}
        self._year: dict[int, PlanYear] = {}
        self._engine: dict[int, Adjudicator | None] = {}
        for year in papers.years:
            works = year.plan.kind is not PlanKind.OTHER and bool(year.terms.rules)
            self._engine[id(year)] = Adjudicator(year.terms) if works else None
            for claim in year.claims:
                self._year[claim.id or 0] = year
        self._plans = {plan.id: plan for plan in papers.plans}
        self._covering: dict[tuple[int, date], tuple[Plan, ...]] = {}
        self._claim_places: dict[int, frozenset[int]] = {}
        self._by_day: dict[tuple[int, date], list[Claim]] = defaultdict(list)
        for claim in papers.in_force:
            for day in _days_of(claim):
                self._by_day[claim.person_id, day].append(claim)
        self._bills: dict[tuple[int, int, date], list[Bill]] = defaultdict(list)
        for bill in papers.bills:
            key = (bill.person_id, self._at(bill.provider_id), bill.service_from)
            self._bills[key].append(bill)
        self._log_days: dict[int, list[date]] = {}
        self._log: dict[int, list[Logged]] = {}
        self._keep_log()
        self._checks: dict[tuple[int, int], list[NetworkCheck]] = defaultdict(list)
        for check in sorted(papers.checks, key=lambda one: (one.checked_on, one.id or 0)):
            self._checks[check.plan_id, self._at(check.provider_id)].append(check)
        self._permits: dict[int | None, list[Case]] = defaultdict(list)
        self._disputes: dict[tuple[str, int], list[Case]] = defaultdict(list)
        for case in papers.cases:
            if case.kind in _PERMITS and case.authorization is not None:
                self._permits[case.person_id].append(case)
            if case.kind in _DISPUTES and case.outcome is CaseOutcome.OPEN:
                if case.bill_id is not None:
                    self._disputes["bill", case.bill_id].append(case)
                elif case.claim_id is not None:
                    self._disputes["claim", case.claim_id].append(case)
        self._in_network: dict[int, dict[int, Cents | None]] = {}

    # views -----------------------------------------------------------------------------

    def ledger(self, papers: Papers) -> AboutLedger:
        practices = dict.fromkeys(held.practice_id for held in papers.memberships)
        names = tuple((number, papers.provider_name(number)) for number in practices)
        return AboutLedger(papers.memberships, papers.membership_payments, names, papers.today)

    def claim(self, claim: Claim) -> AboutClaim:
        papers, number = self.papers, claim.id or 0
        year = self._year.get(number)
        plan = year.plan if year else self._plans.get(claim.plan_id)
        places = self._places_of(claim)
        held = self._membership(claim.person_id, claim.service_from, places)
        return AboutClaim(
            claim,
            papers.expected.get(number),
            self._rules(claim, year),
            papers.providers.get(claim.provider_id),
            places,
            self._beside(claim),
            tuple(papers.bills_of(claim)),
            tuple(papers.visits_of(claim)),
            self._around(claim.person_id, claim.service_from, claim.service_to),
            plan,
            (*self._permits.get(claim.person_id, ()), *self._permits.get(None, ())),
            self._check(claim, plan),
            self._owed_in_network(claim, year),
            self._pays_first(claim),
            held,
            claim.person_id in self._people,
            papers.categories,
            *self._drugs_of(claim),
            includes=self._includes_of(held),
        )

    def bill(self, bill: Bill) -> AboutBill:
        papers = self.papers
        claims = tuple(papers.claims_of(bill))
        visit = papers.visit_by_id.get(bill.visit_id or 0)
        own = self._bills[bill.person_id, self._at(bill.provider_id), bill.service_from]
        disputes = [
            *self._disputes.get(("bill", bill.id or 0), ()),
            *(case for claim in claims for case in self._disputes.get(("claim", claim.id or 0), ())),
        ]
        places = frozenset((self._at(bill.provider_id),))
        plan_pays = (
            not bill.self_pay
            and not papers.never_counts(bill.category)
            and (visit is None or visit.expects_claim)
            and bool(self._covers(bill.person_id, bill.service_from))
        )
        held = self._membership(bill.person_id, bill.service_from, places)
        return AboutBill(
            bill,
            tuple(papers.paid_on(bill)),
            claims,
            papers.providers.get(bill.provider_id),
            places,
            tuple(other for other in own if other is not bill),
            self._around(bill.person_id, bill.service_from, bill.service_to),
            visit,
            tuple(disputes),
            plan_pays,
            held,
            papers.categories,
            self._includes_of(held),
        )

    def visit(self, visit: Visit) -> AboutVisit:
        papers = self.papers
        linked = papers.claims_of_visit(visit)
        held = {claim.id for claim in linked if claim.id in self._in_force}
        covered = not papers.never_counts(visit.category) and bool(
            self._covers(visit.person_id, visit.visited_on)
        )
        return AboutVisit(
            visit,
            tuple(claim for claim in linked if claim.id in held),
            tuple(claim for claim in linked if claim.id not in held),
            papers.providers.get(visit.provider_id),
            covered,
            (visit.id or 0) in self._self_paid,
            (papers.today - (visit.until or visit.visited_on)).days > EOB_DAYS,
        )

    # parts of views --------------------------------------------------------------------

    def _at(self, provider_id: int) -> int:
        """One id for all providers of an NPI."""
        return self._place.get(provider_id, provider_id)

    def _places_of(self, claim: Claim) -> frozenset[int]:
        number = id(claim)
        found = self._claim_places.get(number)
        if found is None:
            ids = (claim.provider_id, claim.rendering_id, claim.facility_id)
            found = frozenset(self._at(one) for one in ids if one is not None)
            self._claim_places[number] = found
        return found

    def _rules(self, claim: Claim, year: PlanYear | None) -> tuple[CostSharingRule | None, ...]:
        engine = self._engine[id(year)] if year else None
        if engine is None or year is None:
            return (None,) * (len(claim.lines) or 1)
        tier = tier_of(claim, year.terms)
        categories = [line.category or claim.category for line in claim.lines] or [claim.category]
        return tuple(engine.rule_for(one, tier, protected=claim.protected) for one in categories)

    def _drugs_of(self, claim: Claim) -> tuple[tuple[Drug, ...], tuple[tuple[int, str], ...]]:
        """The person's drugs for an EOB of a drug, and who named prices of them."""
        codes = {claim.category, *(line.category for line in claim.lines)}
        if not self.papers.drugs or not codes & self._drug_codes:
            return (), ()
        drugs = tuple(drug for drug in self.papers.drugs if drug.person_id == claim.person_id)
        ids = {price.pharmacy_id for drug in drugs for price in drug.prices if price.pharmacy_id}
        return drugs, tuple((number, self.papers.provider_name(number)) for number in sorted(ids))

    def _beside(self, claim: Claim) -> tuple[Beside, ...]:
        near: dict[int, Claim] = {}
        for day in _days_of(claim):
            for other in self._by_day[claim.person_id, day]:
                if other is not claim:
                    near[id(other)] = other
        return tuple(
            Beside(other, self.papers.providers.get(other.provider_id), self._places_of(other))
            for other in near.values()
        )

    def _keep_log(self) -> None:
        papers = self.papers
        self._in_force = {claim.id for claim in papers.in_force}
        self._self_paid = {bill.visit_id for bill in papers.bills if bill.self_pay}
        by_person: dict[int, list[Visit]] = defaultdict(list)
        for visit in papers.visits:
            by_person[visit.person_id].append(visit)
        for person_id, visits in by_person.items():
            visits.sort(key=lambda one: (one.visited_on, one.id or 0))
            self._log_days[person_id] = [one.visited_on for one in visits]
            self._log[person_id] = [self._logged(one) for one in visits]

    def _logged(self, visit: Visit) -> Logged:
        eobs = tuple(claim.id or 0 for claim in self.papers.claims_of_visit(visit))
        ids = (visit.provider_id, visit.facility_id)
        return Logged(visit, eobs, frozenset(self._at(one) for one in ids if one is not None))

    def _around(self, person_id: int, begin: date, end: date | None) -> tuple[Logged, ...]:
        days = self._log_days.get(person_id)
        if days is None:
            return ()
        first = bisect_left(days, begin - timedelta(days=ORDER_DAYS))
        last = bisect_right(days, (end or begin) + timedelta(days=NEAR_DAYS))
        return tuple(self._log[person_id][first:last])

    def _covers(self, person_id: int, day: date) -> tuple[Plan, ...]:
        """The plans in force for a person on a day; a plan that names nobody covers everybody."""
        found = self._covering.get((person_id, day))
        if found is None:
            found = self._covering[person_id, day] = tuple(
                plan
                for plan in self.papers.plans
                if day in plan.period and (not plan.person_ids or person_id in plan.person_ids)
            )
        return found

    def _check(self, claim: Claim, plan: Plan | None) -> NetworkCheck | None:
        """The newest network check up to the day of care; none where places of the provider differ."""
        if plan is None or not self._checks:
            return None
        made = self._checks.get((plan.id or 0, self._at(claim.provider_id)), ())
        newest: dict[str, NetworkCheck] = {}
        for check in made:
            if check.checked_on <= claim.service_from:
                newest[check.location.strip().casefold()] = check
        if len({check.stands for check in newest.values()}) != 1:
            return None
        return max(newest.values(), key=lambda one: (one.checked_on, one.id or 0))

    def _owed_in_network(self, claim: Claim, year: PlanYear | None) -> Cents | None:
        """What would be owed in network of an EOB that may have been processed wrongly.

        All such EOBs of its plan year are worked in one walk, the first time one is asked about.
        """
        if year is None or not self._may_be_wrong(claim, year):
            return None
        found = self._in_network.get(id(year))
        if found is None:
            asked = frozenset(one.id or 0 for one in year.claims if self._may_be_wrong(one, year))
            answers = expected_in_network(year, asked)
            found = {number: one.owes for number, one in answers.items()}
            self._in_network[id(year)] = found
        return found.get(claim.id or 0)

    def _may_be_wrong(self, claim: Claim, year: PlanYear) -> bool:
        if not worth_asking(claim):
            return False
        return is_protected(claim) or self._check(claim, year.plan) is not None

    def _pays_first(self, claim: Claim) -> PaysFirst | None:
        """Who pays first of a person's plans, where an EOB says that it is another one."""
        if "22" not in all_codes(claim):
            return None
        plans = self._covers(claim.person_id, claim.service_from)
        known = Known(today=self.papers.today, people=self.papers.people)
        years = [PlanYear(plan, plan.period, terms_of(plan)) for plan in plans]
        order = order_of(years, claim.person_id, known)
        if not order.years or not order.decided:
            return None
        return PaysFirst(order.years[0].plan.id, order.rules[0] if order.rules else "", len(plans) - 1)

    def _membership(self, person_id: int, day: date, places: frozenset[int]) -> Membership | None:
        """The agreement in force that day with the practice that gave the care, for that person."""
        for held in self.papers.memberships:
            if self._at(held.practice_id) not in places or day < held.begins_on:
                continue
            if is_over(held, day):
                continue
            if not held.person_ids or person_id in held.person_ids:
                return held
        return None

    def _includes_of(self, held: Membership | None) -> Includes | None:
        """What the agreement's own matrix says; None where it has none."""
        if held is None:
            return None
        return next((item for item in self.papers.includes if item.membership_id == held.id), None)


def _places(papers: Papers) -> dict[int, int]:
    """Each provider's id, or the first id among those of its NPI."""
    first: dict[str, int] = {}
    found: dict[int, int] = {}
    for number in sorted(papers.providers):
        npi = papers.providers[number].npi.strip()
        found[number] = first.setdefault(npi, number) if npi else number
    return found


def _days_of(claim: Claim) -> Sequence[date]:
    """The first day of care and the days of the lines, each once."""
    days = {claim.service_from}
    for line in claim.lines:
        if line.service_on is not None:
            days.add(line.service_on)
    return sorted(days) if len(days) > 1 else (claim.service_from,)
