"""The pages of a packet that are ours: the cover with the contents, the timeline, the call log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.dates import day_text
from tracker.domain.claims.about import About
from tracker.domain.claims.letter_fields import fields_of
from tracker.domain.claims.reason_codes import CodeTable
from tracker.domain.claims.timeline import Event
from tracker.exports.packet import Entry
from tracker.facts import Call, CaseOutcome
from tracker.money import dollars
from tracker.services.packets import CasePapers, PacketKind
from ui.printing.blocks import Block, Words, heading, note
from ui.printing.document import Document
from ui.printing.facts_table import facts_table
from ui.printing.flow import PT
from ui.printing.table import Cell, Column, Table, row
from ui.printing.type import SUBTITLE, TITLE


@dataclass(frozen=True, slots=True)
class PacketFront:
    """What our own pages show."""

    kind: PacketKind
    papers: CasePapers
    with_timeline: bool = True
    with_calls: bool = True

    def document(self, entries: Sequence[Entry]) -> Document:
        """Our pages; `entries` are the attached documents with the pages they stand on."""
        about, case = self.papers.about, self.papers.case
        blocks: list[Block] = [
            Words(case.title, TITLE, before=0.0, keep_next=True, most=4),
            Words(f"{self.kind.words}, made {day_text(about.today)}", SUBTITLE, before=2 * PT),
            facts_table("About", self._facts()),
        ]
        if self.kind is PacketKind.CLAIM:
            blocks += _services(about)
        blocks += _contents(entries)
        if self.with_timeline:
            blocks += _timeline(self.papers.events)
        if self.with_calls:
            blocks += _calls(about)
        return Document(case.title, case.title, "", "", tuple(blocks), bare=True)

    def _facts(self) -> Iterator[tuple[str, str]]:
        about, case = self.papers.about, self.papers.case
        fields = fields_of(about, CodeTable())
        for label, name in _FACTS:
            yield label, fields.get(name, "")
        if self.kind is PacketKind.CLAIM:
            yield "Charge", fields.get("charge", "")
            yield "Paid by me", fields.get("paid", "")
            yield "To be sent by", fields.get("file_by", "")
            return
        yield "Amount of the bill", fields.get("bill_asks", "")
        yield "Owed by the EOB", fields.get("you_owe", "")
        yield "At stake", fields.get("at_stake", "")
        yield "Opened", day_text(case.opened_on)
        if case.outcome is not CaseOutcome.OPEN and case.closed_on:
            yield "Closed", f"{day_text(case.closed_on)}, {case.outcome.value.replace('_', ' ')}"


_FACTS = (
    ("Member", "member_name"),
    ("Member number", "member_number"),
    ("Plan", "plan"),
    ("Insurer", "insurer"),
    ("Patient", "patient"),
    ("Date of birth", "birth_date"),
    ("Provider", "provider"),
    ("Dates of service", "service_days"),
    ("Service", "service"),
    ("Claim number", "claim_number"),
    ("Account number", "account_number"),
    ("Authorization number", "authorization_number"),
)


def _services(about: About) -> list[Block]:
    """What the claim asks for, line by line, where the lines are known."""
    lines = about.bill.newest.lines if about.bill and about.bill.newest else ()
    claim_lines = about.claim.lines if about.claim and not lines else ()
    rows = [
        row(
            day_text(line.service_on) if line.service_on else "",
            " ".join(part for part in (line.code, line.modifiers) if part),
            line.description,
            str(line.units),
            dollars(line.amount),
        )
        for line in lines
    ] + [
        row(
            day_text(line.service_on) if line.service_on else "",
            " ".join(part for part in (line.code, line.modifiers) if part),
            line.description,
            str(line.units),
            dollars(line.billed) if line.billed is not None else "",
        )
        for line in claim_lines
    ]
    if not rows:
        return []
    columns = (
        Column("Day"),
        Column("Code"),
        Column("Service", stretch=1, lines=3),
        Column("Units", right=True),
        Column("Charge", right=True),
    )
    return [Table(columns, tuple(rows), size=9.0, before=16 * PT)]


def _contents(entries: Sequence[Entry]) -> list[Block]:
    """Every attached document with its first page; what is missing says so."""
    head = heading("Documents")
    if not entries:
        return [head, Words("No documents are attached to this case or to its papers.")]
    columns = (
        Column("Document", stretch=2, lines=2),
        Column("Belongs to", stretch=1, lines=2),
        Column("Pages", right=True, least=40),
    )
    rows = tuple(
        row(Cell(entry.name, below=entry.problem), entry.about, _pages(entry)) for entry in entries
    )
    return [head, Table(columns, rows, size=9.0, before=6 * PT)]


def _pages(entry: Entry) -> str:
    last = entry.first + entry.count - 1
    return str(entry.first) if last <= entry.first else f"{entry.first} to {last}"


def _timeline(events: Sequence[Event]) -> list[Block]:
    head = heading("Timeline", new_page=True)
    if not events:
        return [head, Words("Nothing with a date is known.")]
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
    return [head, Table(columns, rows, size=9.0, before=6 * PT)]


def _calls(about: About) -> list[Block]:
    head = heading("Call log")
    if not about.calls:
        return [head, Words("No calls are logged.")]
    columns = (
        Column("Day"),
        Column("Who", stretch=1, lines=4),
        Column("Reference", most=110),
        Column("What was said", stretch=3, lines=40),
    )
    rows = tuple(
        row(
            Cell(day_text(call.called_on), below=_time(call)),
            Cell(about.name_of(call.provider_id) or call.spoke_with, below=_with(about, call)),
            call.reference,
            Cell(call.said or call.about, below=_promise(call)),
        )
        for call in about.calls
    )
    return [
        head,
        Table(columns, rows, size=9.0, before=6 * PT),
        note("Written down by the member during or right after each call."),
    ]


def _time(call: Call) -> str:
    began = call.began_at.strftime("%H:%M") if call.began_at else ""
    length = f"{call.minutes} min" if call.minutes else ""
    return ", ".join(part for part in (began, length) if part)


def _with(about: About, call: Call) -> str:
    with_whom = call.spoke_with if about.name_of(call.provider_id) else ""
    return ", ".join(part for part in (with_whom, call.phone) if part)


def _promise(call: Call) -> str:
    return f"Promised: {call.promise}" if call.promise else ""
