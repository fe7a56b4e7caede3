"""EOB amounts against the plan's terms: D7, D10, D11, D13, D25, to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.unit.findings_kit import (
    DAY,
    ELEANORS_LABS,
    IMAGING,
    PHARMACY,
    amounts,
    deductible_met,
    eob,
    found,
    line,
    only,
    papers,
    with_line,
)
from tracker.domain.claims.findings.finding import Severity, Whom
from tracker.domain.claims.findings.run import FindingRun
from tracker.facts import Claim, CostSharingRule, Noun
from tracker.facts.prescriptions import Drug, DrugFill, DrugPrice, PaidThrough


def imaging(number: int = 1, **more: Any) -> Claim:
    values = {"category": "IMAGING", "provider_id": IMAGING, "billed": 900_00, "allowed": 500_00}
    return eob(number, **(values | more))


# D7 ------------------------------------------------------------------------------------


def test_a_deductible_charged_though_met() -> None:
    charged = imaging(deductible=500_00, copay=0, coinsurance=0, plan_paid=0, you_owe=500_00)
    finding = only(papers([deductible_met(), charged]), "D7")
    assert amounts(finding) == (500_00, 100_00, 400_00)
    assert (finding.severity, finding.whom) == (Severity.HIGH, Whom.INSURER)
    assert finding.what == (
        "The EOB takes $500.00 for your deductible, which was met before. "
        "By your plan you owe $100.00, not $500.00."
    )


def test_a_deductible_that_was_partly_open() -> None:
    before = imaging(7, billed=1_400_00, allowed=1_400_00, deductible=1_400_00, plan_paid=0)
    before = replace(before, service_from=date(2026, 3, 1), processed_on=date(2026, 3, 9))
    charged = imaging(deductible=500_00, copay=0, coinsurance=0, plan_paid=0, you_owe=500_00)
    finding = only(papers([before, charged]), "D7")
    assert amounts(finding) == (500_00, 180_00, 320_00)
    assert "only $100.00 of it was left" in finding.what


@pytest.mark.parametrize("deductible", [1_500_00, 1_500_01])
def test_a_deductible_up_to_what_is_left_and_a_cent_is_right(deductible: int) -> None:
    right = imaging(billed=3_000_00, allowed=3_000_00, deductible=deductible, coinsurance=300_00)
    assert not found(papers([right]), "D7")


def test_the_deductible_of_another_person_is_another() -> None:
    charged = imaging(deductible=500_00, you_owe=500_00, person_id=2)
    assert not found(papers([deductible_met(), charged]), "D7")
    assert not found(papers([deductible_met(), imaging(deductible=500_00, other_paid=20_00)]), "D7")


# D10 -----------------------------------------------------------------------------------


def test_a_copay_that_the_plan_does_not_know() -> None:
    charged = eob(1, category="SPEC", billed=300_00, allowed=170_00, plan_paid=95_00, copay=75_00)
    finding = only(papers([charged]), "D10")
    assert amounts(finding) == (75_00, 50_00, 25_00)
    assert finding.severity is Severity.MEDIUM
    assert finding.what == ("Specialist visit: the EOB takes a copay of $75.00; by your plan it is $50.00.")


def test_one_line_of_eleanors_labs_with_another_rate() -> None:
    wrong = with_line(ELEANORS_LABS, 0, coinsurance=9_65, plan_paid=14_48, you_owe=9_65)
    finding = only(papers([deductible_met(), wrong]), "D10")
    assert amounts(finding) == (9_65, 4_83, 4_82)
    assert finding.what.startswith("Lipid panel: the EOB takes coinsurance of $9.65")


def test_less_than_the_rule_differs_with_nothing_at_stake() -> None:
    low = eob(1, category="SPEC", billed=300_00, allowed=170_00, plan_paid=160_00, copay=10_00)
    assert amounts(only(papers([low]), "D10")) == (10_00, 50_00, 0)


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_a_cent_a_line_is_no_difference(off: int) -> None:
    near = with_line(ELEANORS_LABS, 0, coinsurance=4_83 + off)
    assert not found(papers([deductible_met(), near]), "D10")


def test_totals_of_several_services_are_not_judged_as_one() -> None:
    mixed = eob(1, category="SPEC", allowed=170_00, deductible=0, copay=50_00, coinsurance=24_00)
    assert not found(papers([mixed]), "D10")
    summed = replace(ELEANORS_LABS, lines=())
    assert not found(papers([deductible_met(), summed]), "D10")


def test_a_wrong_deductible_makes_no_second_finding_of_the_rest() -> None:
    charged = imaging(deductible=400_00, copay=0, coinsurance=20_00, plan_paid=80_00, you_owe=420_00)
    assert found(papers([deductible_met(), charged]), "D7")
    assert not found(papers([deductible_met(), charged]), "D10")


# D11 -----------------------------------------------------------------------------------


def nearly_out() -> Claim:
    """An EOB that leaves $100 of Eleanor's out-of-pocket maximum."""
    return imaging(
        8, billed=20_000_00, allowed=18_500_00, plan_paid=13_600_00, deductible=1_500_00,
        coinsurance=3_400_00, service_from=date(2026, 3, 1), processed_on=date(2026, 3, 9),
    )  # fmt: skip


