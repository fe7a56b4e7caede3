"""The clocks of rulebook 3.8 to the day, business days, and how long an insurer has had a claim."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dates import add_months
from tracker.domain.claims import clocks
from tracker.domain.claims.ageing import Age, ageing
from tracker.domain.claims.business_days import (
    add_business_days,
    business_days_until,
    holiday_on,
    holidays,
    is_business_day,
    on_or_after,
)
from tracker.domain.claims.clock_rules import Care, ClockKind
from tracker.domain.claims.clocks import Clock, edited
from tracker.domain.claims.estimate_threshold import estimate_excess
from tracker.errors import UserProblem
from tracker.facts import Turn

TODAY = date(2026, 11, 22)
days = st.dates(date(1990, 1, 1), date(2199, 12, 31))

EVERY: dict[str, Callable[[date], Clock]] = {
    "internal appeal": clocks.internal_appeal,
    "information": clocks.information_request,
    "external review": clocks.external_review,
    **{f"decision, {care}": partial(clocks.claim_decision, care=care) for care in Care},
    **{f"appeal decision, {care}": partial(clocks.appeal_decision, care=care) for care in Care},
    "appeal decision, two levels": partial(clocks.appeal_decision, two_levels=True),
    "external decision": clocks.external_decision,
    "expedited": partial(clocks.external_decision, expedited=True),
    "Medicare appeal": clocks.medicare_redetermination,
    "Medicare claim": clocks.medicare_claim,
    "own claim": partial(clocks.member_claim, days=90, extended_days=365),
    "estimate": clocks.estimate_on_request,
    "estimate dispute": clocks.estimate_dispute,
    "assistance": clocks.financial_assistance,
    "collection": clocks.collection_pause,
}
any_clock = st.sampled_from(sorted(EVERY)).map(EVERY.__getitem__)


# ------------------------------------------------------------------------------- the rulebook's days


def test_an_internal_appeal_has_180_days_from_receipt() -> None:
    clock = clocks.internal_appeal(date(2026, 11, 22), date(2026, 11, 15))
    assert clock.do_by == clock.last_day == date(2027, 5, 21)
    assert clock.turn is Turn.ME
    assert clock.why == "You received the denial on Nov 22, 2026. 180 days later is Friday, May 21, 2027."
    assert "2560.503-1" in clock.source


def test_without_a_day_of_receipt_the_letters_day_counts() -> None:
    clock = clocks.internal_appeal(None, date(2026, 11, 15))
    assert clock.do_by == date(2026, 11, 15) + timedelta(days=180)
    assert clock.why.startswith("The denial was written on Nov 15, 2026.")
    assert "not known" in clock.why


def test_with_neither_day_it_asks() -> None:
    with pytest.raises(UserProblem) as problem:
        clocks.external_review(None)
    assert problem.value.field == "received_on"


@pytest.mark.parametrize(
    ("final_denial", "do_by", "last_day", "because"),
    [
        ((2026, 10, 30), (2027, 3, 1), (2027, 3, 1), "there is no day 30"),
        ((2026, 7, 15), (2026, 11, 15), (2026, 11, 16), "That is no business day"),
        ((2026, 8, 25), (2026, 12, 25), (2026, 12, 28), "That is Christmas Day"),
        ((2027, 10, 29), (2028, 2, 29), (2028, 2, 29), "Tuesday, Feb 29, 2028"),  # a leap year has it
        ((2026, 10, 29), (2027, 3, 1), (2027, 3, 1), "there is no day 29"),
        ((2026, 10, 28), (2027, 2, 28), (2027, 3, 1), "That is no business day"),
        ((2026, 10, 31), (2027, 3, 1), (2027, 3, 1), "there is no day 31"),
        ((2026, 5, 31), (2026, 10, 1), (2026, 10, 1), "there is no day 31"),
        ((2026, 9, 1), (2027, 1, 1), (2027, 1, 4), "That is New Year's Day"),  # Friday, then a weekend
        # The holiday of a Saturday moves nothing by itself: only its legal day counts.
        ((2026, 3, 3), (2026, 7, 3), (2026, 7, 3), "4 months later is Friday, Jul 3, 2026"),
    ],
)
def test_an_external_review_has_four_months_and_then_the_next_business_day(
    final_denial: tuple[int, int, int],
    do_by: tuple[int, int, int],
    last_day: tuple[int, int, int],
    because: str,
) -> None:
    clock = clocks.external_review(date(*final_denial))
    assert (clock.do_by, clock.last_day) == (date(*do_by), date(*last_day))
    assert because in clock.why


@pytest.mark.parametrize(
    ("care", "do_by", "last_day"),
    [
        (Care.AFTER, 30, 45),
        (Care.BEFORE, 15, 30),
        (Care.URGENT, 3, 3),
    ],
)
def test_a_claim_decision_shows_the_unextended_day_first(care: Care, do_by: int, last_day: int) -> None:
    clock = clocks.claim_decision(TODAY, care)
    assert (clock.do_by - TODAY).days == do_by
    assert (clock.last_day - TODAY).days == last_day
    assert clock.turn is Turn.INSURER
    assert ("72 hours" in clock.why) == (care is Care.URGENT)


@pytest.mark.parametrize(
    ("care", "one", "each_of_two"),
    [(Care.AFTER, 60, 30), (Care.BEFORE, 30, 15), (Care.URGENT, 3, 3)],
)
def test_an_appeal_decision(care: Care, one: int, each_of_two: int) -> None:
    assert clocks.appeal_decision(TODAY, care).do_by == TODAY + timedelta(days=one)
    both = clocks.appeal_decision(TODAY, care, two_levels=True)
    assert both.do_by == TODAY + timedelta(days=each_of_two)


def test_the_other_spans() -> None:
    assert clocks.information_request(TODAY).do_by == date(2027, 1, 6)
    assert clocks.external_decision(TODAY).do_by == date(2027, 1, 6)
    assert clocks.external_decision(TODAY, expedited=True).do_by == date(2026, 11, 25)
    assert clocks.estimate_dispute(date(2026, 9, 1)).do_by == date(2026, 12, 30)
    assert clocks.financial_assistance(date(2026, 9, 1)).do_by == date(2027, 4, 29)
    assert clocks.collection_pause(date(2026, 9, 1)).do_by == date(2026, 12, 30)
    assert clocks.member_claim(date(2026, 6, 10), 365).do_by == date(2027, 6, 10)
    assert clocks.member_claim(date(2026, 6, 10), 90).do_by == date(2026, 9, 8)
    assert clocks.member_claim(date(2026, 6, 10), 180).do_by == date(2026, 12, 7)


def test_a_plan_that_extends_its_90_days_keeps_them_first() -> None:
    clock = clocks.member_claim(date(2026, 6, 10), 90, 365)
    assert (clock.do_by, clock.last_day) == (date(2026, 9, 8), date(2027, 6, 10))
    assert "not reasonably possible" in clock.why


@pytest.mark.parametrize("count", [0, -1, 3_661, 10**12])
def test_days_to_file_outside_reason_are_asked_again(count: int) -> None:
    with pytest.raises(UserProblem) as problem:
        clocks.member_claim(TODAY, count)
    assert problem.value.field == "filing_days"
    with pytest.raises(UserProblem):
        clocks.member_claim(TODAY, 90, count)


def test_medicare_counts_from_its_notice_first_and_from_receipt_at_the_latest() -> None:
    clock = clocks.medicare_redetermination(date(2026, 11, 22))
    assert (clock.do_by, clock.last_day) == (date(2027, 3, 22), date(2027, 3, 27))
    late = clocks.medicare_redetermination(date(2026, 11, 22), date(2026, 12, 2))
    assert (late.do_by, late.last_day) == (date(2027, 3, 22), date(2027, 4, 1))
    assert clocks.medicare_claim(date(2026, 6, 10)).do_by == date(2027, 6, 10)
    assert clocks.medicare_claim(date(2028, 2, 29)).do_by == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("scheduled", "service", "due"),
    [
        # Monday to Wednesday is two business days ahead: the law sets no day.
        (date(2026, 11, 16), date(2026, 11, 18), None),
        (date(2026, 11, 16), date(2026, 11, 19), date(2026, 11, 17)),
        # Scheduled on a Friday: the next business day is Monday.
        (date(2026, 11, 13), date(2026, 11, 20), date(2026, 11, 16)),
        # Ten business days ahead, Veterans Day left out, and three business days to send it.
        (date(2026, 11, 2), date(2026, 11, 17), date(2026, 11, 5)),
        (date(2026, 11, 2), date(2026, 11, 16), date(2026, 11, 3)),  # nine
        # Thanksgiving and the weekend do not count among the three days.
        (date(2026, 11, 24), date(2026, 12, 30), date(2026, 11, 30)),
        (date(2026, 11, 24), date(2026, 11, 20), None),  # the visit is over
    ],
)
def test_when_a_good_faith_estimate_must_come(scheduled: date, service: date, due: date | None) -> None:
    clock = clocks.estimate_delivery(scheduled, service)
    assert (clock.do_by if clock else None) == due


def test_an_estimate_asked_for_comes_within_three_business_days() -> None:
    clock = clocks.estimate_on_request(date(2026, 11, 25))
    assert clock.do_by == date(2026, 12, 1)
    assert clock.turn is Turn.PROVIDER


@pytest.mark.parametrize(
    ("billed", "qualifies"),
    [(140_000, True), (139_999, False), (140_001, True), (100_000, False), (0, False)],
)
def test_a_dispute_needs_400_dollars_above_the_estimate(billed: int, qualifies: bool) -> None:
    found = estimate_excess(100_000, billed)
    assert found.qualifies is qualifies
    assert found.excess == billed - 100_000


def test_a_claim_sent_to_insurance_cannot_be_disputed_that_way() -> None:
    found = estimate_excess(100_000, 200_000, sent_to_insurance=True)
    assert not found.qualifies
    assert "sent to insurance" in found.words


# ------------------------------------------------------------------------------------ every clock


@given(any_clock, days)
def test_no_clock_runs_backward(make: Callable[[date], Clock], start: date) -> None:
    clock = make(start)
    assert start == clock.started_on < clock.do_by <= clock.last_day
    assert list(clock.reminders) == sorted(clock.reminders)
    assert all(start <= day < clock.do_by for day in clock.reminders)
    assert {(clock.do_by - day).days for day in clock.reminders} <= set(clocks.REMINDER_DAYS)
    assert clock.name
    assert clock.source
    assert clock.why.endswith(".")


@given(any_clock, days)
def test_a_later_start_never_ends_earlier(make: Callable[[date], Clock], start: date) -> None:
    assert make(start).do_by <= make(start + timedelta(days=1)).do_by
    assert make(start).last_day <= make(start + timedelta(days=1)).last_day


@given(days)
def test_an_external_review_ends_on_a_business_day_within_a_week(received: date) -> None:
    clock = clocks.external_review(received)
    assert is_business_day(clock.last_day)
    assert (clock.last_day - clock.do_by).days <= 4
    exact = add_months(received, 4)
    assert clock.do_by == (exact if exact.day == received.day else exact + timedelta(days=1))
    assert clock.do_by.day in (received.day, 1)


@pytest.mark.parametrize("kind", ClockKind)
def test_every_kind_is_made_by_some_function(kind: ClockKind) -> None:
    assert kind in {make(TODAY).kind for make in EVERY.values()}


def test_reminders_come_60_30_14_7_and_2_days_before() -> None:
    clock = clocks.internal_appeal(date(2026, 11, 22))
    assert [(clock.do_by - day).days for day in clock.reminders] == [60, 30, 14, 7, 2]
    assert clock.reminder_on(date(2027, 3, 1)) is None
    assert clock.reminder_on(date(2027, 5, 8)) == date(2027, 5, 7)
    short = clocks.claim_decision(TODAY, Care.URGENT)
    assert [(short.do_by - day).days for day in short.reminders] == [2]


def test_words_count_the_days_left() -> None:
    clock = clocks.external_review(date(2026, 7, 15))  # Sunday, Nov 15, then Monday
    assert clock.words(date(2026, 11, 14)) == "Do it by Nov 15, 2026: 1 day left."
    assert clock.words(date(2026, 11, 15)) == "Do it by Nov 15, 2026: that is today."
    assert "legal last day is Nov 16, 2026" in clock.words(date(2026, 11, 16))
    assert not clock.is_over(date(2026, 11, 16))
    assert clock.words(date(2026, 11, 18)) == "The legal last day, Nov 16, 2026, was 2 days ago."


def test_the_members_own_day_takes_the_place_of_the_rules() -> None:
    clock = clocks.internal_appeal(TODAY)
    own = edited(clock, do_by=date(2027, 1, 22))
    assert (own.do_by, own.last_day) == (date(2027, 1, 22), clock.last_day)
    assert own.why.startswith("You set this day. By the rule it was May 21, 2027")
    assert all(day < own.do_by for day in own.reminders)
    later = edited(clock, do_by=date(2027, 6, 30))
    assert later.last_day == later.do_by
    assert edited(clock, do_by=clock.do_by) == clock
    with pytest.raises(UserProblem):
        edited(clock, do_by=TODAY - timedelta(days=1))
    with pytest.raises(UserProblem):
        edited(clock, last_day=clock.do_by - timedelta(days=1))


# ----------------------------------------------------------------------------------- business days


def test_the_holidays_of_2026() -> None:
    assert [(holiday.on, holiday.kept_on) for holiday in holidays(2026)] == [
        (date(2026, month, day), date(2026, month, kept))
        for month, day, kept in [
            (1, 1, 1), (1, 19, 19), (2, 16, 16), (5, 25, 25), (6, 19, 19), (7, 4, 3),
            (9, 7, 7), (10, 12, 12), (11, 11, 11), (11, 26, 26), (12, 25, 25),
        ]
    ]  # fmt: skip


def test_a_new_years_day_on_saturday_is_kept_the_year_before() -> None:
    assert is_business_day(date(2027, 12, 31))
    assert not is_business_day(date(2027, 12, 31), offices=True)
    assert holiday_on(date(2027, 12, 31), offices=True) == "New Year's Day"


def test_a_holiday_on_sunday_closes_offices_on_monday_only() -> None:
    assert on_or_after(date(2027, 7, 4)) == date(2027, 7, 5)
    assert on_or_after(date(2027, 7, 4), offices=True) == date(2027, 7, 6)


def test_younger_holidays_begin_with_their_laws() -> None:
    assert not holiday_on(date(2020, 6, 19))
    assert holiday_on(date(2021, 6, 19)) == "Juneteenth"


@given(st.integers(1987, 2500))
def test_every_year_has_its_holidays_kept_on_weekdays(year: int) -> None:
    found = holidays(year)
    assert len(found) == (11 if year >= 2021 else 10)
    assert all(holiday.on.year == year for holiday in found)
    assert all(holiday.kept_on.weekday() < 5 for holiday in found)
    assert all(abs((holiday.kept_on - holiday.on).days) <= 1 for holiday in found)


@given(days, st.integers(0, 400), st.booleans())
def test_counting_and_adding_business_days_agree(start: date, count: int, offices: bool) -> None:
    end = add_business_days(start, count, offices=offices)
    assert business_days_until(start, end, offices=offices) == count
    assert count == 0 or is_business_day(end, offices=offices)
    after = on_or_after(start, offices=offices)
    assert start <= after <= start + timedelta(days=5)
    assert on_or_after(after, offices=offices) == after


# ------------------------------------------------------------------------------------------ ageing


@pytest.mark.parametrize(
    ("age", "level"),
    [
        (0, Age.NORMAL),
        (30, Age.NORMAL),
        (31, Age.WATCH),
        (45, Age.WATCH),
        (46, Age.AMBER),
        (60, Age.AMBER),
        (61, Age.RED),
        (4_000, Age.RED),
    ],
)
def test_the_age_of_a_claim(age: int, level: Age) -> None:
    found = ageing(TODAY - timedelta(days=age), None, TODAY)
    assert found is not None
    assert (found.days, found.level, found.assumed) == (age, level, False)
    assert found.words
    assert found.todo


def test_without_a_day_of_submission_the_service_counts() -> None:
    found = ageing(None, date(2026, 9, 30), TODAY)
    assert found is not None
    assert (found.days, found.level, found.assumed) == (53, Age.AMBER, True)
    assert "53 days since the day of service" in found.words
    assert "Call the insurer" in found.todo


def test_a_day_ahead_is_no_age_and_no_day_is_none() -> None:
    ahead = ageing(None, TODAY + timedelta(days=3), TODAY)
    assert ahead is not None
    assert (ahead.days, ahead.level) == (0, Age.NORMAL)
    assert ageing(None, None, TODAY) is None
