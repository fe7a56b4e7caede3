"""The steps of cases that are no dispute: a short list for each kind, counted from 1.

Disputes and appeals walk the eleven steps of `dispute_steps`; coverage checks and appointments have
the lists of `checklists`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from tracker.facts import CaseKind, Turn


@dataclass(frozen=True, slots=True)
class PlainStep:
    """A step: its name, who acts, and what to do there."""

    number: int
    name: str
    turn: Turn
    hint: str


class Reimbursed(IntEnum):
    """The life of a claim the member files (rulebook 4): each move is dated and logged."""

    COMPLETE = 1
    SEND = 2
    ACKNOWLEDGED = 3
    DECIDED = 4
    PAID = 5


class Estimated(IntEnum):
    """A good-faith-estimate dispute (rulebook 3.8)."""

    COMPARE = 1
    START = 2
    REVIEW = 3
    SETTLED = 4


class Asked(IntEnum):
    """A prior authorization or a referral (rulebook 3.10)."""

    REQUEST = 1
    DECISION = 2
    USE = 3


_LISTS: Mapping[CaseKind, tuple[PlainStep, ...]] = {
    CaseKind.REIMBURSEMENT: (
        PlainStep(1, "Complete the superbill", Turn.ME, "Check every field; a missing one sends it back."),
        PlainStep(2, "Send the claim", Turn.ME, "Send it with the superbill and keep the proof."),
        PlainStep(
            3, "Insurer confirms it", Turn.INSURER, "Ask whether it arrived and note the claim number."
        ),
        PlainStep(4, "Insurer decides", Turn.INSURER, "The EOB says what was allowed and paid."),
        PlainStep(5, "Money comes", Turn.INSURER, "Tie each payment to the bill it repays."),
    ),
    CaseKind.ESTIMATE_DISPUTE: (
        PlainStep(1, "Compare bill and estimate", Turn.ME, "The bill must be $400 or more above it."),
        PlainStep(
            2, "Start the dispute", Turn.ME, "Start it within 120 days of the first bill; it costs $25."
        ),
        PlainStep(3, "Reviewer decides", Turn.INSURER, "The provider may not collect meanwhile."),
        PlainStep(4, "Settle the bill", Turn.ME, "Pay what the reviewer set."),
    ),
    CaseKind.AUTHORIZATION: (
        PlainStep(1, "Ask for it", Turn.ME, "Usually the practice that orders the care asks the insurer."),
        PlainStep(2, "Insurer decides", Turn.INSURER, "Note the number and the dates it is valid."),
        PlainStep(3, "Care within its dates", Turn.ME, "Same code, provider, place and units as approved."),
    ),
    CaseKind.REFERRAL: (
        PlainStep(1, "Ask your practice", Turn.ME, "Say which specialist and what for."),
        PlainStep(2, "Practice sends it", Turn.PROVIDER, "Ask for the day it was sent and its number."),
        PlainStep(3, "Visits within its dates", Turn.ME, "Every visit counts against the number allowed."),
    ),
}


def plain_steps(kind: CaseKind) -> tuple[PlainStep, ...]:
    """The list of a kind; empty for those with another."""
    return _LISTS.get(kind, ())