def test_a_share_beyond_the_out_of_pocket_maximum() -> None:
    charged = imaging(allowed=1_000_00, deductible=0, coinsurance=200_00, plan_paid=800_00)
    finding = only(papers([nearly_out(), charged]), "D11")
    assert amounts(finding) == (200_00, 100_00, 100_00)
    assert finding.severity is Severity.HIGH
    assert not found(papers([nearly_out(), charged]), "D10")


@pytest.mark.parametrize("share", [100_00, 100_01])
def test_the_rest_of_the_maximum_is_right(share: int) -> None:
    right = imaging(allowed=1_000_00, deductible=0, coinsurance=share, plan_paid=1_000_00 - share)
    assert not found(papers([nearly_out(), right]), "D11")


def test_care_that_is_not_covered_does_not_count_toward_the_maximum() -> None:
    glasses = eob(1, category="VISION", billed=400_00, allowed=0, not_covered=400_00, you_owe=400_00)
    assert not found(papers([nearly_out(), glasses]), "D11")


# D13 -----------------------------------------------------------------------------------


def test_totals_that_do_not_add_up() -> None:
    wrong = eob(1, billed=100_00, allowed=80_00, plan_paid=50_00, copay=30_00, you_owe=45_00)
    finding = only(papers([wrong]), "D13")
    assert amounts(finding) == (45_00, 30_00, 15_00)
    assert (finding.severity, finding.whom) == (Severity.LOW, Whom.ME)


def test_lines_that_miss_their_totals() -> None:
    wrong = with_line(ELEANORS_LABS, 3, billed=190_00)
    finding = only(papers([deductible_met(), wrong]), "D13")
    assert finding.at_stake == 0
    assert "Billed is $460.00 in all; its lines add to $470.00." in finding.what
    parts = with_line(ELEANORS_LABS, 3, plan_paid=30_00)
    assert "Line 4: allowed is $52.45" in only(papers([deductible_met(), parts]), "D13").what


@pytest.mark.parametrize(
    "right",
    [
        ELEANORS_LABS,
        with_line(ELEANORS_LABS, 0, plan_paid=19_31),
        eob(1, allowed=80_00, plan_paid=40_00, copay=20_00, other_paid=20_00, you_owe=20_00),
        eob(1, allowed=80_00, plan_paid=30_00, copay=20_00, penalty=30_00, you_owe=50_00),
        eob(1, allowed=80_00, plan_paid=99_00, copay=20_00, you_owe=20_00, protected=True),
        eob(1, allowed=80_00, plan_paid=58_80, copay=20_00, you_owe=20_00, reasons="CO-253"),
        eob(1, billed=100_00),
    ],
)
def test_sums_that_close_or_that_nobody_can_judge(right: Claim) -> None:
    assert not found(papers([deductible_met(), right]), "D13")


def test_negative_lines_of_a_reversal_are_taken_as_they_are() -> None:
    back = line("80061", "LAB", billed=-98_00, allowed=-24_13, plan_paid=-19_30, coinsurance=-4_83)
    reversal = eob(1, billed=0, allowed=0, plan_paid=0, coinsurance=0, lines=(back,))
    assert "Billed is $0.00 in all" in only(papers([reversal]), "D13").what


# D25 -----------------------------------------------------------------------------------


def fill(copay: int, **more: Any) -> Claim:
    values = {"category": "RX1", "provider_id": PHARMACY, "billed": 60_00, "allowed": 60_00}
    return eob(1, **(values | {"copay": copay, "plan_paid": 60_00 - copay} | more))


def test_a_drug_above_its_tier() -> None:
    finding = only(papers([fill(30_00)]), "D25")
    assert amounts(finding) == (30_00, 15_00, 15_00)
    assert finding.severity is Severity.LOW
    assert not found(papers([fill(30_00)]), "D10")


@pytest.mark.parametrize("copay", [15_00, 15_01, 9_00])
def test_a_drug_at_its_tier_or_below(copay: int) -> None:
    assert not found(papers([fill(copay)]), "D25")


def test_a_copay_of_a_visit_is_no_drug() -> None:
    charged = eob(1, category="PCP", allowed=60_00, copay=30_00, plan_paid=30_00)
    assert not found(papers([charged]), "D25")


def lisinopril(*prices: DrugPrice, **more: Any) -> Drug:
    """Eleanor's drug, filled on the day of the EOB."""
    values: dict[str, Any] = {
        "id": 1,
        "person_id": 1,
        "name": "Lisinopril",
        "category": "RX1",
        "prices": prices,
        "fills": (DrugFill(filled_on=DAY, days=30, paid=15_00),),
    }
    return Drug(**(values | more))


def in_cash(cents: int, **more: Any) -> DrugPrice:
    values = {"through": PaidThrough.CASH, "days": 30, "pharmacy_id": PHARMACY}
    return DrugPrice(price=cents, **(values | {"named_on": date(2026, 9, 1)} | more))


