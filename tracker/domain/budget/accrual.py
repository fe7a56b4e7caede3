"""The accrual view: every cost in the months it pays for, reconciled with the cash view (7.2, DESIGN 2).

A yearly retainer counts by twelfths, a reimbursement in the month of the expense it repays. What cash
and accrual differ by in a month changes what is paid ahead; over a year whose costs all lie within
it, the differences add to zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.dates import add_months, first_of, month_text
from tracker.errors import UserProblem
from tracker.money import Cents, dollars, split_evenly


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Money that moved. Positive went out; what came back is negative.

    `belongs_on` is the day of care, the first day a fee pays for, or the day of the expense that is
    repaid; None where that is the day of payment. `months` is how many months it pays for.
    """

    paid_on: date
    amount: Cents
    label: str = ""
    belongs_on: date | None = None
    months: int = 1

    @property
    def first_month(self) -> date:
        return first_of(self.belongs_on or self.paid_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccrualMonth:
    """One month in both views. `line` = cash - accrual; `paid_ahead` is its sum so far, with opening.

    A negative `paid_ahead` is owed: care was given that is not paid yet.
    """

    month: date
    cash: Cents
    accrual: Cents
    paid_ahead: Cents
    why: tuple[str, ...] = ()

    @property
    def line(self) -> Cents:
        """What reconciles the two views in this month."""
        return self.cash - self.accrual


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """A span of months in both views. cash - accrual = closing - opening, always."""

    months: tuple[AccrualMonth, ...]
    opening: Cents
    closing: Cents
    why: tuple[str, ...]

    @property
    def cash(self) -> Cents:
        return sum(row.cash for row in self.months)

    @property
    def accrual(self) -> Cents:
        return sum(row.accrual for row in self.months)


def accrual_parts(flow: Flow) -> list[tuple[date, Cents]]:
    """A flow by month: equal parts that add to it, the odd cents in the earliest (rulebook 7.2, E03).

    Raises UserProblem for a flow that pays for no month.
    """
    if flow.months < 1:
        raise UserProblem("A payment pays for one month or more.", "Check the months.", field="months")
    parts = split_evenly(flow.amount, flow.months)
    return [(add_months(flow.first_month, place), part) for place, part in enumerate(parts)]


def accrued(flows: Iterable[Flow]) -> dict[date, Cents]:
    """What belongs to each month, for the months that have something."""
    sums: defaultdict[date, Cents] = defaultdict(int)
    for flow in flows:
        for month, part in accrual_parts(flow):
            sums[month] += part
    return dict(sums)


def reconcile(flows: Sequence[Flow], months: Sequence[date]) -> Reconciliation:
    """Both views of a run of months (first days, in order), and the line between them.

    `flows` may reach beyond the months: what was paid before for months inside, or inside for months
    after, is in opening and closing.
    """
    by_month = accrued(flows)
    begin = months[0]
    opening = sum(flow.amount for flow in flows if flow.paid_on < begin)
    opening -= sum(part for month, part in by_month.items() if month < begin)
    rows, ahead = [], opening
    for month in months:
        cash = sum(flow.amount for flow in flows if first_of(flow.paid_on) == month)
        accrual = by_month.get(month, 0)
        ahead += cash - accrual
        rows.append(
            AccrualMonth(
                month=month, cash=cash, accrual=accrual, paid_ahead=ahead, why=_reasons(flows, month)
            )
        )
    return Reconciliation(
        months=tuple(rows), opening=opening, closing=ahead, why=_words(rows, opening, ahead)
    )


def _reasons(flows: Sequence[Flow], month: date) -> tuple[str, ...]:
    """What makes the two views differ in a month: a sentence per name and month of payment."""
    sums: dict[tuple[str, date], tuple[Cents, Cents]] = {}
    for flow in flows:
        inside = sum(part for found, part in accrual_parts(flow) if found == month)
        paid = flow.amount if first_of(flow.paid_on) == month else 0
        key = flow.label or "Payment", first_of(flow.paid_on)
        held = sums.get(key, (0, 0))
        sums[key] = held[0] + paid, held[1] + inside
    said = []
    for (name, moved), (paid, inside) in sums.items():
        if paid == inside:
            continue
        if paid and inside:
            said.append(f"{name}: {dollars(paid)} moved, {dollars(inside)} belongs to this month.")
        elif paid:
            said.append(f"{name}: {dollars(paid)} moved, all of it for other months.")
        else:
            said.append(f"{name}: {dollars(inside)} belongs here and moved in {month_text(moved)}.")
    return tuple(said)


def _words(rows: Sequence[AccrualMonth], opening: Cents, closing: Cents) -> tuple[str, ...]:
    cash, accrual = sum(row.cash for row in rows), sum(row.accrual for row in rows)
    said = [
        f"By cash {dollars(cash)}, by the months it pays for {dollars(accrual)}: "
        f"the difference is {dollars(cash - accrual)}."
    ]
    said.append(_ahead_words("At the start", opening))
    said.append(_ahead_words("At the end", closing))
    return tuple(said)


def _ahead_words(when: str, ahead: Cents) -> str:
    if not ahead:
        return f"{when} nothing is paid ahead or owed."
    if ahead > 0:
        return f"{when} {dollars(ahead)} is paid ahead for other months."
    return f"{when} {dollars(-ahead)} belongs to months that are over and is not paid."
