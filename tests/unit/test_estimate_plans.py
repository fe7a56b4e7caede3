"""Estimates where more than one plan pays (rulebook 1.14), and with Original Medicare (1.13, 2.9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.estimate_kit import (
    DAY,
    ELEANOR,
    JUNE,
    LIMITS,
    MARTIN,
    PEOPLE,
    answer,
    claim,
    open_rule,
    plan,
    rule,
    said,
    year,
)
from tracker.domain.coverage.estimate_answer import Caution, Estimate
from tracker.domain.coverage.plan_year import PlanYear
from tracker.facts import CobMethod, Coordination, OpeningBalance, Plan, PlanKind

LAB = open_rule("LAB")
MET = {"DED_IN": 2_000_00}


def two(
    first: Coordination,
    second: Coordination,
    *,
    used: dict[str, int] | None = None,
    second_used: dict[str, int] | None = None,
) -> tuple[PlanYear, PlanYear]:
    """Two plans with the same terms: 20% after the deductible."""
    mine = plan(id=1, name="Mine", coordination=first)
    theirs = plan(id=2, name="Theirs", coordination=second)
    return (
        year(LAB, of=mine, used=MET if used is None else used),
        year(LAB, of=theirs, used=MET if second_used is None else second_used),
    )


def own(**more: object) -> Coordination:
    return Coordination(subscriber_id=ELEANOR, **more)  # type: ignore[arg-type]


def spouses(**more: object) -> Coordination:
    return Coordination(subscriber_id=MARTIN, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "method", "second_used", "paid", "owes"),
    [
        ("B01", CobMethod.STANDARD, MET, 200_00, 0),
        ("B02", CobMethod.NON_DUPLICATION, MET, 0, 200_00),
        ("B03", CobMethod.MAINTENANCE, {"DED_IN": 1_900_00}, 80_00, 120_00),
    ],
)
def test_a_second_plan(
    name: str, method: CobMethod, second_used: dict[str, int], paid: int, owes: int
) -> None:
    mine, theirs = two(own(), spouses(method=method), second_used=second_used)
    found = answer(theirs, mine, category="LAB", allowed=1_000_00)
    assert [(payer.plan.name, payer.paid) for payer in found.payers] == [
        ("Mine", 800_00),
        ("Theirs", paid),
    ], name
    assert (found.you_pay, found.plan_pays) == (owes, 800_00 + paid)
    assert [part.words for part in found.parts][-3:] == ["Mine pays", "Theirs pays", "You pay"]
    assert found.why[1][0] == "Theirs, second"
    assert "as its subscriber pays before" in found.why[1][1][0]


def test_each_plan_keeps_its_own_accumulators() -> None:
    mine, theirs = two(own(), spouses(), used={}, second_used={})
    found = answer(mine, theirs, category="LAB", allowed=500_00)
    assert {(item.plan, item.name): item.after for item in found.moved} == {
        ("Mine", "DED_IN"): 500_00,
        ("Mine", "OOP_IN"): 500_00,
        ("Theirs", "DED_IN"): 500_00,
        ("Theirs", "OOP_IN"): 500_00,
    }


def test_maintenance_moves_the_second_plan_by_what_the_first_left() -> None:
    mine, theirs = two(own(), spouses(method=CobMethod.MAINTENANCE), second_used={})
    found = answer(mine, theirs, category="LAB", allowed=1_000_00)
    assert [item.after for item in found.payers[1].moved if item.name == "DED_IN"] == [200_00]


def test_the_members_word_beats_every_rule() -> None:
    mine, theirs = two(own(rank=2), spouses(rank=1))
    found = answer(mine, theirs, category="LAB", allowed=1_000_00)
    assert [payer.plan.name for payer in found.payers] == ["Theirs", "Mine"]
    assert found.why[1][1][0] == "You entered that order."


def test_the_birthday_rule_for_a_child() -> None:
    """Eleanor's birthday, in March, comes before Martin's in August."""
    mine, theirs = two(own(), spouses(), used={})
    found = answer(theirs, mine, category="LAB", allowed=1_000_00, person_id=JUNE)
    assert [payer.plan.name for payer in found.payers] == ["Mine", "Theirs"]
    assert "earlier birthday" in found.why[1][1][0]
    unknown = answer(
        theirs, mine, category="LAB", allowed=1_000_00, person_id=JUNE,
        facts={"people": tuple(replace(one, birth_date=None) for one in PEOPLE)},
    )  # fmt: skip
    assert unknown.other_order is not None


def test_an_order_nobody_knows_shows_both() -> None:
    mine, theirs = two(Coordination(), Coordination(), used={}, second_used=MET)
    found = answer(mine, theirs, category="LAB", allowed=1_000_00)
    assert found.other_order is not None
    assert "is not known. Ask both plans" in said(found, Caution.ORDER)
    assert [payer.plan.name for payer in found.payers] != [
        payer.plan.name for payer in found.other_order.payers
    ]
    assert {found.you_pay, found.other_order.you_pay} == {200_00}


def test_a_plan_without_a_rule_for_the_service_stands_back() -> None:
    dental = year(rule("DENTAL", copay=20_00), of=plan(id=2, name="Teeth"))
    found = answer(year(LAB), dental, category="LAB", allowed=100_00)
    assert [payer.plan.name for payer in found.payers] == ["BlueRiver PPO"]


# Medicare -----------------------------------------------------------------------------------

MEDICARE = plan(
    id=1, name="Medicare", kind=PlanKind.MEDICARE, begins_on=date(2020, 1, 1), ends_on=date(2030, 12, 31),
    accumulators=(), person_ids=(ELEANOR,),
)  # fmt: skip
POLICY = plan(
    id=2, name="Medigap policy", kind=PlanKind.MEDIGAP, accumulators=(), medigap="G", person_ids=(ELEANOR,)
)


def medicare(*claims_: object, policy: str = "", **question: object) -> Estimate:
    years = [year(of=MEDICARE, claims=claims_)]  # type: ignore[arg-type]
    if policy:
        years.append(year(of=replace(POLICY, medigap=policy)))
    return answer(*years, **question)  # type: ignore[arg-type]


def taken(cents: int, day: date = date(2026, 3, 2)) -> object:
    return claim(plan_id=1, service_from=day, deductible=cents, allowed=cents)


def test_b05_the_part_b_deductible_with_medigap_g() -> None:
    found = medicare(policy="G", category="SPEC", allowed=300_00)
    assert [payer.paid for payer in found.payers] == [13_60, 3_40]
    assert (found.you_pay, found.plan_pays) == (283_00, 17_00)
    assert (found.moved[0].before, found.moved[0].after, found.moved[0].limit) == (0, 283_00, 283_00)


def test_b06_an_office_visit_with_medigap_n() -> None:
    found = medicare(taken(283_00), policy="N", category="SPEC", allowed=150_00)
    assert [payer.paid for payer in found.payers] == [120_00, 10_00]
    assert found.you_pay == 20_00


@pytest.mark.parametrize(("letter", "owes"), [("G", 0), ("N", 48_50), ("", 66_50)])
def test_b07_a_doctor_who_does_not_participate(letter: str, owes: int) -> None:
    found = medicare(
        taken(283_00), policy=letter, category="SPEC", allowed=200_00, accepts_assignment=False
    )
    assert found.payers[0].allowed == 190_00
    assert found.you_pay == owes


def test_b08_a_stay_of_65_days() -> None:
    found = medicare(category="INPATIENT", units=65)
    assert (found.you_pay, found.plan_pays) == (3_906_00, None)
    assert "first stay of a benefit period" in said(found, Caution.MEDICARE)
    assert medicare(policy="G", category="INPATIENT", units=65).you_pay == 0


def test_b09_the_standard_part_d_up_to_its_cap() -> None:
    part_d = plan(id=3, name="Drugs", kind=PlanKind.PART_D, accumulators=(), person_ids=(ELEANOR,))
    before = claim(plan_id=3, category="RX2", allowed=6_000_00)
    found = answer(year(of=part_d, claims=[before]), category="RX2", allowed=1_000_00)
    assert found.you_pay == 2_100_00 - (615_00 + (6_000_00 - 615_00) // 4)
    assert found.moved[0].met


def test_drugs_go_to_part_d_and_anything_else_to_medicare() -> None:
    part_d = year(of=plan(id=3, name="Drugs", kind=PlanKind.PART_D, accumulators=()))
    years = (year(of=MEDICARE), part_d)
    assert [p.plan.name for p in answer(*years, category="RX2", allowed=10_00).payers] == ["Drugs"]
    assert [p.plan.name for p in answer(*years, category="SPEC", allowed=10_00).payers] == ["Medicare"]


def test_the_deductible_of_another_year_is_not_this_years() -> None:
    found = medicare(taken(283_00, date(2025, 3, 2)), category="SPEC", allowed=100_00)
    assert found.you_pay == 100_00


def test_an_opening_balance_fills_the_deductible() -> None:
    own_limit = replace(MEDICARE, accumulators=LIMITS[:1])
    opened = OpeningBalance(
        plan_id=1, person_id=ELEANOR, name="DED_IN", amount=283_00, as_of=date(2026, 2, 1)
    )
    filled = replace(year(of=own_limit), openings=(opened,))
    assert answer(filled, category="SPEC", allowed=100_00).you_pay == 20_00


def test_a_year_nobody_knows_is_asked_for() -> None:
    found = medicare(category="SPEC", allowed=100_00, on=date(2027, 2, 3))
    assert found.asks is not None
    assert found.asks.what == "The Part B deductible of 2027 is not known here."


def test_what_medicare_never_covers() -> None:
    found = medicare(category="MEMBERSHIP", billed=300_00)
    assert found.you_pay == 300_00
    assert "does not cover" in said(found, Caution.NEVER_COVERED)


def test_medigap_alone_pays_nothing_and_says_why() -> None:
    found = answer(year(of=POLICY), category="SPEC", allowed=10_00)
    assert found.you_pay is None
    assert "pays after Original Medicare" in said(found, Caution.MEDICARE)


def test_medigap_without_its_letter_is_asked_for() -> None:
    found = answer(year(of=MEDICARE), year(of=replace(POLICY, medigap="")), category="SPEC", allowed=10_00)
    assert found.asks is not None
    assert "is not entered" in found.asks.what


def test_a_large_employers_plan_pays_before_medicare() -> None:
    job = plan(id=5, name="Job", coordination=Coordination(subscriber_id=ELEANOR))
    found = answer(year(of=MEDICARE), year(LAB, of=job, used=MET), category="LAB", allowed=1_000_00)
    assert [payer.plan.name for payer in found.payers] == ["Job", "Medicare"]
    assert found.you_pay == 0
    small = replace(job, coordination=Coordination(subscriber_id=ELEANOR, large_employer=False))
    turned = answer(year(of=MEDICARE), year(LAB, of=small, used=MET), category="LAB", allowed=1_000_00)
    assert [payer.plan.name for payer in turned.payers] == ["Medicare", "Job"]


def test_medicare_advantage_works_like_any_plan_with_rules() -> None:
    advantage: Plan = plan(kind=PlanKind.ADVANTAGE)
    assert (
        answer(year(LAB, of=advantage, used=MET), category="LAB", allowed=100_00, on=DAY).you_pay == 20_00
    )
