"""Coverage examples: the simple fracture under made-up plans, and how its figures are rounded."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.coverage.examples import Example, rounded, scenarios_of, work_example
from tracker.domain.coverage.terms import Bucket, PlanTerms
from tracker.errors import UserProblem
from tracker.facts import AccumulatorKind, CostSharingRule
from tracker.imports.examples_file import coverage_examples

KINDS = ("AMB", "ER", "XRAY", "RX1", "DME", "OUTSURG", "OUTSURG_PHYSICIAN", "SPEC", "PT")


def plan(
    deductible: int, most: int, *, coinsurance: int = 0, specialist: int | None = None, leave_out: str = ""
) -> PlanTerms:
    """A plan in dollars: everything after the deductible, or the specialist for a copay instead."""
    rules = tuple(
        CostSharingRule(category=kind, deductible=None, oop_max="OOP_IN", copay=specialist * 100)
        if kind == "SPEC" and specialist is not None
        else CostSharingRule(
            category=kind, deductible="DED_IN", oop_max="OOP_IN", coinsurance=coinsurance * 100
        )
        for kind in KINDS
        if kind != leave_out
    )
    return PlanTerms(
        name="Example",
        buckets=(
            Bucket(name="DED_IN", kind=AccumulatorKind.DEDUCTIBLE, individual=deductible * 100),
            Bucket(name="OOP_IN", kind=AccumulatorKind.OOP_MAX, individual=most * 100),
        ),
        rules=rules,
    )


def fracture(terms: PlanTerms) -> Example:
    return work_example(terms, coverage_examples()["simple-fracture"])


def in_dollars(example: Example) -> list[int]:
    return [amount // 100 for amount in example.printed]


def test_the_scenario_adds_to_its_total() -> None:
    scenario = coverage_examples()["simple-fracture"]
    lines = [line for claim in scenario.claims for line in claim]
    assert sum(line.allowed for line in lines) == scenario.total == 280000
    # The guide's nine amounts by kind of care.
    kinds: Counter[str] = Counter()
    for line in lines:
        kinds[line.categories[0]] += line.allowed // 100
    assert kinds["SPEC"] + kinds["OUTSURG_PHYSICIAN"] == 341
    del kinds["SPEC"], kinds["OUTSURG_PHYSICIAN"]
    assert kinds == {"OUTSURG": 43, "AMB": 944, "ER": 742, "PT": 364, "XRAY": 113, "DME": 248, "RX1": 5}


def test_care_follows_the_guides_narrative() -> None:
    """Two visits to the specialist, an x-ray at each, therapy only after the second."""
    claims = [
        [line.categories[0] for line in claim] for claim in coverage_examples()["simple-fracture"].claims
    ]
    visits = [place for place, kinds in enumerate(claims) if "SPEC" in kinds]
    assert len(visits) == 2
    assert all("XRAY" in claims[place] for place in visits)
    assert claims[visits[1] + 1 :] == [["PT"]] * 4
    assert claims[0] == ["AMB"]
    assert set(claims[1]) == {"ER", "XRAY"}


@pytest.mark.parametrize(
    ("terms", "figures"),
    [
        (plan(5800, 8000, coinsurance=35), [2800, 0, 0, 0, 2800]),  # the deductible is never met
        (plan(0, 0), [0, 0, 0, 0, 0]),
        (plan(0, 9000), [0, 0, 0, 0, 0]),
        (plan(0, 9000, coinsurance=20), [0, 0, 600, 0, 600]),
        (plan(2500, 9800, coinsurance=40), [2500, 0, 100, 0, 2600]),
        (plan(0, 9000, specialist=50), [0, 100, 0, 0, 100]),
    ],
)
def test_the_simple_fracture(terms: PlanTerms, figures: list[int]) -> None:
    assert in_dollars(fracture(terms)) == figures


def test_rounding_does_not_pass_the_maximum() -> None:
    """500 and 250 stop at the maximum of 750; rounded alone they would print 800."""
    example = fracture(plan(500, 750, coinsurance=30))
    assert [amount // 100 for amount in example.exact] == [500, 0, 250, 0, 750]
    assert in_dollars(example) == [500, 0, 250, 0, 750]


def test_a_service_without_rule_is_said() -> None:
    example = fracture(plan(0, 9000, leave_out="AMB"))
    assert example.without_rule == ("Ambulance",)
    assert in_dollars(example) == [0, 0, 0, 900, 900]


def test_a_service_falls_back_on_a_wider_rule() -> None:
    assert fracture(plan(0, 9000, leave_out="OUTSURG_PHYSICIAN")).without_rule == ()


def test_examples_without_lines_are_not_made_up() -> None:
    with pytest.raises(UserProblem, match="not published"):
        work_example(plan(0, 9000), coverage_examples()["having-a-baby"])


def test_lines_that_do_not_add_up_are_refused() -> None:
    line = {"what": "Visit", "category": ["PCP"], "allowed": 90}
    table = {"x": {"name": "X", "about": "", "total": 100, "source": "", "claim": [{"lines": [line]}]}}
    with pytest.raises(ValueError, match="do not add"):
        scenarios_of(table)


@pytest.mark.parametrize(
    ("cents", "printed"),
    [(0, 0), (499, 0), (500, 1000), (9499, 9000), (9500, 10000), (9999, 10000), (10000, 10000),
     (14999, 10000), (15000, 20000), (229750, 230000)],
)  # fmt: skip
def test_rounding_as_printed(cents: int, printed: int) -> None:
    assert rounded(cents) == printed


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_rounding_is_to_the_nearest_step(cents: int, other: int) -> None:
    printed = rounded(cents)
    step = 10000 if cents >= 10000 else 1000
    assert printed % step == 0
    assert -step // 2 < cents - printed < step // 2 or printed - cents == step // 2
    assert rounded(printed) == printed
    assert (rounded(other) <= printed) if other <= cents else (rounded(other) >= printed)


@given(st.integers(0, 9000), st.integers(0, 9000), st.integers(0, 100), st.none() | st.integers(0, 500))
def test_nothing_exceeds_what_limits_it(
    deductible: int, most: int, coinsurance: int, specialist: int | None
) -> None:
    example = fracture(plan(deductible, most, coinsurance=coinsurance, specialist=specialist))
    exact, printed = example.exact, example.printed
    assert exact.total_patient_pays <= min(most * 100, 280000)
    assert exact.deductible <= deductible * 100
    assert exact.limit == printed.limit == 0
    assert printed.deductible + printed.copayment + printed.coinsurance <= max(
        most * 100, exact.total_patient_pays
    )
    assert abs(printed.total_patient_pays - exact.total_patient_pays) <= 5000
    assert all(amount >= 0 for amount in printed)
