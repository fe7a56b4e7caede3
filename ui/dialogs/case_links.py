"""What a case hangs on: what can be chosen, what follows from it, and what the law says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.dates import day_text
from tracker.domain.claims.estimate_threshold import estimate_excess
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.verdict import eob_owes
from tracker.facts import Bill, Case, CaseKind, Claim, Deadline, Plan, PlanKind, Visit
from tracker.money import Cents
from ui.models.call_facts import Linked, linkable
from ui.models.coverage_words import short

LINKS_TO = {
    CaseKind.DISPUTE: (Bill, Claim),
    CaseKind.APPEAL: (Claim, Bill),
    CaseKind.ESTIMATE_DISPUTE: (Bill,),
    CaseKind.REIMBURSEMENT: (Bill, Claim, Visit),
    CaseKind.COVERAGE_CHECK: (Visit, Claim),
}


@dataclass(frozen=True, slots=True)
class CaseLink:
    """What a case hangs on."""

    claim: Claim | None = None
    bill: Bill | None = None
    visit: Visit | None = None


def links_for(papers: Papers, kind: CaseKind) -> list[Linked]:
    """What a case of a kind can hang on, the latest first."""
    kinds = LINKS_TO.get(kind, ())
    found = linkable(papers) if kinds else []
    return [item for item in found if isinstance(item.bill or item.claim or item.visit, kinds)]


def place_of(links: Sequence[Linked], case: Case) -> int | None:
    """Where in the list stands what a case hangs on; its bill before its EOB."""
    return next(
        (
            place
            for place, item in enumerate(links)
            if (item.bill is not None and item.bill.id == case.bill_id)
            or (item.claim is not None and item.claim.id == case.claim_id and case.bill_id is None)
            or (item.visit is not None and item.visit.id == case.visit_id)
        ),
        None,
    )


def link_of(papers: Papers, chosen: Linked, case: Case) -> CaseLink:
    """What is chosen with what belongs to it: the EOB of a bill, the bill that the case names."""
    if chosen.bill is not None:
        claims = papers.claims_of(chosen.bill)
        wanted = next((one for one in claims if one.id == case.claim_id), None)
        return CaseLink(wanted or next(iter(claims), None), chosen.bill)
    if chosen.claim is not None:
        bills = papers.bills_of(chosen.claim)
        return CaseLink(chosen.claim, next((one for one in bills if one.id == case.bill_id), None))
    return CaseLink(visit=chosen.visit)


def stake_of(papers: Papers, kind: CaseKind, link: CaseLink) -> Cents | None:
    """What hangs on it: what a bill asks too much, or what a denied claim leaves to you."""
    if kind not in (CaseKind.DISPUTE, CaseKind.APPEAL, CaseKind.ESTIMATE_DISPUTE):
        return None
    if link.bill is not None:
        if kind is CaseKind.ESTIMATE_DISPUTE:
            estimate = link.bill.estimate
            return None if estimate is None else max(0, (charge_of(link) or 0) - estimate) or None
        found = papers.verdicts[link.bill.id or 0]
        return found.over or found.refund or None
    owed = eob_owes(link.claim) if link.claim else None
    return owed if owed and kind is CaseKind.APPEAL else None


def sentences(papers: Papers, kind: CaseKind, link: CaseLink, plan: Plan | None) -> list[str]:
    """What to know of a case of a kind before it is opened."""
    if kind is CaseKind.ESTIMATE_DISPUTE:
        if link.bill is None:
            return ["Choose the bill. It must be $400 or more above its good-faith estimate."]
        if link.bill.estimate is None:
            return ["The bill has no good-faith estimate yet; enter it with the bill."]
        sent = bool(papers.claims_of(link.bill)) and not link.bill.self_pay
        found = estimate_excess(link.bill.estimate, charge_of(link) or 0, sent_to_insurance=sent)
        return [found.words]
    if kind is CaseKind.REFERRAL and plan is not None and plan.kind in (PlanKind.HMO, PlanKind.POS):
        return [f"{short(plan.name)} is a plan of the kind that wants a referral."]
    return ["An authorization is no promise of payment."] if kind is CaseKind.AUTHORIZATION else []


def charge_of(link: CaseLink) -> Cents | None:
    """What the care was charged: the bill's whole charge, else what it asked, else what the EOB says."""
    if link.bill is not None and link.bill.statements:
        charges = [each.charges for each in link.bill.statements if each.charges is not None]
        return charges[-1] if charges else max(each.amount for each in link.bill.statements)
    return link.claim.billed if link.claim else None


def days_words(days: tuple[Deadline, ...]) -> str:
    """What will be put down, before it is: `Days by the rules: Internal appeal by May 21, 2027.`"""
    said = [
        f"{each.label} by {day_text(each.do_by)}"
        + (f" (last day {day_text(each.last_day)})" if each.last_day not in (None, each.do_by) else "")
        for each in days
        if each.last_day is not None
    ]
    return f"Days by the rules, yours to change: {'; '.join(said)}." if said else ""
