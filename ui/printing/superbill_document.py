"""A request to the practice for what is missing on a superbill, on one page (rulebook 4)."""

from __future__ import annotations

from tracker.domain.claims.about import About
from tracker.domain.claims.letter_fields import inert
from tracker.domain.claims.superbill import PRACTICE, gate
from tracker.facts import Case
from tracker.money import dollars
from ui.models.coverage_words import short
from ui.printing.blocks import Block, Words
from ui.printing.document import Document, plain_document
from ui.printing.facts_table import facts_table
from ui.printing.flow import PT
from ui.printing.table import Cell, Column, Table, row

_LONGEST = 80
_WHY = (
    "My plan returns a claim in which any of these is missing. Please send a superbill that has them, "
    "with the fee for the membership left out."
)


def superbill_request(about: About, case: Case) -> Document:
    """What the practice is asked for, each with a box to tick; what the member supplies is not on it."""
    sent = case.submission
    missing = [field for field in gate(sent.gate if sent else ()).missing if field.who == PRACTICE]
    facts = [
        ("Patient", about.person.name if about.person else ""),
        ("Provider", about.provider.name if about.provider else ""),
        ("For", case.title),
        ("Charge", dollars(sent.charge) if sent else ""),
    ]
    rows = tuple(row(Cell(tick=False), field.name) for field in missing)
    blocks: list[Block] = [
        facts_table("About", [(name, short(inert(value), _LONGEST)) for name, value in facts]),
        Words(_WHY, before=16 * PT),
        Table((Column(""), Column("Missing on the superbill", stretch=1)), rows, size=10.0, before=12 * PT),
    ]
    return plain_document("What the superbill still needs", about.today, blocks)
