"""The review's pages about what the membership was worth, accounts and taxes."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.dates import period_text
from tracker.reports.year_review import YearReview
from ui.models import review_lines as lines
from ui.models.review_lines import ReviewLine
from ui.printing.blocks import Beside, Block, heading, note
from ui.printing.flow import PT
from ui.printing.table import Cell, Column, Row, Table, group, row

_MOST_BESIDE = 32
"""Rows: what stands side by side is not parted between pages, so more than this stands in one table."""


def worth(review: YearReview) -> list[Block]:
    """What each membership of the year was worth, a row each, with the assumptions."""
    if not review.worth:
        return []
    columns = (
        Column("Membership", stretch=1, lines=3, least=110),
        Column("Fees", right=True),
        *(Column(name, right=True) for name in ("A visit", "An hour", "A contact")),
        Column("Promises kept", right=True, least=40),
        Column("Took the place of", right=True, least=44),
        Column("Cost after that", right=True, least=44),
    )
    rows = [
        row(Cell(item.practice or "Membership", period_text(item.period)), *lines.worth_cells(item))
        for item in review.worth
    ]
    said = [sentence for item in review.worth for sentence in lines.worth_sentences(item)]
    return [
        heading("What the membership was worth"),
        Table(columns, tuple(rows)),
        *(note(sentence) for sentence in (*said, " ".join(lines.worth_notes(review.worth)))),
    ]


def accounts(review: YearReview) -> list[Block]:
    """What accounts held, what went in and out of untaxed ones, and what is lost."""
    found = lines.account_lines(review.accounts)
    return [heading("Accounts"), *_in_two_columns(found, ("Account", "Amount"))] if found else []


def taxes(review: YearReview) -> list[Block]:
    """The tax worksheet in brief: forms at the left, the deduction at the right."""
    tax = review.accounts.tax
    found = lines.tax_lines(tax)
    if not found:
        return []
    said = note(" ".join(lines.tax_notes(tax)))
    return [heading(f"Tax worksheet {tax.year}"), *_in_two_columns(found, ("Line", "Amount")), said]


def _in_two_columns(found: Sequence[ReviewLine], names: tuple[str, str]) -> list[Block]:
    """Two tables of about one height, parted at a title; one table where that cannot be."""
    columns = (Column(names[0], stretch=1, lines=5), Column(names[1], right=True))
    cuts = [place for place, line in enumerate(found) if line.is_title and place]
    if not cuts or len(found) > _MOST_BESIDE:
        return [Table(columns, tuple(_line(line) for line in found), whole_up_to=8)]
    cut = min(cuts, key=lambda place: abs(2 * place - len(found)))
    sides = [Table(columns, tuple(_line(line) for line in side)) for side in (found[:cut], found[cut:])]
    return [Beside(tuple((side,) for side in sides), before=4 * PT)]


def _line(line: ReviewLine) -> Row:
    if line.is_title:
        return group(line.name)
    return row(Cell(line.name, line.note), line.figure, bold=line.is_total)
