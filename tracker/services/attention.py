"""Everything that needs the member, in one list: dues, renewals, bills, EOBs, cases, calls, funds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.changes import Changes
from tracker.domain.claims.attention import matters
from tracker.domain.claims.cases import standings
from tracker.facts import AccountKind, FindingState, Snooze
from tracker.reports.attention import Attention, awake, in_order, of_papers
from tracker.storage.ledger import Ledger
from tracker.storage.queries import cases as query

if TYPE_CHECKING:
    from tracker.services.findings import FindingService
    from tracker.services.papers import PapersService
    from tracker.services.reports import ReportService

_TO_DO = (FindingState.NEW, FindingState.ACCEPTED)


class AttentionService:
    """What of papers and sinking funds waits takes much reading to know: the first page asks for it once
    it is up."""

    def __init__(
        self, ledger: Ledger, reports: ReportService, papers: PapersService, findings: FindingService
    ) -> None:
        self._ledger = ledger
        self._reports = reports
        self._papers = papers
        self._findings = findings

    def all(self) -> list[Attention]:
        """Everything, by day and then by money."""
        return in_order([*self._reports.attention(), *self.later()])

    def later(self) -> list[Attention]:
        """What the reports do not say: what waits among papers and sinking funds."""
        return [*self.of_papers(), *self.of_funds()]

    def of_papers(self) -> list[Attention]:
        """What waits among bills, EOBs, cases, calls and findings; nothing is read where there are none."""
        connection = self._ledger.read()
        if not query.has_papers(connection):
            return []
        papers = self._papers.read()
        open_ones = [decided.finding for decided in self._findings.all(papers) if decided.state in _TO_DO]
        found = matters(papers, standings(papers), open_ones, query.snoozes(connection))
        return of_papers(found)

    def of_funds(self) -> list[Attention]:
        """Sinking funds that will not hold enough; nothing is read where there are none."""
        home = self._reports.household()
        if all(item.closed or item.kind is not AccountKind.SINKING for item in home.accounts):
            return []
        from tracker.reports.attention_funds import of_funds
        from tracker.services.sinking_funds import sinking_funds

        connection, today = self._ledger.read(), self._ledger.today()
        funds = sinking_funds(connection, home, today)
        short = of_funds((item.account, item.outlook) for item in funds if item.outlook is not None)
        return awake(short, query.snoozes(connection), today)

    def put_off(self) -> list[Snooze]:
        """What was put off and does not show yet, the first to come back first."""
        today = self._ledger.today()
        off = [item for item in query.snoozes(self._ledger.read()).values() if item.until > today]
        return sorted(off, key=lambda item: (item.until, item.key))

    def wake(self, key: str) -> Changes:
        """Bring back what was put off."""
        from tracker.services.cases import CaseService

        return CaseService(self._ledger).wake(key)
