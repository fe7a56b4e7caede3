"""EOBs counted through the plan's rules: which limit each goes to, openings, carry-over, apart periods."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dates import Period
from tracker.domain.coverage.accumulators import standing, standings
from tracker.domain.coverage.plan_terms import period_of, periods_of, terms_of
from tracker.domain.coverage.plan_year import PlanYear, plan_year
from tracker.domain.coverage.progress import progress
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Assistance,
    Claim,
    CostSharingRule,
    Counting,
    DeductibleCarryOver,
    Network,
    NetworkTier,
    OpeningBalance,
    PeriodRule,
    Plan,
    PlanKind,
)
from tracker.imports.limits_file import yearly_limits

DED, OOP = AccumulatorKind.DEDUCTIBLE, AccumulatorKind.OOP_MAX
TODAY = date(2026, 11, 22)
ELEANOR, MARTIN = 1, 2


def limit(kind: AccumulatorKind = DED, network: Network = Network.IN, **more: object) -> Accumulator:
    values: dict[str, object] = {"mode": AccumulatorMode.SELF, "individual": 2_000_00} | more
    return Accumulator(kind=kind, network=network, **values)  # type: ignore[arg-type]


def plan(*limits: Accumulator, **more: object) -> Plan:
    values: dict[str, object] = {
        "id": 9,
        "name": "PPO",
        "begins_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "person_ids": (ELEANOR, MARTIN),
    }
    return Plan(accumulators=limits, **(values | more))  # type: ignore[arg-type]


def claim(number: int = 1, *, day: date = date(2026, 3, 2), **more: object) -> Claim:
    values: dict[str, object] = {"id": number, "person_id": ELEANOR, "provider_id": 1, "service_from": day}
    return Claim(**(values | more))  # type: ignore[arg-type]


def used(year: PlanYear, name: str, person_id: int | None = ELEANOR) -> int:
    found = next(item for item in year.plan.accumulators if item.name == name)
    return standing(year, found, person_id).used


def test_a_drug_goes_to_the_limits_that_drugs_have() -> None:
    own = plan(limit(), limit(drugs=True, individual=250_00), limit(OOP, individual=5_000_00))
    eobs = [claim(1, deductible=100_00), claim(2, category="RX2", deductible=60_00, copay=45_00)]
    year = plan_year(own, eobs, drug_codes=frozenset({"RX2"}))
    assert used(year, "DED_IN") == 100_00
    assert used(year, "RXDED_IN") == 60_00
    assert used(year, "OOP_IN") == 205_00


def test_without_limits_of_their_own_drugs_share_the_others() -> None:
    year = plan_year(
        plan(limit()), [claim(category="RX2", deductible=60_00)], drug_codes=frozenset({"RX2"})
    )
    assert used(year, "DED_IN") == 60_00


def test_the_rule_says_which_limit_a_service_counts_toward() -> None:
    rule = CostSharingRule(category="DENTAL", deductible="DED_DENTAL", oop_max=None, coinsurance=5_000)
    own = plan(limit(), limit(name="DED_DENTAL", individual=50_00), limit(OOP, individual=5_000_00))
    year = plan_year(own, [claim(category="DENTAL", deductible=50_00, coinsurance=20_00)], [rule])
    assert (used(year, "DED_IN"), used(year, "DED_DENTAL"), used(year, "OOP_IN")) == (0, 50_00, 0)


def test_the_eob_wins_where_the_rule_waives_the_deductible() -> None:
    rule = CostSharingRule(category="PT", deductible=None, oop_max="OOP_IN", copay=40_00, visit_limit=20)
    own = plan(limit(), limit(OOP, individual=5_000_00))
    year = plan_year(own, [claim(category="PT", allowed=110_00, deductible=110_00)], [rule])
    assert used(year, "DED_IN") == 110_00
    assert year.visits("PT", ELEANOR) == 1


def test_a_sub_category_follows_the_rule_of_its_parent() -> None:
    rule = CostSharingRule(category="LAB", deductible=None, oop_max=None)
    own = plan(limit(), limit(OOP, individual=5_000_00))
    year = plan_year(own, [claim(category="LAB_THY", copay=15_00)], [rule])
    assert used(year, "OOP_IN") == 0


def test_out_of_network_care_can_credit_the_network_as_far_as_there_is_room() -> None:
    inside = limit(individual=1_000_00)
    outside = limit(network=Network.OUT, individual=3_000_00, credits=("DED_IN",))
    eobs = [
        claim(1, deductible=900_00, processed_on=date(2026, 3, 10)),
        claim(2, network=Network.OUT, deductible=300_00, processed_on=date(2026, 4, 1)),
    ]
    year = plan_year(plan(inside, outside), eobs)
    assert (used(year, "DED_IN"), used(year, "DED_OUT")) == (1_000_00, 300_00)
    assert [posting.crossed for posting in year.postings("DED_IN")] == [False, True]


def test_protected_care_counts_in_network() -> None:
    eob = claim(network=Network.OUT, protected=True, deductible=80_00)
    year = plan_year(plan(limit(), limit(network=Network.OUT)), [eob])
    assert (used(year, "DED_IN"), used(year, "DED_OUT")) == (80_00, 0)


def test_a_further_tier_has_its_own_limits_or_shares_those_of_the_network() -> None:
    second = NetworkTier(code="IN2", name="in network, tier 2")
    own = plan(limit(), limit(tier="IN2", individual=4_000_00), more_tiers=(second,))
    eobs = [claim(1, tier="IN2", deductible=70_00), claim(2, deductible=30_00)]
    year = plan_year(own, eobs)
    assert (used(year, "DED_IN"), used(year, "DED_IN2")) == (30_00, 70_00)
    shared = plan_year(plan(limit(), more_tiers=(second,)), eobs)
    assert used(shared, "DED_IN") == 100_00


@pytest.mark.parametrize(
    ("said", "of_plan", "counts"),
    [
        (None, Assistance.ASK, True),
        (None, Assistance.COUNTED, True),
        (None, Assistance.NOT_COUNTED, False),
        (True, Assistance.NOT_COUNTED, True),
        (False, Assistance.COUNTED, False),
    ],
)
def test_copay_assistance_counts_as_the_member_or_the_plan_says(
    said: bool | None, of_plan: Assistance, counts: bool
) -> None:
    own = plan(limit(OOP, individual=5_000_00), assistance=of_plan)
    eob = claim(coinsurance=1_800_00, assistance=1_750_00, assistance_counts=said)
    assert used(plan_year(own, [eob]), "OOP_IN") == (1_800_00 if counts else 50_00)


def test_every_kind_of_plan_counts_its_eobs() -> None:
    year = plan_year(plan(limit(), kind=PlanKind.OTHER), [claim(deductible=10_00)])
    assert used(year, "DED_IN") == 10_00


def test_a_copay_can_also_credit_the_deductible() -> None:
    rule = CostSharingRule(category="URGENT", oop_max="OOP_IN", copay=75_00, copay_credits="DED_IN")
    own = plan(limit(individual=1_000_00), limit(OOP, individual=5_000_00))
    eobs = [
        claim(1, deductible=950_00, processed_on=date(2026, 3, 9)),
        claim(2, category="URGENT", allowed=160_00, copay=75_00, processed_on=date(2026, 4, 9)),
    ]
    assert used(plan_year(own, eobs, [rule]), "DED_IN") == 1_000_00


def opening(amount: int, **more: object) -> OpeningBalance:
    values: dict[str, object] = {
        "plan_id": 9,
        "person_id": ELEANOR,
        "name": "DED_IN",
        "amount": amount,
        "as_of": date(2026, 5, 1),
    }
    return OpeningBalance(**(values | more))  # type: ignore[arg-type]


def test_an_opening_balance_stands_at_the_begin_and_is_said_in_words() -> None:
    year = plan_year(plan(limit()), [claim(deductible=262_50)], openings=[opening(1_237_50)])
    assert used(year, "DED_IN") == 1_500_00
    first, second = year.postings("DED_IN", ELEANOR)
    assert (first.claim, first.words) == (None, "Opening balance of May 1, 2026")
    assert second.claim is not None
    moved = progress(year, limit(), ELEANOR, today=TODAY)
    assert [(step.day, step.total) for step in moved.steps] == [
        (date(2026, 1, 1), 1_237_50),
        (date(2026, 3, 2), 1_500_00),
    ]


def test_visits_before_the_first_eob_count_too() -> None:
    rule = CostSharingRule(category="PT", copay=40_00, visit_limit=20)
    before = opening(12, name="PT", counting=Counting.VISITS)
    year = plan_year(plan(limit()), [claim(category="PT", copay=40_00)], [rule], openings=[before])
    assert year.visits("PT", ELEANOR) == 13


def test_the_opening_of_a_limit_that_was_taken_away_opens_nothing() -> None:
    year = plan_year(plan(limit()), [], openings=[opening(100_00, name="DED_GONE")])
    assert used(year, "DED_IN") == 0


def test_the_opening_of_another_period_is_not_this_ones() -> None:
    own = plan(limit(), begins_on=date(2025, 7, 1), ends_on=date(2026, 6, 30), accumulator_start=(1, 1))
    openings = [opening(100_00, as_of=date(2025, 9, 1)), opening(7_00, as_of=date(2026, 2, 1))]
    assert used(plan_year(own, [], on=date(2025, 8, 1), openings=openings), "DED_IN") == 100_00
    assert used(plan_year(own, [], on=date(2026, 8, 1), openings=openings), "DED_IN") == 7_00


class TestPeriodsApart:
    """An employer's plan renews in July, its limits run from January."""

    old = plan(
        limit(), id=8, begins_on=date(2025, 7, 1), ends_on=date(2026, 6, 30), accumulator_start=(1, 1)
    )
    new = plan(
        limit(),
        begins_on=date(2026, 7, 1),
        ends_on=date(2027, 6, 30),
        accumulator_start=(1, 1),
        continues_id=8,
    )

    def test_periods(self) -> None:
        assert period_of(self.new, date(2026, 9, 1)) == Period(date(2026, 1, 1), date(2027, 1, 1))
        assert [period.begin.year for period in periods_of(self.new)] == [2026, 2027]
        assert period_of(plan(limit()), date(2026, 9, 1)) == plan().period

    def test_the_limits_of_a_continued_plan_run_on(self) -> None:
        eobs = [
            claim(1, day=date(2025, 12, 30), plan_id=8, deductible=1_00),
            claim(2, day=date(2026, 3, 1), plan_id=8, deductible=10_00),
            claim(3, day=date(2026, 8, 1), plan_id=9, deductible=200_00),
            claim(4, day=date(2027, 2, 1), plan_id=9, deductible=3_000_00),
        ]
        year = plan_year(self.new, eobs, on=date(2026, 8, 1), continued=[self.old])
        assert used(year, "DED_IN") == 210_00
        alone = plan_year(self.new, eobs, on=date(2026, 8, 1))
        assert used(alone, "DED_IN") == 200_00


