"""Affordability on paper: three scenarios, the six steps with their reasons, and the marks."""

from __future__ import annotations

from datetime import date

from tracker.dates import day_text
from tracker.domain.budget.affordability import Year
from tracker.money import dollars
from tracker.reports.affordability import ONLY_ORIENTATION, AffordabilityReport
from ui.models.budget_afford import HEADINGS, result_rows, step_title
from ui.printing.blocks import Block, Words, heading, note
from ui.printing.document import Document, plain_document
from ui.printing.flow import PT
from ui.printing.table import Column, Table, row


def affordability_document(report: AffordabilityReport, today: date, *, draft: bool = False) -> Document:
    """What is shown, `draft` where it is not saved as it stands."""
    budget = report.budget
    named = f"{budget.name.strip() or 'No name'}, {day_text(budget.as_of)}"
    blocks: list[Block] = [_scenarios(report), *(note(said) for said in report.missing)]
    blocks += [note(said) for said in (report.free_why, *_reasons(report))]
    if budget.note:
        blocks.append(Words(budget.note, before=8 * PT))
    blocks.append(heading("The six steps"))
    for place, step in enumerate(report.result.steps):
        blocks.append(Words(f"{step_title(place)}: {dollars(step.amount)} a month", keep_next=True))
        if place in (1, 4):
            blocks.append(_lines(report, discretionary=place == 4))
        else:
            blocks.append(note(" ".join(report.step_why(place))))
    blocks.append(heading("Marks for orientation"))
    for mark, source in zip(report.marks, report.mark_sources, strict=True):
        blocks.append(Words(f"{mark.label}: {mark.why}", keep_next=True))
        blocks.append(note(f"Source: {source}"))
    return plain_document(
        "Affordability",
        today,
        blocks,
        subtitle=f"{named}, not saved" if draft else named,
        remark=ONLY_ORIENTATION,
    )


def _scenarios(report: AffordabilityReport) -> Table:
    columns = (
        Column("A month", stretch=1),
        *(Column(HEADINGS[year], right=True) for year in Year),
    )
    rows = tuple(
        row(item.name, *(item.cells.get(year, "") for year in Year), bold=item.bold)
        for item in result_rows(report)
    )
    return Table(columns, rows, size=9.5, before=12 * PT)


def _reasons(report: AffordabilityReport) -> list[str]:
    return [said for year in report.outcomes for said in report.health_why[year]]


def _lines(report: AffordabilityReport, *, discretionary: bool) -> Block:
    found = [line for line in report.budget.lines if line.discretionary is discretionary]
    if not found:
        return note("Nothing is entered here.")
    columns = (Column("Expense", stretch=1), Column("A month", right=True))
    if not discretionary:
        return Table(columns, tuple(row(line.label, dollars(line.amount)) for line in found), size=9.0)
    return Table(
        (*columns, Column("Possible cut", right=True), Column("Left", right=True)),
        tuple(
            row(line.label, dollars(line.amount), dollars(line.cut), dollars(line.amount - line.cut))
            for line in found
        ),
        size=9.0,
    )
