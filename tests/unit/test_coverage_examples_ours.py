"""The coverage examples of our own: they add up, are marked, and obey the plan's limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.coverage.categories import SEEDED
from tracker.domain.coverage.examples import Scenario, work_example
from tracker.domain.coverage.terms import Bucket, PlanTerms
from tracker.facts import AccumulatorKind, CopayScope, CostSharingRule
from tracker.imports.cms_benefits import OWN_CODES
from tracker.imports.examples_file import coverage_examples

OURS = [scenario for scenario in coverage_examples().values() if scenario.ours]
CODES = {category.code for category in SEEDED} | {code for code, _ in OWN_CODES.values()}


def terms(rules: list[CostSharingRule], deductible: int = 0, most: int = 9_000_00) -> PlanTerms:
    return PlanTerms(
        name="Example",
        buckets=(
            Bucket(name="DED_IN", kind=AccumulatorKind.DEDUCTIBLE, individual=deductible),
            Bucket(name="OOP_IN", kind=AccumulatorKind.OOP_MAX, individual=most),
        ),
        rules=tuple(rules),
    )


def test_they_are_there_and_say_that_they_are_ours() -> None:
    assert {scenario.code for scenario in OURS} == {"knee-mri", "thyroid-year", "hospital-stay"}
    assert not coverage_examples()["simple-fracture"].ours
    assert all(scenario.source.startswith("Our own example") for scenario in OURS)


@pytest.mark.parametrize("scenario", OURS, ids=lambda scenario: scenario.code)
def test_every_service_has_a_category_of_the_list(scenario: Scenario) -> None:
    lines = [line for claim in scenario.claims for line in claim]
    assert sum(line.allowed for line in lines) == scenario.total
    assert {code for line in lines for code in line.categories} <= CODES


def test_a_stay_of_two_days_has_two_copays_per_day() -> None:
    rule = CostSharingRule(category="INPATIENT", copay=500_00, copay_scope=CopayScope.DAY, oop_max="OOP_IN")
    example = work_example(terms([rule]), coverage_examples()["hospital-stay"])
    stay = next(result for result in example.results if result.lines[0].copay)
    assert stay.lines[0].copay == 1_000_00


@given(
    deductible=st.integers(0, 5_000_00),
    most=st.integers(0, 9_000_00),
    coinsurance=st.integers(0, 10_000),
    copay=st.integers(0, 500_00),
    scenario=st.sampled_from(OURS),
)
def test_what_the_member_pays_adds_up_and_stays_below_the_maximum(
    deductible: int, most: int, coinsurance: int, copay: int, scenario: Scenario
) -> None:
    rules = [
        CostSharingRule(
            category=code, deductible="DED_IN", oop_max="OOP_IN", copay=copay, coinsurance=coinsurance
        )
        for code in {line.categories[0] for claim in scenario.claims for line in claim}
    ]
    exact = work_example(terms(rules, min(deductible, most), most), scenario).exact
    assert sum(exact[:4]) == exact.total_patient_pays <= min(most, scenario.total)
    assert exact.limit == 0
    assert exact.deductible <= deductible
