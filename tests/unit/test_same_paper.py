"""The same EOB twice, and a new statement of a known bill."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.claims.same_paper import SameBy, plain_number, same_bill, same_eob
from tracker.facts import Bill, Claim, EobVersion, Statement

DAY = date(2026, 9, 9)
EOB = Claim(
    id=1,
    person_id=1,
    provider_id=2,
    claim_number="0012-00",
    service_from=DAY,
    billed=460_00,
    allowed=121_55,
    you_owe=43_75,
)
BILL = Bill(
    id=1,
    person_id=1,
    provider_id=2,
    service_from=DAY,
    account_number="HI-77",
    statements=(Statement(stated_on=date(2026, 10, 30), amount=300_00),),
)


def new(claim: Claim, **values: object) -> Claim:
    return replace(claim, id=None, **values)  # type: ignore[arg-type]


def test_a_claim_number_gives_an_eob_away_however_it_is_written() -> None:
    for number in ("0012-00", "001200", " 0012 00 "):
        found = same_eob(new(EOB, claim_number=number, you_owe=1, service_from=DAY - timedelta(9)), [EOB])
        assert found is not None
        assert (found.claim, found.by) == (EOB, SameBy.NUMBER)


@pytest.mark.parametrize(("one", "other"), [("1E5", "100000"), ("007", "7"), ("1.0", "1"), ("A1", "B1")])
def test_numbers_are_texts(one: str, other: str) -> None:
    assert plain_number(one) != plain_number(other)
    assert same_eob(new(EOB, claim_number=one), [replace(EOB, claim_number=other)]) is None


def test_without_a_number_who_where_when_and_how_much_tell() -> None:
    bare = new(EOB, claim_number="")
    found = same_eob(bare, [EOB])
    assert found is not None
    assert found.by is SameBy.DAY
    for apart in (
        {"person_id": 9},
        {"provider_id": 9},
        {"service_from": DAY + timedelta(days=1)},
        {"you_owe": 43_76},
        {"billed": None, "allowed": None, "you_owe": None},
        {"billed": 0, "allowed": 0, "you_owe": 0},
    ):
        assert same_eob(replace(bare, **apart), [EOB]) is None, apart  # type: ignore[arg-type]


def test_what_one_side_does_not_state_is_no_difference() -> None:
    assert same_eob(new(EOB, claim_number="", allowed=None), [EOB]) is not None


def test_a_corrected_version_is_not_the_same_eob() -> None:
    corrected = new(EOB, replaces_id=1, version=EobVersion.ADJUSTMENT)
    assert same_eob(corrected, [EOB]) is None
    second = replace(EOB, id=2, replaces_id=1)
    assert same_eob(new(EOB, replaces_id=2), [EOB, second]) is None
    again = same_eob(new(EOB), [EOB, second])
    assert again is not None
    assert again.claim == second


def test_a_stored_eob_is_not_itself() -> None:
    assert same_eob(EOB, [EOB]) is None


def test_chains_that_go_round_end() -> None:
    first, second = replace(EOB, replaces_id=2), replace(EOB, id=2, replaces_id=1)
    assert same_eob(new(EOB, replaces_id=1), [first, second]) is None


def test_a_reminder_is_known_by_account_or_by_person_and_day() -> None:
    for draft, by in (
        (replace(BILL, id=None, service_from=DAY + timedelta(days=90), person_id=5), SameBy.NUMBER),
        (replace(BILL, id=None, account_number=""), SameBy.DAY),
    ):
        found = same_bill(draft, [BILL])
        assert found is not None
        assert (found.bill, found.by) == (BILL, by)


@pytest.mark.parametrize(
    "apart",
    [
        {"provider_id": 9},
        {"account_number": "HI-78"},
        {"account_number": "", "person_id": 9},
        {"account_number": "", "service_from": DAY + timedelta(days=1)},
    ],
)
def test_another_bill_is_another_bill(apart: dict[str, object]) -> None:
    assert same_bill(replace(BILL, id=None, **apart), [BILL]) is None  # type: ignore[arg-type]


def test_the_very_same_statement_is_found() -> None:
    found = same_bill(replace(BILL, id=None), [BILL])
    assert found is not None
    assert found.statement == BILL.statements[0]
    newer = replace(BILL, id=None, statements=(Statement(stated_on=date(2026, 11, 20), amount=300_00),))
    found = same_bill(newer, [BILL])
    assert found is not None
    assert found.statement is None


def test_a_day_within_a_stay_is_the_same_care() -> None:
    stay = replace(BILL, service_to=DAY + timedelta(days=3))
    draft = replace(BILL, id=None, account_number="", service_from=DAY + timedelta(days=2))
    assert same_bill(draft, [stay]) is not None
    assert same_bill(replace(draft, service_from=DAY + timedelta(days=4)), [stay]) is None


@given(st.text(max_size=30))
def test_any_number_is_like_itself(number: str) -> None:
    assert plain_number(number) == plain_number(f" {number}- ")
