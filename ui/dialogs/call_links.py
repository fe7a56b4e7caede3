"""What a call belongs to: proposed for a new one, and tied to what is chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.facts import Bill, Call, Case, CaseKind, Claim, Topic
from ui.models.call_facts import Linked

TOPIC_OF = {
    CaseKind.DISPUTE: Topic.BILLING,
    CaseKind.APPEAL: Topic.APPEAL,
    CaseKind.ESTIMATE_DISPUTE: Topic.BILLING,
    CaseKind.REIMBURSEMENT: Topic.CLAIM,
    CaseKind.AUTHORIZATION: Topic.AUTHORIZATION,
    CaseKind.REFERRAL: Topic.AUTHORIZATION,
    CaseKind.COVERAGE_CHECK: Topic.VERIFICATION,
    CaseKind.APPOINTMENT: Topic.VERIFICATION,
}
"""What a call about a case of a kind is usually about."""


def new_call(today: date, case: Case | None, claim: Claim | None, bill: Bill | None) -> Call:
    """A call that belongs to what was given; whom to call is proposed where it is clear."""
    topic = TOPIC_OF[case.kind] if case else Topic.BILLING if bill else Topic.CLAIM
    provider = bill.provider_id if bill else case.provider_id if case else None
    return Call(
        called_on=today,
        provider_id=provider,
        topic=topic if case or claim or bill else Topic.OTHER,
        about=case.title if case else "",
        case_id=case.id if case else None,
        claim_id=claim.id if claim else case.claim_id if case else None,
        bill_id=bill.id if bill else case.bill_id if case else None,
        visit_id=case.visit_id if case else None,
        plan_id=case.plan_id if case else None,
    )


def is_linked(item: Linked, call: Call) -> bool:
    """Whether a call belongs to something; the nearest to a case comes first in the list."""
    if item.case is not None:
        return item.case.id == call.case_id
    if call.case_id is not None:
        return False
    if item.bill is not None:
        return item.bill.id == call.bill_id
    if item.claim is not None:
        return item.claim.id == call.claim_id
    if item.visit is not None:
        return item.visit.id == call.visit_id
    return item.plan_id is not None and item.plan_id == call.plan_id


def with_link(call: Call, linked: Linked) -> Call:
    """The call tied to what was chosen, and to what a case hangs on."""
    if is_linked(linked, call) and linked.words:
        return call
    case = linked.case
    return replace(
        call,
        case_id=case.id if case else None,
        claim_id=linked.claim.id if linked.claim else case.claim_id if case else None,
        bill_id=linked.bill.id if linked.bill else case.bill_id if case else None,
        visit_id=linked.visit.id if linked.visit else case.visit_id if case else None,
        plan_id=linked.plan_id or (case.plan_id if case else None),
    )
