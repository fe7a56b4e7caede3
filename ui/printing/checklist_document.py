"""The two lists of rulebook 3.10 on one page each: verifying coverage, and a first specialist visit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from tracker.domain.claims.about import About
from tracker.domain.claims.checklists import SPECIALIST, VERIFICATION, Item, items_of, ticked
from tracker.domain.claims.letter_fields import fields_of, inert
from tracker.domain.claims.reason_codes import CodeTable
from tracker.facts import Topic
from ui.models.coverage_words import short
from ui.printing.blocks import Block, Words
from ui.printing.document import Document, plain_document
from ui.printing.flow import PT
from ui.printing.table import Cell, Column, Row, Table, group, row

_LONGEST = 70
_NO_PROMISE = "An estimate or an authorization is no promise of payment. Keep the reference number."


def specialist_document(
    today: date, about: About | None = None, notes: Mapping[str, str] | None = None
) -> Document:
    """The eighteen items in their six groups, ticked as the case has them, with room for notes."""
    done, kept = _done(about), notes or {}
    rows: list[Row] = []
    for each in SPECIALIST:
        rows.append(group(each.name))
        rows += [
            row(Cell(tick=item.code in done), item.name, short(inert(kept.get(item.code, "")), _LONGEST))
            for item in each.items
        ]
    columns = (Column(""), Column("To find out or bring", stretch=3), Column("Notes", stretch=2, least=150))
    return plain_document(
        "Before a specialist appointment",
        today,
        [*_who(about), _table(columns, rows)],
        subtitle=_state(items_of(SPECIALIST), done),
        remark=_NO_PROMISE,
    )


def verification_document(
    today: date, about: About | None = None, notes: Mapping[str, str] | None = None
) -> Document:
    """The eight steps in order, with the answers that are known and room for the others."""
    done, kept = _done(about), {**(known_answers(about) if about else {}), **(notes or {})}
    rows: list[Row] = []
    for number, item in enumerate(VERIFICATION, start=1):
        rows.append(
            row(
                Cell(tick=item.code in done),
                Cell(f"{number}.  {item.name}", below=item.hint),
                "",
                bold=True,
            )
        )
        rows += [row("", label, short(inert(kept.get(label, "")), _LONGEST)) for label in item.notes]
    columns = (Column(""), Column("Step", stretch=2), Column("Answer", stretch=3, least=200))
    return plain_document(
        "Verifying coverage before a procedure",
        today,
        [*_who(about), _table(columns, rows)],
        subtitle=_state(VERIFICATION, done),
        remark=_NO_PROMISE,
    )


def known_answers(about: About) -> dict[str, str]:
    """What the facts already answer, by the label of the note."""
    fields = fields_of(about, CodeTable())
    npi = f", NPI {about.provider.npi}" if about.provider and about.provider.npi else ""
    held = about.case.authorization if about.case else None
    call = next((one for one in reversed(about.calls) if one.topic is Topic.VERIFICATION), None)
    answers = {
        "Exact name": fields.get("service", ""),
        "CPT codes": fields.get("codes", ""),
        "Physician and NPI": f"{fields.get('provider', '')}{npi}",
        "Facility and address": inert(about.name_of(held.facility_id)) if held else "",
        "Reference number": call.reference if call else "",
        "Representative": call.spoke_with if call else "",
    }
    return {label: answer for label, answer in answers.items() if answer}


def _done(about: About | None) -> Collection[str]:
    return about.case.ticked if about and about.case else ()


def _state(items: tuple[Item, ...], done: Collection[str]) -> str:
    found = ticked(items, done)
    return found.words if found.done else ""


def _who(about: About | None) -> list[Block]:
    """Whom and what it is for, on a line or two."""
    if about is None:
        return []
    fields = fields_of(about, CodeTable())
    names = ("patient", "plan", "member_number", "provider", "service")
    said = [short(fields[name], _LONGEST) for name in names if name in fields]
    return [Words(" \u00b7 ".join(said), before=8 * PT, most=3)] if said else []


def _table(columns: tuple[Column, ...], rows: list[Row]) -> Table:
    return Table(columns, tuple(rows), size=9.0, before=12 * PT, whole_up_to=len(rows))
