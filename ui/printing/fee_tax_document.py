"""The two tax questions about a fee, on paper: answers, conditions with their sources, the care share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.dates import month_text, years_name
from tracker.domain.accounts.answers import Condition
from tracker.money import dollars_or_blank
from tracker.services.membership_tax import FeeTax, HsaMonths, MonthAnswer
from ui.models import fee_tax_words as words
from ui.models.coverage_words import short
from ui.models.membership_words import year_words
from ui.printing.blocks import Block, Words, heading, lead, note, subheading
from ui.printing.document import Document, plain_document
from ui.printing.flow import PT
from ui.printing.table import Cell, Column, Table, row
from ui.widgets.condition_list import PASSES


def fee_tax_document(
    facts: FeeTax, found: HsaMonths | None, month: MonthAnswer | None, today: date
) -> Document:
    """Both questions as they are shown, `month` with its conditions."""
    shown = facts.shown
    blocks: list[Block] = [lead(words.TWO_QUESTIONS)]
    if found is not None:
        blocks += _months(found, month)
    blocks += [*_pockets(facts), *_share(facts), *_practice(facts)]
    names = (short(name, 60) for name in (shown.practice, shown.membership.physician) if name)
    return plain_document(
        f"Fee and tax {years_name(shown.year.period)}",
        today,
        blocks,
        subtitle=" \u00b7 ".join((*names, year_words(shown))),
        remark=words.NOT_ADVICE,
    )


def _months(found: HsaMonths, month: MonthAnswer | None) -> list[Block]:
    head = heading(f"1. May {short(found.person.name, 60)} contribute to an HSA in {found.year}?")
    if not found.months:
        return [head, Words(found.asks)]
    shown = words.month_words(found)
    columns = tuple(Column(item.short) for item in shown)
    blocks: list[Block] = [
        head,
        Words(words.months_sentence(found), keep_next=True),
        Table(columns, (row(*(item.word for item in shown)),), size=9.0, before=6 * PT),
    ]
    if month is not None:
        blocks += [subheading(month_text(month.month)), Words(month.answer.sentence)]
        for name, conditions in words.condition_groups(month):
            blocks += _conditions(name, conditions)
    return blocks


def _pockets(facts: FeeTax) -> list[Block]:
    head = heading("2. May untaxed money pay this fee?")
    if not facts.pockets:
        return [head, Words(facts.asks or words.fee_sentence(facts))]
    columns = (
        Column("Money"),
        Column("Answer"),
        Column("Why", stretch=1, lines=8),
        Column("Of a year", right=True),
        Column("Tax saved", right=True),
    )
    rows = tuple(
        row(
            words.POCKETS[item.pocket],
            words.VERDICTS[item.answer.verdict][0],
            Cell(item.answer.sentence, below=_below(item.answer.source, words.ask_words(item.answer))),
            words.eligible_words(item),
            dollars_or_blank(item.saving.saved if item.saving else None),
        )
        for item in facts.pockets
    )
    conditions = facts.pockets[0].answer.conditions
    return [
        head,
        Words(words.fee_sentence(facts), keep_next=True),
        Table(columns, rows, size=9.0, before=6 * PT),
        *_conditions("What makes the fee one for direct primary care", conditions),
    ]


def _share(facts: FeeTax) -> list[Block]:
    columns = (Column("How much of the fee is care", stretch=1), Column("", right=True))
    lines = [row(item.words, item.figure, bold=item.strong) for item in words.share_lines(facts.share)]
    said = [words.statement_words(item) for item in facts.statements]
    said += [
        words.said_words(item) + (f": {item.said}" if item.said else "") for item in facts.administrators
    ]
    why = [sentence for _, sentences in words.share_why(facts.share) for sentence in sentences]
    blocks: list[Block] = [Table(columns, tuple(lines), size=9.5, before=16 * PT), note(" ".join(why))]
    return [*blocks, *(Words(sentence, before=3 * PT) for sentence in said)]


def _practice(facts: FeeTax) -> list[Block]:
    terms = facts.shown.membership.terms
    answers = {True: "Yes", False: "No", None: "Not known"}
    asked = [(question, answers[getattr(terms, name)]) for name, (question, _) in words.QUESTIONS.items()]
    columns = (Column("About the practice", stretch=1), Column(""))
    rows = (
        row("The fee pays for", words.PAYS_FOR[terms.pays_for]),
        row("Who pays it", words.PAID_BY[terms.paid_by]),
        *(row(question, answer) for question, answer in asked),
    )
    return [Table(columns, rows, size=9.0, before=16 * PT)]


def _conditions(title: str, conditions: Sequence[Condition]) -> list[Block]:
    if not conditions:
        return []
    columns = (Column(title, stretch=2, lines=4), Column(""), Column("Why", stretch=3, lines=8))
    rows = tuple(
        row(item.what, PASSES[item.passes][0], Cell(item.why, below=item.source)) for item in conditions
    )
    return [Table(columns, rows, size=9.0, before=12 * PT)]


def _below(source: str, ask: str) -> str:
    return ". ".join(part.rstrip(".") for part in (ask, source) if part)
