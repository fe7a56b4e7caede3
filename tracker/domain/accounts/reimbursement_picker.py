"""Choosing receipts for an amount to take out of the HSA: oldest first, exact, or fewest (feature 57).

The batch is what a reimbursement sheet prints: which expenses, how much of each, and the total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.accounts.hsa_pool import HsaExpense, Pool
from tracker.errors import UserProblem
from tracker.money import Cents, dollars

MOST_BITS = 400_000_000
"""Receipts times cents of target that an exact search may look at: about 50 MB of sums."""


class PickBy(StrEnum):
    """OLDEST and FEWEST may take a part of the last receipt; EXACT takes whole receipts only."""

    OLDEST = "oldest"
    EXACT = "exact"
    FEWEST = "fewest"


@dataclass(frozen=True, slots=True)
class Pick:
    """One receipt of a batch and how much of it is taken out now."""

    expense: HsaExpense
    amount: Cents
    left: Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch of receipts for one reimbursement, oldest first."""

    target: Cents
    picks: tuple[Pick, ...]
    why: tuple[str, ...]

    @property
    def total(self) -> Cents:
        return sum(pick.amount for pick in self.picks)

    @property
    def short(self) -> Cents:
        """What the batch stays below the target; only whole receipts can leave something."""
        return self.target - self.total


def pick_receipts(pool: Pool, target: Cents, by: PickBy, *, proven_only: bool = True) -> Batch:
    """Receipts of the pool for a target amount.

    Raises UserProblem for a target of nothing, or more than the pool (its proven part) holds.
    """
    lines = [line for line in pool.lines if (line.proven if proven_only else line.available)]
    most = pool.proven if proven_only else pool.available
    if target <= 0:
        raise UserProblem(
            "The amount to take out is more than zero.", "Type the amount you want.", field="target"
        )
    if target > most:
        proven = " with complete receipts" if proven_only else ""
        raise UserProblem(
            f"You may take out at most {dollars(most)}{proven}.",
            "Ask for less, or complete more receipts." if proven_only else "Ask for less.",
            field="target",
        )
    sizes = [line.available for line in lines]
    if by is PickBy.EXACT and len(sizes) * target <= MOST_BITS:
        places = _closest(sizes, target)
        picks = [Pick(lines[place].expense, sizes[place], 0) for place in places]
        return Batch(target=target, picks=tuple(picks), why=(_exact_words(target, picks),))
    order = sorted(range(len(lines)), key=lambda place: -sizes[place]) if by is PickBy.FEWEST else None
    taken = _fill(sizes, target, order or range(len(lines)))
    picks = [
        Pick(line.expense, amount, line.available - amount)
        for line, amount in zip(lines, taken, strict=True)
        if amount
    ]
    return Batch(target=target, picks=tuple(picks), why=tuple(_words(by, picks)))


def _fill(sizes: Sequence[Cents], target: Cents, order: Sequence[int]) -> list[Cents]:
    """Take receipts in an order until the target is reached; only the last one in part."""
    taken = [0] * len(sizes)
    for place in order:
        taken[place] = min(sizes[place], target)
        target -= taken[place]
    return taken


def _closest(sizes: Sequence[Cents], target: Cents) -> list[int]:
    """Places of whole receipts that add to the target, or come closest below it.

    The sums that can be reached are the bits of one large number; the numbers before each receipt
    tell the way back.
    """
    mask = (1 << (target + 1)) - 1
    reached, before = 1, []
    for size in sizes:
        before.append(reached)
        if size <= target:
            reached |= (reached << size) & mask
    total = reached.bit_length() - 1
    places = []
    for place in range(len(sizes) - 1, -1, -1):
        if not before[place] >> total & 1:
            places.append(place)
            total -= sizes[place]
    return places[::-1]


def _exact_words(target: Cents, picks: list[Pick]) -> str:
    total = sum(pick.amount for pick in picks)
    if total == target:
        return f"{_receipts(len(picks))} add to exactly {dollars(target)}."
    short = dollars(target - total)
    return f"No whole receipts add to {dollars(target)}; these come closest below it, {short} short."


def _words(by: PickBy, picks: list[Pick]) -> list[str]:
    how = {
        PickBy.OLDEST: "The oldest receipts first",
        PickBy.FEWEST: "The largest receipts first, so that few are needed",
        PickBy.EXACT: "There are too many receipts to try every combination, so the oldest come first",
    }
    said = [f"{how[by]}: {_receipts(len(picks))}."]
    said += [
        f"Of one, only {dollars(pick.amount)} is taken; {dollars(pick.left)} stays in the pool."
        for pick in picks
        if pick.left
    ]
    return said


def _receipts(count: int) -> str:
    return "1 receipt" if count == 1 else f"{count} receipts"
