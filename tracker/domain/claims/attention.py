"""What of the papers and cases needs the member: one line each, with a day, an amount and one action.

Every item has a stable key, under which it is put off. A reminder of a later stage has a key of its own,
so that what was put off at 60 days comes back at 30.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from tracker.dates import day_text
from tracker.domain.claims import clocks
from tracker.domain.claims.ageing import Age, ageing
from tracker.domain.claims.attention_bills import of_bills
from tracker.domain.claims.attention_cases import of_calls, of_cases
from tracker.domain.claims.attention_item import Do, Matter, stage
from tracker.domain.claims.case_standing import CaseStanding
from tracker.domain.claims.findings.finding import Finding, Severity
from tracker.domain.claims.matching import Match
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.verdict import VerdictKind, eob_owes
from tracker.facts import Claim, ClaimStage, Snooze
from tracker.money import dollars
from tracker.wording import count_of

MOST_LINKS = 3
"""Proposed links that are listed one by one; more are one item."""

_OWN_ITEMS = frozenset({"D1", "D13"})
"""Findings that a verdict, or the list of EOBs that do not add up, says already."""


def matters(
    papers: Papers,
    standings: Mapping[int, CaseStanding],
    findings: Iterable[Finding] = (),
    snoozes: Mapping[str, Snooze] | None = None,
) -> list[Matter]:
    """Everything of the papers that waits, by day and then by money, the larger first.

    `findings` are those still open that nobody pursues yet. What was put off is left out until its day.
    """
    today, off = papers.today, snoozes or {}
    found = [
        *of_bills(papers),
        *_denied(papers, standings),
        *_waiting(papers),
        *_findings(papers, findings),
        *of_cases(standings, today),
        *of_calls(papers, standings),
        *_links(papers),
    ]
    kept = {item.key: item for item in found if not _is_off(item.key, off, today)}
    return sorted(kept.values(), key=lambda item: (item.day, -(item.amount or 0), item.what))


def _is_off(key: str, snoozes: Mapping[str, Snooze], today: date) -> bool:
    snooze = snoozes.get(key)
    return snooze is not None and snooze.until > today


def _denied(papers: Papers, standings: Mapping[int, CaseStanding]) -> Iterator[Matter]:
    """Denied claims that nobody appeals yet, while there is time."""
    pursued = {standing.case.claim_id for standing in standings.values()}
    for claim in papers.in_force:
        owed = eob_owes(claim)
        if claim.stage is not ClaimStage.DENIED or claim.id in pursued or not owed:
            continue
        got, letter = claim.got_on, claim.eob_on or claim.processed_on
        if got is None and letter is None:
            continue
        clock = clocks.internal_appeal(got, letter)
        by = claim.appeal_by or clock.do_by
        if by < papers.today:
            continue
        left = (by - papers.today).days
        yield Matter(
            key=f"denied:{claim.id}:{stage(left) or 'later'}",
            day=by,
            amount=owed,
            what=f"Denied: {papers.provider_name(claim.provider_id)}, {dollars(owed)}",
            detail=f"Appeal by {day_text(by)}, {count_of(left, 'day')} left, or settle it.",
            do=Do.APPEAL,
            tone="warning" if left <= 30 else "accent",
            claim_id=claim.id,
        )


def _waiting(papers: Papers) -> Iterator[Matter]:
    """Claims that the insurer has had for too long."""
    for claim in papers.open_claims:
        if claim.stage in _NOT_WAITING:
            continue
        found = ageing(claim.submitted_on, claim.service_from, papers.today)
        if found is None or found.level not in (Age.AMBER, Age.RED):
            continue
        yield Matter(
            key=f"waiting:{claim.id}:{found.level.value}",
            day=found.since + timedelta(days=45),
            amount=claim.billed,
            what=f"{found.days} days without an EOB: {papers.provider_name(claim.provider_id)}",
            detail=f"{day_text(claim.service_from)}. {found.todo}",
            do=Do.ASK,
            tone="bad" if found.level is Age.RED else "warning",
            claim_id=claim.id,
        )


_NOT_WAITING = frozenset({ClaimStage.NOT_SUBMITTED, ClaimStage.WITHDRAWN, ClaimStage.REJECTED})


def _findings(papers: Papers, findings: Iterable[Finding]) -> Iterator[Matter]:
    """The weightiest finding of each paper; the others are with it on Claims."""
    overbilled = {
        number for number, verdict in papers.verdicts.items() if verdict.kind is VerdictKind.OVERBILLED
    }
    seen: set[tuple[str, int]] = set()
    for finding in findings:
        if finding.detector in _OWN_ITEMS or finding.bill_id in overbilled:
            continue
        if not finding.at_stake and finding.severity is not Severity.HIGH and finding.detector != "D17":
            continue
        about = _about(finding)
        if about in seen:
            continue
        seen.add(about)
        yield Matter(
            key=f"finding:{finding.key}",
            day=finding.on or papers.today,
            amount=finding.at_stake or None,
            what=finding.title + (f": {dollars(finding.at_stake)}" if finding.at_stake else ""),
            detail=finding.what,
            do=Do.ASK if finding.detector == "D17" else Do.REVIEW,
            tone="bad" if finding.severity is Severity.HIGH else "warning",
            claim_id=finding.claim_id,
            bill_id=finding.bill_id,
            visit_id=finding.visit_id,
            finding_key=finding.key,
        )


def _about(finding: Finding) -> tuple[str, int]:
    for noun, number in (
        ("bill", finding.bill_id),
        ("claim", finding.claim_id),
        ("visit", finding.visit_id),
    ):
        if number is not None:
            return noun, number
    return finding.about, 0


def _links(papers: Papers) -> Iterator[Matter]:
    """Papers that perhaps belong together; many of them are one item."""
    held = {number for match in papers.matches.bills for number in (match.claim_id,)}
    bills = [match for match in papers.matches.proposed_bills if match.claim_id not in held]
    if len(bills) > MOST_LINKS:
        yield Matter(
            key=f"links:{len(bills)}",
            day=papers.today,
            amount=None,
            what=f"{len(bills)} EOBs and bills may belong together",
            detail="Say for each whether it does; verdicts follow from it.",
            do=Do.CONFIRM,
            tone="accent",
            claim_id=bills[0].claim_id,
        )
        return
    for match in bills:
        yield _link(papers, match)


def _link(papers: Papers, match: Match) -> Matter:
    claim: Claim = papers.claim_by_id[match.claim_id]
    bill = papers.bill_by_id[match.other_id]
    day = bill.newest.stated_on if bill.newest else bill.service_from
    return Matter(
        key=f"link:{match.claim_id}:{match.other_id}",
        day=day,
        amount=bill.asks or None,
        what=f"Does this bill belong to that EOB? {papers.provider_name(bill.provider_id)}",
        detail=(
            f"Bill {dollars(bill.asks)} for {day_text(bill.service_from)}, EOB of "
            f"{papers.provider_name(claim.provider_id)}, {day_text(claim.service_from)}: "
            f"{', '.join(match.score.why)}."
        ),
        do=Do.CONFIRM,
        tone="accent",
        bill_id=bill.id,
    )
