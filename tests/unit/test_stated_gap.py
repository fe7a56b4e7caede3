"""The insurer's total against ours: which claims explain the difference."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.coverage.accumulators import standing
from tracker.domain.coverage.plan_year import PlanYear, plan_year
from tracker.domain.coverage.small_sets import MOST_SETS
from tracker.domain.coverage.stated_gap import Gap, as_of, explain_gap
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Claim,
    DeductibleCarryOver,
    Network,
    OpeningBalance,
    Plan,
    StatedTotal,
)

DED, OOP = AccumulatorKind.DEDUCTIBLE, AccumulatorKind.OOP_MAX
ELEANOR, MARTIN = 1, 2
DAY = date(2026, 9, 30)


def limit(kind: AccumulatorKind = DED, network: Network = Network.IN, **more: object) -> Accumulator:
    values: dict[str, object] = {
        "mode": AccumulatorMode.EMBEDDED,
        "individual": 50_000_00,
        "family": 90_000_00,
    }
    return Accumulator(kind=kind, network=network, **(values | more))  # type: ignore[arg-type]


def plan(*limits: Accumulator, **more: object) -> Plan:
    values: dict[str, object] = {
        "id": 9,
        "name": "PPO",
        "begins_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "person_ids": (ELEANOR, MARTIN),
    }
    return Plan(accumulators=limits or (limit(),), **(values | more))  # type: ignore[arg-type]


def claim(number: int, deductible: int = 0, day: date = date(2026, 3, 2), **more: object) -> Claim:
    values: dict[str, object] = {
        "id": number,
        "person_id": ELEANOR,
        "provider_id": number,
        "service_from": day,
        "processed_on": day + timedelta(days=10),
        "deductible": deductible,
        "billed": deductible,
    }
    return Claim(**(values | more))  # type: ignore[arg-type]


def gap(
    year: PlanYear, amount: int, day: date = DAY, person_id: int | None = ELEANOR, **more: object
) -> Gap:
    stated = StatedTotal(plan_id=9, person_id=person_id, name="DED_IN", amount=amount, stated_on=day)
    found = explain_gap(stated, year, **more)  # type: ignore[arg-type]
    assert found is not None
    return found


def numbers(found: Gap) -> list[list[int | None]]:
    """The ids of the claims in each explanation."""
    return [[one.id for item in each.suspects for one in item.claims] for each in found.explanations]


def words(found: Gap) -> str:
    return found.explanations[0].suspects[0].words


def test_a_day_counts_what_was_processed_by_then_and_estimates_where_no_day_is_given() -> None:
    year = plan_year(
        plan(),
        [
            claim(1, 100_00),
            claim(2, 30_00, processed_on=date(2026, 10, 1)),
            claim(3, 7_00, day=date(2026, 8, 31), processed_on=None),  # estimated Sep 30
            claim(4, 5_00, day=date(2026, 9, 1), processed_on=None),  # estimated Oct 1
        ],
    )
    assert gap(year, 107_00).difference == 0
    assert gap(year, 107_00).ask == ""
    assert not gap(year, 107_00).explanations


def test_a_claim_processed_later_explains_what_the_insurer_has_more() -> None:
    year = plan_year(plan(), [claim(1, 100_00), claim(2, 30_00, processed_on=date(2026, 10, 1))])
    found = gap(year, 130_00)
    assert (found.ours, found.difference, numbers(found)) == (100_00, 30_00, [[2]])
    assert "Processed Oct 1, 2026, after that day" in words(found)
    assert "Sep 30, 2026" in found.ask


def test_a_claim_of_the_other_network_and_all_of_them() -> None:
    away = [claim(2, 40_00, network=Network.OUT), claim(3, 25_00, network=Network.OUT)]
    year = plan_year(plan(limit(), limit(network=Network.OUT)), [claim(1, 100_00), *away])
    assert numbers(gap(year, 140_00)) == [[2]]
    assert "out of network here" in words(gap(year, 140_00))
    together = gap(year, 165_00)
    assert numbers(together)[0] == [2, 3]
    assert words(together).startswith("All amounts of the other network together")


def test_cross_credit_that_the_insurer_does_not_give() -> None:
    crossing = plan(limit(), limit(network=Network.OUT, credits=("DED_IN",)))
    year = plan_year(crossing, [claim(1, 100_00), claim(2, 40_00, network=Network.OUT)])
    found = gap(year, 100_00)
    assert found.ours == 140_00
    assert numbers(found)[0] == [2]
    assert "counted over from another limit" in words(found)


def test_a_second_copy_comes_before_other_claims_of_the_same_amount() -> None:
    year = plan_year(
        plan(),
        [claim(1, 75_00), claim(2, 75_00), claim(3, 75_00, provider_id=2), claim(4, 20_00)],
    )
    found = gap(year, 170_00)
    assert numbers(found)[0] == [3]
    assert "second copy" in words(found)


def test_claims_outside_the_period_and_of_another_plan() -> None:
    year = plan_year(plan(), [claim(1, 100_00)])
    december = claim(2, 60_00, day=date(2025, 12, 28), processed_on=date(2026, 1, 20))
    other = claim(3, 35_00, plan_id=4)
    assert numbers(gap(year, 160_00, nearby=[december, other])) == [[2]]
    assert "just outside the period" in words(gap(year, 160_00, nearby=[december, other]))
    assert numbers(gap(year, 135_00, nearby=[december, other])) == [[3]]
    assert "another plan" in words(gap(year, 135_00, nearby=[december, other]))


def test_care_that_never_counts_and_what_is_not_covered() -> None:
    year = plan_year(
        plan(), [claim(1, 100_00), claim(2, 50_00, category="MEDSPA"), claim(3, not_covered=80_00)]
    )
    assert "no plan counts" in words(gap(year, 100_00, never={"MEDSPA"}))
    assert numbers(gap(year, 230_00)) == [[3]]


def test_assistance_opening_balance_and_carry_over() -> None:
    helped = plan_year(plan(), [claim(1, 100_00, assistance=60_00)])
    assert "Copay assistance" in words(gap(helped, 40_00))
    opening = OpeningBalance(
        plan_id=9, person_id=ELEANOR, name="DED_IN", amount=45_00, as_of=date(2026, 1, 1)
    )
    opened = plan_year(plan(), [claim(1, 100_00)], openings=[opening])
    assert "opening balance" in words(gap(opened, 100_00))
    before = plan_year(
        plan(id=8, begins_on=date(2025, 1, 1), ends_on=date(2025, 12, 31)),
        [claim(7, 22_00, day=date(2025, 11, 1), plan_id=8)],
    )
    year = plan_year(plan(), [claim(1, 100_00)])
    assert "last quarter" in words(gap(year, 122_00, previous=before))
    carrying = plan_year(plan(carry_over=DeductibleCarryOver.ALWAYS), [claim(1, 100_00)], before=before)
    assert gap(carrying, 122_00).difference == 0
    assert "not have done so" in words(gap(carrying, 100_00))


def test_the_other_person_is_never_suspected_of_ones_own_total() -> None:
    later = claim(2, 30_00, person_id=MARTIN, processed_on=date(2026, 10, 1))
    year = plan_year(plan(), [claim(1, 100_00), later])
    assert not gap(year, 130_00).explanations
    assert numbers(gap(year, 130_00, person_id=None)) == [[2]]


def test_where_nothing_fits_the_nearest_says_by_how_much_it_is_off() -> None:
    year = plan_year(plan(), [claim(1, 100_00), claim(2, 30_00, processed_on=date(2026, 10, 1))])
    found = gap(year, 128_50)
    assert not found.explanations
    assert found.nearest is not None
    assert [one.id for item in found.nearest.suspects for one in item.claims] == [2]
    assert found.nearest.off == -1_50
    assert gap(plan_year(plan(), []), 10_00).nearest is None


def test_what_eobs_give_beyond_the_limit_is_part_of_the_difference() -> None:
    tight = plan(limit(individual=100_00))
    year = plan_year(tight, [claim(1, 90_00), claim(2, 40_00)])
    found = gap(year, 90_00)
    assert (found.ours, found.difference) == (100_00, -10_00)
    assert numbers(found) == [[2]]


@pytest.mark.parametrize("name", ["OOP_IN", "GONE"])
def test_a_limit_that_is_gone_has_no_answer(name: str) -> None:
    stated = StatedTotal(plan_id=9, person_id=ELEANOR, name=name, amount=1, stated_on=DAY)
    assert explain_gap(stated, plan_year(plan(), [])) is None


@st.composite
def histories(draw: st.DrawFn) -> list[Claim]:
    count = draw(st.integers(1, 14))
    found = []
    for number in range(1, count + 1):
        day = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 330)))
        dated = draw(st.booleans())
        found.append(
            claim(
                number,
                draw(st.integers(1, 900_00)),
                day,
                network=draw(st.sampled_from(Network)),
                processed_on=day + timedelta(days=draw(st.integers(0, 60))) if dated else None,
            )
        )
    return found


@given(histories(), st.data())
def test_planted_explanations_are_found(claims: list[Claim], data: st.DataObject) -> None:
    """The insurer counts up to three claims otherwise: later ones already, earlier ones not at all."""
    year = plan_year(plan(limit(), limit(network=Network.OUT)), claims)
    known = {one.id for one in as_of(year, DAY).claims}
    moved = [one for one in claims if one.network is Network.IN]
    if not moved:
        return
    planted = data.draw(st.lists(st.sampled_from(moved), min_size=1, max_size=3, unique=True))
    ours = standing(as_of(year, DAY), year.plan.accumulators[0], ELEANOR).used
    change = sum((one.deductible or 0) * (-1 if one.id in known else 1) for one in planted)
    found = gap(year, ours + change)
    if not change:
        assert found.difference == 0
        return
    assert found.explanations
    assert len(found.explanations[0].suspects) <= len(planted)
    assert len(found.explanations) <= MOST_SETS
    for each in found.explanations:
        assert sum(item.effect for item in each.suspects) == found.difference
    assert found == gap(year, ours + change)


def test_thousands_of_claims_take_a_moment_only() -> None:
    start = date(2026, 1, 1)
    claims = [
        claim(number, 1_00 + number * 37 % 9_001, start + timedelta(days=number % 260))
        for number in range(1, 4_001)
    ]
    huge = limit(individual=900_000_000_00, family=None)
    year = plan_year(plan(huge), claims)
    ours = gap(year, 0).ours
    began = time.perf_counter()
    found = gap(year, ours + 1_234_567)
    assert time.perf_counter() - began < 10
    assert not found.explanations
    assert found.nearest is None or abs(found.nearest.off) < found.difference
