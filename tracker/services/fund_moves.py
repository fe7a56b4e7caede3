"""Every movement of a fund: put in, paid from it, taken out, put back; and how each counts (rulebook 7.1).

A deposit is an actual of its budget line; what the fund pays later is not an actual again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tracker.domain.accounts.contingency_targets import Draw
from tracker.facts import AccountKind, Household, Payment
from tracker.money import Cents
from tracker.storage.queries import account_moves, household, payments

FUNDS = frozenset({AccountKind.CONTINGENCY, AccountKind.SINKING})


class FundMoveKind(StrEnum):
    """What a movement is to the fund. MOVED goes from one fund to another."""

    DEPOSIT = "deposit"
    PUT_BACK = "put_back"
    PAID = "paid"
    TAKEN_OUT = "taken_out"
    CAME_BACK = "came_back"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class FundMove:
    """One movement. `change` is above zero for money that came in, in cents.

    `put_back` is the part of it that repays what was drawn. `who` was paid, or is the other account;
    `lines` are the budget lines it names, and `counts` says whether the budget counts it under them.
    """

    payment_id: int
    on: date
    kind: FundMoveKind
    change: Cents
    put_back: Cents = 0
    who: str = ""
    note: str = ""
    lines: tuple[str, ...] = ()
    counts: bool = False


def read_moves(
    connection: sqlite3.Connection, home: Household, account_id: int, until: date
) -> list[FundMove]:
    """The movements of a fund up to a day, oldest first.

    What is put in beside the recurring deposits puts back what was drawn, as far as that goes.
    """
    found = account_moves.moves_between(connection, account_id, None, until)
    whole = payments.many(connection, [item.payment_id for item in found])
    names = household.provider_names(connection, {item.provider_id for item in whole})
    paid_back = _expense_names(connection, whole)
    moves: list[FundMove] = []
    owed = 0
    for payment in whole:
        move = _move(home, payment, account_id, names, paid_back)
        drawn = -move.change if move.kind in _DRAWS else 0
        if move.kind is FundMoveKind.CAME_BACK or (
            move.kind is FundMoveKind.DEPOSIT and payment.recurring_id is None
        ):
            back = min(owed, move.change)
            kind = FundMoveKind.PUT_BACK if back and move.kind is FundMoveKind.DEPOSIT else move.kind
            move = replace(move, kind=kind, put_back=back)
            owed -= back
        owed += drawn
        moves.append(move)
    return moves


def draws_of(moves: Iterable[FundMove]) -> list[Draw]:
    """What was drawn from a fund, and what came back for it."""
    found = []
    for move in moves:
        if move.kind in _DRAWS:
            found.append(Draw(on=move.on, amount=-move.change, label=move.who))
        elif move.put_back:
            found.append(Draw(on=move.on, amount=move.put_back, repays=True))
    return found


_DRAWS = frozenset({FundMoveKind.PAID, FundMoveKind.TAKEN_OUT})


def _move(
    home: Household,
    payment: Payment,
    account_id: int,
    names: dict[int, str],
    paid_back: dict[int, str],
) -> FundMove:
    accounts = {item.id: item for item in home.accounts}
    lines = {item.id: item.name for item in home.categories}
    comes_in = payment.to_account_id == account_id
    other = accounts.get(payment.account_id if comes_in else payment.to_account_id)
    between_funds = other is not None and other.kind in FUNDS
    if between_funds:
        kind = FundMoveKind.MOVED
    elif comes_in:
        kind = FundMoveKind.DEPOSIT
    elif payment.to_account_id is not None:
        kind = FundMoveKind.TAKEN_OUT
    else:
        kind = FundMoveKind.PAID if payment.amount > 0 else FundMoveKind.CAME_BACK
    who = names.get(payment.provider_id or 0, "") or (other.name if other else "")
    said = ", ".join(dict.fromkeys(paid_back.get(item.expense_id, "") for item in payment.repaid))
    return FundMove(
        payment_id=payment.id or 0,
        on=payment.paid_on,
        kind=kind,
        change=payment.amount if comes_in else -payment.amount,
        who=said or who,
        note=payment.note,
        lines=tuple(lines.get(item.category_id, "") for item in payment.allocations),
        counts=bool(payment.allocations) and comes_in and not between_funds,
    )


def _expense_names(connection: sqlite3.Connection, found: Sequence[Payment]) -> dict[int, str]:
    """Who was paid by the expenses that movements pay back, by the expense's id."""
    wanted = [item.expense_id for payment in found for item in payment.repaid]
    return {line.id: line.payee for line in payments.lines(connection, wanted)} if wanted else {}