def test_a_fill_above_the_cash_price_of_a_pharmacy() -> None:
    finding = only(papers([fill(15_00)], drugs=(lisinopril(in_cash(9_00), in_cash(12_00)),)), "D25")
    assert amounts(finding) == (15_00, 9_00, 6_00)
    assert finding.title == "Drug above its cash price"
    assert finding.what == (
        "Lisinopril: through insurance this fill is $15.00; Corner Pharmacy asks $9.00 in cash for 30 "
        "days, named Sep 1, 2026."
    )
    assert [(item.noun, item.noun_id, item.words) for item in finding.evidence][1] == (
        Noun.PROVIDER,
        PHARMACY,
        "Corner Pharmacy, $9.00 in cash for 30 days",
    )


def test_a_fill_above_its_tier_and_its_cash_price_is_at_stake_once() -> None:
    found_ = found(papers([fill(30_00)], drugs=(lisinopril(in_cash(9_00)),)), "D25")
    assert sorted(amounts(one) for one in found_) == [(15_00, 9_00, 6_00), (30_00, 15_00, 15_00)]
    assert len({one.key for one in found_}) == 2


def test_a_fill_that_fills_the_deductible_has_nothing_at_stake() -> None:
    rules = (CostSharingRule(category="RX1", deductible="DED_IN", oop_max="OOP_IN"),)
    charged = fill(0, plan_paid=0, deductible=60_00)
    finding = only(papers([charged], rules=rules, drugs=(lisinopril(in_cash(9_00)),)), "D25")
    assert amounts(finding) == (60_00, 9_00, 0)
    assert "$60.00 of it counts toward your deductible, which cash would not" in finding.what


NEAR = {
    "the same price": lisinopril(in_cash(15_00)),
    "a cent more": lisinopril(in_cash(14_99)),
    "another number of days": lisinopril(in_cash(9_00, days=90)),
    "a fill of other days": lisinopril(
        in_cash(9_00), fills=(DrugFill(filled_on=DAY, days=90, paid=15_00),)
    ),
    "a price of long ago": lisinopril(in_cash(9_00, named_on=date(2026, 3, 1))),
    "a price the plan allows": lisinopril(in_cash(9_00, through=PaidThrough.INSURANCE)),
    "another person's drug": lisinopril(in_cash(9_00), person_id=2),
    "another tier": lisinopril(in_cash(9_00), category="RX2"),
    "another day": lisinopril(
        in_cash(9_00), fills=(DrugFill(filled_on=date(2026, 10, 13), days=30, paid=15_00),)
    ),
    "a fill in cash that day": lisinopril(
        in_cash(9_00),
        fills=(DrugFill(filled_on=DAY, days=30, paid=9_00, through=PaidThrough.CASH),),
    ),
    "a fill of another EOB": lisinopril(
        in_cash(9_00), fills=(DrugFill(filled_on=DAY, days=30, paid=15_00, claim_id=77),)
    ),
    "no fill at all": lisinopril(in_cash(9_00), fills=()),
}


@pytest.mark.parametrize("case", NEAR)
def test_prices_that_say_nothing_of_this_fill(case: str) -> None:
    assert not found(papers([fill(15_00)], drugs=(NEAR[case],)), "D25")


def test_two_drugs_of_a_tier_on_one_day_are_told_apart_by_name_only() -> None:
    drugs = lisinopril(in_cash(9_00)), lisinopril(in_cash(9_00), id=2, name="Metformin")
    assert not found(papers([fill(15_00)], drugs=drugs), "D25")
    named = fill(15_00, description="METFORMIN HCL 500 MG")
    assert only(papers([named], drugs=drugs), "D25").what.startswith("Metformin: ")


def test_a_fill_tied_to_its_eob_needs_neither_name_nor_day() -> None:
    tied = lisinopril(
        in_cash(9_00),
        fills=(DrugFill(filled_on=date(2026, 10, 12), days=30, paid=15_00, claim_id=1),),
    )
    assert found(papers([fill(15_00)], drugs=(tied,)), "D25")


def test_what_another_insurer_paid_a_part_of_is_not_compared() -> None:
    assert not found(papers([fill(15_00, other_paid=5_00)], drugs=(lisinopril(in_cash(9_00)),)), "D25")


def test_a_price_without_a_pharmacy_still_says_the_price() -> None:
    finding = only(papers([fill(15_00)], drugs=(lisinopril(in_cash(9_00, pharmacy_id=None)),)), "D25")
    assert "the price recorded is $9.00 in cash for 30 days" in finding.what
    assert len(finding.evidence) == 1


def test_a_price_that_is_entered_later_is_found_by_the_next_run() -> None:
    run, claims = FindingRun(), [fill(15_00)]
    assert not [one for one in run.run(papers(claims)) if one.detector == "D25"]
    after = run.run(papers(claims, drugs=(lisinopril(in_cash(9_00)),)))
    assert [one.title for one in after if one.detector == "D25"] == ["Drug above its cash price"]
