"""One claim at a time: every rule of adjudication (rulebook 2.3) in a case whose sums fit in the head."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.adjudication_kit import claim, deductible, line, oop_max, plan, rule
from tracker.domain.coverage.adjudicate import Adjudicator
from tracker.domain.coverage.claim_lines import ClaimInput, Denial
from tracker.domain.coverage.posting import Book, Opening
from tracker.domain.coverage.replay import replay
from tracker.domain.coverage.results import ClaimResult, Outcome
from tracker.domain.coverage.terms import PlanTerms
from tracker.errors import UserProblem
from tracker.facts import (
    AccumulatorMode,
    Assistance,
    CopayOrder,
    CopayScope,
    Counting,
    NetworkTier,
    OonMethod,
    OonPricing,
    PlanKind,
)

BEFORE, FAMILY, TOGETHER = CopayOrder.BEFORE, AccumulatorMode.EMBEDDED, AccumulatorMode.AGGREGATE
VISIT = {"copay": 30_00}
OPEN = {"deductible": "DED_IN", "coinsurance": 2000}
FAR = {"deductible": "DED_OUT", "coinsurance": 4000}


def work(terms: PlanTerms, *claims: ClaimInput, **used: int) -> tuple[list[ClaimResult], Book]:
    """Work claims with some buckets partly used by person A."""
    opening = [Opening(bucket, "A", cents) for bucket, cents in used.items()]
    done = replay(terms, claims, opening)
    return [result for result in done.results if result], done.books[None]


ONE_LINE: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, int], dict[str, int]]] = [
    # what, the rule, the line and claim, used before, what comes out
    (
        "copay instead of the deductible",
        VISIT,
        {"allowed": 100_00},
        {},
        {"copay": 30_00, "plan_paid": 70_00},
    ),
    ("a copay is at most the price", VISIT, {"allowed": 12_00}, {}, {"copay": 12_00, "plan_paid": 0}),
    ("all deductible", OPEN, {"allowed": 80_00}, {}, {"deductible": 80_00, "coinsurance": 0}),
    (
        "deductible met on the way",
        OPEN,
        {"allowed": 200_00},
        {"DED_IN": 1_450_00},
        {"deductible": 50_00, "coinsurance": 30_00, "plan_paid": 120_00},
    ),
    ("half a cent goes up", OPEN, {"allowed": 12_53}, {"DED_IN": 1_500_00}, {"coinsurance": 2_51}),
    ("just below half goes down", OPEN, {"allowed": 12_52}, {"DED_IN": 1_500_00}, {"coinsurance": 2_50}),
    (
        "the maximum cuts coinsurance",
        OPEN,
        {"allowed": 500_00},
        {"DED_IN": 1_500_00, "OOP_IN": 4_960_00},
        {"coinsurance": 40_00, "plan_paid": 460_00},
    ),
    (
        "after: the maximum cuts coinsurance, copay, then deductible",
        {**OPEN, "copay": 25_00},
        {"allowed": 500_00},
        {"DED_IN": 1_400_00, "OOP_IN": 4_910_00},
        {"deductible": 90_00, "copay": 0, "coinsurance": 0},
    ),
    (
        "before: the maximum cuts coinsurance, deductible, then copay",
        {**OPEN, "copay": 25_00, "copay_order": BEFORE},
        {"allowed": 500_00},
        {"DED_IN": 1_400_00, "OOP_IN": 4_980_00},
        {"deductible": 0, "copay": 20_00, "coinsurance": 0},
    ),
    (
        "full maximum: free",
        VISIT,
        {"allowed": 90_00},
        {"OOP_IN": 5_000_00},
        {"copay": 0, "plan_paid": 90_00},
    ),
    (
        "a maximum overdrawn before is full",
        VISIT,
        {"allowed": 90_00},
        {"OOP_IN": 5_200_00},
        {"copay": 0, "plan_paid": 90_00},
    ),
    (
        "copay first",
        {**OPEN, "copay": 40_00, "copay_order": BEFORE},
        {"allowed": 100_00},
        {"DED_IN": 1_490_00},
        {"copay": 40_00, "deductible": 10_00, "coinsurance": 10_00},
    ),
    (
        "copay first, waived on admission",
        {**OPEN, "copay": 40_00, "copay_order": BEFORE, "waive_copay_if_admitted": True},
        {"allowed": 100_00, "admitted": True},
        {"DED_IN": 1_490_00},
        {"copay": 0, "deductible": 10_00, "coinsurance": 18_00},
    ),
    (
        "a deductible that takes all leaves no copay",
        {"deductible": "DED_IN", "copay": 40_00},
        {"allowed": 90_00},
        {},
        {"deductible": 90_00, "copay": 0},
    ),
    (
        "a copay for each day, at most three",
        {"copay": 100_00, "copay_scope": CopayScope.DAY, "max_units": 3},
        {"allowed": 900_00, "units": 5},
        {},
        {"copay": 300_00},
    ),
    (
        "a copay for each day of a short stay",
        {"copay": 100_00, "copay_scope": CopayScope.DAY, "max_units": 3},
        {"allowed": 900_00, "units": 2},
        {},
        {"copay": 200_00},
    ),
    (
        "a copay for each fill",
        {"copay": 15_00, "copay_scope": CopayScope.FILL, "max_units": 1},
        {"allowed": 90_00, "units": 3},
        {},
        {"copay": 45_00},
    ),
    (
        "a copay per admission ignores the days",
        {"copay": 250_00, "copay_scope": CopayScope.ADMISSION},
        {"allowed": 900_00, "units": 4},
        {},
        {"copay": 250_00},
    ),
    (
        "coinsurance with a least",
        {"coinsurance": 1000, "coinsurance_min": 20_00},
        {"allowed": 90_00},
        {},
        {"coinsurance": 20_00},
    ),
    (
        "a least above the price",
        {"coinsurance": 1000, "coinsurance_min": 20_00},
        {"allowed": 9_00},
        {},
        {"coinsurance": 9_00},
    ),
    (
        "coinsurance with a most",
        {"coinsurance": 5000, "coinsurance_max": 20_00},
        {"allowed": 90_00},
        {},
        {"coinsurance": 20_00},
    ),
    (
        "all coinsurance",
        {"coinsurance": 10_000},
        {"allowed": 90_00},
        {},
        {"coinsurance": 90_00, "plan_paid": 0},
    ),
    ("no charge", {}, {"allowed": 90_00}, {}, {"owes": 0, "plan_paid": 90_00, "write_off": 10_00}),
    ("allowed above billed", OPEN, {"allowed": 140_00}, {}, {"allowed": 100_00, "deductible": 100_00}),
    ("nothing billed", OPEN, {"billed": 0, "allowed": 0}, {}, {"owes": 0, "plan_paid": 0}),
    (
        "plan pays up to a sum",
        {"dollar_max": 60_00, "oop_max": None},
        {"allowed": 90_00},
        {},
        {"not_covered": 30_00, "plan_paid": 60_00},
    ),
    (
        "no authorization",
        {"no_authorization_penalty": 25_00},
        {"allowed": 90_00, "missed_authorization": True},
        {},
        {"penalty": 25_00, "plan_paid": 65_00, "owes": 25_00},
    ),
    (
        "a penalty is at most what the plan pays",
        {"no_authorization_penalty": 25_00, "coinsurance": 9000},
        {"allowed": 90_00, "missed_authorization": True},
        {},
        {"penalty": 9_00, "plan_paid": 0, "owes": 90_00},
    ),
    (
        "with authorization no penalty",
        {"no_authorization_penalty": 25_00},
        {"allowed": 90_00},
        {},
        {"penalty": 0},
    ),
    (
        "denied, provider bears it",
        VISIT,
        {"allowed": 90_00, "denial": Denial.PROVIDER},
        {},
        {"owes": 0, "write_off": 100_00},
    ),
    (
        "denied, member bears it",
        VISIT,
        {"allowed": 90_00, "denial": Denial.MEMBER},
        {},
        {"owes": 100_00, "not_covered": 100_00},
    ),
    (
        "not covered",
        {"covered": False},
        {"allowed": 90_00},
        {},
        {"owes": 100_00, "not_covered": 100_00, "allowed": 0},
    ),
    (
        "out of network without a rule",
        VISIT,
        {"allowed": 90_00, "tier": "OUT"},
        {},
        {"owes": 100_00, "not_covered": 100_00},
    ),
    (
        "protected out of network follows the rule in network",
        VISIT,
        {"allowed": 90_00, "tier": "OUT", "protected": True},
        {},
        {"owes": 30_00, "write_off": 10_00, "balance_bill": 0},
    ),
]


@pytest.mark.parametrize(
    ("terms", "entered", "used", "expected"),
    [case[1:] for case in ONE_LINE],
    ids=[case[0] for case in ONE_LINE],
)
def test_one_line(
    terms: dict[str, Any], entered: dict[str, Any], used: dict[str, int], expected: dict[str, int]
) -> None:
    entered = {"billed": 100_00 if entered.get("allowed", 0) <= 140_00 else 1_000_00} | entered
    of_claim = {key: entered.pop(key) for key in ("units", "admitted") if key in entered}
    results, _ = work(plan(rule("X", **terms)), claim(1, line("X", **entered), **of_claim), **used)
    found = results[0].lines[0]
    assert {key: getattr(found, key) for key in expected} == expected


def test_out_of_network_balance_bill_counts_nowhere() -> None:
    results, book = work(
        plan(rule("X", "OUT", **FAR)), claim(1, line("X", 100_00, 60_00, tier="OUT")), DED_OUT=2_950_00
    )
    assert (results[0].owes, results[0].lines[0].balance_bill) == (94_00, 40_00)
    assert (book.balance("DED_OUT"), book.balance("OOP_OUT"), book.balance("OOP_IN")) == (
        3_000_00,
        54_00,
        0,
    )


def test_a_third_tier_has_its_own_rule_and_writes_off() -> None:
    tiers = (*plan().tiers, NetworkTier(code="T2", name="tier 2"))
    terms = plan(rule("X", copay=20_00), rule("X", "T2", copay=50_00, oop_max="OOP_IN"), tiers=tiers)
    results, _ = work(terms, claim(1, line("X", 100_00, 60_00, tier="T2")))
    assert (results[0].owes, results[0].lines[0].write_off) == (50_00, 40_00)


def test_one_copay_for_a_visit_of_two_lines_but_one_for_each_line_where_the_rule_says_so() -> None:
    twice = claim(1, line("X", 100_00), line("X", 100_00))
    owed = [
        work(plan(rule("X", copay=30_00, copay_scope=scope)), twice)[0][0].owes
        for scope in (CopayScope.VISIT, CopayScope.LINE)
    ]
    assert owed == [30_00, 60_00]


def test_what_is_left_of_a_copay_is_taken_on_the_next_line() -> None:
    results, _ = work(plan(rule("X", copay=30_00)), claim(1, line("X", 20_00), line("X", 100_00)))
    assert [item.copay for item in results[0].lines] == [20_00, 10_00]


def test_copays_of_two_categories_and_two_claims_are_apart() -> None:
    terms = plan(rule("X", copay=30_00), rule("Y", copay=40_00))
    first = claim(1, line("X", 100_00), line("Y", 100_00))
    results, _ = work(terms, first, replace(first, key=2))
    assert [result.owes for result in results] == [70_00, 70_00]


def test_the_last_visit_is_covered_and_the_next_is_not() -> None:
    terms = plan(rule("PT", copay=40_00, visit_limit=2))
    results, book = work(terms, *(claim(key, line("PT", 90_00), line("PT", 20_00)) for key in range(3)))
    assert [result.owes for result in results] == [40_00, 40_00, 110_00]
    assert results[2].lines[0].outcome is Outcome.VISITS_USED_UP
    assert book.state.visits["PT", "A"] == 2


def test_visits_are_counted_for_each_person() -> None:
    terms = plan(rule("PT", visit_limit=1))
    results, _ = work(terms, claim(1, line("PT", 90_00)), claim(2, line("PT", 90_00), person="B"))
    assert [result.owes for result in results] == [0, 0]


def test_a_denied_line_uses_up_no_visit() -> None:
    terms = plan(rule("PT", visit_limit=1))
    denied = claim(1, line("PT", 90_00, denial=Denial.PROVIDER))
    results, _ = work(terms, denied, claim(2, line("PT", 90_00)))
    assert results[1].owes == 0


def test_the_plan_s_dollars_run_out_over_several_claims() -> None:
    terms = plan(rule("HEARING", dollar_max=100_00))
    results, _ = work(terms, *(claim(key, line("HEARING", 60_00)) for key in range(3)))
    assert [result.owes for result in results] == [0, 20_00, 60_00]


def family(**more: Any) -> PlanTerms:
    return plan(
        rule("LAB", **OPEN),
        buckets=(
            deductible(individual=100_00, family=250_00, mode=FAMILY),
            oop_max(individual=300_00, family=500_00, mode=FAMILY),
        ),
        **more,
    )


def test_embedded_family_one_person_never_puts_in_more_than_their_own_limit() -> None:
    results, book = work(family(), claim(1, line("LAB", 400_00)), claim(2, line("LAB", 100_00), person="B"))
    assert [result.owes for result in results] == [160_00, 100_00]
    assert book.balance("DED_IN") == 200_00


def test_embedded_family_the_family_limit_ends_it_for_everybody() -> None:
    people = [claim(who, line("LAB", 100_00), person=who) for who in "ABCD"]
    results, book = work(family(), *people)
    assert [result.lines[0].deductible for result in results] == [100_00, 100_00, 50_00, 0]
    assert (book.balance("DED_IN", "C"), book.balance("DED_IN")) == (50_00, 250_00)


def test_aggregate_family_one_person_may_fill_it_alone() -> None:
    terms = plan(
        rule("LAB", **OPEN),
        buckets=(
            deductible(individual=None, family=250_00, mode=TOGETHER),
            oop_max(individual=None, family=900_00, mode=TOGETHER),
        ),
    )
    results, _ = work(terms, claim(1, line("LAB", 300_00)), claim(2, line("LAB", 100_00), person="B"))
    assert [result.owes for result in results] == [260_00, 20_00]


def test_the_law_s_cap_holds_for_one_person_in_an_aggregate_family() -> None:
    terms = plan(
        rule("LAB", **OPEN),
        buckets=(
            deductible(individual=None, family=250_00, mode=TOGETHER),
            oop_max(individual=None, family=900_00, mode=TOGETHER, cap=200_00),
        ),
    )
    results, book = work(terms, claim(1, line("LAB", 1_000_00)), claim(2, line("LAB", 100_00), person="B"))
    assert [result.owes for result in results] == [200_00, 60_00]
    assert book.balance("DED_IN") == 250_00


def crossing(*, both: bool) -> PlanTerms:
    return plan(
        rule("LAB", **OPEN),
        rule("LAB", "OUT", **FAR),
        buckets=(
            deductible(individual=100_00, cross=("DED_OUT",) if both else ()),
            oop_max(individual=300_00),
            deductible("DED_OUT", 200_00, tier="OUT", cross=("DED_IN",)),
            oop_max("OOP_OUT", 600_00, tier="OUT", cross=("OOP_IN",)),
        ),
    )


def test_cross_credit_goes_one_way_and_stops_at_the_limit() -> None:
    far, near = claim(1, line("LAB", 150_00, tier="OUT")), claim(2, line("LAB", 50_00))
    results, book = work(crossing(both=False), far, near)
    assert [result.owes for result in results] == [150_00, 10_00]
    assert {b.bucket: b.cents for b in book.balances()} == {
        "DED_IN": 100_00,
        "DED_OUT": 150_00,
        "OOP_IN": 160_00,
        "OOP_OUT": 150_00,
    }


def test_cross_credit_both_ways_does_not_come_back() -> None:
    _, book = work(crossing(both=True), claim(1, line("LAB", 80_00)))
    assert (book.balance("DED_IN"), book.balance("DED_OUT")) == (80_00, 80_00)


def test_a_copay_may_credit_the_deductible_up_to_its_limit() -> None:
    terms = plan(rule("URGENT", copay=75_00, copay_credits="DED_IN"))
    _, book = work(terms, claim(1, line("URGENT", 160_00)), DED_IN=1_450_00)
    assert book.balance("DED_IN") == 1_500_00


@pytest.mark.parametrize(("counts", "credited"), [(True, 100_00), (False, 30_00)])
def test_assistance_counts_or_not(counts: bool, credited: int) -> None:
    terms = plan(rule("RX4", deductible="DED_IN"))
    paid = line("RX4", 100_00, assistance=70_00, assistance_counts=counts)
    results, book = work(terms, claim(1, paid))
    assert (results[0].owes, results[0].lines[0].cash) == (100_00, 30_00)
    assert (book.balance("DED_IN"), book.balance("OOP_IN")) == (credited, credited)


def test_assistance_beyond_the_share_leaves_no_negative_cash() -> None:
    paid = line("RX4", 100_00, assistance=70_00, assistance_counts=False)
    results, book = work(plan(rule("RX4", copay=50_00)), claim(1, paid))
    assert (results[0].lines[0].cash, book.balance("OOP_IN")) == (0, 0)


def test_the_plan_decides_about_assistance_and_is_asked_where_it_did_not() -> None:
    entered = claim(1, line("RX4", 100_00, assistance=70_00))
    terms = plan(rule("RX4", copay=50_00), assistance=Assistance.NOT_COUNTED)
    assert work(terms, entered)[1].balance("OOP_IN") == 0
    with pytest.raises(UserProblem, match="Whether Test plan counts copay assistance"):
        work(replace(terms, assistance=Assistance.ASK), entered)


def test_a_sub_category_follows_its_parent_only_where_the_plan_says_so() -> None:
    entered = claim(1, line("LAB_THY", 100_00))
    assert work(plan(rule("LAB", copay=10_00)), entered)[0][0].owes == 100_00
    followed = work(plan(rule("LAB", copay=10_00), follows=(("LAB_THY", "LAB"),)), entered)[0][0]
    assert (followed.owes, followed.lines[0].category) == (10_00, "LAB_THY")


def test_the_plan_s_own_method_prices_a_line_out_of_network() -> None:
    pricing = OonPricing(OonMethod.PCT_MEDICARE, 14_000)
    terms = plan(rule("PCP", "OUT", **FAR), oon_pricing=pricing)
    entered = line("PCP", 350_00, None, tier="OUT", oon_figure=131_46)
    results, _ = work(terms, claim(1, entered), DED_OUT=2_880_00)
    assert (results[0].lines[0].allowed, results[0].owes) == (184_04, 311_58)


def test_a_plan_without_benefits_out_of_network_covers_nothing_there() -> None:
    terms = plan(rule("PCP", "OUT", **FAR), oon_pricing=OonPricing(OonMethod.NONE))
    assert work(terms, claim(1, line("PCP", 350_00, 100_00, tier="OUT")))[0][0].owes == 350_00


def test_what_cannot_be_priced_is_asked_for_and_changes_nothing() -> None:
    adjudicator = Adjudicator(plan(rule("PCP", copay=30_00)))
    state = adjudicator.new_state()
    with pytest.raises(UserProblem, match="allows for PCP is not known"):
        adjudicator.adjudicate(claim(1, line("PCP", 90_00), line("PCP", 50_00, None)), state)
    assert not any(state.family)
    with pytest.raises(UserProblem, match="no network tier GOLD"):
        adjudicator.adjudicate(claim(1, line("PCP", 90_00, tier="GOLD")), state)


def test_the_engine_is_off_for_coverage_with_rules_of_its_own() -> None:
    with pytest.raises(UserProblem, match="cannot be worked out"):
        Adjudicator(plan(kind=PlanKind.OTHER))


def test_visits_used_before_count() -> None:
    opening = [Opening("PT", "A", 19, Counting.VISITS)]
    done = replay(
        plan(rule("PT", visit_limit=20)), [claim(1, line("PT", 1_00)), claim(2, line("PT", 1_00))], opening
    )
    assert [result.owes for result in done.results if result] == [0, 1_00]
