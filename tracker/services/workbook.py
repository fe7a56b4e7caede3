"""The Excel workbook: a budget year written out, and edited estimates read back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from tracker.changes import Changes
from tracker.dates import Period, add_months, budget_year_of, month_text
from tracker.dates import budget_year as year_period
from tracker.errors import UserProblem
from tracker.exports.xlsx_budget import write_budget
from tracker.exports.xlsx_facts import WorkbookFacts, deductible_runs
from tracker.facts import BudgetLine
from tracker.imports.budget_workbook import EstimateDifference as EstimateDifference
from tracker.imports.budget_workbook import EstimateDifferences as EstimateDifferences
from tracker.imports.budget_workbook import missing_months, read_budget_workbook
from tracker.imports.problems import ImportProblem as ImportProblem
from tracker.money import Cents
from tracker.services.bundle import Services
from tracker.services.plan_years import read_plan_year
from tracker.storage.queries import claims as claim_query
from tracker.storage.queries.payment_parts import parts
from tracker.wording import count_of


def export_budget(
    services: Services, year: int, path: Path, *, progress: Callable[[int, int], object] | None = None
) -> Path:
    """Write the workbook of the budget year that begins in a calendar year; gives the path.

    A file of that name is replaced once the new one is complete. `progress` is told (done, total)
    and may raise Cancelled; then, and with any WorldProblem, nothing is left behind.
    """
    write_budget(workbook_facts(services, year), path, progress)
    return path


def workbook_facts(services: Services, year: int) -> WorkbookFacts:
    """Everything the workbook of a budget year shows."""
    connection = services.ledger.read()
    home = services.reports.household()
    budget = services.reports.budget_year(year)
    period, today = budget.period, services.ledger.today()
    plans = [plan for plan in home.plans if plan.begins_on < period.end and plan.ends_on >= period.begin]
    return WorkbookFacts(
        budget=budget,
        payments=list(parts(connection, period)),
        deductibles=[
            run
            for plan in sorted(plans, key=lambda plan: plan.begins_on)
            for run in deductible_runs(
                home,
                read_plan_year(connection, plan, home.plans, on=min(today, plan.ends_on), today=today),
                claim_query.lines(connection, plan.period),
                today=today,
            )
        ],
        ledger_mark=ledger_mark(services),
    )


def ledger_mark(services: Services) -> str:
    """Tells ledgers apart by the first entry of their history, which is never erased."""
    first = (
        services.ledger.read()
        .execute("SELECT at, words FROM change_history ORDER BY id LIMIT 1")
        .fetchone()
    )
    return hashlib.sha256(repr(first).encode()).hexdigest()[:12] if first else ""


def read_estimates(services: Services, path: Path) -> EstimateDifferences:
    """How the estimates in a workbook differ from the ledger's. Changes nothing.

    Raises UserProblem where the file is no budget workbook, WorldProblem where it cannot be read.
    """
    categories = services.budget.categories()
    read = read_budget_workbook(path, categories, ledger_mark(services))
    months = [one.month for one in read.months]
    held = _estimates(services, months)
    names = {category.id: category.name for category in categories}
    order = {category.id: place for place, category in enumerate(categories)}
    differences = [
        EstimateDifference(category_id, names[category_id], one.month, now, then)
        for one in read.months
        for category_id, then in sorted(one.estimates.items(), key=lambda pair: order[pair[0]])
        if (now := held.get((category_id, one.month))) != then
    ]
    problems = [*_missing(services, months), *read.problems]
    return EstimateDifferences(tuple(differences), tuple(problems))


def take_estimates(services: Services, differences: Iterable[EstimateDifference]) -> Changes:
    """Set the estimates to what the workbook says, as one change that can be undone.

    Raises UserProblem where the ledger changed since the workbook was compared with it.
    """
    taken = list(differences)
    if not taken:
        raise UserProblem(
            "There is nothing to take from the workbook.", "Its estimates are those of the ledger."
        )
    held = _estimates(services, [one.month for one in taken])
    known = {category.id for category in services.budget.categories()}
    if any(
        one.category_id not in known or held.get((one.category_id, one.month)) != one.now for one in taken
    ):
        raise UserProblem("The budget changed since the workbook was read.", "Read the workbook again.")
    count = len(taken)
    return services.budget.apply(
        [
            BudgetLine(category_id=one.category_id, month=one.month, estimate=one.then)
            for one in taken
            if one.then is not None
        ],
        without=[(one.category_id, one.month) for one in taken if one.then is None],
        words_=f"Take {count_of(count, 'estimate')} from a workbook",
    )


def _estimates(services: Services, months: Iterable[date]) -> dict[tuple[int, date], Cents]:
    listed = list(months)
    span = Period(min(listed), add_months(max(listed), 1))
    return {(line.category_id, line.month): line.estimate for line in services.budget.lines(span)}


def _missing(services: Services, months: list[date]) -> list[ImportProblem]:
    """Says which months the workbook lacks of the budget years it has months of."""
    start = services.reports.household().budget_start_month
    years = sorted({budget_year_of(month, start) for month in months})
    lacking = [
        month for year in years for month in missing_months(months, year_period(start, year).months())
    ]
    if not lacking:
        return []
    named = [month_text(month) for month in lacking]
    listed = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    verb = "is" if len(named) == 1 else "are"
    return [ImportProblem("Workbook", f"{listed} {verb} missing; the other months were read.")]
