"""An HSA's year on paper: limit and why, months, what went in and came out."""

from __future__ import annotations

from datetime import date

from tracker.dates import day_text
from tracker.money import Cents, dollars, dollars_or_blank
from tracker.services.hsa_year import HsaYear
from ui.models import hsa_words as words
from ui.models.accounts_words import NO_ADVICE
from ui.printing.blocks import Block, Figures, Words, heading
from ui.printing.document import Document, plain_document
from ui.printing.figures import on_paper
from ui.printing.flow import PT
from ui.printing.table import Column, Table, row


def hsa_document(shown: HsaYear, balance: Cents, today: date) -> Document:
    """The year as the HSA part shows it."""
    figures = words.hsa_figures(shown, balance)
    blocks: list[Block] = [Figures(tuple(on_paper(figure) for figure in figures), per_row=3)]
    blocks += [heading("Limit"), *_limit(shown)]
    blocks += [heading("Months that count"), *_months(shown)]
    blocks += [heading(f"Contributions for {shown.year}"), _deposits(shown)]
    blocks += [heading(f"Taken out in {shown.year}"), _taken(shown)]
    if sentence := words.tax_sentence(shown):
        blocks.append(Words(sentence))
    title = f"HSA {shown.year}"
    return plain_document(title, today, blocks, subtitle=shown.person.name, remark=NO_ADVICE)


def _limit(shown: HsaYear) -> list[Block]:
    if shown.limit is None:
        return [Words(" ".join(shown.asks) or "The limits of this year are not known.")]
    columns = (Column("", stretch=1), Column("Amount", right=True))
    rows = tuple(row(line.words, line.figure) for line in words.limit_lines(shown))
    blocks: list[Block] = [Table(columns, rows, size=9.0, before=8 * PT)]
    for name, said in words.limit_why(shown):
        if name != "Months":
            blocks.append(Words(f"{name}: {' '.join(said)}"))
    return blocks


def _months(shown: HsaYear) -> list[Block]:
    if not shown.months:
        return [Words("Not known.")]
    columns = (Column("Months"), Column("Answer"), Column("Why", stretch=1, lines=6))
    rows = tuple(
        row(when, word, why or "Every condition holds on the 1st.")
        for when, word, why in words.month_groups(shown.months)
    )
    return [Table(columns, rows, size=9.0, before=8 * PT)]


def _deposits(shown: HsaYear) -> Block:
    if not shown.deposits:
        return Words("Nothing went in for this year yet.")
    columns = (
        Column("Date"),
        Column("From", stretch=1, lines=2),
        Column("What it is", stretch=1, lines=2),
        Column("Tax year"),
        Column("Amount", right=True),
    )
    rows = tuple(
        row(
            day_text(move.paid_on),
            words.move_from(move),
            words.move_source(move),
            str(move.tax_year),
            dollars(move.amount),
        )
        for move in shown.deposits
    )
    return Table(columns, rows, size=9.0, before=8 * PT)


def _taken(shown: HsaYear) -> Block:
    if not shown.taken:
        return Words("Nothing was taken out in this year.")
    columns = (
        Column("Date"),
        Column("To", stretch=1, lines=2),
        Column("Paid for", stretch=2, lines=4),
        Column("Amount", right=True),
        Column("Free of tax", right=True),
        Column("Taxed", right=True),
    )
    rows = tuple(
        row(
            day_text(item.paid_on),
            item.payee,
            "; ".join(part.label for part in item.parts) or "Tied to no expense",
            dollars(item.amount),
            dollars(item.qualified),
            dollars_or_blank(item.taxable or None),
        )
        for item in shown.taken
    )
    return Table(columns, rows, size=9.0, before=8 * PT)
