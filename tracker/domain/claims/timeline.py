"""Everything dated about a matter in one line of time: care, EOBs, bills, payments, calls, steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from tracker.domain.claims.about import About
from tracker.domain.claims.dispute_steps import STEPS, info
from tracker.domain.claims.verdict import eob_owes
from tracker.facts import (
    Bill,
    Call,
    Case,
    CaseKind,
    CaseStep,
    Claim,
    Document,
    EobVersion,
    StepOutcome,
    Visit,
)
from tracker.money import Cents, dollars


class EventKind(IntEnum):
    """What happened; on one day in this order."""

    VISIT = 0
    CLAIM = 1
    EOB = 2
    BILL = 3
    PAYMENT = 4
    CASE = 5
    CALL = 6
    STEP = 7
    LETTER = 8

    @property
    def words(self) -> str:
        return _KIND_WORDS[self]


_KIND_WORDS = {
    EventKind.VISIT: "Visit",
    EventKind.CLAIM: "Claim",
    EventKind.EOB: "EOB",
    EventKind.BILL: "Bill",
    EventKind.PAYMENT: "Payment",
    EventKind.CASE: "Case",
    EventKind.CALL: "Call",
    EventKind.STEP: "Step",
    EventKind.LETTER: "Letter",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One dated fact. `amount` is what it was about, None where no money was."""

    on: date
    kind: EventKind
    words: str
    amount: Cents | None = None


def timeline(about: About, letters: Iterable[Document] = ()) -> tuple[Event, ...]:
    """All dated facts, the oldest first. `letters` are those kept with the case without a step."""
    return tuple(sorted(_events(about, letters), key=lambda event: (event.on, event.kind)))


def _events(about: About, letters: Iterable[Document]) -> Iterator[Event]:
    for visit in about.visits:
        yield _visit(about, visit)
    for claim in about.versions:
        yield from _claim(about, claim)
    for bill in about.bills:
        yield from _bill(about, bill)
    for call in about.calls:
        yield _call(about, call)
    if about.case is not None:
        yield from _case(about.case)
    for letter in letters:
        yield Event(letter.added_on, EventKind.LETTER, f"Written: {letter.name.removesuffix('.pdf')}")


def _visit(about: About, visit: Visit) -> Event:
    words = ": ".join(part for part in (about.name_of(visit.provider_id), visit.description) if part)
    return Event(visit.visited_on, EventKind.VISIT, words or "Visit")


def _claim(about: About, claim: Claim) -> Iterator[Event]:
    provider, number = about.name_of(claim.provider_id), claim.claim_number
    called = f"claim {number}" if number else "claim"
    if not about.visits and claim.version is EobVersion.ORIGINAL:
        words = ": ".join(part for part in (provider, claim.description) if part)
        yield Event(claim.service_from, EventKind.VISIT, words or "Care")
    if claim.submitted_on:
        yield Event(claim.submitted_on, EventKind.CLAIM, f"{called.capitalize()} sent", claim.billed)
    decided = claim.eob_on or claim.processed_on
    if decided:
        lead = _VERSIONS[claim.version].format(called)
        figures = (
            ("billed", claim.billed),
            ("allowed", claim.allowed),
            ("plan paid", claim.plan_paid),
            ("you owe", eob_owes(claim)),
        )
        said = ", ".join(f"{name} {dollars(amount)}" for name, amount in figures if amount is not None)
        yield Event(decided, EventKind.EOB, f"{lead}{f': {said}' if said else ''}", eob_owes(claim))
    if claim.got_on and claim.got_on != decided:
        yield Event(claim.got_on, EventKind.EOB, f"EOB of {called} received")


_VERSIONS = {
    EobVersion.ORIGINAL: "EOB of {}",
    EobVersion.ADJUSTMENT: "Corrected EOB of {}",
    EobVersion.VOID: "EOB of {} taken back",
}


def _bill(about: About, bill: Bill) -> Iterator[Event]:
    provider = about.name_of(bill.provider_id)
    named = " ".join(part for part in (provider, bill.account_number) if part)
    if bill.estimate_on:
        yield Event(bill.estimate_on, EventKind.BILL, f"Good-faith estimate, {named}", bill.estimate)
    for statement in bill.statements:
        threat = ", with a threat of collection" if statement.threatens else ""
        yield Event(statement.stated_on, EventKind.BILL, f"Bill, {named}{threat}", statement.amount)
    if bill.hold_requested_on:
        yield Event(bill.hold_requested_on, EventKind.BILL, f"{provider} asked to wait")
    for payment, amount in about.paid.get(bill.id or 0, ()):
        words = f"Paid to {provider}" if amount >= 0 else f"Refund from {provider}"
        yield Event(payment.paid_on, EventKind.PAYMENT, words, abs(amount))


def _call(about: About, call: Call) -> Event:
    who = ", ".join(part for part in (about.name_of(call.provider_id), call.spoke_with) if part)
    reference = f"reference {call.reference}" if call.reference else ""
    said = "; ".join(part for part in (who, reference, call.said or call.about) if part)
    return Event(call.called_on, EventKind.CALL, said or "Call")


def _case(case: Case) -> Iterator[Event]:
    yield Event(case.opened_on, EventKind.CASE, f"Case opened: {case.title}", case.at_stake)
    by_steps = case.kind in (CaseKind.DISPUTE, CaseKind.APPEAL)
    for step in case.steps:
        yield Event(step.done_on, EventKind.STEP, _step_words(step, by_steps=by_steps), step.amount)
    held, sent = case.authorization, case.submission
    if held is not None:
        number = f" {held.number}" if held.number else ""
        if held.requested_on:
            yield Event(held.requested_on, EventKind.STEP, f"Authorization{number} requested")
        if held.decided_on:
            stands = held.stands.value.replace("_", " ")
            yield Event(held.decided_on, EventKind.STEP, f"Authorization{number}: {stands}")
    if sent is not None and sent.sent_on:
        channel = f" by {sent.channel}" if sent.channel else ""
        yield Event(sent.sent_on, EventKind.CLAIM, f"Claim sent{channel}", sent.charge)
    for deadline in case.deadlines:
        if deadline.done_on:
            yield Event(deadline.done_on, EventKind.STEP, f"Done: {deadline.label}")
    if case.closed_on:
        outcome = case.outcome.value.replace("_", " ")
        yield Event(case.closed_on, EventKind.CASE, f"Case closed: {outcome}", case.recovered)


def _step_words(step: CaseStep, *, by_steps: bool) -> str:
    """`Step 3, Patient contacts concierge practice: they have it; note; with whom; reference`."""
    lead, outcome = "", ""
    if by_steps and 1 <= step.number <= len(STEPS):
        of = info(STEPS[step.number - 1].step)
        lead = f"Step {of.step.value}, {of.name}"
        if step.outcome is StepOutcome.SKIPPED:
            outcome = "skipped"
        else:
            ways = (way.words.rstrip(".") for way in of.exits if way.outcome is step.outcome)
            outcome = next(ways, "")
    parts = (
        outcome,
        step.reason,
        step.note,
        f"with {step.spoke_with}" if step.spoke_with else "",
        f"reference {step.reference}" if step.reference else "",
        f"promised: {step.promise}" if step.promise else "",
    )
    said = "; ".join(part for part in parts if part)
    return f"{lead}: {said}" if lead and said else lead or said or "Step"
