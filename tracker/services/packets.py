"""What a packet of a case is made of: the matter, and every document that hangs on its facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tracker.dates import day_text
from tracker.domain.claims.about import About, about
from tracker.domain.claims.timeline import Event, timeline
from tracker.facts import Case, Document, Noun
from tracker.imports.letters_file import letters
from tracker.money import dollars
from tracker.services.papers import PapersService
from tracker.storage.ledger import Ledger
from tracker.storage.queries import documents as query


class PacketKind(StrEnum):
    """What a packet is for: proof in a dispute, or a claim that the member sends."""

    EVIDENCE = "evidence"
    CLAIM = "claim"

    @property
    def words(self) -> str:
        return "Evidence packet" if self is PacketKind.EVIDENCE else "Claim packet"


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """A document, and in a few words what it hangs on."""

    document: Document
    about: str


@dataclass(frozen=True)
class CasePapers:
    """Everything about a case. Documents go from the care to the case; each is there once."""

    about: About
    events: tuple[Event, ...]
    documents: tuple[CaseDocument, ...]

    @property
    def case(self) -> Case:
        assert self.about.case is not None
        return self.about.case


class PacketService:
    """Reads what belongs into a packet."""

    def __init__(self, ledger: Ledger, papers: PapersService) -> None:
        self._ledger = ledger
        self._papers = papers

    def read(self, case: Case) -> CasePapers:
        """The case with all its papers as they are now."""
        connection = self._ledger.read()
        matter = about(self._papers.read(), case=case)
        found: dict[str, CaseDocument] = {}
        for noun, noun_id, words in _hooks(matter):
            for document in query.attached_to(connection, noun, noun_id):
                found.setdefault(document.sha256, CaseDocument(document, words))
        return CasePapers(matter, timeline(matter, _unnoted(case, found.values())), tuple(found.values()))


def _unnoted(case: Case, documents: Iterable[CaseDocument]) -> list[Document]:
    """Letters kept with the case that no step tells of."""
    names = {f"{template.name}.pdf": template.name for template in letters().values()}
    noted = " ".join(step.note for step in case.steps)
    kept = [item.document for item in documents if item.document.noun is Noun.CASE]
    return [document for document in kept if names.get(document.name, noted) not in noted]


def _hooks(matter: About) -> Iterator[tuple[Noun, int, str]]:
    """What documents may hang on, in the order of a packet, each with its words."""
    for visit in matter.visits:
        if visit.id:
            yield Noun.VISIT, visit.id, f"Visit of {day_text(visit.visited_on)}"
    for claim in matter.versions:
        if claim.id:
            number = f" {claim.claim_number}" if claim.claim_number else ""
            yield Noun.CLAIM, claim.id, f"EOB{number}"
    for bill in matter.bills:
        if bill.id:
            yield Noun.BILL, bill.id, f"Bill of {matter.name_of(bill.provider_id)}".removesuffix(" of ")
        for payment, amount in matter.paid.get(bill.id or 0, ()):
            if payment.id:
                yield Noun.PAYMENT, payment.id, f"Payment of {dollars(amount)}, {day_text(payment.paid_on)}"
    for call in matter.calls:
        if call.id:
            yield Noun.CALL, call.id, f"Call of {day_text(call.called_on)}"
    if matter.case is not None and matter.case.id:
        yield Noun.CASE, matter.case.id, "Case"
