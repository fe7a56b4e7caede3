"""The payments that a filter keeps, in the order of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.dates import day_text
from tracker.facts import PaymentLine
from tracker.money import Cents, dollars
from ui.models.payments import amount_words, line_text, payee_text
from ui.printing.blocks import Block, note
from ui.printing.care_tables import short_names
from ui.printing.document import Document, plain_document
from ui.printing.flow import PT
from ui.printing.table import Cell, Column, Row, Table, row

MOST_ROWS = 2_000
"""About fifty pages. Who wants more on paper wants a file."""


def spending_document(
    lines: Sequence[PaymentLine], *, count: int, spent: Cents, kept: str, today: date
) -> Document:
    """`lines` are the first of `count` payments that the filter `kept` (in words) keeps; `spent` is
    what all of them come to.
    """
    names = short_names(line.person for line in lines if line.person)
    several = len(names) > 1
    columns = (
        Column("Date"),
        Column("Payee", stretch=3, lines=2),
        Column("Budget line", stretch=3, lines=2),
        *([Column("Person", stretch=1)] if several else []),
        Column("Account", stretch=1),
        Column("Amount", right=True),
    )
    blocks: list[Block] = []
    if len(lines) < count:
        blocks.append(note(f"The first {len(lines):,} of {count:,} payments; the total counts all."))
    noun = "payment" if count == 1 else "payments"
    total = row("", f"Spent, {count:,} {noun}", "", *([""] if several else []), "", dollars(spent))
    rows = tuple(_row(line, names) for line in lines)
    blocks.append(Table(columns, rows, (total,), size=8.5, before=16 * PT))
    return plain_document("Spending", today, blocks, subtitle=kept)


def _row(line: PaymentLine, names: Mapping[str, str]) -> Row:
    return row(
        day_text(line.paid_on),
        Cell(payee_text(line), " ".join(line.note.split())),
        line_text(line),
        *([names.get(line.person, "")] if len(names) > 1 else []),
        line.account,
        amount_words(line),
    )
