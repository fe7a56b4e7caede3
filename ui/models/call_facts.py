"""What to have at hand before and during a call: numbers, dates, amounts, what was said last time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.dates import day_text
from tracker.domain.claims.about import About
from tracker.domain.claims.authorizations import STANDS_WORDS
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.verdict import eob_owes
from tracker.facts import Bill, Call, Case, Claim, Provider, Topic, Visit
from tracker.money import dollars, dollars_or_blank
from ui.models.coverage_words import short

TOPICS = {
    Topic.VERIFICATION: "Coverage check",
    Topic.CLAIM: "Claim",
    Topic.BILLING: "Bill",
    Topic.AUTHORIZATION: "Prior authorization",
    Topic.APPEAL: "Appeal",
    Topic.OTHER: "Something else",
}
MOST_CALLS = 4


@dataclass(frozen=True, slots=True)
class Linked:
    """One thing a call can hang on, as it stands in the list."""

    words: str
    case: Case | None = None
    claim: Claim | None = None
    bill: Bill | None = None
    visit: Visit | None = None
    plan_id: int | None = None


def linkable(papers: Papers) -> list[Linked]:
    """Everything a call can be about: open cases first, then bills, EOBs, visits and plans, the latest
    first."""
    named = papers.provider_name
    found = [
        Linked(f"Case: {short(case.title, 60)} ({day_text(case.opened_on)})", case=case)
        for case in sorted(papers.cases, key=lambda case: case.closed_on is not None)
    ]
    found += [
        Linked(
            f"Bill: {short(named(bill.provider_id), 40)}, {dollars(bill.asks)},"
            f" {day_text(bill.service_from)}",
            bill=bill,
        )
        for bill in papers.bills
    ]
    found += [
        Linked(
            f"EOB: {short(named(claim.provider_id), 40)}, {day_text(claim.service_from)}"
            + (f", {claim.claim_number}" if claim.claim_number else ""),
            claim=claim,
        )
        for claim in sorted(
            (*papers.in_force, *papers.open_claims), key=lambda claim: claim.service_from, reverse=True
        )
    ]
    found += [
        Linked(f"Visit: {short(named(visit.provider_id), 40)}, {day_text(visit.visited_on)}", visit=visit)
        for visit in papers.visits
    ]
    found += [Linked(f"Plan: {short(plan.name, 60)}", plan_id=plan.id) for plan in papers.plans]
    return found


def facts_of(about: About) -> list[tuple[str, str]]:
    """Names and values, in the order in which one is asked for them."""
    return [(name, value) for name, value in _facts(about) if value]


def last_calls(
    calls: Sequence[Call], names: dict[int, Provider], leave_out: int | None = None
) -> list[str]:
    """The latest calls in a sentence each: day, who, reference, what was promised."""
    found = []
    for call in sorted(calls, key=lambda item: (item.called_on, item.id or 0), reverse=True):
        if call.id is None or call.id != leave_out:
            found.append(call_words(call, names))
    return found[:MOST_CALLS]


def call_words(call: Call, names: dict[int, Provider]) -> str:
    """`Oct 2, 2026, BlueRiver Health, Dana, R-882104: covered after deductible. Promised: ...`"""
    provider = names.get(call.provider_id or 0)
    head = [day_text(call.called_on), provider.name if provider else "", call.spoke_with, call.reference]
    said = " ".join(call.said.split())
    words = ", ".join(part for part in head if part) + (f": {said}" if said else "")
    if call.promise:
        promise = " ".join(call.promise.split())
        words += f"{'' if words.endswith('.') else '.'} Promised: {promise}"
    if call.check_on and not call.checked:
        words += f"{'' if words.endswith('.') else '.'} Check on {day_text(call.check_on)}."
    return words


def _facts(about: About) -> Iterator[tuple[str, str]]:
    claim, bill, case = about.claim, about.bill, about.case
    if about.insurer is not None:
        yield "Insurer", _with_phone(about.insurer)
    if about.plan is not None:
        yield "Plan", about.plan.name
    member = next((each.member_number for each in reversed(about.versions) if each.member_number), "")
    yield "Policy number", member
    if about.person is not None:
        born = about.person.birth_date
        yield "Patient", about.person.name + (f", born {day_text(born)}" if born else "")
    if about.provider is not None:
        npi = f", NPI {about.provider.npi}" if about.provider.npi else ""
        yield "Provider", _with_phone(about.provider) + npi
    if claim is not None:
        yield "Claim number", claim.claim_number
        yield "Date of service", _span(claim)
        yield "Codes", ", ".join(dict.fromkeys(line.code for line in claim.lines if line.code))
        yield "Processed", day_text(claim.processed_on) if claim.processed_on else ""
        yield "Billed", dollars_or_blank(claim.billed)
        yield "Allowed", dollars_or_blank(claim.allowed)
        yield "Plan paid", dollars_or_blank(claim.plan_paid)
        yield "EOB says you owe", dollars_or_blank(eob_owes(claim))
    if bill is not None:
        yield "Account number", bill.account_number
        if claim is None:
            yield "Date of service", day_text(bill.service_from)
        if bill.newest is not None:
            yield "Bill", f"{dollars(bill.newest.amount)} of {day_text(bill.newest.stated_on)}"
        paid = sum(amount for _payment, amount in about.paid.get(bill.id or 0, ()))
        yield "You paid", dollars(paid) if paid else ""
        if about.verdict is not None:
            yield "Verdict", about.verdict.words
    if case is not None:
        yield "Case", f"{case.title}, opened {day_text(case.opened_on)}"
        yield "At stake", dollars_or_blank(case.at_stake)
        given = case.authorization
        if given is not None:
            number = f"{given.number}, " if given.number else ""
            yield "Authorization", f"{number}{STANDS_WORDS[given.stands].casefold()}"


def _with_phone(provider: Provider) -> str:
    return f"{provider.name}, {provider.phone}" if provider.phone else provider.name


def _span(claim: Claim) -> str:
    first = day_text(claim.service_from)
    return f"{first} to {day_text(claim.service_to)}" if claim.service_to else first
