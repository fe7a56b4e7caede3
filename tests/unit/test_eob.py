"""Whether an EOB's totals close (rulebook 3.2), with Eleanor's lab story (2.7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tracker.domain.coverage.eob import discount, gap
from tracker.facts import Claim, Network

LABS = Claim(
    person_id=1,
    provider_id=1,
    service_from=date(2026, 3, 10),
    billed=46_000,
    allowed=12_155,
    plan_paid=7_780,
    deductible=0,
    copay=1_500,
    coinsurance=2_875,
    not_covered=0,
    you_owe=4_375,
)


def test_eleanors_labs_close() -> None:
    assert gap(LABS) is None
    assert discount(LABS) == 33_845


@pytest.mark.parametrize("off", [-1, 1])
def test_a_cent_is_no_gap(off: int) -> None:
    assert gap(replace(LABS, you_owe=4_375 + off)) is None
    assert gap(replace(LABS, plan_paid=7_780 + off)) is None


def test_two_cents_are_a_gap_and_say_which_sum() -> None:
    owed = gap(replace(LABS, you_owe=4_377))
    assert owed is not None
    assert owed.amount == 2
    assert owed.words == "You owe is $43.77; its parts add to $43.75."
    allowed = gap(replace(LABS, plan_paid=7_000))
    assert allowed is not None
    assert allowed.amount == 780
    assert "plan paid and your share add to $113.75" in allowed.words


def test_more_allowed_than_billed_is_seen_first() -> None:
    found = gap(replace(LABS, allowed=46_001))
    assert found is not None
    assert found.amount == 1
    assert "more than the $460.00 billed" in found.words


@pytest.mark.parametrize(
    "less",
    [
        {"deductible": None, "copay": None, "coinsurance": None},
        {"allowed": None, "you_owe": None},
        {"plan_paid": None, "you_owe": None},
    ],
)
def test_what_is_not_known_is_not_judged(less: dict[str, None]) -> None:
    assert (
        gap(replace(LABS, plan_paid=1, **less) if "plan_paid" not in less else replace(LABS, **less))
        is None
    )  # type: ignore[arg-type]


def test_a_blank_share_counts_as_nothing_beside_a_known_one() -> None:
    assert gap(replace(LABS, deductible=None)) is None


def test_out_of_network_the_excess_may_be_owed_or_not() -> None:
    out = Claim(
        person_id=1,
        provider_id=1,
        service_from=date(2026, 5, 27),
        network=Network.OUT,
        billed=21_000,
        allowed=16_000,
        plan_paid=0,
        deductible=16_000,
        you_owe=21_000,
    )
    assert gap(out) is None
    assert gap(replace(out, you_owe=16_000)) is None
    assert gap(replace(out, you_owe=18_000)) is not None
    assert gap(replace(out, network=Network.IN)) is not None
    assert discount(out) is None


def test_nobody_owes_the_discount_and_the_rest_is_not_one() -> None:
    eye = replace(LABS, billed=9_500, allowed=0, plan_paid=0, copay=0, coinsurance=0)
    assert discount(replace(eye, not_covered=9_500, you_owe=9_500)) == 0
    assert discount(replace(LABS, billed=None)) is None


def test_protected_care_may_not_be_billed_beyond_the_share() -> None:
    """Balance bills are prohibited under the No Surprises Act (1.10): the excess is a discount."""
    surprise = replace(LABS, network=Network.OUT, you_owe=4_375 + 33_845)
    assert gap(surprise) is None
    assert discount(surprise) is None
    off = gap(replace(surprise, protected=True))
    assert off is not None
    assert off.amount == 33_845
    assert discount(replace(surprise, protected=True)) == 33_845
