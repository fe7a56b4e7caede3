"""`Budget 2026.xlsx`: the sheets together (DESIGN section 8), and the file written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

from tracker.exports.xlsx_book import PROGRAM, Book
from tracker.exports.xlsx_deductible import write_deductible
from tracker.exports.xlsx_facts import WorkbookFacts
from tracker.exports.xlsx_look import money_width
from tracker.exports.xlsx_month import write_month
from tracker.exports.xlsx_payments import write_payments
from tracker.exports.xlsx_year import write_year
from tracker.whole_file import write_whole

Progress = Callable[[int, int], object]
"""Is told (done, total); may raise Cancelled."""


def write_budget(facts: WorkbookFacts, path: Path, progress: Progress | None = None) -> None:
    """Write the workbook to `path`, replacing what is there only when it is complete.

    Raises WorldProblem where the file cannot be written, Cancelled where `progress` does.
    """
    content = budget_book(facts, progress).to_bytes()
    if progress:
        progress(1, 1)  # the last moment to cancel without a trace
    write_whole(path, content)


def budget_book(facts: WorkbookFacts, progress: Progress | None = None) -> Book:
    """The workbook in memory."""
    budget = facts.budget
    total = len(facts.payments) + 16 * _SHEET_STEPS
    done = 0

    def advance(steps: int) -> None:
        nonlocal done
        done += steps
        if progress:
            progress(done, total)

    book = Book()
    advance(0)
    write_year(book, budget)
    advance(_SHEET_STEPS)
    sums = [budget.month_total(month) for month in budget.months]
    width = money_width(
        [figure for one in sums for figure in (one.estimated, one.actual, one.difference)], least=17
    )
    for month in budget.months:
        write_month(book, month, budget.grid[month], width, facts.ledger_mark)
        advance(_SHEET_STEPS)
    so_far = done
    write_payments(
        book,
        facts.payments,
        f"Healthcare payments {budget.year}",
        lambda rows: progress(so_far + rows, total) if progress else None,
    )
    advance(len(facts.payments))
    write_deductible(book, facts, f"Deductible {budget.year}")
    advance(_SHEET_STEPS)
    _describe(book, facts)
    return book


_SHEET_STEPS = 50
"""What one sheet counts for in the progress, in payment rows."""


def _describe(book: Book, facts: WorkbookFacts) -> None:
    properties = book.workbook.properties
    properties.title = f"Budget {facts.budget.year}"
    properties.creator = PROGRAM
    properties.created = datetime.combine(facts.budget.today, time())
    book.workbook.calculation.fullCalcOnLoad = True
    book.workbook.active = 0
