"""What the Budget page reads of a month: its figures by cash or by accrual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.dates import FIRST_YEAR, LAST_YEAR, Period
from tracker.facts import Basis
from tracker.reports.budget import BudgetMonth
from tracker.services.bundle import Services

_EVER = Period(date(FIRST_YEAR, 1, 1), date(LAST_YEAR + 1, 1, 1))


@dataclass(frozen=True, slots=True)
class BudgetRead:
    """A month with its year. `planned` is false while the ledger has no estimate at all."""

    shown: BudgetMonth
    planned: bool


def read_month(services: Services, month: date, basis: Basis | None) -> BudgetRead:
    """Read a month with its year, by cash (`basis` says where refunds count) or, with None, by accrual."""
    if basis is None:
        from tracker.services.accrual import accrual_month

        shown = accrual_month(services, month)
    else:
        shown = services.reports.budget_month(month, basis=basis)
    planned = shown.year.total.estimated is not None or bool(services.budget.lines(_EVER))
    return BudgetRead(shown, planned)
