"""What a membership was worth, on paper: the sum, the break-even, three models, the decision worksheet."""

from __future__ import annotations

from datetime import date

from tracker.dates import years_name
from tracker.domain.membership.own_time import NO_TIME, OwnTime
from tracker.domain.membership.value import BreakEven
from tracker.services.membership_worth import WorthFacts
from ui.models import worth_words as words
from ui.models.coverage_words import short
from ui.models.membership_words import year_words
from ui.printing.blocks import Block, Figures, Words, heading, lead, note
from ui.printing.document import Document, plain_document
from ui.printing.figures import on_paper
from ui.printing.flow import PT
from ui.printing.table import Column, Row, Table, group, row


def worth_document(
    facts: WorthFacts, today: date, *, time: OwnTime = NO_TIME, even: BreakEven | None = None
) -> Document:
    """One membership year, on two to three pages."""
    shown = facts.shown
    figures = words.value_figures(facts.worth(time))
    blocks: list[Block] = [
        Figures(tuple(on_paper(figure) for figure in figures), per_row=4),
        *_sum(facts, time),
    ]
    if even is not None:
        blocks += [heading("When it pays for itself"), Words(f"{words.even_headline(even)}. {even.why}")]
    blocks += [*_models(facts), *_worksheet(facts)]
    names = (short(name, 60) for name in (shown.practice, shown.membership.physician) if name)
    return plain_document(
        f"Is the membership worth it {years_name(shown.year.period)}",
        today,
        blocks,
        subtitle=" \u00b7 ".join((*names, year_words(shown))),
        remark=words.PRICED,
    )


def _sum(facts: WorthFacts, time: OwnTime) -> list[Block]:
    columns = (Column("What it was worth", stretch=1, lines=2), Column("", right=True))
    rows = tuple(row(line.words, line.figure, bold=line.strong) for line in words.value_lines(facts, time))
    return [Table(columns, rows, size=9.5, before=14 * PT), note(words.pays_words(facts, time))]


def _models(facts: WorthFacts) -> list[Block]:
    """What the source document says in words, then the member's own numbers, which stay together."""
    models = words.models_in_order(facts.models)
    names = [words.model_name(year.model) for year in models]
    said = (Column("", least=80), *(Column(name, stretch=1, lines=6) for name in names))
    counted = (Column("Your numbers", stretch=1), *(Column(name, right=True, least=90) for name in names))
    features = tuple(row(name, *cells) for name, cells, _ in words.feature_rows(models))
    numbers = tuple(row(name, *cells, bold=strong) for name, cells, strong in words.number_rows(models))
    sources = ". ".join(
        f"{name}: {words.model_note(year, facts.mine).lower()}"
        for name, year in zip(names, models, strict=True)
    )
    return [
        heading("Three ways to have a doctor"),
        lead(words.NO_CLAIM),
        Table(said, features, size=8.5, before=8 * PT),
        Table(counted, numbers, size=9.0, before=12 * PT),
        note(f"{sources}."),
    ]


def _worksheet(facts: WorthFacts) -> list[Block]:
    columns = (Column("Line", stretch=3, lines=3), Column("Weight"), Column("Note", stretch=4, lines=6))
    rows: list[Row] = []
    for part, items in words.decision_parts():
        rows.append(group(part.value))
        for item in items:
            answer = facts.answers.get(item.code)
            rows.append(row(item.text, words.weight_words(answer), answer.note if answer else ""))
    return [
        heading("What speaks for it, and what to ask"),
        Words(words.decision_sentence(facts.answers), keep_next=True),
        Table(columns, tuple(rows), size=9.0, before=8 * PT),
    ]
