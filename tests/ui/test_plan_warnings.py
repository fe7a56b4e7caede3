"""What looks odd about a plan, in words for the screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.plan_year import plan_year
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Claim,
    Coordination,
    CostSharingRule,
    Network,
    Plan,
    PlanKind,
)
from tracker.imports.limits_file import yearly_limits
from ui.models.plan_warnings import around, in_words, plan_year_warnings, typical_allowed

DED = Accumulator(
    kind=AccumulatorKind.DEDUCTIBLE,
    network=Network.IN,
    mode=AccumulatorMode.EMBEDDED,
    individual=4_000_00,
    family=2_000_00,
)
PLAN = Plan(
    id=1,
    name="PPO 2026",
    begins_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    person_ids=(1,),
    accumulators=(DED,),
)


def said(plan: Plan, *rules: CostSharingRule, plans: tuple[Plan, ...] = ()) -> list[str]:
    year = plan_year(plan, (), rules)
    return plan_year_warnings(year, plans or (plan,), catalogue(), yearly_limits())


def test_limits_and_services_have_names_not_codes() -> None:
    found = said(PLAN, CostSharingRule(category="PT", covered=False, copay=20_00))
    assert "The family limit of the deductible in network, $2,000.00, is below the individual one, "\
        "$4,000.00." in found  # fmt: skip
    assert "Physical therapy is not covered, so its copay and coinsurance do nothing." in found
    assert not any("DED_IN" in sentence or "PT" in sentence.split() for sentence in found)


def test_names_follow_kinds_tiers_and_drugs() -> None:
    drugs = replace(DED, drugs=True, name="RXDED_IN")
    plan = replace(PLAN, accumulators=(DED, drugs))
    assert in_words("The deductible RXDED_IN, $5, is low.", plan, {}) == (
        "The deductible for drugs in network, $5, is low."
    )
    assert in_words("RXDED_IN has no family limit.", plan, {}) == (
        "The deductible for drugs in network has no family limit."
    )
    assert in_words("The ACA and HSA stay.", plan, catalogue()) == "The ACA and HSA stay."


def test_missing_services_are_named_only_where_rules_are_entered() -> None:
    assert not any("no in-network rule" in sentence for sentence in said(PLAN))
    found = said(PLAN, CostSharingRule(category="PCP", copay=25_00))
    assert any("no in-network rule" in sentence and "specialist visit" in sentence for sentence in found)
    medigap = replace(PLAN, kind=PlanKind.MEDIGAP)
    assert not any(
        "no in-network rule" in sentence for sentence in said(medigap, CostSharingRule(category="PCP"))
    )


def test_gaps_and_overlaps_between_plans_of_one_person() -> None:
    later = replace(PLAN, id=2, name="PPO 2027", begins_on=date(2027, 1, 4), ends_on=date(2027, 12, 31))
    assert around(PLAN, [PLAN, later]) == ["Between PPO 2026 and PPO 2027 no plan covers 3 days."]
    assert around(PLAN, [PLAN, replace(later, person_ids=(2,))]) == []
    beside = replace(PLAN, id=3, name="Spouse's", begins_on=date(2026, 6, 1))
    assert "which pays first" in around(PLAN, [PLAN, beside])[0]
    assert around(PLAN, [PLAN, replace(beside, coordination=Coordination(rank=2))]) == []
    assert around(PLAN, [PLAN, replace(beside, kind=PlanKind.MEDIGAP)]) == []
    far = replace(PLAN, id=4, name="Old", begins_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))
    assert around(PLAN, [PLAN, far]) == []


def test_a_usual_amount_needs_three_eobs() -> None:
    claims = [
        Claim(id=n, person_id=1, provider_id=1, service_from=date(2026, 2, n), category="PCP", allowed=a)
        for n, a in enumerate((100_00, 140_00, 900_00), start=1)
    ]
    assert typical_allowed(claims) == {"PCP": 140_00}
    assert typical_allowed(claims[:2]) == {}
