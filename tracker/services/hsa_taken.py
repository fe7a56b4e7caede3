"""What was taken out of HSAs: which expenses it paid, what of it is free of tax (rulebook 5.1, 5.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tracker.dates import day_text
from tracker.domain.accounts.expenses import Counted
from tracker.domain.accounts.hsa_distributions import HsaDistribution, is_excepted
from tracker.facts import MoneySource
from tracker.facts.accounts import Pocket
from tracker.money import Cents, dollars
from tracker.storage.queries.hsa_money import HsaMove

NO_DISTRIBUTION = (MoneySource.FEE, MoneySource.EXCESS, MoneySource.ROLLOVER)
"""Money out that is no distribution: the custodian's fee, an excess taken back, a rollover."""

_OTHERS = (Pocket.INSURER, Pocket.SECONDARY, Pocket.FSA, Pocket.HRA)


@dataclass(frozen=True, slots=True, kw_only=True)
class TiedPart:
    """The part of a distribution that paid one expense; `qualified` of it is free of tax."""

    expense_id: int
    label: str
    care_on: date | None
    amount: Cents
    qualified: Cents
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOut:
    """One distribution. `amount` is what stayed out: refunds into the HSA and `put_back` are off it.

    `excepted` lifts the 20 %: the owner was 65 or disabled.
    """

    payment_id: int
    account_id: int
    paid_on: date
    amount: Cents
    payee: str
    parts: tuple[TiedPart, ...] = ()
    put_back: Cents = 0
    excepted: bool = False

    @property
    def tied(self) -> Cents:
        return sum(part.amount for part in self.parts)

    @property
    def qualified(self) -> Cents:
        return min(self.amount, sum(part.qualified for part in self.parts))

    @property
    def taxable(self) -> Cents:
        return self.amount - self.qualified

    @property
    def untied(self) -> Cents:
        """What is tied to no expense yet."""
        return max(0, self.amount - self.tied)

    @property
    def distribution(self) -> HsaDistribution:
        return HsaDistribution(
            paid_on=self.paid_on, amount=self.amount, qualified=self.qualified, excepted=self.excepted
        )


def is_taken(move: HsaMove) -> bool:
    """Whether a movement is a distribution."""
    return not move.into and not move.between and move.amount > 0 and move.source not in NO_DISTRIBUTION


def taken_out(
    moves: Iterable[HsaMove],
    counted: Iterable[Counted],
    *,
    established_on: date | None,
    birth_date: date | None,
    disabled_years: frozenset[int] = frozenset(),
) -> list[TakenOut]:
    """The distributions among movements, oldest first.

    Each expense frees at most what of it counts and nobody else paid or deducted, whichever
    distributions share it: the earliest has the first say. Mistaken distributions that were put back
    come off what was not for care, the latest of that tax year first.
    """
    every = list(moves)
    known = {item.expense.id: item for item in counted}
    left: dict[int, Cents] = {}
    returned: dict[int, Cents] = {}
    for move in every:
        if not move.into and move.amount < 0 and move.repays_id is not None:
            returned[move.repays_id] = returned.get(move.repays_id, 0) - move.amount
    found = []
    for move in every:
        if not is_taken(move):
            continue
        back = min(move.amount, returned.get(move.payment_id, 0))
        amount = move.amount - back
        parts = []
        for expense_id, tied in move.parts:
            share = min(tied, amount) if expense_id == move.payment_id else tied
            parts.append(_part(expense_id, share, known, left, established_on))
        if amount:
            found.append(
                TakenOut(
                    payment_id=move.payment_id,
                    account_id=move.account_id,
                    paid_on=move.paid_on,
                    amount=amount,
                    payee=move.payee,
                    parts=tuple(parts),
                    excepted=is_excepted(
                        move.paid_on, birth_date, disabled=move.paid_on.year in disabled_years
                    ),
                )
            )
    return _less_put_back(found, every)


def _part(
    expense_id: int,
    amount: Cents,
    known: Mapping[int, Counted],
    left: dict[int, Cents],
    established_on: date | None,
) -> TiedPart:
    item = known.get(expense_id)
    if item is None:
        return TiedPart(
            expense_id=expense_id,
            label="",
            care_on=None,
            amount=amount,
            qualified=0,
            why="This expense is not here any more.",
        )
    expense = item.expense
    others = sum(expense.of(pocket) for pocket in _OTHERS) + expense.deducted
    free = left.setdefault(expense_id, max(0, item.eligible - others))
    why = item.why[0] if item.why else ""
    if established_on is not None and expense.day_of_care < established_on:
        free = 0
        why = f"The care was given before the HSA was established on {day_text(established_on)}."
    qualified = min(amount, free)
    if qualified:
        left[expense_id] = free - qualified
    if 0 < qualified < amount or (not qualified and others and item.eligible):
        why = (
            f"{dollars(qualified)} of it counts here; others paid {dollars(others)} of this expense. {why}"
        )
    return TiedPart(
        expense_id=expense_id,
        label=expense.label,
        care_on=expense.day_of_care,
        amount=amount,
        qualified=qualified,
        why=why,
    )


def _less_put_back(found: list[TakenOut], moves: Iterable[HsaMove]) -> list[TakenOut]:
    back: dict[int, Cents] = {}
    for move in moves:
        if move.into and move.source is MoneySource.REPAID:
            back[move.tax_year] = back.get(move.tax_year, 0) + move.amount
    kept: list[TakenOut] = []
    for item in reversed(found):
        year = item.paid_on.year
        off = min(back.get(year, 0), item.taxable)
        if off:
            back[year] -= off
        if item.amount > off:
            kept.append(replace(item, amount=item.amount - off, put_back=off) if off else item)
    return list(reversed(kept))
