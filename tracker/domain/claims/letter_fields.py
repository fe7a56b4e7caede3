"""The words that letters are filled with: every field from the facts, none guessed (rulebook 3.9).

A field that is not known is empty. Values are inert: one line each (lists have a line for an item),
without marks that would turn the direction of what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import TypeAlias

from tracker.dates import MONTH_NAMES
from tracker.domain.claims import clocks
from tracker.domain.claims.about import About
from tracker.domain.claims.findings.finding import Finding
from tracker.domain.claims.reason_codes import CodeKind, CodeTable, decode
from tracker.domain.claims.verdict import eob_owes
from tracker.domain.membership.agreement import renewal
from tracker.facts import Bill, Case, Claim, ClaimStage, PlanKind, StepOutcome
from tracker.money import Cents, dollars, dollars_or_blank
from tracker.wording import count_of

REPLY_DAYS = 30
"""How long a letter gives for an answer where no law sets a time."""

MOST_CALLS, MOST_LINES = 12, 40
"""More of them would make a letter nobody reads; the rest belongs into the packet."""

Field: TypeAlias = "tuple[str, str]"

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_REFUSED = (
    StepOutcome.DENIED,
    StepOutcome.NEXT_LEVEL,
    StepOutcome.DECIDED_AGAINST,
)


def fields_of(about: About, codes: CodeTable, findings: Sequence[Finding] = ()) -> dict[str, str]:
    """All fields of a matter by name; `findings` are those the letter shall speak of."""
    sources: tuple[Callable[[], Iterator[Field]], ...] = (
        lambda: _who(about),
        lambda: _care(about),
        lambda: _bill(about),
        lambda: _eob(about, codes),
        lambda: _denial(about),
        lambda: _case(about, findings),
        lambda: _membership(about),
    )
    return {name: value for source in sources for name, value in source() if value}


def long_day(day: date | None) -> str:
    """`November 22, 2026`, as letters write it."""
    return f"{MONTH_NAMES[day.month - 1]} {day.day}, {day.year}" if day else ""


def inert(text: str) -> str:
    """What a person typed as one calm line."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def _positive(cents: Cents | None) -> str:
    return dollars(cents) if cents and cents > 0 else ""


# who ---------------------------------------------------------------------------------


def _who(about: About) -> Iterator[Field]:
    yield "today", long_day(about.today)
    yield "reply_by", long_day(about.today + timedelta(days=REPLY_DAYS))
    patient = inert(about.person.name) if about.person else ""
    yield "member_name", inert(about.owner.name) if about.owner else patient
    yield "patient", patient
    yield "birth_date", long_day(about.person.birth_date) if about.person else ""
    numbers = [
        about.claim.member_number if about.claim else "",
        about.plan.member_number if about.plan else "",
    ]
    yield "member_number", next((inert(number) for number in numbers if inert(number)), "")
    plan = inert(about.plan.name) if about.plan else ""
    yield "plan", plan
    yield "insurer", inert(about.insurer.name) if about.insurer else plan
    yield "provider", inert(about.provider.name) if about.provider else ""
    yield "practice", inert(about.practice.name) if about.practice else ""
    yield "physician", inert(about.membership.physician) if about.membership else ""


def _care(about: About) -> Iterator[Field]:
    held = about.claim or about.bill
    if held is not None:
        yield "service_days", _days(held.service_from, held.service_to)
    elif about.visit is not None:
        yield "service_days", _days(about.visit.visited_on, about.visit.until)
    yield "service", _service(about)
    yield "codes", ", ".join(_codes(about))
    yield "lines", "\n".join(_lines(about))


def _days(begin: date, end: date | None) -> str:
    return long_day(begin) if end in (None, begin) else f"{long_day(begin)} to {long_day(end)}"


def _service(about: About) -> str:
    """What was done, in the words of the papers; else the name of its kind."""
    held = [item for item in (about.claim, about.bill, about.visit) if item is not None]
    words = next((inert(item.description) for item in held if inert(item.description)), "")
    if words:
        return words
    wanted = [item.category for item in held]
    if about.case and about.case.authorization:
        wanted.append(about.case.authorization.category)
    found = next((about.categories[code] for code in wanted if code in about.categories), None)
    return inert(found.phrase) if found else ""


