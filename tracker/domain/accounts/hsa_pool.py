"""The unreimbursed pool: what the HSA still owes you for care you paid yourself (rulebook 5.5).

Pay from your pocket, keep the receipt, take the money out in any later year. Each expense gives its
eligible amount less what was reimbursed, paid by others or deducted. Care given before the HSA was
established never counts. An amount is proven once its receipt says everything an auditor asks for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text
from tracker.money import Cents, dollars


@dataclass(frozen=True, slots=True, kw_only=True)
class HsaExpense:
    """One medical expense. `incurred_on` is the day of care.

    `eligible` is the part the HSA may pay; `reimbursed` came from the HSA, `other` from insurers, FSA
    or HRA, `deducted` was used on Schedule A. `documents` counts the files attached. `of_household`: the
    patient is the owner, the spouse or a tax dependent, covered by the plan or not.
    """

    id: int
    incurred_on: date
    eligible: Cents
    patient: str = ""
    provider: str = ""
    description: str = ""
    reimbursed: Cents = 0
    other: Cents = 0
    deducted: Cents = 0
    documents: int = 0
    of_household: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolLine:
    """What one expense gives to the pool. `over` was taken from the HSA beyond what it may pay.

    `gaps` are the parts of a receipt that are missing; `why` says what decided the amount.
    """

    expense: HsaExpense
    available: Cents
    over: Cents
    gaps: tuple[str, ...]
    why: str

    @property
    def proven(self) -> Cents:
        return 0 if self.gaps else self.available


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """All expenses with something in the pool or to be looked at, oldest first.

    `receipts_complete` of `receipts` expenses in the pool have every part.
    """

    lines: tuple[PoolLine, ...]
    available: Cents
    proven: Cents
    receipts: int
    receipts_complete: int
    why: tuple[str, ...]

    @property
    def unproven(self) -> Cents:
        return self.available - self.proven

    @property
    def sentence(self) -> str:
        return f"You may take out {dollars(self.available)}, proven {dollars(self.proven)}."


def receipt_gaps(expense: HsaExpense) -> tuple[str, ...]:
    """What a complete receipt still lacks: patient, provider, date, description, amount and a file.

    The date cannot be missing here: no expense is without one.
    """
    there = {
        "patient": bool(expense.patient.strip()),
        "provider": bool(expense.provider.strip()),
        "description": bool(expense.description.strip()),
        "amount": expense.eligible > 0,
        "document": expense.documents > 0,
    }
    return tuple(name for name, known in there.items() if not known)


def pool_line(expense: HsaExpense, *, established_on: date | None, today: date) -> PoolLine:
    """What the HSA may still pay of one expense, and what was taken too much."""
    left = expense.eligible - expense.reimbursed - expense.other - expense.deducted
    over = min(expense.reimbursed, max(0, -left))
    available, why = max(0, left), _left_words(expense)
    if established_on is None:
        available, why = 0, "The day on which your HSA was established is not known."
    elif expense.incurred_on < established_on:
        over, available = expense.reimbursed, 0
        why = f"The care was given before the HSA was established on {day_text(established_on)}."
    elif not expense.of_household:
        over, available = expense.reimbursed, 0
        why = "Only care of you, your spouse and your tax dependents counts."
    elif expense.incurred_on > today:
        available, why = 0, "The care has not been given yet."
    if over:
        why += (
            f" {dollars(over)} was taken out too much: repay it as a mistaken distribution, or it is taxed."
        )
    return PoolLine(expense=expense, available=available, over=over, gaps=receipt_gaps(expense), why=why)


def pool(expenses: Iterable[HsaExpense], *, established_on: date | None, today: date) -> Pool:
    """The pool of one HSA on a day. Expenses with nothing left and nothing wrong are left out."""
    worked = [pool_line(item, established_on=established_on, today=today) for item in expenses]
    kept = [line for line in worked if line.available or line.over or _waits(line, established_on, today)]
    kept.sort(key=lambda line: (line.expense.incurred_on, line.expense.id))
    inside = [line for line in kept if line.available]
    complete = sum(not line.gaps for line in inside)
    available, proven = sum(line.available for line in kept), sum(line.proven for line in kept)
    return Pool(
        lines=tuple(kept),
        available=available,
        proven=proven,
        receipts=len(inside),
        receipts_complete=complete,
        why=tuple(_pool_words(kept, inside, complete, established_on)),
    )


def _waits(line: PoolLine, established_on: date | None, today: date) -> bool:
    """Whether an expense would give something on another day, or with a known establishment."""
    expense = line.expense
    left = expense.eligible - expense.reimbursed - expense.other - expense.deducted
    return left > 0 and (established_on is None or expense.incurred_on > today)


def _left_words(expense: HsaExpense) -> str:
    taken = [
        f"{dollars(amount)} {words}"
        for amount, words in (
            (expense.reimbursed, "taken from the HSA"),
            (expense.other, "paid by others"),
            (expense.deducted, "deducted on a tax return"),
        )
        if amount
    ]
    less = f" less {', '.join(taken)}" if taken else ""
    return f"Eligible {dollars(expense.eligible)}{less}."


def _pool_words(
    kept: list[PoolLine], inside: list[PoolLine], complete: int, established_on: date | None
) -> Iterable[str]:
    if established_on is None:
        yield "Enter the day on which your HSA was established; only care since then counts."
        return
    yield f"Only care since {day_text(established_on)}, when the HSA was established, counts."
    if inside:
        yield f"{complete} of {len(inside)} receipts are complete."
    over = sum(line.over for line in kept)
    if over:
        yield f"{dollars(over)} was taken out too much and is to be paid back, or taxed."
