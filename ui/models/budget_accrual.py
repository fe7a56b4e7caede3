"""The accrual view in words: how it counts, and why it differs from cash (rulebook 7.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.dates import month_text
from tracker.domain.budget.accrual import AccrualMonth, Reconciliation
from tracker.money import Cents, dollars
from tracker.reports.budget import BudgetYear
from ui.models.budget_rows import year_name

Part = tuple[str, Sequence[str]]
"""A heading and its sentences."""

CASH_VIEW = "cash view"
ACCRUAL_VIEW = "accrual view: fees in the months they pay for"
RULES = (
    "By accrual a membership fee counts in the months it pays for: an annual fee by twelfths from the day "
    "it is due, a quarterly one by thirds.",
    "Money that came back counts in the month of the expense it repays. Of a membership fee it takes off "
    "the last months first.",
    "Everything else counts in the month it was paid, in both views. So does a membership payment that is "
    "not tied to a fee of the schedule.",
    "By cash everything counts on its day of payment, what came back on the day it came.",
)


def month_why(year: BudgetYear, month: date) -> list[Part]:
    """Why the two views of a month differ, and what is paid ahead or owed by its end."""
    views = year.views
    row = next((item for item in views.months if item.month == month), None) if views else None
    if views is None or row is None:
        return []
    name = month_text(month)
    return [
        (
            name,
            [
                f"By accrual {dollars(row.accrual)} belongs to {name}; by cash {dollars(row.cash)} was "
                f"paid in it. {dollars(row.cash)} less {dollars(row.accrual)} is {dollars(row.line)}.",
                *(row.why or ("Nothing in this month differs between the two views.",)),
            ],
        ),
        (
            "Paid ahead so far",
            [_ahead(f"At the start of {year_name(year)}", views.opening), _running(views, row)],
        ),
        ("How it is counted", RULES),
    ]


def year_why(year: BudgetYear) -> list[Part]:
    """The same for the whole year, month by month where something differs."""
    views = year.views
    if views is None:
        return []
    months = [(month_text(row.month), row.why) for row in views.months if row.why]
    return [(year_name(year), views.why), *months, ("How it is counted", RULES)]


def _running(views: Reconciliation, row: AccrualMonth) -> str:
    """The opening and the line of every month up to one, added."""
    so_far = [item.line for item in views.months if item.month <= row.month]
    said = _ahead(f"By the end of {month_text(row.month)}", row.paid_ahead)
    moved = sum(so_far)
    return f"{said} That is {dollars(views.opening)} at the start and {dollars(moved)} since."


def _ahead(when: str, amount: Cents) -> str:
    if not amount:
        return f"{when} nothing is paid ahead or owed."
    if amount > 0:
        return f"{when} {dollars(amount)} is paid ahead, or on its way back to you."
    return f"{when} {dollars(-amount)} belongs to months that are over and is not paid."
