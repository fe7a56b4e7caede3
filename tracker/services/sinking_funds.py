"""Sinking funds as they stand: what each saves for, until when, and whether it will be enough (7.3)."""

from __future__ import annotations

import sqlite3
from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.dates import Period
from tracker.domain.budget.fund_outlook import Deposits, FundOutlook, fund_outlook
from tracker.domain.recurring import LOOK_BACK_DAYS, due_days
from tracker.facts import (
    Account,
    AccountKind,
    AccumulatorKind,
    Category,
    Frequency,
    Household,
    Recurring,
    Role,
)
from tracker.facts.household_budget import FundPlan
from tracker.money import Cents, dollars
from tracker.services.fund_exposure import limits_left
from tracker.services.fund_moves import FundMove, read_moves
from tracker.storage.queries import budget, household, untaxed

_FARTHEST_DAYS = 20 * 366
"""How far ahead a fee's next due is looked for."""


class Purpose(StrEnum):
    """What a sinking fund saves for."""

    FEE = "fee"
    DEDUCTIBLE = "deductible"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class SinkingFund:
    """One sinking fund as of today.

    `target` is the member's own or, without one, the fee's amount or what is left of the deductible;
    None where none is known, and `asks` says what to enter. `deposits` are the recurring ones into it,
    the latest first. `bill_due` is the first due of its fee that is neither paid nor skipped.
    """

    account: Account
    plan: FundPlan
    purpose: Purpose
    fee: Recurring | None
    line: Category | None
    deposits: tuple[Recurring, ...]
    balance: Cents
    target: Cents | None
    target_why: tuple[str, ...]
    due_on: date | None
    outlook: FundOutlook | None
    bill_due: date | None = None
    asks: str = ""

    @property
    def deposit(self) -> Recurring | None:
        return next(iter(self.deposits), None)

    @property
    def short(self) -> Cents:
        """What will be missing on the day, as far as that is known."""
        return self.outlook.short if self.outlook else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a fund would save for: its amount and day as the ledger has them, and why."""

    amount: Cents | None
    due_on: date | None
    why: tuple[str, ...]
    asks: str = ""


def sinking_funds(connection: sqlite3.Connection, home: Household, today: date) -> list[SinkingFund]:
    """The open sinking funds in the order of their accounts; nothing more is read where there is none."""
    accounts = [item for item in home.accounts if item.kind is AccountKind.SINKING and not item.closed]
    if not accounts:
        return []
    plans = untaxed.fund_plans(connection)
    balances = household.balances(connection)
    settled = budget.settled_dues(connection, since=today - timedelta(days=LOOK_BACK_DAYS))
    return [
        _fund(
            connection,
            home,
            item,
            plans.get(item.id or 0) or FundPlan(account_id=item.id or 0),
            balances[item.id or 0],
            settled,
            today,
        )
        for item in accounts
    ]


def saved_for(
    connection: sqlite3.Connection,
    home: Household,
    plan: FundPlan,
    settled: Set[tuple[int, date]],
    today: date,
) -> Saved:
    """The amount and day of what a fund saves for, as the ledger knows them."""
    fee = fee_of(home, plan)
    if fee is not None:
        due = _next_unsettled(fee, plan.due_on or today, settled, today)
        return Saved(amount=fee.amount, due_on=due, why=(f"{fee.label}: {dollars(fee.amount)} each time.",))
    if purpose_of(home, plan) is Purpose.DEDUCTIBLE:
        return _deductible(connection, home, today)
    return Saved(amount=None, due_on=None, why=(), asks="Enter how much it has to hold.")


def purpose_of(home: Household, plan: FundPlan) -> Purpose:
    """A fee or premium by its id; the deductible where the deposits count for its budget line."""
    if fee_of(home, plan) is not None:
        return Purpose.FEE
    line = _line_of(home, plan)
    return Purpose.DEDUCTIBLE if line is not None and line.role is Role.DEDUCTIBLE else Purpose.OTHER


def fee_of(home: Household, plan: FundPlan) -> Recurring | None:
    """The fee or premium a fund saves for; None where it is gone."""
    return next((item for item in home.recurring if item.id == plan.recurring_id), None)


def moves_of(
    connection: sqlite3.Connection, home: Household, fund: SinkingFund, today: date
) -> list[FundMove]:
    """What went into a fund and was paid from it, oldest first."""
    return read_moves(connection, home, fund.account.id or 0, today)


def _fund(
    connection: sqlite3.Connection,
    home: Household,
    account: Account,
    plan: FundPlan,
    balance: Cents,
    settled: Set[tuple[int, date]],
    today: date,
) -> SinkingFund:
    found = saved_for(connection, home, plan, settled, today)
    deposits = tuple(item for item in home.recurring if item.to_account_id == account.id)
    target, why = account.target, found.why
    if target is None:
        target = found.amount
    elif target != found.amount:
        why = (f"Your own target is {dollars(target)}.", *why)
    due_on = _due_on(plan, found, settled, today)
    fee = fee_of(home, plan)
    outlook = None
    asks = "" if target is not None else found.asks
    if target is not None and due_on is None:
        asks = "Enter the day the money is needed."
    if target is not None and due_on is not None:
        coming, missed = _deposits(deposits, settled, due_on, today)
        outlook = fund_outlook(target, balance, due_on, coming=coming, missed=missed, today=today)
    return SinkingFund(
        account=account,
        plan=plan,
        purpose=purpose_of(home, plan),
        fee=fee,
        bill_due=_next_unsettled(fee, date.min, settled, today) if fee else None,
        line=_line_of(home, plan),
        deposits=tuple(sorted(deposits, key=lambda item: (item.first_due, item.id or 0), reverse=True)),
        balance=balance,
        target=target,
        target_why=why,
        due_on=due_on,
        outlook=outlook,
        asks=asks,
    )


def _deductible(connection: sqlite3.Connection, home: Household, today: date) -> Saved:
    parts = limits_left(connection, home, AccumulatorKind.DEDUCTIBLE, today)
    stated = [item for item in parts if not item.unlimited]
    if not stated:
        return Saved(
            amount=None, due_on=None, why=(), asks="Enter your plan and its deductible on Coverage."
        )
    last = min(item.year.period.last_day for item in stated)
    why = [sentence for item in stated for sentence in item.why]
    left = sum(item.remaining for item in stated)
    return Saved(amount=left, due_on=last, why=(*why, f"{dollars(left)} is left to pay."))


def _due_on(plan: FundPlan, found: Saved, settled: Set[tuple[int, date]], today: date) -> date | None:
    """The member's day; once it has passed and the fee of it is paid, the fee's next one."""
    if plan.due_on is None:
        return found.due_on
    over = (plan.recurring_id, plan.due_on) in settled
    if (over or plan.due_on < today) and found.due_on is not None and found.due_on > plan.due_on:
        return found.due_on
    return plan.due_on


def _next_unsettled(
    fee: Recurring, after: date, settled: Set[tuple[int, date]], today: date
) -> date | None:
    """The first due of a fee, from a day on, that is neither paid nor skipped."""
    begin = max(after, today - timedelta(days=LOOK_BACK_DAYS))
    ahead = due_days(fee, Period(begin, max(begin, today) + timedelta(days=_FARTHEST_DAYS)))
    since = fee.propose_from or date.min  # what was due before is history the member did not enter
    return next((day for day in ahead if day >= since and (fee.id, day) not in settled), None)


def _deposits(
    items: tuple[Recurring, ...], settled: Set[tuple[int, date]], due_on: date, today: date
) -> tuple[Deposits, Deposits]:
    """Deposits neither made nor skipped: those of today until a day, and those of before today."""
    coming: list[tuple[date, Cents]] = []
    missed: list[tuple[date, Cents]] = []
    begin = today - timedelta(days=LOOK_BACK_DAYS)
    for item in items:
        for day in due_days(item, Period(begin, max(due_on, today) + timedelta(days=1))):
            if (item.id, day) in settled or (item.propose_from is not None and day < item.propose_from):
                continue
            (missed if day < today else coming).append((day, item.amount))
    return tuple(sorted(coming)), tuple(sorted(missed))


def _line_of(home: Household, plan: FundPlan) -> Category | None:
    return next((item for item in home.categories if item.id == plan.category_id), None)


# what a form offers -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """Something a fund can save for. `fee` None with `saved` of the deductible, or of nothing known."""

    purpose: Purpose
    label: str
    saved: Saved
    fee: Recurring | None = None
    line_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SinkingChoices:
    """What a form offers: aims, budget lines, and accounts money can come from."""

    aims: tuple[Aim, ...]
    lines: tuple[Category, ...]
    accounts: tuple[Account, ...]
    today: date


def sinking_choices(
    connection: sqlite3.Connection, home: Household, today: date, held: SinkingFund | None = None
) -> SinkingChoices:
    """What can be saved for today: payments still to come, and the deductible; the likeliest first."""
    settled = budget.settled_dues(connection, since=today - timedelta(days=LOOK_BACK_DAYS))
    kept = held.plan.recurring_id if held else None
    aims = []
    for fee in home.recurring:
        over = fee.last_due is not None and fee.last_due < today
        if fee.to_account_id is not None or (over and fee.id != kept):
            continue
        plan = FundPlan(account_id=0, recurring_id=fee.id)
        saved = saved_for(connection, home, plan, settled, today)
        if saved.due_on is not None or fee.id == kept:
            aims.append(
                Aim(purpose=Purpose.FEE, label=fee.label, saved=saved, fee=fee, line_id=fee.category_id)
            )
    line = next((item for item in home.categories if item.role is Role.DEDUCTIBLE), None)
    if line is not None:
        saved = _deductible(connection, home, today)
        aims.append(Aim(purpose=Purpose.DEDUCTIBLE, label="The deductible", saved=saved, line_id=line.id))
    aims.sort(key=lambda aim: (_rank(aim), aim.label))
    nothing = Saved(amount=None, due_on=None, why=())
    aims.append(Aim(purpose=Purpose.OTHER, label="Something else", saved=nothing))
    own = held.account.id if held else None
    return SinkingChoices(
        aims=tuple(aims),
        lines=tuple(item for item in home.categories if not item.hidden),
        accounts=tuple(item for item in home.accounts if not item.closed and item.id != own),
        today=today,
    )


def _rank(aim: Aim) -> int:
    """Rare fees and premiums first, then the deductible, other rare payments, and monthly ones."""
    if aim.fee is None:
        return 4 if aim.saved.amount is None else 1
    if aim.fee.frequency is Frequency.MONTHLY:
        return 3
    return 0 if aim.fee.membership_id is not None or aim.fee.plan_id is not None else 2
