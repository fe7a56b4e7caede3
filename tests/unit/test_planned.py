"""Planned care as days: which are ahead, and which became an EOB."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dates import Period
from tracker.domain.coverage.planned import (
    GIVEN_UP_DAYS,
    NEAR_DAYS,
    Occurrence,
    days_of,
    is_alike,
    occurrences,
)
from tracker.facts import Claim, PlannedCare

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
TODAY = date(2026, 11, 22)
PARENTS = {"LAB_THY": "LAB", "LAB_VITD": "LAB"}


def care(first_on: date, category: str = "PT", **more: object) -> PlannedCare:
    return PlannedCare(
        **({"id": 1, "person_id": 1, "label": "Care"} | more), category=category, first_on=first_on
    )  # type: ignore[arg-type]


def claim(day: date, category: str = "PT", **more: object) -> Claim:
    return Claim(**({"person_id": 1, "provider_id": 7} | more), category=category, service_from=day)  # type: ignore[arg-type]


def found(planned: list[PlannedCare], claims: list[Claim], today: date = TODAY) -> list[Occurrence]:
    return occurrences(planned, claims, period=YEAR, today=today, parents=PARENTS)


def ahead(planned: list[PlannedCare], claims: list[Claim], today: date = TODAY) -> list[date]:
    return [item.day for item in found(planned, claims, today) if item.claim is None]


def test_months_are_counted_from_the_first_day() -> None:
    assert days_of(care(date(2026, 1, 31), times=4)) == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]
    assert days_of(care(date(2024, 2, 29), times=2, every_months=12)) == [
        date(2024, 2, 29),
        date(2025, 2, 28),
    ]
    assert days_of(care(date(2026, 12, 8), times=3, every_months=0)) == [date(2026, 12, 8)] * 3


def test_only_days_of_the_period_are_taken() -> None:
    planned = care(date(2025, 11, 15), times=20)
    early = date(2026, 1, 2)
    days = [item.day for item in found([planned], [], early)]
    assert (days[0], days[-1], len(days)) == (date(2026, 1, 15), date(2026, 12, 15), 12)
    assert found([planned], [], early)[0].number == 3


@pytest.mark.parametrize(("away", "is_it"), [(-22, False), (-21, True), (0, True), (21, True), (22, False)])
def test_care_happened_within_three_weeks_of_its_day(away: int, is_it: bool) -> None:
    planned = [care(date(2026, 10, 15))]
    given_ = claim(date(2026, 10, 15) + timedelta(days=away))
    assert (not ahead(planned, [given_])) is is_it


def test_past_care_is_waited_for_until_it_is_given_up() -> None:
    last = TODAY - timedelta(days=GIVEN_UP_DAYS)
    assert ahead([care(last)], []) == [last]
    assert ahead([care(last - timedelta(days=1))], []) == []
    given_ = found([care(date(2026, 3, 2))], [claim(date(2026, 3, 2))])
    assert given_[0].claim is not None


def test_a_day_that_has_not_come_cannot_have_happened() -> None:
    assert ahead([care(date(2026, 12, 1))], [claim(date(2026, 11, 20))]) == [date(2026, 12, 1)]


def test_one_eob_is_one_time_of_one_care() -> None:
    three = care(date(2026, 11, 10), times=3, every_months=0)
    assert len(ahead([three], [claim(date(2026, 11, 9)), claim(date(2026, 11, 12))])) == 1
    two = [care(date(2026, 10, 1)), care(date(2026, 10, 3), id=2)]
    left = [item for item in found(two, [claim(date(2026, 10, 4))]) if item.claim is None]
    assert [item.care.id for item in left] == [1]  # the nearer one happened


def test_the_nearest_eob_is_the_one() -> None:
    monthly = care(date(2026, 5, 15), times=2)
    (may, june) = found([monthly], [claim(date(2026, 5, 30)), claim(date(2026, 5, 16))])
    assert may.claim is not None
    assert may.claim.service_from == date(2026, 5, 16)
    assert june.claim is not None
    assert june.claim.service_from == date(2026, 5, 30)


def test_care_just_before_the_period_is_not_awaited() -> None:
    assert ahead([care(date(2026, 1, 5))], [claim(date(2025, 12, 29))]) == []


@pytest.mark.parametrize(
    ("planned", "given_", "alike"),
    [
        ({}, {}, True),
        ({}, {"person_id": 2}, False),
        ({"category": "LAB_THY"}, {"category": "LAB"}, True),
        ({"category": "LAB"}, {"category": "LAB_THY"}, True),
        ({"category": "LAB_VITD"}, {"category": "LAB_THY"}, False),
        ({"category": "LAB"}, {}, False),
        ({"provider_id": 7}, {}, True),
        ({"provider_id": 8}, {}, False),
        ({"provider_id": 7}, {"category": ""}, True),
        ({}, {"category": ""}, False),
    ],
)
def test_what_counts_as_the_same_care(
    planned: dict[str, object], given_: dict[str, object], alike: bool
) -> None:
    wanted = care(TODAY, **planned)  # type: ignore[arg-type]
    assert is_alike(wanted, claim(TODAY, **given_), PARENTS) is alike  # type: ignore[arg-type]


def test_an_amount_is_the_own_one_else_the_usual_one_else_unknown() -> None:
    planned = [care(date(2026, 12, 1), allowed=100_00), care(date(2026, 12, 2), id=2)]
    own, learned = occurrences(planned, [], period=YEAR, today=TODAY, usual=lambda one: 310_00)
    assert (own.allowed, own.is_usual) == (100_00, False)
    assert (learned.allowed, learned.is_usual) == (310_00, True)
    assert found(planned, [])[1].allowed is None


DAYS = st.dates(date(2025, 11, 1), date(2027, 2, 1))
PLANNED = st.builds(
    care,
    DAYS,
    st.sampled_from(["PT", "LAB", "LAB_THY"]),
    id=st.integers(1, 5),
    person_id=st.integers(1, 2),
    provider_id=st.sampled_from([None, 7, 8]),
    times=st.integers(1, 14),
    every_months=st.integers(0, 3),
)
CLAIMS = st.builds(
    claim,
    DAYS,
    st.sampled_from(["", "PT", "LAB", "LAB_THY"]),
    id=st.integers(1, 99),
    person_id=st.integers(1, 2),
    provider_id=st.sampled_from([7, 8]),
)


@given(st.lists(PLANNED, max_size=5), st.lists(CLAIMS, max_size=25, unique_by=lambda item: item.id), DAYS)
def test_no_eob_is_taken_twice_and_every_match_is_near(
    planned: list[PlannedCare], claims: list[Claim], today: date
) -> None:
    whole = found(planned, claims, today)
    taken = [item.claim.id for item in whole if item.claim is not None]
    assert len(taken) == len(set(taken))
    assert [item.day for item in whole] == sorted(item.day for item in whole)
    for item in whole:
        assert item.day in YEAR
        if item.claim is not None:
            assert item.day <= today
            assert abs((item.claim.service_from - item.day).days) <= NEAR_DAYS
            assert is_alike(item.care, item.claim, PARENTS)
    free = [item for item in claims if item.id not in taken]
    for item in whole:  # nothing is awaited that an unused EOB shows to have happened
        if item.claim is None and item.day <= today:
            assert not any(
                is_alike(item.care, one, PARENTS) and abs((one.service_from - item.day).days) <= NEAR_DAYS
                for one in free
            )
