"""The year in review as a document: which parts it has, in which order."""

from __future__ import annotations

from functools import partial

from tracker.dates import MONTH_NAMES, day_text, years_name
from tracker.reports.year_review import YearReview
from tracker.reports.year_words import DISCLAIMER, headlines, notice_sentences, span_words, summary
from tracker.wording import joined
from ui.charts import bars
from ui.printing import review_care, review_money, review_next, review_parts
from ui.printing.blocks import Block, Chart, Figure, Figures, Rule, Words
from ui.printing.document import Document
from ui.printing.flow import PT
from ui.printing.review_charts import year_bars
from ui.printing.type import SUBTITLE, TITLE, Type


def review_document(review: YearReview) -> Document:
    """Everything the year's review says, for paper."""
    name = years_name(review.budget.period)
    owner = review.household.people[0].name if review.household.people else ""
    return Document(
        title=f"Year in review {name}",
        header=" \u00b7 ".join(
            part for part in ("Concierge Ledger", f"Year in review {name}", owner) if part
        ),
        made=f"Concierge Ledger \u00b7 made {day_text(review.today)}",
        remark=DISCLAIMER,
        blocks=(
            *_cover(review, name),
            *review_money.budget(review),
            *review_care.limits(review),
            *review_care.eobs(review),
            *review_care.who_paid(review),
            *review_care.pursued(review),
            *review_money.fixed_costs(review),
            *review_parts.worth(review),
            *review_parts.accounts(review),
            *review_money.fund(review),
            *review_parts.taxes(review),
            *review_next.changes(review),
            *review_next.checklist(review),
        ),
    )


def _cover(review: YearReview, name: str) -> list[Block]:
    home = review.household
    people = joined([person.name for person in home.people])
    practices = [term.practice for term in review.terms]
    plans = [item.plan.name for item in review.plans]
    agreements = " \u00b7 ".join(dict.fromkeys(part for part in (*practices, *plans) if part))
    blocks: list[Block] = [
        Words(f"Year in review {name}", TITLE, before=0.0, keep_next=True),
        Words(_span(review), SUBTITLE, before=2 * PT, keep_next=True),
    ]
    if people:
        blocks.append(Words(people, Type(11, bold=True), before=12 * PT, keep_next=True, most=3))
    if agreements:
        blocks.append(Words(agreements, SUBTITLE, before=1 * PT, keep_next=True, most=4))
    blocks.append(Rule(1.6, before=12 * PT))
    if review.is_empty:
        words = "Nothing was planned, paid or entered for this year. The checklist below is for the next."
        return [*blocks, Words(words, before=14 * PT)]
    blocks.append(Figures(tuple(_figures(review))))
    sentences = summary(review)
    if sentences:
        blocks.append(Words("In short", Type(10.5, bold=True), before=20 * PT, keep_next=True))
        blocks.append(Words(" ".join(sentences), before=4 * PT))
    if ahead := notice_sentences(review):
        blocks.append(Words(" ".join(ahead), before=6 * PT))
    if review.budget.total.estimated is not None or review.budget.total.actual is not None:
        blocks.append(
            Chart(
                partial(bars.paint, chart=year_bars(review)),
                height=215 * PT,
                title="Paid in each month, against what was estimated",
                below="The line is the estimate. Bars with slanted lines are months over it.",
                before=20 * PT,
            )
        )
    return blocks


def _span(review: YearReview) -> str:
    if review.is_complete:
        return span_words(review)
    if review.today not in review.budget.period:
        return f"{span_words(review)}, not begun"
    last = review.budget.period.last_day
    return f"{span_words(review)}; the year ends on {MONTH_NAMES[last.month - 1]} {last.day}"


def _figures(review: YearReview) -> list[Figure]:
    found = []
    for item in headlines(review):
        share = None
        if item.used is not None and item.whole:
            share = item.used / item.whole
        found.append(Figure(item.label, item.figure, item.of, item.caption, share))
    return found
