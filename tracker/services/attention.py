"""Everything that needs the member, in one list: dues and renewals, bills, EOBs, cases and calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.changes import Changes
from tracker.domain.claims.attention import matters
from tracker.domain.claims.cases import standings
from tracker.facts import FindingState, Snooze
from tracker.reports.attention import Attention, in_order, of_papers
from tracker.storage.ledger import Ledger
from tracker.storage.queries import cases as query

if TYPE_CHECKING:
    from tracker.services.findings import FindingService
    from tracker.services.papers import PapersService
    from tracker.services.reports import ReportService

_TO_DO = (FindingState.NEW, FindingState.ACCEPTED)


class AttentionService:
    """What of the papers waits takes all of them to know, so it is asked apart from the first page."""

    def __init__(
        self, ledger: Ledger, reports: ReportService, papers: PapersService, findings: FindingService
    ) -> None:
        self._ledger = ledger
        self._reports = reports
        self._papers = papers
        self._findings = findings

    def all(self) -> list[Attention]:
        """Everything, by day and then by money."""
        return in_order([*self._reports.attention(), *self.of_papers()])

    def of_papers(self) -> list[Attention]:
        """What waits among bills, EOBs, cases, calls and findings; nothing is read where there are none."""
        connection = self._ledger.read()
        if not query.has_papers(connection):
            return []
        papers = self._papers.read()
        open_ones = [decided.finding for decided in self._findings.all(papers) if decided.state in _TO_DO]
        found = matters(papers, standings(papers), open_ones, query.snoozes(connection))
        return of_papers(found)

    def put_off(self) -> list[Snooze]:
        """What was put off and does not show yet, the first to come back first."""
        today = self._ledger.today()
        off = [item for item in query.snoozes(self._ledger.read()).values() if item.until > today]
        return sorted(off, key=lambda item: (item.until, item.key))

    def wake(self, key: str) -> Changes:
        """Bring back what was put off."""
        from tracker.services.cases import CaseService

        return CaseService(self._ledger).wake(key)
