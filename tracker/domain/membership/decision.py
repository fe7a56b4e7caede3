"""The decision worksheet: benefits, risks, the doctor, and questions to the practice (rulebook 6.6).

The member weighs; the program only counts what has been answered. How good a doctor is has nothing
to do with how the practice is paid, so the doctor has a list of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """A list of the worksheet, with its heading."""

    BENEFIT = "Benefits"
    RISK = "Risks"
    DOCTOR = "The doctor"
    QUESTION = "Questions to the practice"


WEIGHTS = {0: "does not matter", 1: "a little", 2: "matters", 3: "matters a lot"}


@dataclass(frozen=True, slots=True)
class WorksheetItem:
    """One line of the worksheet."""

    code: str
    part: Part
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What the member said to a line. `weight` is 0 to 3 for benefits and risks."""

    weight: int | None = None
    note: str = ""

    @property
    def is_answered(self) -> bool:
        return self.weight is not None or bool(self.note.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Sums of weights and what is still open. There is no verdict."""

    benefits: int
    risks: int
    open: tuple[WorksheetItem, ...]
    sentence: str


def _items(part: Part, *pairs: tuple[str, str]) -> tuple[WorksheetItem, ...]:
    return tuple(WorksheetItem(f"{part.name.casefold()}.{code}", part, text) for code, text in pairs)


WORKSHEET = (
    *_items(
        Part.BENEFIT,
        ("time", "More time with the doctor"),
        ("coordination", "Somebody coordinates your care"),
        ("price", "A predictable price"),
        ("access", "Same-day or next-day access"),
    ),
    *_items(
        Part.RISK,
        ("locked", "You are bound to one provider and a list of services for the term"),
        ("twice", "You pay twice for what insurance would cover"),
        ("closes", "The practice closes or the doctor leaves"),
        ("rises", "The fee rises"),
        ("not_reimbursed", "The fee cannot be paid from an HSA or FSA"),
        ("access", "The promised access is not there when you need it"),
    ),
    *_items(
        Part.DOCTOR,
        ("board", "Board certification"),
        ("licence", "License, and actions against it"),
        ("training", "Training and years of practice"),
        ("hospitals", "Hospital privileges"),
        ("references", "References from other patients or doctors"),
    ),
    *_items(
        Part.QUESTION,
        ("included", "What does the fee include?"),
        ("billed", "What is billed besides the fee, and to whom?"),
        ("refund", "What is given back when I leave early?"),
        ("away", "Who covers when the doctor is away?"),
        ("hospital", "What does the doctor do when I am in hospital?"),
        ("medicare", "Does the doctor take part in Medicare, or has opted out?"),
        ("network", "In which insurance networks is the doctor?"),
        ("extras", "What do common extras cost?"),
        ("notice", "How long before a price change am I told?"),
    ),
)


def summary(answers: Mapping[str, Weighed]) -> Summary:
    """How far the worksheet is filled in, and how the member's weights add up on both sides."""
    sums = dict.fromkeys(Part, 0)
    for item in WORKSHEET:
        found = answers.get(item.code)
        sums[item.part] += (found.weight or 0) if found else 0
    left = tuple(item for item in WORKSHEET if not answers.get(item.code, Weighed()).is_answered)
    done = len(WORKSHEET) - len(left)
    sentence = (
        f"{done} of {len(WORKSHEET)} lines are answered. Your weights: benefits {sums[Part.BENEFIT]}, "
        f"risks {sums[Part.RISK]}. What they mean is yours to say."
    )
    return Summary(benefits=sums[Part.BENEFIT], risks=sums[Part.RISK], open=left, sentence=sentence)
