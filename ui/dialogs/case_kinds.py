"""What the form of each kind of case asks for, under which names, and the lists that are ticked off."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.domain.claims.checklists import SPECIALIST, VERIFICATION
from tracker.domain.claims.clocks import PLAN_DAYS
from tracker.domain.claims.superbill import GATE
from tracker.facts import CaseKind, StepOutcome
from ui.widgets.tick_list import TickItem

STARTS = (
    (StepOutcome.FOUND.value, "Something is wrong: ask whoever sent the bill"),
    (StepOutcome.INSURANCE_ONLY.value, "Only the insurer can put it right"),
    ("", "Not looked at yet"),
)
LEVELS = (("1", "Internal appeal"), ("2", "Second internal appeal"), ("3", "External review"))

_DISPUTED = ("linked", "person_id", "provider", "at_stake")
SHOWN: Mapping[CaseKind, tuple[str, ...]] = {
    CaseKind.DISPUTE: (*_DISPUTED, "start"),
    CaseKind.APPEAL: (*_DISPUTED, "level", "received_on", "expedited"),
    CaseKind.ESTIMATE_DISPUTE: _DISPUTED,
    CaseKind.REIMBURSEMENT: (
        "linked",
        "person_id",
        "provider",
        "service_on",
        "category",
        "charge",
        "allowed",
        "expected",
        "gate",
        "filing_days",
        "channel",
        "sent_on",
        "proof",
    ),
    CaseKind.AUTHORIZATION: (
        "person_id",
        "provider",
        "category",
        "codes",
        "stands",
        "number",
        "units",
        "units_used",
        "facility_id",
        "requested_by",
        "requested_on",
        "decided_on",
        "valid_from",
        "valid_to",
        "expedited",
    ),
    CaseKind.REFERRAL: (
        "person_id",
        "requested_by",
        "provider",
        "stands",
        "number",
        "requested_on",
        "units",
        "units_used",
        "valid_from",
        "valid_to",
    ),
    CaseKind.COVERAGE_CHECK: ("linked", "person_id", "provider", "planned_on", "ticks"),
    CaseKind.APPOINTMENT: ("person_id", "provider", "planned_on", "ticks"),
}
LABELS: Mapping[CaseKind, Mapping[str, str]] = {
    CaseKind.AUTHORIZATION: {
        "provider": "Who gives the care",
        "units": "Units approved",
        "requested_by": "Asked for by",
        "requested_on": "Asked for on",
        "expedited": "Urgent: decided within 72 hours",
    },
    CaseKind.REFERRAL: {
        "provider": "To",
        "requested_by": "From",
        "requested_on": "Practice sent it on",
        "units": "Visits allowed",
        "units_used": "Visits used",
    },
    CaseKind.COVERAGE_CHECK: {"provider": "Who will give the care", "planned_on": "Care planned for"},
    CaseKind.APPOINTMENT: {"provider": "Specialist", "planned_on": "Day of the appointment"},
    CaseKind.REIMBURSEMENT: {"provider": "Who gave the care"},
}
USUAL = {
    "provider": "Provider",
    "requested_by": "Asked for by",
    "requested_on": "Asked for on",
    "units": "Units",
    "units_used": "Units used",
    "planned_on": "Planned for",
    "expedited": "Expedited: it cannot wait",
}
TITLE_HINT: Mapping[CaseKind, str] = {
    CaseKind.COVERAGE_CHECK: "The exact name of the procedure",
    CaseKind.AUTHORIZATION: "What is to be authorized",
    CaseKind.REFERRAL: "What the referral is for",
    CaseKind.APPOINTMENT: "What the visit is for",
}


def tick_items(kind: CaseKind) -> list[TickItem]:
    """The eight steps of a coverage check, or the eighteen items before an appointment."""
    if kind is CaseKind.COVERAGE_CHECK:
        return [
            TickItem(item.code, f"{place}. {item.name}", _with_notes(item.hint, item.notes))
            for place, item in enumerate(VERIFICATION, start=1)
        ]
    if kind is CaseKind.APPOINTMENT:
        return [
            TickItem(item.code, item.name, item.hint, group.name)
            for group in SPECIALIST
            for item in group.items
        ]
    return []


def gate_items() -> list[TickItem]:
    """The fields of a superbill, with who supplies them where they are missing."""
    return [
        TickItem(
            field.code,
            field.name + (" (if your plan asks for it)" if field.optional else ""),
        )
        for field in GATE
    ]


def _with_notes(hint: str, notes: tuple[str, ...]) -> str:
    asked = f"Ask and note: {', '.join(notes)}." if notes else ""
    return f"{hint} {asked}".strip()


def days_hint() -> str:
    """How long plans usually give to send a claim."""
    return "Often " + ", ".join(str(days) for days in PLAN_DAYS[:-1]) + f" or {PLAN_DAYS[-1]}. Check yours."
