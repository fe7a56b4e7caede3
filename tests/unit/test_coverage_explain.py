"""Why an accumulator stands where it stands, and what one EOB does to it."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.coverage.accumulators import standing
from tracker.domain.coverage.eob import check, your_share
from tracker.domain.coverage.explain import effects, explain, rule_sentences, why_not_counted
from tracker.domain.coverage.plan_year import plan_year
from tracker.facts import Accumulator, AccumulatorKind, AccumulatorMode, Claim, Network, Plan

ELEANOR, SAM = 1, 2


def limit(mode: AccumulatorMode = AccumulatorMode.EMBEDDED, **changes: object) -> Accumulator:
    values: dict[str, object] = {
        "kind": AccumulatorKind.DEDUCTIBLE,
        "network": Network.IN,
        "mode": mode,
        "individual": None if mode is AccumulatorMode.AGGREGATE else 1_500_00,
        "family": None if mode is AccumulatorMode.SELF else 2_500_00,
    }
    return Accumulator(**(values | changes))  # type: ignore[arg-type]


def plan(*limits: Accumulator) -> Plan:
    return Plan(
        id=1,
        name="BlueRiver PPO 2000",
        begins_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        person_ids=(ELEANOR, SAM),
        accumulators=limits,
    )


def claim(
    claim_id: int, *, person: int = ELEANOR, day: date = date(2026, 3, 3), **changes: object
) -> Claim:
    values: dict[str, object] = {
        "id": claim_id,
        "person_id": person,
        "provider_id": 1,
        "service_from": day,
        "processed_on": day,
        "plan_id": 1,
    }
    return Claim(**(values | changes))  # type: ignore[arg-type]


def test_claims_are_listed_in_processed_order_with_a_running_total() -> None:
    early_care = claim(1, day=date(2026, 2, 1), processed_on=date(2026, 6, 1), deductible=100_00)
    late_care = claim(2, day=date(2026, 5, 1), processed_on=date(2026, 5, 10), deductible=41_12)
    rows = explain(plan_year(plan(limit()), [early_care, late_care]), limit(), ELEANOR)
    assert [(row.claim.id, row.amount, row.total) for row in rows] == [
        (2, 41_12, 41_12),
        (1, 100_00, 141_12),
    ]


def test_without_a_processed_date_the_order_is_marked_as_estimated() -> None:
    rows = explain(plan_year(plan(limit()), [claim(1, processed_on=None, deductible=1)]), limit(), ELEANOR)
    assert rows[0].order_estimated


def test_nobody_adds_more_than_their_own_limit_to_an_embedded_family_total() -> None:
    both = [
        claim(1, deductible=1_400_00),
        claim(2, deductible=300_00),
        claim(3, person=SAM, deductible=900_00),
    ]
    rows = explain(plan_year(plan(limit()), both), limit(), None)
    assert [row.amount for row in rows] == [1_400_00, 100_00, 900_00]
    assert rows[-1].total == 2_400_00
    assert rows[1].stated == 300_00
    assert any(
        "No one person" in sentence
        for sentence in rule_sentences(plan_year(plan(limit()), []), limit(), None)
    )


def test_an_aggregate_limit_may_be_filled_by_one_person() -> None:
    alone = limit(AccumulatorMode.AGGREGATE)
    rows = explain(plan_year(plan(alone), [claim(1, deductible=2_600_00)]), alone, None)
    assert rows[-1].total == 2_500_00
    assert any(
        "aggregate" in sentence for sentence in rule_sentences(plan_year(plan(alone), []), alone, None)
    )


@given(
    st.lists(st.tuples(st.sampled_from([ELEANOR, SAM]), st.integers(0, 2_000_00)), max_size=12),
    st.sampled_from(list(AccumulatorMode)),
    st.sampled_from([None, 0, 500_00, 1_500_00]),
)
def test_the_last_total_is_always_the_standing(
    amounts: list[tuple[int, int]], mode: AccumulatorMode, individual: int | None
) -> None:
    family = None if mode is AccumulatorMode.SELF else 2_500_00
    one = limit(mode, kind=AccumulatorKind.OOP_MAX, individual=individual, family=family)
    claims = [
        claim(place, person=person, deductible=amount) for place, (person, amount) in enumerate(amounts, 1)
    ]
    for whose in (ELEANOR, SAM, None):
        rows = explain(plan_year(plan(one), claims), one, whose)
        assert (rows[-1].total if rows else 0) == standing(plan_year(plan(one), claims), one, whose).used


def test_the_effect_of_an_eob_leaves_out_its_stored_version() -> None:
    stored = claim(7, deductible=100_00)
    before = claim(1, deductible=1_000_00)
    changed = claim(7, deductible=250_00, plan_id=None)
    own, family = effects(plan_year(plan(limit()), [before, stored]), changed)
    assert (own.before.used, own.after.used, own.added) == (1_000_00, 1_250_00, 250_00)
    assert family.before.person_id is None
    assert family.added == 250_00


def test_an_eob_beyond_the_limit_says_by_how_much() -> None:
    own, _family = effects(plan_year(plan(limit()), []), claim(1, deductible=1_600_00))
    assert own.after.used == 1_500_00
    assert own.after.beyond == 100_00


def test_care_that_is_not_covered_does_not_count_and_says_why() -> None:
    spa = claim(1, billed=250_00, allowed=0, plan_paid=0, not_covered=250_00, you_owe=250_00)
    assert "does not cover this care" in why_not_counted(spa, plan(limit()))


def test_care_that_costs_nothing_needs_no_reason() -> None:
    preventive = claim(1, billed=200_00, allowed=120_00, plan_paid=120_00, you_owe=0)
    assert why_not_counted(preventive, plan(limit())) == ""


def test_a_copay_counts_toward_the_maximum_and_so_is_not_marked() -> None:
    assert why_not_counted(claim(1, copay=30_00, you_owe=30_00), plan(limit())) == ""


def test_no_plan_another_plan_and_no_limit_each_have_their_reason() -> None:
    owed = claim(1, deductible=30_00)
    assert "No plan covers" in why_not_counted(owed, None)
    assert "another plan" in why_not_counted(claim(1, deductible=1, plan_id=9), plan(limit()))
    outside = claim(1, deductible=30_00, network=Network.OUT)
    assert "no out-of-network limit" in why_not_counted(outside, plan(limit()))


def test_the_eleanor_labs_add_up_while_typed() -> None:
    typed = claim(1, billed=460_00, allowed=121_55, plan_paid=77_80)
    assert check(typed).words == ""
    parts = claim(1, billed=460_00, allowed=121_55, plan_paid=77_80, copay=15_00, coinsurance=28_75)
    assert your_share(parts) == 43_75
    assert check(parts).words == "Adds up: you owe $43.75."
    off = claim(1, billed=460_00, allowed=121_55, plan_paid=77_80, copay=15_00, coinsurance=27_20)
    assert check(off).adds_up is False
    assert check(off).words == "Allowed is $121.55; plan paid and your share add to $120.00."


def test_parts_alone_say_what_is_owed_without_claiming_that_they_add_up() -> None:
    found = check(claim(1, copay=30_00))
    assert found.adds_up is None
    assert found.words == "By these parts you owe $30.00."
    assert your_share(claim(1, billed=10_00)) is None
