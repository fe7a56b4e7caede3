"""A plan year of an FSA or HRA on paper: what is left, what can use it, what was paid."""

from __future__ import annotations

from datetime import date

from tracker.dates import day_text
from tracker.money import dollars
from tracker.services.fsa_year import FsaShown
from tracker.services.hra_year import HraShown
from ui.models import plan_year_words as words
from ui.models.accounts_words import HRA_PAYS, NO_ADVICE, fsa_year_name
from ui.printing.blocks import Block, Figures, Words, heading
from ui.printing.document import Document, plain_document
from ui.printing.facts_table import facts_table
from ui.printing.figures import on_paper
from ui.printing.flow import PT
from ui.printing.table import Column, Table, row


def fsa_document(shown: FsaShown, today: date) -> Document:
    """An FSA's plan year as of today."""
    figures = tuple(on_paper(figure) for figure in words.fsa_figures(shown, today))
    blocks: list[Block] = [
        Figures(figures, per_row=3),
        heading("What can still use it"),
        Words(words.loses_sentence(shown, today)),
        *_uses(shown, today),
        facts_table("Plan year", words.fsa_facts(shown)),
        heading("Paid by this FSA"),
        _claims(shown),
    ]
    title = f"FSA {fsa_year_name(shown.year)}"
    return plain_document(title, today, blocks, subtitle=shown.account.name, remark=NO_ADVICE)


def hra_document(shown: HraShown, today: date) -> Document:
    """An HRA's plan year as of today."""
    figures = tuple(on_paper(figure) for figure in words.hra_figures(shown, today))
    answers = (
        Column("Expense", stretch=1, lines=2),
        Column("May it pay?"),
        Column("Why", stretch=2, lines=4),
    )
    blocks: list[Block] = [
        Figures(figures, per_row=3),
        facts_table("Plan year", words.hra_facts(shown)),
        heading("What it may pay"),
        Table(
            answers,
            tuple(
                row(HRA_PAYS[what], words.VERDICTS[answer.verdict], f"{answer.sentence} ({answer.source})")
                for what, answer in shown.answers
            ),
            size=9.0,
            before=8 * PT,
        ),
        heading("Paid by this HRA"),
    ]
    if shown.paid:
        columns = (Column("Care"), Column("Expense", stretch=1, lines=2), Column("Amount", right=True))
        rows = tuple(
            row(
                day_text(item.day_of_care),
                item.label,
                dollars(amount),
            )
            for item, amount in shown.paid
        )
        blocks.append(Table(columns, rows, size=9.0, before=8 * PT))
    else:
        blocks.append(Words("Nothing was paid yet."))
    title = f"HRA {fsa_year_name(shown.year)}"
    return plain_document(title, today, blocks, subtitle=shown.account.name, remark=NO_ADVICE)


def _uses(shown: FsaShown, today: date) -> list[Block]:
    plan = shown.plan
    if plan is None or not plan.uses or words.is_over(shown, today):
        return []
    columns = (
        Column("Care"),
        Column("Expense", stretch=1, lines=2),
        Column("", lines=2),
        Column("By"),
        Column("Uses", right=True),
    )
    rows = tuple(
        row(
            day_text(use.expense.on),
            use.expense.label,
            "Planned" if use.planned else "Paid, not claimed",
            day_text(use.by),
            dollars(use.amount),
        )
        for use in plan.uses
    )
    return [Table(columns, rows, size=9.0, before=8 * PT)]


def _claims(shown: FsaShown) -> Block:
    if not shown.claims:
        return Words("Nothing was paid yet.")
    refused = dict(shown.refused)
    columns = (
        Column("Care"),
        Column("Expense", stretch=2, lines=2),
        Column("To look at", stretch=2, lines=4),
        Column("Amount", right=True),
    )
    rows = tuple(
        row(day_text(claim.incurred_on), claim.label, refused.get(claim, ""), dollars(claim.reimbursed))
        for claim in shown.claims
    )
    return Table(columns, rows, size=9.0, before=8 * PT)
