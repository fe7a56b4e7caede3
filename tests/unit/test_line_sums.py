"""An EOB's lines against its totals, and the order of its days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.claims.eob_dates import judge_days
from tracker.domain.claims.line_sums import AMOUNTS, has_negative, is_reversal, line_gap, off_by, sums
from tracker.errors import UserProblem
from tracker.facts import Claim, EobLine, Network

TODAY = date(2026, 11, 22)
_amounts = st.none() | st.integers(-1_000_00, 1_000_00)
_lines = st.lists(st.builds(EobLine, **dict.fromkeys(AMOUNTS, _amounts)), max_size=6)


@given(_lines)
def test_sums_are_never_off_by_themselves(lines: list[EobLine]) -> None:
    assert off_by(sums(lines), lines) == {}


@given(_lines, st.integers(10, 500))
def test_a_total_that_differs_is_off_by_that_much(lines: list[EobLine], more: int) -> None:
    added = sums(lines)
    totals = {name: amount + more for name, amount in added.items()}
    for name, off in off_by(totals, lines).items():
        assert off == more
        assert totals[name] - added[name] == more


def test_a_cent_a_line_is_rounding() -> None:
    lines = [EobLine(billed=10_00), EobLine(billed=5_00)]
    assert off_by({"billed": 15_02}, lines) == {}
    assert off_by({"billed": 15_03}, lines) == {"billed": 3}
    assert off_by({"billed": 16_55}, lines) == {"billed": 1_55}


def test_an_empty_share_is_none_and_an_empty_price_is_not_known() -> None:
    lines = [EobLine(billed=10_00, deductible=4_00), EobLine(allowed=5_00)]
    assert off_by({"billed": 99_00, "allowed": 99_00, "deductible": 5_00}, lines) == {"deductible": 1_00}


def test_a_line_that_does_not_say_what_you_owe_owes_its_parts() -> None:
    lines = [EobLine(you_owe=40_00), EobLine(deductible=10_00, coinsurance=2_50)]
    assert sums(lines)["you_owe"] == 52_50
    assert "you_owe" not in sums(lines[1:])


def test_reversals_and_negative_amounts_are_told_apart() -> None:
    reversal = EobLine(billed=-100_00, allowed=-60_00, plan_paid=-40_00, deductible=-20_00)
    assert is_reversal(reversal)
    assert has_negative(reversal)
    assert line_gap(reversal, Network.IN, protected=False) is None
    mixed = EobLine(billed=100_00, copay=-5_00)
    assert has_negative(mixed)
    assert not is_reversal(mixed)
    assert not is_reversal(EobLine())
    assert not has_negative(EobLine(billed=0))


def test_a_line_that_does_not_add_up_is_said() -> None:
    off = line_gap(EobLine(allowed=100_00, plan_paid=80_00, copay=15_00), Network.IN, protected=False)
    assert off is not None
    assert off.amount == 5_00


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"submitted_on": date(2026, 9, 10), "received_on": date(2026, 9, 9)}, "received_on"),
        ({"received_on": date(2026, 9, 20), "processed_on": date(2026, 9, 19)}, "processed_on"),
        ({"processed_on": date(2026, 9, 20), "eob_on": date(2026, 9, 19)}, "eob_on"),
        ({"eob_on": date(2026, 9, 20), "got_on": date(2026, 9, 19)}, "got_on"),
        ({"submitted_on": date(2026, 9, 20), "got_on": date(2026, 9, 19)}, "got_on"),
        ({"eob_on": date(2026, 9, 8)}, "eob_on"),
        ({"got_on": date(2026, 11, 23)}, "got_on"),
        ({"eob_on": date(2026, 9, 20), "appeal_by": date(2026, 9, 19)}, "appeal_by"),
    ],
)
def test_days_out_of_order_name_their_field(days: dict[str, date], field: str) -> None:
    claim = Claim(person_id=1, provider_id=1, service_from=date(2026, 9, 9), **days)  # type: ignore[arg-type]
    with pytest.raises(UserProblem) as problem:
        judge_days(claim, TODAY)
    assert problem.value.field == field


def test_days_in_order_are_fine_also_on_one_day() -> None:
    day = date(2026, 9, 9)
    judge_days(
        Claim(
            person_id=1,
            provider_id=1,
            service_from=day,
            submitted_on=day,
            received_on=day,
            processed_on=day,
            eob_on=day,
            got_on=TODAY,
            appeal_by=date(2027, 3, 8),
        ),
        TODAY,
    )
