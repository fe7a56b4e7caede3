"""Eligible months and the practice's fee: two questions, each with its conditions (rulebook 5.1, 5.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.accounts.answers import Condition, Verdict, verdict_of
from tracker.domain.accounts.dpc import fee_condition, may_contribute, may_hsa_pay
from tracker.domain.accounts.fsa import AfterYear, FsaKind, FsaYear
from tracker.domain.accounts.hsa_eligibility import (
    Cover,
    CoverageKind,
    HsaPerson,
    OwnFsa,
    Tier,
    eligible_months,
    part_a_warning,
)
from tracker.domain.accounts.hsa_limits import hsa_limit
from tracker.domain.accounts.practice_fee import (
    CareStatement,
    PaidBy,
    PaysFor,
    PracticeFee,
    split_fee,
)
from tracker.errors import UserProblem
from tracker.imports.limits_file import yearly_limits

LIMITS = yearly_limits()
YEAR = date(2026, 1, 1)
JUNE = date(2026, 6, 1)
HDHP = Cover(kind=CoverageKind.HDHP, begins_on=YEAR, name="Bronze HSA")
DPC = PracticeFee(
    name="Harbor Direct Care",
    amount=1_800_00,
    months=12,
    begins_on=YEAR,
    pays_for=PaysFor.CARE,
    bills_insurance=False,
    bills_visits=False,
    primary_care_only=True,
    primary_care_practitioners=True,
    within_office_care=True,
)


def counted(person: HsaPerson, year: int = 2026) -> list[int]:
    """The numbers of the months that surely count."""
    return [found.month.month for found in eligible_months(person, year, LIMITS) if found.counts]


def test_a_qualified_plan_alone_makes_every_month_count() -> None:
    assert counted(HsaPerson(covers=(HDHP,))) == list(range(1, 13))
    assert counted(HsaPerson()) == []


@pytest.mark.parametrize(
    ("begins", "ends", "months"),
    [
        (date(2026, 3, 1), None, list(range(3, 13))),
        (date(2026, 3, 2), None, list(range(4, 13))),  # not covered on the 1st of March
        (YEAR, date(2026, 7, 1), list(range(1, 8))),
        (YEAR, date(2026, 6, 30), list(range(1, 7))),
    ],
)
def test_the_first_of_the_month_decides(begins: date, ends: date | None, months: list[int]) -> None:
    assert counted(HsaPerson(covers=(replace(HDHP, begins_on=begins, ends_on=ends),))) == months


@pytest.mark.parametrize(
    "kind",
    [
        CoverageKind.OTHER_PLAN,
        CoverageKind.SPOUSE_PLAN,
        CoverageKind.SPOUSE_FSA,
        CoverageKind.GENERAL_HRA,
        CoverageKind.MEDICARE,
        CoverageKind.TRICARE,
        CoverageKind.MEDICAID,
    ],
)
def test_other_coverage_stops_the_months_it_covers(kind: CoverageKind) -> None:
    other = Cover(kind=kind, begins_on=date(2026, 7, 1))
    assert counted(HsaPerson(covers=(HDHP, other))) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    "kind",
    [
        CoverageKind.LIMITED_FSA,
        CoverageKind.POST_DEDUCTIBLE_HRA,
        CoverageKind.DENTAL_VISION,
        CoverageKind.PREVENTIVE,
        CoverageKind.TELEHEALTH,
        CoverageKind.SPECIFIC_ILLNESS,
    ],
)
def test_some_coverage_goes_along(kind: CoverageKind) -> None:
    assert len(counted(HsaPerson(covers=(HDHP, Cover(kind=kind, begins_on=YEAR))))) == 12


def test_bronze_plans_of_an_exchange_count_from_2026() -> None:
    bronze = Cover(kind=CoverageKind.EXCHANGE_PLAN, begins_on=date(2025, 1, 1), tier=Tier.FAMILY)
    assert counted(HsaPerson(covers=(bronze,)), 2025) == []
    months = eligible_months(HsaPerson(covers=(bronze,)), 2026, LIMITS)
    assert {found.counts for found in months} == {Tier.FAMILY}
    assert "Notice 2026-5" in months[0].answer.conditions[0].source


def test_months_before_medicare_give_the_prorated_limit() -> None:
    medicare = Cover(kind=CoverageKind.MEDICARE, begins_on=date(2026, 7, 1))
    person = HsaPerson(covers=(HDHP, medicare), birth_date=date(1961, 7, 9))
    months = [found.counts for found in eligible_months(person, 2026, LIMITS)]
    assert hsa_limit(LIMITS, 2026, months, birth_date=person.birth_date).limit == 2_700_00  # C06


def test_a_dependent_may_not_contribute() -> None:
    assert counted(HsaPerson(covers=(HDHP,), dependent_years=frozenset({2026}))) == []


def fsa(after: AfterYear, left: int | None, kind: FsaKind = FsaKind.GENERAL) -> HsaPerson:
    year = FsaYear(
        begins_on=date(2025, 1, 1), ends_on=date(2025, 12, 31), election=3_300_00, after=after, kind=kind
    )
    return HsaPerson(covers=(HDHP,), fsas=(OwnFsa(year=year, left_at_end=left),))


@pytest.mark.parametrize(
    ("after", "left", "first"),
    [
        (AfterYear.NOTHING, 500_00, 1),
        (AfterYear.GRACE, 0, 1),
        (AfterYear.GRACE, 1, 4),  # the grace period runs until March 15
        (AfterYear.CARRY_OVER, 0, 1),
        (AfterYear.CARRY_OVER, 1, 13),  # the whole next year is lost
    ],
)
def test_last_years_fsa_and_this_years_months(after: AfterYear, left: int, first: int) -> None:
    assert counted(fsa(after, left)) == list(range(first, 13))


def test_a_limited_fsa_or_a_carry_over_into_one_goes_along() -> None:
    assert len(counted(fsa(AfterYear.CARRY_OVER, 1, FsaKind.LIMITED))) == 12
    person = fsa(AfterYear.CARRY_OVER, 500_00)
    limited = replace(person.fsas[0], carried_into_limited=True)
    assert len(counted(replace(person, fsas=(limited,)))) == 12


def test_an_unknown_fsa_balance_leaves_the_month_open() -> None:
    months = eligible_months(fsa(AfterYear.GRACE, None), 2026, LIMITS)
    assert [found.answer.verdict for found in months[2:4]] == [Verdict.ASK, Verdict.YES]
    assert months[0].counts is None
    assert months[0].may_count is Tier.SELF
    assert "whether your FSA was at zero" in months[0].answer.sentence


def test_the_own_fsa_stops_its_own_year() -> None:
    year = FsaYear(begins_on=date(2026, 1, 1), ends_on=date(2026, 8, 31), election=1_000_00)
    person = HsaPerson(covers=(HDHP,), fsas=(OwnFsa(year=year),))
    assert counted(person) == [9, 10, 11, 12]


def test_part_a_reaches_back_but_not_before_65() -> None:
    months = [date(2026, number, 1) for number in range(1, 13)]
    person = HsaPerson(birth_date=date(1960, 5, 20))
    said, hit = part_a_warning(person, date(2026, 10, 15), months)
    assert hit == tuple(months[3:10])
    assert said.startswith("Medicare Part A may begin on Apr 1, 2026")
    at_65 = replace(person, birth_date=date(1961, 8, 20))
    assert part_a_warning(at_65, date(2026, 10, 15), months)[1] == tuple(months[7:10])
    assert part_a_warning(HsaPerson(), date(2026, 10, 15), months) == ("", ())


# The practice's fee


@pytest.mark.parametrize(
    ("fees", "passes"),
    [
        pytest.param([(1_800_00, 12, 1)], True, id="C11"),
        pytest.param([(3_600_00, 12, 1)], False, id="C12"),
        pytest.param([(3_600_00, 12, 2)], True, id="C13"),
        pytest.param([(300_00, 1, 3), (50_00, 1, 1)], False, id="C14"),
        pytest.param([(150_00, 1, 1)], True, id="at the cap"),
        pytest.param([(150_01, 1, 1)], False, id="a cent above"),
        pytest.param([(1_800_01, 12, 1)], False, id="a cent a year above"),
        pytest.param([(450_00, 3, 1)], True, id="quarterly"),
        pytest.param([(100_00, 1, 1), (50_00, 1, 1)], True, id="two that fit"),
    ],
)
def test_the_fee_test(fees: list[tuple[int, int, int]], passes: bool) -> None:
    found = [replace(DPC, amount=amount, months=months, people=people) for amount, months, people in fees]
    assert fee_condition(found, JUNE, LIMITS).passes is passes
    answer = may_contribute(found, JUNE, LIMITS)
    assert answer.verdict is (Verdict.YES if passes else Verdict.NO)
    assert counted(HsaPerson(covers=(HDHP,), fees=tuple(found))) == (list(range(1, 13)) if passes else [])


def test_above_the_cap_the_two_questions_differ() -> None:
    fee = replace(DPC, amount=300_00, months=1)
    assert may_contribute([fee], JUNE, LIMITS).verdict is Verdict.NO
    pays = may_hsa_pay(fee, JUNE, LIMITS)
    assert (pays.verdict, pays.sure) == (Verdict.YES, False)
    assert "A-20" in pays.sentence


def test_within_the_cap_both_are_yes_and_every_condition_is_cited() -> None:
    contribute, pays = may_contribute([DPC], JUNE, LIMITS), may_hsa_pay(DPC, JUNE, LIMITS)
    assert (contribute.verdict, pays.verdict) == (Verdict.YES, Verdict.YES)
    assert contribute.question != pays.question
    assert len(contribute.conditions) == 5
    assert all(condition.source and condition.why for condition in contribute.conditions)
    assert contribute.failed == contribute.unknown == ()


@pytest.mark.parametrize(
    "change",
    [
        {"bills_insurance": True},
        {"bills_visits": True},
        {"primary_care_only": False},
        {"primary_care_practitioners": False},
        {"within_office_care": False},
    ],
)
def test_outside_the_safe_harbour_the_program_asks(change: dict[str, bool]) -> None:
    fee = replace(DPC, **change)
    answer = may_contribute([fee], JUNE, LIMITS)
    assert answer.verdict is Verdict.ASK
    assert "other health coverage" in answer.sentence
    assert len(answer.failed) == 1
    assert may_hsa_pay(fee, JUNE, LIMITS).verdict is Verdict.ASK
    stated = CareStatement(stated_on=YEAR, share=3_500)
    assert may_hsa_pay(fee, JUNE, LIMITS, stated).verdict is Verdict.PART


def test_an_access_fee_neither_stops_nor_is_paid() -> None:
    fee = replace(DPC, pays_for=PaysFor.ACCESS, bills_insurance=True)
    answer = may_contribute([fee], JUNE, LIMITS)
    assert (answer.verdict, answer.sure) == (Verdict.YES, False)
    assert answer.ask
    assert may_hsa_pay(fee, JUNE, LIMITS).verdict is Verdict.NO
    assert may_hsa_pay(replace(fee, pays_for=PaysFor.COSMETIC), JUNE, LIMITS).verdict is Verdict.NO


def test_the_source_documents_fee_that_prepays_care_fails_the_fee_test() -> None:
    fee = replace(DPC, amount=300_00, months=1, pays_for=PaysFor.BOTH)
    assert may_contribute([fee], JUNE, LIMITS).verdict is Verdict.NO
    answer = may_hsa_pay(replace(fee, amount=150_00), JUNE, LIMITS)
    assert (answer.verdict, answer.sure) == (Verdict.YES, False)


def test_unanswered_conditions_stay_open() -> None:
    fee = replace(DPC, within_office_care=None, bills_visits=None)
    answer = may_contribute([fee], JUNE, LIMITS)
    assert answer.verdict is Verdict.ASK
    assert len(answer.unknown) == 2
    assert may_hsa_pay(fee, JUNE, LIMITS).verdict is Verdict.ASK
    # Above the cap no answer can help.
    assert may_contribute([replace(fee, amount=3_600_00)], JUNE, LIMITS).verdict is Verdict.NO


def test_fees_that_an_employer_pays_are_not_the_hsas() -> None:
    assert may_hsa_pay(replace(DPC, paid_by=PaidBy.EMPLOYER), JUNE, LIMITS).verdict is Verdict.NO
    assert may_hsa_pay(replace(DPC, paid_by=PaidBy.CAFETERIA), JUNE, LIMITS).verdict is Verdict.NO


def test_before_2026_prepaid_care_stopped_contributions() -> None:
    fee = replace(DPC, begins_on=date(2024, 1, 1))
    assert may_contribute([fee], date(2025, 12, 1), LIMITS).verdict is Verdict.NO
    assert may_hsa_pay(fee, date(2025, 12, 1), LIMITS).verdict is Verdict.ASK


def test_a_fee_counts_only_while_it_is_in_force() -> None:
    fee = replace(DPC, amount=300_00, months=1, begins_on=date(2026, 4, 2), ends_on=date(2026, 8, 31))
    assert counted(HsaPerson(covers=(HDHP,), fees=(fee,))) == [1, 2, 3, 4, 9, 10, 11, 12]


def test_a_cap_that_is_not_published_is_asked_for() -> None:
    with pytest.raises(UserProblem, match="2028"):
        may_contribute([DPC], date(2028, 1, 1), LIMITS)


# The care part


def test_the_care_part_of_a_fee() -> None:
    split = split_fee(3_600_00, CareStatement(stated_on=YEAR, share=3_500, document="letter.pdf"))
    assert (split.care, split.access, split.counts_now) == (1_260_00, 2_340_00, 1_260_00)  # C22
    assert len(split.why) == 1


def test_without_a_statement_nothing_counts() -> None:
    assert split_fee(3_600_00, None).care == 0
    waits = split_fee(3_600_00, CareStatement(stated_on=YEAR, amount=900_00, received=False))
    assert (waits.care, waits.counts_now) == (900_00, 0)


@pytest.mark.parametrize("stated", [{"share": 10_001}, {"amount": 3_600_01}, {"amount": -1}])
def test_a_statement_stays_within_the_fee(stated: dict[str, int]) -> None:
    with pytest.raises(UserProblem):
        split_fee(3_600_00, CareStatement(stated_on=YEAR, **stated))


@given(st.integers(0, 10_000_00), st.integers(0, 10_000))
def test_care_and_the_rest_add_to_the_fee(fee: int, share: int) -> None:
    split = split_fee(fee, CareStatement(stated_on=YEAR, share=share))
    assert split.care + split.access == fee
    assert min(split.care, split.access) >= 0


@given(st.lists(st.sampled_from([True, False, None])))
def test_an_open_condition_is_never_a_yes(passes: list[bool | None]) -> None:
    verdict = verdict_of(Condition("", found, "", "") for found in passes)
    assert (verdict is Verdict.YES) == all(found is True for found in passes)
    assert (verdict is Verdict.NO) == (False in passes)


def test_without_a_fee_there_is_nothing_to_ask() -> None:
    answer = may_contribute([], JUNE, LIMITS)
    assert (answer.verdict, answer.sure, answer.ask) == (Verdict.YES, True, "")
