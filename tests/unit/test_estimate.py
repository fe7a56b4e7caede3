"""What will it cost me, under one plan: the sum, what it moves, and what to beware of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.unit.estimate_kit import (
    DAY,
    ELEANOR,
    HARBOR,
    LIMITS,
    MARTIN,
    OOP,
    TODAY,
    answer,
    asked,
    claim,
    known,
    limit,
    open_rule,
    plan,
    rule,
    said,
    year,
)
from tracker.domain.coverage.estimate import estimate
from tracker.domain.coverage.estimate_answer import Caution, Source
from tracker.domain.coverage.estimate_question import Authorization
from tracker.domain.coverage.estimate_renewed import renewed
from tracker.errors import UserProblem
from tracker.facts import (
    AccumulatorMode,
    Assistance,
    CopayOrder,
    CopayScope,
    Counting,
    DeductibleCarryOver,
    Need,
    Network,
    NetworkCheck,
    OonMethod,
    OonPricing,
    OpeningBalance,
    PlanKind,
    PlannedCare,
    ServiceCategory,
    Stands,
)

MRI = open_rule("IMAGING", prior_authorization=Need.YES)
USED = {"DED_IN": 1_420_00, "OOP_IN": 2_140_00}


def check(stands: Stands = Stands.IN, on: date = date(2026, 10, 2), **more: object) -> NetworkCheck:
    values: dict[str, object] = {"plan_id": 9, "provider_id": HARBOR} | more
    return NetworkCheck(stands=stands, checked_on=on, **values)  # type: ignore[arg-type]


def test_the_mri_of_december() -> None:
    """Allowed $1,200, $580 of the deductible left, 20% of $620: you pay $704, and nobody authorized it."""
    found = answer(
        year(MRI, used=USED),
        facts={"checks": (check(),)},
        allowed=1_200_00,
        provider="Harbor Imaging",
        provider_id=HARBOR,
    )
    assert [(part.words, part.amount, part.strong) for part in found.parts] == [
        ("Allowed amount", 1_200_00, False),
        ("Rest of your deductible", 580_00, False),
        ("Your 20% of $620.00", 124_00, False),
        ("Plan pays", 496_00, False),
        ("You pay", 704_00, True),
    ]
    assert (found.you_pay, found.plan_pays) == (704_00, 496_00)
    deductible = found.moved[0]
    assert (deductible.before, deductible.after, deductible.met) == (1_420_00, 2_000_00, True)
    assert deductible.sentence("your") == "Then your deductible is met"
    assert deductible.figure == "$2,000 of $2,000"
    about = next(item for item in found.remarks if item.about is Caution.AUTHORIZATION)
    assert about.warns
    assert about.at_stake == 496_00
    assert about.words.startswith("Prior authorization is needed. None is on file for Harbor Imaging.")
    assert found.why[0][1][2] == "20% of $620.00 = $124.00."
    assert ("Network", "in network, checked on Oct 2, 2026") in found.facts


def test_asking_changes_nothing() -> None:
    filled = year(MRI, used=USED)
    before = filled.book.state.copy()
    for _ in range(2):
        assert answer(filled, allowed=1_200_00).you_pay == 704_00
    after = filled.book.state
    assert (after.own, after.family, after.visits) == (before.own, before.family, before.visits)


# what is needed -------------------------------------------------------------------------


def test_an_authorization_on_file_warns_no_more() -> None:
    found = answer(year(MRI), allowed=100_00, authorization=Authorization.ON_FILE)
    assert [item.warns for item in found.remarks if item.about is Caution.AUTHORIZATION] == [False]


def test_the_penalty_is_the_money_lost_and_taken_only_where_care_goes_ahead() -> None:
    stay = open_rule("INPATIENT", prior_authorization=Need.YES, no_authorization_penalty=500_00)
    filled = year(stay, used={"DED_IN": 2_000_00})
    warned = answer(filled, category="INPATIENT", allowed=10_000_00)
    assert warned.you_pay == 2_000_00
    assert "the plan pays $500.00 less" in said(warned, Caution.AUTHORIZATION)
    taken = answer(filled, category="INPATIENT", allowed=10_000_00, authorization=Authorization.WITHOUT)
    assert taken.you_pay == 2_500_00
    assert [part.amount for part in taken.parts if part.key == "penalty"] == [500_00]


def test_no_penalty_is_larger_than_what_the_plan_pays() -> None:
    stay = open_rule("INPATIENT", prior_authorization=Need.YES, no_authorization_penalty=500_00)
    found = answer(year(stay, used={"DED_IN": 2_000_00}), category="INPATIENT", allowed=100_00)
    assert next(item.at_stake for item in found.remarks if item.about is Caution.AUTHORIZATION) == 80_00


@pytest.mark.parametrize(
    ("need", "words"),
    [
        (Need.YES, "A referral is needed."),
        (Need.SOMETIMES, "A referral is sometimes needed."),
        (Need.NO, ""),
    ],
)
def test_a_referral(need: Need, words: str) -> None:
    found = answer(year(rule("SPEC", copay=60_00, referral=need)), category="SPEC", allowed=200_00)
    assert said(found, Caution.REFERRAL).startswith(words)
    assert bool(said(found, Caution.REFERRAL)) == bool(words)


# amounts --------------------------------------------------------------------------------


def test_the_usual_amount_of_past_eobs() -> None:
    past = (claim(1, category="IMAGING", allowed=900_00), claim(2, category="IMAGING", allowed=1_100_00))
    found = answer(year(MRI), facts={"past": past}, provider_id=HARBOR, provider="Harbor Imaging")
    assert (found.source, found.you_pay) == (Source.USUAL, 1_000_00)
    assert "usual $1,000.00, from 2 EOBs of this provider" in said(found, Caution.AMOUNT)


def test_no_amount_and_no_eob_is_asked_for() -> None:
    found = answer(year(MRI))
    assert found.you_pay is None
    assert found.asks is not None
    assert found.asks.field == "allowed"
    assert found.asks.what == "What is allowed for imaging is not known yet."


def test_a_copay_needs_no_amount() -> None:
    found = answer(year(rule("SPEC", copay=60_00)), category="SPEC")
    assert (found.you_pay, found.plan_pays, found.source) == (60_00, None, Source.FIXED)
    assert [part.key for part in found.parts] == ["copay", "you_pay"]
    assert "You $60.00, or the price if that is less." in found.why[0][1]
    assert not any("Allowed" in line or "left $0.00" in line for line in found.why[0][1])


def test_a_copay_a_day_is_fixed_too_up_to_its_most() -> None:
    stay = rule("INPATIENT", copay=500_00, copay_scope=CopayScope.DAY, max_units=3)
    found = answer(year(stay), category="INPATIENT", units=5)
    assert found.you_pay == 1_500_00
    assert found.parts[0].words == "Copay, 3 days at $500"


def test_a_deductible_still_open_makes_the_amount_matter() -> None:
    assert answer(year(rule("SPEC", copay=60_00, deductible="DED_IN")), category="SPEC").asks
    met = year(rule("SPEC", copay=60_00, deductible="DED_IN"), used={"DED_IN": 2_000_00})
    assert answer(met, category="SPEC").you_pay == 60_00


def test_a_full_maximum_makes_any_amount_free() -> None:
    found = answer(year(MRI, used={"DED_IN": 2_000_00, "OOP_IN": 6_000_00}))
    assert (found.you_pay, found.source) == (0, Source.FIXED)
    assert found.moved[-1].sentence("your") == "Your out-of-pocket maximum stays at"


def test_only_the_billed_amount_is_an_upper_limit() -> None:
    found = answer(year(MRI, used=USED), billed=3_000_00)
    assert found.at_most
    assert (found.you_pay, found.parts[-1].words) == (580_00 + 484_00, "You pay at most")


def test_the_network_discount_is_nobodys() -> None:
    found = answer(year(MRI, used=USED), billed=3_000_00, allowed=1_200_00)
    assert found.you_pay == 704_00
    assert [(part.key, part.amount) for part in found.parts[:3]] == [
        ("billed", 3_000_00),
        ("write_off", -1_800_00),
        ("allowed", 1_200_00),
    ]


def test_the_maximum_cuts_and_the_sum_still_adds_up() -> None:
    found = answer(year(MRI, used={"DED_IN": 2_000_00, "OOP_IN": 5_900_00}), allowed=1_200_00)
    amounts = {part.key: part.amount for part in found.parts}
    assert (amounts["coinsurance"], amounts["cut"], amounts["you_pay"]) == (240_00, -140_00, 100_00)


def test_the_copay_comes_first_where_the_rule_says_so() -> None:
    er = open_rule("ER", copay=350_00, copay_order=CopayOrder.BEFORE, waive_copay_if_admitted=True)
    found = answer(year(er, used={"DED_IN": 2_000_00}), category="ER", allowed=1_350_00)
    assert [part.key for part in found.parts] == ["allowed", "copay", "coinsurance", "plan_paid", "you_pay"]
    assert found.you_pay == 550_00
    admitted = answer(year(er, used={"DED_IN": 2_000_00}), category="ER", allowed=1_350_00, admitted=True)
    assert admitted.you_pay == 270_00


@pytest.mark.parametrize("field", ["allowed", "billed", "assistance"])
def test_an_amount_below_zero_is_refused(field: str) -> None:
    with pytest.raises(UserProblem) as problem:
        asked(**{field: -1})
    assert problem.value.field == field


def test_no_days_are_refused() -> None:
    with pytest.raises(UserProblem, match="1 to 366"):
        asked(units=0)


# network ---------------------------------------------------------------------------------

FAR = open_rule("IMAGING", "OUT", coinsurance=4000)


def test_nothing_known_of_the_provider_is_worked_in_network_with_a_warning() -> None:
    found = answer(year(MRI, FAR), allowed=100_00, provider="New Scans")
    assert found.payers[0].tier == "IN"
    assert "Whether New Scans is in network is not known" in said(found, Caution.NETWORK)


def test_a_check_decides_and_says_its_day() -> None:
    found = answer(
        year(MRI, FAR), facts={"checks": (check(Stands.OUT),)}, allowed=100_00, billed=300_00,
        provider="Harbor Imaging", provider_id=HARBOR,
    )  # fmt: skip
    assert found.payers[0].tier == "OUT"
    assert "The check of Oct 2, 2026 says that Harbor Imaging is out of network." in said(
        found, Caution.NETWORK
    )


def test_a_check_that_contradicts_what_you_chose() -> None:
    facts = {"checks": (check(Stands.OUT),)}
    found = answer(year(MRI, FAR), facts=facts, allowed=100_00, provider_id=HARBOR, tier="IN")
    assert found.payers[0].tier == "IN"
    assert "says that the provider is out of network" in said(found, Caution.NETWORK)


@pytest.mark.parametrize(
    ("checked", "on", "warns", "words"),
    [
        (TODAY - timedelta(days=91), DAY, True, "more than 90 days ago"),
        (TODAY - timedelta(days=90), TODAY + timedelta(days=1), True, "before this care"),
        (TODAY - timedelta(days=10), DAY, False, "before this care"),
        (TODAY, TODAY, None, ""),
    ],
)
def test_an_old_check(checked: date, on: date, warns: bool | None, words: str) -> None:
    found = answer(
        year(MRI), facts={"checks": (check(on=checked),)}, allowed=100_00, on=on, provider_id=HARBOR
    )
    about = [item for item in found.remarks if item.about is Caution.NETWORK]
    assert [item.warns for item in about] == ([] if warns is None else [warns])
    assert all(words in item.words for item in about)


def test_the_check_of_another_plan_says_nothing() -> None:
    found = answer(
        year(MRI),
        facts={"checks": (check(plan_id=4),)},
        allowed=100_00,
        provider_id=HARBOR,
        provider="Harbor",
    )
    assert "not known" in said(found, Caution.NETWORK)


def test_the_last_eob_tells_where_no_check_does() -> None:
    past = claim(category="IMAGING", network=Network.OUT, allowed=100_00)
    found = answer(
        year(MRI, FAR, claims=[past]), facts={"past": (past,)}, billed=400_00, provider_id=HARBOR,
        provider="Harbor",
    )  # fmt: skip
    assert found.payers[0].tier == "OUT"
    assert "EOB of Mar 2, 2026 was processed out of network" in said(found, Caution.NETWORK)


def test_places_that_disagree_and_another_place() -> None:
    checks = (check(location="Main St"), check(Stands.OUT, location="Hill Rd"))
    facts = {"checks": checks}
    both = answer(year(MRI, FAR), facts=facts, allowed=100_00, provider_id=HARBOR)
    assert "depends on the place" in said(both, Caution.LOCATION)
    there = answer(year(MRI, FAR), facts=facts, allowed=100_00, provider_id=HARBOR, location="hill rd")
    assert there.payers[0].tier == "OUT"
    elsewhere = answer(year(MRI), facts=facts, allowed=100_00, provider_id=HARBOR, location="Pier 9")
    assert "the care is at Pier 9" in said(elsewhere, Caution.LOCATION)


def test_an_emergency_out_of_network_is_protected() -> None:
    er = open_rule("ER")
    found = answer(year(er), category="ER", tier="OUT", allowed=500_00, billed=900_00)
    assert found.you_pay == 500_00
    assert "No Surprises Act" in said(found, Caution.PROTECTED)
    given_up = answer(year(er), category="ER", tier="OUT", allowed=500_00, billed=900_00, protected=False)
    assert given_up.you_pay == 900_00


def test_an_office_out_of_network_bills_the_rest() -> None:
    far = open_rule("SPEC", "OUT", coinsurance=4000)
    found = answer(year(far), category="SPEC", tier="OUT", allowed=200_00, billed=500_00)
    assert found.you_pay == 500_00
    assert "$300.00 above the allowed amount" in said(found, Caution.BALANCE_BILL)
    unknown = answer(year(far), category="SPEC", tier="OUT", allowed=200_00)
    assert "may bill more than the plan allows" in said(unknown, Caution.BALANCE_BILL)


# out of network, nobody knows the allowed amount ---------------------------------------------


def priced(method: OonMethod, rate: int = 0) -> OonPricing:
    return OonPricing(method, rate)


def test_a_percentage_of_the_bill_needs_nothing_else() -> None:
    own = plan(oon_pricing=priced(OonMethod.PCT_BILLED, 6000))
    found = answer(year(FAR, of=own, used={"DED_OUT": 4_000_00}), tier="OUT", billed=1_000_00)
    assert (found.source, found.you_pay) == (Source.METHOD, 240_00 + 400_00)


def test_the_plans_figure_sets_the_price() -> None:
    """Rulebook section 4 (case A59): $131.46 of Medicare, 140%, $120 of the deductible left."""
    own = plan(oon_pricing=priced(OonMethod.PCT_MEDICARE, 14000))
    far = open_rule("SPEC", "OUT", coinsurance=4000)
    found = answer(
        year(far, of=own, used={"DED_OUT": 3_880_00}),
        category="SPEC",
        tier="OUT",
        billed=350_00,
        oon_figure=131_46,
    )
    assert (found.plan_pays, found.you_pay) == (38_42, 311_58)


def test_two_methods_make_a_range_that_says_so() -> None:
    own = plan(oon_pricing=priced(OonMethod.PCT_MEDICARE, 14000))
    past = (claim(category="IMAGING", allowed=500_00),)
    filled = year(MRI, FAR, of=own, used={"DED_OUT": 4_000_00})
    found = answer(filled, facts={"past": past}, tier="OUT", billed=1_000_00)
    assert found.you_pay is None
    assert found.between == (400_00, 700_00)
    assert said(found, Caution.AMOUNT).startswith("Estimate: your plan")
    assert not found.moved


def test_without_method_or_eob_the_plan_has_to_be_asked() -> None:
    found = answer(year(FAR), tier="OUT", billed=1_000_00)
    assert found.asks is not None
    assert (found.asks.field, found.you_pay) == ("allowed", None)
    needs = answer(year(FAR, of=plan(oon_pricing=priced(OonMethod.SCHEDULE))), tier="OUT", billed=1_00)
    assert "the amount on the plan's schedule" in needs.asks.what if needs.asks else False


def test_an_eob_out_of_network_tells_the_allowed_amount() -> None:
    past = (claim(category="IMAGING", allowed=300_00, network=Network.OUT),)
    found = answer(year(FAR), facts={"past": past}, tier="OUT", billed=1_000_00)
    assert (found.source, found.you_pay) == (Source.USUAL, 1_000_00)


# covered or not ------------------------------------------------------------------------------


def test_what_the_plan_does_not_name() -> None:
    found = answer(year(MRI), category="DME", allowed=80_00)
    assert found.you_pay == 80_00
    assert "name no durable medical equipment in network" in said(found, Caution.NO_RULE)


def test_an_hmo_pays_nothing_outside() -> None:
    found = answer(year(MRI, of=plan(kind=PlanKind.HMO)), tier="OUT", billed=80_00)
    assert "pays nothing out of network except in an emergency" in said(found, Caution.NOT_COVERED)


def test_what_is_not_covered() -> None:
    found = answer(year(rule("HEARING", covered=False)), category="HEARING", billed=80_00)
    assert (found.you_pay, found.plan_pays) == (80_00, 0)
    assert said(found, Caution.NOT_COVERED) == "BlueRiver PPO does not cover hearing in network."


def test_what_no_plan_ever_covers_moves_nothing() -> None:
    found = answer(year(MRI), category="MEMBERSHIP", billed=300_00)
    assert found.you_pay == 300_00
    assert not found.moved
    assert "It counts toward no limit" in said(found, Caution.NEVER_COVERED)


def test_a_sub_category_follows_its_parent() -> None:
    found = answer(year(open_rule("LAB")), category="LAB_THY", allowed=50_00)
    assert found.you_pay == 50_00
    assert not said(found, Caution.NO_RULE)


@pytest.mark.parametrize(
    ("had", "pays", "words"),
    [
        (12, 40_00, ""),
        (27, 40_00, "This is visit 28 of 30 for physical therapy; 2 are left after it."),
        (29, 40_00, "none is left after it."),
        (30, 90_00, "All 30 visits for physical therapy are used up"),
    ],
)
def test_visits(had: int, pays: int, words: str) -> None:
    filled = year(rule("PT", copay=40_00, visit_limit=30))
    opened = OpeningBalance(
        plan_id=9,
        person_id=ELEANOR,
        name="PT",
        counting=Counting.VISITS,
        amount=had,
        as_of=date(2026, 1, 1),
    )
    found = answer(replace(filled, openings=(opened,)), category="PT", allowed=90_00)
    assert found.you_pay == pays
    visits = found.payers[0].visits
    assert visits is not None
    assert visits.words == f"{min(had + 1, 30)} of 30"
    assert words in said(found, Caution.VISITS)
    assert bool(words) == bool(said(found, Caution.VISITS))


# the day -------------------------------------------------------------------------------------


def test_a_day_without_a_plan_is_yours() -> None:
    found = answer(
        facts={"plans": (plan(begins_on=date(2027, 1, 1), ends_on=date(2027, 12, 31)),)}, billed=90_00
    )
    assert (found.you_pay, found.plan_pays) == (90_00, 0)
    assert said(found, Caution.NO_PLAN) == (
        "No plan covers Dec 3, 2026, so all of it would be yours. The next one begins on Jan 1, 2027."
    )


def test_next_year_is_worked_from_zero_with_the_same_terms() -> None:
    day = date(2027, 2, 3)
    filled = year(MRI, used=USED)
    found = answer(renewed(filled, day), facts={"renewed": filled.plan}, on=day, allowed=1_200_00)
    assert found.you_pay == 1_200_00
    assert "went on with the same terms" in said(found, Caution.RENEWED)
    assert "start again on Jan 1, 2027" in said(found, Caution.NEW_PERIOD)


def test_totals_that_run_past_the_plans_end_run_on() -> None:
    own = plan(accumulator_start=(7, 1))
    filled = year(MRI, of=own, on=DAY)
    assert renewed(filled, date(2027, 3, 1)).period == filled.period
    assert renewed(filled, date(2027, 8, 1)).period.begin == date(2027, 7, 1)


def test_the_last_quarter_carries_over_into_the_next_year() -> None:
    own = plan(carry_over=DeductibleCarryOver.IF_NOT_MET)
    late = claim(service_from=date(2026, 11, 2), deductible=300_00, allowed=300_00, category="IMAGING")
    filled = year(MRI, of=own, claims=[late])
    day = date(2027, 2, 3)
    found = answer(renewed(filled, day), facts={"renewed": own}, on=day, allowed=2_000_00)
    assert found.moved[0].before == 300_00


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2028, 2, 29), date(2031, 12, 31)])
def test_a_plan_goes_on_in_whole_years(day: date) -> None:
    later = renewed(year(MRI), day)
    assert later.plan.begins_on == date(day.year, 1, 1)
    assert later.plan.ends_on == date(day.year, 12, 31)
    assert day in later.period


def test_somebody_the_plan_does_not_name() -> None:
    own = plan(person_ids=(MARTIN,))
    found = answer(year(MRI, of=own), allowed=10_00)
    assert said(found, Caution.NOT_NAMED) == "Eleanor Whitfield is not among those BlueRiver PPO covers."


def test_a_plan_with_rules_of_its_own_is_not_worked() -> None:
    found = answer(year(of=plan(kind=PlanKind.OTHER)), allowed=10_00)
    assert found.you_pay is None
    assert "follows rules of its own" in said(found, Caution.ENGINE_OFF)


def test_a_plan_without_rules_is_not_guessed() -> None:
    found = answer(year(), allowed=10_00)
    assert found.you_pay is None
    assert "is not entered yet" in said(found, Caution.NO_RULES)


def test_what_could_still_change_it() -> None:
    undated = claim(processed_on=None, deductible=10_00, allowed=10_00)
    planned = PlannedCare(
        person_id=ELEANOR, category="SPEC", label="Cardiology", first_on=date(2026, 11, 30)
    )
    found = answer(year(MRI, claims=[undated]), facts={"planned": (planned,)}, allowed=10_00)
    assert said(found, Caution.UNPROCESSED).startswith("1 EOB has no processed date yet.")
    assert said(found, Caution.PLANNED) == "Planned before it and not counted here: Cardiology."


# families, further limits, assistance ---------------------------------------------------------


def test_the_family_moves_with_the_person() -> None:
    both = (
        limit(mode=AccumulatorMode.EMBEDDED, family=4_000_00),
        limit(OOP, mode=AccumulatorMode.EMBEDDED, individual=6_000_00, family=12_000_00),
    )
    found = answer(year(MRI, of=plan(accumulators=both), used=USED), allowed=1_200_00)
    assert [(item.name, item.person_id, item.before, item.after) for item in found.moved] == [
        ("DED_IN", ELEANOR, 1_420_00, 2_000_00),
        ("DED_IN", None, 1_420_00, 2_000_00),
        ("OOP_IN", ELEANOR, 2_140_00, 2_844_00),
        ("OOP_IN", None, 2_140_00, 2_844_00),
    ]


def test_an_aggregate_deductible_has_only_the_familys_total() -> None:
    both = (limit(mode=AccumulatorMode.AGGREGATE, individual=None, family=4_000_00), LIMITS[1])
    found = answer(year(MRI, of=plan(accumulators=both)), allowed=100_00)
    assert [item.person_id for item in found.moved if item.name == "DED_IN"] == [None]


def test_a_limit_that_is_credited_too_is_shown_as_such() -> None:
    crossed = (*LIMITS[:2], replace(LIMITS[2], credits=("DED_IN",)), LIMITS[3])
    found = answer(year(FAR, of=plan(accumulators=crossed)), tier="OUT", allowed=100_00)
    assert {item.name: (item.after, item.crossed) for item in found.moved} == {
        "DED_IN": (100_00, True),
        "DED_OUT": (100_00, False),
        "OOP_OUT": (100_00, False),
    }


def test_assistance_both_ways_where_nobody_knows() -> None:
    drug = rule("RX4", coinsurance=3000)
    found = answer(year(drug), category="RX4", allowed=1_000_00, assistance=200_00)
    assert (found.you_pay, found.cash) == (300_00, 100_00)
    assert found.moved[0].after == 300_00
    words = said(found, Caution.ASSISTANCE)
    assert "out-of-pocket maximum $100.00 instead of $300.00" in words
    known_plan = year(drug, of=plan(assistance=Assistance.NOT_COUNTED))
    decided = answer(known_plan, category="RX4", allowed=1_000_00, assistance=200_00)
    assert decided.moved[0].after == 100_00
    assert not said(decided, Caution.ASSISTANCE)


def test_a_service_of_the_members_own() -> None:
    own = {"SAUNA": ServiceCategory(code="SAUNA", name="Sauna", never_covered=True)}
    found = estimate(asked("SAUNA", billed=20_00), known(year(MRI), categories=own))
    assert said(found, Caution.NEVER_COVERED) == (
        "Health plans never cover this (sauna). It counts toward no limit."
    )
