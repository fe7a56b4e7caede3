"""A month on a page: its figures, the deductible's progress, what needs attention, the budget."""

from __future__ import annotations

from functools import partial

from tracker.dates import month_text
from tracker.reports.attention import Attention
from tracker.reports.overview import Overview
from ui.charts import progress
from ui.charts.deductible import deductible_chart
from ui.models.budget_rows import month_lines
from ui.models.coverage_words import short
from ui.models.overview_figures import chart_words, overview_figures
from ui.printing.blocks import Block, Chart, Figures, Words, note, subheading
from ui.printing.budget_document import month_table
from ui.printing.document import Document, plain_document
from ui.printing.figures import on_paper
from ui.printing.flow import PT
from ui.printing.table import Cell, Column, Row, Table, row

MOST_ATTENTION = 4
"""Items on the page; more of them would need another one."""


def overview_document(shown: Overview) -> Document:
    """What the Overview shows of its month."""
    month = month_text(shown.month)
    lines = month_lines(shown.month, shown.budget.rows, shown.budget.total)
    blocks: list[Block] = [
        Figures(tuple(on_paper(figure) for figure in overview_figures(shown)), per_row=4),
        *_chart(shown),
        *_attention(shown.attention),
        subheading("Budget"),
        month_table(lines, size=8.5, before=4 * PT),
    ]
    names = " \u00b7 ".join(short(name, 48) for name in shown.names)
    return plain_document(month, shown.today, blocks, subtitle=names)


def _chart(shown: Overview) -> list[Block]:
    moved = shown.coverage.progress if shown.coverage else None
    if moved is None:
        return []
    drawn = deductible_chart(
        moved,
        today=shown.today,
        name_of=lambda claim: shown.provider_names.get(claim.provider_id, ""),
    )
    return [
        Chart(
            partial(progress.paint, chart=drawn),
            height=112 * PT,
            title="Deductible progress, in network",
            below=f"{chart_words(shown)}.",
            before=16 * PT,
        )
    ]


def _attention(items: tuple[Attention, ...]) -> list[Block]:
    head = subheading("Needs attention")
    if not items:
        return [head, Words("Nothing needs you now.")]
    columns = (Column(""), Column("What to do", stretch=1))
    rows = tuple(_item(item) for item in items[:MOST_ATTENTION])
    blocks: list[Block] = [head, Table(columns, rows)]
    more = len(items) - MOST_ATTENTION
    if more > 0:
        blocks.append(note(f"And {more} more."))
    return blocks


def _item(item: Attention) -> Row:
    return row(Cell(tick=False), Cell(item.what, item.detail))
