"""Claims on paper: the rows that are shown, everything about the selected one, and the findings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.dates import day_text
from tracker.domain.claims.care_row import CareRow
from tracker.domain.claims.dispute_flow import moves_of, standing
from tracker.domain.claims.side_by_side import Line, claim_lines, side_by_side
from tracker.imports.reason_codes_file import reason_codes
from tracker.money import Cents, dollars, dollars_or_blank
from ui.models.claims_findings import STATES, FindingRow, weight
from ui.models.claims_papers import facts_of, paper_lines
from ui.models.claims_rows import sums_words
from ui.models.claims_why import why_parts
from ui.pages.claims_detail import verdict_words
from ui.pages.claims_read import ClaimsRead
from ui.pages.claims_steps import when
from ui.printing.blocks import Block, Words, heading, lead, note, subheading
from ui.printing.document import Document, plain_document
from ui.printing.table import Cell, Column, Table, row

REMARK = (
    "Estimate, not a determination. Your plan document and your administrator decide. "
    "Not tax, legal or medical advice."
)


def claims_document(
    read: ClaimsRead, rows: Sequence[CareRow], chosen: CareRow | None, today: date
) -> Document:
    """The table as it is filtered and sorted, then the chosen row in full."""
    sums = read.sums(rows if len(rows) < len(read.rows) else None)
    blocks: list[Block] = [
        lead("  \u00b7  ".join(f"{name} {value}" for name, value in sums_words(sums))),
        _table(rows),
    ]
    if len(rows) < len(read.rows):
        blocks.append(
            note(f"{len(rows):,} of {len(read.rows):,} rows, as they were filtered on the screen.")
        )
    if chosen is not None:
        blocks += _detail(read, chosen)
    return plain_document("Claims", today, blocks, subtitle=_as_of(today), remark=REMARK)


def findings_document(read: ClaimsRead, rows: Sequence[FindingRow], today: date) -> Document:
    """The findings as they are filtered."""
    sums = read.sums()
    columns = (
        Column("Finding", stretch=5, lines=8),
        Column("About", stretch=3, lines=3),
        Column("Weight"),
        Column("State"),
        Column("At stake", right=True),
    )
    listed = [
        row(
            Cell(item.finding.title, f"{item.finding.what} {item.finding.first}"),
            item.about,
            weight(item),
            Cell(STATES[item.state][0], item.note.reason if item.note else ""),
            dollars(item.finding.at_stake) if item.finding.at_stake else "",
        )
        for item in rows
    ]
    blocks: list[Block] = [
        lead(f"At stake {dollars(sums.at_stake)}  \u00b7  Recovered {dollars(sums.recovered)}")
    ]
    blocks.append(Table(columns, tuple(listed)) if listed else Words("There are no findings here."))
    return plain_document("Findings", today, blocks, subtitle=_as_of(today), remark=REMARK)


def _as_of(today: date) -> str:
    return f"What was billed, what the plan allowed, what you owe, as of {day_text(today)}"


def _table(rows: Sequence[CareRow]) -> Table:
    several = len({item.person_id for item in rows}) > 1
    columns = (
        Column("Service"),
        Column("Provider", stretch=3),
        *([Column("Person", stretch=1)] if several else []),
        Column("For", stretch=3, lines=3),
        Column("Billed", right=True),
        Column("Allowed", right=True),
        Column("You owe", right=True),
        Column("Check", stretch=2, lines=3),
    )
    listed = [
        row(
            day_text(item.service_on),
            item.provider,
            *([item.person] if several else []),
            item.what,
            dollars_or_blank(item.billed),
            item.allowed_words or dollars_or_blank(item.allowed),
            "not known" if item.you_owe is None else dollars(item.you_owe),
            item.check.words,
        )
        for item in rows
    ]
    return Table(columns, tuple(listed), size=8.0, smallest=5.5)


def _detail(read: ClaimsRead, chosen: CareRow) -> list[Block]:
    place = chosen.worst
    bill = chosen.bills[place] if place is not None else None
    found = chosen.verdicts[place] if place is not None else None
    alone = bill is None or len(read.papers.matches.claims_of_bill(bill.id or 0)) < 2
    lines = side_by_side(chosen.claim, chosen.expected, bill, found, alone=alone)
    blocks: list[Block] = [heading(chosen.title)]
    if facts := facts_of(read.papers, chosen):
        blocks.append(lead("  \u00b7  ".join(facts)))
    blocks.append(_compared(lines))
    blocks.append(Words(verdict_words(chosen)))
    if chosen.claim is not None and len(chosen.claim.lines) > 1:
        blocks += _eob_lines(chosen)
    blocks += _papers(read, chosen)
    if chosen.case is not None:
        blocks += _steps(read, chosen)
    elif chosen.check.todo:
        blocks.append(subheading("What to do next"))
        blocks += [Words(f"{number}. {said}") for number, said in enumerate(chosen.check.todo, start=1)]
    parts = [part for part in why_parts(read.papers, chosen, reason_codes()) if part.heading != "The check"]
    for part in parts:
        blocks.append(subheading(part.heading))
        blocks += [Words(said) for said in part.sentences]
    return blocks


def _compared(lines: Sequence[Line]) -> Table:
    columns = (
        Column("", stretch=2),
        Column("Expected from your plan", right=True, least=130),
        Column("EOB", right=True, least=90),
        Column("Bill", right=True, least=90),
    )
    listed = [
        row(
            line.label,
            dollars_or_blank(line.expected),
            _marked(line.eob, line.eob_differs),
            _marked(line.bill, line.bill_differs),
            bold=line.total,
        )
        for line in lines
    ]
    return Table(columns, tuple(listed), size=9.0)


def _marked(amount: Cents | None, differs: bool) -> Cell:
    """A difference is said in a word: paper has no colour."""
    return Cell(dollars_or_blank(amount), "differs" if differs else "")


def _eob_lines(chosen: CareRow) -> list[Block]:
    assert chosen.claim is not None
    columns = (
        Column("Line", stretch=3),
        Column("Code"),
        Column("Billed", right=True),
        Column("Allowed", right=True),
        Column("Plan paid", right=True),
        Column("You owe", right=True),
        Column("Expected", right=True),
        Column("Codes", stretch=1),
    )
    listed = [
        row(
            view.line.description,
            view.line.code,
            dollars_or_blank(view.line.billed),
            dollars_or_blank(view.line.allowed),
            dollars_or_blank(view.line.plan_paid),
            _marked(view.line.you_owe, view.differs),
            dollars_or_blank(view.expected),
            view.line.reasons,
        )
        for view in claim_lines(chosen.claim, chosen.expected)
    ]
    return [subheading("Lines of the EOB"), Table(columns, tuple(listed), size=8.0, smallest=5.5)]


def _papers(read: ClaimsRead, chosen: CareRow) -> list[Block]:
    lines = paper_lines(read.papers, chosen)
    if not lines:
        return []
    columns = (Column("Papers", least=70), Column("", stretch=1, lines=8))
    listed, before = [], ""
    for line in lines:
        listed.append(row(line.section if line.section != before else "", Cell(line.words, line.detail)))
        before = line.section
    return [Table(columns, tuple(listed), size=9.0, before=240.0)]


def _steps(read: ClaimsRead, chosen: CareRow) -> list[Block]:
    case = chosen.case
    assert case is not None
    found = standing(moves_of(case), case.opened_on, read.papers.today)
    columns = (Column("Step", stretch=3), Column("Who", stretch=2), Column("When", right=True))
    listed = [
        row(
            f"{step.info.step.value}. {step.info.name}",
            step.info.who,
            when(step),
            bold=when(step) == "next",
        )
        for step in found.steps
    ]
    return [
        subheading(f"Dispute: {case.title}"),
        lead(found.words),
        Table(columns, tuple(listed), size=9.0),
    ]
