"""The contact log, own time and the numbers of care models."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dates import Period
from tracker.domain.membership.care_models import CareModel
from tracker.domain.membership.log_rows import log_rows
from tracker.domain.membership.model_numbers import avoid_sentences, model_year, with_slider
from tracker.domain.membership.own_time import NO_TIME, OWN_TIME, OwnTime
from tracker.domain.membership.value import Avoided
from tracker.facts import Membership, Visit
from tracker.facts.membership import (
    ContactKind,
    MembershipTerms,
    ModelNumbers,
    ModelUse,
    PracticeContact,
)

YEAR = Period(date(2026, 3, 1), date(2027, 3, 1))
HELD = Membership(
    id=1,
    practice_id=7,
    begins_on=YEAR.begin,
    person_ids=(1,),
    terms=MembershipTerms(promised_hours=24, reply_hours=4, promised_minutes=30),
)
VISIT = Visit(id=5, person_id=1, provider_id=7, visited_on=date(2026, 5, 2), minutes=20)


def contact(**values: object) -> PracticeContact:
    held: dict[str, object] = {"membership_id": 1, "person_id": 1, "seen_on": date(2026, 4, 10)}
    return PracticeContact(**(held | values))  # type: ignore[arg-type]


def test_a_visit_without_a_contact_is_listed_to_be_completed() -> None:
    rows = log_rows(HELD, [contact(id=1)], [VISIT], YEAR)
    assert [(row.on, row.contact is None) for row in rows] == [
        (date(2026, 5, 2), True),
        (date(2026, 4, 10), False),
    ]
    assert rows[0].minutes == 20
    assert rows[0].judged.length_met is False


def test_a_completed_visit_is_listed_once_and_lends_its_minutes() -> None:
    (row,) = log_rows(HELD, [contact(id=1, seen_on=VISIT.visited_on, visit_id=5)], [VISIT], YEAR)
    assert row.contact is not None
    assert row.visit == VISIT
    assert row.minutes == 20


def test_days_outside_the_year_are_not_listed() -> None:
    assert log_rows(HELD, [contact(id=1, seen_on=date(2026, 2, 28))], [], YEAR) == []


@pytest.mark.parametrize(
    ("kind", "asked_at", "seen_at", "met"),
    [
        (ContactKind.MESSAGE, time(8), time(12), True),
        (ContactKind.MESSAGE, time(8), time(12, 1), False),
        (ContactKind.CALL, time(8), time(20), True),
    ],
)
def test_messages_have_a_promise_of_their_own(
    kind: ContactKind, asked_at: time, seen_at: time, met: bool
) -> None:
    item = contact(
        id=1, kind=kind, asked_on=date(2026, 4, 10), asked_at=asked_at, seen_at=seen_at, within_hours=None
    )
    (row,) = log_rows(HELD, [item], [], YEAR)
    assert row.judged.access_met is met
    assert row.is_timed


def test_without_times_the_days_are_judged() -> None:
    (row,) = log_rows(HELD, [contact(id=1, asked_on=date(2026, 4, 9))], [], YEAR)
    assert not row.is_timed
    assert row.waited == timedelta(days=1)
    assert row.judged.access_met is True


def test_own_time_counts_only_when_it_is_worth_something() -> None:
    care = (Avoided(label="Urgent care", count=2, each=75_00),)
    assert NO_TIME.counted(care) == care
    time_each = OwnTime(hour=40_00, minutes=90)
    assert time_each.each == 60_00
    (_, mine) = time_each.counted(care)
    assert (mine.label, mine.total) == (OWN_TIME, 120_00)
    assert time_each.counted(()) == ()


@given(st.integers(0, 10**7), st.integers(0, 24 * 60))
def test_own_time_is_within_half_a_cent(hour: int, minutes: int) -> None:
    assert abs(OwnTime(hour=hour, minutes=minutes).each * 60 - hour * minutes) <= 30


D11 = {
    CareModel.TRADITIONAL: (
        ModelNumbers(
            model=CareModel.TRADITIONAL,
            other=1_200_00,
            uses=(
                ModelUse(label="Office visits", category="PCP", times=6, each=30_00),
                ModelUse(label="Urgent care", category="URGENT", times=2, each=75_00),
            ),
        ),
        1_530_00,
    ),
    CareModel.CONCIERGE: (
        ModelNumbers(
            model=CareModel.CONCIERGE,
            fee=3_600_00,
            other=1_200_00,
            uses=(ModelUse(label="Office visits", category="PCP", times=6, each=30_00),),
        ),
        4_800_00,
    ),
    CareModel.DPC: (ModelNumbers(model=CareModel.DPC, fee=12 * 90_00, other=1_200_00), 2_280_00),
}


@pytest.mark.parametrize("model", list(CareModel))
def test_the_three_models_add_up_as_in_the_rulebook(model: CareModel) -> None:
    numbers, total = D11[model]
    year = model_year(numbers, lambda _: None, is_own=True)
    assert year.cost is not None
    assert year.cost.total == total


def test_care_elsewhere_is_paid_for_under_every_model() -> None:
    numbers, _ = D11[CareModel.DPC]
    more = replace(numbers, uses=(ModelUse(label="Specialist", category="SPEC", times=2),))
    year = model_year(more, lambda category: 50_00 if category == "SPEC" else None, is_own=True)
    assert year.cost is not None
    assert year.cost.total == 2_280_00 + 100_00


def test_a_price_no_plan_tells_counts_as_nothing_and_is_asked_for() -> None:
    numbers = ModelNumbers(model=CareModel.TRADITIONAL, uses=(ModelUse(label="Visits", category="PCP"),))
    year = model_year(numbers, lambda _: None, is_own=False)
    assert year.cost is not None
    assert year.cost.total == 0
    assert "is not known" in year.asks[0]


def test_without_a_fee_a_model_is_compared_with_nothing() -> None:
    numbers = ModelNumbers(model=CareModel.DPC, other=500_00)
    year = model_year(numbers, lambda _: None, is_own=False, fee_known=False)
    assert year.cost is None
    assert year.inputs is None
    assert with_slider(year, 100_00) is year
    mine = model_year(D11[CareModel.CONCIERGE][0], lambda _: None, is_own=True)
    assert avoid_sentences(mine, [mine, year]) == []


def test_the_slider_says_what_must_be_avoided() -> None:
    years = [model_year(numbers, lambda _: None, is_own=True) for numbers, _ in D11.values()]
    mine = next(year for year in years if year.model is CareModel.CONCIERGE)
    said = avoid_sentences(mine, years)
    assert said == [
        "To cost no more than traditional care it would have to avoid $3,270.00 of other costs, more than "
        "the $1,200.00 there are.",
        "To cost no more than direct primary care it would have to avoid $2,520.00 of other costs, more "
        "than the $1,200.00 there are.",
    ]
    moved = with_slider(mine, 200_00)
    assert moved.cost is not None
    assert moved.cost.total == 4_600_00
