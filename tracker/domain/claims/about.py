"""What a case, an EOB or a bill is about: everything of the papers that belongs to it, put together.

Letters, the sheet before a call and packets are all written from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.domain.claims.expected import Expected
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.verdict import Paid, Verdict, verdict
from tracker.domain.coverage.periods import plan_for
from tracker.facts import (
    Bill,
    Call,
    Case,
    CaseKind,
    CaseOutcome,
    Claim,
    Membership,
    Payment,
    Person,
    Plan,
    Provider,
    ServiceCategory,
    Visit,
)


@dataclass(frozen=True, kw_only=True)
class About:
    """One matter with its papers, each oldest first.

    `claims` are the EOBs that hold and the claims that nobody decided yet; `versions` are all their
    versions. `owner` writes the letters, `person` received the care. `paid`, `verdicts` and `expected`
    go by the ids of bills and claims. What is not known is None or empty.
    """

    today: date
    case: Case | None = None
    claims: tuple[Claim, ...] = ()
    versions: tuple[Claim, ...] = ()
    bills: tuple[Bill, ...] = ()
    visits: tuple[Visit, ...] = ()
    calls: tuple[Call, ...] = ()
    paid: Mapping[int, Paid] = field(default_factory=dict)
    verdicts: Mapping[int, Verdict] = field(default_factory=dict)
    expected: Mapping[int, Expected] = field(default_factory=dict)
    providers: Mapping[int, Provider] = field(default_factory=dict)
    categories: Mapping[str, ServiceCategory] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    owner: Person | None = None
    person: Person | None = None
    provider: Provider | None = None
    practice: Provider | None = None
    insurer: Provider | None = None
    plan: Plan | None = None
    membership: Membership | None = None
    membership_payments: tuple[Payment, ...] = ()

    @property
    def claim(self) -> Claim | None:
        """The EOB it is mainly about."""
        wanted = self.case.claim_id if self.case else None
        return next((item for item in self.claims if item.id == wanted), next(iter(self.claims), None))

    @property
    def bill(self) -> Bill | None:
        """The bill it is mainly about."""
        wanted = self.case.bill_id if self.case else None
        return next((item for item in self.bills if item.id == wanted), next(iter(self.bills), None))

    @property
    def visit(self) -> Visit | None:
        return next(iter(self.visits), None)

    @property
    def verdict(self) -> Verdict | None:
        """What to do about the bill."""
        return self.verdicts.get(self.bill.id or 0) if self.bill else None

    def name_of(self, provider_id: int | None) -> str:
        """A provider's name, empty where it is not known."""
        found = self.providers.get(provider_id or 0)
        return found.name if found else ""


def about(
    papers: Papers, *, case: Case | None = None, claim: Claim | None = None, bill: Bill | None = None
) -> About:
    """Gather what belongs to a case, an EOB or a bill; for the last two the open case about them too."""
    if case is None:
        case = _case_about(papers, *_with_matches(papers, *_seeds(papers, None, claim, bill)))
    claims, bills = _seeds(papers, case, claim, bill)
    tied = {one.id for one in bills} if claims and bills else set()
    claims, bills = _with_matches(papers, claims, bills)
    visits = _visits(papers, case, claims, bills)
    held = case or _nothing(papers.today)
    main_claim, main_bill = next(iter(claims), None), next(iter(bills), None)
    person_id = _first(
        held.person_id,
        main_bill.person_id if main_bill else None,
        main_claim.person_id if main_claim else None,
        visits[0].person_id if visits else None,
    )
    provider_id = _first(
        held.provider_id,
        main_bill.provider_id if main_bill else None,
        main_claim.provider_id if main_claim else None,
        visits[0].provider_id if visits else None,
    )
    day = _day(papers.today, main_claim, main_bill, visits)
    plan = _plan(papers, held, main_claim, person_id, day)
    membership = _membership(papers, person_id, day)
    versions = [each for item in claims for each in papers.versions_of(item)]
    return About(
        today=papers.today,
        case=case,
        claims=tuple(claims),
        versions=tuple(sorted(versions, key=lambda item: (_decided(item), item.id or 0))),
        bills=tuple(bills),
        visits=tuple(visits),
        calls=tuple(_calls(papers, case, claims, bills, visits)),
        paid={item.id or 0: papers.paid_on(item) for item in bills},
        verdicts={
            item.id or 0: _verdict(papers, item, claims if item.id in tied else []) for item in bills
        },
        expected={
            item.id or 0: papers.expected[item.id or 0] for item in claims if item.id in papers.expected
        },
        providers=papers.providers,
        categories=papers.categories,
        people=papers.people,
        owner=min(papers.people, key=lambda person: person.position, default=None),
        person=next((person for person in papers.people if person.id == person_id), None),
        provider=papers.providers.get(provider_id or 0),
        practice=papers.providers.get(membership.practice_id) if membership else None,
        insurer=papers.providers.get(plan.insurer_id or 0) if plan else None,
        plan=plan,
        membership=membership,
        membership_payments=papers.membership_payments,
    )


