"""What the Claims page shows, read and judged beside the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.domain.claims.care_row import CareRow
from tracker.domain.claims.findings.finding import Finding
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.rows import care_rows
from tracker.facts import FindingNote, FindingState
from tracker.services.bundle import Services


@dataclass(frozen=True)
class ClaimsRead:
    """All papers with what follows from them. `notes` are the decisions on findings by their key."""

    papers: Papers
    rows: tuple[CareRow, ...]
    findings: tuple[Finding, ...] = ()
    notes: Mapping[str, FindingNote] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.papers.cases)


def read_claims(services: Services) -> ClaimsRead:
    """Everything as it is now; takes as long as it must, never on the UI thread."""
    papers = services.papers.read()
    notes = services.cases.finding_notes()
    found: tuple[Finding, ...] = ()
    open_ones = [finding for finding in found if not is_over(notes.get(finding.key))]
    return ClaimsRead(papers, care_rows(papers, open_ones), found, notes)


def is_over(note: FindingNote | None) -> bool:
    """Whether nothing is to be done about a finding any more."""
    return note is not None and note.state in (FindingState.DISMISSED, FindingState.RECOVERED)
