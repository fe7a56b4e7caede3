"""The review's pages about what the membership was worth, accounts and taxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.dates import period_text
from tracker.reports.year_review import YearReview
from ui.models import review_lines as lines
from ui.models.review_lines import ReviewLine
from ui.printing.blocks import Beside, Block, heading, note
from ui.printing.flow import PT, Strip
from ui.printing.table import Cell, Column, Row, Table, group, row

_HIGHEST = 400 * PT
"""What stands side by side is not parted between pages: what is higher stands in one table instead."""


@dataclass(frozen=True, slots=True)
class _TwoColumns:
    """Two tables of about one height, parted at a title; one table where that cannot be."""

    lines: Sequence[ReviewLine]
    names: tuple[str, str]

    def strips(self, width: float) -> list[Strip]:
        cuts = [place for place, line in enumerate(self.lines) if line.is_title and place]
        if cuts:
            cut = min(cuts, key=lambda place: abs(2 * place - len(self.lines)))
            sides = ((self._table(self.lines[:cut]),), (self._table(self.lines[cut:]),))
            (found,) = Beside(sides, before=4 * PT).strips(width)
            if found.height <= _HIGHEST:
                return [found]
        return self._table(self.lines).strips(width)

    def _table(self, lines: Sequence[ReviewLine]) -> Table:
        columns = (Column(self.names[0], stretch=1, lines=5), Column(self.names[1], right=True))
        return Table(columns, tuple(_line(line) for line in lines), whole_up_to=8)


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
    return [heading("Accounts"), _TwoColumns(found, ("Account", "Amount"))] if found else []


def taxes(review: YearReview) -> list[Block]:
    """The tax worksheet in brief: forms at the left, the deduction at the right."""
    tax = review.accounts.tax
    found = lines.tax_lines(tax)
    if not found:
        return []
    said = note(" ".join(lines.tax_notes(tax)))
    return [heading(f"Tax worksheet {tax.year}"), _TwoColumns(found, ("Line", "Amount")), said]


def _line(line: ReviewLine) -> Row:
    if line.is_title:
        return group(line.name)
    return row(Cell(line.name, line.note), line.figure, bold=line.is_total)
