"""An estimate as a sheet of rows and sentences: the same on screen, on paper and on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.dates import day_text
from tracker.domain.coverage.estimate_answer import Estimate, Moved
from tracker.facts import Household, Person
from tracker.money import dollars

ESTIMATE_ONLY = "Estimate, not a determination. Your plan decides."

_LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class SheetRow:
    """Words and the figure at their right. `strong` for what it comes to, `quiet` for side effects."""

    words: str
    figure: str
    strong: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class EstimateSheet:
    """`headline` is the answer in a few words, `missing` what has to be asked first, `field` where.

    `rows` is the sum, `after` where accumulators stand then, `warnings` what may cost money, `notes` what
    is good to know, `why` the sentences under a heading for each plan, `other` the answer if the plans
    paid in the other order.
    """

    title: str
    asked: str
    headline: str
    missing: str = ""
    field: str = ""
    rows: tuple[SheetRow, ...] = ()
    after: tuple[SheetRow, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    why: tuple[tuple[str, tuple[str, ...]], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    other: EstimateSheet | None = None

    @property
    def text(self) -> str:
        """All of it as plain text, to paste somewhere."""
        found = [self.title, self.asked, "", *(f"{row.words}: {row.figure}" for row in self.rows)]
        if self.missing:
            found.append(self.missing)
        found += [f"{row.words} {row.figure}" for row in self.after]
        for heading, sentences in self.why:
            found += ["", heading, *(f"- {said}" for said in sentences)]
        if self.other:
            found += ["", "If the plans paid in the other order:"]
            found += [f"{row.words}: {row.figure}" for row in self.other.rows]
        if self.warnings or self.notes:
            found += ["", *self.warnings, *self.notes]
        found += ["", *(f"{name}: {value}" for name, value in self.facts), "", ESTIMATE_ONLY]
        return "\n".join(found)


def estimate_sheet(found: Estimate, home: Household, service: str) -> EstimateSheet:
    """The sheet of an estimate; `service` is the name of its category."""
    question = found.question
    parts = [
        question.provider,
        day_text(question.on),
        home.person_name(question.person_id) if len(home.people) > 1 else "",
    ]
    several = len({payer.plan.id for payer in found.payers}) > 1
    said = found.remarks
    return EstimateSheet(
        title=f"What will it cost: {service}",
        asked=", ".join(part for part in parts if part),
        headline=headline(found),
        missing=str(found.asks) if found.asks else "",
        field=(found.asks.field or "") if found.asks else "",
        rows=tuple(SheetRow(part.words, dollars(part.amount), part.strong) for part in found.parts),
        after=() if found.between else tuple(_after(found, home.people, several=several)),
        warnings=tuple(item.words for item in said if item.warns),
        notes=tuple(item.words for item in said if not item.warns),
        why=found.why,
        facts=found.facts,
        other=estimate_sheet(found.other_order, home, service) if found.other_order else None,
    )


def headline(found: Estimate) -> str:
    """`You pay $704.00`, or what stands in its way."""
    if found.you_pay is not None:
        return f"You pay {'at most ' if found.at_most else ''}{dollars(found.you_pay)}"
    if found.between:
        least, most = found.between
        return f"You pay {dollars(least)} to {dollars(most)}"
    return "Not known yet"


def whose(person_id: int | None, people: Sequence[Person]) -> str:
    """`your`, `Sam\u2019s` or `the family`, before the name of an accumulator."""
    if person_id is None:
        return "the family"
    if people and person_id == people[0].id:
        return "your"
    name = next((one.name for one in people if one.id == person_id), "")
    first = name.split()[0] if name.split() else "the person"
    if len(first) > _LONGEST_NAME:
        first = first[: _LONGEST_NAME - 1] + "\u2026"
    return f"{first}\u2019s"


def _after(found: Estimate, people: Sequence[Person], *, several: bool) -> list[SheetRow]:
    """Where accumulators stand then, the person's first; those that stand still are left out."""
    moved = [item for item in found.moved if item.before != item.after or _is_own_main(item)]
    moved.sort(key=lambda item: item.person_id is None)
    rows = [
        SheetRow(
            item.sentence(whose(item.person_id, people)) + (f" ({item.plan})" if several else ""),
            item.figure,
            quiet=item.person_id is None or item.crossed,
        )
        for item in moved
    ]
    visits = [payer.visits for payer in found.payers if payer.visits is not None]
    rows += [SheetRow("Visits used then", item.words) for item in visits]
    return rows


def _is_own_main(item: Moved) -> bool:
    """A limit that is met already is worth a line: it is why little or nothing is owed."""
    return item.person_id is not None and item.met and not item.crossed