@pytest.mark.parametrize(
    ("day", "counts"), [(date(2025, 9, 30), False), (date(2025, 10, 1), True), (date(2025, 12, 31), True)]
)
def test_the_last_quarter_carries_over(day: date, counts: bool) -> None:
    before = plan(limit(), id=8, begins_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    now = plan(limit(), carry_over=DeductibleCarryOver.IF_NOT_MET, continues_id=8)
    last = plan_year(before, [claim(day=day, plan_id=8, deductible=450_00, processed_on=day)])
    year = plan_year(now, [], before=last)
    assert used(year, "DED_IN") == (450_00 if counts else 0)
    if counts:
        (posting,) = year.postings("DED_IN")
        assert "Carried over" in posting.words


def test_a_deductible_that_was_met_carries_over_only_where_the_plan_says_so() -> None:
    before = plan(limit(), id=8, begins_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    met = [claim(day=date(2025, 11, 3), plan_id=8, deductible=2_000_00)]
    for carry, opened in ((DeductibleCarryOver.IF_NOT_MET, 0), (DeductibleCarryOver.ALWAYS, 2_000_00)):
        last = plan_year(replace(before, carry_over=carry), met)
        assert used(plan_year(plan(limit(), carry_over=carry), [], before=last), "DED_IN") == opened


def test_a_hospital_stay_belongs_where_the_plan_says() -> None:
    stay = claim(
        day=date(2025, 12, 28),
        service_to=date(2026, 1, 3),
        category="INPATIENT",
        deductible=500_00,
        plan_id=9,
    )
    by_discharge = plan(
        limit(), begins_on=date(2025, 1, 1), ends_on=date(2026, 12, 31), accumulator_start=(1, 1)
    )
    for rule, at_2026 in ((PeriodRule.ADMISSION, 0), (PeriodRule.DISCHARGE, 500_00)):
        own = replace(by_discharge, period_rule=rule)
        assert used(plan_year(own, [stay], on=date(2026, 5, 1)), "DED_IN") == at_2026


def test_the_law_caps_what_one_person_puts_into_an_aggregate_maximum() -> None:
    family = limit(OOP, mode=AccumulatorMode.AGGREGATE, individual=None, family=20_000_00)
    own = plan(family, aca_compliant=True)
    year = plan_year(own, [claim(deductible=15_000_00)], terms=terms_of(own, limits=yearly_limits()))
    mine = next(item for item in standings(year) if item.person_id == ELEANOR)
    assert (mine.used, mine.limit, mine.beyond) == (10_600_00, 10_600_00, 4_400_00)
    together = next(item for item in standings(year) if item.person_id is None)
    assert together.used == 10_600_00


amounts = st.tuples(
    st.sampled_from([ELEANOR, MARTIN]),
    st.sampled_from(list(Network)),
    st.integers(0, 90_000),
    st.integers(0, 9_000),
    st.integers(0, 364),
    st.sampled_from(["", "PCP", "RX1", "NO_SUCH"]),
)


@given(st.lists(amounts, max_size=25), st.booleans())
def test_what_is_posted_is_what_the_eobs_say(
    drafts: list[tuple[int, Network, int, int, int, str]], cross: bool
) -> None:
    """Each cent of every EOB is in exactly one deductible (cross-credit apart), in any order of entry."""
    outside = limit(network=Network.OUT, credits=("DED_IN",) if cross else ())
    own = plan(limit(), outside, limit(OOP, individual=None), limit(OOP, Network.OUT, individual=None))
    eobs = [
        claim(
            number,
            person_id=person,
            network=network,
            deductible=deductible,
            copay=copay,
            day=date(2026, 1, 1) + timedelta(days=offset),
            category=category,
        )
        for number, (person, network, deductible, copay, offset, category) in enumerate(drafts, start=1)
    ]
    year, turned = plan_year(own, eobs), plan_year(own, eobs[::-1])
    for name in ("DED_IN", "DED_OUT"):
        network = Network.IN if name == "DED_IN" else Network.OUT
        straight = [posting for posting in year.postings(name) if not posting.crossed]
        assert sum(posting.amount for posting in straight) == sum(
            eob.deductible or 0 for eob in eobs if eob.network is network
        )
        assert year.book.balance(name) == sum(posting.amount for posting in year.postings(name))
    total = sum((eob.deductible or 0) + (eob.copay or 0) for eob in eobs)
    assert sum(year.book.balance(name) for name in ("OOP_IN", "OOP_OUT")) == total
    assert standings(turned) == standings(year)
    state = year.book.rebuilt_state()
    assert state.family == year.book.state.family
