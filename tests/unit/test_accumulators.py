"""Deductibles and out-of-pocket maxima from EOBs (rulebook 1.2 to 1.4, 1.11, 2.2)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.coverage.accumulators import counted, postings, standing, standings
from tracker.domain.coverage.periods import belongs
from tracker.domain.coverage.plan_year import order_key, plan_year
from tracker.domain.coverage.progress import progress
from tracker.domain.coverage.projection import project
from tracker.facts import Accumulator, AccumulatorKind, AccumulatorMode, Claim, Network, Plan

DEDUCTIBLE, OOP = AccumulatorKind.DEDUCTIBLE, AccumulatorKind.OOP_MAX
TODAY = date(2026, 11, 22)


def limit(
    mode: AccumulatorMode = AccumulatorMode.EMBEDDED,
    individual: int | None = 200_000,
    family: int | None = 400_000,
    *,
    kind: AccumulatorKind = DEDUCTIBLE,
    network: Network = Network.IN,
) -> Accumulator:
    return Accumulator(kind=kind, network=network, mode=mode, individual=individual, family=family)


def plan(*limits: Accumulator, people: tuple[int, ...] = (1, 2, 3)) -> Plan:
    return Plan(
        id=9,
        name="PPO",
        begins_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        person_ids=people,
        accumulators=limits,
    )


def claim(person: int, deductible: int, *, day: date = date(2026, 3, 1), **more: object) -> Claim:
    return Claim(person_id=person, provider_id=1, service_from=day, deductible=deductible, **more)  # type: ignore[arg-type]


def test_what_counts_toward_what() -> None:
    eob = claim(1, 120, copay=50, coinsurance=30, not_covered=95, you_owe=295)
    assert counted(eob, DEDUCTIBLE) == 120
    assert counted(eob, OOP) == 200  # not what is not covered


@pytest.mark.parametrize(
    ("service", "inside"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_the_service_date_decides_the_year(service: date, inside: bool) -> None:
    late = claim(1, 100, day=service, processed_on=service + timedelta(days=60))
    assert belongs(late, plan(limit())) is inside


def test_a_claim_of_another_plan_does_not_count() -> None:
    assert belongs(claim(1, 100, plan_id=9), plan())
    assert not belongs(claim(1, 100, plan_id=8), plan())


def test_claims_count_in_the_order_they_were_processed() -> None:
    early = claim(1, 1, id=1, day=date(2026, 2, 1), processed_on=date(2026, 5, 1))
    late = claim(1, 2, id=2, day=date(2026, 3, 1), processed_on=date(2026, 3, 20))
    unknown = claim(1, 4, id=3, day=date(2026, 3, 10))  # taken as 30 days later
    found = postings(plan_year(plan(limit()), [early, late, unknown]), limit(), None)
    assert [posting.claim.id for posting in found] == [2, 3, 1]
    assert order_key(unknown)[0] == date(2026, 4, 9)


def test_networks_are_kept_apart() -> None:
    claims = [claim(1, 100), claim(1, 70, network=Network.OUT)]
    both = plan(limit(), limit(network=Network.OUT))
    used = {
        (item.network, item.person_id): item.used
        for item in standings(plan_year(both, claims))
        if item.person_id == 1
    }
    assert used == {(Network.IN, 1): 100, (Network.OUT, 1): 70}


def test_one_person_never_fills_the_family_total_of_an_embedded_limit_alone() -> None:
    claims = [claim(1, 350_000)]
    own = standing(plan_year(plan(limit()), claims), limit(), 1)
    family = standing(plan_year(plan(limit()), claims), limit(), None)
    assert (own.used, own.beyond, own.remaining) == (200_000, 150_000, 0)
    assert (family.used, family.beyond, family.remaining) == (200_000, 0, 200_000)


def test_once_the_family_is_there_nobody_has_anything_to_go() -> None:
    claims = [claim(1, 200_000), claim(2, 200_000)]
    found = {item.person_id: item for item in standings(plan_year(plan(limit()), claims))}
    assert (found[None].used, found[None].remaining) == (400_000, 0)
    assert (found[3].used, found[3].limit, found[3].remaining) == (0, 200_000, 0)


def test_the_last_of_the_family_has_only_the_rest_to_go() -> None:
    claims = [claim(1, 200_000), claim(2, 150_000)]
    found = {item.person_id: item for item in standings(plan_year(plan(limit()), claims))}
    assert found[3].remaining == 50_000
    assert found[2].remaining == 50_000


def test_an_aggregate_limit_is_the_familys_alone() -> None:
    aggregate = limit(AccumulatorMode.AGGREGATE, individual=None)
    found = standings(plan_year(plan(aggregate), [claim(1, 350_000), claim(2, 80_000)]))
    (family,) = found
    assert (family.person_id, family.used, family.beyond) == (None, 400_000, 30_000)


def test_a_plan_for_one_has_no_family_total() -> None:
    alone = limit(AccumulatorMode.SELF, family=None)
    (own,) = standings(plan_year(plan(alone, people=(1,)), [claim(1, 5_000)]))
    assert (own.person_id, own.used, own.remaining) == (1, 5_000, 195_000)


def test_no_limit_means_nothing_is_left_to_say() -> None:
    endless = limit(AccumulatorMode.SELF, individual=None, family=None, kind=OOP)
    found = standing(plan_year(plan(endless), [claim(1, 5_000)]), endless, 1)
    assert (found.used, found.limit, found.remaining, found.beyond) == (5_000, None, None, 0)


def test_a_limit_of_nothing_is_met_from_the_start() -> None:
    nothing = limit(AccumulatorMode.SELF, individual=0, family=None)
    found = standing(plan_year(plan(nothing), []), nothing, 1)
    assert (found.used, found.limit, found.remaining) == (0, 0, 0)


claims_of_a_year = st.lists(
    st.builds(
        claim,
        st.integers(1, 3),
        st.integers(0, 150_000),
        day=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        copay=st.integers(0, 5_000),
        coinsurance=st.integers(0, 90_000),
        network=st.sampled_from(Network),
    ),
    max_size=25,
)
limits = st.builds(
    limit,
    st.just(AccumulatorMode.EMBEDDED) | st.just(AccumulatorMode.AGGREGATE),
    st.integers(0, 300_000),
    st.integers(300_000, 900_000),
    kind=st.sampled_from(AccumulatorKind),
    network=st.sampled_from(Network),
)


@given(claims_of_a_year, limits)
def test_laws_of_running_totals(claims: list[Claim], one: Accumulator) -> None:
    whole = plan(one)
    found = standings(plan_year(whole, claims))
    family = next(item for item in found if item.person_id is None)
    for item in found:
        assert item.limit is not None
        assert 0 <= item.used <= item.limit
        assert item.remaining is not None
        assert 0 <= item.remaining <= item.limit
    own = [item for item in found if item.person_id is not None]
    if own:
        assert family.used == min(sum(item.used for item in own), family.limit or 0)
    stated = sum(posting.amount for posting in postings(plan_year(whole, claims), one, None))
    assert family.used + family.beyond <= stated


@given(claims_of_a_year, limits, st.sampled_from([None, 1, 2, 3]))
def test_the_stepped_line_ends_where_the_total_stands(
    claims: list[Claim], one: Accumulator, person: int | None
) -> None:
    if person is not None and one.mode is AccumulatorMode.AGGREGATE:
        return
    moved = progress(plan_year(plan(one), claims), one, person, today=TODAY)
    assert sum(step.added for step in moved.steps) == moved.used
    assert [step.day for step in moved.steps] == sorted(step.day for step in moved.steps)
    totals = [step.total for step in moved.steps]
    assert totals == sorted(totals)
    assert all(step.added > 0 for step in moved.steps)
    assert not totals or totals[-1] == moved.used


def test_the_projection_keeps_the_pace_and_says_so() -> None:
    year = plan().period
    found = project(year, 142_000, 200_000, TODAY)
    assert found is not None
    assert found.end_total == 142_000 * 365 // 326
    assert found.reached_on is None
    assert found.words == "At this year's pace it reaches $1,590 by Dec 31, 2026."


def test_the_projection_names_the_day_the_limit_is_met() -> None:
    year = plan().period
    found = project(year, 100_000, 110_000, date(2026, 7, 2))
    assert found is not None
    assert found.end_total == 110_000
    assert found.reached_on == date(2026, 7, 21)
    assert "Jul 21, 2026" in found.words
    gone = (date(2026, 7, 21) - year.begin).days + 1
    assert 100_000 * gone // 183 >= 110_000 > 100_000 * (gone - 1) // 183


@pytest.mark.parametrize(
    ("used", "limit_", "today"),
    [
        (0, 200_000, TODAY),
        (200_000, 200_000, TODAY),
        (1_000, 200_000, date(2026, 1, 13)),
        (1_000, 200_000, date(2025, 12, 31)),
        (1_000, 200_000, date(2027, 1, 1)),
    ],
)
def test_nothing_is_projected_without_ground(used: int, limit_: int, today: date) -> None:
    assert project(plan().period, used, limit_, today) is None


@given(st.integers(1, 500_000), st.integers(1, 500_000), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_projection_stays_between_today_and_the_limit(used: int, most: int, today: date) -> None:
    found = project(plan().period, used, most, today)
    if found is None:
        return
    assert used <= found.end_total <= most
    if found.reached_on:
        assert today <= found.reached_on <= date(2026, 12, 31)
