"""Form 8889, the medical deduction, mileage and what untaxed money saves (rulebook 5.1, 5.3, 5.6, 5.7)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.accounts.hsa_contributions import HsaContribution
from tracker.domain.accounts.hsa_couple import Spouse, couple_limits
from tracker.domain.accounts.hsa_distributions import HsaDistribution
from tracker.domain.accounts.hsa_eligibility import Tier
from tracker.domain.accounts.hsa_limits import failed_testing, hsa_limit
from tracker.domain.accounts.medical_deduction import FilingStatus, PaidExpense, medical_deduction
from tracker.domain.accounts.mileage import Trip, trip_cost
from tracker.domain.accounts.tax_forms import form_8889
from tracker.domain.accounts.tax_savings import TaxRates, tax_saved
from tracker.errors import UserProblem
from tracker.facts.accounts import MoneySource
from tracker.imports.limits_file import yearly_limits

LIMITS = yearly_limits()
ALL_SELF = (Tier.SELF,) * 12


def put(amount: int, source: MoneySource = MoneySource.OWN, year: int = 2026) -> HsaContribution:
    return HsaContribution(paid_on=date(2026, 2, 3), amount=amount, tax_year=year, source=source)


def test_form_8889_of_a_plain_year() -> None:
    form = form_8889(
        hsa_limit(LIMITS, 2026, ALL_SELF),
        [put(2_000_00), put(1_200_00, MoneySource.EMPLOYER), put(999_00, year=2025)],
        [
            HsaDistribution(paid_on=date(2026, 5, 1), amount=500_00, qualified=400_00),
            HsaDistribution(paid_on=date(2025, 5, 1), amount=77_00),
        ],
    )
    amounts = {line.number: line.amount for line in form.lines}
    assert amounts == {
        "1": None, "2": 2_000_00, "3": 4_400_00, "4": 0, "5": 4_400_00, "6": 4_400_00, "7": 0,
        "8": 4_400_00, "9": 1_200_00, "10": 0, "11": 1_200_00, "12": 3_200_00, "13": 2_000_00,
        "14a": 500_00, "14b": 0, "14c": 500_00, "15": 400_00, "16": 100_00, "17a": None, "17b": 20_00,
    }  # fmt: skip
    assert form.contributions[1].sources == ("Feb 3, 2026 $2,000.00",)
    assert form.remarks == ()


def test_form_8889_of_spouses_shares_line_5() -> None:
    first, _ = couple_limits(
        LIMITS,
        2026,
        Spouse(months=(Tier.FAMILY,) * 12, birth_date=date(1970, 1, 1)),
        Spouse(months=(Tier.FAMILY,) * 12),
    )
    form = form_8889(first, [put(6_000_00)], [])
    assert [form.amount(number) for number in ("3", "5", "6", "7", "8", "13")] == [
        8_750_00, 8_750_00, 4_375_00, 1_000_00, 5_375_00, 5_375_00,
    ]  # fmt: skip
    assert form.contributions[0].words == "Family"
    assert "$625.00 on line 2" in form.remarks[0]


def test_form_8889_of_a_failed_testing_period() -> None:
    before = hsa_limit(LIMITS, 2026, [Tier.SELF] * 6 + [Tier.FAMILY] * 6)
    failed = failed_testing(before, 8_750_00, failed_on=date(2027, 5, 1))
    form = form_8889(hsa_limit(LIMITS, 2027, ALL_SELF), [], [], failed=failed)
    assert [form.amount(number) for number in ("18", "20", "21")] == [2_175_00, 2_175_00, 217_50]  # C04
    assert not form_8889(before, [], [], failed=failed).failed_testing


def test_rollovers_and_exceptions_are_left_out_of_the_tax() -> None:
    form = form_8889(
        hsa_limit(LIMITS, 2026, ALL_SELF),
        [],
        [HsaDistribution(paid_on=date(2026, 5, 1), amount=900_00, qualified=100_00, excepted=True)],
        rolled_over=300_00,
    )
    assert [form.amount(number) for number in ("14c", "15", "16", "17b")] == [600_00, 100_00, 500_00, 0]


def test_employer_money_above_the_limit_is_remarked() -> None:
    form = form_8889(hsa_limit(LIMITS, 2026, ALL_SELF), [put(5_000_00, MoneySource.EMPLOYER)], [])
    assert form.amount("12") == 0
    assert "$600.00 above the limit" in form.remarks[0]


# Schedule A


def paid(amount: int, **more: object) -> PaidExpense:
    return PaidExpense(paid_on=date(2026, 4, 1), amount=amount, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expenses", "deductible"), [(14_700_00, 5_700_00), (8_000_00, 0)], ids=["C17", "C18"]
)
def test_the_floor_of_the_medical_deduction(expenses: int, deductible: int) -> None:
    found = medical_deduction(LIMITS, 2026, 120_000_00, [paid(expenses)])
    assert (found.floor, found.deductible) == (9_000_00, deductible)


def test_a_published_example_of_the_floor() -> None:
    spent = PaidExpense(paid_on=date(2021, 7, 1), amount=10_000_00)
    assert medical_deduction(LIMITS, 2021, 100_000_00, [spent]).deductible == 2_500_00


def test_what_counts_as_an_expense() -> None:
    found = medical_deduction(
        LIMITS,
        2026,
        0,
        [
            paid(100_00, given_back=30_00),
            paid(50_00, given_back=60_00),
            paid(400_00, before_tax=True),
            PaidExpense(paid_on=date(2025, 12, 31), amount=500_00),
        ],
        mileage=17_63,
    )
    assert found.expenses == 87_63
    assert len(found.lines[0].sources) == 1


@pytest.mark.parametrize(("others", "beats"), [(10_400_00, False), (10_400_01, True)])
def test_itemizing_must_beat_the_standard_deduction(others: int, beats: bool) -> None:
    found = medical_deduction(
        LIMITS, 2026, 120_000_00, [paid(14_700_00)], other_itemized=others, status=FilingStatus.SINGLE
    )
    assert found.beats_standard is beats
    assert medical_deduction(LIMITS, 2026, 120_000_00, [paid(14_700_00)]).beats_standard is None


def test_an_unknown_standard_deduction_is_asked_for() -> None:
    with pytest.raises(UserProblem, match="standard deduction of 2027"):
        medical_deduction(LIMITS, 2027, 1, [], other_itemized=1, status=FilingStatus.JOINT)


@given(st.integers(0, 10**8), st.integers(0, 10**8))
def test_the_deduction_is_what_lies_above_the_floor(income: int, spent: int) -> None:
    found = medical_deduction(LIMITS, 2026, income, [paid(spent)])
    assert found.deductible == max(0, spent - found.floor)
    assert found.deductible <= spent


# Mileage


@pytest.mark.parametrize(
    ("day", "tenths", "cents"),
    [
        (date(2026, 5, 1), 860, 17_63),
        (date(2020, 5, 1), 1_000, 17_00),
        (date(2021, 5, 1), 1_000, 16_00),
        (date(2022, 6, 30), 1_000, 18_00),
        (date(2022, 7, 1), 1_000, 22_00),
        (date(2023, 5, 1), 1_000, 22_00),
        (date(2024, 5, 1), 1_000, 21_00),
        (date(2025, 5, 1), 1_000, 21_00),
        (date(2026, 5, 1), 5, 10),  # 10.25 cents
        (date(2026, 5, 1), 9, 18),  # 18.45 cents
    ],
)
def test_miles_at_the_rate_of_the_day(day: date, tenths: int, cents: int) -> None:
    assert trip_cost(Trip(driven_on=day, tenths=tenths), LIMITS).mileage == cents


def test_parking_is_added_and_said() -> None:
    found = trip_cost(Trip(driven_on=date(2026, 5, 1), tenths=860, parking=4_00), LIMITS)
    assert found.total == 21_63
    assert found.why == "86 miles at 20.5 cents on May 1, 2026: $17.63. Parking and tolls $4.00."


def test_trips_that_cannot_be_counted() -> None:
    with pytest.raises(UserProblem, match="mileage rate of 2027"):
        trip_cost(Trip(driven_on=date(2027, 1, 1), tenths=10), LIMITS)
    with pytest.raises(UserProblem):
        trip_cost(Trip(driven_on=date(2026, 1, 1), tenths=0), LIMITS)


# Savings


def test_tax_saved_through_payroll() -> None:
    found = tax_saved(1_260_00, TaxRates(federal=2_200, through_payroll=True))
    assert (found.saved, found.net_cost) == (373_59, 886_41)  # C23
    assert found.why == "22% federal + 7.65% payroll: $373.59 saved on $1,260.00."


@pytest.mark.parametrize(
    ("rates", "saved"),
    [
        (TaxRates(federal=2_200), 220_00),
        (TaxRates(federal=2_200, state=500), 270_00),
        (TaxRates(federal=2_200, through_payroll=True, above_wage_base=True), 234_50),
        (TaxRates(federal=0), 0),
    ],
)
def test_payroll_tax_is_saved_only_through_payroll(rates: TaxRates, saved: int) -> None:
    assert tax_saved(1_000_00, rates).saved == saved
