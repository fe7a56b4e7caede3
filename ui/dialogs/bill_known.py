"""What the form for a bill knows when it opens, and what it proposes: the EOB, the patient, the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.dates import day_text
from tracker.domain.claims.matching import SURE, match, score_bill
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.same_paper import SameBill
from tracker.domain.claims.verdict import Verdict, eob_owes, verdict
from tracker.facts import Bill, Claim, Visit
from tracker.money import Cents, dollars
from tracker.services.bundle import Services
from ui.models.coverage_words import short

_MOST_EOBS = 60
"""How many EOBs one can choose from; the provider's own come first."""

DRAFT = -1
"""Stands for a bill that has no id yet."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a new bill of a provider is most likely about, and why, in words."""

    person_id: int
    service_from: date
    service_to: date | None
    category: str
    description: str
    why: str
    claim: Claim | None = None
    visit: Visit | None = None


@dataclass(frozen=True)
class BillKnown:
    """All papers, read once when the form opens."""

    papers: Papers = field(default_factory=lambda: Papers(today=date(2000, 1, 1)))

    def eobs_of(self, provider_id: int | None) -> list[Claim]:
        """The EOBs a bill can be for: those of the provider first, each time the latest care first."""
        theirs: list[Claim] = []
        others: list[Claim] = []
        for claim in sorted(self.papers.in_force, key=lambda item: item.service_from, reverse=True):
            (theirs if is_of(claim, provider_id) else others).append(claim)
        return [*theirs, *others][:_MOST_EOBS]

    def eob_text(self, claim: Claim) -> str:
        """An EOB as it is listed to choose from."""
        kind = self.papers.categories.get(claim.category)
        what = claim.description or (kind.name if kind else "")
        owed = eob_owes(claim)
        parts = [
            short(self.papers.provider_name(claim.provider_id), 30),
            day_text(claim.service_from),
            short(what, 30),
            "" if owed is None else f"you owe {dollars(owed)}",
            f"claim {short(claim.claim_number, 24)}" if claim.claim_number else "",
        ]
        return ", ".join(part for part in parts if part)

    def proposal(self, provider_id: int | None, amount: Cents | None) -> Proposal | None:
        """The provider's EOB that no bill came for yet (one of this amount before the others), else
        the provider's open bill, else a visit there.
        """
        if provider_id is None:
            return None
        unbilled = [
            claim
            for claim in self.eobs_of(provider_id)
            if is_of(claim, provider_id) and not self.papers.matches.bills_of_claim(claim.id or 0)
        ]
        fitting = [claim for claim in unbilled if amount and amount in (eob_owes(claim), claim.billed)]
        if found := next(iter(fitting or unbilled), None):
            return self.of_claim(found)
        for bill in self.papers.bills:  # the latest care first
            if bill.provider_id == provider_id and not bill.closed:
                why = f"As on the bill of {day_text(bill.newest.stated_on)}." if bill.newest else ""
                return Proposal(
                    bill.person_id,
                    bill.service_from,
                    bill.service_to,
                    bill.category,
                    bill.description,
                    why,
                )
        for visit in self.papers.visits:
            if provider_id in (visit.provider_id, visit.facility_id):
                return Proposal(
                    visit.person_id,
                    visit.visited_on,
                    visit.until,
                    visit.category,
                    visit.description,
                    f"From the visit of {day_text(visit.visited_on)}.",
                    visit=visit,
                )
        return None

    def of_claim(self, claim: Claim) -> Proposal:
        """What an EOB says about the bill for the same care."""
        return Proposal(
            claim.person_id,
            claim.service_from,
            claim.service_to,
            claim.category,
            claim.description,
            "From the EOB.",
            claim=claim,
        )

    def eobs_for(self, draft: Bill, chosen: Claim | None) -> list[Claim]:
        """The EOBs that would hold for a bill: the one chosen, and those that match for sure or by
        the member's word.
        """
        papers = self.papers
        npi = {number: one.npi for number, one in papers.providers.items() if one.npi}
        near = [claim for claim in papers.in_force if claim.person_id == draft.person_id]
        said = [link for link in papers.links if link.bill_id == draft.id]
        found = match(near, [draft], said=said, npi=npi)
        ids = {*found.claims_of_bill(draft.id or 0)} | ({chosen.id} if chosen else set())
        return [claim for claim in papers.in_force if claim.id in ids]

    def needs_word(self, draft: Bill, claim: Claim) -> bool:
        """Whether the EOB chosen for a bill holds only if the member says so."""
        npi = {number: one.npi for number, one in self.papers.providers.items() if one.npi}
        return score_bill(claim, draft, npi).points < SURE

    def verdict_of(self, draft: Bill, claims: Sequence[Claim]) -> Verdict:
        """What to do about the bill as it is typed so far."""
        papers = self.papers
        paid = papers.paid.get(draft.id or 0, ())
        visit = papers.visit_by_id.get(draft.visit_id or 0)
        pays = not papers.never_counts(draft.category) and (visit is None or visit.expects_claim)
        return verdict(draft, claims, paid, papers.cases, plan_pays=pays, today=papers.today)


def is_of(claim: Claim, provider_id: int | None) -> bool:
    """Whether a provider billed for the care of an EOB, gave it, or was where it was given."""
    return provider_id is not None and provider_id in (
        claim.provider_id,
        claim.rendering_id,
        claim.facility_id,
    )


def verdict_words(found: Verdict) -> tuple[str, str]:
    """The verdict in a sentence or two for somebody who is still typing, and its tone."""
    if found.owed is None:
        return " ".join(found.why), "warning" if found.kind == "hold" else ""
    says = f"Your EOB says {dollars(found.owed)}"
    paid = f", of which you paid {dollars(found.paid)}" if found.paid > 0 else ""
    if found.refund:
        return f"{says}{paid}: {dollars(found.refund)} is owed back to you. Pay nothing.", "warning"
    if found.over:
        todo = f"Safe to pay today: {dollars(found.pay)}." if found.pay else "Pay nothing of it yet."
        return f"{says}{paid}; this asks {dollars(found.over)} more. {todo}", "bad"
    if found.pay:
        return f"{says}{paid}. Safe to pay today: {dollars(found.pay)}.", "good"
    return f"{says}{paid}. Nothing is left to pay.", "good"


def read_known(services: Services) -> BillKnown:
    """Read beside the window, with everything that is worked out once."""
    known = BillKnown(services.papers.read())
    _ = known.papers.matches
    return known


def as_draft(bill: Bill) -> Bill:
    """A bill that can be matched though it is not in the ledger yet."""
    return bill if bill.id is not None else replace(bill, id=DRAFT)


def known_words(found: SameBill) -> str:
    """Why a bill looks known, in a question."""
    newest = found.bill.newest
    assert newest is not None
    if found.statement is not None:
        return (
            f"The statement of {day_text(found.statement.stated_on)} for "
            f"{dollars(found.statement.amount)} is in the ledger already."
        )
    return f"This looks like a new statement of the bill of {day_text(newest.stated_on)}: add it there?"
