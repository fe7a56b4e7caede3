"""Which EOB belongs to which bill and visit, by the points of rulebook 3.5."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.claims.matching import How, match, score_bill, score_visit
from tracker.facts import (
    Bill,
    Claim,
    ClaimLink,
    EobLine,
    OrderLine,
    Statement,
    StatementLine,
    Visit,
)

DAY = date(2026, 10, 14)


def eob(number: int = 1, **more: object) -> Claim:
    values: dict[str, object] = {
        "id": number,
        "person_id": 1,
        "provider_id": 7,
        "service_from": DAY,
        "billed": 1_850_00,
    }
    return Claim(**(values | more))  # type: ignore[arg-type]


def bill(
    number: int = 1, *, charges: int | None = None, lines: tuple[StatementLine, ...] = (), **more: object
) -> Bill:
    statement = Statement(stated_on=DAY + timedelta(days=20), amount=300_00, charges=charges, lines=lines)
    values: dict[str, object] = {
        "id": number,
        "person_id": 1,
        "provider_id": 7,
        "service_from": DAY,
        "statements": (statement,),
    }
    return Bill(**(values | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("claim", "paper", "points"),
    [
        (eob(), bill(), 60),
        (eob(), bill(charges=1_850_00), 80),
        (eob(), bill(provider_id=8), 30),
        (eob(), bill(provider_id=8, charges=1_850_00), 50),
        (eob(rendering_id=8), bill(provider_id=8), 60),
        (eob(), bill(service_from=DAY + timedelta(days=1)), 40),
        (eob(), bill(service_from=DAY + timedelta(days=2)), 30),
        (eob(service_to=DAY + timedelta(days=4)), bill(service_from=DAY + timedelta(days=2)), 50),
        (eob(), bill(person_id=2, charges=1_850_00), 0),
        (
            eob(lines=(EobLine(code="73721", billed=1_850_00),)),
            bill(lines=(StatementLine(code=" 73721 ", amount=1_850_00),)),
            100,
        ),
    ],
)
def test_points(claim: Claim, paper: Bill, points: int) -> None:
    assert score_bill(claim, paper).points == points


def test_providers_of_the_same_npi_are_the_same() -> None:
    numbers = {7: "1538192761", 8: "1538192761", 9: ""}
    assert score_bill(eob(), bill(provider_id=8), numbers).points == 60
    assert score_bill(eob(provider_id=9), bill(provider_id=8), numbers).points == 30


def test_a_test_ordered_at_a_visit_is_found_at_the_lab() -> None:
    visit = Visit(
        id=3,
        person_id=1,
        provider_id=2,
        visited_on=DAY,
        orders=(OrderLine(text="Thyroid", category="LAB_THY"),),
    )
    assert score_visit(eob(category="LAB_THY"), visit).points == 50
    assert score_visit(eob(provider_id=2), visit).points == 60


def test_sure_ones_are_linked_likely_ones_proposed_others_not() -> None:
    papers = [bill(1, charges=1_850_00), bill(2), bill(3, provider_id=8)]
    found = match([eob()], papers)
    assert [(item.other_id, item.how) for item in found.bills] == [(1, How.SURE)]
    assert [item.other_id for item in found.proposed_bills] == [2]
    assert found.claims_of_bill(1) == [1]
    assert not found.claims_of_bill(2)
    assert found.bills_of_claim(1) == [1]


def test_the_members_word_wins() -> None:
    said = [
        ClaimLink(claim_id=1, bill_id=1, linked=False),
        ClaimLink(claim_id=1, bill_id=9, linked=True),
    ]
    far = bill(9, provider_id=8, service_from=date(2025, 1, 1))
    found = match([eob()], [bill(1, charges=1_850_00), far], said=said)
    assert [(item.other_id, item.how) for item in found.bills] == [(9, How.HAND)]
    assert not found.proposed_bills


def test_a_visit_of_the_very_day_beats_one_of_the_day_before() -> None:
    line = EobLine(code="97110", billed=90_00)
    claims = [
        eob(1, billed=90_00, lines=(line,)),
        eob(2, billed=90_00, lines=(line,), service_from=DAY + timedelta(days=1)),
    ]
    paper = bill(charges=90_00, lines=(StatementLine(code="97110", amount=90_00),))
    assert [item.claim_id for item in match(claims, [paper]).bills] == [1]
    assert [item.claim_id for item in match(claims[1:], [paper]).bills] == [2]


def test_an_eob_names_its_visit() -> None:
    visit = Visit(id=3, person_id=1, provider_id=2, visited_on=date(2026, 1, 1))
    found = match([eob(visit_id=3)], visits=[visit])
    assert [(item.other_id, item.how) for item in found.visits] == [(3, How.HAND)]


papers = st.tuples(st.integers(1, 2), st.integers(1, 3), st.integers(0, 6), st.integers(1, 4))


@given(st.lists(papers, max_size=12), st.lists(papers, max_size=12))
def test_looking_only_at_near_days_misses_nothing(
    some: list[tuple[int, int, int, int]], others: list[tuple[int, int, int, int]]
) -> None:
    claims = [
        eob(n, person_id=p, provider_id=v, service_from=DAY + timedelta(days=d), billed=a)
        for n, (p, v, d, a) in enumerate(some, start=1)
    ]
    bills = [
        bill(n, person_id=p, provider_id=v, service_from=DAY + timedelta(days=d), charges=a)
        for n, (p, v, d, a) in enumerate(others, start=1)
    ]
    found = match(claims, bills)
    scores = {(c.id, b.id): score_bill(c, b).points for c in claims for b in bills}
    # Papers further apart than a day can still share provider and amount: 50 points, not compared.
    close = {
        (c.id, b.id)
        for c in claims
        for b in bills
        if abs((c.service_from - b.service_from).days) <= 1 and c.person_id == b.person_id
    }
    sure = {k for k in close if scores[k] >= 70}
    same_day = {(c.id, b.id) for c in claims for b in bills if c.service_from == b.service_from} & sure
    kept = {k for k in sure if k in same_day or all(other != k[1] for _, other in same_day)}
    assert {(m.claim_id, m.other_id) for m in found.bills} == kept
    assert {(m.claim_id, m.other_id) for m in found.proposed_bills} == {
        k for k in close if 40 <= scores[k] < 70
    }
    assert all(points < 70 for key, points in scores.items() if key not in close)
