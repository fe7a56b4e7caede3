"""Plans with all their terms, and what is known around them: kept, read back, undone, refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.conftest import TODAY
from tracker.changes import Area
from tracker.errors import UserProblem
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Assistance,
    Claim,
    CobMethod,
    Coordination,
    CopayOrder,
    CopayScope,
    CostSharingRule,
    Counting,
    DeductibleCarryOver,
    Likelihood,
    Need,
    Network,
    NetworkCheck,
    NetworkTier,
    OonMethod,
    OonPricing,
    OpeningBalance,
    PeriodRule,
    Person,
    Plan,
    PlanKind,
    PlannedCare,
    ServiceCategory,
    Stands,
    StatedTotal,
)
from tracker.services.bundle import Services

LIMITS = (
    Accumulator(
        kind=AccumulatorKind.DEDUCTIBLE,
        network=Network.IN,
        mode=AccumulatorMode.EMBEDDED,
        individual=1_500_00,
        family=3_000_00,
    ),
    Accumulator(
        kind=AccumulatorKind.DEDUCTIBLE,
        network=Network.IN,
        mode=AccumulatorMode.SELF,
        individual=250_00,
        drugs=True,
    ),
    Accumulator(
        kind=AccumulatorKind.OOP_MAX,
        network=Network.OUT,
        mode=AccumulatorMode.AGGREGATE,
        family=20_000_00,
        cap=10_600_00,
    ),
    Accumulator(
        kind=AccumulatorKind.DEDUCTIBLE,
        network=Network.OUT,
        mode=AccumulatorMode.SELF,
        individual=3_000_00,
        credits=("DED_IN",),
    ),
    Accumulator(
        kind=AccumulatorKind.OOP_MAX,
        network=Network.IN,
        mode=AccumulatorMode.SELF,
        individual=6_000_00,
        tier="IN2",
    ),
)
RULES = (
    CostSharingRule(
        category="ER",
        deductible="DED_IN",
        oop_max="OOP_IN2",
        copay=350_00,
        copay_order=CopayOrder.BEFORE,
        copay_scope=CopayScope.ADMISSION,
        coinsurance=2_050,
        coinsurance_min=5_00,
        coinsurance_max=900_00,
        waive_copay_if_admitted=True,
        visit_limit=3,
        dollar_max=9_000_00,
        no_authorization_penalty=500_00,
        copay_credits="RXDED_IN",
        max_units=4,
        prior_authorization=Need.SOMETIMES,
        referral=Need.YES,
        note="Only in an emergency",
    ),
    CostSharingRule(category="PET_CARE", tier="OUT", covered=False),
)
PET_CARE = ServiceCategory(code="PET_CARE", name="Care for a pet", short="pet care", codes="none")


@pytest.fixture
def people(services: Services) -> tuple[int, int]:
    made = [services.people.save_person(Person(name=name)).new_id or 0 for name in ("Ann", "Bo")]
    return made[0], made[1]


@pytest.fixture
def plan(services: Services, people: tuple[int, int]) -> Plan:
    """A plan with every term set."""
    first = services.plans.save(
        Plan(name="Before", begins_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    ).new_id
    made = services.plans.save(
        Plan(
            name="All terms",
            kind=PlanKind.POS,
            begins_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            member_number="A-1",
            note="note",
            person_ids=people,
            accumulators=LIMITS,
            accumulator_start=(7, 1),
            continues_id=first,
            period_rule=PeriodRule.DISCHARGE,
            carry_over=DeductibleCarryOver.ALWAYS,
            assistance=Assistance.NOT_COUNTED,
            aca_compliant=True,
            hsa_qualified=True,
            oon_pricing=OonPricing(OonMethod.PCT_MEDICARE, 14_000),
            more_tiers=(NetworkTier(code="IN2", name="preferred"),),
            coordination=Coordination(
                subscriber_id=people[1],
                method=CobMethod.NON_DUPLICATION,
                has_clause=False,
                active_employment=False,
                large_employer=False,
                covered_since=date(2019, 5, 1),
                rank=2,
            ),
            medigap="G",
            filed_id="12345AK0010001-01",
        ),
        insurer="BlueRiver",
        rules=RULES,
        categories=[PET_CARE],
    )
    return services.plans.get(made.new_id or 0)


def test_every_term_of_a_plan_is_read_back(services: Services, plan: Plan) -> None:
    assert tuple(replace(limit, id=None) for limit in plan.accumulators) == LIMITS
    assert tuple(services.plans.rules(plan.id or 0)) == RULES
    assert plan.coordination.covered_since == date(2019, 5, 1)
    changes = services.plans.save(plan, insurer="BlueRiver")
    again = services.plans.get(changes.new_id or 0)
    assert replace(again, accumulators=()) == replace(plan, accumulators=())
    assert tuple(services.plans.rules(plan.id or 0)) == RULES
    assert services.coverage.categories()["PET_CARE"] == PET_CARE


def test_the_terms_are_what_the_engine_takes(services: Services, plan: Plan) -> None:
    terms = services.plans.terms(plan)
    assert (terms.rules, terms.accumulator_start, terms.hsa_qualified) == (RULES, (7, 1), True)
    assert {tier.code for tier in terms.tiers} == {"IN", "OUT", "IN2"}
    assert ("LAB_THY", "LAB") in terms.follows


def test_rules_are_undone_in_one_step(services: Services, plan: Plan) -> None:
    changes = services.plans.save_rules(plan, RULES[:1])
    assert changes.areas == Area.PLANS
    assert services.plans.rules(plan.id or 0) == [RULES[0]]
    services.ledger.undo()
    assert tuple(services.plans.rules(plan.id or 0)) == RULES


def test_a_limit_that_is_taken_away_is_forgotten_by_the_rules(services: Services, plan: Plan) -> None:
    kept = tuple(limit for limit in plan.accumulators if limit.name not in ("DED_IN", "DED_OUT"))
    services.plans.save(replace(plan, accumulators=kept), insurer="BlueRiver")
    rule = services.plans.rules(plan.id or 0)[0]
    assert (rule.deductible, rule.oop_max) == (None, "OOP_IN2")


def test_the_rules_of_a_tier_go_with_it(services: Services, plan: Plan) -> None:
    inside = CostSharingRule(category="PCP", tier="IN2", copay=10_00)
    services.plans.save_rules(plan, [*RULES, inside])
    fewer = tuple(limit for limit in plan.accumulators if not limit.tier)
    services.plans.save(replace(plan, more_tiers=(), accumulators=fewer), insurer="BlueRiver")
    assert [rule.category for rule in services.plans.rules(plan.id or 0)] == ["ER", "PET_CARE"]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (CostSharingRule(category="PCP", deductible="NO_SUCH"), "does not have"),
        (CostSharingRule(category="PCP", deductible="OOP_IN2"), "as a deductible"),
        (CostSharingRule(category="PCP", tier="T9"), "tier"),
        (RULES[0], "twice"),
    ],
)
def test_rules_that_contradict_the_plan_are_refused_whole(
    services: Services, plan: Plan, rule: CostSharingRule, says: str
) -> None:
    with pytest.raises(UserProblem, match=says):
        services.plans.save_rules(plan, [*RULES, rule])
    assert tuple(services.plans.rules(plan.id or 0)) == RULES


def test_removing_a_plan_takes_what_hangs_on_it_and_undo_brings_it_back(
    services: Services, plan: Plan, people: tuple[int, int]
) -> None:
    plan_id = plan.id or 0
    facts = services.coverage
    facts.save_opening(
        OpeningBalance(plan_id=plan_id, person_id=people[0], name="DED_IN", amount=5, as_of=plan.begins_on)
    )
    facts.save_stated(
        StatedTotal(plan_id=plan_id, person_id=None, name="DED_IN", amount=7, stated_on=TODAY)
    )
    facts.save_check(
        NetworkCheck(plan_id=plan_id, provider_id=0, stands=Stands.IN, checked_on=TODAY), provider="Lab"
    )
    services.plans.remove(plan_id)
    assert not facts.openings(plan_id)
    assert not facts.stated_totals(plan_id)
    assert not facts.network_checks()
    services.ledger.undo()
    assert services.plans.get(plan_id) == plan
    assert tuple(services.plans.rules(plan_id)) == RULES
    assert len(facts.openings(plan_id)) == len(facts.stated_totals(plan_id)) == 1
    assert facts.network_checks(plan_id=plan_id)[0].stands is Stands.IN


def test_openings_are_changed_removed_and_judged(
    services: Services, plan: Plan, people: tuple[int, int]
) -> None:
    facts, plan_id = services.coverage, plan.id or 0
    opening = OpeningBalance(
        plan_id=plan_id, person_id=people[0], name="DED_IN", amount=1_237_50, as_of=date(2026, 7, 2)
    )
    row = facts.save_opening(opening).new_id or 0
    facts.save_opening(replace(opening, id=row, amount=1_000_00, note="from the portal"))
    (stored,) = facts.openings(plan_id)
    assert (stored.amount, stored.note) == (1_000_00, "from the portal")
    assert facts.year(plan).book.balance("DED_IN", str(people[0])) == 1_000_00
    for wrong, field in (
        (replace(opening, amount=-1), "amount"),
        (replace(opening, name="NO_SUCH"), "name"),
        (replace(opening, name="NO_SUCH", counting=Counting.VISITS), "name"),
        (replace(opening, as_of=date(2027, 1, 1)), "as_of"),
    ):
        with pytest.raises(UserProblem) as refused:
            facts.save_opening(wrong)
        assert refused.value.field == field
    facts.remove_openings([row])
    assert not facts.openings(plan_id)


def test_checks_name_their_provider_and_are_listed_latest_first(services: Services, plan: Plan) -> None:
    facts, plan_id = services.coverage, plan.id or 0
    for day, stands in ((date(2026, 3, 1), Stands.IN), (date(2026, 9, 1), Stands.OUT)):
        facts.save_check(
            NetworkCheck(
                plan_id=plan_id,
                provider_id=0,
                stands=stands,
                checked_on=day,
                source="portal",
                reference="R-1",
            ),
            provider="Harbor Imaging",
        )
    found = facts.network_checks(plan_id=plan_id)
    assert [check.stands for check in found] == [Stands.OUT, Stands.IN]
    assert facts.network_checks(provider_id=found[0].provider_id) == found
    assert not facts.network_checks(provider_id=99)
    later = NetworkCheck(plan_id=plan_id, provider_id=0, stands=Stands.IN, checked_on=date(2026, 11, 23))
    with pytest.raises(UserProblem, match="future"):
        facts.save_check(later, provider="Harbor Imaging")
    with pytest.raises(UserProblem, match="provider"):
        facts.save_check(replace(later, checked_on=TODAY), provider=" ")


def test_planned_care_is_kept_and_judged(services: Services, people: tuple[int, int]) -> None:
    facts = services.coverage
    care = PlannedCare(
        person_id=people[1],
        category="IMAGING",
        label="MRI of the knee",
        first_on=date(2026, 12, 3),
        times=2,
        every_months=6,
        allowed=1_200_00,
        network=Network.OUT,
        likelihood=Likelihood.MAYBE,
        note="ask first",
    )
    row = facts.save_planned(care, provider="Harbor Imaging").new_id
    (stored,) = facts.planned()
    assert stored.provider_id is not None
    assert stored == replace(care, id=row, provider_id=stored.provider_id)
    facts.save_planned(replace(stored, label="", allowed=None))
    assert facts.planned()[0].label == "Imaging (MRI, CT, PET)"
    for wrong, field in (
        (replace(care, category="NO_SUCH"), "category"),
        (replace(care, times=0), "times"),
        (replace(care, every_months=-1), "every_months"),
        (replace(care, allowed=-1), "allowed"),
    ):
        with pytest.raises(UserProblem) as refused:
            facts.save_planned(wrong)
        assert refused.value.field == field
    facts.remove_planned([row or 0])
    assert not facts.planned()


def test_own_services_are_added_renamed_and_kept_while_used(services: Services, plan: Plan) -> None:
    facts = services.coverage
    facts.save_category(ServiceCategory(code="LAB_IRON", name="Iron tests", parent="LAB"))
    facts.save_category(ServiceCategory(code="PCP", name="My family doctor"))
    assert facts.categories()["PCP"].name == "My family doctor"
    with pytest.raises(UserProblem, match="still used"):
        facts.remove_category("PET_CARE")
    facts.remove_category("PCP")
    assert facts.categories()["PCP"].name == "Primary care visit"
    facts.remove_category("LAB_IRON")
    assert "LAB_IRON" not in facts.categories()
    with pytest.raises(UserProblem, match="comes with the program"):
        facts.remove_category("PCP")
    with pytest.raises(UserProblem, match="not in the list"):
        facts.save_category(ServiceCategory(code="X", name="X", parent="NO_SUCH"))
    assert plan.id


def test_the_new_parts_of_a_claim_are_read_back(
    services: Services, plan: Plan, people: tuple[int, int]
) -> None:
    eob = Claim(
        person_id=people[0],
        provider_id=0,
        plan_id=plan.id,
        network=Network.OUT,
        tier="IN2",
        protected=True,
        category="RX2",
        service_from=date(2026, 8, 1),
        coinsurance=1_800_00,
        assistance=1_750_00,
        assistance_counts=False,
    )
    row = services.claims.save(eob, provider="Pharmacy").new_id or 0
    stored = services.claims.get(row)
    assert replace(stored, id=None, provider_id=0) == eob
    (line,) = services.claims.lines(plan.period)
    assert line.claim == stored
