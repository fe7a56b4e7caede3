"""What a plan makes you pay, in the few words of a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.plan_year import PlanYear, plan_year
from tracker.facts import (
    OUT,
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Claim,
    CopayOrder,
    CopayScope,
    CostSharingRule,
    Need,
    Network,
    NetworkTier,
    Plan,
    ServiceCategory,
)
from ui.models.pay_rows import (
    NO_CHARGE,
    NOT_COVERED,
    PayRow,
    deductible_words,
    matches,
    needs_words,
    pay_rows,
    tier_choices,
    you_pay,
)

DED = Accumulator(
    kind=AccumulatorKind.DEDUCTIBLE, network=Network.IN, mode=AccumulatorMode.SELF, individual=2_000_00
)
DRUGS = replace(DED, drugs=True, name="RXDED_IN", individual=250_00)


def rule(category: str = "SPEC", **more: object) -> CostSharingRule:
    return CostSharingRule(category=category, **more)  # type: ignore[arg-type]


def year(*rules: CostSharingRule, claims: tuple[Claim, ...] = (), **more: object) -> PlanYear:
    plan = Plan(
        id=1,
        name="PPO",
        begins_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        person_ids=(1, 2),
        accumulators=(DED, DRUGS),
        **more,  # type: ignore[arg-type]
    )
    return plan_year(plan, claims, rules)


def rows(filled: PlanYear, *own: ServiceCategory, tier: str = "IN") -> list[PayRow]:
    return pay_rows(filled, catalogue(own), tier, 1)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"copay": 75_00}, "$75 copay"),
        ({"copay": 12_50}, "$12.50 copay"),
        ({"coinsurance": 2_000, "deductible": "DED_IN"}, "20%"),
        ({"coinsurance": 1_250}, "12.5%"),
        ({"copay": 250_00, "coinsurance": 2_000, "copay_order": CopayOrder.BEFORE}, "$250 copay + 20%"),
        (
            {"copay": 500_00, "copay_scope": CopayScope.DAY, "max_units": 3},
            "$500 copay per day, first 3 days",
        ),
        ({"copay": 500_00, "copay_scope": CopayScope.DAY, "max_units": 1}, "$500 copay per day, first day"),
        ({"copay": 300_00, "copay_scope": CopayScope.ADMISSION}, "$300 copay per stay"),
        ({"copay": 20_00, "copay_scope": CopayScope.LINE}, "$20 copay per service"),
        ({"copay": 10_00, "copay_scope": CopayScope.FILL}, "$10 copay per fill"),
        ({"covered": False, "copay": 10_00}, NOT_COVERED),
        ({}, NO_CHARGE),
        ({"deductible": "DED_IN"}, "No charge after deductible"),
    ],
)
def test_what_you_pay(terms: dict[str, object], words: str) -> None:
    assert you_pay(rule(**terms)) == words


def test_drugs_have_their_least_and_most_per_fill() -> None:
    found = rule("RX4", coinsurance=3_000, coinsurance_min=50_00, coinsurance_max=150_00)
    assert you_pay(found, drug=True) == "30%, at least $50, at most $150 per fill"
    assert you_pay(replace(found, coinsurance_min=0)) == "30%, at most $150"


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({}, "does not apply"),
        ({"deductible": "DED_IN"}, "applies first"),
        ({"deductible": "RXDED_IN"}, "drug deductible applies first"),
        ({"deductible": "DED_IN", "copay": 250_00, "copay_order": CopayOrder.BEFORE},
         "applies after the copay"),
        ({"deductible": "DED_IN", "copay": 250_00}, "applies first"),
        ({"deductible": "DED_IN", "covered": False}, ""),
    ],
)  # fmt: skip
def test_whether_the_deductible_comes_first(terms: dict[str, object], words: str) -> None:
    assert deductible_words(rule(**terms), {"DED_IN": DED, "RXDED_IN": DRUGS}) == words


def test_what_a_service_needs() -> None:
    full = rule(prior_authorization=Need.YES, referral=Need.SOMETIMES, visit_limit=30, dollar_max=1_500_00)
    assert needs_words(full, visits=12, plan_paid=480_00) == [
        "prior auth.",
        "12 of 30 visits",
        "plan pays $480 of $1,500",
        "referral sometimes",
    ]
    assert needs_words(full)[1:3] == ["30 visits", "plan pays up to $1,500"]
    assert needs_words(replace(full, covered=False)) == []


def test_visits_are_those_of_the_person_and_warn_when_none_is_left() -> None:
    visits = tuple(
        Claim(id=number, person_id=1, provider_id=1, service_from=date(2026, 2, number), category="PT",
              allowed=100_00, copay=40_00)
        for number in (1, 2)
    )  # fmt: skip
    filled = year(rule("PT", copay=40_00, visit_limit=2), claims=visits)
    (mine,) = pay_rows(filled, catalogue(), person_id=1)
    (hers,) = pay_rows(filled, catalogue(), person_id=2)
    (both,) = pay_rows(filled, catalogue(), person_id=None)
    assert (mine.needs, mine.warns) == ("2 of 2 visits", True)
    assert (hers.needs, hers.warns) == ("0 of 2 visits", False)
    assert both.needs == "2 visits"


def test_sub_categories_stand_below_their_parent_and_others_are_named_with_it() -> None:
    found = rows(year(rule("RX1"), rule("LAB_THY", copay=15_00), rule("LAB", coinsurance=2_000)))
    assert [(row.code, row.under) for row in found] == [("LAB", False), ("LAB_THY", True), ("RX1", False)]
    assert "Vitamin D test" in found[0].more
    assert "Thyroid tests" not in found[0].more
    assert matches(found[0], ["vitamin"])
    alone = rows(year(rule("LAB_THY")))
    assert [(row.name, row.under) for row in alone] == [("Thyroid tests", False)]


def test_services_of_ones_own_and_unknown_ones_are_listed_too() -> None:
    own = ServiceCategory(code="ACU", name="Acupuncture \U0001f9d8")
    found = rows(year(rule("ACU", copay=20_00), rule("ODD", covered=False)), own)
    assert [row.name for row in found] == ["Acupuncture \U0001f9d8", "ODD"]


def test_tiers_beyond_two_belong_to_the_plans_network() -> None:
    filled = year(more_tiers=(NetworkTier(code="T1", name="Preferred"),))
    assert [tier.code for tier in tier_choices(filled.plan, Network.IN)] == ["IN", "T1"]
    assert [tier.code for tier in tier_choices(filled.plan, Network.OUT)] == ["OUT"]
    three = year(
        rule(tier="T1", copay=5_00), rule(tier=OUT, coinsurance=4_000), more_tiers=filled.plan.more_tiers
    )
    assert [row.you_pay for row in rows(three, tier="T1")] == ["$5 copay"]
    assert [row.you_pay for row in rows(three, tier=OUT)] == ["40%"]
    assert rows(three) == []


RULES = st.builds(
    CostSharingRule,
    category=st.sampled_from(["PCP", "LAB", "LAB_THY", "RX2", "PT", "ODD"]),
    covered=st.booleans(),
    deductible=st.sampled_from([None, "DED_IN", "RXDED_IN"]),
    copay=st.integers(0, 999_999_999_999),
    copay_order=st.sampled_from(CopayOrder),
    copay_scope=st.sampled_from(CopayScope),
    max_units=st.none() | st.integers(0, 9),
    coinsurance=st.integers(0, 10_000),
    coinsurance_min=st.integers(0, 100_00),
    coinsurance_max=st.none() | st.integers(100_00, 900_00),
    visit_limit=st.none() | st.integers(0, 60),
    dollar_max=st.none() | st.integers(0, 900_000),
    prior_authorization=st.sampled_from(Need),
    referral=st.sampled_from(Need),
)


@given(st.lists(RULES, max_size=6, unique_by=lambda item: item.category))
def test_every_rule_has_one_row_with_words(rules: list[CostSharingRule]) -> None:
    found = rows(year(*rules))
    assert sorted(row.code for row in found) == sorted(item.category for item in rules)
    for row in found:
        stored = next(item for item in rules if item.category == row.code)
        assert row.you_pay
        assert (row.you_pay == NOT_COVERED) is (not stored.covered)
        assert bool(row.deductible) is stored.covered
        assert matches(row, row.name.casefold().split())
