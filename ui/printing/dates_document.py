"""Dates ahead on paper: a list by month, with a box to tick for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.dates import month_text
from tracker.domain.dates_ahead import DateAhead
from tracker.money import dollars_or_blank
from ui.models.dates_rows import day_words, rows_by_month
from ui.printing.blocks import Block, Words
from ui.printing.document import Document, plain_document
from ui.printing.table import Cell, Column, Row, Table, group, row

_COLUMNS = (
    Column(""),
    Column("Day"),
    Column("What", stretch=1, lines=4),
    Column("Amount", right=True),
)


def dates_document(entries: Sequence[DateAhead], *, today: date, subtitle: str) -> Document:
    """The entries as they are listed on screen; `subtitle` says which they are."""
    rows: list[Row] = []
    for item in rows_by_month(entries):
        if item.entry is None:
            rows.append(group(month_text(item.month)))
            continue
        entry = item.entry
        rows.append(
            row(
                Cell(tick=False),
                day_words(entry.on),
                Cell(" ".join(entry.what.split()), below=" ".join(entry.detail.split())),
                dollars_or_blank(entry.amount or None),
            )
        )
    blocks: list[Block] = [Table(_COLUMNS, tuple(rows), size=9.0)] if rows else [Words("No dates.")]
    return plain_document("Dates ahead", today, blocks, subtitle=subtitle)
