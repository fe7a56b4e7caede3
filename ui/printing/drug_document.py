"""The drug list on paper, for a doctor's visit: what each person takes, how, and where it comes from."""

from __future__ import annotations

from tracker.dates import day_text
from tracker.services.prescription_report import DrugShown, PrescriptionsShown
from tracker.wording import count_of
from ui.printing.blocks import Block, Words, heading
from ui.printing.document import Document, plain_document
from ui.printing.flow import PT
from ui.printing.table import Cell, Column, Table, row

REMARK = (
    "As entered by the patient; the label and the prescriber decide. Last fill and supply are those of the "
    "fills entered."
)


def drug_document(shown: PrescriptionsShown) -> Document:
    """Every drug that is taken, by person, and what was stopped in the year before."""
    blocks: list[Block] = []
    for person in shown.home.people:
        own = [one for one in shown.drugs if one.drug.person_id == person.id]
        taken = [one for one in own if one.taken]
        stopped = [one for one in own if not one.taken]
        if not own:
            continue
        blocks.append(heading(person.name))
        if person.birth_date is not None:
            blocks.append(Words(f"Born {day_text(person.birth_date)}"))
        blocks.append(_taken(taken) if taken else Words("Takes none of the drugs entered."))
        if stopped:
            blocks.append(_stopped(stopped))
    subtitle = f"As of {day_text(shown.today)}"
    return plain_document("Drug list", shown.today, blocks, subtitle=subtitle, remark=REMARK)


def _taken(drugs: list[DrugShown]) -> Table:
    columns = (
        Column("Drug", stretch=2, lines=3),
        Column("Strength", lines=2),
        Column("How it is taken", stretch=3, lines=6),
        Column("A fill lasts"),
        Column("Last fill"),
        Column("Prescribed by", stretch=2, lines=3),
        Column("Pharmacy", stretch=2, lines=3),
    )
    rows = tuple(
        row(
            Cell(one.drug.name, below=one.tier),
            one.drug.strength,
            " ".join(one.drug.note.split()),
            count_of(one.drug.days, "day"),
            day_text(one.last.filled_on) if one.last else "",
            one.prescriber,
            one.pharmacy,
        )
        for one in drugs
    )
    return Table(columns, rows, size=9.0, before=8 * PT)


def _stopped(drugs: list[DrugShown]) -> Table:
    columns = (
        Column("No longer taken", stretch=2, lines=3),
        Column("Strength"),
        Column("Stopped"),
        Column("Prescribed by", stretch=2, lines=3),
    )
    rows = tuple(
        row(
            one.drug.name,
            one.drug.strength,
            day_text(one.drug.stopped_on) if one.drug.stopped_on else "",
            one.prescriber,
        )
        for one in drugs
    )
    return Table(columns, rows, size=9.0, before=10 * PT)
