"""The yearly limits that come with the program, against the rulebook's tables (5.1, 5.2, 5.3, 5.6, 7.5)."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.accounts.mileage import rate_on
from tracker.errors import UserProblem
from tracker.imports.limits_file import yearly_limits

LIMITS = yearly_limits()


@pytest.mark.parametrize(
    ("year", "self_only", "family"),
    [
        (2020, 3_550, 7_100),
        (2021, 3_600, 7_200),
        (2022, 3_650, 7_300),
        (2023, 3_850, 7_750),
        (2024, 4_150, 8_300),
        (2025, 4_300, 8_550),
        (2026, 4_400, 8_750),
        (2027, 4_500, 9_000),
    ],
)
def test_hsa(year: int, self_only: int, family: int) -> None:
    found = LIMITS.of(year)
    assert (found.hsa.self_only, found.hsa.family) == (self_only * 100, family * 100)
    assert found.hsa_catch_up == 1_000_00
    cap = (150_00, 300_00) if year >= 2026 else (None, None)
    assert (found.direct_primary_care_month.self_only, found.direct_primary_care_month.family) == cap


@pytest.mark.parametrize(
    ("year", "fsa", "carry_over", "ebhra", "self_only", "family"),
    [
        (2020, 2_750, 550, 1_800, 5_250, 10_600),
        (2021, 2_750, 550, 1_800, 5_300, 10_700),
        (2022, 2_850, 570, 1_800, 5_450, 11_050),
        (2023, 3_050, 610, 1_950, 5_850, 11_800),
        (2024, 3_200, 640, 2_100, 6_150, 12_450),
        (2025, 3_300, 660, 2_150, 6_350, 12_800),
        (2026, 3_400, 680, 2_200, 6_450, 13_100),
        (2027, None, None, 2_250, None, None),
    ],
)
def test_fsa_and_hra(
    year: int,
    fsa: int | None,
    carry_over: int | None,
    ebhra: int,
    self_only: int | None,
    family: int | None,
) -> None:
    found = LIMITS.of(year)
    amounts = (
        found.fsa_contribution,
        found.fsa_carry_over,
        found.ebhra,
        found.qsehra.self_only,
        found.qsehra.family,
    )
    expected = (fsa, carry_over, ebhra, self_only, family)
    assert amounts == tuple(None if amount is None else amount * 100 for amount in expected)
    if fsa is not None and year >= 2022:
        assert carry_over == fsa // 5  # 20 % of the limit


@pytest.mark.parametrize(
    ("day", "mills"),
    [
        (date(2020, 12, 31), 170),
        (date(2021, 1, 1), 160),
        (date(2022, 6, 30), 180),
        (date(2022, 7, 1), 220),
        (date(2023, 1, 1), 220),
        (date(2024, 1, 1), 210),
        (date(2025, 1, 1), 210),
        (date(2026, 1, 1), 205),
    ],
)
def test_mileage(day: date, mills: int) -> None:
    assert rate_on(LIMITS, day) == mills


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2027, 1, 1), date(2031, 1, 1)])
def test_an_unknown_mileage_rate_is_asked_for(day: date) -> None:
    with pytest.raises(UserProblem) as found:
        rate_on(LIMITS, day)
    assert found.value.field == "year"


def test_2026_for_taxes() -> None:
    found = LIMITS.of(2026)
    standard = found.standard_deduction
    assert (standard.single, standard.joint, standard.head_of_household) == (
        16_100_00,
        32_200_00,
        24_150_00,
    )
    assert (found.medical_deduction_floor, found.affordability) == (750, 996)


def test_every_year_names_where_its_figures_can_be_read() -> None:
    assert sorted(LIMITS.years) == list(range(2020, 2028))
    assert all(len(found.sources) >= 3 for found in LIMITS.years.values())
