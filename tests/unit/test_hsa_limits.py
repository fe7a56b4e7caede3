"""HSA limits by months, the last-month rule and its testing period, spouses, excess (rulebook 5.1)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.accounts.hsa_contributions import (
    HsaContribution,
    contribution_deadline,
    excise,
    room,
)
from tracker.domain.accounts.hsa_couple import Spouse, couple_limits
from tracker.domain.accounts.hsa_distributions import (
    HsaDistribution,
    distribution_tax,
    is_excepted,
)
from tracker.domain.accounts.hsa_eligibility import Tier
from tracker.domain.accounts.hsa_limits import (
    HsaLimit,
    failed_testing,
    first_failure,
    hsa_limit,
    stay_eligible,
)
from tracker.errors import UserProblem
from tracker.facts.accounts import MoneySource
from tracker.imports.limits_file import yearly_limits

LIMITS = yearly_limits()
S, F, N = Tier.SELF, Tier.FAMILY, None
AT_40, AT_56 = date(1986, 3, 1), date(1970, 3, 1)

tiers = st.sampled_from([S, F, N])
years = st.lists(tiers, min_size=12, max_size=12).map(tuple)
births = st.sampled_from([AT_40, AT_56, None])


def of(months: list[Tier | None], birth: date = AT_40) -> HsaLimit:
    return hsa_limit(LIMITS, 2026, months, birth_date=birth)


@pytest.mark.parametrize(
    ("months", "birth", "by_months", "last", "limit"),
    [
        pytest.param([S] * 12, AT_40, 4_400_00, 4_400_00, 4_400_00, id="C01"),
        pytest.param([F] * 12, AT_56, 9_750_00, 9_750_00, 9_750_00, id="C02"),
        pytest.param([S] * 7 + [N] * 5, AT_40, 2_566_66, None, 2_566_66, id="C03"),
        pytest.param([S] * 6 + [F] * 6, AT_40, 6_575_00, 8_750_00, 8_750_00, id="C04"),
        pytest.param([N] * 9 + [S] * 3, AT_40, 1_100_00, 4_400_00, 4_400_00, id="C05"),
        pytest.param([S] * 6 + [N] * 6, AT_56, 2_700_00, None, 2_700_00, id="C06"),
        pytest.param([F] * 8 + [S] * 4, AT_40, 7_300_00, 4_400_00, 7_300_00, id="C07"),
        pytest.param([N] * 12, AT_56, 0, None, 0, id="never eligible"),
    ],
)
def test_the_limit_of_a_year(
    months: list[Tier | None], birth: date, by_months: int, last: int | None, limit: int
) -> None:
    found = of(months, birth)
    assert (found.by_months, found.by_last_month, found.limit) == (by_months, last, limit)


def test_a_published_example_of_the_last_month_rule() -> None:
    found = hsa_limit(LIMITS, 2023, [N] * 11 + [F], birth_date=date(1983, 1, 1))
    assert found.limit == 7_750_00
    assert found.uses_last_month


@pytest.mark.parametrize(
    ("months", "income", "tax"),
    [([S] * 6 + [F] * 6, 2_175_00, 217_50), ([N] * 9 + [S] * 3, 3_300_00, 330_00)],
    ids=["C04", "C05"],
)
def test_failing_the_testing_period(months: list[Tier | None], income: int, tax: int) -> None:
    limit = of(months)
    failed = failed_testing(limit, limit.limit, failed_on=date(2027, 5, 1))
    assert failed is not None
    assert (failed.year, failed.income, failed.tax) == (2027, income, tax)


def test_only_what_lies_above_the_months_comes_back_as_income() -> None:
    limit = of([N] * 9 + [S] * 3)
    less = failed_testing(limit, 1_500_00, failed_on=date(2027, 12, 31))
    assert less is not None
    assert less.income == 400_00
    assert failed_testing(limit, 1_100_00, failed_on=date(2027, 5, 1)) is None
    too_much = failed_testing(limit, 5_000_00, failed_on=date(2027, 5, 1))
    assert too_much is not None
    assert too_much.income == 3_300_00  # the 600 above the limit is an excess, not this


def test_when_the_testing_period_costs_nothing() -> None:
    limit = of([N] * 9 + [S] * 3)
    assert stay_eligible(2026).last_day == date(2027, 12, 31)
    assert failed_testing(limit, 4_400_00, failed_on=date(2028, 1, 1)) is None
    assert failed_testing(limit, 4_400_00, failed_on=date(2027, 5, 1), excused=True) is None
    assert failed_testing(of([F] * 8 + [S] * 4), 7_300_00, failed_on=date(2027, 5, 1)) is None
    assert first_failure(limit, [S] * 4 + [N] * 8) == date(2027, 5, 1)
    assert first_failure(limit, [F] * 12) is None
    assert first_failure(of([S] * 12), [N] * 12) is None


def test_the_why_names_months_and_promise() -> None:
    assert of([S] * 6 + [F] * 6).why == (
        "By months: 6 months self-only of $4,400 a year and 6 months family of $8,750 a year, counted by "
        "twelfths: $6,575.00.",
        "You are eligible on December 1, so the last-month rule allows $8,750.00, if you stay eligible "
        "through December 31, 2027.",
    )


def test_a_year_without_published_limits_asks() -> None:
    with pytest.raises(UserProblem, match="2031"):
        hsa_limit(LIMITS, 2031, [S] * 12)


@given(years, births, st.integers(0, 11), st.sampled_from([S, F]))
def test_one_more_eligible_month_never_lowers_the_months(
    months: tuple[Tier | None, ...], birth: date | None, place: int, tier: Tier
) -> None:
    before = hsa_limit(LIMITS, 2026, months, birth_date=birth)
    better = list(months)
    if better[place] is None or tier is F:
        better[place] = tier
    after = hsa_limit(LIMITS, 2026, better, birth_date=birth)
    assert after.by_months >= before.by_months
    assert after.limit >= before.limit


@given(years, births)
def test_the_last_month_rule_raises_and_never_lowers(
    months: tuple[Tier | None, ...], birth: date | None
) -> None:
    found = hsa_limit(LIMITS, 2026, months, birth_date=birth)
    assert 0 <= found.by_months <= found.limit <= 9_750_00
    assert found.catch_up <= min(found.limit, 1_000_00)


# Spouses


def test_spouses_share_one_family_limit_and_keep_their_own_catch_up() -> None:
    first, second = couple_limits(LIMITS, 2026, Spouse(months=(F,) * 12), Spouse(months=(F,) * 12))
    assert (first.limit, second.limit) == (4_375_00, 4_375_00)
    first, second = couple_limits(
        LIMITS,
        2026,
        Spouse(months=(F,) * 12, birth_date=AT_56),
        Spouse(months=(F,) * 12, birth_date=AT_56),
        first_share=10_000,
    )
    assert (first.limit, second.limit) == (9_750_00, 1_000_00)  # C02


def test_family_coverage_of_one_counts_for_both() -> None:
    first, second = couple_limits(LIMITS, 2026, Spouse(months=(F,) * 12), Spouse(months=(S,) * 12))
    assert (first.limit, second.limit) == (4_375_00, 4_375_00)


def test_a_spouse_who_is_not_eligible_leaves_the_family_limit_to_the_other() -> None:
    first, second = couple_limits(LIMITS, 2026, Spouse(months=(F,) * 12), Spouse(months=(N,) * 12))
    assert (first.limit, second.limit) == (8_750_00, 0)


@given(years, years, births, births, st.integers(0, 10_000))
def test_two_spouses_never_exceed_one_family_limit(
    ones: tuple[Tier | None, ...],
    twos: tuple[Tier | None, ...],
    birth: date | None,
    other: date | None,
    share: int,
) -> None:
    first, second = couple_limits(
        LIMITS, 2026, Spouse(months=ones, birth_date=birth), Spouse(months=twos, birth_date=other),
        first_share=share,
    )  # fmt: skip
    base = first.limit - first.catch_up + second.limit - second.catch_up
    selves = [found.months.count(S) for found in (first, second)]
    # Two self-only limits may come beside the family's; one cent of catch-up may be rounded away.
    assert base <= 8_750_00 + 4_400_00 * sum(count > 0 for count in selves) + 2
    if not any(selves):
        assert base <= 8_750_00 + 2


@given(st.integers(0, 10_000))
def test_a_split_adds_up_to_the_cent(share: int) -> None:
    both = couple_limits(
        LIMITS, 2026, Spouse(months=(F,) * 12), Spouse(months=(F,) * 12), first_share=share
    )
    assert sum(found.limit for found in both) == 8_750_00


def test_a_share_is_a_percentage() -> None:
    with pytest.raises(UserProblem):
        couple_limits(LIMITS, 2026, Spouse(months=(F,) * 12), Spouse(months=(F,) * 12), first_share=10_001)


# Contributions


def put(amount: int, source: MoneySource = MoneySource.OWN, year: int = 2026) -> HsaContribution:
    return HsaContribution(paid_on=date(year, 6, 1), amount=amount, tax_year=year, source=source)


def test_employer_money_counts_against_the_limit() -> None:
    found = room(of([S] * 12), [put(700_00, MoneySource.EMPLOYER), put(500_00, MoneySource.PAYROLL)])
    assert (found.left, found.excess) == (3_200_00, 0)  # C08


def test_an_excess_costs_six_percent_a_year() -> None:
    found = room(of([S] * 12), [put(5_000_00), put(1, year=2025)])
    assert (found.left, found.excess, excise(found.excess)) == (0, 600_00, 36_00)  # C09
    assert excise(600_00, 3) == 108_00
    assert excise(600_00, 0) == 0
    assert "$600.00 too much" in found.why[2]


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2026, date(2027, 4, 15)),
        (2025, date(2026, 4, 15)),
        (2022, date(2023, 4, 18)),  # a Saturday, then Emancipation Day as kept on Monday
        (2021, date(2022, 4, 18)),  # Emancipation Day kept on Friday the 15th
        (2020, date(2021, 5, 17)),  # moved by the IRS
        (2027, date(2028, 4, 18)),
    ],
)
def test_the_last_day_to_contribute(year: int, day: date) -> None:
    assert contribution_deadline(year) == day


# Distributions


def test_money_not_for_care_is_taxed_twice() -> None:
    taken = HsaDistribution(paid_on=date(2026, 6, 1), amount=1_000_00)
    found = distribution_tax([taken], 2_200)
    assert (found.income_tax, found.additional_tax, found.total) == (220_00, 200_00, 420_00)  # C10


def test_without_a_tax_rate_no_income_tax_is_said() -> None:
    found = distribution_tax([HsaDistribution(paid_on=date(2026, 6, 1), amount=100_00)], None)
    assert (found.income_tax, found.additional_tax, found.total) == (None, 20_00, 20_00)
    assert (
        found.why[1] == "The income tax is not known without your tax rate. Additional tax of 20%: $20.00."
    )


def test_from_65_only_the_income_tax_is_left() -> None:
    birth = date(1961, 6, 1)
    assert not is_excepted(date(2026, 5, 31), birth)
    assert is_excepted(date(2026, 6, 1), birth)
    taken = HsaDistribution(paid_on=date(2026, 6, 1), amount=1_000_00, qualified=400_00, excepted=True)
    found = distribution_tax([taken], 2_200)
    assert (found.taxable, found.total) == (600_00, 132_00)
