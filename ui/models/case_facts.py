"""What a case hangs on and what came of it, in lines of words for the screen."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.dates import day_text
from tracker.domain.claims.case_days import whose_day
from tracker.domain.claims.case_standing import CaseStanding
from tracker.domain.claims.estimate_threshold import estimate_excess
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.reimbursement import CHANNELS
from tracker.domain.claims.verdict import eob_owes
from tracker.facts import Bill, CaseKind, Claim, Deadline, Turn
from tracker.money import dollars


def money_facts(standing: CaseStanding) -> list[tuple[str, str]]:
    """The figures of a claim the member files; empty for any other case."""
    found, sent = standing.progress, standing.case.submission
    if found is None or sent is None:
        return []
    due = "EOB says the plan pays" if found.by_eob else "Expected back"
    facts = [
        ("Status", found.stage.words),
        ("Charge", dollars(found.charge)),
        (due, "" if found.due is None else dollars(found.due)),
        ("Received", dollars(found.received)),
        ("Still missing", "" if found.outstanding is None else dollars(found.outstanding)),
        ("Net cost", dollars(found.net_cost)),
    ]
    if found.by_eob and sent.expected is not None:
        facts.insert(3, ("Was expected", dollars(sent.expected)))
    if sent.sent_on:
        how = dict(CHANNELS).get(sent.channel, "")
        facts.append(("Sent", ", ".join(part for part in (day_text(sent.sent_on), how) if part)))
    facts.append(("Proof of sending", sent.proof))
    if found.follow_up_on:
        facts.append(("Ask again", day_text(found.follow_up_on)))
    facts.append(("Superbill", found.gate.words))
    return facts


def authorization_facts(standing: CaseStanding, papers: Papers) -> list[tuple[str, str]]:
    """What was approved, and how much of it is used; empty for a case without an authorization."""
    held = standing.held
    if held is None:
        return []
    given, is_referral = held.authorization, standing.case.kind is CaseKind.REFERRAL
    category = papers.categories.get(given.category)
    first = day_text(given.valid_from) if given.valid_from else ""
    last = day_text(given.valid_to) if given.valid_to else ""
    valid = f"{first} to {last}" if first and last else f"from {first}" if first else last
    used = ""
    if given.units:
        used = f"{held.used} of {given.units}"
        used += f", {held.left} left" if held.left is not None else ""
    return [
        ("Stands", held.words),
        ("Number", given.number),
        ("From" if is_referral else "Asked for by", given.requested_by),
        ("Service", category.name if category else ""),
        ("Codes", given.codes),
        ("Visits" if is_referral else "Units", used),
        ("Valid", valid),
        ("Facility", papers.provider_name(given.facility_id)),
        ("Asked for on", day_text(given.requested_on) if given.requested_on else ""),
        ("Decided on", day_text(given.decided_on) if given.decided_on else ""),
    ]


def claim_words(claim: Claim, papers: Papers) -> tuple[str, str]:
    """An EOB in two lines."""
    owed = eob_owes(claim)
    number = f" {claim.claim_number}" if claim.claim_number else ""
    head = f"EOB{number}, {papers.provider_name(claim.provider_id)}".strip(", ")
    parts = [day_text(claim.service_from)]
    parts += [f"billed {dollars(claim.billed)}"] if claim.billed is not None else []
    parts += [f"plan paid {dollars(claim.plan_paid)}"] if claim.plan_paid is not None else []
    parts += [f"you owe {dollars(owed)}"] if owed is not None else []
    return head, ", ".join(parts)


def bill_words(bill: Bill, papers: Papers) -> tuple[str, str]:
    """A bill in two lines, the second its verdict; of an estimate what the law makes of it."""
    newest = bill.newest
    asks = f" asks {dollars(bill.asks)}" if newest else ""
    head = f"Bill, {papers.provider_name(bill.provider_id)}{asks}"
    parts = [day_text(bill.service_from), papers.verdicts[bill.id or 0].words]
    if bill.estimate is not None:
        charge = newest.charges if newest and newest.charges is not None else bill.asks
        sent = bool(papers.claims_of(bill)) and not bill.self_pay
        parts.append(estimate_excess(bill.estimate, charge, sent_to_insurance=sent).words)
    return head, ". ".join(parts)


def day_line(deadline: Deadline) -> tuple[str, str]:
    """A day in two lines: what, and by when; the safe day first, the legal last day second."""
    if deadline.done_on is not None:
        return deadline.label, f"Done {day_text(deadline.done_on)}"
    lead = "Do it by" if whose_day(deadline) is Turn.ME else "Due by"
    words = f"{lead} {day_text(deadline.do_by)}"
    if deadline.last_day is not None:
        same = deadline.last_day == deadline.do_by
        words += (
            "; that is the legal last day" if same else f"; legal last day {day_text(deadline.last_day)}"
        )
    return deadline.label, words


def noted(standing: CaseStanding) -> Iterator[tuple[str, str]]:
    """What was recorded in the case's steps, the latest first: head and words."""
    names = {row.number: row.name for row in standing.steps}
    for step in reversed(standing.case.steps):
        parts = [step.spoke_with, step.reference]
        parts += [f"promised {step.promise}"] if step.promise else []
        parts += [f"by {day_text(step.promised_by)}"] if step.promised_by else []
        parts += [dollars(step.amount)] if step.amount is not None else []
        parts += [step.reason, step.note]
        words = ", ".join(part for part in parts if part)
        if words:
            yield f"{day_text(step.done_on)}, {names.get(step.number, '')}".rstrip(", "), words
