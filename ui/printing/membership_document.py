"""A membership on paper: its figures, what was agreed, its fees, what it was worth, what leaving brings."""

from __future__ import annotations

from datetime import date

from tracker.dates import day_text, years_name
from tracker.domain.membership.cost import price_changes
from tracker.domain.membership.refund import CHECK_STATE
from tracker.domain.membership.value import promise_words
from tracker.facts import percent
from tracker.money import dollars, dollars_or_blank
from tracker.services.membership_sheet import MembershipSheet
from tracker.services.membership_years import MembershipShown
from ui.models import leaving_words
from ui.models import membership_words as words
from ui.models.coverage_words import short
from ui.printing.blocks import Block, Figures, Words, heading, note
from ui.printing.document import Document, plain_document
from ui.printing.facts_table import facts_table
from ui.printing.figures import on_paper
from ui.printing.flow import PT
from ui.printing.table import Column, Table, row


def membership_document(sheet: MembershipSheet, today: date) -> Document:
    """The membership in the year that is shown, and leaving on the day that was chosen."""
    shown = sheet.shown
    figures = words.membership_figures(shown, today)
    blocks: list[Block] = [
        Figures(tuple(on_paper(figure) for figure in figures), per_row=3),
        facts_table("Agreement", words.agreement_facts(shown, today)),
        *_fees(shown),
        *_prices(shown),
        *_offer(sheet),
        *_uses(sheet),
        *_value(sheet),
        *_leaving(sheet, today),
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
    columns = (
        Column("Time"),
        Column("Fee", stretch=1),
        Column("How often"),
        Column("Amount", right=True),
        Column("Change", right=True),
    )
    changes = {(item.on, item.label): percent(item.rate) for item in price_changes(shown.prices)}
    rows = tuple(
        row(
            words.price_time(price),
            price.label,
            words.FREQUENCIES[price.frequency],
            dollars(price.amount),
            changes.get((price.began_on, price.label), ""),
        )
        for price in shown.prices
    )
    return [heading("Prices so far"), Table(columns, rows, size=9.0, before=8 * PT)]


def _offer(sheet: MembershipSheet) -> list[Block]:
    if sheet.offer is None:
        return []
    return [heading("Once a year, or in parts"), Words(" ".join(sheet.offer.why))]


def _uses(sheet: MembershipSheet) -> list[Block]:
    """The included services that have a yearly limit or were used."""
    used = [item for item in sheet.uses if item.used or item.service.per_year is not None]
    if not used:
        return []
    columns = (Column("Included service", stretch=1), Column("Used", right=True), Column("", stretch=1))
    rows = tuple(row(item.service.name, str(item.used), item.why) for item in used)
    return [
        heading(f"Used, {words.year_words(sheet.shown)}"),
        Table(columns, rows, size=9.0, before=8 * PT),
    ]


def _value(sheet: MembershipSheet) -> list[Block]:
    value = sheet.value
    if not value.contacts and not value.received:
        return []
    facts = [
        ("Fee of the year", dollars(value.fee)),
        ("Visits and contacts", f"{value.visits} visits, {value.contacts} contacts"),
        ("Each visit", dollars_or_blank(value.per_visit)),
        ("Each hour", dollars_or_blank(value.per_hour)),
        ("Each contact", dollars_or_blank(value.per_contact)),
        ("Promises kept", _promises(sheet)),
        ("Care it took the place of", dollars(value.received)),
        ("Cost after that", dollars(value.net)),
    ]
    return [facts_table("What it was worth", facts), Words(" ".join(value.why))]


def _promises(sheet: MembershipSheet) -> str:
    kept = ((sheet.value.access, "Seen in time"), (sheet.value.length, "Long enough"))
    return " ".join(promise_words(promises, of) for promises, of in kept if promises.made)


def _leaving(sheet: MembershipSheet, today: date) -> list[Block]:
    """The sum of a refund on one day, the same under each rule, and the reasons."""
    found, membership = sheet.leaving, sheet.shown.membership
    said, _late = leaving_words.notice_sentence(found, membership, today)
    facts = [(line.words, line.figure) for line in leaving_words.sum_lines(found, membership)]
    if sheet.owed is not None:
        facts += [(line.words, line.figure) for line in leaving_words.owed_lines(sheet.owed)[1:]]
    columns = (
        Column("Under each rule", stretch=1),
        Column("Comes back", right=True),
        Column("Leaving costs", right=True),
    )
    rows = tuple(
        row(
            leaving_words.RULES[kind] + (" (yours)" if kind is membership.terms.refund_kind else ""),
            dollars(refund.refund),
            leaving_words.exit_words(refund),
        )
        for kind, refund in found.by_rule.items()
    )
    return [
        facts_table(f"Leaving on {day_text(found.on)}", facts),
        Table(columns, rows, size=9.0, before=8 * PT),
        Words(f"{said} {' '.join(found.why)}"),
        note(CHECK_STATE),
    ]
