"""The review's pages about what comes next: what changed, what will, and the checklist."""

from __future__ import annotations

from collections.abc import Callable

from tracker.reports.year_over_year import YearFigure, change_text, percent_text
from tracker.reports.year_review import ChecklistItem, YearReview
from ui.printing.blocks import Block, heading, lead, subheading
from ui.printing.table import Cell, Column, Row, Table, group, row


def changes(review: YearReview) -> list[Block]:
    """This year against the last, and what is already entered for the next."""
    past = [item for item in review.changes if item.has_past]
    ahead = [item for item in review.changes if item.has_future]
    if not past and not ahead:
        return []
    blocks: list[Block] = [heading("What changes")]
    year = review.year
    if past:
        blocks += [subheading(f"{year - 1} and {year}"), _table(past, _past, (year - 1, year))]
    if ahead:
        blocks += [
            subheading(f"{year} and {year + 1}"),
            lead(f"As far as plans, fees and estimates for {year + 1} are entered."),
            _table(ahead, _ahead, (year, year + 1)),
        ]
    return blocks


def _past(item: YearFigure) -> tuple[int | None, int | None]:
    return item.last_year, item.this_year


def _ahead(item: YearFigure) -> tuple[int | None, int | None]:
    return item.this_year, item.next_year


def _table(
    items: list[YearFigure],
    pick: Callable[[YearFigure], tuple[int | None, int | None]],
    years: tuple[int, int],
) -> Table:
    columns = (
        Column("", stretch=1),
        Column(str(years[0]), right=True),
        Column(str(years[1]), right=True),
        Column("Change", right=True),
        Column("Percent", right=True),
    )
    rows: list[Row] = []
    title = ""
    for item in items:
        if item.group != title:
            title = item.group
            rows.append(group(title))
        before, after = pick(item)
        rows.append(
            row(
                item.label,
                item.text(before),
                item.text(after),
                change_text(item, before, after),
                percent_text(before, after),
                bold=item.is_total,
            )
        )
    return Table(columns, tuple(rows))


def checklist(review: YearReview) -> list[Block]:
    """The questions to ask before the next year, with a box to tick and room to write."""
    year = review.year
    years = (
        Column(str(number), stretch=1, lines=4, least=52, most=72) for number in (year - 1, year, year + 1)
    )
    columns = (
        Column(""),
        Column("Ask", stretch=1, least=200, most=262),
        *years,
        Column("Your comment", stretch=5, lines=12, least=84),
    )
    rows = tuple(_item(item) for item in review.checklist)
    return [
        heading(f"Checklist for {year + 1}"),
        lead("Blank means that the ledger does not know. Write it in, and tick what is settled."),
        Table(columns, rows, size=8.0, smallest=7.0),
    ]


def _item(item: ChecklistItem) -> Row:
    note = item.note
    return row(
        Cell(tick=bool(note and note.done)),
        Cell(item.title, item.question),
        item.last_year,
        item.this_year,
        item.next_year,
        note.comment if note else "",
    )
