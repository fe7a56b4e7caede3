"""Low, expected and high: worked by hand, through the engine, and never out of order."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.coverage.outlook import outlook_of, planned_costs
from tracker.domain.coverage.plan_year import PlanYear, plan_year
from tracker.domain.coverage.progress import Progress, progress
from tracker.domain.coverage.unplanned import unplanned_care
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Claim,
    CostSharingRule,
    Likelihood,
    Network,
    OpeningBalance,
    Plan,
    PlanKind,
    PlannedCare,
)

TODAY = date(2026, 11, 22)
DED = Accumulator(
    kind=AccumulatorKind.DEDUCTIBLE,
    network=Network.IN,
    mode=AccumulatorMode.EMBEDDED,
    individual=2_000_00,
    family=4_000_00,
)
OOP = Accumulator(
    kind=AccumulatorKind.OOP_MAX,
    network=Network.IN,
    mode=AccumulatorMode.EMBEDDED,
    individual=6_000_00,
    family=12_000_00,
)
RULES = (
    CostSharingRule(category="IMAGING", deductible="DED_IN", oop_max="OOP_IN", coinsurance=2000),
    CostSharingRule(category="SPEC", oop_max="OOP_IN", copay=50_00),
    CostSharingRule(category="LAB", deductible="DED_IN", oop_max="OOP_IN", coinsurance=2000),
)
PLAN = Plan(
    id=9,
    name="PPO",
    begins_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    person_ids=(1, 2),
    accumulators=(DED, OOP),
)


def care(day: date, allowed: int | None, likelihood: Likelihood, **more: object) -> PlannedCare:
    values: dict[str, object] = {"person_id": 1, "category": "IMAGING", "label": "MRI"}
    return PlannedCare(**(values | more), first_on=day, allowed=allowed, likelihood=likelihood)  # type: ignore[arg-type]


def claim(day: date, allowed: int, deductible: int, **more: object) -> Claim:
    values: dict[str, object] = {"person_id": 1, "provider_id": 1, "category": "LAB", "processed_on": day}
    return Claim(**(values | more), service_from=day, allowed=allowed, deductible=deductible)  # type: ignore[arg-type]


def year_of(
    claims: list[Claim],
    planned: list[PlannedCare] | None = None,
    history: list[Claim] | None = None,
    rules: tuple[CostSharingRule, ...] = RULES,
    plan: Plan = PLAN,
    openings: tuple[OpeningBalance, ...] = (),
) -> PlanYear:
    made = plan_year(plan, claims, rules, on=TODAY, openings=openings)
    return replace(made, planned=tuple(planned or ()), history=tuple(history or ()))


def moved(
    year: PlanYear, person: int | None = 1, limit: Accumulator = DED, today: date = TODAY
) -> Progress:
    return progress(year, limit, person, today=today)


# 1,420 used of 2,000: one knee examination in May that looks like the planned one, so that no other
# care is left to make a rate of.
USED = claim(date(2026, 5, 5), 1_420_00, 1_420_00, category="IMAGING")


def test_each_line_holds_what_is_marked_so() -> None:
    year = year_of(
        [USED],
        [
            care(date(2026, 12, 1), 100_00, Likelihood.SURE),
            care(date(2026, 12, 3), 300_00, Likelihood.LIKELY),
            care(date(2026, 12, 9), 500_00, Likelihood.MAYBE),
        ],
    )
    ahead = moved(year).projection
    assert ahead is not None
    assert ahead.low is not None
    assert ahead.expected is not None
    assert ahead.high is not None
    assert [(step.day, step.total) for step in ahead.low.steps] == [(date(2026, 12, 1), 1_520_00)]
    assert [(step.day, step.total) for step in ahead.expected.steps] == [
        (date(2026, 12, 1), 1_520_00),
        (date(2026, 12, 3), 1_820_00),
    ]
    # The last 500 find 180 of the deductible left.
    assert [(step.day, step.total) for step in ahead.high.steps][-1] == (date(2026, 12, 9), 2_000_00)
    assert (ahead.end_total, ahead.reached_on) == (1_820_00, None)
    assert ahead.high.reached_on == date(2026, 12, 9)
    assert ahead.words == (
        "With the care you have planned it reaches about $1,820 by Dec 31; "
        "at least $1,520, and it could be met about Dec 9."
    )
    assert ahead.expected.steps[1].words == "MRI (likely)"


def test_the_sentence_names_the_day_it_is_met() -> None:
    year = year_of(
        [USED],
        [
            care(date(2026, 12, 1), 100_00, Likelihood.SURE),
            care(date(2026, 12, 3), 1_200_00, Likelihood.LIKELY),
        ],
    )
    ahead = moved(year).projection
    assert ahead is not None
    assert ahead.reached_on == date(2026, 12, 3)
    assert ahead.words == (
        "With the care you have planned it is met about Dec 3; at least $1,520, at most $2,000 by Dec 31."
    )
    # 580 - 100 of deductible, then 20% of the other 720: the maximum takes both.
    maximum = moved(year, limit=OOP).projection
    assert maximum is not None
    assert maximum.end_total == 1_420_00 + 100_00 + 480_00 + 144_00


def test_sure_care_meets_it_at_the_latest() -> None:
    year = year_of(
        [USED],
        [
            care(date(2026, 12, 3), 400_00, Likelihood.LIKELY),
            care(date(2026, 12, 20), 600_00, Likelihood.SURE),
        ],
    )
    ahead = moved(year).projection
    assert ahead is not None
    assert ahead.words == "With the care you have planned it is met about Dec 20."


def test_what_happened_is_not_counted_again_and_what_is_late_is_still_expected() -> None:
    planned = [
        care(date(2026, 5, 1), 900_00, Likelihood.SURE),
        care(date(2026, 9, 1), 200_00, Likelihood.SURE),
    ]
    ahead = moved(year_of([USED], planned)).projection
    assert ahead is not None
    assert ahead.low is not None
    assert [(step.day, step.total) for step in ahead.low.steps] == [(TODAY, 1_620_00)]


def test_amounts_nobody_knows_are_listed_and_not_guessed() -> None:
    planned = [
        care(date(2026, 12, 1), None, Likelihood.SURE, category="SPEC", label="Heart doctor"),
        care(date(2026, 12, 2), 90_00, Likelihood.SURE, category="CHIRO", label="Chiropractor"),
        care(date(2026, 12, 3), 90_00, Likelihood.SURE),
    ]
    ahead = moved(year_of([USED], planned)).projection
    assert ahead is not None
    assert ahead.end_total == 1_510_00
    assert "for want of an amount: Heart doctor." in ahead.assumption
    assert "for want of a rule of the plan: Chiropractor." in ahead.assumption


def test_the_usual_amount_is_learned_from_past_eobs() -> None:
    planned = [care(date(2026, 12, 3), None, Likelihood.SURE)]
    ahead = moved(year_of([USED], planned)).projection
    assert ahead is not None
    assert ahead.end_total == 2_000_00


def history(day: date, count: int, every: int, allowed: int = 73_00) -> list[Claim]:
    """Laboratory tests on regular days; the first has the plan's rule in its favour."""
    return [
        claim(day + timedelta(days=every * place), allowed, allowed, id=100 + place)
        for place in range(count)
    ]


