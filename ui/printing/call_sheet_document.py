"""*Before you call*: one page with the numbers they ask for and room for what they say (rulebook 3.9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.dates import day_text
from tracker.domain.claims.about import About
from tracker.domain.claims.findings.finding import Finding
from tracker.domain.claims.letter_fields import fields_of, inert
from tracker.domain.claims.reason_codes import CodeTable
from ui.models.coverage_words import short
from ui.printing.blocks import Beside, Block, Words, subheading
from ui.printing.document import PAPERS, Document, plain_document
from ui.printing.facts_table import facts_table
from ui.printing.flow import PT
from ui.printing.to_write import ToWrite
from ui.printing.type import BODY

_LINE = 3 * PT


class Called(StrEnum):
    """Who is going to be called."""

    INSURER = "insurer"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class _Room:
    """How much the sheet says: letters of a name, calls before, lines of a reason."""

    letters: int
    calls: int
    lines: int


_ROOMS = (_Room(80, 4, 3), _Room(60, 2, 3), _Room(40, 1, 2), _Room(24, 0, 1))


def call_sheet_document(about: About, called: Called, findings: Sequence[Finding] = ()) -> Document:
    """One page to have beside the telephone: where it would become two, less is said."""
    fields = fields_of(about, CodeTable(), findings)
    made = [_sheet(about, called, fields, _ROOMS[0])]
    for room in _ROOMS[1:]:
        if all(len(made[-1].lay_out(paper).pages) == 1 for paper in PAPERS):
            break
        made.append(_sheet(about, called, fields, room))
    return made[-1]


def _sheet(about: About, called: Called, fields: Mapping[str, str], room: _Room) -> Document:
    whom = short(fields.get(called.value, "") or f"the {called.value}", 40)
    blocks: list[Block] = [
        Beside(
            (
                (facts_table("They will ask for", _numbers(about, fields, called, room)),),
                (facts_table("The figures", _figures(fields)),),
            ),
            before=8 * PT,
        ),
        subheading("What it is about"),
        *(Words(said, BODY, before=_LINE, most=room.lines) for said in _reasons(about, fields)),
        subheading("Ask"),
        *(Words(f"\u2022  {said}", BODY, before=_LINE, most=2) for said in _QUESTIONS[called]),
        *_earlier(about, room),
        subheading("While you talk"),
        Beside(
            (
                (ToWrite("Date and time"), ToWrite("Spoke with")),
                (ToWrite("Reference number"), ToWrite("Direct number")),
            ),
            before=2 * PT,
        ),
        ToWrite("What they said", lines=3),
        ToWrite("What they promised, and by when", lines=2),
        ToWrite("Check again on"),
    ]
    title = f"Before you call {whom}"
    subtitle = short(about.case.title, 120) if about.case else ""
    return plain_document(title, about.today, blocks, subtitle=subtitle)


def _numbers(
    about: About, fields: Mapping[str, str], called: Called, room: _Room
) -> Iterator[tuple[str, str]]:
    provider = about.insurer if called is Called.INSURER else about.provider
    rows = [
        ("Phone", inert(provider.phone) if provider else ""),
        ("Member number", fields.get("member_number", "")),
        ("Plan", fields.get("plan", "")),
        ("Claim number", fields.get("claim_number", "")),
        ("Account number", fields.get("account_number", "")),
        ("Authorization", fields.get("authorization_number", "")),
        ("Patient", fields.get("patient", "")),
        ("Date of birth", fields.get("birth_date", "")),
        ("Date of service", fields.get("service_days", "")),
        ("Provider", fields.get("provider", "")),
    ]
    return ((name, short(value, room.letters)) for name, value in rows)


def _figures(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    rows = [
        ("Billed", "billed"),
        ("Allowed", "allowed"),
        ("Plan paid", "plan_paid"),
        ("You owe by the EOB", "you_owe"),
        ("By the plan's terms", "expected"),
        ("The bill asks", "bill_asks"),
        ("You paid", "paid"),
        ("Billed too much", "over"),
        ("Refund due", "refund"),
        ("Safe to pay", "safe_to_pay"),
    ]
    return ((name, fields.get(field, "")) for name, field in rows)


def _reasons(about: About, fields: Mapping[str, str]) -> list[str]:
    """The finding, else what the verdict says, else what the case is called."""
    if fields.get("finding"):
        return [fields["finding"]]
    if about.verdict is not None:
        return list(about.verdict.why[:4])
    if about.case is not None:
        return [about.case.title]
    return [fields.get("service", "") or "Ask where the claim stands."]


def _earlier(about: About, room: _Room) -> list[Block]:
    if not (about.calls and room.calls):
        return []
    said: list[Block] = [subheading("Calls before")]
    for call in about.calls[-room.calls :]:
        parts = (
            day_text(call.called_on),
            about.name_of(call.provider_id),
            call.spoke_with,
            f"reference {call.reference}" if call.reference else "",
            f"promised: {call.promise}" if call.promise else call.said,
        )
        said.append(Words("; ".join(inert(part) for part in parts if inert(part)), before=_LINE, most=2))
    return said


_QUESTIONS = {
    Called.INSURER: (
        "How was the claim worked: deductible, copay, coinsurance, and why?",
        "In which network was it processed?",
        "Was a corrected claim received, or is one needed from the provider?",
        "What has to happen next, who does it, and until when?",
        "What is the reference number of this call?",
    ),
    Called.PROVIDER: (
        "Which services and codes were billed, and was the claim sent to the plan?",
        "Why does the bill differ from what the EOB says I owe?",
        "Will you correct the bill, and until when?",
        "Is the account on hold, without fees or collection, until then?",
        "What is the reference number of this call?",
    ),
}
