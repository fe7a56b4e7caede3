"""The contingency fund: what it holds, what goes in, and when the target is reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.dates import add_months, first_of
from tracker.domain.recurring import MONTHS_BETWEEN
from tracker.facts import Account, Frequency, Recurring
from tracker.money import Cents

MOST_MONTHS = 600
"""A target further away than fifty years is shown as not reached."""


@dataclass(frozen=True, slots=True)
class FundStanding:
    """A fund today. `reached_on` is the month the target is reached at `monthly`, if it ever is."""

    account: Account
    balance: Cents
    monthly: Cents
    reached_on: date | None

    @property
    def missing(self) -> Cents | None:
        """What is still to be put in; 0 once the target is reached, None without a target."""
        return None if self.account.target is None else max(0, self.account.target - self.balance)


def fund_standing(
    account: Account,
    balance: Cents,
    *,
    deposits: Sequence[Recurring],
    estimate: Cents | None,
    added_this_month: Cents = 0,
    today: date,
) -> FundStanding:
    """Where a fund stands. The monthly contribution is what recurring deposits put in, else the
    month's budget estimate; this month's is counted once, whether or not it has been made.
    """
    monthly = monthly_deposit(deposits, today) or (estimate or 0)
    reached_on = None
    if account.target is not None and balance < account.target and monthly > 0:
        still_this_month = max(0, monthly - added_this_month)
        left = account.target - balance - still_this_month
        months = 0 if left <= 0 else -(-left // monthly)
        if months <= MOST_MONTHS:
            reached_on = add_months(first_of(today), months)
    return FundStanding(account, balance, monthly, reached_on)


def monthly_deposit(deposits: Sequence[Recurring], today: date) -> Cents:
    """What deposits still running put into a fund per month, on average."""
    running = [item for item in deposits if item.last_due is None or item.last_due >= today]
    return sum(
        item.amount // MONTHS_BETWEEN[item.frequency]
        for item in running
        if item.frequency is not Frequency.ONCE
    )


def balance_line(
    opening: Cents, movements: Sequence[tuple[date, Cents]], *, begin: date, today: date
) -> list[tuple[date, Cents]]:
    """The balance at the end of each day it changed, from `begin` to today, with both ends."""
    balance = opening + sum(change for day, change in movements if day < begin)
    line = [(begin, balance)]
    for day, change in movements:
        if begin <= day <= today:
            balance += change
            line.append((day, balance))
    if line[-1][0] < today:
        line.append((today, balance))
    return line