def _seeds(
    papers: Papers, case: Case | None, claim: Claim | None, bill: Bill | None
) -> tuple[list[Claim], list[Bill]]:
    """What was named, in the newest version of each EOB."""
    claims = [claim] if claim else []
    bills = [bill] if bill else []
    if case is not None:
        if held := papers.claim_by_id.get(case.claim_id or 0):
            claims.append(papers.versions_of(held)[-1])
        if asked := papers.bill_by_id.get(case.bill_id or 0):
            bills.append(asked)
        if case.visit_id is not None:
            claims += [item for item in papers.in_force if case.visit_id in _ids(papers.visits_of(item))]
            bills += [item for item in papers.bills if item.visit_id == case.visit_id]
    return _once(claims), _once(bills)


def _with_matches(papers: Papers, claims: list[Claim], bills: list[Bill]) -> tuple[list[Claim], list[Bill]]:
    """With the bills of the EOBs and the EOBs of the bills, one step far."""
    current = {item.id for item in (*papers.in_force, *papers.open_claims)}
    more_bills = [bill for item in claims if item.id in current for bill in papers.bills_of(item)]
    more_claims = [
        item for bill in bills if bill.id in papers.bill_by_id for item in papers.claims_of(bill)
    ]
    return _once([*claims, *more_claims]), _once([*bills, *more_bills])


def _case_about(papers: Papers, claims: list[Claim], bills: list[Bill]) -> Case | None:
    """The open case about one of these, the latest first."""
    claim_ids, bill_ids = _ids(claims), _ids(bills)
    found = (
        case
        for case in papers.cases
        if case.outcome is CaseOutcome.OPEN and (case.claim_id in claim_ids or case.bill_id in bill_ids)
    )
    return max(found, key=lambda case: (case.opened_on, case.id or 0), default=None)


def _visits(papers: Papers, case: Case | None, claims: list[Claim], bills: list[Bill]) -> list[Visit]:
    named = [case.visit_id if case else None, *(bill.visit_id for bill in bills)]
    named += [claim.visit_id for claim in claims]
    found = [visit for number in named if (visit := papers.visit_by_id.get(number or 0))]
    found += [visit for claim in claims for visit in papers.visits_of(claim)]
    return sorted(_once(found), key=lambda visit: visit.visited_on)


def _calls(
    papers: Papers, case: Case | None, claims: list[Claim], bills: list[Bill], visits: list[Visit]
) -> list[Call]:
    claim_ids, bill_ids, visit_ids = _ids(claims), _ids(bills), _ids(visits)
    case_id = case.id if case else None
    found = [
        call
        for call in papers.calls
        if (case_id is not None and call.case_id == case_id)
        or call.claim_id in claim_ids
        or call.bill_id in bill_ids
        or call.visit_id in visit_ids
    ]
    return sorted(found, key=lambda call: (call.called_on, str(call.began_at or ""), call.id or 0))


def _verdict(papers: Papers, bill: Bill, tied: list[Claim]) -> Verdict:
    """The verdict on a bill; EOBs named together with it hold for it, however well they match."""
    known = papers.verdicts.get(bill.id or 0)
    if known is not None and (known.owed is not None or not tied):
        return known
    return verdict(bill, tied, papers.paid_on(bill), papers.cases, today=papers.today)


def _plan(papers: Papers, case: Case, claim: Claim | None, person_id: int | None, day: date) -> Plan | None:
    named = _first(case.plan_id, claim.plan_id if claim else None)
    found = next((plan for plan in papers.plans if plan.id == named), None) if named else None
    return found or (plan_for(papers.plans, person_id, day) if person_id is not None else None)


def _membership(papers: Papers, person_id: int | None, day: date) -> Membership | None:
    """The membership of that day; else the latest one."""
    held = [one for one in papers.memberships if person_id in one.person_ids or not one.person_ids]
    held = held or list(papers.memberships)
    current = [one for one in held if one.begins_on <= day]
    return max(current or held, key=lambda one: one.begins_on, default=None)


def _day(today: date, claim: Claim | None, bill: Bill | None, visits: list[Visit]) -> date:
    if claim:
        return claim.service_from
    if bill:
        return bill.service_from
    return visits[0].visited_on if visits else today


def _decided(claim: Claim) -> date:
    return claim.processed_on or claim.eob_on or claim.service_from


def _nothing(today: date) -> Case:
    return Case(kind=CaseKind.DISPUTE, title="", opened_on=today)


def _first(*ids: int | None) -> int | None:
    return next((number for number in ids if number is not None), None)


_Fact = Claim | Bill | Visit


def _ids(facts: Iterable[_Fact]) -> set[int | None]:
    return {fact.id for fact in facts if fact.id is not None}


def _once(facts: list) -> list:  # type: ignore[type-arg]
    """Each fact once, in order; those without an id by themselves."""
    return list({fact.id or id(fact): fact for fact in reversed(facts)}.values())[::-1]
