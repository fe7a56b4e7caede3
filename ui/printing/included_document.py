"""What a membership includes, on paper: the matrix with its uses, kept promises, the contact log."""

from __future__ import annotations

from datetime import date

from tracker.dates import day_text, years_name
from tracker.domain.membership.log_rows import LogRow
from tracker.domain.membership.value import promise_words
from tracker.domain.membership.who_bills import BILLING
from tracker.money import dollars_or_blank
from tracker.services.membership_included import IncludedFacts
from ui.models import included_words as words
from ui.models.coverage_words import short
from ui.models.membership_words import year_words
from ui.printing.blocks import Block, Words, heading
from ui.printing.document import Document, plain_document
from ui.printing.flow import PT
from ui.printing.table import Cell, Column, Table, row


def included_document(facts: IncludedFacts, today: date) -> Document:
    """One membership year, on one to three pages."""
    shown = facts.shown
    blocks: list[Block] = [_matrix(facts), *_log(facts), *_who_bills(facts)]
    names = (short(name, 60) for name in (shown.practice, shown.membership.physician) if name)
    return plain_document(
        f"What the membership includes {years_name(shown.year.period)}",
        today,
        blocks,
        subtitle=" \u00b7 ".join((*names, year_words(shown))),
    )


def _matrix(facts: IncludedFacts) -> Table:
    columns = (
        Column("Service", stretch=1, lines=3),
        Column("Agreement"),
        Column("A year", right=True),
        Column("Used", right=True),
        Column("Left", right=True),
        Column("Last used"),
        Column("Extra fee", right=True),
        Column("List price", right=True),
    )
    rows = tuple(
        row(
            count.service.name,
            words.STATES[count.service.state],
            "" if count.service.per_year is None else str(count.service.per_year),
            str(count.used) if count.used else "",
            words.left_words(count),
            day_text(count.last_on, year=False) if count.last_on else "",
            dollars_or_blank(count.service.extra_fee),
            dollars_or_blank(count.service.list_price),
        )
        for count in facts.counts
    )
    return Table(columns, rows, size=9.0, before=14 * PT)


def _log(facts: IncludedFacts) -> list[Block]:
    if not facts.log:
        return []
    columns = (
        Column("Seen"),
        Column("How"),
        Column("Min", right=True),
        Column("Waited", right=True),
        Column("Promise", stretch=1, lines=3),
        Column("What for", stretch=3, lines=4),
    )
    rows = tuple(
        row(
            Cell(words.seen_words(item), below=facts.people.get(item.person_id or 0, "")),
            words.KINDS[item.judged.kind],
            "" if item.minutes is None else str(item.minutes),
            words.waited_words(item),
            words.promise_words(item),
            Cell(words.used_words(item, facts.services), below=_instead(facts, item)),
        )
        for item in facts.log
    )
    kept = [
        promise_words(promises, of)
        for promises, of in ((facts.access, "Seen in time"), (facts.length, "Visits long enough"))
    ]
    return [
        heading("Visits and contacts"),
        Words(" ".join(kept), keep_next=True),
        Table(columns, rows, size=8.5, before=8 * PT, whole_up_to=4),
    ]


def _instead(facts: IncludedFacts, item: LogRow) -> str:
    if item.contact is None or not item.contact.instead_of:
        return ""
    return f"Took the place of: {words.category_name(facts.categories, item.contact.instead_of)}"


def _who_bills(facts: IncludedFacts) -> list[Block]:
    bills = facts.shown.membership.terms.bills_insurance
    columns = (
        Column("Care", stretch=2),
        Column("In a traditional practice", stretch=2, lines=3),
        Column("In a concierge practice", stretch=2, lines=3),
        Column("From yours", stretch=2),
    )
    rows = tuple(
        row(item.service, item.traditional.value, item.concierge.value, words.yours_words(item, bills))
        for item in BILLING
    )
    return [heading("Who bills whom"), Table(columns, rows, size=9.0, before=8 * PT)]
