"""The use-by planner: what an FSA still holds, what will use it, and what is at risk (rulebook 5.2).

Own expenses that were never claimed come first: their care has been given already. Then care that is
planned while it still counts. What remains is at risk, and ideas for it are named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text
from tracker.domain.accounts.fsa import (
    AfterYear,
    FsaClaim,
    FsaKind,
    FsaYear,
    carry_over_cap,
    refusal,
    standing,
)
from tracker.domain.coverage.limits import Limits
from tracker.money import Cents, dollars

GENERAL_IDEAS = (
    "Glasses, contact lenses and an eye exam",
    "Dental work that is due",
    "Prescriptions that may be refilled before the last day",
    "Over-the-counter medicines and first aid supplies",
    "Hearing aid batteries, braces and other equipment",
    "Vaccines, lab work and visits your doctor has ordered",
)
LIMITED_IDEAS = ("Glasses, contact lenses and an eye exam", "Dental work that is due")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnExpense:
    """An expense of the member's own that the FSA may pay: unclaimed, or still to come on `on`.

    `expense_id` is the payment that bore it, None for care still to come.
    """

    label: str
    on: date
    amount: Cents
    expense_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One expense the FSA can pay, with the part of it that still fits and the last day to act."""

    expense: OwnExpense
    amount: Cents
    by: date
    planned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UseByPlan:
    """What is left, what can use it, and what is lost if nothing else happens.

    `balance` = unclaimed + planned + carried over + `at_risk`.
    """

    balance: Cents
    unclaimed: Cents
    planned: Cents
    carried_over: Cents
    at_risk: Cents
    spend_by: date
    file_by: date
    days_left: int
    uses: tuple[Use, ...]
    ideas: tuple[str, ...]
    why: tuple[str, ...]


def use_by_plan(
    fsa: FsaYear,
    claims: Iterable[FsaClaim],
    *,
    unclaimed: Iterable[OwnExpense] = (),
    planned: Iterable[OwnExpense] = (),
    limits: Limits,
    today: date,
) -> UseByPlan:
    """Plan the rest of an FSA's year as of today.

    `unclaimed` are own expenses nobody has paid back; `planned` is care still to come. Each is taken
    while money is left, earliest first. Raises UserProblem where a carry-over cap is not known.
    """
    balance = left = standing(fsa, claims).available
    uses: list[Use] = []
    for expenses, coming in ((unclaimed, False), (planned, True)):
        for expense in sorted(expenses, key=lambda item: (item.on, item.label)):
            day = max(today, expense.on) if coming else today
            claim = FsaClaim(incurred_on=expense.on, asked=expense.amount, filed_on=today)
            if left > 0 and expense.amount > 0 and not refusal(fsa, claim, day):
                amount = min(left, expense.amount)
                by = fsa.spend_by if coming else fsa.file_by
                uses.append(Use(expense=expense, amount=amount, by=by, planned=coming))
                left -= amount
    ready = sum(use.amount for use in uses if not use.planned)
    coming_up = sum(use.amount for use in uses if use.planned)
    over = min(left, carry_over_cap(fsa, limits)) if left and fsa.after is AfterYear.CARRY_OVER else 0
    at_risk = left - over
    days = (fsa.spend_by - today).days
    return UseByPlan(
        balance=balance,
        unclaimed=ready,
        planned=coming_up,
        carried_over=over,
        at_risk=at_risk,
        spend_by=fsa.spend_by,
        file_by=fsa.file_by,
        days_left=max(0, days),
        uses=tuple(uses),
        ideas=_ideas(fsa) if at_risk and days >= 0 else (),
        why=tuple(_sentences(fsa, balance, ready, coming_up, over, at_risk, days)),
    )


def _ideas(fsa: FsaYear) -> tuple[str, ...]:
    return LIMITED_IDEAS if fsa.kind is FsaKind.LIMITED else GENERAL_IDEAS


def _sentences(
    fsa: FsaYear, balance: Cents, ready: Cents, planned: Cents, over: Cents, at_risk: Cents, days: int
) -> Iterable[str]:
    spend, file = day_text(fsa.spend_by), day_text(fsa.file_by)
    if days >= 0:
        yield f"{dollars(balance)} is left for care until {spend}, {days} days from today."
    else:
        yield f"{dollars(balance)} is left; care counted until {spend}, claims can be filed until {file}."
    if ready:
        yield f"You can claim {dollars(ready)} you have already spent; file it by {file}."
    if planned:
        yield f"Planned care uses {dollars(planned)}."
    if over:
        yield f"{dollars(over)} may be carried over to the next plan year."
    yield f"{dollars(at_risk)} is lost unless you use it." if at_risk else "Nothing is at risk."
