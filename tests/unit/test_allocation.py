"""Every dollar of an expense goes to one pocket, once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.accounts.allocation import Allocated, Part, Pocket, allocate, by_pocket
from tracker.errors import UserProblem


def part(pocket: Pocket, amount: int, on: date | None = None) -> Part:
    return Part(pocket=pocket, amount=amount, on=on)


def test_more_than_the_expense_cannot_be_made() -> None:
    found = Allocated(expense_id=1, amount=100_00, parts=(part(Pocket.INSURER, 60_00),))
    assert found.open == 40_00
    assert found.add(part(Pocket.HSA, 40_00)).open == 0
    with pytest.raises(UserProblem, match="every dollar counts once"):
        found.add(part(Pocket.HSA, 40_01))
    with pytest.raises(UserProblem):
        found.add(part(Pocket.HSA, 0))
    with pytest.raises(UserProblem):
        Allocated(expense_id=1, amount=-1)


def test_the_hsa_gives_back_own_cash() -> None:
    found = Allocated(expense_id=1, amount=100_00, parts=(part(Pocket.CASH, 100_00),))
    after = found.moved(30_00, part(Pocket.HSA, 30_00))
    assert (after.of(Pocket.CASH), after.of(Pocket.HSA), after.open) == (70_00, 30_00, 0)
    with pytest.raises(UserProblem):
        after.moved(70_01, part(Pocket.FSA, 70_01))


def test_a_refund_takes_the_latest_part_back_first() -> None:
    found = Allocated(
        expense_id=1,
        amount=100_00,
        parts=(part(Pocket.CASH, 40_00, date(2026, 1, 1)), part(Pocket.CASH, 60_00, date(2026, 2, 1))),
    )
    after = found.less(Pocket.CASH, 70_00)
    assert [item.amount for item in after.parts] == [30_00]
    with pytest.raises(UserProblem):
        after.less(Pocket.CASH, 30_01)


def test_an_expense_explains_itself() -> None:
    found = Allocated(
        expense_id=1,
        amount=121_55,
        label="Blood panel",
        parts=(
            Part(pocket=Pocket.INSURER, amount=77_80, on=date(2026, 5, 4), source="EOB 17"),
            part(Pocket.CASH, 40_00),
        ),
    )
    assert found.explain() == (
        "Blood panel cost $121.55.",
        "$77.80 your plan paid on May 4, 2026 (EOB 17).",
        "$40.00 you paid yourself.",
        "$3.75 is still open.",
        "Up to $40.00 could still come from an HSA, FSA or HRA.",
    )


def test_two_pockets_that_claim_the_same_dollars_clash() -> None:
    wanted = [
        part(Pocket.DEDUCTION, 40_00),
        part(Pocket.HSA, 40_00, date(2026, 6, 1)),
        part(Pocket.INSURER, 60_00),
    ]
    found, clashes = allocate(7, 100_00, wanted)
    assert (found.of(Pocket.INSURER), found.of(Pocket.HSA), found.of(Pocket.DEDUCTION)) == (60_00, 40_00, 0)
    assert [(clash.part.pocket, clash.amount) for clash in clashes] == [(Pocket.DEDUCTION, 40_00)]
    assert clashes[0].why == (
        "$40.00 of what you paid and deducted on a tax return went elsewhere already: of $100.00, "
        "$60.00 your plan paid, $40.00 the HSA paid."
    )


parts = st.builds(
    Part,
    pocket=st.sampled_from(list(Pocket)),
    amount=st.integers(-5, 500),
    on=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)


@given(st.integers(0, 1_000), st.lists(parts, max_size=8))
def test_allocations_never_exceed_the_expense(amount: int, wanted: list[Part]) -> None:
    found, clashes = allocate(1, amount, wanted)
    assert found.allocated + found.open == amount
    assert found.open >= 0
    asked = sum(max(0, item.amount) for item in wanted)
    assert found.allocated + sum(clash.amount for clash in clashes) == asked
    assert sum(by_pocket([found]).values()) == found.allocated
    if clashes:
        assert found.open == 0