def _codes(about: About) -> list[str]:
    """The procedure codes of the papers, each once, in order."""
    held = about.case.authorization.codes.split() if about.case and about.case.authorization else []
    lines = [line.code for line in about.claim.lines] if about.claim else []
    if not any(lines) and about.bill and about.bill.newest:
        lines = [line.code for line in about.bill.newest.lines]
    return [code for code in dict.fromkeys(inert(each) for each in (*held, *lines)) if code]


def _lines(about: About) -> list[str]:
    """The charges one by one, of the bill where it is itemized, else of the EOB."""
    found: list[tuple[date | None, str, str, Cents | None]] = []
    if about.bill and about.bill.newest and about.bill.newest.lines:
        found = [(one.service_on, one.code, one.description, one.amount) for one in about.bill.newest.lines]
    elif about.claim:
        found = [(one.service_on, one.code, one.description, one.billed) for one in about.claim.lines]
    words = [
        "- "
        + ", ".join(
            part for part in (long_day(day), inert(code), inert(text), dollars_or_blank(amount)) if part
        )
        for day, code, text, amount in found
        if inert(code) or inert(text)
    ]
    return _shortened(words, MOST_LINES, "line")


def _shortened(words: list[str], most: int, what: str) -> list[str]:
    left = len(words) - most
    if left <= 0:
        return words
    return [*words[:most], f"- and {left:,} more {what}{'' if left == 1 else 's'} on the enclosed papers"]


# the papers --------------------------------------------------------------------------


def _bill(about: About) -> Iterator[Field]:
    bill, verdict = about.bill, about.verdict
    if bill is None:
        return
    yield "account_number", inert(bill.account_number)
    if bill.newest is not None:
        yield "bill_date", long_day(bill.newest.stated_on)
        yield "bill_asks", dollars(bill.newest.amount)
        first = min(item.stated_on for item in bill.statements)
        yield "first_bill_date", long_day(first)
        yield "dispute_by", long_day(clocks.estimate_dispute(first).do_by)
    if verdict is not None:
        yield "paid", _positive(verdict.paid)
        yield "over", _positive(verdict.over)
        yield "refund", _positive(verdict.refund)
        yield "safe_to_pay", _positive(verdict.pay)
    days = [payment.paid_on for payment, amount in about.paid.get(bill.id or 0, ()) if amount > 0]
    yield "paid_on", long_day(max(days, default=None))
    yield "estimate", dollars_or_blank(bill.estimate)
    yield "estimate_date", long_day(bill.estimate_on)
    if bill.newest is not None:
        yield "bill_total", dollars(charged(bill))
        if bill.estimate is not None:
            yield "estimate_over", _positive(charged(bill) - bill.estimate)


def charged(bill: Bill) -> Cents:
    """The whole of a bill, with what its paper says was already paid; a plan's payment is not in it."""
    newest = bill.newest
    if newest is None:
        return 0
    return newest.charges if newest.charges is not None else newest.amount + (newest.paid_by_you or 0)


def _eob(about: About, codes: CodeTable) -> Iterator[Field]:
    claim = about.claim
    if claim is None:
        return
    yield "claim_number", inert(claim.claim_number)
    yield "eob_date", long_day(claim.eob_on or claim.processed_on)
    yield "billed", dollars_or_blank(claim.billed)
    yield "allowed", dollars_or_blank(claim.allowed)
    yield "plan_paid", dollars_or_blank(claim.plan_paid)
    yield "you_owe", dollars_or_blank(eob_owes(claim))
    yield "reasons", "\n".join(_reasons(claim, codes))
    yield "submitted_on", long_day(claim.submitted_on)
    expected = about.expected.get(claim.id or 0)
    owed = eob_owes(claim)
    if expected is not None and expected.owes is not None:
        yield "expected", dollars(expected.owes)
        if owed is not None:
            yield "expected_less", _positive(owed - expected.owes)


def _reasons(claim: Claim, codes: CodeTable) -> list[str]:
    """The codes of the claim and of its lines with what they mean, in our words."""
    text = "; ".join([claim.reasons, *(line.reasons for line in claim.lines)])
    found = [one for one in decode(text, codes) if one.reason.kind is not CodeKind.TEXT]
    return [f"- {one.code}: {one.words}" if one.known else f"- {one.code}" for one in found]


