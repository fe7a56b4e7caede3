"""A membership's price, its refund on any day, its value, and the models beside it (rulebook 6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dates import Period
from tracker.domain.membership.agreement import notice_reminders
from tracker.domain.membership.care_models import (
    FEATURES,
    CareModel,
    CareUse,
    ModelInputs,
    model_cost,
    must_avoid,
    with_avoided,
)
from tracker.domain.membership.cost import at_once_or_in_parts, implied_interest, price_changes
from tracker.domain.membership.decision import WORKSHEET, Part, Weighed, summary
from tracker.domain.membership.refund import (
    FeePaid,
    RefundKind,
    RefundRule,
    effective_day,
    refund,
    refund_by_rule,
)
from tracker.domain.membership.service_matrix import (
    STARTING_MATRIX,
    Included,
    MembershipService,
    ServiceUse,
    use_count,
)
from tracker.domain.membership.value import (
    Avoided,
    Contact,
    ContactKind,
    break_even,
    membership_value,
    pays_for_itself,
    promise_words,
)
from tracker.domain.membership.who_bills import BILLING, expects_claim
from tracker.domain.membership.year import Price
from tracker.errors import UserProblem
from tracker.facts import Frequency

TERM = Period(date(2026, 3, 1), date(2027, 3, 1))
FEE = FeePaid(amount=3_600_00, term=TERM)
CANCEL = date(2026, 9, 15)
DAILY = RefundRule(kind=RefundKind.DAILY)


# Price


def test_annual_against_monthly() -> None:
    found = at_once_or_in_parts(3_600_00, 325_00)
    assert (found.in_parts, found.discount, found.discount_rate) == (3_900_00, 300_00, 769)  # D06
    assert found.interest is not None
    assert 1_785 <= found.interest <= 1_794  # D07: 17.9 %
    assert (found.at_risk_at_once, found.at_risk_in_parts) == (3_600_00, 325_00)


def test_interest_in_other_directions() -> None:
    assert implied_interest(3_900_00, 325_00, 12) == 0
    assert implied_interest(4_000_00, 325_00, 12) is None
    assert implied_interest(325_00, 325_00, 12) is None  # the first part is the whole price
    # two parts: 1,000 = 520 + 520/(1+r), r = 1/12, twice a year
    assert implied_interest(1_000_00, 520_00, 2) == 1_667
    assert "costs $100.00 more" in at_once_or_in_parts(4_000_00, 325_00).why[1]


def test_prices_of_nothing_are_refused() -> None:
    with pytest.raises(UserProblem):
        at_once_or_in_parts(0, 325_00)
    with pytest.raises(UserProblem):
        at_once_or_in_parts(3_600_00, 325_00, 1)


@given(st.integers(1, 10**7), st.integers(1, 10**6), st.integers(2, 12))
def test_interest_is_there_just_where_parts_are_dearer(at_once: int, each: int, count: int) -> None:
    found = implied_interest(at_once, each, count)
    if each * count < at_once:
        assert found is None
    elif found is not None:
        assert found >= 0


def test_price_changes_follow_a_fee_that_ended() -> None:
    prices = [
        Price("Annual fee", 3_000_00, Frequency.ANNUAL, date(2024, 1, 15), date(2025, 1, 15)),
        Price("Annual fee", 3_600_00, Frequency.ANNUAL, date(2026, 1, 15), None),
        Price("Second member", 100_00, Frequency.MONTHLY, date(2025, 6, 1), None),
    ]
    (found,) = price_changes(prices)
    assert (found.on, found.old, found.new, found.rate) == (date(2026, 1, 15), 3_000_00, 3_600_00, 2_000)
    assert found.why == "On Jan 15, 2026 the price rose from $3,000.00 to $3,600.00 a year, by 20%."


def test_a_fee_that_turns_monthly_compares_by_the_year() -> None:
    prices = [
        Price("Fee", 3_600_00, Frequency.ANNUAL, date(2024, 1, 15), date(2025, 1, 15)),
        Price("Fee by month", 325_00, Frequency.MONTHLY, date(2026, 1, 15), None),
    ]
    assert [change.rate for change in price_changes(prices)] == [833]


# Refund


@pytest.mark.parametrize(
    ("rule", "back"),
    [
        pytest.param(DAILY, 1_647_12, id="D01"),
        pytest.param(
            RefundRule(kind=RefundKind.DAILY, claw_back=True, cancellation_fee=100_00), 647_12, id="D02"
        ),
        pytest.param(RefundRule(kind=RefundKind.WHOLE_MONTHS), 1_500_00, id="D03"),
        pytest.param(RefundRule(kind=RefundKind.NONE), 0, id="D04"),
        pytest.param(RefundRule(kind=RefundKind.TRIAL, trial_days=60), 0, id="trial is over"),
    ],
)
def test_what_comes_back_on_september_15(rule: RefundRule, back: int) -> None:
    found = refund(rule, [FEE], CANCEL, services_used=900_00)
    assert found.refund == back
    assert found.paid - found.refund - found.used_value == found.exit_cost
    assert found.used_value == 3_600_00 - 1_647_12


def test_the_end_date_gives_nothing_back() -> None:
    assert refund(DAILY, [FEE], TERM.end).refund == 0  # D04
    assert refund(DAILY, [FEE], date(2028, 1, 1)).refund == 0


def test_a_leap_term() -> None:
    leap = FeePaid(amount=3_600_00, term=Period(date(2028, 1, 1), date(2029, 1, 1)))
    assert refund(DAILY, [leap], date(2028, 7, 1)).refund == 1_809_84  # D05


def test_exit_cost_is_what_stays_behind() -> None:
    assert refund(DAILY, [FEE], CANCEL).exit_cost == 0
    found = refund(RefundRule(kind=RefundKind.NONE), [FEE], CANCEL)
    assert found.exit_cost == 1_647_12
    assert found.why[-1] == "Leaving costs $1,647.12: paid for days to come and not given back."


def test_the_trial_period_gives_everything_back() -> None:
    rule = RefundRule(kind=RefundKind.TRIAL, trial_days=30)
    assert refund(rule, [FEE], date(2026, 3, 30)).refund == 3_600_00
    assert refund(rule, [FEE], date(2026, 3, 31)).refund == 0


def test_months_are_counted_from_the_terms_own_day() -> None:
    fee = FeePaid(amount=1_200_00, term=Period(date(2026, 1, 15), date(2027, 1, 15)))
    rule = RefundRule(kind=RefundKind.WHOLE_MONTHS)
    assert refund(rule, [fee], date(2026, 7, 15)).refund == 600_00
    assert refund(rule, [fee], date(2026, 7, 16)).refund == 500_00


def test_paid_by_the_month_only_the_months_paid_come_back() -> None:
    months = [
        FeePaid(amount=325_00, term=Period(date(2026, n, 1), date(2026, n + 1, 1))) for n in range(3, 10)
    ]
    assert refund(DAILY, months, CANCEL).refund == 173_33  # 16 of 30 days of September


@pytest.mark.parametrize(
    ("notice", "days", "to_month_end", "first_day_out"),
    [
        (date(2026, 8, 16), 30, False, CANCEL),
        (date(2026, 8, 16), 30, True, date(2026, 10, 1)),
        (date(2026, 8, 2), 30, True, date(2026, 9, 1)),  # the last covered day ends a month already
        (date(2026, 12, 1), 30, True, date(2027, 1, 1)),
        (date(2026, 11, 30), 90, True, date(2027, 3, 1)),
    ],
)
def test_when_a_notice_takes_effect(
    notice: date, days: int, to_month_end: bool, first_day_out: date
) -> None:
    rule = replace(DAILY, notice_days=days, to_month_end=to_month_end)
    assert effective_day(rule, notice) == first_day_out


def test_reminders_before_the_last_day_of_notice() -> None:
    assert notice_reminders(date(2026, 12, 16)) == (
        date(2026, 11, 16),
        date(2026, 12, 2),
        date(2026, 12, 9),
    )


def test_amounts_below_zero_are_refused() -> None:
    with pytest.raises(UserProblem):
        refund(DAILY, [FEE], CANCEL, services_used=-1)


fees = st.lists(
    st.builds(
        FeePaid,
        amount=st.integers(0, 10**7),
        term=st.builds(
            lambda begin, days: Period(begin, begin + timedelta(days=days)),
            st.dates(date(2024, 1, 1), date(2028, 12, 31)),
            st.integers(1, 800),
        ),
    ),
    max_size=4,
)


@given(
    fees,
    st.dates(date(2023, 1, 1), date(2031, 1, 1)),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.booleans(),
)
def test_refunds_never_exceed_the_fee_paid(
    paid: list[FeePaid], day: date, used: int, fee: int, claw_back: bool
) -> None:
    rule = RefundRule(kind=RefundKind.DAILY, claw_back=claw_back, cancellation_fee=fee, trial_days=30)
    for found in refund_by_rule(paid, day, rule=rule, services_used=used).values():
        assert 0 <= found.refund <= found.paid == sum(item.amount for item in paid)
        assert 0 <= found.used_value <= found.paid


@given(fees, st.dates(date(2023, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_leaving_later_never_brings_more(paid: list[FeePaid], day: date, later: int) -> None:
    for kind in RefundKind:
        rule = RefundRule(kind=kind, trial_days=30)
        assert refund(rule, paid, day + timedelta(days=later)).refund <= refund(rule, paid, day).refund


# Value


def visits(count: int, minutes: int = 45) -> list[Contact]:
    return [Contact(kind=ContactKind.VISIT, minutes=minutes)] * count


def test_cost_per_visit_hour_and_contact() -> None:
    found = membership_value(3_600_00, [*visits(9), Contact(kind=ContactKind.MESSAGE)])
    assert (found.per_visit, found.per_hour, found.per_contact) == (400_00, 533_33, 360_00)
    assert found.minutes == 405


def test_without_visits_there_is_no_cost_per_visit() -> None:
    found = membership_value(3_600_00, [])
    assert (found.per_visit, found.per_hour, found.per_contact) == (None, None, None)
    assert found.access.rate is None
    assert promise_words(found.access, "Seen in time") == "Seen in time: nothing to check yet."


def test_promises_kept() -> None:
    asked = datetime(2026, 5, 4, 9, 0)  # noqa: DTZ001
    on_time = Contact(
        kind=ContactKind.VISIT,
        requested_at=asked,
        seen_at=asked + timedelta(hours=24),
        within_hours=24,
        minutes=30,
        promised_minutes=30,
    )
    late = replace(on_time, seen_at=asked + timedelta(hours=24, minutes=1), minutes=29)
    found = membership_value(1_00, [on_time, on_time, late, Contact(kind=ContactKind.CALL)])
    assert (found.access.kept, found.access.made, found.access.rate) == (2, 3, 6_667)
    assert (found.length.kept, found.length.made) == (2, 3)
    assert promise_words(found.access, "Seen in time") == "Seen in time: 2 of 3 (66.67%)."


def test_value_received_at_own_prices() -> None:
    avoided = [
        Avoided(label="Urgent care", count=2, each=75_00),
        Avoided(label="Copay", count=6, each=30_00),
    ]
    found = membership_value(3_600_00, visits(9), avoided=avoided, tax_saved=373_59)
    assert (found.received, found.net) == (330_00, 2_896_41)
    more = membership_value(300_00, visits(9), avoided=avoided)
    assert more.net == -30_00
    assert more.why[-1].endswith("it was worth $30.00 more.")


def test_break_even_visits() -> None:
    assert break_even(3_600_00, 185_00, tax_saved=373_59).visits == 18  # D10
    assert break_even(3_600_00, 400_00).visits == 9
    assert break_even(3_600_00, 0).visits is None
    assert break_even(100_00, 50_00, tax_saved=200_00).visits == 0


@given(st.integers(0, 10**7), st.integers(1, 10**5), st.integers(0, 10**7))
def test_break_even_is_the_least_number_that_pays(fee: int, each: int, saved: int) -> None:
    found = break_even(fee, each, tax_saved=saved)
    assert found.visits is not None

    def pays(count: int) -> bool:
        return pays_for_itself(fee, [Avoided(label="v", count=count, each=each)], tax_saved=saved)

    assert pays(found.visits)
    assert found.visits == 0 or not pays(found.visits - 1)


# Models

TRADITIONAL = ModelInputs(
    model=CareModel.TRADITIONAL,
    uses=(CareUse(label="PCP", count=6, each=30_00), CareUse(label="Urgent care", count=2, each=75_00)),
    other=1_200_00,
)
CONCIERGE = ModelInputs(model=CareModel.CONCIERGE, fee=3_600_00, uses=TRADITIONAL.uses[:1], other=1_200_00)
DPC = ModelInputs(model=CareModel.DPC, fee=12 * 90_00, other=1_200_00)


def test_a_year_of_each_model() -> None:
    costs = [model_cost(inputs).total for inputs in (TRADITIONAL, DPC, CONCIERGE)]
    assert costs == [1_530_00, 2_280_00, 4_800_00]  # D11


def test_a_hybrid_practice_still_charges_copays() -> None:
    assert model_cost(replace(CONCIERGE, bills_insurance=True)).total == 4_980_00


def test_what_a_model_would_have_to_avoid() -> None:
    assert must_avoid(CONCIERGE, TRADITIONAL) == 3_270_00
    assert must_avoid(TRADITIONAL, CONCIERGE) == 0
    assert model_cost(with_avoided(CONCIERGE, 500_00)).total == 4_300_00
    assert model_cost(with_avoided(CONCIERGE, 9_999_00)).total == 3_600_00


def test_the_six_features_of_the_source_document() -> None:
    assert [feature.name for feature in FEATURES] == [
        "Membership fee",
        "Insurance billing",
        "Access to physician",
        "Scope of services",
        "Patient panel size",
        "Focus",
    ]
    assert all(feature.of(model) for feature in FEATURES for model in CareModel)


# Worksheet


def test_the_worksheet_counts_and_does_not_judge() -> None:
    assert len({item.code for item in WORKSHEET}) == len(WORKSHEET)
    assert {item.part for item in WORKSHEET} == set(Part)
    found = summary(
        {
            "benefit.time": Weighed(weight=3),
            "risk.twice": Weighed(weight=2),
            "doctor.board": Weighed(note=" "),
        }
    )
    assert (found.benefits, found.risks, len(found.open)) == (3, 2, len(WORKSHEET) - 2)
    assert summary({}).benefits == 0


# What is included


def test_the_source_documents_inclusions_and_exclusions() -> None:
    states = [service.state for service in STARTING_MATRIX]
    assert (states.count(Included.INCLUDED), states.count(Included.EXCLUDED)) == (6, 6)
    assert len({service.code for service in STARTING_MATRIX}) == len(STARTING_MATRIX)


PHYSICAL = next(service for service in STARTING_MATRIX if service.code == "physical")


def test_uses_of_a_membership_year_are_counted() -> None:
    uses = [
        ServiceUse(code="physical", on=day)
        for day in (date(2026, 2, 1), date(2026, 5, 4), date(2026, 9, 1))
    ]
    assert use_count(PHYSICAL, uses[:1], TERM).why == "Not used yet this year; 1 of 1 left."
    once = use_count(PHYSICAL, uses[:2], TERM)
    assert (once.used, once.left, once.last_on) == (1, 0, date(2026, 5, 4))
    twice = use_count(PHYSICAL, uses, TERM)
    assert (twice.beyond, twice.why) == (1, "Used 2 times this year, 1 more than the 1 included.")
    paid = MembershipService(code="physical", name="x", state=Included.EXTRA_FEE, extra_fee=50_00)
    assert use_count(paid, uses, TERM).why == "Used 2 times this year; each use has an extra fee of $50.00."


def test_which_care_should_bring_an_eob() -> None:
    assert len(BILLING) == 6
    assert expects_claim("visit", practice_bills_insurance=False) is False
    assert expects_claim("visit", practice_bills_insurance=None) is None
    assert expects_claim("tests", practice_bills_insurance=False) is True
