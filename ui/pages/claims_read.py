"""What the Claims page shows, read and judged beside the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter

from tracker.domain.claims.care_row import CareRow, bill_sums
from tracker.domain.claims.findings.totals import totals
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.rows import care_rows
from tracker.services.bundle import Services
from tracker.services.findings import Decided
from ui.models.claims_rows import Sums


@dataclass(frozen=True)
class ClaimsRead:
    """All papers with what follows from them: rows, and findings with the decisions on them."""

    papers: Papers
    rows: tuple[CareRow, ...]
    findings: tuple[Decided, ...] = ()
    is_whole: bool = True

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.papers.cases or self.findings)

    @cached_property
    def everything(self) -> Sums:
        """The sums of all rows; asked for once beside the window."""
        return self._sums(None)

    def sums(self, rows: Sequence[CareRow] | None = None) -> Sums:
        """What is safe to pay, at stake and recovered: of everything, or of some rows."""
        return self.everything if rows is None else self._sums(rows)

    def _sums(self, rows: Sequence[CareRow] | None) -> Sums:
        found = list(self.findings)
        cases = list(self.papers.cases)
        if rows is not None:
            keys = {finding.key for row in rows for finding in row.findings}
            shown = {row.case.id for row in rows if row.case is not None}
            found = [item for item in found if item.finding.key in keys]
            cases = [case for case in cases if case.id in shown]
        notes = {item.finding.key: item.note for item in found if item.note is not None}
        money = totals([item.finding for item in found], notes, cases)
        of_bills = bill_sums(self.rows if rows is None else rows)
        return Sums(of_bills.safe_to_pay, money.at_stake + of_bills.refunds, money.recovered)


FEW = 1_000
"""Up to so many papers, findings take no time worth speaking of."""
_AT_ONCE = 0.05
"""Seconds below which papers were not read but kept from before, with the findings in them."""


def read_claims(services: Services, *, hurry: bool = False) -> ClaimsRead:
    """Everything as it is now; takes as long as it must, never on the UI thread.

    In a `hurry`, many papers that nobody read before come without findings at first (`is_whole` is
    False then): `with_findings` adds them.
    """
    begun = perf_counter()
    papers = services.papers.read()
    was_read = perf_counter() - begun < _AT_ONCE
    if hurry and not was_read and len(papers.claims) + len(papers.bills) + len(papers.visits) > FEW:
        return _summed(ClaimsRead(papers, care_rows(papers), is_whole=False))
    return with_findings(services, papers)


def with_findings(services: Services, papers: Papers) -> ClaimsRead:
    """The same papers with what looks wrong in them."""
    found = services.findings.all(papers)
    rows = care_rows(papers, [item.finding for item in found if item.is_open])
    return _summed(ClaimsRead(papers, rows, found))


def _summed(read: ClaimsRead) -> ClaimsRead:
    """The same with its sums worked out, which takes a while for many findings."""
    _ = read.everything
    return read