def test_usual_care_comes_at_the_rate_of_two_years() -> None:
    # 730 days of history from Nov 23, 2024, with 10 tests of 73 dollars: a dollar a day.
    past = history(date(2024, 11, 23), 10, 30)
    year = year_of([USED], [], past)
    usual = unplanned_care(
        replace(year, planned=(care(TODAY, 1, Likelihood.MAYBE),)), today=TODAY, parents={}
    )
    assert usual is not None
    assert (usual.days, usual.months, len(usual.claims)) == (730, 24, 10)
    planned = [care(date(2027, 1, 1), 1, Likelihood.MAYBE)]  # only sets the knee of May apart
    ahead = moved(replace(year, planned=tuple(planned))).projection
    assert ahead is not None
    assert ahead.end_total == 1_420_00 + 39_00  # 39 days are left
    assert ahead.words.startswith(
        "At your usual rate of the last 24 months it reaches about $1,459 by Dec 31"
    )
    assert ahead.low is not None
    assert ahead.low.end_total == 1_420_00
    # The costliest 39 days hold two tests.
    assert ahead.high is not None
    assert ahead.high.end_total == 1_420_00 + 146_00


def test_a_copay_comes_as_often_as_its_visit() -> None:
    # 10 visits in 730 days, 39 days left: 10 * 39 / 730 of a copay of 50 dollars.
    past = [replace(one, category="SPEC", deductible=0) for one in history(date(2024, 11, 23), 10, 30)]
    year = year_of([], [], past)
    ahead = moved(year, limit=OOP).projection
    assert ahead is not None
    assert abs(ahead.end_total - round(50_00 * 10 * 39 / 730)) <= 3  # a cent or so for each week


