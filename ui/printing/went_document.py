"""Where a year's care went, on paper: the pockets, what counts twice, and the lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.dates import day_text
from tracker.facts.accounts import Pocket
from tracker.money import Cents, dollars
from tracker.reports.where_it_went import By, WentLine, WhereItWent
from ui.models.went_rows import NOT_ADVICE, POCKETS, kind_words, pocket_rows
from ui.printing.blocks import Block, Words, heading, note
from ui.printing.document import Document, plain_document
from ui.printing.flow import PT
from ui.printing.table import Cell, Column, Row, Table, row

MOST_ROWS = 2_000
"""About fifty pages. Who wants more on paper wants a file."""

_BY = {By.CARE: "by day of care", By.PAID: "by day paid"}


def went_document(went: WhereItWent, lines: Sequence[WentLine], kept: str, today: date) -> Document:
    """`lines` are those of the year that the filter `kept` (in words, empty for all) keeps."""
    blocks: list[Block] = [Words(went.sentence), _pockets(went)]
    if went.twice:
        blocks.append(heading("Counted twice"))
        for item in went.twice:
            blocks.append(Words(f"{item.label}: {dollars(item.amount)}. {item.why} {item.todo}"))
    blocks.append(heading("Every dollar once"))
    if len(lines) > MOST_ROWS:
        blocks.append(note(f"The first {MOST_ROWS:,} of {len(lines):,} rows; the totals count all."))
    blocks.append(_lines(lines, went.year))
    subtitle = ", ".join(part for part in (f"{went.year}, {_BY[went.by]}", kept) if part)
    return plain_document("Where it went", today, blocks, subtitle=subtitle, remark=NOT_ADVICE)


def _pockets(went: WhereItWent) -> Table:
    columns = (
        Column("Pocket", stretch=1),
        Column("", least=90),
        Column("Share", right=True),
        Column("Amount", right=True),
    )
    rows = pocket_rows(went)
    scale = max((item.amount for item in rows if item.name), default=1)
    made = tuple(
        row(item.words, Cell(share=item.amount / scale), item.share, dollars(item.amount))
        for item in rows
        if item.name
    )
    total = row(rows[-1].words, "", "", dollars(rows[-1].amount), bold=True)
    return Table(columns, made, (total,), size=9.0, before=10 * PT)


def _lines(lines: Sequence[WentLine], year: int) -> Table:
    """Pockets that bore nothing of these lines have no column."""
    sums = {words: sum(line.allocated.of(pocket) for line in lines) for pocket, words in POCKETS.items()}
    used = {pocket: words for pocket, words in POCKETS.items() if sums[words]}
    left = sum(line.allocated.open for line in lines)
    columns = (
        Column("Care"),
        Column("Paid"),
        Column("Payee", stretch=3, lines=3),
        Column("Amount", right=True),
        *(Column(words, right=True) for words in used.values()),
        *([Column("Open", right=True)] if left else []),
    )
    rows = tuple(_row(line, list(used), year, is_open=bool(left)) for line in lines[:MOST_ROWS])
    total = row(
        "",
        "",
        "All of these",
        dollars(sum(line.amount for line in lines)),
        *(dollars(sums[words]) for words in used.values()),
        *([dollars(left)] if left else []),
        bold=True,
    )
    return Table(columns, rows, (total,), size=8.5, before=8 * PT)


def _row(line: WentLine, used: Sequence[Pocket], year: int, *, is_open: bool) -> Row:
    words = ", ".join(text for text in (line.what, line.person, kind_words(line)) if text)
    return row(
        day_text(line.care_on, year=line.care_on.year != year),
        day_text(line.paid_on, year=line.paid_on.year != year) if line.paid_on else "Not paid",
        Cell(line.payee, " ".join(words.split())),
        dollars(line.amount),
        *(_blank(line.allocated.of(pocket)) for pocket in used),
        *([_blank(line.allocated.open)] if is_open else []),
    )


def _blank(amount: Cents) -> str:
    return dollars(amount) if amount else ""
