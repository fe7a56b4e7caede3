"""Dollars of an expense that two pockets claim: what is wrong, and what to change (rulebook 5.5).

Money that comes back for care an HSA, FSA or HRA paid, and does not go back into that account, leaves
it with too much paid out. For an HSA that is a mistaken distribution: put back, or taxed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tracker.dates import day_text
from tracker.domain.accounts.allocation import Clash
from tracker.facts.accounts import Pocket
from tracker.facts.expenses import PAID_FROM, Expense, MoneyBack
from tracker.money import Cents, dollars

SOURCE = "IRS Notice 2004-50, questions 37 and 76"
"""Mistaken distributions: until when they are put back, and that a custodian need not take them."""

_HSA = (
    "The HSA paid {amount} too much. Put it back as a mistaken distribution until April 15 of the year "
    f"after you learned of it ({SOURCE}). Else it counts as income, with 20% more before age 65."
)
_NAMES = {Pocket.FSA: "FSA", Pocket.HRA: "HRA"}
_ADMINISTRATOR = "Ask the administrator of the {name} how to give {amount} back."
_DEDUCTED = "Lower what you deducted of it, or count what came back as income of the year in which it came."
_REFUNDS = "Check the refunds that are tied to this payment."


@dataclass(frozen=True, slots=True, kw_only=True)
class Twice:
    """`amount` of an expense was paid by `pocket` and by somebody else.

    `account_id` is the account behind the pocket, where there is one, and `year` the calendar year in
    which it paid. `is_mistaken` for HSA money that may be put back.
    """

    expense_id: int
    label: str
    pocket: Pocket
    account_id: int | None
    year: int
    amount: Cents
    why: str

    @property
    def is_mistaken(self) -> bool:
        return self.pocket is Pocket.HSA

    @property
    def todo(self) -> str:
        """What to change."""
        if self.is_mistaken:
            return _HSA.format(amount=dollars(self.amount))
        if self.pocket in _NAMES:
            return _ADMINISTRATOR.format(name=_NAMES[self.pocket], amount=dollars(self.amount))
        return _DEDUCTED if self.pocket is Pocket.DEDUCTION else _REFUNDS


def claimed_twice(expense: Expense, clashes: Iterable[Clash] = ()) -> tuple[Twice, ...]:
    """What of an expense counts twice: parts that did not fit, and money back for what an account paid."""
    found = [_of_clash(expense, clash) for clash in clashes]
    if (direct := _paid_directly(expense)) is not None:
        found.append(direct)
    return tuple(found)


def less_put_back(found: Iterable[Twice], put_back: Mapping[int, Cents]) -> list[Twice]:
    """Without the mistaken distributions that were put back, by the year they were taken out in."""
    left = dict(put_back)
    kept: list[Twice] = []
    for item in found:
        off = min(item.amount, left.get(item.year, 0)) if item.is_mistaken else 0
        if off:
            left[item.year] -= off
        if item.amount > off:
            kept.append(replace(item, amount=item.amount - off) if off else item)
    return kept


def label_of(expense: Expense) -> str:
    """`Meridian Labs, Blood count`."""
    return expense.label or "An expense"


def _paid_directly(expense: Expense) -> Twice | None:
    """What came back elsewhere for care that an untaxed account paid itself."""
    pocket = PAID_FROM.get(expense.account_kind) if expense.account_kind else None
    if pocket is None:
        return None
    elsewhere = [item for item in expense.back if not _went_back(item, expense)]
    amount = min(expense.amount, sum(item.amount for item in elsewhere))
    if amount <= 0:
        return None
    whence = ", ".join(
        f"{dollars(item.amount)} from {item.source or 'somebody'} on {day_text(item.on)}"
        for item in elsewhere
    )
    why = (
        f"{expense.account} paid {dollars(expense.amount)} on {day_text(expense.paid_on)}, and this came "
        f"back without going into it: {whence}. Where it did go into it, say so in that refund."
    )
    return Twice(
        expense_id=expense.id,
        label=label_of(expense),
        pocket=pocket,
        account_id=expense.account_id,
        year=expense.paid_on.year,
        amount=amount,
        why=why,
    )


def _went_back(item: MoneyBack, expense: Expense) -> bool:
    return item.account_id is None and item.into_id is not None and item.into_id == expense.account_id


def _of_clash(expense: Expense, clash: Clash) -> Twice:
    pocket = clash.part.pocket
    behind = [item for item in expense.back if item.pocket is pocket and item.account_id is not None]
    on: date = clash.part.on or (behind[-1].on if behind else expense.paid_on)
    return Twice(
        expense_id=expense.id,
        label=label_of(expense),
        pocket=pocket,
        account_id=behind[-1].account_id if behind else None,
        year=on.year,
        amount=clash.amount,
        why=clash.why,
    )
