"""The eleven steps of a dispute on paper, always all of them, and what happened at each (rulebook 3.7)."""

from __future__ import annotations

from tracker.dates import day_text
from tracker.domain.claims.about import About
from tracker.domain.claims.dispute_flow import StepState, moves_of, standing
from tracker.domain.claims.timeline import EventKind, timeline
from tracker.facts import Case
from tracker.money import dollars
from ui.printing.blocks import Block, Words, heading
from ui.printing.document import Document, plain_document
from ui.printing.flow import PT
from ui.printing.table import Cell, Column, Row, Table, row


def steps_document(about: About, case: Case) -> Document:
    """Where the case stands, its eleven steps, its days, and every entry with whom and what was said."""
    also = [call.called_on for call in about.calls]
    stands = standing(moves_of(case), case.opened_on, about.today, also_moved=also)
    rows: list[Row] = [
        row(
            Cell(tick=step.state is StepState.DONE),
            str(step.info.step.value),
            Cell(step.info.name, below=step.info.who),
            step.words + (f" ({step.times} times)" if step.times > 1 else ""),
            bold=step.state is StepState.NOW,
        )
        for step in stands.steps
    ]
    columns = (
        Column(""),
        Column("", right=True),
        Column("Step", stretch=2),
        Column("State", stretch=1, lines=4),
    )
    blocks: list[Block] = [
        Words(stands.words, before=10 * PT),
        Table(columns, tuple(rows), size=9.5, before=12 * PT),
        *_days(case),
        *_entries(about),
    ]
    return plain_document("The eleven steps of a dispute", about.today, blocks, subtitle=case.title)


def _days(case: Case) -> list[Block]:
    if not case.deadlines:
        return []
    columns = (
        Column("What", stretch=1, lines=3),
        Column("Do it by", least=62),
        Column("Legal last day", least=62),
        Column("Done", least=62),
    )
    rows = tuple(
        row(
            Cell(item.label, below=item.why),
            day_text(item.do_by),
            day_text(item.last_day) if item.last_day else "",
            day_text(item.done_on) if item.done_on else "",
        )
        for item in sorted(case.deadlines, key=lambda item: item.do_by)
    )
    return [heading("Days to keep"), Table(columns, rows, size=9.0, before=6 * PT)]


def _entries(about: About) -> list[Block]:
    kinds = (EventKind.CASE, EventKind.STEP, EventKind.CALL, EventKind.LETTER)
    events = [event for event in timeline(about) if event.kind in kinds]
    if not events:
        return []
    columns = (
        Column("Day"),
        Column("What"),
        Column("", stretch=1, lines=12),
        Column("Amount", right=True),
    )
    rows = tuple(
        row(
            day_text(event.on),
            event.kind.words,
            event.words,
            dollars(event.amount) if event.amount is not None else "",
        )
        for event in events
    )
    return [heading("What happened"), Table(columns, rows, size=9.0, before=6 * PT)]
