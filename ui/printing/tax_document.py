"""A year's tax worksheet on paper: forms, deduction, drives, each line with what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.dates import day_text
from tracker.domain.accounts.mileage_log import miles_text
from tracker.domain.accounts.tax_sheet import SheetLine
from tracker.money import dollars
from tracker.services.tax_year import TaxYear
from ui.models.tax_rows import (
    NOT_ADVICE,
    TripRow,
    fact_pairs,
    line_amount,
    made_of,
    medical_lines,
    medical_verdict,
    saving_lines,
    untaxed_lines,
)
from ui.printing.blocks import Block, Words, heading, note, subheading
from ui.printing.document import Document, plain_document
from ui.printing.facts_table import facts_table
from ui.printing.flow import PT
from ui.printing.table import Column, Row, Table, group, row


def tax_document(shown: TaxYear) -> Document:
    """Everything of the year; what is missing is said at the beginning."""
    blocks: list[Block] = []
    if shown.asks:
        blocks.append(Words("Still needed", before=10 * PT, keep_next=True))
        blocks += [note(ask.sentence) for ask in shown.asks]
    blocks.append(facts_table(f"Tax facts of {shown.year}", fact_pairs(shown.facts)))
    for form in shown.forms:
        blocks.append(heading(f"Form 8889, HSA of {form.person}"))
        blocks.append(_lines(form.lines))
        blocks += [note(said) for said in form.remarks]
        if form.without_care:
            blocks.append(note(" ".join(form.tax.why)))
        blocks += _made_of(form.lines)
    blocks += _medical(shown)
    blocks += _mileage(shown)
    blocks += _untaxed(shown)
    return plain_document(
        f"Tax worksheet {shown.year}",
        shown.today,
        blocks,
        subtitle=f"As of {day_text(shown.today)}",
        remark=NOT_ADVICE,
    )


def _medical(shown: TaxYear) -> list[Block]:
    sheet = shown.medical
    blocks: list[Block] = [heading("Medical deduction, Schedule A"), _lines(medical_lines(sheet))]
    blocks.append(Words(medical_verdict(sheet)[0], before=8 * PT))
    blocks += [note(said) for said in sheet.why]
    if shown.marked:
        blocks.append(note(f"{dollars(shown.marked)} is marked as deducted on the return of {shown.year}."))
    return [*blocks, *_made_of(sheet.parts)]


def _mileage(shown: TaxYear) -> list[Block]:
    log = shown.mileage
    if not log.trips:
        return []
    columns = (
        Column("Day"),
        Column("For", stretch=1),
        Column("Where to and why", stretch=2, lines=3),
        Column("Miles", right=True),
        Column("Rate", right=True),
        Column("Parking", right=True),
        Column("Counts", right=True),
    )
    rows = tuple(
        row(
            day_text(item.trip.driven_on),
            item.person,
            item.trip.purpose,
            miles_text(item.trip.tenths),
            TripRow(item).rate,
            dollars(item.trip.parking) if item.trip.parking else "",
            dollars(item.counts),
        )
        for item in log.trips
    )
    total = row("Together", "", "", miles_text(log.tenths), "", "", dollars(log.total), bold=True)
    rate = f"{log.rate_words}." if log.rate_words else "The rate of this year is not known."
    return [heading("Mileage log"), note(rate), Table(columns, rows, totals=(total,), size=9.0)]


def _untaxed(shown: TaxYear) -> list[Block]:
    blocks: list[Block] = []
    savings = saving_lines(shown.savings)
    if savings:
        blocks.append(heading("Tax saved with untaxed money"))
        columns = (Column("", stretch=1, lines=2), Column("Saved", right=True))
        blocks.append(Table(columns, tuple(row(name, saved) for name, saved, _why in savings), size=9.0))
        blocks += [note(" ".join(why)) for _name, _saved, why in savings if why]
    accounts = untaxed_lines(shown)
    if accounts:
        blocks.append(heading("FSA and HRA"))
        blocks += [Words(said) for said, _why in accounts]
    return blocks


def _lines(lines: Sequence[SheetLine]) -> Table:
    columns = (
        Column("Line"),
        Column("What it is", stretch=1, lines=2),
        Column("Made of"),
        Column("Amount", right=True),
    )
    rows = tuple(row(line.number, line.label, made_of(line.sources), line_amount(line)) for line in lines)
    return Table(columns, rows, size=9.5, before=8 * PT)


def _made_of(lines: Iterable[SheetLine]) -> list[Block]:
    """Every entry of every line, by line."""
    rows: list[Row] = []
    for line in lines:
        if not line.sources:
            continue
        rows.append(group(f"Line {line.number}: {line.label}, {dollars(line.sourced)}"))
        rows += [
            row(day_text(item.on), item.name, item.note, dollars(item.amount)) for item in line.sources
        ]
    if not rows:
        return []
    columns = (
        Column("Date"),
        Column("Paid to or for", stretch=2, lines=3),
        Column("Remark", stretch=2, lines=3),
        Column("On the line", right=True),
    )
    return [subheading("What the lines are made of"), Table(columns, tuple(rows), size=8.5)]
