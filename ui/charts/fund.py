"""From a fund's facts to its chart, sentence and table: one way for every page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.dates import Period, day_text, month_text
from tracker.domain.accounts.contingency import FundStanding, balance_line
from tracker.money import Cents, dollars
from ui.charts.balance import BalanceChart
from ui.charts.steps import Limit, Projection, Step

Movements = Sequence[tuple[date, Cents]]
"""Days with the net change of the fund, or with an amount from that day on."""


def fund_chart(
    fund: FundStanding,
    movements: Movements,
    *,
    year: Period,
    today: date,
    could_come: Movements = (),
) -> BalanceChart:
    """The balance through a year, the target as a line, and the dashed way to it.

    `could_come` is the exposure, what could still come, from each of some days on: a second line.
    """
    line = _line(fund, movements, year, today)
    changes = dict(movements)
    steps = tuple(
        Step(day, balance, f"{day_text(day, year=False)}: {_moved(changes[day])}, {dollars(balance)}")
        for day, balance in line[1:]
        if day in changes
    )
    target = fund.account.target
    ahead = None
    if target and fund.reached_on and fund.balance < target:
        reached = max(fund.reached_on, today)
        ahead = Projection(((today, fund.balance), (reached, target)), f"reached in {month_text(reached)}")
    return BalanceChart(
        period=year,
        balances=steps,
        target=Limit(f"Target {dollars(target, whole=True)}", target) if target else None,
        today=today,
        projection=ahead,
        balance_label=dollars(fund.balance, whole=True),
        start_cents=line[0][1],
        second=tuple(Step(day, amount, _could_words(day, amount)) for day, amount in could_come),
        second_label=f"could come {dollars(could_come[-1][1], whole=True)}" if could_come else "",
        second_start_cents=could_come[0][1] if could_come else 0,
    )


def summary(fund: FundStanding, today: date, could_come: Movements = ()) -> str:
    """The chart in one or two sentences, for screen readers."""
    said = f"{fund.account.name}: {dollars(fund.balance)} on {day_text(today)}. {reached_words(fund)}"
    return f"{said} {dollars(could_come[-1][1])} could still come." if could_come else said


def as_table(
    fund: FundStanding, movements: Movements, *, year: Period, today: date, could_come: Movements = ()
) -> tuple[list[str], list[list[str]]]:
    """The same facts as text: the balance at the beginning and after every day it changed.

    With `could_come` there is a row for each day on which either amount changed.
    """
    if could_come:
        return _both_as_table(fund, movements, could_come, year, today)
    changes = dict(movements)
    rows = [
        [day_text(day), _moved(changes[day]) if place and day in changes else "", dollars(balance)]
        for place, (day, balance) in enumerate(_line(fund, movements, year, today))
        if not place or day in changes
    ]
    return ["Day", "Moved", "Balance"], rows


def _both_as_table(
    fund: FundStanding, movements: Movements, could_come: Movements, year: Period, today: date
) -> tuple[list[str], list[list[str]]]:
    held, exposed = dict(_line(fund, movements, year, today)), dict(could_come)
    rows, balance, left = [], 0, 0
    for day in sorted(held.keys() | exposed.keys()):
        balance, left = held.get(day, balance), exposed.get(day, left)
        rows.append([day_text(day), dollars(balance), dollars(left)])
    return ["Day", "Fund holds", "Could still come"], rows


def _could_words(day: date, amount: Cents) -> str:
    return f"{day_text(day, year=False)}: {dollars(amount)} could still come"


def reached_words(fund: FundStanding) -> str:
    """When the target is reached, in a sentence or two."""
    if fund.account.target is None:
        return "Give it a target to see when it is reached."
    if not fund.missing:
        return "The target is reached."
    to_go = f"{dollars(fund.missing, whole=True)} to go."
    if not fund.monthly:
        return f"{to_go} Nothing goes in every month yet."
    monthly = dollars(fund.monthly, whole=True)
    if fund.reached_on is None:
        return f"{to_go} At {monthly} a month that takes more than fifty years."
    return f"{to_go} {monthly} a month reaches the target in {month_text(fund.reached_on)}."


def _line(fund: FundStanding, movements: Movements, year: Period, today: date) -> list[tuple[date, Cents]]:
    return balance_line(fund.account.opening, movements, begin=year.begin, today=today)


def _moved(change: Cents) -> str:
    return f"{dollars(change)} in" if change >= 0 else f"{dollars(-change)} out"
