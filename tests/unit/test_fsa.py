"""FSA years: uniform coverage, grace or carry-over, run-out, the use-by planner; HRAs (rulebook 5.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.accounts.answers import Verdict
from tracker.domain.accounts.fsa import (
    AfterYear,
    FsaClaim,
    FsaKind,
    FsaYear,
    check_fsa_year,
    forfeiture,
    grace_ends_on,
    refusal,
    standing,
)
from tracker.domain.accounts.fsa_use_by import OwnExpense, use_by_plan
from tracker.domain.accounts.hra import (
    Hra,
    HraKind,
    HraPays,
    check_hra,
    ends_hsa_eligibility,
    hra_standing,
    may_hra_pay,
)
from tracker.errors import UserProblem
from tracker.imports.limits_file import yearly_limits

LIMITS = yearly_limits()
TODAY = date(2026, 11, 22)
FSA = FsaYear(
    begins_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    election=3_400_00,
    after=AfterYear.CARRY_OVER,
)


def claim(on: date, amount: int, filed: date | None = None) -> FsaClaim:
    return FsaClaim(incurred_on=on, asked=amount, reimbursed=amount, filed_on=filed)


def test_carry_over_and_forfeiture() -> None:
    found = forfeiture(FSA, 2_500_00, LIMITS)
    assert (found.unused, found.carried_over, found.forfeited) == (900_00, 680_00, 220_00)  # C15


def test_grace_period_and_forfeiture() -> None:
    found = forfeiture(replace(FSA, after=AfterYear.GRACE), 2_500_00, LIMITS, spent_in_grace=500_00)
    assert (found.unused, found.used_in_grace, found.forfeited) == (900_00, 500_00, 400_00)  # C16


def test_with_neither_everything_left_is_lost() -> None:
    found = forfeiture(replace(FSA, after=AfterYear.NOTHING), 2_500_00, LIMITS, spent_in_grace=500_00)
    assert (found.carried_over, found.used_in_grace, found.forfeited) == (0, 0, 900_00)


def test_the_plans_own_cap_counts_where_it_is_lower() -> None:
    assert forfeiture(replace(FSA, carry_over_most=500_00), 2_500_00, LIMITS).carried_over == 500_00
    assert forfeiture(replace(FSA, carry_over_most=900_00), 2_500_00, LIMITS).carried_over == 680_00
    special = replace(
        FSA,
        begins_on=date(2021, 1, 1),
        ends_on=date(2021, 12, 31),
        election=2_750_00,
        carry_over_most=2_750_00,
    )
    assert forfeiture(special, 0, LIMITS).carried_over == 2_750_00


def test_an_unknown_cap_is_asked_for() -> None:
    later = replace(FSA, begins_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))
    with pytest.raises(UserProblem, match="2027"):
        forfeiture(later, 0, LIMITS)
    assert forfeiture(replace(later, carry_over_most=600_00), 0, LIMITS).carried_over == 600_00
    assert forfeiture(later, 3_400_00, LIMITS).forfeited == 0  # nothing left, nothing to ask


@pytest.mark.parametrize(
    ("ends", "grace"),
    [
        (date(2026, 12, 31), date(2027, 3, 15)),
        (date(2026, 6, 30), date(2026, 9, 15)),
        (date(2027, 11, 30), date(2028, 2, 15)),
    ],
)
def test_the_grace_period_lasts_two_and_a_half_months(ends: date, grace: date) -> None:
    assert grace_ends_on(ends) == grace


def test_the_run_out_is_ninety_days_unless_the_plan_says() -> None:
    assert FSA.file_by == date(2027, 3, 31)
    assert replace(FSA, run_out_ends_on=date(2027, 2, 28)).file_by == date(2027, 2, 28)


def test_the_whole_election_is_there_on_the_first_day() -> None:
    assert standing(FSA, [claim(date(2026, 1, 2), 3_400_00)]).available == 0
    assert (
        standing(replace(FSA, carried_in=640_00), [claim(date(2026, 1, 2), 100_00)]).available == 3_940_00
    )


@pytest.mark.parametrize(
    ("on", "today", "says"),
    [
        (date(2026, 11, 22), TODAY, ""),
        (date(2026, 11, 23), TODAY, "has not been given yet"),  # a retainer paid ahead
        (date(2025, 12, 31), TODAY, "before the plan year"),
        (date(2027, 1, 1), date(2027, 1, 2), "after Dec 31, 2026"),
        (date(2026, 12, 31), date(2027, 3, 31), ""),
        (date(2026, 12, 31), date(2027, 4, 1), "by Mar 31, 2027"),
    ],
)
def test_which_care_counts(on: date, today: date, says: str) -> None:
    found = refusal(FSA, FsaClaim(incurred_on=on, asked=1), today)
    assert says in found
    assert bool(says) == bool(found)


def test_care_of_the_grace_period_counts() -> None:
    with_grace = replace(FSA, after=AfterYear.GRACE)
    asked = FsaClaim(incurred_on=date(2027, 3, 15), asked=1)
    assert refusal(with_grace, asked, date(2027, 3, 20)) == ""
    assert refusal(with_grace, replace(asked, incurred_on=date(2027, 3, 16)), date(2027, 3, 20))
    found = standing(with_grace, [claim(date(2027, 2, 1), 400_00), claim(date(2027, 4, 1), 1)])
    assert (found.available, found.spent_in_grace) == (3_000_00, 400_00)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"election": 3_400_01}, "election"),
        ({"election": -1}, "election"),
        ({"ends_on": date(2025, 12, 31)}, "ends_on"),
        ({"ends_on": date(2027, 1, 1)}, "ends_on"),
        ({"run_out_ends_on": date(2026, 12, 30)}, "run_out_ends_on"),
        ({"begins_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)}, "year"),  # not published
    ],
)
def test_fsa_years_that_cannot_be(change: dict[str, object], field: str) -> None:
    with pytest.raises(UserProblem) as found:
        check_fsa_year(replace(FSA, **change), LIMITS)  # type: ignore[arg-type]
    assert found.value.field == field


def test_the_largest_election_passes() -> None:
    check_fsa_year(FSA, LIMITS)


# The planner


def test_the_planner_takes_unclaimed_receipts_first() -> None:
    plan = use_by_plan(
        FSA,
        [claim(date(2026, 3, 1), 2_000_00)],
        unclaimed=[
            OwnExpense(label="Crown", on=date(2026, 9, 1), amount=300_00),
            OwnExpense(label="Last year", on=date(2025, 9, 1), amount=300_00),
        ],
        planned=[
            OwnExpense(label="Glasses", on=date(2026, 12, 10), amount=200_00),
            OwnExpense(label="Too late", on=date(2027, 1, 10), amount=200_00),
        ],
        limits=LIMITS,
        today=TODAY,
    )
    assert [use.expense.label for use in plan.uses] == ["Crown", "Glasses"]
    assert [use.by for use in plan.uses] == [date(2027, 3, 31), date(2026, 12, 31)]
    assert (plan.balance, plan.unclaimed, plan.planned) == (1_400_00, 300_00, 200_00)
    assert (plan.carried_over, plan.at_risk, plan.days_left) == (680_00, 220_00, 39)
    assert plan.ideas
    assert plan.why[-1] == "$220.00 is lost unless you use it."


def test_after_the_year_only_claims_are_left() -> None:
    spent = [OwnExpense(label="Crown", on=date(2026, 9, 1), amount=900_00)]
    plan = use_by_plan(
        replace(FSA, after=AfterYear.NOTHING), [], unclaimed=spent, limits=LIMITS, today=date(2027, 2, 1)
    )
    assert (plan.unclaimed, plan.at_risk, plan.days_left, plan.ideas) == (900_00, 2_500_00, 0, ())
    late = use_by_plan(FSA, [], unclaimed=spent, limits=LIMITS, today=date(2027, 4, 1))
    assert late.uses == ()


def test_a_limited_fsa_has_other_ideas() -> None:
    plan = use_by_plan(replace(FSA, kind=FsaKind.LIMITED), [], limits=LIMITS, today=TODAY)
    assert all("medicine" not in idea for idea in plan.ideas)


amounts = st.integers(0, 5_000_00)
expenses = st.lists(
    st.builds(
        OwnExpense, label=st.just("x"), on=st.dates(date(2025, 6, 1), date(2027, 6, 1)), amount=amounts
    ),
    max_size=6,
)


@given(amounts, amounts, st.sampled_from(list(AfterYear)))
def test_what_is_left_is_used_carried_or_lost(spent: int, grace: int, after: AfterYear) -> None:
    found = forfeiture(replace(FSA, after=after), spent, LIMITS, spent_in_grace=grace)
    assert found.used_in_grace + found.carried_over + found.forfeited == found.unused
    assert min(found.used_in_grace, found.carried_over, found.forfeited) >= 0


@given(
    expenses,
    expenses,
    st.dates(date(2026, 1, 1), date(2027, 6, 1)),
    st.sampled_from(list(AfterYear)),
)
def test_the_plan_adds_up(
    unclaimed: list[OwnExpense], planned: list[OwnExpense], today: date, after: AfterYear
) -> None:
    plan = use_by_plan(
        replace(FSA, after=after), [], unclaimed=unclaimed, planned=planned, limits=LIMITS, today=today
    )
    assert plan.unclaimed + plan.planned + plan.carried_over + plan.at_risk == plan.balance
    assert sum(use.amount for use in plan.uses) == plan.unclaimed + plan.planned
    assert all(0 < use.amount <= use.expense.amount for use in plan.uses)


# HRA

HRA = Hra(
    kind=HraKind.INTEGRATED,
    begins_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    credit=1_200_00,
    pays=(HraPays.COST_SHARING,),
    never_pays=(HraPays.PREMIUMS,),
)


def test_an_hra_holds_what_the_employer_has_put_in() -> None:
    assert hra_standing(HRA, [200_00, 50_00], TODAY).available == 950_00
    monthly = replace(HRA, by_month=True, keeps_rest=False, file_by=date(2027, 3, 31))
    found = hra_standing(monthly, [200_00], TODAY)
    assert (found.credited, found.available, found.expires_on) == (1_100_00, 900_00, date(2027, 3, 31))
    assert hra_standing(monthly, [], date(2027, 2, 1)).credited == 1_200_00
    assert hra_standing(HRA, [], date(2025, 12, 31)).credited == 0


def test_the_plan_document_says_what_an_hra_pays() -> None:
    assert may_hra_pay(HRA, HraPays.COST_SHARING).verdict is Verdict.YES
    assert may_hra_pay(HRA, HraPays.PREMIUMS).verdict is Verdict.NO
    fees = may_hra_pay(HRA, HraPays.PRACTICE_FEES)
    assert fees.verdict is Verdict.ASK
    assert "2020" in fees.sentence


def test_a_general_hra_ends_hsa_eligibility() -> None:
    assert ends_hsa_eligibility(HRA)
    assert ends_hsa_eligibility(replace(HRA, pays=()))
    assert not ends_hsa_eligibility(replace(HRA, post_deductible=True))
    assert not ends_hsa_eligibility(replace(HRA, pays=(HraPays.DENTAL_VISION,)))


@pytest.mark.parametrize(
    ("kind", "family", "most"),
    [
        (HraKind.EBHRA, False, 2_200_00),
        (HraKind.QSEHRA, False, 6_450_00),
        (HraKind.QSEHRA, True, 13_100_00),
    ],
)
def test_the_laws_limits_of_an_hra(kind: HraKind, family: bool, most: int) -> None:
    check_hra(replace(HRA, kind=kind, family=family, credit=most), LIMITS)
    with pytest.raises(UserProblem):
        check_hra(replace(HRA, kind=kind, family=family, credit=most + 1), LIMITS)


def test_an_unknown_hra_limit_is_asked_for() -> None:
    later = replace(HRA, kind=HraKind.QSEHRA, begins_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))
    with pytest.raises(UserProblem, match="QSEHRA"):
        check_hra(later, LIMITS)
