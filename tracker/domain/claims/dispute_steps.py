"""The eleven steps of a dispute as data (rulebook 3.7): names, order, who acts, where each leads.

`tracker.domain.claims.dispute_flow` walks them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from tracker.facts import StepOutcome as Outcome
from tracker.facts import Turn


class Step(IntEnum):
    """The steps in their order; the number is the one printed and stored."""

    RECEIVED = 1
    REVIEW = 2
    CONTACT_PRACTICE = 3
    PRACTICE_REVIEWS = 4
    PRACTICE_ANSWERS = 5
    CONTACT_INSURER = 6
    INSURER_REVIEWS = 7
    INSURER_ACTS = 8
    GATHER = 9
    APPEAL = 10
    RESOLUTION = 11


@dataclass(frozen=True, slots=True)
class Exit:
    """One way out of a step."""

    outcome: Outcome
    to: Step
    words: str


@dataclass(frozen=True, slots=True)
class StepInfo:
    """A step as it is printed: its name, who acts in words, whose turn that is, and its exits."""

    step: Step
    name: str
    who: str
    turn: Turn
    hint: str
    exits: tuple[Exit, ...]


STEPS: tuple[StepInfo, ...] = (
    StepInfo(
        Step.RECEIVED,
        "EOB and/or bill received",
        "Insurer or practice, to the patient",
        Turn.INSURER,
        "Record the EOB and the bill. Do not pay before both are here.",
        (Exit(Outcome.WENT_ON, Step.REVIEW, "It is here: review it."),),
    ),
    StepInfo(
        Step.REVIEW,
        "Patient reviews for discrepancy",
        "Patient",
        Turn.ME,
        "Compare care, EOB, bill and plan, and look at the findings.",
        (
            Exit(Outcome.FOUND, Step.CONTACT_PRACTICE, "Something is wrong: contact the practice."),
            Exit(
                Outcome.INSURANCE_ONLY,
                Step.CONTACT_INSURER,
                "Only the insurer can put it right: contact the insurer.",
            ),
            Exit(Outcome.NONE_FOUND, Step.RESOLUTION, "Nothing is wrong: pay what you owe."),
        ),
    ),
    StepInfo(
        Step.CONTACT_PRACTICE,
        "Patient contacts concierge practice",
        "Patient",
        Turn.ME,
        "Or the billing office of whoever sent the bill. Note the person, the number and the promise.",
        (Exit(Outcome.WENT_ON, Step.PRACTICE_REVIEWS, "They have it: they review the bill."),),
    ),
    StepInfo(
        Step.PRACTICE_REVIEWS,
        "Practice reviews billing",
        "Practice",
        Turn.PROVIDER,
        "They check the services and codes they billed.",
        (Exit(Outcome.WENT_ON, Step.PRACTICE_ANSWERS, "They have looked: wait for their answer."),),
    ),
    StepInfo(
        Step.PRACTICE_ANSWERS,
        "Practice clarifies or corrects",
        "Practice",
        Turn.PROVIDER,
        "They send a corrected bill or explain the charge.",
        (
            Exit(Outcome.CORRECTED, Step.REVIEW, "A corrected bill came: review it."),
            Exit(Outcome.EXPLAINED, Step.RESOLUTION, "You accept their explanation: settle it."),
            Exit(Outcome.PERSISTS, Step.CONTACT_INSURER, "It is still wrong: contact the insurer."),
        ),
    ),
    StepInfo(
        Step.CONTACT_INSURER,
        "Patient contacts insurance company",
        "Patient",
        Turn.ME,
        "Call member services with the claim number. Ask for a reference number.",
        (Exit(Outcome.WENT_ON, Step.INSURER_REVIEWS, "They have it: they review the claim."),),
    ),
    StepInfo(
        Step.INSURER_REVIEWS,
        "Insurer reviews claim",
        "Insurer",
        Turn.INSURER,
        "They compare the claim with your plan.",
        (Exit(Outcome.WENT_ON, Step.INSURER_ACTS, "They have looked: wait for their decision."),),
    ),
    StepInfo(
        Step.INSURER_ACTS,
        "Insurer explains or acts",
        "Insurer",
        Turn.INSURER,
        "They approve, deny with a reason, or ask for more information.",
        (
            Exit(Outcome.APPROVED, Step.RESOLUTION, "Approved: settle what is left."),
            Exit(Outcome.INFORMATION, Step.GATHER, "They want more information: gather it."),
            Exit(Outcome.DENIED, Step.APPEAL, "Denied: appeal."),
        ),
    ),
    StepInfo(
        Step.GATHER,
        "Patient gathers additional information with the practice",
        "Patient and practice",
        Turn.ME,
        "Ask the practice for records or a letter and send them in.",
        (Exit(Outcome.WENT_ON, Step.INSURER_REVIEWS, "Sent: they review the claim again."),),
    ),
    StepInfo(
        Step.APPEAL,
        "Patient appeals",
        "Patient",
        Turn.ME,
        "File the appeal before its last day and keep proof of it.",
        (
            Exit(Outcome.DECIDED_FOR, Step.RESOLUTION, "Decided for you: settle what is left."),
            Exit(Outcome.NEXT_LEVEL, Step.APPEAL, "Decided against you: appeal at the next level."),
            Exit(Outcome.DECIDED_AGAINST, Step.RESOLUTION, "Decided against you: end it here."),
        ),
    ),
    StepInfo(
        Step.RESOLUTION,
        "Resolution",
        "Nobody",
        Turn.NOBODY,
        "Closed by payment, adjustment or a successful appeal, or given up or written off.",
        (),
    ),
)

GIVING_UP = (
    Exit(Outcome.WRITTEN_OFF, Step.RESOLUTION, "The amount was written off."),
    Exit(Outcome.ABANDONED, Step.RESOLUTION, "Give it up."),
)
"""Ways to close a case from any open step."""


def info(step: Step) -> StepInfo:
    return STEPS[step - 1]


class AppealLevel(StrEnum):
    """The levels of step 10."""

    INTERNAL = "internal"
    SECOND = "internal_second"
    EXTERNAL = "external"

    @property
    def words(self) -> str:
        return _LEVEL_WORDS[self]


_LEVEL_WORDS = {
    AppealLevel.INTERNAL: "Internal appeal",
    AppealLevel.SECOND: "Second internal appeal",
    AppealLevel.EXTERNAL: "External review",
}


def appeal_levels(internal_levels: int) -> tuple[AppealLevel, ...]:
    """The levels of a plan: one internal level (individual plans) or two, then external review."""
    if internal_levels not in (1, 2):
        raise ValueError("a plan has one or two internal levels")
    second = (AppealLevel.SECOND,) if internal_levels == 2 else ()
    return (AppealLevel.INTERNAL, *second, AppealLevel.EXTERNAL)
