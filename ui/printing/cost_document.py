"""An estimate on one page: the sum, where accumulators stand then, the reasons and the facts used."""

from __future__ import annotations

from datetime import date

from tracker.reports.estimate_sheet import ESTIMATE_ONLY, EstimateSheet, SheetRow
from ui.printing.blocks import Block, Words, subheading
from ui.printing.document import Document, plain_document
from ui.printing.facts_table import facts_table
from ui.printing.flow import PT
from ui.printing.table import Column, Table, row

_LINE = 3 * PT


def cost_document(sheet: EstimateSheet, today: date) -> Document:
    """The sheet to take along."""
    blocks: list[Block] = []
    if sheet.rows:
        blocks.append(_sum(sheet.headline, sheet.rows))
    if sheet.missing:
        blocks.append(Words(sheet.missing))
    if sheet.after:
        blocks.append(_sum("Afterwards", sheet.after))
    for heading, sentences in sheet.why:
        blocks.append(subheading(heading))
        blocks += [
            Words(f"{number}.  {said}", before=_LINE) for number, said in enumerate(sentences, start=1)
        ]
    if sheet.other is not None and sheet.other.rows:
        blocks.append(_sum(f"In the other order: {sheet.other.headline}", sheet.other.rows))
    if sheet.warnings or sheet.notes:
        blocks.append(subheading("Before you go"))
        blocks += [Words(said, before=_LINE) for said in (*sheet.warnings, *sheet.notes)]
    if sheet.facts:
        blocks.append(facts_table("What was used", sheet.facts))
    return plain_document(sheet.title, today, blocks, subtitle=sheet.asked, remark=ESTIMATE_ONLY)


def _sum(title: str, rows: tuple[SheetRow, ...]) -> Table:
    columns = (Column(title, stretch=1, lines=2), Column("", right=True))
    made = [row(item.words, item.figure, bold=item.strong) for item in rows]
    return Table(columns, tuple(made), size=9.5, before=12 * PT)
