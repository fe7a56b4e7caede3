"""The budget by accrual: membership fees in the months they pay for, refunds in the month of the expense.

Rulebook 7.2. Everything else belongs to the month of payment. Sums come from SQL; only what moves
between months is read line by line.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.dates import Period, add_months, budget_year_of, first_of
from tracker.dates import budget_year as year_period
from tracker.domain.budget.accrual import Flow, Reconciliation, accrual_parts, reconcile
from tracker.domain.recurring import MONTHS_BETWEEN
from tracker.facts import Basis, MonthSum
from tracker.money import Cents, split_evenly
from tracker.reports.budget import BudgetMonth, BudgetYear, budget_month, budget_year
from tracker.services.bundle import Services
from tracker.storage.queries import budget as budget_query
from tracker.storage.queries import payments as payment_query
from tracker.storage.queries.payment_flows import MovedRefunds, PaidFee, moved_refunds, paid_fees


@dataclass(frozen=True, slots=True)
class Placed:
    """A flow of one budget line. `payment_id` is None where several payments were summed."""

    category_id: int
    flow: Flow
    payment_id: int | None = None
    count: int = 1


def accrual_month(services: Services, month: date) -> BudgetMonth:
    """One month (any day of it) by accrual, with its year. `year.views` has both views."""
    home = services.reports.household()
    year = accrual_year(services, budget_year_of(month, home.budget_start_month))
    return budget_month(year, first_of(month))


def accrual_year(services: Services, year: int) -> BudgetYear:
    """The budget year that begins in a calendar year, its actuals by accrual."""
    connection, home = services.ledger.read(), services.reports.household()
    period = year_period(home.budget_start_month, year)
    moved = placed_flows(paid_fees(connection), moved_refunds(connection, period))
    cash = payment_query.sums_by_month(connection, period, basis=Basis.CASH)
    rest = _without(cash, moved)
    found = budget_year(
        year,
        period,
        home.categories,
        budget_query.lines(connection, period),
        _accrual_sums(rest, moved, period),
        today=services.reports.today,
    )
    return replace(found, views=_both_views(rest, moved, period))


def belonging(connection: sqlite3.Connection, category_id: int, period: Period) -> list[tuple[int, Cents]]:
    """The payments that an actual by accrual adds up, with what of each belongs to the period."""
    fees = paid_fees(connection)
    parts: defaultdict[int, Cents] = defaultdict(int)
    for placed in placed_flows(fees, ()):
        if placed.category_id == category_id and placed.payment_id is not None:
            parts[placed.payment_id] += sum(
                part for month, part in accrual_parts(placed.flow) if month in period
            )
    spread = {fee.payment_id for fee in fees}
    others = [
        payment_id
        for payment_id in payment_query.ids_behind(connection, category_id, period, basis=Basis.EXPENSE)
        if payment_id not in spread
    ]
    for payment in payment_query.many(connection, others):
        assert payment.id is not None
        parts[payment.id] = sum(
            share.amount for share in payment.allocations if share.category_id == category_id
        )
    return [(payment_id, part) for payment_id, part in parts.items() if part]


def placed_flows(fees: Iterable[PaidFee], refunds: Iterable[MovedRefunds]) -> list[Placed]:
    """What moved, with the months it belongs to.

    A refund of a fee takes back its last months first: they are the ones that were not used.
    """
    found: list[Placed] = []
    left: dict[tuple[int, int], list[Cents]] = {}
    for fee in fees:
        months = MONTHS_BETWEEN[fee.frequency]
        begins = fee.due_on or fee.fee_paid_on
        key = fee.fee_id, fee.category_id
        if fee.payment_id == fee.fee_id:
            left[key] = split_evenly(fee.amount, months)
            flow = Flow(
                paid_on=fee.paid_on,
                amount=fee.amount,
                label=fee.label,
                belongs_on=begins,
                months=months,
            )
            found.append(Placed(fee.category_id, flow, fee.payment_id))
            continue
        parts = left.setdefault(key, split_evenly(fee.fee_amount, months))
        for place, part in _taken_back(parts, -fee.amount):
            flow = Flow(
                paid_on=fee.paid_on,
                amount=-part,
                label=f"{fee.label}, refund",
                belongs_on=add_months(first_of(begins), place),
            )
            found.append(Placed(fee.category_id, flow, fee.payment_id))
    for refund in refunds:
        flow = Flow(
            paid_on=refund.arrived,
            amount=refund.amount,
            label=f"Refund, {refund.payee}" if refund.payee else "Refund",
            belongs_on=refund.expense,
        )
        found.append(Placed(refund.category_id, flow, count=refund.count))
    return found


def _taken_back(parts: list[Cents], amount: Cents) -> list[tuple[int, Cents]]:
    """Take an amount off parts, the last first; what is more than all of them goes to the first."""
    taken: defaultdict[int, Cents] = defaultdict(int)
    for place in reversed(range(len(parts))):
        part = min(amount, max(0, parts[place]))
        parts[place] -= part
        amount -= part
        if part:
            taken[place] += part
    if amount:
        taken[0] += amount
    return sorted(taken.items())


def _without(cash: Iterable[MonthSum], moved: Sequence[Placed]) -> list[MonthSum]:
    """The sums by month without what is placed flow by flow."""
    amounts: defaultdict[tuple[int, date], Cents] = defaultdict(int)
    payments: defaultdict[tuple[int, date], set[int]] = defaultdict(set)
    counts: defaultdict[tuple[int, date], int] = defaultdict(int)
    for placed in moved:
        key = placed.category_id, first_of(placed.flow.paid_on)
        amounts[key] += placed.flow.amount
        if placed.payment_id is None:
            counts[key] += placed.count
        else:
            payments[key].add(placed.payment_id)
    rest = []
    for found in cash:
        key = found.category_id, found.month
        count = found.count - counts[key] - len(payments[key])
        if count > 0:
            rest.append(replace(found, actual=found.actual - amounts[key], count=count))
    return rest


def _accrual_sums(rest: Iterable[MonthSum], moved: Iterable[Placed], period: Period) -> list[MonthSum]:
    sums = {(found.category_id, found.month): found for found in rest}
    for placed in moved:
        for month, part in accrual_parts(placed.flow):
            if month not in period:
                continue
            key = placed.category_id, month
            held = sums.get(key) or MonthSum(category_id=key[0], month=month, actual=0, count=0)
            sums[key] = replace(held, actual=held.actual + part, count=held.count + placed.count)
    return list(sums.values())


def _both_views(rest: Iterable[MonthSum], moved: Iterable[Placed], period: Period) -> Reconciliation:
    """Cash and accrual side by side. What is the same in both is one flow a month."""
    same: defaultdict[date, Cents] = defaultdict(int)
    for found in rest:
        same[found.month] += found.actual
    flows = [Flow(paid_on=month, amount=amount) for month, amount in same.items()]
    flows += [placed.flow for placed in moved if _touches(placed.flow, period)]
    return reconcile(flows, period.months())


def _touches(flow: Flow, period: Period) -> bool:
    """Whether a flow differs between the views in the period, or is paid ahead or owed through it."""
    days = (first_of(flow.paid_on), flow.first_month, add_months(flow.first_month, flow.months - 1))
    return min(days) < period.end and max(days) >= period.begin
