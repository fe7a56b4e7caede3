"""Coverage's tables on paper: what you pay, the insurer's totals, opening balances, network checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.dates import day_text
from tracker.domain.coverage.accumulators import standing
from tracker.domain.coverage.plan_year import PlanYear
from tracker.domain.coverage.stated_gap import as_of
from tracker.facts import Household, StatedTotal
from tracker.money import dollars
from ui.models.check_rows import OLD_DAYS, CheckRow, Unchecked
from ui.models.coverage_words import limit_name, whose_cell
from ui.models.opening_rows import OpeningRow
from ui.models.pay_rows import PayRow
from ui.models.stated_rows import difference_words
from ui.printing.blocks import Block, note, subheading
from ui.printing.table import Cell, Column, Table, row

_UNDER = "\u2003"


def pay_table(title: str, rows: Iterable[PayRow]) -> list[Block]:
    """What each service costs in one network tier."""
    columns = (
        Column("Service", stretch=3),
        Column("You pay", stretch=3, lines=3),
        Column("Deductible", stretch=2),
        Column("Needs", stretch=2),
    )
    lines = tuple(
        row(
            Cell(f"{_UNDER if item.under else ''}{item.name}", below=item.more),
            item.you_pay,
            item.deductible,
            item.needs,
        )
        for item in rows
    )
    return [subheading(title), Table(columns, lines)]


def stated_table(stated: Sequence[StatedTotal], year: PlanYear, home: Household) -> list[Block]:
    """The insurer's totals beside those of the EOBs processed by the same day."""
    limits = {item.name: item for item in year.plan.accumulators}
    columns = (
        Column("As of"),
        Column("Limit", stretch=2),
        Column("Whose", stretch=1),
        Column("Insurer", right=True),
        Column("EOBs here", right=True),
        Column("Insurer counts", right=True),
    )
    lines = []
    for item in stated:
        if (limit := limits.get(item.name)) is None:
            continue
        ours = standing(as_of(year, item.stated_on), limit, item.person_id).used
        lines.append(
            row(
                day_text(item.stated_on),
                limit_name(limit, year.plan),
                whose_cell(home, item.person_id),
                dollars(item.amount),
                dollars(ours),
                difference_words(item.amount - ours),
            )
        )
    return [subheading("What your insurer counts"), Table(columns, tuple(lines))] if lines else []


def opening_table(rows: Sequence[OpeningRow]) -> list[Block]:
    """What was used before the first EOB."""
    columns = (
        Column("Of", stretch=2),
        Column("Whose", stretch=1),
        Column("Used", right=True),
        Column("As of"),
        Column("Note", stretch=2),
    )
    lines = tuple(
        row(item.what, item.whose, item.used, day_text(item.opening.as_of), item.opening.note)
        for item in rows
    )
    return [subheading("Opening balances"), Table(columns, lines)] if lines else []


def check_table(rows: Sequence[CheckRow], never: Sequence[Unchecked]) -> list[Block]:
    """Who was found in the network, and who was never asked about."""
    columns = (
        Column("Provider", stretch=3),
        Column("Location", stretch=2),
        Column("Status"),
        Column("Checked on"),
        Column("Age"),
        Column("Source", stretch=2),
        Column("Reference"),
    )
    lines = tuple(
        row(
            item.provider,
            item.check.location,
            item.stands,
            day_text(item.check.checked_on),
            item.age,
            item.check.source,
            item.check.reference,
        )
        for item in rows
    )
    found: list[Block] = [Table(columns, lines)] if lines else []
    if old := sum(item.warns for item in rows):
        noun = "1 check is" if old == 1 else f"{old:,} checks are"
        found.append(note(f"{noun} older than {OLD_DAYS} days and should be made again."))
    if never:
        names = ", ".join(item.provider for item in never)
        found.append(note(f"Never checked: {names}."))
    return found
