"""Findings as rows: what looks wrong, what was decided on it, and what money hangs on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.dates import day_text
from tracker.domain.claims.findings.finding import Finding, Severity, Whom
from tracker.domain.claims.papers import Papers
from tracker.facts import FindingNote, FindingState
from tracker.money import Cents, dollars
from tracker.services.findings import Decided
from ui.models.table import Column

STATES = {
    FindingState.NEW: ("New", "warning"),
    FindingState.ACCEPTED: ("Accepted", "accent"),
    FindingState.DISMISSED: ("Dismissed", "quiet"),
    FindingState.IN_DISPUTE: ("In dispute", "second"),
    FindingState.RECOVERED: ("Recovered", "good"),
}

VIEWS = (("open", "Open"), ("dispute", "In dispute"), ("over", "Done"), ("", "All"))
"""The filters of the list, by key."""

_VIEW_OF = {
    FindingState.NEW: "open",
    FindingState.ACCEPTED: "open",
    FindingState.IN_DISPUTE: "dispute",
    FindingState.DISMISSED: "over",
    FindingState.RECOVERED: "over",
}

WHOM = {
    Whom.ME: "Yours to check",
    Whom.PRACTICE: "Ask your practice first",
    Whom.PROVIDER: "Ask the provider first",
    Whom.INSURER: "Ask the insurer first",
}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with the decision on it; `about` says which paper, `place` numbers the rows."""

    place: int
    finding: Finding
    note: FindingNote | None
    about: str
    searchable: str

    @property
    def state(self) -> FindingState:
        return self.note.state if self.note else FindingState.NEW

    @property
    def view(self) -> str:
        return _VIEW_OF[self.state]


def finding_rows(papers: Papers, findings: Iterable[Decided]) -> list[FindingRow]:
    """All findings in their order."""
    rows = []
    for place, decided in enumerate(findings):
        finding = decided.finding
        about = about_words(papers, finding)
        said = [finding.detector, finding.title, finding.what, finding.first, about]
        said += [dollars(finding.at_stake)] if finding.at_stake else []
        rows.append(FindingRow(place, finding, decided.note, about, "\n".join(said).casefold()))
    return rows


def about_words(papers: Papers, finding: Finding) -> str:
    """`Harbor Imaging, Oct 14, 2026`: the care a finding is about."""
    claim = papers.claim_by_id.get(finding.claim_id or 0)
    bill = papers.bill_by_id.get(finding.bill_id or 0)
    visit = papers.visit_by_id.get(finding.visit_id or 0)
    if claim is not None:
        return f"{papers.provider_name(claim.provider_id)}, {day_text(claim.service_from)}"
    if bill is not None:
        return f"{papers.provider_name(bill.provider_id)}, {day_text(bill.service_from)}"
    if visit is not None:
        return f"{papers.provider_name(visit.provider_id)}, {day_text(visit.visited_on)}"
    return "Membership" if finding.detector == "D16" else ""


def finding_columns() -> list[Column[FindingRow]]:
    return [
        Column(
            "Finding", lambda row: row.finding.title, lambda row: row.finding.title.casefold(), stretch=3
        ),
        Column("About", lambda row: row.about, lambda row: row.about.casefold(), stretch=2),
        _amount("Expected", "expected"),
        _amount("Stated", "stated"),
        Column(
            "At stake",
            lambda row: dollars(row.finding.at_stake) if row.finding.at_stake else "",
            lambda row: row.finding.at_stake or None,
            right=True,
            tone=lambda row: "faint" if row.finding.is_question else "",
            bold=lambda row: not row.finding.is_question,
            tooltip=lambda row: "Counts once you accept the finding" if row.finding.is_question else "",
        ),
        Column("Weight", weight, lambda row: int(row.finding.severity)),
        Column(
            "State",
            lambda row: STATES[row.state][0],
            lambda row: list(STATES).index(row.state),
            tone=lambda row: STATES[row.state][1],
            tooltip=lambda row: row.note.reason if row.note else "",
            pill=True,
        ),
    ]


def key(row: FindingRow) -> int:
    return row.place


def weight(row: FindingRow) -> str:
    """How grave a finding is, in a word."""
    return {
        Severity.HIGH: "High",
        Severity.MEDIUM: "Medium",
        Severity.LOW: "Low",
        Severity.INFO: "To know",
    }[row.finding.severity]


def _amount(heading: str, name: str) -> Column[FindingRow]:
    def cents(row: FindingRow) -> Cents | None:
        found: Cents | None = getattr(row.finding, name)
        return found

    def text(row: FindingRow) -> str:
        found = cents(row)
        return "" if found is None else dollars(found)

    return Column(heading, text, cents, right=True)
