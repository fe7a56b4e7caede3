"""The sample's papers: every kind of verdict, finding and case once, and its two stories to the cent."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import TODAY, open_ledger
from tracker.domain.claims.authorizations import held
from tracker.domain.claims.care_row import Missing
from tracker.domain.claims.cases import standings
from tracker.domain.claims.checklists import SPECIALIST, VERIFICATION, items_of, ticked
from tracker.domain.claims.dispute_steps import Step
from tracker.domain.claims.findings.registry import BY_ID
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.rows import care_rows
from tracker.domain.claims.superbill import gate
from tracker.domain.claims.verdict import VerdictKind
from tracker.facts import (
    Bill,
    Case,
    CaseKind,
    CaseOutcome,
    Claim,
    ClaimStage,
    EobVersion,
    FindingState,
    Network,
    Noun,
    Turn,
)
from tracker.services.bundle import Services, services_over
from tracker.services.findings import Decided
from tracker.services.sample import write_sample

NEVER_HERE = {"D7", "D11"}
"""A deductible taken though it is met and a share beyond the maximum move those very totals, which the
sample keeps as its pictures have them; no EOB in force can show them without."""


@pytest.fixture
def papers(sample: Services) -> Papers:
    return sample.papers.read()


def _claim(papers: Papers, number: str) -> Claim:
    return next(claim for claim in papers.in_force if claim.claim_number == number)


def _bill(papers: Papers, account: str) -> Bill:
    return next(bill for bill in papers.bills if bill.account_number == account)


def _case(papers: Papers, kind: CaseKind, *, is_open: bool = True) -> list[Case]:
    return [
        case for case in papers.cases if case.kind is kind and (case.outcome is CaseOutcome.OPEN) is is_open
    ]


def _findings(sample: Services, detector: str) -> list[Decided]:
    return [each for each in sample.findings.all() if each.finding.detector == detector]


def test_every_kind_of_verdict(papers: Papers) -> None:
    assert {verdict.kind for verdict in papers.verdicts.values()} == set(VerdictKind)


def test_every_kind_of_finding_and_of_decision(sample: Services) -> None:
    found = sample.findings.all()
    assert {each.finding.detector for each in found} == BY_ID.keys() - NEVER_HERE
    assert {each.state for each in found} == set(FindingState)
    notes = sample.cases.finding_notes()
    assert all(note.reason for note in notes.values() if note.state is FindingState.DISMISSED)
    assert all(note.amount for note in notes.values() if note.state is FindingState.RECOVERED)
    kept = {each.finding.key for each in found}
    (gone,) = [key for key in notes if key not in kept]
    assert gone.startswith("D10:claim:")  # the EOB that was corrected since
    totals = sample.findings.totals()
    assert totals.recovered == 18000 + 4000 + 2500 + 12000 + 27500 + 24000 + 9500
    assert totals.at_stake > 0


def test_every_kind_of_case(papers: Papers) -> None:
    open_ones = {case.kind for case in papers.cases if case.outcome is CaseOutcome.OPEN}
    assert open_ones == set(CaseKind)
    assert {CaseOutcome.OPEN, CaseOutcome.WON, CaseOutcome.DONE} == {case.outcome for case in papers.cases}
    standing = standings(papers)
    assert {each.turn for each in standing.values()} == set(Turn)
    (appeal,) = [each for each in standing.values() if each.case.kind is CaseKind.APPEAL]
    assert appeal.number == Step.APPEAL
    assert [day.do_by for day in appeal.days] == [date(2027, 4, 14)]  # 180 days from October 16
    (estimate,) = [each for each in standing.values() if each.case.kind is CaseKind.ESTIMATE_DISPUTE]
    assert [day.do_by for day in estimate.days] == [date(2027, 1, 22)]  # 120 days from September 24


def test_every_stage_a_claim_stays_in(papers: Papers) -> None:
    stages = {claim.stage for claim in papers.claims}
    wanted = {ClaimStage.PROCESSED, ClaimStage.DENIED, ClaimStage.PENDED, ClaimStage.IN_PROCESS}
    assert stages == wanted
    waiting = [claim for claim in papers.open_claims if claim.submitted_on]
    assert [(TODAY - (claim.submitted_on or TODAY)).days for claim in waiting] == [47, 47]


def test_eleanors_labs(sample: Services, papers: Papers) -> None:
    labs = sample.claims.get(_claim(papers, "BR0310E1").id or 0)
    assert [line.you_owe for line in labs.lines] == [4_83, 2_94, 15_00, 20_98]
    assert sum(line.billed or 0 for line in labs.lines) == labs.billed == 460_00
    assert sum(line.allowed or 0 for line in labs.lines) == labs.allowed == 121_55
    (bill,) = papers.bills_of(labs)
    assert [item.amount for item in bill.statements] == [460_00, 460_00]
    verdict = papers.verdicts[bill.id or 0]
    assert (verdict.kind, verdict.owed, verdict.over) == (VerdictKind.OVERBILLED, 43_75, 416_25)
    (vitamin,) = _findings(sample, "D14")
    assert "Vitamin D" in vitamin.finding.what
    assert vitamin.finding.at_stake == 20_98
    expected = papers.expected[labs.id or 0]
    assert expected.by_line
    assert expected.owes == 43_75


def test_the_mri_and_its_dispute(sample: Services, papers: Papers) -> None:
    mri = _claim(papers, "BR0909M1")
    (bill,) = papers.bills_of(mri)
    verdict = papers.verdicts[bill.id or 0]
    assert (verdict.kind, verdict.owed, verdict.over) == (VerdictKind.DISPUTED, 240_00, 85_00)
    (case,) = [case for case in papers.cases if case.bill_id == bill.id]
    standing = standings(papers)[case.id or 0]
    assert (case.opened_on, standing.number) == (date(2026, 11, 18), Step.CONTACT_PRACTICE)
    decided = next(each for each in _findings(sample, "D1") if each.finding.bill_id == bill.id)
    assert decided.note is not None
    assert (decided.state, decided.note.case_id) == (FindingState.IN_DISPUTE, case.id)
    (permit,) = [
        each.authorization
        for each in papers.cases
        if each.claim_id == mri.id and each.kind is CaseKind.AUTHORIZATION
    ]
    assert permit is not None
    assert permit.number == "A-55120"


def test_authorizations_and_referrals(papers: Papers) -> None:
    (case,) = _case(papers, CaseKind.AUTHORIZATION)
    soon = held(case, papers.in_force, TODAY)
    assert soon is not None
    assert (soon.holds, soon.days_left, soon.reminder) == (True, 12, 14)
    assert len(_case(papers, CaseKind.AUTHORIZATION, is_open=False)) == 2
    (case,) = _case(papers, CaseKind.REFERRAL)
    far = held(case, papers.in_force, TODAY)
    assert far is not None
    assert (far.holds, far.left, far.reminder) == (True, 6, None)


def test_lists_are_partly_done(papers: Papers) -> None:
    (check,) = _case(papers, CaseKind.COVERAGE_CHECK)
    assert ticked(VERIFICATION, check.ticked).words == "5 of 8 done"
    (visit,) = _case(papers, CaseKind.APPOINTMENT)
    assert ticked(items_of(SPECIALIST), visit.ticked).words == "7 of 18 done"


def test_superbills_complete_and_not(papers: Papers) -> None:
    cases = _case(papers, CaseKind.REIMBURSEMENT)
    sent, ready = sorted(
        (case.submission for case in cases if case.submission), key=lambda it: not it.sent_on
    )
    assert gate(sent.gate).is_complete
    assert {field.code for field in gate(ready.gate).missing} == {
        "npi_rendering",
        "codes",
        "diagnosis",
        "payment",
    }


def test_calls_with_references_and_a_promise(papers: Papers) -> None:
    references = {call.reference for call in papers.calls if call.reference}
    assert {"R-882104", "R-871377"} <= references
    waiting = [call for call in papers.calls if call.check_on and not call.checked]
    assert waiting
    assert all(call.promise and (call.check_on or TODAY) > TODAY for call in waiting)
    assert {check.reference for check in papers.checks} & references == {"R-882104", "R-871377"}


def test_a_corrected_eob_keeps_what_it_replaced(papers: Papers) -> None:
    corrected = _claim(papers, "BR0514E1")
    first, last = papers.versions_of(corrected)
    assert (first.version, last.version) == (EobVersion.ORIGINAL, EobVersion.ADJUSTMENT)
    assert (first.you_owe, last.you_owe) == (75_00, 50_00)
    assert first not in papers.in_force


def test_care_that_never_counts(papers: Papers) -> None:
    never = [bill for bill in papers.bills if papers.never_counts(bill.category)]
    assert {bill.category for bill in never} == {"MEDSPA", "TRAVEL"}
    kinds = {papers.verdicts[bill.id or 0].kind for bill in never}
    assert kinds == {VerdictKind.PAY, VerdictKind.SETTLED}
    therapy = next(claim for claim in papers.open_claims if claim.category == "PT")
    assert therapy.network is Network.OUT
    assert therapy.billed == 150_00  # the travel fee is not on the superbill


def test_payments_are_tied_to_their_bills(papers: Papers) -> None:
    for claim in papers.in_force:
        bills = papers.bills_of(claim)
        if claim.stage is ClaimStage.PROCESSED and claim.you_owe:
            assert bills or claim.claim_number in ("BR0505M1", "BR1006M1"), claim.claim_number
        for bill in bills:
            paid = sum(amount for _, amount in papers.paid_on(bill))
            assert paid in (0, claim.you_owe) or claim.claim_number == "BR0724M1", claim.claim_number
    both = [payment for bill in papers.bills for payment, _ in papers.paid_on(bill)]
    assert len({payment.id for payment in both}) < len(both)  # one payment went to two bills


def test_bills_that_threaten_and_that_exceed_their_estimate(papers: Papers) -> None:
    (threat,) = [bill for bill in papers.bills if bill.newest and bill.newest.threatens]
    assert threat.hold_requested_on
    assert papers.verdicts[threat.id or 0].kind is VerdictKind.HOLD
    (above,) = [bill for bill in papers.bills if bill.estimate is not None]
    assert above.asks - (above.estimate or 0) == 520_00


def test_the_log_knows_every_eob_and_nothing_is_only_proposed(papers: Papers) -> None:
    seen = {match.claim_id for match in papers.matches.visits}
    unseen = {claim.claim_number for claim in papers.in_force if claim.id not in seen}
    assert unseen == {"BR1014E1", "BR0918M1"}  # another day in the log; a drug
    assert papers.matches.proposed_bills == ()
    included = [visit for visit in papers.visits if not visit.expects_claim]
    assert len(included) >= 8


def test_the_attention_list_can_be_read(sample: Services) -> None:
    waiting = sample.attention.all()
    assert 10 <= len(waiting) <= 16
    keys = {item.key for item in waiting}
    assert len(keys) == len(waiting)
    put_off = sample.attention.put_off()
    assert [item.until for item in put_off] == [date(2026, 12, 3), date(2026, 12, 10)]
    assert all(item.reason for item in put_off)
    before = {item.key for item in sample.attention.all()}
    for item in put_off:
        sample.attention.wake(item.key)
    assert {item.key for item in sample.attention.all()} - before == {item.key for item in put_off}


def test_most_rows_of_claims_are_settled(sample: Services, papers: Papers) -> None:
    shown = [each.finding for each in sample.findings.all(papers) if each.is_open]
    rows = care_rows(papers, shown)
    assert {row.missing for row in rows} == set(Missing)
    groups = [row.group.value for row in rows]
    assert set(groups) == {"needs_you", "waiting", "dispute", "settled"}
    assert groups.count("needs_you") <= 9
    assert groups.count("dispute") == 5
    assert {row.check.words for row in rows} >= {
        "47 days waiting",
        "Hold until the EOB",
        "Not covered",
        "Paid",
        "Bill $416.25 over",
    }


def test_letters_and_bills_are_attached(sample: Services, papers: Papers) -> None:
    (appeal,) = _case(papers, CaseKind.APPEAL)
    (letter,) = sample.documents.attached_to(Noun.CASE, appeal.id or 0)
    assert letter.name == "Denial letter BlueRiver.pdf"
    (bill,) = sample.documents.attached_to(Noun.BILL, _bill(papers, "ML-204417").id or 0)
    assert bill.media_type == "application/pdf"
    (visit,) = [visit for visit in papers.visits if len(visit.orders) == 3]
    assert [paper.name for paper in sample.documents.attached_to(Noun.VISIT, visit.id or 0)] == [
        "Requisition.pdf"
    ]


def test_nothing_of_it_can_be_undone_and_it_is_made_quickly(tmp_path: Path) -> None:
    path = tmp_path / "sample.ledger"
    began = time.process_time()
    write_sample(path, year=2026, today=TODAY)
    assert time.process_time() - began < 2
    ledger = open_ledger(path)
    assert ledger.next_undo is None
    ledger.close()


@pytest.mark.parametrize(
    ("today", "cases", "bills"),
    [(date(2026, 1, 10), 0, 0), (date(2026, 5, 25), 1, 9), (date(2026, 8, 15), 3, 18)],
)
def test_it_grows_with_the_year(today: date, cases: int, bills: int, tmp_path: Path) -> None:
    path = tmp_path / "sample.ledger"
    write_sample(path, year=2026, today=today)
    ledger = open_ledger(path, today=today, read_only=True)
    found = services_over(ledger).papers.read()
    assert (len(found.cases), len(found.bills)) == (cases, bills)
    asked = [case for case in found.cases if case.outcome is not CaseOutcome.OPEN]
    assert all(case.closed_on and case.closed_on <= today for case in asked)
    ledger.close()


def test_an_eob_is_the_first_version_until_the_corrected_one_comes(tmp_path: Path) -> None:
    day = date(2026, 5, 24)
    path = tmp_path / "sample.ledger"
    write_sample(path, year=2026, today=day)
    ledger = open_ledger(path, today=day, read_only=True)
    papers = services_over(ledger).papers.read()
    claim = _claim(papers, "BR0514E1")
    assert (claim.version, claim.copay) == (EobVersion.ORIGINAL, 75_00)
    case = next(case for case in papers.cases if case.kind is CaseKind.DISPUTE)
    assert (case.outcome, case.recovered) == (CaseOutcome.OPEN, None)
    ledger.close()