def is_denied(claim: Claim) -> bool:
    """Whether the plan refused a claim, or a part of it."""
    return claim.stage is ClaimStage.DENIED or bool(claim.not_covered and claim.not_covered > 0)


def _denial(about: About) -> Iterator[Field]:
    claim, plan = about.claim, about.plan
    refused = [step.done_on for step in about.case.steps if step.outcome in _REFUSED] if about.case else []
    if refused:
        final = max(refused)
        yield "final_denial_date", long_day(final)
        yield "review_by", long_day(clocks.external_review(final).do_by)
    if claim is None or not is_denied(claim):
        yield "denial_date", long_day(min(refused, default=None))
        return
    amount = claim.not_covered or claim.billed
    yield "denied", _positive(amount)
    got, letter = claim.got_on, claim.eob_on or claim.processed_on
    yield "denial_date", long_day(letter or got)
    if claim.appeal_by is not None:
        yield "appeal_by", long_day(claim.appeal_by)
    elif letter is not None and plan is not None and plan.kind is PlanKind.MEDICARE:
        yield "appeal_by", long_day(clocks.medicare_redetermination(letter, got).do_by)
    elif got or letter:
        yield "appeal_by", long_day(clocks.internal_appeal(got, letter).do_by)


# what is pursued ---------------------------------------------------------------------


def _case(about: About, findings: Sequence[Finding]) -> Iterator[Field]:
    case = about.case
    yield "finding", " ".join(dict.fromkeys(inert(finding.what) for finding in findings))
    yield "calls", "\n".join(_calls(about))
    yield "at_stake", _positive(case.at_stake) if case else ""
    if case and case.authorization:
        yield "authorization_number", inert(case.authorization.number)
    yield from _submission(about, case)


def _calls(about: About) -> list[str]:
    words = []
    for call in about.calls:
        organisation = about.name_of(call.provider_id)
        parts = [
            f"{inert(organisation)}{', ' if inert(organisation) and inert(call.spoke_with) else ''}"
            f"{inert(call.spoke_with)}",
            f"reference {inert(call.reference)}" if inert(call.reference) else "",
            inert(call.promise or call.said),
        ]
        said = "; ".join(part for part in parts if part)
        words.append(f"- {long_day(call.called_on)}: {said}" if said else f"- {long_day(call.called_on)}")
    left = len(words) - MOST_CALLS
    return words if left <= 0 else [f"- {left:,} earlier calls", *words[left:]]


def _submission(about: About, case: Case | None) -> Iterator[Field]:
    """What a claim sent by the member asks for, and until when it may be sent."""
    sent = case.submission if case else None
    held = about.claim or about.bill
    day = held.service_from if held else (about.visit.visited_on if about.visit else None)
    charge = sent.charge if sent else (about.claim.billed if about.claim else None)
    if charge is None and about.bill and about.bill.newest:
        charge = about.bill.newest.charges or about.bill.newest.amount
    yield "charge", dollars_or_blank(charge)
    if sent and day and 1 <= sent.filing_days <= clocks.LONGEST:
        yield "file_by", long_day(clocks.member_claim(day, sent.filing_days).do_by)


def _membership(about: About) -> Iterator[Field]:
    held = about.membership
    if held is None:
        return
    names = [inert(person.name) for person in about.people if person.id in held.person_ids]
    yield "membership_people", ", ".join(name for name in names if name)
    yield "membership_begins", long_day(held.begins_on)
    yield "notice_days", count_of(held.notice_days, "day")
    yield "ends_after_notice", long_day(about.today + timedelta(days=max(0, held.notice_days)))
    term = renewal(held, about.today)
    if term is not None:
        yield "membership_ends", long_day(term.term_ends_on)
        yield "notice_by", long_day(term.notice_by)
    fees = {fee.id for fee in held.fees}
    paid = [one for one in about.membership_payments if one.recurring_id in fees and one.amount > 0]
    last = max(paid, key=lambda one: one.paid_on, default=None)
    if last is not None:
        yield "fee_paid", dollars(last.amount)
        yield "fee_paid_on", long_day(last.paid_on)
