"""Everything that looks wrong in the papers, with what the member decided on it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tracker.changes import Changes
from tracker.domain.claims.findings.finding import Finding, Severity
from tracker.domain.claims.findings.run import FindingRun, in_order
from tracker.domain.claims.findings.totals import Totals, totals
from tracker.domain.claims.papers import Papers
from tracker.errors import UserProblem
from tracker.facts import FindingNote, FindingState
from tracker.money import LARGEST, Cents, dollars
from tracker.services.papers import read_papers
from tracker.storage.ledger import Ledger
from tracker.storage.queries import cases as query

_CONFIRMED = (FindingState.ACCEPTED, FindingState.IN_DISPUTE)


@dataclass(frozen=True, slots=True)
class Decided:
    """A finding with the decision on it, None where there is none yet."""

    finding: Finding
    note: FindingNote | None = None

    @property
    def state(self) -> FindingState:
        return self.note.state if self.note else FindingState.NEW

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.state not in (FindingState.DISMISSED, FindingState.RECOVERED)


class FindingService:
    """Findings are worked out, never stored; only decisions on them are.

    One run is kept with the service, so that after an edit only what it touched is asked about again.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._run = FindingRun()
        self._one_at_a_time = threading.Lock()

    def of(self, papers: Papers, notes: Mapping[str, FindingNote] | None = None) -> tuple[Finding, ...]:
        """The findings of papers read before; for use off the UI thread as well."""
        with self._one_at_a_time:
            found = self._run.run(papers)
        return confirmed(found, notes) if notes else found

    def all(self, papers: Papers | None = None) -> tuple[Decided, ...]:
        """Every finding with its decision: the most severe first, then by what is at stake."""
        connection = self._ledger.read()
        notes = query.finding_notes(connection)
        known = papers if papers is not None else read_papers(connection, self._ledger.today())
        return tuple(Decided(finding, notes.get(finding.key)) for finding in self.of(known, notes))

    def totals(self, papers: Papers | None = None) -> Totals:
        """What is at stake and what came back, every dollar once."""
        connection = self._ledger.read()
        notes = query.finding_notes(connection)
        known = papers if papers is not None else read_papers(connection, self._ledger.today())
        return totals(self.of(known, notes), notes, known.cases)

    def decide(
        self,
        key: str,
        state: FindingState,
        *,
        reason: str = "",
        amount: Cents | None = None,
        case_id: int | None = None,
    ) -> Changes:
        """Keep what was decided on a finding by its key; NEW takes an earlier decision back.

        Raises UserProblem where one is dismissed without a reason, or recovered without an amount.
        """
        if state is FindingState.RECOVERED and amount is None:
            raise UserProblem("Say how much came back.", "Type the amount.", field="amount")
        if amount is not None and not 0 <= amount <= LARGEST:
            raise UserProblem(
                f"An amount cannot be {dollars(amount)}.",
                f"Use zero up to {dollars(LARGEST)}.",
                field="amount",
            )
        from tracker.services.cases import CaseService

        note = FindingNote(
            key=key,
            state=state,
            reason=reason.strip(),
            amount=amount,
            case_id=case_id,
            noted_on=self._ledger.today(),
        )
        return CaseService(self._ledger).note_finding(note)


def confirmed(findings: Iterable[Finding], notes: Mapping[str, FindingNote]) -> tuple[Finding, ...]:
    """Findings with what the member confirmed taken in: care that was not received is grave then (D3)."""
    return in_order(
        replace(finding, severity=Severity.HIGH)
        if finding.detector == "D3"
        and (note := notes.get(finding.key)) is not None
        and note.state in _CONFIRMED
        else finding
        for finding in findings
    )
