"""Prior authorizations and referrals: until when, how much is used, and which claims do not fit them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.claims.authorizations import (
    CareIndex,
    about,
    covers,
    held,
    mismatches,
    on_file,
    units_of,
)
from tracker.facts import Authorization, Authorized, Case, CaseKind, Claim, EobLine

TODAY = date(2026, 11, 22)
GIVEN = Authorization(
    stands=Authorized.APPROVED,
    number="A-55120",
    codes="73721, 73722",
    category="IMAGING",
    units=2,
    facility_id=8,
    valid_from=date(2026, 10, 1),
    valid_to=date(2026, 12, 1),
)


def case(given_: Authorization | None = GIVEN, **more: object) -> Case:
    values: dict[str, object] = {
        "id": 1,
        "kind": CaseKind.AUTHORIZATION,
        "title": "MRI knee",
        "opened_on": date(2026, 9, 28),
        "person_id": 1,
        "provider_id": 3,
        "authorization": given_,
    }
    return Case(**(values | more))  # type: ignore[arg-type]


def claim(*codes: str, **more: object) -> Claim:
    values: dict[str, object] = {
        "id": 5,
        "person_id": 1,
        "provider_id": 3,
        "facility_id": 8,
        "category": "IMAGING",
        "service_from": date(2026, 10, 14),
        "lines": tuple(EobLine(code=code) for code in (codes or ("73721",))),
    }
    return Claim(**(values | more))  # type: ignore[arg-type]


# how it stands ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "stands", "reminder"),
    [
        (date(2026, 10, 31), Authorized.APPROVED, None),
        (date(2026, 11, 1), Authorized.APPROVED, 30),
        (date(2026, 11, 17), Authorized.APPROVED, 14),
        (date(2026, 11, 24), Authorized.APPROVED, 7),
        (date(2026, 12, 1), Authorized.APPROVED, 7),
        (date(2026, 12, 2), Authorized.EXPIRED, None),
    ],
)
def test_it_reminds_and_expires_by_its_last_day(
    today: date, stands: Authorized, reminder: int | None
) -> None:
    found = held(case(), (), today)
    assert found is not None
    assert (found.stands, found.reminder) == (stands, reminder)


def test_what_was_only_asked_for_neither_expires_nor_holds() -> None:
    found = held(case(replace(GIVEN, stands=Authorized.REQUESTED)), (), date(2027, 1, 1))
    assert found is not None
    assert (found.stands, found.holds, found.reminder) == (Authorized.REQUESTED, False, None)


def test_units_are_those_noted_or_those_of_the_claims_whichever_is_more() -> None:
    noted = case(replace(GIVEN, units=10, units_used=3))
    lines = (EobLine(code="73721", units=4), EobLine(code="99213", units=9))
    used = held(noted, (claim(lines=lines),), TODAY)
    assert used is not None
    assert (used.used, used.left) == (4, 6)
    more = held(replace(noted, authorization=replace(GIVEN, units=10, units_used=8)), (), TODAY)
    assert more is not None
    assert (more.used, more.left, more.nearly_used) == (8, 2, True)
    assert more.words == "Approved until Dec 1, 2026, 9 days left; 8 of 10 used"


def test_a_referral_counts_visits_to_its_provider() -> None:
    visits = Authorization(stands=Authorized.APPROVED, units=6)
    referral = case(visits, kind=CaseKind.REFERRAL)
    seen = [claim("99213", id=number, category="SPEC") for number in range(3)]
    other = claim("99213", id=9, category="SPEC", provider_id=4, facility_id=None)
    found = held(referral, (*seen, other), TODAY)
    assert found is not None
    assert (found.used, found.left) == (3, 3)


# claims that do not fit ------------------------------------------------------------------


def test_a_claim_as_approved_has_no_mismatch() -> None:
    assert mismatches(case(), claim()) == ()
    assert mismatches(case(), claim("73721", "73722")) == ()


@pytest.mark.parametrize(
    ("odd", "what", "words"),
    [
        (claim("73723"), "code", "73723"),
        (claim("73721", "70551"), "code", "70551"),
        (claim(provider_id=4, facility_id=9), "provider", "another provider"),
        (claim(facility_id=9), "facility", "another place"),
        (claim(service_from=date(2026, 9, 30)), "date", "Sep 30, 2026"),
        (claim(service_from=date(2026, 12, 2)), "date", "Dec 2, 2026"),
        (claim(lines=(EobLine(code="73721", units=3),)), "units", "3 units"),
    ],
)
def test_each_difference_is_named(odd: Claim, what: str, words: str) -> None:
    found = mismatches(case(), odd)
    assert what in [each.what for each in found]
    assert any(words in each.words for each in found)


@pytest.mark.parametrize(
    "near",
    [
        claim(service_from=date(2026, 10, 1)),
        claim(service_from=date(2026, 12, 1)),
        claim(facility_id=None),
        claim(lines=()),
        claim(" 73721 "),
        claim(lines=(EobLine(code="73721", units=2),)),
        claim(provider_id=8, facility_id=None),
    ],
)
def test_near_misses_are_no_mismatch(near: Claim) -> None:
    assert mismatches(case(), near) == ()


def test_earlier_claims_use_up_the_units() -> None:
    (found,) = mismatches(case(), claim(), used_before=2)
    assert (found.what, found.words) == ("units", "3 units were billed; 2 were approved.")


def test_care_of_somebody_else_is_not_held_against_it() -> None:
    assert about(case(), claim())
    assert not about(case(), claim(person_id=2))
    assert not about(case(), claim("99213", category="SPEC"))
    assert not about(case(kind=CaseKind.DISPUTE), claim())
    linked = case(claim_id=5)
    assert about(linked, claim("99213", category="SPEC", provider_id=9, facility_id=None))
    assert not about(linked, claim(id=6))


# on file ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "there"),
    [
        ({}, True),
        ({"categories": {"MRI", "IMAGING"}}, True),
        ({"categories": {"LAB"}}, False),
        ({"person_id": 2}, False),
        ({"day": date(2026, 12, 2)}, False),
        ({"provider_id": 3}, True),
        ({"provider_id": 8}, True),
        ({"provider_id": 4}, False),
        ({"claims": (claim("73721", "73722"),)}, False),
    ],
)
def test_an_authorization_on_file_is_found(more: dict[str, object], there: bool) -> None:
    asked: dict[str, object] = {"person_id": 1, "categories": {"IMAGING"}, "day": TODAY}
    found = on_file([case()], **(asked | more))  # type: ignore[arg-type]
    assert (found is not None) == there


def test_what_is_denied_or_a_referral_is_not_on_file() -> None:
    refused = case(replace(GIVEN, stands=Authorized.DENIED))
    referral = case(kind=CaseKind.REFERRAL)
    assert on_file([refused, referral], person_id=1, categories={"IMAGING"}, day=TODAY) is None


# the index -------------------------------------------------------------------------------

_CODES = st.sampled_from(["73721", "73722", "99213", "", "70551"])
_CLAIMS = st.lists(
    st.builds(
        claim,
        id=st.integers(1, 40),
        category=st.sampled_from(["IMAGING", "SPEC", ""]),
        provider_id=st.integers(3, 5),
        facility_id=st.sampled_from([None, 8, 9]),
        person_id=st.integers(1, 2),
        service_from=st.dates(TODAY - timedelta(days=90), TODAY),
        lines=st.lists(st.builds(EobLine, code=_CODES, units=st.integers(1, 3)), max_size=3).map(tuple),
    ),
    max_size=12,
    unique_by=lambda item: item.id,
)


@given(
    claims=_CLAIMS,
    codes=st.sampled_from(["73721", "", "99213 70551"]),
    category=st.sampled_from(["IMAGING", ""]),
    kind=st.sampled_from([CaseKind.AUTHORIZATION, CaseKind.REFERRAL]),
    linked=st.sampled_from([None, 1, 7]),
    facility=st.sampled_from([None, 8]),
)
def test_the_index_misses_no_claim(
    claims: list[Claim],
    codes: str,
    category: str,
    kind: CaseKind,
    linked: int | None,
    facility: int | None,
) -> None:
    permit = replace(GIVEN, codes=codes, category=category, facility_id=facility)
    made = case(permit, kind=kind, claim_id=linked)
    near = CareIndex(claims).near(made)
    assert {each.id for each in claims if covers(made, each)} <= {each.id for each in near}
    assert units_of(made, near) == units_of(made, claims)
