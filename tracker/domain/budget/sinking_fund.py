"""Saving up for a bill that is coming, and counting it once (rulebook 7.3).

deposit = split(target - balance, deposits left). A deposit is the month's actual; the bill that is
later paid from the fund is not an actual again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.dates import add_months, day_text, first_of
from tracker.errors import UserProblem
from tracker.money import Cents, dollars, split_evenly


@dataclass(frozen=True, slots=True, kw_only=True)
class FundPlan:
    """Deposits that bring a fund to its target; they add to `missing`."""

    target: Cents
    balance: Cents
    due_on: date | None
    deposits: tuple[tuple[date, Cents], ...]
    missing: Cents
    why: str

    @property
    def monthly(self) -> Cents:
        """The first, and largest, deposit; 0 once the target is reached."""
        return self.deposits[0][1] if self.deposits else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FundCheck:
    """A fund against its own plan. `behind` is above zero where deposits were missed."""

    expected: Cents
    balance: Cents
    behind: Cents
    why: str


class MoveKind(StrEnum):
    """Money around a fund, as the budget sees it."""

    DEPOSIT = "deposit"
    WITHDRAWAL = "withdrawal"
    BILL_FROM_FUND = "bill_from_fund"
    BILL = "bill"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One movement; the amount is zero or more."""

    kind: MoveKind
    amount: Cents
    on: date
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actual:
    """What counts as spent, and what was paid from money that had counted before."""

    counted: Cents
    funded: Cents
    why: tuple[str, ...]


def deposit_days(after: date, due_on: date, day_of_month: int = 1) -> tuple[date, ...]:
    """The monthly deposit days after a day, up to and including the due day."""
    months = (add_months(first_of(after), place) for place in range(_months_between(after, due_on) + 1))
    days = (_day_in(month, day_of_month) for month in months)
    return tuple(day for day in days if after < day <= due_on)


def fund_plan(
    target: Cents, balance: Cents, days: Sequence[date], *, due_on: date | None = None
) -> FundPlan:
    """Equal deposits on the days given; odd cents go to the earliest (rulebook 2.1, rule 6).

    Raises UserProblem where something is missing and no day is left to put it in.
    """
    missing = max(0, target - balance)
    if not missing:
        why = f"The fund holds {dollars(balance)}, which reaches {dollars(target)}."
        return FundPlan(target=target, balance=balance, due_on=due_on, deposits=(), missing=0, why=why)
    if not days:
        raise UserProblem(
            f"{dollars(missing)} is missing and no deposit is left before the due day.",
            "Move the due day, or put the rest in at once.",
            field="due_on",
        )
    parts = split_evenly(missing, len(days))
    count = "1 deposit" if len(days) == 1 else f"{len(days)} deposits"
    by = f" by {day_text(due_on)}" if due_on else ""
    why = (
        f"{dollars(target)} less {dollars(balance)} leaves {dollars(missing)}{by}: "
        f"{count} of {dollars(parts[0])}" + ("." if parts[0] == parts[-1] else " or a cent less.")
    )
    return FundPlan(
        target=target,
        balance=balance,
        due_on=due_on,
        deposits=tuple(zip(days, parts, strict=True)),
        missing=missing,
        why=why,
    )


def fund_check(plan: FundPlan, balance: Cents, today: date) -> FundCheck:
    """Whether a fund is where its plan, made earlier, wanted it by today."""
    expected = plan.balance + sum(amount for day, amount in plan.deposits if day <= today)
    behind = max(0, expected - balance)
    left = [day for day, _ in plan.deposits if day > today]
    if not behind:
        why = f"{dollars(balance)} is there; the plan wanted {dollars(expected)} by today."
    elif left:
        now = split_evenly(max(0, plan.target - balance), len(left))[0]
        why = f"{dollars(behind)} is missing; from now on each deposit has to be {dollars(now)}."
    else:
        why = f"{dollars(behind)} is missing and no deposit is left."
    return FundCheck(expected=expected, balance=balance, behind=behind, why=why)


def actual_of(moves: Iterable[Move]) -> Actual:
    """What a budget line's movements count: deposits and other bills, not bills paid from the fund.

    Money taken back out of the fund, for something else, takes its deposit back.
    """
    counted = funded = 0
    why = []
    for move in moves:
        if move.kind is MoveKind.BILL_FROM_FUND:
            funded += move.amount
            why.append(
                f"{move.label or 'A bill'} of {dollars(move.amount)} was paid from the fund; its deposits "
                "counted when they were made."
            )
        else:
            counted += -move.amount if move.kind is MoveKind.WITHDRAWAL else move.amount
    return Actual(counted=counted, funded=funded, why=tuple(why))


def per_month(amount: Cents, occurrences: int, months: int) -> Cents:
    """An irregular cost as a monthly amount, half up: 380.00 every 24 months is 15.83 (rulebook 7.2)."""
    if months < 1:
        raise UserProblem("A cost returns after one month or more.", "Check the months.", field="months")
    return (2 * amount * occurrences + months) // (2 * months)


def _months_between(first: date, last: date) -> int:
    return max(0, (last.year - first.year) * 12 + last.month - first.month)


def _day_in(month: date, day_of_month: int) -> date:
    """That day of a month, or its last where the month is shorter."""
    last = add_months(month, 1).toordinal() - month.toordinal()
    return month.replace(day=min(day_of_month, last))
