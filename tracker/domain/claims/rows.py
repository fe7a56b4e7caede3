"""Care as rows of Claims: one for each EOB with its bills, and for what has no EOB yet (rulebook 3.5).

Rows are made of `Papers` and nothing else. What a row says is worked out in `row_check`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from tracker.dates import day_text
from tracker.domain.claims.care_row import CareRow, Missing, bill_key, claim_key, visit_key
from tracker.domain.claims.findings.finding import Finding
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.row_check import Piece, check_of, latest_day
from tracker.domain.claims.verdict import eob_owes
from tracker.facts import Bill, Case, CaseKind, CaseOutcome, Claim, ClaimStage, Visit
from tracker.money import Cents

EOB_MISSING_AFTER = 45
"""Days after a visit from which its EOB counts as missing (rulebook 3.6, D17)."""
BILL_MISSING_AFTER = 60
"""Days after an EOB that leaves something to the member from which its bill counts as missing."""

DISPUTES = frozenset({CaseKind.DISPUTE, CaseKind.APPEAL, CaseKind.ESTIMATE_DISPUTE})


def care_rows(papers: Papers, findings: Iterable[Finding] = ()) -> tuple[CareRow, ...]:
    """Every piece of care, the latest first. `findings` are those the member has not dismissed."""
    return tuple(_Making(papers, findings).rows())


class _Making:
    """Gathers what belongs together once, so that thousands of rows are made in one pass."""

    def __init__(self, papers: Papers, findings: Iterable[Finding]) -> None:
        self._papers = papers
        self._people = {person.id: person.name for person in papers.people}
        self._found: dict[tuple[str, int], list[Finding]] = defaultdict(list)
        for finding in findings:
            for noun, number in (
                ("claim", finding.claim_id),
                ("bill", finding.bill_id),
                ("visit", finding.visit_id),
            ):
                if number is not None:
                    self._found[noun, number].append(finding)
        self._visits_of: dict[int, list[Visit]] = defaultdict(list)
        for match in papers.matches.visits:
            self._visits_of[match.claim_id].append(papers.visit_by_id[match.other_id])
        self._seen_visits = {match.other_id for match in papers.matches.visits}
        self._cases = _cases(papers.cases)
        self._for_bill = {match.other_id: match.claim_id for match in papers.matches.proposed_bills}
        self._for_visit = {match.other_id: match.claim_id for match in papers.matches.proposed_visits}

    def rows(self) -> list[CareRow]:
        papers = self._papers
        made = [self._of_claim(claim) for claim in (*papers.in_force, *papers.open_claims)]
        for bill in papers.bills:
            if not papers.matches.claims_of_bill(bill.id or 0):
                made.append(self._of_bill(bill))
        taken = self._seen_visits | {bill.visit_id for bill in papers.bills}
        made += [self._of_visit(visit) for visit in papers.visits if visit.id not in taken]
        made.sort(key=lambda row: (row.service_on, row.key), reverse=True)
        return made

    def _of_claim(self, claim: Claim) -> CareRow:
        papers, number = self._papers, claim.id or 0
        bills = tuple(papers.bills_of(claim))
        visits = tuple(self._visits_of.get(number, ()))
        decided = claim.stage in (ClaimStage.PROCESSED, ClaimStage.DENIED)
        owed = claim.you_owe if claim.you_owe is not None else eob_owes(claim)
        charges = [bill.newest.charges for bill in bills if bill.newest and bill.newest.charges]
        billed = claim.billed if claim.billed is not None else (sum(charges) if charges else None)
        expected = papers.expected.get(number) if decided else None
        missing = Missing.NONE
        if decided and owed and not bills and self._days(latest_day(claim)) > BILL_MISSING_AFTER:
            missing = Missing.BILL
        return self._row(
            claim_key(number),
            Piece(
                claim=claim,
                bills=bills,
                visits=visits,
                never_counts=papers.never_counts(claim.category),
                owed=owed,
                expected=expected,
                no_bill_for=self._days(latest_day(claim)) if missing else 0,
            ),
            service_on=claim.service_from,
            provider_id=claim.provider_id,
            person_id=claim.person_id,
            what=_of_the_claim(claim) or self._category(claim.category),
            billed=billed,
            missing=missing,
        )

    def _of_bill(self, bill: Bill) -> CareRow:
        visit = self._papers.visit_by_id.get(bill.visit_id or 0)
        newest = bill.newest
        charges = newest.charges if newest and newest.charges is not None else bill.asks
        found = self._papers.verdicts[bill.id or 0]
        outside = bill.self_pay or self._papers.never_counts(bill.category)
        outside = outside or (visit is not None and not visit.expects_claim)
        return self._row(
            bill_key(bill.id or 0),
            Piece(
                bills=(bill,),
                visits=(visit,) if visit else (),
                never_counts=self._papers.never_counts(bill.category),
                owed=found.asked if outside else None,
                self_pay=outside,
                proposed=self._named(self._for_bill.get(bill.id or 0)),
            ),
            service_on=bill.service_from,
            provider_id=bill.provider_id,
            person_id=bill.person_id,
            what=bill.description or self._category(bill.category) or (visit.description if visit else ""),
            billed=charges,
        )

    def _of_visit(self, visit: Visit) -> CareRow:
        days = self._days(visit.until or visit.visited_on)
        never = self._papers.never_counts(visit.category)
        proposed = self._named(self._for_visit.get(visit.id or 0))
        late = visit.expects_claim and not (never or proposed) and days > EOB_MISSING_AFTER
        return self._row(
            visit_key(visit.id or 0),
            Piece(
                visits=(visit,),
                never_counts=never,
                self_pay=not visit.expects_claim,
                no_eob_for=days,
                proposed=proposed,
            ),
            service_on=visit.visited_on,
            provider_id=visit.provider_id,
            person_id=visit.person_id,
            what=visit.description or self._category(visit.category),
            billed=None,
            missing=Missing.EOB if late else Missing.NONE,
        )

    def _row(
        self,
        key: int,
        piece: Piece,
        *,
        service_on: date,
        provider_id: int,
        person_id: int,
        what: str,
        billed: Cents | None,
        missing: Missing = Missing.NONE,
    ) -> CareRow:
        papers, claim = self._papers, piece.claim
        verdicts = tuple(papers.verdicts[bill.id or 0] for bill in piece.bills)
        findings = self._findings(piece)
        case = self._case(piece)
        check = check_of(piece, verdicts, findings, case, missing=missing.value, today=papers.today)
        allowed, words = _allowed(piece)
        provider, person = papers.provider_name(provider_id), self._people.get(person_id, "")
        return CareRow(
            key=key,
            service_on=service_on,
            provider=provider,
            person_id=person_id,
            person=person,
            what=what,
            billed=billed,
            allowed=allowed,
            allowed_words=words,
            you_owe=piece.owed,
            check=check,
            missing=missing,
            claim=claim,
            bills=piece.bills,
            visits=piece.visits,
            verdicts=verdicts,
            findings=findings,
            expected=piece.expected,
            case=case,
        )

    def _findings(self, piece: Piece) -> tuple[Finding, ...]:
        if not self._found:
            return ()
        names = [("claim", piece.claim.id or 0)] if piece.claim else []
        names += [("bill", bill.id or 0) for bill in piece.bills]
        names += [("visit", visit.id or 0) for visit in piece.visits]
        found = {finding.key: finding for name in names for finding in self._found.get(name, ())}
        return tuple(sorted(found.values(), key=lambda item: (-item.severity, -item.at_stake, item.key)))

    def _case(self, piece: Piece) -> Case | None:
        names = [("bill", bill.id) for bill in piece.bills]
        names += [("claim", piece.claim.id)] if piece.claim else []
        names += [("visit", visit.id) for visit in piece.visits]
        found = [case for name in names for case in self._cases.get(name, ())]
        return min(found, key=_open_first, default=None)

    def _named(self, claim_id: int | None) -> str:
        """An EOB that perhaps holds for a bill or a visit, in words."""
        claim = self._papers.claim_by_id.get(claim_id or 0)
        if claim is None:
            return ""
        name = self._papers.provider_name(claim.provider_id)
        return f"the EOB of {name} for {day_text(claim.service_from)}"

    def _category(self, code: str) -> str:
        known = self._papers.categories.get(code)
        return known.name if known else ""

    def _days(self, day: date) -> int:
        return (self._papers.today - day).days


def _cases(cases: Iterable[Case]) -> Mapping[tuple[str, int | None], list[Case]]:
    """Disputes by what they hang on."""
    found: dict[tuple[str, int | None], list[Case]] = defaultdict(list)
    for case in cases:
        if case.kind not in DISPUTES:
            continue
        for noun, number in (("bill", case.bill_id), ("claim", case.claim_id), ("visit", case.visit_id)):
            if number is not None:
                found[noun, number].append(case)
    return found


def _open_first(case: Case) -> tuple[bool, int]:
    return case.outcome is not CaseOutcome.OPEN, -case.opened_on.toordinal()


def _of_the_claim(claim: Claim) -> str:
    """What was done: as the EOB calls it, else its first lines."""
    if claim.description:
        return claim.description
    named = list(dict.fromkeys(line.description for line in claim.lines if line.description))
    return ", ".join(named[:4]) + ("\u2026" if len(named) > 4 else "")


_STAGES = {
    ClaimStage.NOT_SUBMITTED: "not submitted",
    ClaimStage.WITHDRAWN: "withdrawn",
    ClaimStage.REJECTED: "rejected",
}


def _allowed(piece: Piece) -> tuple[Cents | None, str]:
    """The allowed amount, or why there is none."""
    claim = piece.claim
    if piece.never_counts:
        return None, "not covered"
    if claim is None:
        return None, "not submitted" if piece.self_pay else "no EOB yet"
    if claim.stage is ClaimStage.DENIED and not claim.allowed:
        return None, "denied"
    if claim.not_covered and not claim.allowed:
        return None, "not covered"
    if claim.stage is not ClaimStage.PROCESSED and claim.stage is not ClaimStage.DENIED:
        return None, _STAGES.get(claim.stage, "not decided")
    return claim.allowed, "" if claim.allowed is not None else "not stated"
