"""Bills against EOBs, payments and estimates: D1, D2, D18, D19, D20, to the cent and the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.unit.findings_kit import (
    DOCTOR,
    LINKED,
    MARTIN,
    amounts,
    bill,
    eob,
    found,
    line,
    only,
    paid,
    papers,
)
from tracker.domain.claims.findings.finding import Severity, Whom
from tracker.facts import (
    Bill,
    Case,
    CaseKind,
    CaseOutcome,
    Claim,
    ClaimStage,
    EobVersion,
    Noun,
    Statement,
    StatementLine,
)

# D1 ------------------------------------------------------------------------------------


def test_the_mri_bill() -> None:
    finding = only(papers([eob(1, you_owe=215_00)], bills=(bill(5, 300_00),), **LINKED), "D1")
    assert amounts(finding) == (300_00, 215_00, 85_00)
    assert finding.what == "The bill asks $300.00; your EOB says $215.00."
    assert (finding.severity, finding.whom) == (Severity.HIGH, Whom.PROVIDER)
    assert [item.noun for item in finding.evidence] == [Noun.BILL, Noun.CLAIM]
    assert finding.key == "D1:bill:5"


@pytest.mark.parametrize(
    ("owes", "before", "asks", "over"),
    [
        (43_75, 0, 460_00, 416_25),
        (320_00, 60_00, 320_00, 60_00),
        (36_00, 36_00, 36_00, 36_00),
        (100_00, 0, 100_02, 2),
    ],
)
def test_the_reconciliations_of_the_rulebook(owes: int, before: int, asks: int, over: int) -> None:
    payments = {5: [(paid(1, before), before)]} if before else {}
    finding = only(papers([eob(1, you_owe=owes)], bills=(bill(5, asks),), paid=payments, **LINKED), "D1")
    assert amounts(finding) == (asks, asks - over, over)


@pytest.mark.parametrize(
    ("owes", "asks"), [(640_00, 640_00), (100_00, 100_01), (215_00, 200_00), (None, 300_00)]
)
def test_a_bill_that_asks_no_more_than_the_eob(owes: int | None, asks: int) -> None:
    assert not found(papers([eob(1, you_owe=owes)], bills=(bill(5, asks),), **LINKED), "D1")


def test_the_newest_statement_counts_and_a_closed_bill_asks_nothing() -> None:
    statements = (
        Statement(stated_on=date(2026, 11, 1), amount=300_00),
        Statement(stated_on=date(2026, 11, 15), amount=215_00),
    )
    corrected = bill(5, 300_00, statements=statements)
    assert not found(papers([eob(1, you_owe=215_00)], bills=(corrected,), **LINKED), "D1")
    assert not found(
        papers([eob(1, you_owe=215_00)], bills=(bill(5, 300_00, closed=True),), **LINKED), "D1"
    )


# D2 ------------------------------------------------------------------------------------


def test_the_same_line_twice_on_an_eob() -> None:
    twice = (line("80061", you_owe=4_83), line("80061", you_owe=4_83))
    finding = only(papers([eob(1, lines=twice)]), "D2")
    assert amounts(finding) == (4_83, 0, 4_83)
    assert "is on this EOB" not in finding.what
    assert "twice on this EOB" in finding.what


def test_the_same_line_on_two_eobs_is_found_once_on_the_later_one() -> None:
    one = eob(1, lines=(line("80061", you_owe=4_83),))
    other = eob(2, lines=(line("80061", you_owe=5_00),), processed_on=date(2026, 11, 2))
    finding = only(papers([one, other]), "D2")
    assert (finding.claim_id, finding.at_stake) == (2, 5_00)


def test_the_same_eob_entered_twice() -> None:
    one = eob(1, claim_number="1E5", billed=460_00, you_owe=43_75)
    finding = only(papers([one, replace(one, id=2)]), "D2")
    assert finding.what == "Claim 1E5 of Oct 14, 2026 is entered twice."
    assert amounts(finding) == (43_75, 0, 43_75)


@pytest.mark.parametrize(
    "other",
    [
        eob(2, lines=(line("80061", modifiers="59"),)),
        eob(2, lines=(line("80061", modifiers="76 LT"),)),
        eob(2, lines=(line("80061", units=2),)),
        eob(2, lines=(line("80061", reasons="OA-18"),)),
        eob(2, lines=(line("80061", service_on=date(2026, 10, 15)),)),
        eob(2, lines=(line("80076"),)),
        eob(2, lines=(line("80061"),), person_id=MARTIN),
        eob(2, lines=(line("80061"),), provider_id=DOCTOR),
        eob(2, lines=(line("80061"),), version=EobVersion.VOID),
        eob(2, lines=(line("80061"),), stage=ClaimStage.PENDED),
        eob(2, lines=(line("80061"),), replaces_id=1, version=EobVersion.ADJUSTMENT),
    ],
)
def test_lines_that_are_not_the_same_service(other: Claim) -> None:
    assert not found(papers([eob(1, lines=(line("80061"),)), other]), "D2")


def _itemised(number: int, *lines: StatementLine) -> Bill:
    return bill(number, 90_00, statement={"lines": lines})


def test_the_same_line_twice_on_a_bill_and_on_two_bills() -> None:
    item = StatementLine(code="80061", amount=45_00)
    assert amounts(only(papers(bills=(_itemised(5, item, item),)), "D2")) == (45_00, 0, 45_00)
    two = papers(bills=(_itemised(5, item), _itemised(6, item)))
    assert only(two, "D2").bill_id == 6
    repeated = replace(item, modifiers="77")
    assert not found(papers(bills=(_itemised(5, item, repeated),)), "D2")


def test_a_line_repeated_on_an_older_statement_is_no_duplicate() -> None:
    lines = (StatementLine(code="80061", amount=45_00),)
    statements = tuple(
        Statement(stated_on=day, amount=45_00, lines=lines)
        for day in (date(2026, 11, 1), date(2026, 11, 15))
    )
    assert not found(papers(bills=(bill(5, 45_00, statements=statements),)), "D2")


def test_two_bills_of_the_same_amount_and_day() -> None:
    assert only(papers(bills=(bill(5, 90_00), bill(6, 90_00))), "D2").at_stake == 90_00
    assert not found(papers(bills=(bill(5, 90_00), bill(6, 91_00))), "D2")


# D18 -----------------------------------------------------------------------------------


def test_a_bill_before_its_eob() -> None:
    finding = only(papers(bills=(bill(5, 300_00),)), "D18")
    assert amounts(finding) == (300_00, None, 0)
    assert "before there is an EOB" in finding.what


def test_bills_that_wait_for_no_eob() -> None:
    assert not found(papers([eob(1, you_owe=300_00)], bills=(bill(5, 300_00),), **LINKED), "D18")
    assert not found(papers(bills=(bill(5, 300_00, self_pay=True),)), "D18")
    assert not found(papers(bills=(bill(5, 300_00, category="COSMETIC"),)), "D18")
    assert not found(papers(bills=(bill(5, 0),)), "D18")
    assert not found(papers(bills=(bill(5, 300_00, service_from=date(2025, 10, 14)),)), "D18")


def test_a_threat_on_a_disputed_bill() -> None:
    threat = bill(5, 300_00, statement={"threatens": True})
    dispute = Case(id=3, kind=CaseKind.DISPUTE, title="The MRI", opened_on=date(2026, 10, 30), bill_id=5)
    claims = [eob(1, you_owe=300_00)]
    finding = only(papers(claims, bills=(threat,), **LINKED, cases=(dispute,)), "D18")
    assert finding.what == (
        "The statement of Nov 1, 2026 threatens collection of $300.00, which is disputed."
    )
    closed = replace(dispute, outcome=CaseOutcome.LOST)
    later = replace(dispute, opened_on=date(2026, 11, 5))
    for case in (closed, later):
        assert not found(papers(claims, bills=(threat,), **LINKED, cases=(case,)), "D18")
    held = replace(threat, hold_requested_on=date(2026, 10, 28))
    assert found(papers(claims, bills=(held,), **LINKED), "D18")


# D19 -----------------------------------------------------------------------------------


def _paid_bill(statement: dict[str, Any], amount: int = 60_00, on: date = date(2026, 10, 14)) -> list[Any]:
    of = papers(
        [eob(1, you_owe=320_00)],
        bills=(bill(5, 320_00, statement=statement),),
        paid={5: [(paid(1, amount, on), amount)]},
    )
    return found(of, "D19")


def test_a_payment_that_the_statement_does_not_take_off() -> None:
    (finding,) = _paid_bill({"paid_by_you": 0})
    assert amounts(finding) == (320_00, 260_00, 60_00)
    (finding,) = _paid_bill({"charges": 900_00, "plan_paid": 400_00, "discount": 180_00})
    assert finding.at_stake == 60_00


def test_a_newer_statement_that_asks_as_much_as_before_the_payment() -> None:
    statements = (
        Statement(stated_on=date(2026, 11, 1), amount=320_00),
        Statement(stated_on=date(2026, 11, 15), amount=320_00),
    )
    of = papers(
        [eob(1, you_owe=320_00)],
        bills=(bill(5, 0, statements=statements),),
        paid={5: [(paid(1, 100_00, date(2026, 11, 5)), 100_00)]},
    )
    assert amounts(only(of, "D19")) == (320_00, 220_00, 100_00)
    less = (statements[0], replace(statements[1], amount=220_00))
    assert not found(replace(of, bills=(bill(5, 0, statements=less),)), "D19")


def test_payments_that_are_credited_or_cannot_be_yet() -> None:
    assert not _paid_bill({"paid_by_you": 60_00})
    assert not _paid_bill({"paid_by_you": 0}, on=date(2026, 11, 2))
    assert not _paid_bill({})
    assert not _paid_bill({"charges": 900_00, "plan_paid": 400_00, "discount": 120_00})


# D20 -----------------------------------------------------------------------------------


def test_a_bill_400_dollars_above_its_estimate() -> None:
    above = bill(5, 1_400_00, self_pay=True, estimate=1_000_00, statement={"stated_on": date(2026, 9, 1)})
    finding = only(papers(bills=(above,)), "D20")
    assert amounts(finding) == (1_400_00, 1_000_00, 400_00)
    assert "Start it by Dec 30, 2026." in finding.what


def test_a_cent_less_insurance_or_no_estimate() -> None:
    near = bill(5, 1_399_99, self_pay=True, estimate=1_000_00)
    assert not found(papers(bills=(near,)), "D20")
    insured = bill(5, 1_400_00, self_pay=True, estimate=1_000_00)
    assert not found(papers([eob(1, you_owe=10_00)], bills=(insured,), **LINKED), "D20")
    assert not found(papers(bills=(replace(insured, self_pay=False),)), "D20")
    assert not found(papers(bills=(replace(insured, estimate=None),)), "D20")


def test_each_provider_is_held_to_its_own_estimate() -> None:
    one = bill(5, 700_00, self_pay=True, estimate=500_00)
    same = bill(6, 700_00, self_pay=True, estimate=500_00)
    assert amounts(only(papers(bills=(one, same)), "D20")) == (1_400_00, 1_000_00, 400_00)
    other = replace(same, provider_id=DOCTOR)
    assert not found(papers(bills=(one, other)), "D20")
