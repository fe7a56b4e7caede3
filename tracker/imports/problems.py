"""What a reader could not take, as a value: the rest of the file is still good."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """Where in the file (`Jan 2026, row 4`) and, in a sentence or two, why it was left out."""

    where: str
    why: str
