"""A membership on paper: its figures, what was agreed, and the fees of one of its years."""

from __future__ import annotations

from datetime import date

from tracker.dates import day_text, years_name
from tracker.money import dollars
from tracker.services.membership_years import MembershipShown
from ui.models import membership_words as words
from ui.models.coverage_words import short
from ui.printing.blocks import Block, Figures, Words, heading
from ui.printing.document import Document, plain_document
from ui.printing.facts_table import facts_table
from ui.printing.figures import on_paper
from ui.printing.flow import PT
from ui.printing.table import Column, Table, row


def membership_document(shown: MembershipShown, today: date) -> Document:
    """The membership in the year that is shown."""
    figures = words.membership_figures(shown, today)
    blocks: list[Block] = [
        Figures(tuple(on_paper(figure) for figure in figures), per_row=3),
        facts_table("Agreement", words.agreement_facts(shown, today)),
        *_fees(shown),
        *_prices(shown),
    ]
    names = (short(name, 60) for name in (shown.practice, shown.membership.physician) if name)
    title = f"Membership {years_name(shown.year.period)}"
    return plain_document(title, today, blocks, subtitle=" \u00b7 ".join(names))


def _fees(shown: MembershipShown) -> list[Block]:
    head = heading(f"Fees, {words.year_words(shown)}")
    if not shown.year.fees:
        return [head, Words("No fees in this year.")]
    columns = (
        Column("Due"),
        Column("Fee", stretch=1),
        Column("Status"),
        Column("Amount", right=True),
    )
    rows = tuple(
        row(
            day_text(item.due_on),
            words.fee_name(shown, item),
            words.state_words(item),
            dollars(words.fee_cents(item)),
        )
        for item in shown.year.fees
    )
    return [head, Table(columns, rows, size=9.0, before=8 * PT)]


def _prices(shown: MembershipShown) -> list[Block]:
    if not shown.prices:
        return []
    columns = (Column("Time"), Column("Fee", stretch=1), Column("How often"), Column("Amount", right=True))
    rows = tuple(
        row(
            words.price_time(price),
            price.label,
            words.FREQUENCIES[price.frequency],
            dollars(price.amount),
        )
        for price in shown.prices
    )
    return [heading("Prices so far"), Table(columns, rows, size=9.0, before=8 * PT)]
