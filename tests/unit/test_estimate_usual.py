"""The usual allowed amount, learned from past EOBs: the nearest ones first, the median of the newest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.estimate_kit import HARBOR, claim
from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.usual_amount import NEWEST, Likeness, UsualAmount, median, usual_amount
from tracker.facts import Claim, Network

ELSEWHERE = 8
KNOWN = catalogue()


def eob(number: int, allowed: int | None = 100_00, **more: object) -> Claim:
    values: dict[str, object] = {"category": "LAB", "allowed": allowed} | more
    return claim(number, **values)


def usual(
    *claims: Claim, category: str = "LAB", network: Network | None = Network.IN
) -> UsualAmount | None:
    return usual_amount(claims, category, HARBOR, network, categories=KNOWN)


def test_nothing_known_is_none() -> None:
    assert usual() is None
    assert usual(eob(1, None), eob(2, 0), eob(3, category=""), eob(4, category="PCP")) is None


def test_the_same_provider_comes_first() -> None:
    found = usual(eob(1, 80_00), eob(2, 300_00, provider_id=ELSEWHERE))
    assert found is not None
    assert (found.amount, found.likeness, found.claim_ids) == (80_00, Likeness.PROVIDER, (1,))
    assert found.words == "1 EOB of this provider, on Mar 2, 2026"


def test_then_the_same_service_in_the_network() -> None:
    found = usual(
        eob(1, 80_00, provider_id=ELSEWHERE),
        eob(2, 900_00, provider_id=ELSEWHERE, network=Network.OUT),
        eob(3, 120_00, provider_id=ELSEWHERE, service_from=date(2026, 4, 1)),
    )
    assert found is not None
    assert (found.amount, found.likeness, found.count) == (100_00, Likeness.SERVICE, 2)
    assert found.words == "2 EOBs of this service, $80.00 to $120.00, the last on Apr 1, 2026"


def test_then_the_service_it_belongs_to() -> None:
    found = usual(eob(1, 80_00), eob(2, 60_00, category="LAB_VITD"), category="LAB_THY")
    assert found is not None
    assert (found.amount, found.likeness) == (70_00, Likeness.WIDER)
    assert usual(eob(1, 80_00, category="LAB_THY")) is not None


def test_care_protected_from_surprise_bills_was_priced_in_network() -> None:
    protected = eob(1, 80_00, network=Network.OUT, protected=True)
    assert usual(protected) is not None
    assert usual(protected, network=Network.OUT) is None
    assert usual(protected, network=None) is not None


def test_old_eobs_do_not_count_beside_newer_ones() -> None:
    old = [eob(number, 1_00, service_from=date(2024, 1, 1)) for number in range(1, 9)]
    new = [eob(number, 50_00) for number in range(20, 20 + NEWEST)]
    found = usual(*old, *new)
    assert found is not None
    assert (found.amount, found.least, found.count) == (50_00, 50_00, NEWEST)


def test_the_median_of_two_lies_between_half_a_cent_up() -> None:
    assert median([1]) == 1
    assert median([1, 2]) == 2
    assert median([10, 20, 90]) == 20


amounts = st.lists(st.integers(1, 10_000_00), min_size=1, max_size=20)


@given(amounts, st.integers(0, 2**32))
def test_it_lies_in_its_range_whatever_the_order(cents: list[int], seed: int) -> None:
    start = date(2026, 1, 1)
    claims = [eob(n, amount, service_from=start + timedelta(days=n)) for n, amount in enumerate(cents, 1)]
    found = usual(*claims)
    assert found is not None
    assert found.least <= found.amount <= found.most
    assert found.count == min(len(cents), NEWEST)
    assert sorted(cents[-NEWEST:])[0] == found.least
    assert found.oldest_on <= found.newest_on == claims[-1].service_from
    Random(seed).shuffle(claims)
    assert usual(*claims) == found


@given(st.lists(st.integers(1, 1_000_00), min_size=3, max_size=NEWEST), st.data())
def test_one_odd_eob_moves_it_no_farther_than_the_others(cents: list[int], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(cents) - 1))
    claims = [eob(n, amount) for n, amount in enumerate(cents, 1)]
    claims[place] = replace(claims[place], allowed=999_999_999_00)
    found = usual(*claims)
    others = [amount for n, amount in enumerate(cents) if n != place]
    assert found is not None
    assert min(others) <= found.amount <= max(others)


@given(amounts)
def test_eobs_of_other_services_change_nothing(cents: list[int]) -> None:
    mine = [eob(1, 75_00)]
    others = [eob(n, amount, category="IMAGING") for n, amount in enumerate(cents, 2)]
    assert usual(*mine, *others) == usual(*mine)
