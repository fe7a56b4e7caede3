"""The sentences behind a figure: written out for the turns a claim can take."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.adjudication_kit import claim, deductible, line, oop_max, plan, rule
from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.claim_lines import Denial
from tracker.domain.coverage.posting import Opening
from tracker.domain.coverage.replay import replay
from tracker.domain.coverage.sentences import explain_claim
from tracker.domain.coverage.steps import CoinsuranceTaken, CopayTaken, DeductibleTaken, line_steps
from tracker.domain.coverage.terms import PlanTerms
from tracker.facts import AccumulatorMode, CopayOrder, CopayScope, ServiceCategory

ER = rule(
    "ER",
    deductible="DED_IN",
    copay=350_00,
    copay_order=CopayOrder.BEFORE,
    coinsurance=2000,
    waive_copay_if_admitted=True,
)


def said(terms: PlanTerms, *lines: Any, used: dict[str, int] | None = None, **more: Any) -> list[str]:
    """What is said about the last line of one claim."""
    opening = [Opening(bucket, "A", cents) for bucket, cents in (used or {}).items()]
    result = replay(terms, [claim(1, *lines, **more)], opening).results[0]
    assert result is not None
    return explain_claim(terms, result)[-1]


def test_an_emergency_room_visit_from_price_to_accumulators() -> None:
    used = {"DED_IN": 1_000_00, "OOP_IN": 1_000_00}
    assert said(plan(ER), line("ER", 4_000_00, 2_000_00), used=used) == [
        "Allowed $2,000.00 (billed $4,000.00, network discount $2,000.00).",
        "Emergency room copay $350.00, left $1,650.00.",
        "Deductible: $1,000.00 of $1,500.00 used before, so $500.00, left $1,150.00.",
        "20% of $1,150.00 = $230.00.",
        "Out-of-pocket maximum: $1,000.00 of $5,000.00 used, room $4,000.00, no cut.",
        "You $1,080.00, plan $920.00.",
        "After: deductible $1,500.00 (met), out-of-pocket maximum $2,080.00.",
    ]


def test_steps_are_facts_before_they_are_sentences() -> None:
    terms = plan(ER)
    result = replay(terms, [claim(1, line("ER", 4_000_00, 2_000_00))]).results[0]
    assert result is not None
    steps = line_steps(terms, result, 0)
    taken = [step for step in steps if isinstance(step, CopayTaken | DeductibleTaken | CoinsuranceTaken)]
    assert [(type(step).__name__, step.taken) for step in taken] == [
        ("CopayTaken", 350_00),
        ("DeductibleTaken", 1_500_00),
        ("CoinsuranceTaken", 30_00),
    ]


@pytest.mark.parametrize(
    ("terms", "lines", "more", "sentence"),
    [
        (
            plan(ER),
            [line("ER", 900_00)],
            {"admitted": True},
            "Emergency room copay $350.00 waived because of the admission.",
        ),
        (
            plan(ER),
            [line("ER", 200_00)],
            {},
            "Emergency room copay $350.00, but only $200.00 is left to pay.",
        ),
        (
            plan(rule("PCP", copay=30_00)),
            [line("PCP", 90_00), line("PCP", 90_00)],
            {},
            "Primary care visit copay $30.00 was already taken on this claim.",
        ),
        (
            plan(rule("PCP", deductible="DED_IN", copay=30_00)),
            [line("PCP", 90_00)],
            {},
            "Primary care visit copay: nothing is left after the deductible, so none.",
        ),
        (
            plan(rule("INPATIENT", copay=500_00, copay_scope=CopayScope.DAY, max_units=3)),
            [line("INPATIENT", 9_000_00)],
            {"units": 5},
            "Hospital stay copay $1,500.00 (3 days at $500.00), left $7,500.00.",
        ),
        (
            plan(rule("RX1", copay=10_00, copay_scope=CopayScope.FILL)),
            [line("RX1", 90_00)],
            {"units": 3},
            "Generic drug copay $30.00 (3 fills at $10.00), left $60.00.",
        ),
        (
            plan(rule("RX3", coinsurance=4000, coinsurance_min=50_00)),
            [line("RX3", 90_00)],
            {},
            "40% of $90.00 = $36.00, but at least $50.00, so $50.00.",
        ),
        (
            plan(rule("RX4", coinsurance=3000, coinsurance_max=250_00)),
            [line("RX4", 3_000_00)],
            {},
            "30% of $3,000.00 = $900.00, but at most $250.00, so $250.00.",
        ),
        (plan(rule("PREVENT")), [line("PREVENT", 90_00)], {}, "Preventive care: no charge."),
        (
            plan(rule("ER")),
            [line("ER", 90_00, 50_00, tier="OUT", protected=True)],
            {},
            "Allowed $50.00 (billed $90.00, the $40.00 above it may not be billed to you).",
        ),
        (
            plan(rule("PCP", "OUT", copay=30_00)),
            [line("PCP", 90_00, 50_00, tier="OUT")],
            {},
            "You $70.00, plan $20.00; of yours, $40.00 is a balance bill, which counts toward no limit.",
        ),
        (
            plan(rule("PT", visit_limit=20)),
            [line("PT", 90_00)],
            {},
            "This is visit 1 of 20 for physical therapy.",
        ),
        (
            plan(rule("PT", visit_limit=0)),
            [line("PT", 90_00)],
            {},
            "Your plan covers no visits for physical therapy, so $90.00 is not covered.",
        ),
        (
            plan(rule("HEARING", dollar_max=60_00)),
            [line("HEARING", 90_00)],
            {},
            "Your plan pays at most $60.00 for hearing and has paid $0.00, so $30.00 is not covered.",
        ),
        (
            plan(rule("IMAGING", no_authorization_penalty=50_00)),
            [line("IMAGING", 90_00, missed_authorization=True)],
            {},
            "Prior authorization was missing: the plan pays $50.00 less. That counts toward no limit.",
        ),
        (
            plan(rule("RX4", copay=60_00)),
            [line("RX4", 90_00, assistance=50_00, assistance_counts=False)],
            {},
            "You $60.00, plan $30.00. Copay assistance of $50.00 leaves you $10.00 to pay. "
            "It does not count toward your limits.",
        ),
        (
            plan(rule("RX4", copay=60_00, oop_max=None)),
            [line("RX4", 90_00, assistance=60_00, assistance_counts=True)],
            {},
            "You $60.00, plan $30.00. Copay assistance of $60.00 leaves you $0.00 to pay. "
            "None of it counts toward a limit.",
        ),
        (
            plan(rule("LAB", copay=30_00), buckets=(oop_max(individual=None),)),
            [line("LAB", 90_00)],
            {},
            "Out-of-pocket maximum: none, so nothing is cut.",
        ),
        (
            plan(),
            [line("MEMBERSHIP", 300_00)],
            {},
            "Membership fee: health plans never cover this. $300.00 is yours and counts nowhere.",
        ),
        (
            plan(),
            [line("SPEC", 90_00, tier="OUT")],
            {},
            "Your plan's terms name no specialist visit out of network, so $90.00 is not covered.",
        ),
        (
            plan(rule("PT", covered=False)),
            [line("PT", 90_00)],
            {},
            "Physical therapy is not covered in network: $90.00.",
        ),
        (
            plan(rule("PT")),
            [line("PT", 90_00, denial=Denial.PROVIDER)],
            {},
            "Denied, and the provider bears it: all $90.00 is written off.",
        ),
        (
            plan(rule("PT")),
            [line("PT", 90_00, denial=Denial.MEMBER)],
            {},
            "Denied, and you bear it: all $90.00 is not covered.",
        ),
    ],
)
def test_a_sentence(terms: PlanTerms, lines: list[Any], more: dict[str, Any], sentence: str) -> None:
    assert sentence in said(terms, *lines, **more)


def test_the_maximum_says_what_it_took_back() -> None:
    terms = plan(rule("LAB", deductible="DED_IN", coinsurance=2000))
    used = {"DED_IN": 1_000_00, "OOP_IN": 4_700_00}
    assert (
        "Out-of-pocket maximum: $4,700.00 of $5,000.00 used, room $300.00, $60.00 off coinsurance and "
        "$200.00 off the deductible."
    ) in said(terms, line("LAB", 800_00), used=used)


def test_a_family_s_totals_are_said_beside_one_s_own() -> None:
    terms = plan(
        rule("LAB", deductible="DED_IN"),
        buckets=(
            deductible(individual=100_00, family=250_00, mode=AccumulatorMode.EMBEDDED),
            oop_max(individual=None, family=900_00, mode=AccumulatorMode.AGGREGATE),
        ),
    )
    found = said(terms, line("LAB", 300_00))
    assert (
        "Deductible: $0.00 of $100.00 and family $0.00 of $250.00 used before, so $100.00, left $200.00."
        in found
    )
    assert found[-1] == (
        "After: deductible $100.00 (met) and family $100.00, family out-of-pocket maximum $100.00."
    )


def test_two_deductibles_are_told_apart_by_label_or_name() -> None:
    def with_label(label: str) -> PlanTerms:
        return plan(
            rule("RX2", deductible="RXDED"),
            buckets=(deductible(), deductible("RXDED", 250_00, label=label), oop_max()),
        )

    assert said(with_label("drug deductible"), line("RX2", 90_00))[1].startswith(
        "Drug deductible: $0.00 of $250.00"
    )
    assert said(with_label(""), line("RX2", 90_00))[1].startswith("Deductible (RXDED): $0.00 of $250.00")


def test_the_member_s_own_names_are_used() -> None:
    terms = plan(rule("ACU", copay=30_00))
    result = replay(terms, [claim(1, line("ACU", 90_00))]).results[0]
    assert result is not None
    own = catalogue([ServiceCategory(code="ACU", name="Acupuncture")])
    assert explain_claim(terms, result, own)[0][1] == "Acupuncture copay $30.00, left $60.00."
    assert explain_claim(terms, result)[0][1] == "ACU copay $30.00, left $60.00."
