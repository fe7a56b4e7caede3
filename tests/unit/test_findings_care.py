"""EOBs against the care log: D3, D5, D14, D17, D23, D24."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.unit.findings_kit import (
    DAY,
    DOCTOR,
    ELEANORS_LABS,
    HOSPITAL,
    LAB,
    MARTIN,
    PHARMACY,
    PRACTICE,
    amounts,
    bill,
    deductible_met,
    eob,
    found,
    line,
    only,
    papers,
    visit,
)
from tracker.domain.claims.findings.finding import Severity, Whom
from tracker.facts import Case, CaseKind, Claim, ClaimLink, ClaimStage, OrderLine, Visit

REQUISITION = (
    OrderLine(text="Lipid panel", code="80061", category="LAB"),
    OrderLine(text="Liver panel", code="80076", category="LAB"),
    OrderLine(text="Thyroid test", code="84443", category="LAB_THY"),
)
ORDERED = visit(50, visited_on=date(2026, 10, 7), orders=REQUISITION, expects_claim=False)
OTHER = visit(51, visited_on=date(2026, 10, 1), provider_id=DOCTOR)
"""Another visit: Eleanor keeps her care log."""


# D3 ------------------------------------------------------------------------------------


def test_care_that_nobody_logged() -> None:
    strange = eob(1, category="SPEC", provider_id=HOSPITAL, you_owe=80_00)
    finding = only(papers([strange], visits=(OTHER,)), "D3")
    assert amounts(finding) == (80_00, 0, 80_00)
    assert finding.what == (
        "Your care log has no visit at Bayview Hospital on Oct 14, 2026. You are asked for $80.00."
    )
    assert (finding.severity, finding.whom) == (Severity.MEDIUM, Whom.INSURER)


@pytest.mark.parametrize(
    "log",
    [
        (),
        (OTHER, visit(52, provider_id=HOSPITAL)),
        (OTHER, visit(52, provider_id=DOCTOR, facility_id=HOSPITAL)),
        (OTHER, visit(52, facility_id=DOCTOR)),
        (OTHER, visit(52, provider_id=HOSPITAL, visited_on=date(2026, 10, 12), until=date(2026, 10, 16))),
        (visit(52, orders=(OrderLine(text="Heart scan", category="SPEC"),), visited_on=date(2026, 8, 1)),),
        (visit(52, provider_id=DOCTOR, person_id=MARTIN),),
        (visit(52, provider_id=DOCTOR, visited_on=date(2026, 3, 1)),),
    ],
)
def test_care_that_is_logged_or_a_log_that_is_not_kept(log: tuple[Visit, ...]) -> None:
    known = eob(1, category="SPEC", provider_id=HOSPITAL, you_owe=80_00)
    assert not found(papers([known], visits=log), "D3")


def test_fills_are_not_logged() -> None:
    assert not found(papers([eob(1, category="RX1", provider_id=PHARMACY)], visits=(OTHER,)), "D3")


def test_a_bill_for_care_that_nobody_logged() -> None:
    strange = bill(5, 80_00, provider_id=HOSPITAL)
    assert amounts(only(papers(bills=(strange,), visits=(OTHER,)), "D3")) == (80_00, 0, 80_00)
    there = visit(52, provider_id=HOSPITAL)
    assert not found(papers(bills=(strange,), visits=(OTHER, there)), "D3")
    assert not found(papers(bills=(replace(strange, visit_id=51),), visits=(OTHER,)), "D3")
    assert not found(papers(bills=(bill(5, 0, provider_id=HOSPITAL),), visits=(OTHER,)), "D3")


# D5 ------------------------------------------------------------------------------------


def heart(**more: Any) -> Claim:
    return eob(1, **({"category": "SPEC", "provider_id": DOCTOR, "you_owe": 50_00} | more))


def test_an_eob_of_another_day_than_the_visit() -> None:
    seen = visit(50, provider_id=DOCTOR, category="SPEC", visited_on=date(2026, 10, 12))
    of = papers([heart()], visits=(seen,))
    finding = only(of, "D5")
    assert finding.what == (
        "The EOB says Oct 14, 2026 at Seaside Cardiology; your care log says Oct 12, 2026."
    )
    assert (finding.severity, finding.at_stake) == (Severity.MEDIUM, 0)
    assert not found(of, "D3")


def test_an_eob_of_another_provider_than_the_visit() -> None:
    seen = visit(50, provider_id=HOSPITAL, category="SPEC")
    of = papers([heart()], visits=(seen,))
    assert "Seaside Cardiology gave the care of Oct 14, 2026" in only(of, "D5").what
    assert not found(of, "D3")


def test_visits_that_the_eob_is_not_about() -> None:
    right = visit(50, provider_id=DOCTOR, category="SPEC")
    early = replace(right, visited_on=date(2026, 10, 3))
    other_service = replace(right, visited_on=date(2026, 10, 12), category="PT")
    for seen in (right, early, other_service):
        assert not found(papers([heart()], visits=(seen,)), "D5")
    own = replace(right, visited_on=date(2026, 10, 12))
    its_own = heart(id=2, service_from=date(2026, 10, 12))
    assert not found(papers([heart(), its_own], visits=(own,)), "D5")


def test_an_order_done_elsewhere_on_another_day_is_no_slip() -> None:
    assert not found(papers([ELEANORS_LABS], visits=(ORDERED,)), "D5")


# D14 -----------------------------------------------------------------------------------


def test_vitamin_d_was_not_on_the_requisition() -> None:
    of = papers([deductible_met(), ELEANORS_LABS], visits=(ORDERED,))
    finding = only(of, "D14")
    assert amounts(finding) == (20_98, 0, 20_98)
    assert finding.what == (
        "Vitamin D was not on the requisition of Oct 7, 2026: added later, or not ordered? "
        "You owe $20.98 for it."
    )
    assert (finding.severity, finding.whom) == (Severity.INFO, Whom.PRACTICE)


def test_orders_by_category_or_in_words_will_do() -> None:
    by_category = (
        OrderLine(text="Blood", category="LAB"),
        OrderLine(text="Thyroid", category="LAB_THY"),
    )
    of = papers([deductible_met(), ELEANORS_LABS], visits=(replace(ORDERED, orders=by_category),))
    assert only(of, "D14").at_stake == 20_98
    in_words = tuple(OrderLine(text=words) for words in ("Lipids: lipid panel", "Liver panel", "Thyroid"))
    of = papers([deductible_met(), ELEANORS_LABS], visits=(replace(ORDERED, orders=in_words),))
    assert only(of, "D14").at_stake == 20_98


@pytest.mark.parametrize(
    "log",
    [
        (),
        (replace(ORDERED, orders=(*REQUISITION, OrderLine(text="25-OH", code="82306"))),),
        (replace(ORDERED, orders=()),),
        (replace(ORDERED, orders=(OrderLine(text="Chest image", code="71046"),)),),
        (replace(ORDERED, person_id=MARTIN),),
        (replace(ORDERED, visited_on=date(2026, 6, 1)),),
        (replace(ORDERED, visited_on=date(2026, 10, 20)),),
        (ORDERED, replace(ORDERED, id=51, orders=(OrderLine(text="Vitamin D", code="82306"),))),
    ],
)
def test_everything_ordered_or_no_requisition_of_it(log: tuple[Visit, ...]) -> None:
    assert not found(papers([deductible_met(), ELEANORS_LABS], visits=log), "D14")


def test_a_visit_is_no_test() -> None:
    office = eob(1, provider_id=PRACTICE, lines=(line("80061", "LAB"), line("99213", "PCP", you_owe=25_00)))
    assert not found(papers([office], visits=(ORDERED,)), "D14")


# D17 -----------------------------------------------------------------------------------

LONG_AGO = visit(50, provider_id=DOCTOR, visited_on=date(2026, 10, 7), category="SPEC")


def test_a_visit_older_than_45_days_without_an_eob() -> None:
    finding = only(papers(visits=(LONG_AGO,)), "D17")
    assert (finding.visit_id, finding.severity, finding.at_stake) == (50, Severity.LOW, 0)
    assert "Seaside Cardiology of Oct 7, 2026" in finding.what


def test_an_open_claim_is_no_eob_but_one_that_was_never_sent_is_waited_for_by_nobody() -> None:
    sent = heart(service_from=LONG_AGO.visited_on, stage=ClaimStage.SUBMITTED, submitted_on=DAY)
    finding = only(papers([sent], visits=(LONG_AGO,)), "D17")
    assert finding.what.endswith("the claim was sent on Oct 14, 2026.")
    kept = replace(sent, stage=ClaimStage.NOT_SUBMITTED)
    assert not found(papers([kept], visits=(LONG_AGO,)), "D17")


@pytest.mark.parametrize(
    "seen",
    [
        replace(LONG_AGO, visited_on=date(2026, 10, 8)),
        replace(LONG_AGO, until=date(2026, 10, 8)),
        replace(LONG_AGO, expects_claim=False),
        replace(LONG_AGO, category="COSMETIC"),
        replace(LONG_AGO, visited_on=date(2025, 6, 1)),
    ],
)
def test_visits_that_nobody_waits_for(seen: Visit) -> None:
    assert not found(papers(visits=(seen,)), "D17")


def test_an_eob_or_paying_oneself_ends_the_wait() -> None:
    decided = heart(service_from=LONG_AGO.visited_on)
    assert not found(papers([decided], visits=(LONG_AGO,)), "D17")
    own = bill(5, 80_00, self_pay=True, visit_id=50)
    assert not found(papers(bills=(own,), visits=(LONG_AGO,)), "D17")


# D23 -----------------------------------------------------------------------------------


def office(code: str, **more: Any) -> Claim:
    return heart(category="", lines=(line(code, "SPEC", you_owe=50_00, **more),))


@pytest.mark.parametrize(("code", "minutes"), [("99214", 14), ("99215", 19), ("99204", 22), ("99205", 29)])
def test_a_high_level_for_a_short_visit(code: str, minutes: int) -> None:
    short = visit(50, provider_id=DOCTOR, category="SPEC", minutes=minutes)
    finding = only(papers([office(code)], visits=(short,)), "D23")
    assert (finding.severity, finding.at_stake) == (Severity.INFO, 0)
    assert f"took {minutes}." in finding.what


@pytest.mark.parametrize(
    ("code", "minutes"), [("99214", 15), ("99215", 20), ("99213", 3), ("99214", None), ("99204", 23)]
)
def test_levels_that_the_time_does_not_contradict(code: str, minutes: int | None) -> None:
    seen = visit(50, provider_id=DOCTOR, category="SPEC", minutes=minutes)
    assert not found(papers([office(code)], visits=(seen,)), "D23")


def test_a_part_of_another_service_that_is_put_on_you() -> None:
    apart = heart(lines=(line("80061", "LAB", you_owe=30_00, reasons="PR-97"),))
    assert amounts(only(papers([apart]), "D23")) == (30_00, 0, 30_00)
    assert not found(papers([heart(lines=(line("80061", "LAB", you_owe=0, reasons="CO-97"),))]), "D23")


# D24 -----------------------------------------------------------------------------------


def room(**more: Any) -> Claim:
    values = {"id": 2, "claim_number": "C2", "provider_id": HOSPITAL, "category": "SPEC"}
    return eob(2, **(values | {"you_owe": 120_00} | more))


def test_a_facility_fee_for_an_office_visit() -> None:
    finding = only(papers([heart(), room()]), "D24")
    assert (finding.claim_id, amounts(finding)) == (2, (120_00, 0, 120_00))
    assert finding.severity is Severity.INFO
    by_code = room(provider_id=LAB, category="", lines=(line("G0463", you_owe=90_00),))
    assert only(papers([heart(), by_code]), "D24").claim_id == 2


@pytest.mark.parametrize(
    "other",
    [
        room(category="ER"),
        room(category="IMAGING"),
        room(service_from=date(2026, 10, 15)),
        room(person_id=MARTIN),
        room(provider_id=LAB),
    ],
)
def test_hospital_care_that_is_no_room_of_an_office_visit(other: Claim) -> None:
    assert not found(papers([heart(), other]), "D24")
    assert not found(papers([room()]), "D24")


def test_a_link_by_hand_counts_as_logged() -> None:
    strange = eob(1, category="SPEC", provider_id=HOSPITAL, you_owe=80_00)
    links = (ClaimLink(claim_id=1, visit_id=51),)
    assert not found(papers([strange], visits=(OTHER,), links=links), "D3")
    case = Case(id=1, kind=CaseKind.DISPUTE, title="x", opened_on=DAY)
    assert found(papers([strange], visits=(OTHER,), cases=(case,)), "D3")
