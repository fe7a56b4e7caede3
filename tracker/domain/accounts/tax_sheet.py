"""A line of a year's tax worksheet with what it is made of: one entry for each payment or drive.

Entries always add up to their line, so that every figure on a return can be followed to what was paid
(DESIGN principle 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.accounts.tax_forms import TaxLine
from tracker.money import Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One payment or drive behind a line: `amount` is what of it stands in the line.

    What takes off is below zero. `note` says why it is not the whole payment.
    """

    on: date
    name: str
    amount: Cents
    payment_id: int | None = None
    trip_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One line. `amount` is None for a choice, said in `words`, and for what is not known yet."""

    number: str
    label: str
    amount: Cents | None
    words: str = ""
    why: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def sourced(self) -> Cents:
        """What the entries add up to."""
        return sum(item.amount for item in self.sources)


class Asked(StrEnum):
    """Where what is missing can be said: tax facts, a yearly limit, the HSA's months, an expense."""

    FACTS = "facts"
    LIMIT = "limit"
    HSA = "hsa"
    EXPENSES = "expenses"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a year still needs. `name` is the tax fact or yearly limit to type."""

    kind: Asked
    sentence: str
    name: str = ""


NOT_ADVICE = (
    "A worksheet to copy from, not a filed form. The forms and your tax adviser decide. Not tax advice."
)
NOT_KNOWN = "Not known"


def with_sources(lines: Iterable[TaxLine], sources: Mapping[str, Sequence[Source]]) -> list[SheetLine]:
    """A form's lines with their entries by line number; lines that follow from others have none."""
    return [
        SheetLine(
            number=line.number,
            label=line.label,
            amount=line.amount,
            words=line.words,
            why=(line.why,) if line.why else (),
            sources=tuple(sources.get(line.number, ())),
        )
        for line in lines
    ]


def total(sources: Iterable[Source]) -> Cents:
    """What entries add up to."""
    return sum(item.amount for item in sources)
