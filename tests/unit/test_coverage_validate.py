"""Warnings about a plan as entered, and which plan a day falls under."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.periods import ALL_TIME, plan_for, uncovered
from tracker.domain.coverage.validate import plan_warnings, rule_warnings
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Coordination,
    CostSharingRule,
    Network,
    Plan,
    PlanKind,
)
from tracker.imports.limits_file import yearly_limits

NAMES = {1: "Eleanor", 2: "Sam"}


def limit(kind: AccumulatorKind, amount: int, network: Network = Network.IN) -> Accumulator:
    return Accumulator(kind=kind, network=network, mode=AccumulatorMode.SELF, individual=amount)


def plan(plan_id: int, year: int, *limits: Accumulator, people: tuple[int, ...] = (1,)) -> Plan:
    return Plan(
        id=plan_id,
        name=f"Plan {plan_id}",
        begins_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        person_ids=people,
        accumulators=limits,
    )


def test_a_sound_plan_has_no_warning() -> None:
    sound = plan(
        1,
        2026,
        limit(AccumulatorKind.DEDUCTIBLE, 2_000_00),
        limit(AccumulatorKind.OOP_MAX, 6_000_00),
        limit(AccumulatorKind.OOP_MAX, 12_000_00, Network.OUT),
    )
    assert plan_warnings(sound, [plan(2, 2025)], NAMES) == []


def test_a_maximum_below_the_deductible_is_worth_a_look() -> None:
    odd = plan(
        1, 2026, limit(AccumulatorKind.DEDUCTIBLE, 6_000_00), limit(AccumulatorKind.OOP_MAX, 2_000_00)
    )
    assert plan_warnings(odd, [], NAMES) == [
        "The out-of-pocket maximum in network, $2,000.00, is below its deductible, $6,000.00."
    ]


def test_the_maximum_out_of_network_is_not_below_the_one_in_network() -> None:
    odd = plan(
        1,
        2026,
        limit(AccumulatorKind.OOP_MAX, 6_000_00),
        limit(AccumulatorKind.OOP_MAX, 5_000_00, Network.OUT),
    )
    assert "below the one in network" in plan_warnings(odd, [], NAMES)[0]


def test_overlap_is_about_people_and_days() -> None:
    mine, theirs = plan(1, 2026, people=(1, 2)), plan(2, 2026, people=(2,))
    assert plan_warnings(mine, [mine, theirs], NAMES) == [
        "Sam would also be covered by Plan 2 from Jan 1, 2026 to Dec 31, 2026, "
        "and it is not said which pays first."
    ]
    assert plan_warnings(plan(1, 2026), [theirs, plan(3, 2027)], NAMES) == []
    told = replace(theirs, coordination=Coordination(subscriber_id=2))
    assert plan_warnings(mine, [told], NAMES) == []


def test_days_without_any_plan_are_worth_a_look() -> None:
    early = replace(plan(2, 2025, people=(1, 2)), ends_on=date(2025, 12, 30))
    assert plan_warnings(plan(1, 2026, people=(1, 2)), [early], NAMES) == [
        "No plan covers Eleanor and Sam for 1 day between this plan and Plan 2."
    ]
    assert plan_warnings(plan(1, 2026), [early, plan(3, 2025)], NAMES) == []
    assert plan_warnings(plan(1, 2026), [plan(2, 2021)], NAMES) == []


def test_warnings_compare_with_the_law_and_name_what_they_are_about() -> None:
    law = yearly_limits()
    lawful = replace(
        plan(1, 2026, limit(AccumulatorKind.OOP_MAX, 10_700_00)), aca_compliant=True, kind=PlanKind.PPO
    )
    assert plan_warnings(lawful, [], NAMES) == []  # without the table nothing is compared
    assert plan_warnings(lawful, [], NAMES, limits=law) == [
        "The out-of-pocket maximum in network, $10,700.00, is above the ACA limit of 2026, $10,600.00."
    ]
    later = replace(lawful, begins_on=date(2031, 1, 1), ends_on=date(2031, 12, 31))
    (ask,) = plan_warnings(later, [], NAMES, limits=law)
    assert "The limits of 2031 are not known here" in ask
    rules = [CostSharingRule(category="PREVENT", copay=20_00, oop_max="OOP_IN")]
    said = plan_warnings(lawful, [], NAMES, rules=rules, limits=law)
    assert "Preventive care in network costs something; by law it is free." in said
    assert any("no in-network rule for primary care visit, specialist visit" in words for words in said)
    assert not any("OOP_IN" in words or "PCP" in words for words in said)
    assert rule_warnings(lawful, rules, law, catalogue()) == said[1:]


def test_a_plan_of_two_years_is_worth_a_look() -> None:
    assert (
        "longer than a year"
        in plan_warnings(replace(plan(1, 2026), ends_on=date(2027, 12, 31)), [], NAMES)[0]
    )


def test_a_claim_belongs_to_the_plan_that_covers_its_person() -> None:
    mine, theirs = plan(1, 2026, people=(1,)), plan(2, 2026, people=(2,))
    day = date(2026, 5, 5)
    assert plan_for([mine, theirs], 1, day) is mine
    assert plan_for([mine, theirs], 2, day) is theirs
    assert plan_for([mine, theirs], 1, day, tied_to=2) is theirs
    assert plan_for([mine], 2, day) is mine
    assert plan_for([mine], 1, date(2025, 5, 5), tied_to=1) is None


def test_the_days_no_plan_covers() -> None:
    gaps = uncovered([plan(2, 2026), plan(1, 2024), plan(3, 2026)])
    assert [(gap.begin, gap.end) for gap in gaps] == [
        (ALL_TIME.begin, date(2024, 1, 1)),
        (date(2025, 1, 1), date(2026, 1, 1)),
        (date(2027, 1, 1), ALL_TIME.end),
    ]
    assert len(uncovered([])) == 1
