"""How the clauses of a membership are said on screen (rulebook 6.1)."""

from __future__ import annotations

from tracker.facts import Membership
from tracker.facts.membership import MedicareStatus, MembershipTerms, RefundKind
from tracker.money import dollars
from tracker.wording import count_of
from ui.models.leaving_words import RULES

MEDICARE = {
    MedicareStatus.PARTICIPATING: "Participating",
    MedicareStatus.NON_PARTICIPATING: "Not participating",
    MedicareStatus.OPTED_OUT: "Opted out",
}
MEDICARE_SENTENCES = {
    MedicareStatus.PARTICIPATING: "It takes Medicare's amount as payment in full.",
    MedicareStatus.NON_PARTICIPATING: "It may charge up to 15 % above Medicare's amount.",
    MedicareStatus.OPTED_OUT: "Medicare pays nothing for its care; you pay by private contract.",
}
EVERY = {
    1: "Every month",
    3: "Every three months",
    6: "Twice a year",
    12: "Once a year",
}


def terms_facts(membership: Membership) -> list[tuple[str, str]]:
    """The clauses by name; what was not said is empty."""
    terms = membership.terms
    return [
        ("Refund", refund_words(terms)),
        ("Notice takes effect", "At the end of the month" if terms.to_month_end else ""),
        ("Renewal clause", terms.renewal_clause),
        ("Other price", offer_words(terms)),
        ("Paid by", terms.payment_method),
        ("Late fee", dollars(terms.late_fee) if terms.late_fee is not None else ""),
        ("Promised", promise_words(terms)),
        ("How to reach it", terms.contacts),
        ("Insurance", _billing_words(terms)),
        ("Networks", terms.networks),
        ("Medicare", _medicare_words(terms)),
    ]


def refund_words(terms: MembershipTerms) -> str:
    """`By the day, less services used and $100.00`."""
    if terms.refund_kind is None:
        return ""
    said = RULES[terms.refund_kind]
    if terms.refund_kind is RefundKind.TRIAL and terms.trial_days:
        said += f" of {terms.trial_days} days"
    if terms.refund_kind is RefundKind.NONE:
        return said
    less = ["services used at list price"] if terms.claw_back else []
    if terms.cancellation_fee:
        less.append(f"a fee of {dollars(terms.cancellation_fee)}")
    return f"{said}, less {' and '.join(less)}" if less else said


def offer_words(terms: MembershipTerms) -> str:
    """`$3,300.00 once a year`."""
    if terms.offer_amount is None or terms.offer_months is None:
        return ""
    every = EVERY.get(terms.offer_months, f"every {terms.offer_months} months")
    return f"{dollars(terms.offer_amount)} {every[:1].lower()}{every[1:]}"


def promise_words(terms: MembershipTerms) -> str:
    """`A visit within 24 hours, an answer within 4 hours, 30 minutes a visit`."""
    said = []
    if terms.promised_hours is not None:
        said.append(f"a visit within {count_of(terms.promised_hours, 'hour')}")
    if terms.reply_hours is not None:
        said.append(f"an answer within {count_of(terms.reply_hours, 'hour')}")
    if terms.promised_minutes is not None:
        said.append(f"{count_of(terms.promised_minutes, 'minute')} a visit")
    words = ", ".join(said)
    return f"{words[:1].upper()}{words[1:]}"


def _billing_words(terms: MembershipTerms) -> str:
    said = []
    if terms.bills_insurance is not None:
        said.append(
            "Covered visits go to your plan" if terms.bills_insurance else "No visit goes to your plan"
        )
    if terms.bills_visits is not None:
        said.append("a visit costs a fee of its own" if terms.bills_visits else "no fee for a visit")
    words = "; ".join(said)
    return f"{words[:1].upper()}{words[1:]}"


def _medicare_words(terms: MembershipTerms) -> str:
    if terms.medicare is None:
        return ""
    return f"{MEDICARE[terms.medicare]}. {MEDICARE_SENTENCES[terms.medicare]}"
