"""The unreimbursed pool, complete receipts, and the picker for a target amount (rulebook 5.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.accounts.hsa_pool import HsaExpense, Pool, pool, pool_line, receipt_gaps
from tracker.domain.accounts.reimbursement_picker import PickBy, pick_receipts
from tracker.errors import UserProblem

TODAY = date(2026, 11, 22)
OPENED = date(2024, 3, 1)
FULL = HsaExpense(
    id=1,
    incurred_on=date(2026, 5, 4),
    eligible=200_00,
    patient="Eleanor",
    provider="Harbor Lab",
    description="Blood panel",
    documents=1,
)


def of(*expenses: HsaExpense, opened: date | None = OPENED) -> Pool:
    return pool(expenses, established_on=opened, today=TODAY)


def many(*amounts: int) -> Pool:
    """Complete receipts of these amounts, one a day."""
    return of(
        *(
            replace(FULL, id=place, incurred_on=date(2026, 1, place), eligible=amount)
            for place, amount in enumerate(amounts, 1)
        )
    )


def test_what_may_be_taken_out_and_what_is_proven() -> None:
    found = of(FULL, replace(FULL, id=2, eligible=50_00, documents=0))
    assert found.sentence == "You may take out $250.00, proven $200.00."
    assert (found.unproven, found.receipts, found.receipts_complete) == (50_00, 2, 1)
    assert found.lines[1].gaps == ("document",)


def test_the_parts_of_a_receipt() -> None:
    assert receipt_gaps(FULL) == ()
    bare = HsaExpense(id=1, incurred_on=TODAY, eligible=0)
    assert receipt_gaps(bare) == ("patient", "provider", "description", "amount", "document")
    assert receipt_gaps(replace(FULL, provider="  ")) == ("provider",)


@pytest.mark.parametrize(
    ("change", "available"),
    [
        ({}, 200_00),
        ({"reimbursed": 80_00}, 120_00),
        ({"other": 80_00, "reimbursed": 20_00}, 100_00),
        ({"deducted": 200_00}, 0),
        ({"incurred_on": date(2024, 2, 29)}, 0),
        ({"incurred_on": date(2024, 3, 1)}, 200_00),
        ({"incurred_on": date(2026, 11, 23)}, 0),
    ],
)
def test_what_one_expense_gives(change: dict[str, int | date], available: int) -> None:
    line = pool_line(replace(FULL, **change), established_on=OPENED, today=TODAY)  # type: ignore[arg-type]
    assert (line.available, line.over) == (available, 0)


def test_without_an_establishment_date_nothing_may_be_taken() -> None:
    found = of(FULL, opened=None)
    assert (found.available, len(found.lines)) == (0, 1)
    assert "Enter the day" in found.why[0]


@pytest.mark.parametrize(
    ("change", "over"),
    [
        ({"reimbursed": 200_00, "other": 60_00}, 60_00),  # a refund came later
        ({"reimbursed": 250_00}, 50_00),
        ({"reimbursed": 10_00, "deducted": 200_00}, 10_00),
        ({"reimbursed": 90_00, "incurred_on": date(2023, 1, 1)}, 90_00),
        ({"reimbursed": 90_00, "of_household": False}, 90_00),
    ],
)
def test_what_was_taken_too_much_is_flagged(change: dict[str, int | date], over: int) -> None:
    found = of(replace(FULL, **change))  # type: ignore[arg-type]
    assert (found.available, found.lines[0].over) == (0, over)
    assert "mistaken distribution" in found.lines[0].why


def test_settled_expenses_leave_the_pool() -> None:
    assert of(replace(FULL, reimbursed=200_00)).lines == ()
    assert of(replace(FULL, incurred_on=date(2020, 1, 1))).lines == ()


# The picker


def test_oldest_first_takes_the_last_in_part() -> None:
    batch = pick_receipts(many(30_00, 50_00, 70_00), 100_00, PickBy.OLDEST)
    assert [(pick.amount, pick.left) for pick in batch.picks] == [(30_00, 0), (50_00, 0), (20_00, 50_00)]
    assert "$50.00 stays in the pool" in batch.why[1]


def test_fewest_takes_the_largest() -> None:
    batch = pick_receipts(many(30_00, 50_00, 70_00), 100_00, PickBy.FEWEST)
    assert [(pick.expense.id, pick.amount) for pick in batch.picks] == [(2, 30_00), (3, 70_00)]


def test_exact_takes_whole_receipts() -> None:
    batch = pick_receipts(many(30_00, 50_00, 70_00), 100_00, PickBy.EXACT)
    assert [pick.expense.id for pick in batch.picks] == [1, 3]
    assert batch.why == ("2 receipts add to exactly $100.00.",)


def test_exact_says_how_close_it_comes() -> None:
    batch = pick_receipts(many(30_00, 50_00, 70_00), 110_00, PickBy.EXACT)
    assert (batch.total, batch.short) == (100_00, 10_00)
    assert "$10.00 short" in batch.why[0]


def test_too_many_combinations_fall_back_to_the_oldest() -> None:
    batch = pick_receipts(many(*[9_000_000_00] * 20), 90_000_000_00, PickBy.EXACT)
    assert batch.total == 90_000_000_00
    assert "too many receipts" in batch.why[0]


def test_only_proven_receipts_unless_told_otherwise() -> None:
    found = of(FULL, replace(FULL, id=2, eligible=50_00, documents=0))
    with pytest.raises(UserProblem, match=r"at most \$200.00 with complete receipts") as refused:
        pick_receipts(found, 200_01, PickBy.OLDEST)
    assert refused.value.field == "target"
    assert pick_receipts(found, 250_00, PickBy.OLDEST, proven_only=False).total == 250_00
    with pytest.raises(UserProblem):
        pick_receipts(found, 0, PickBy.OLDEST)


sizes = st.lists(st.integers(1, 300), min_size=1, max_size=8)


@given(sizes, st.data())
def test_every_way_of_picking_keeps_to_the_receipts(amounts: list[int], data: st.DataObject) -> None:
    found = many(*amounts)
    target = data.draw(st.integers(1, sum(amounts)))
    sums = {sum(some) for count in range(len(amounts) + 1) for some in combinations(amounts, count)}
    for by in PickBy:
        batch = pick_receipts(found, target, by)
        assert all(0 < pick.amount <= pick.expense.eligible for pick in batch.picks)
        assert len({pick.expense.id for pick in batch.picks}) == len(batch.picks)
        best = max(total for total in sums if total <= target)
        assert batch.total == (best if by is PickBy.EXACT else target)
    fewest = pick_receipts(found, target, PickBy.FEWEST)
    largest = sorted(amounts, reverse=True)
    assert sum(largest[: len(fewest.picks) - 1]) < target  # one receipt less would not do


@given(
    st.lists(
        st.builds(
            HsaExpense,
            id=st.integers(1, 99),
            incurred_on=st.dates(date(2023, 1, 1), date(2027, 1, 1)),
            eligible=st.integers(0, 500),
            reimbursed=st.integers(0, 500),
            other=st.integers(0, 500),
            deducted=st.integers(0, 500),
            documents=st.integers(0, 1),
        ),
        max_size=6,
    )
)
def test_the_pool_never_promises_more_than_is_owed(expenses: list[HsaExpense]) -> None:
    found = pool(expenses, established_on=OPENED, today=TODAY)
    owed = sum(max(0, e.eligible - e.reimbursed - e.other - e.deducted) for e in expenses)
    assert 0 <= found.proven <= found.available <= owed
    assert all(line.available == 0 or line.over == 0 for line in found.lines)