def test_little_history_gives_this_years_pace_and_none_gives_nothing() -> None:
    # 326 days of the year so far, one test of 326 dollars: a dollar a day.
    ahead = moved(year_of([claim(date(2026, 3, 3), 326_00, 326_00)])).projection
    assert ahead is not None
    assert ahead.end_total == 326_00 + 39_00
    assert ahead.words.startswith("At this year's pace it reaches about $365 by Dec 31")
    assert moved(year_of([])).projection is None


def test_care_like_the_planned_is_not_counted_twice() -> None:
    past = history(date(2024, 11, 23), 10, 30)
    tests = care(date(2026, 12, 1), 73_00, Likelihood.SURE, category="LAB", label="Test")
    ahead = moved(year_of([], [tests], past)).projection
    assert ahead is not None
    assert ahead.end_total == 73_00
    assert ahead.words == "With the care you have planned it reaches about $73 by Dec 31."


def test_an_eob_without_a_service_goes_on_as_it_stated() -> None:
    ahead = moved(year_of([claim(date(2026, 3, 3), 400_00, 326_00, category="")])).projection
    assert ahead is not None
    assert ahead.end_total == 326_00 + 39_00


def test_an_opening_balance_is_where_the_line_begins_and_no_pace() -> None:
    opening = OpeningBalance(
        plan_id=9, person_id=1, name="DED_IN", amount=500_00, as_of=date(2026, 6, 30), note=""
    )
    shown = moved(year_of([], [care(date(2026, 12, 3), 90_00, Likelihood.SURE)], openings=(opening,)))
    assert [(step.day, step.total, step.claim) for step in shown.steps] == [(PLAN.begins_on, 500_00, None)]
    assert shown.projection is not None
    assert shown.projection.end_total == 590_00


@pytest.mark.parametrize("kind", [PlanKind.PPO, PlanKind.OTHER])
def test_a_plan_without_rules_keeps_its_pace_and_says_so(kind: PlanKind) -> None:
    rules = RULES if kind is PlanKind.OTHER else ()
    planned = [care(date(2026, 12, 3), 90_00, Likelihood.SURE)]
    ahead = moved(year_of([USED], planned, rules=rules, plan=replace(PLAN, kind=kind))).projection
    assert ahead is not None
    assert ahead.end_total == 1_420_00 * 365 // 326
    assert ahead.expected is None
    assert "Planned care is not in it" in ahead.assumption


def test_nothing_is_said_of_a_limit_that_is_met_or_a_year_that_is_over() -> None:
    planned = [care(date(2026, 12, 3), 90_00, Likelihood.SURE)]
    assert moved(year_of([replace(USED, deductible=2_000_00)], planned)).projection is None
    assert moved(year_of([USED], planned), today=date(2027, 1, 1)).projection is None
    assert moved(year_of([USED], planned), today=date(2025, 12, 31)).projection is None


def test_a_person_is_stopped_where_the_family_is_done() -> None:
    # Sam put 2,000 in; 580 of the family's 4,000 minus 1,420 are left to Eleanor, whatever she plans.
    both = [USED, claim(date(2026, 6, 6), 2_000_00, 2_000_00, person_id=2, id=2)]
    year = year_of(both, [care(date(2026, 12, 3), 9_000_00, Likelihood.SURE)])
    ahead = moved(year, None).projection
    assert ahead is not None
    assert (ahead.end_total, ahead.reached_on) == (4_000_00, date(2026, 12, 3))


