"""Answers to questions of tax law: a verdict, the conditions behind it, and where each can be read.

The program asks and cites, it does not decide (rulebook 5.3, 5.4). A condition that nobody has
answered yet stays open, and an open condition never turns into a yes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What the rules say, as far as they are known. LETTER needs a letter of medical necessity."""

    YES = "yes"
    LETTER = "letter"
    PART = "part"
    NO = "no"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold. `passes` is None while it is not known."""

    what: str
    passes: bool | None
    why: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer in one sentence, with its conditions.

    `sure` is False where authorities leave room or disagree; `ask` says whom to ask what.
    """

    question: str
    verdict: Verdict
    sentence: str
    conditions: tuple[Condition, ...] = ()
    source: str = ""
    sure: bool = True
    ask: str = ""

    @property
    def failed(self) -> tuple[Condition, ...]:
        """The conditions that do not hold."""
        return tuple(condition for condition in self.conditions if condition.passes is False)

    @property
    def unknown(self) -> tuple[Condition, ...]:
        """The conditions nobody has answered."""
        return tuple(condition for condition in self.conditions if condition.passes is None)


def verdict_of(conditions: Iterable[Condition]) -> Verdict:
    """No where one fails, otherwise ask where one is not known, otherwise yes."""
    passes = [condition.passes for condition in conditions]
    if False in passes:
        return Verdict.NO
    return Verdict.ASK if None in passes else Verdict.YES
