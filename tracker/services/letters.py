"""Letters: what they are written from, and keeping a finished one with what it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tracker.changes import Changes
from tracker.domain.claims.about import About, about
from tracker.domain.claims.findings.finding import Finding
from tracker.domain.claims.letter_choice import Choice, choices
from tracker.domain.claims.letter_fields import fields_of
from tracker.domain.claims.letter_findings import open_findings, said_in
from tracker.domain.claims.letters import Filled, LetterKind, Template, fill
from tracker.errors import UserProblem
from tracker.facts import Bill, Case, Claim, Noun
from tracker.file_names import file_name
from tracker.imports.letters_file import letters
from tracker.imports.reason_codes_file import reason_codes
from tracker.services import rows
from tracker.services.documents import put_document
from tracker.services.findings import FindingService
from tracker.services.papers import PapersService
from tracker.storage.ledger import Ledger
from tracker.storage.queries import cases as case_query

_LONGEST_NAME = 100


@dataclass(frozen=True)
class LetterDesk:
    """The matter, the letters in the order proposed, and the words to fill them with.

    `findings` are those that letters may speak of, each letter of those its reader can put right.
    """

    about: About
    choices: tuple[Choice, ...]
    templates: Mapping[LetterKind, Template]
    fields: Mapping[str, str]
    findings: tuple[Finding, ...] = ()

    def filled(self, kind: LetterKind) -> Filled:
        """A letter as the facts fill it."""
        finding = said_in(kind, self.about, self.findings)
        return fill(self.templates[kind], {**self.fields, "finding": finding})


class LetterService:
    """Reads what a letter is written from, and keeps what was written."""

    def __init__(self, ledger: Ledger, papers: PapersService, findings: FindingService) -> None:
        self._ledger = ledger
        self._papers = papers
        self._findings = findings

    def desk(
        self,
        *,
        case: Case | None = None,
        claim: Claim | None = None,
        bill: Bill | None = None,
        findings: Sequence[Finding] = (),
    ) -> LetterDesk:
        """Everything to write about a case, an EOB, a bill, or (with none of them) the membership.

        Without `findings` they are those of the papers that are still open.
        """
        papers = self._papers.read()
        matter = about(papers, case=case, claim=claim, bill=bill)
        if not findings:
            notes = case_query.finding_notes(self._ledger.read())
            findings = open_findings(matter, self._findings.of(papers, notes), notes)
        return LetterDesk(
            about=matter,
            choices=choices(matter),
            templates=letters(),
            fields=fields_of(matter, reason_codes()),
            findings=tuple(findings),
        )

    def store(
        self,
        noun: Noun,
        noun_id: int,
        name: str,
        pdf: bytes,
        *,
        note: Callable[[Case], Case] | None = None,
    ) -> Changes:
        """Keep a letter as a document; `note` puts it among the steps of the case it is kept with.

        One change, so that one undo takes back both. Raises UserProblem where the case cannot take
        the step, such as for a day before its last one.
        """
        called = f"{file_name(name, otherwise='Letter', most=_LONGEST_NAME)}.pdf"
        noted = None
        if noun is Noun.CASE:
            case = case_query.case(self._ledger.read(), noun_id)
            if case is None:
                raise UserProblem("This case was removed.", "Undo its removal, then save the letter.")
            noted = note(case) if note is not None else None
        with self._ledger.write(f"Save letter, {name}") as work:
            from tracker.storage import schema

            work.new_id = put_document(work, self._ledger.today(), noun, noun_id, called, pdf)
            if noted is not None:
                rows.put(work.connection, schema.case_file, noun_id, rows.values_of(noted))
                for table, facts in (
                    (schema.case_step, noted.steps),
                    (schema.deadline, noted.deadlines),
                ):
                    rows.put_children(work.connection, table, "case_id", noun_id, facts)
        return work.changes