def test_planned_costs_are_worked_in_order() -> None:
    year = year_of(
        [USED],
        [
            care(date(2026, 12, 3), 1_200_00, Likelihood.LIKELY),
            care(date(2026, 12, 9), 500_00, Likelihood.MAYBE, label="Once more"),
            care(date(2026, 12, 10), 100_00, Likelihood.SURE, category="LAB", label="Test"),
            care(date(2026, 12, 11), None, Likelihood.SURE, category="SPEC", label="Visit"),
        ],
    )
    costs = planned_costs(year, TODAY)
    assert [cost.result.owes if cost.result else None for cost in costs] == [704_00, 100_00, 20_00, None]
    assert [cost.own[0] for cost in costs[:3]] == [2_000_00, 2_000_00, 2_000_00]
    assert costs[2].own[1] == 1_420_00 + 704_00 + 20_00  # what only may be moved nothing


LIKELIHOODS = st.sampled_from(list(Likelihood))
AMOUNTS = st.integers(0, 5_000_00)
CARES = st.builds(
    care,
    st.dates(date(2026, 1, 1), date(2027, 1, 31)),
    st.none() | AMOUNTS,
    LIKELIHOODS,
    person_id=st.integers(1, 2),
    category=st.sampled_from(["IMAGING", "SPEC", "LAB", "CHIRO"]),
    times=st.integers(1, 6),
    every_months=st.integers(0, 2),
)
CLAIMS = st.builds(
    lambda day, allowed, share, **more: claim(day, allowed, min(allowed, share), **more),
    st.dates(date(2024, 12, 1), TODAY),
    AMOUNTS,
    st.integers(0, 1_500_00),
    person_id=st.integers(1, 2),
    category=st.sampled_from(["", "IMAGING", "SPEC", "LAB"]),
)
LIMITS = st.builds(
    lambda mode, own, family: (
        replace(DED, mode=mode, individual=own, family=family),
        replace(OOP, mode=mode, individual=own * 2, family=family * 2),
    ),
    st.sampled_from(list(AccumulatorMode)),
    st.integers(0, 3_000_00),
    st.integers(0, 6_000_00),
)


@settings(deadline=None)
@given(
    st.lists(CLAIMS, max_size=15),
    st.lists(CARES, max_size=5),
    LIMITS,
    st.sampled_from([None, 1, 2]),
    st.booleans(),
)
def test_low_never_exceeds_expected_nor_expected_high(
    claims: list[Claim],
    planned: list[PlannedCare],
    limits: tuple[Accumulator, Accumulator],
    person: int | None,
    of_maximum: bool,
) -> None:
    limit = limits[of_maximum]
    plan = replace(PLAN, accumulators=limits)
    inside = [one for one in claims if one.service_from.year == 2026]
    year = year_of(inside, planned, [one for one in claims if one.service_from.year < 2026], plan=plan)
    shown = progress(year, limit, person, today=TODAY)
    ahead = shown.projection
    if ahead is None:
        return
    lines = (ahead.low, ahead.expected, ahead.high)
    days = sorted({step.day for line in lines if line for step in line.steps} | {PLAN.ends_on})
    for day in days:
        low, expected, high = (line.at(day, shown.used) for line in lines if line)
        assert shown.used <= low <= expected <= high
        assert shown.limit is None or high <= shown.limit
    for line in lines:
        assert line is not None
        totals = [shown.used, *(step.total for step in line.steps)]
        assert all(step.added > 0 and step.day >= TODAY for step in line.steps)
        assert totals == sorted(totals)
        assert totals[-1] == line.end_total == totals[0] + sum(step.added for step in line.steps)
        assert [step.day for step in line.steps] == sorted(step.day for step in line.steps)
        assert (line.reached_on is not None) == (line.end_total == shown.limit)
        assert line.reached_on is None or TODAY <= line.reached_on <= PLAN.ends_on
    assert ahead == progress(year.with_claims(inside), limit, person, today=TODAY).projection


def test_a_full_year_is_worked_in_a_moment() -> None:
    claims = [
        claim(
            PLAN.begins_on + timedelta(days=place * 320 // 500),
            50_00 + place,
            0,
            id=place,
            person_id=1 + place % 2,
            category=("LAB", "SPEC", "IMAGING", "")[place % 4],
        )
        for place in range(500)
    ]
    planned = [
        care(date(2026, 12, day), 90_00, Likelihood.LIKELY, category="CHIRO") for day in range(1, 20)
    ]
    year = year_of(claims, planned)
    assert year.book.state is not None
    begun = time.perf_counter()
    outlook_of(year, date(2026, 2, 1))
    taken = time.perf_counter() - begun
    assert taken < 0.2  # about a hundredth of a second; ten times that on a busy machine
