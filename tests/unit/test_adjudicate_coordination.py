"""Two plans for one person, Medicare and Medigap (rulebook 1.13, 1.14, 2.9), surprise billing (1.10)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tracker.domain.coverage.coordination import (
    AfterPrimary,
    Basis,
    CoverageKind,
    CoverageOf,
    coordinate,
    payment_order,
)
from tracker.domain.coverage.medicare import (
    MEDIGAP,
    VisitPlace,
    medigap,
    non_participating,
    part_a_stay,
    part_b,
    part_d,
    part_d_cost_at_cap,
    sequestration,
    snf_stay,
)
from tracker.domain.coverage.surprise_billing import CareSetting, protection
from tracker.errors import UserProblem
from tracker.facts import CobMethod
from tracker.imports.limits_file import yearly_limits

YEAR = yearly_limits().of(2026).medicare
LEFT = AfterPrimary(allowable=1_000_00, primary_paid=800_00, responsibility=200_00)


@pytest.mark.parametrize(
    ("name", "method", "more", "paid", "owes"),
    [
        ("B01", CobMethod.STANDARD, {"alone": 800_00}, 200_00, 0),
        ("B02", CobMethod.NON_DUPLICATION, {"alone": 800_00}, 0, 200_00),
        ("B03", CobMethod.MAINTENANCE, {"deductible_left": 100_00, "coinsurance": 2000}, 80_00, 120_00),
        ("B04", CobMethod.NON_DUPLICATION, {"alone": 900_00}, 100_00, 100_00),
        ("a second plan that pays little", CobMethod.STANDARD, {"alone": 50_00}, 50_00, 150_00),
        ("a second deductible takes all", CobMethod.MAINTENANCE, {"deductible_left": 900_00}, 0, 200_00),
    ],
)
def test_a_second_plan(name: str, method: CobMethod, more: dict[str, Any], paid: int, owes: int) -> None:
    found = coordinate(method, LEFT, **more)
    assert (found.secondary_paid, found.owes) == (paid, owes), name
    assert found.why[-1] == f"You owe ${owes / 100:,.2f}."


def test_a_second_plan_is_asked_for_what_is_missing() -> None:
    with pytest.raises(UserProblem, match="pay alone is not known"):
        coordinate(CobMethod.STANDARD, LEFT)
    with pytest.raises(UserProblem, match="second plan allows is not known"):
        coordinate(CobMethod.ALLOWED_LESS_PAID, LEFT, alone=1)
    with pytest.raises(UserProblem, match="cannot be a part"):
        AfterPrimary(allowable=-1, primary_paid=0, responsibility=0)


def test_b05_the_part_b_deductible_with_medigap_g() -> None:
    found = part_b(300_00, deductible_left=283_00, policy=medigap("g"))
    assert (found.deductible, found.coinsurance, found.medicare_paid) == (283_00, 3_40, 13_60)
    assert (found.medigap_paid, found.owes) == (3_40, 283_00)


def test_b06_an_office_visit_with_medigap_n() -> None:
    found = part_b(150_00, deductible_left=0, policy=MEDIGAP["N"], place=VisitPlace.OFFICE)
    assert (found.medicare_paid, found.coinsurance, found.medigap_paid, found.owes) == (
        120_00,
        30_00,
        10_00,
        20_00,
    )


def test_b07_a_doctor_who_does_not_participate() -> None:
    fees = non_participating(200_00)
    assert (fees.approved, fees.limiting_charge, fees.most_excess) == (190_00, 218_50, 28_50)
    g = part_b(190_00, deductible_left=0, policy=MEDIGAP["G"], excess=fees.most_excess)
    n = part_b(
        190_00, deductible_left=0, policy=MEDIGAP["N"], excess=fees.most_excess, place=VisitPlace.OFFICE
    )
    assert (g.medicare_paid, g.coinsurance, g.owes, n.owes) == (152_00, 38_00, 0, 48_50)


@pytest.mark.parametrize(("admitted", "owes"), [(False, 50_00), (True, 0)])
def test_medigap_n_in_the_emergency_room(admitted: bool, owes: int) -> None:
    found = part_b(900_00, deductible_left=0, policy=MEDIGAP["N"], place=VisitPlace.ER, admitted=admitted)
    assert found.owes == owes


def test_b08_a_stay_of_65_days() -> None:
    assert part_a_stay(YEAR, 65) == 3_906_00


def test_a_second_stay_in_the_same_benefit_period() -> None:
    assert part_a_stay(YEAR, 10, days_before=55, deductible_paid=True) == 5 * 434_00
    assert part_a_stay(YEAR, 100) == 1_736_00 + 30 * 434_00 + 10 * 868_00
    assert part_a_stay(YEAR, 5, days_before=92, deductible_paid=True) == 5 * 868_00


def test_days_beyond_the_reserve_are_refused() -> None:
    assert part_a_stay(YEAR, 150) == 1_736_00 + 30 * 434_00 + 60 * 868_00
    with pytest.raises(UserProblem, match="covers 150 days"):
        part_a_stay(YEAR, 151)
    with pytest.raises(UserProblem, match="covers 100 days"):
        part_a_stay(YEAR, 101, reserve_used=50)
    with pytest.raises(UserProblem, match="at least one day"):
        part_a_stay(YEAR, 0)


def test_skilled_nursing() -> None:
    assert [snf_stay(YEAR, days) for days in (20, 21, 100)] == [0, 217_00, 80 * 217_00]
    with pytest.raises(UserProblem, match="days 1 to 100"):
        snf_stay(YEAR, 101)


def test_b09_part_d_up_to_its_cap() -> None:
    assert part_d_cost_at_cap(YEAR) == 6_555_00
    assert part_d(YEAR, 0, 6_555_00) == part_d(YEAR, 0, 9_000_00) == 2_100_00
    assert part_d(YEAR, 0, 600_00) == 600_00
    assert part_d(YEAR, 600_00, 115_00) == 15_00 + 25_00
    assert part_d(YEAR, 6_555_00, 400_00) == 0


def test_sequestration_and_unknown_years() -> None:
    assert sequestration(152_00) == 3_04
    with pytest.raises(UserProblem, match="Part A deductible of 2027 is not known"):
        part_a_stay(yearly_limits().of(2027).medicare, 3)
    with pytest.raises(UserProblem, match="no Medigap plan Z"):
        medigap("z")
    with pytest.raises(UserProblem, match="below zero"):
        part_b(-1, deductible_left=0)


OWN = CoverageOf(name="own")


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        (CoverageOf(name="x", has_cob_clause=False, subscriber=False), OWN, "does not coordinate"),
        (OWN, CoverageOf(name="spouse's", subscriber=False), "subscriber"),
        (
            CoverageOf(name="mother's", subscriber=False, parent_birth=(3, 9)),
            CoverageOf(name="father's", subscriber=False, parent_birth=(11, 2)),
            "earlier birthday",
        ),
        (
            CoverageOf(name="longer", subscriber=False, parent_birth=(3, 9), since=date(2019, 1, 1)),
            CoverageOf(name="shorter", subscriber=False, parent_birth=(3, 9), since=date(2022, 1, 1)),
            "in force longer",
        ),
        (
            CoverageOf(name="decree", subscriber=False, basis=Basis.COURT_DECREE, parent_birth=(11, 2)),
            CoverageOf(name="custody", subscriber=False, basis=Basis.CUSTODIAL_PARENT, parent_birth=(3, 9)),
            "court decree",
        ),
        (OWN, CoverageOf(name="COBRA", active_employment=False), "active work"),
        (OWN, CoverageOf(name="Medicare", kind=CoverageKind.MEDICARE), "20 or more"),
        (
            CoverageOf(name="Medicare", kind=CoverageKind.MEDICARE),
            CoverageOf(name="small", employer_20=False),
            "Medicare pays first",
        ),
        (
            CoverageOf(name="Medicare", kind=CoverageKind.MEDICARE),
            CoverageOf(name="retiree", active_employment=False),
            "Medicare pays first",
        ),
        (OWN, CoverageOf(name="Medicaid", kind=CoverageKind.MEDICAID), "Medicaid pays last"),
    ],
)
def test_who_pays_first(first: CoverageOf, second: CoverageOf, rule: str) -> None:
    for coverages in ((first, second), (second, first)):
        order = payment_order(coverages)
        assert order.coverages == (first, second)
        assert order.decided
        assert rule in order.rules[0]


def test_nothing_decides_where_nothing_is_known() -> None:
    order = payment_order((OWN, CoverageOf(name="other")))
    assert not order.decided


@pytest.mark.parametrize(
    ("setting", "more", "protected"),
    [
        (CareSetting.EMERGENCY, {"consent_signed": True}, True),
        (CareSetting.AIR_AMBULANCE, {}, True),
        (CareSetting.GROUND_AMBULANCE, {}, False),
        (CareSetting.OFFICE, {}, False),
        (CareSetting.URGENT_CARE, {}, False),
        (CareSetting.IN_NETWORK_FACILITY, {}, True),
        (CareSetting.IN_NETWORK_FACILITY, {"consent_signed": True}, False),
        (CareSetting.IN_NETWORK_FACILITY, {"consent_signed": True, "ancillary": True}, True),
        (CareSetting.IN_NETWORK_FACILITY, {"consent_signed": True, "urgent_or_no_choice": True}, True),
        (CareSetting.EMERGENCY, {"covered": False}, False),
        (CareSetting.EMERGENCY, {"plan_begins_on": date(2021, 7, 1)}, False),
    ],
)
def test_surprise_billing(setting: CareSetting, more: dict[str, Any], protected: bool) -> None:
    found = protection(setting, **{"plan_begins_on": date(2026, 1, 1), **more})
    assert found.protected is protected
    assert found.why.endswith(".")
