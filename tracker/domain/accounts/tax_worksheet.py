"""The medical deduction of a calendar year as a worksheet (rulebook 5.6).

Schedule A has four lines; line 1 is shown in its parts here. What is not known is asked for and leaves
the lines that need it blank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.accounts.expenses import Counted, deduction_of
from tracker.domain.accounts.medical_deduction import PaidExpense, medical_deduction
from tracker.domain.accounts.tax_sheet import NOT_KNOWN, Ask, Asked, SheetLine, Source, total
from tracker.domain.coverage.limits import Limits
from tracker.domain.coverage.own_limits import LIMIT_NAMES
from tracker.facts import Role, percent
from tracker.facts.expenses import Share
from tracker.facts.taxes import TaxFacts
from tracker.money import BasisPoints, Cents, dollars, split_by


class Group(StrEnum):
    """The parts of line 1."""

    CARE = "care"
    PREMIUMS = "premiums"
    MEMBERSHIP = "membership"
    DRIVING = "driving"


GROUP_NAMES = {
    Group.CARE: "Care, prescriptions and equipment",
    Group.PREMIUMS: "Premiums paid with taxed money",
    Group.MEMBERSHIP: "Membership fees, the part for care",
    Group.DRIVING: "Driving to care, parking and tolls",
}
_GROUP_OF_ROLE = {Role.PREMIUM: Group.PREMIUMS, Role.MEMBERSHIP: Group.MEMBERSHIP}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deductible:
    """What of one expense stands on line 1, by its parts: own cash that nothing has given back."""

    counted: Counted
    parts: Mapping[Group, Cents]
    note: str = ""

    @property
    def amount(self) -> Cents:
        return sum(self.parts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalSheet:
    """Lines 1 to 4 with the parts of line 1 before them.

    `deductible` is None while income or the floor is not known, `gain` (how far all itemized
    deductions exceed the standard deduction, below zero where they do not) while more is missing.
    `limit_names` are the yearly limits that were looked for and not found.
    """

    year: int
    parts: tuple[SheetLine, ...]
    lines: tuple[SheetLine, ...]
    expenses: Cents
    floor: Cents | None
    floor_rate: BasisPoints | None
    deductible: Cents | None
    other_itemized: Cents | None
    standard: Cents | None
    gain: Cents | None
    why: tuple[str, ...]
    asks: tuple[Ask, ...]

    @property
    def beats_standard(self) -> bool | None:
        """Whether itemizing pays with this deduction; None while it is not known."""
        if self.deductible == 0:
            return False
        return None if self.gain is None else self.gain > 0


def deductible(item: Counted, year: int) -> Deductible:
    """What of an expense counts in the year it was paid; `item` is counted for the deduction.

    Dollars that were deducted in another year are left out.
    """
    paid = deduction_of(item)
    note = item.expense.note
    elsewhere = note.deducted if note and note.deducted_year not in (None, year) else 0
    left = max(0, paid.amount - paid.given_back - elsewhere) if paid.paid_on.year == year else 0
    if not left:
        return Deductible(counted=item, parts={}, note=_note(item, paid, elsewhere))
    weights: dict[Group, int] = {}
    for share in _shares(item):
        group = _GROUP_OF_ROLE.get(share.role, Group.CARE) if share.role else Group.CARE
        weights[group] = weights.get(group, 0) + share.amount
    if not sum(weights.values()):
        weights = {Group.CARE: 1}
    split = [left] if len(weights) == 1 else split_by(left, list(weights.values()))
    parts = {group: part for group, part in zip(weights, split, strict=True) if part}
    return Deductible(counted=item, parts=parts, note=_note(item, paid, elsewhere))


def _shares(item: Counted) -> Sequence[Share]:
    """By what an expense is divided: the parts that count, else all of its budget lines."""
    return item.parts if any(share.amount for share in item.parts) else item.expense.shares


def _note(item: Counted, paid: PaidExpense, elsewhere: Cents) -> str:
    """How an entry came from its payment."""
    said = []
    if item.eligible != item.expense.amount:
        said.append(f"{dollars(item.eligible)} of {dollars(item.expense.amount)} counts")
    if paid.given_back:
        said.append(f"less {dollars(paid.given_back)} that others paid")
    if elsewhere:
        said.append(f"less {dollars(elsewhere)} deducted in another year")
    return ", ".join(said)


def expense_sources(found: Sequence[Deductible]) -> dict[Group, list[Source]]:
    """The entries of line 1 by its parts, in the order given."""
    sources: dict[Group, list[Source]] = {group: [] for group in Group}
    for item in found:
        expense = item.counted.expense
        name = expense.label
        for group, amount in item.parts.items():
            sources[group].append(
                Source(
                    on=expense.paid_on,
                    name=name or "Payment",
                    amount=amount,
                    payment_id=expense.id,
                    note=item.note,
                )
            )
    return sources


def medical_sheet(
    limits: Limits, facts: TaxFacts, sources: Mapping[Group, Sequence[Source]]
) -> MedicalSheet:
    """The worksheet of the facts' year from the entries of line 1. Never raises for what is missing."""
    year = facts.year
    parts = tuple(
        SheetLine(
            number="1" + letter,
            label=GROUP_NAMES[group],
            amount=total(sources.get(group, ())),
            sources=tuple(sources.get(group, ())),
        )
        for letter, group in zip("abcd", Group, strict=True)
    )
    entries = tuple(item for part in parts for item in part.sources)
    expenses = total(entries)
    law = limits.years.get(year)
    rate = law.medical_deduction_floor if law else None
    asks: list[Ask] = []
    if facts.income is None and expenses:
        asks.append(Ask(kind=Asked.FACTS, name="income", sentence="Your adjusted gross income."))
    if rate is None and expenses:
        asks.append(_limit("medical_deduction_floor", year))
    first = SheetLine(
        number="1",
        label="Medical and dental expenses",
        amount=expenses,
        why=(f"Paid in {year} with your own money and not given back.",),
        sources=entries,
    )
    if facts.income is None or rate is None:
        return _unfinished(facts, rate, parts, first, asks)
    standard = _standard(limits, facts)
    full = facts.status is not None and facts.other_itemized is not None and standard is not None
    found = medical_deduction(
        limits,
        year,
        facts.income,
        [PaidExpense(paid_on=item.on, amount=item.amount, label=item.name) for item in entries],
        other_itemized=facts.other_itemized if full else None,
        status=facts.status if full else None,
    )
    if found.deductible:
        asks += _standard_asks(facts, standard)
    gain = None
    if facts.other_itemized is not None and standard is not None:
        gain = facts.other_itemized + found.deductible - standard
    return MedicalSheet(
        year=year,
        parts=parts,
        lines=(
            first,
            *(
                SheetLine(
                    number=line.number, label=line.label, amount=line.amount, why=_why_of(line.number)
                )
                for line in found.lines[1:]
            ),
        ),
        expenses=expenses,
        floor=found.floor,
        floor_rate=rate,
        deductible=found.deductible,
        other_itemized=facts.other_itemized,
        standard=standard,
        gain=gain,
        why=found.why,
        asks=tuple(asks),
    )


def _why_of(number: str) -> tuple[str, ...]:
    return ("From the tax facts of the year.",) if number == "2" else ()


def _unfinished(
    facts: TaxFacts,
    rate: BasisPoints | None,
    parts: tuple[SheetLine, ...],
    first: SheetLine,
    asks: list[Ask],
) -> MedicalSheet:
    income = facts.income
    times = f"Line 2 times {percent(rate)}" if rate is not None else "Line 2 times the floor"
    blank = [("2", "Adjusted gross income", income), ("3", times, None), ("4", "Line 1 less line 3", None)]
    return MedicalSheet(
        year=facts.year,
        parts=parts,
        lines=(
            first,
            *(
                SheetLine(
                    number=number,
                    label=label,
                    amount=amount,
                    words="" if amount is not None else NOT_KNOWN,
                )
                for number, label, amount in blank
            ),
        ),
        expenses=first.amount or 0,
        floor=None,
        floor_rate=rate,
        deductible=None,
        other_itemized=facts.other_itemized,
        standard=None,
        gain=None,
        why=(f"{dollars(first.amount or 0)} of expenses so far.",),
        asks=tuple(asks),
    )


def _standard(limits: Limits, facts: TaxFacts) -> Cents | None:
    law = limits.years.get(facts.year)
    if law is None or facts.status is None:
        return None
    found: Cents | None = getattr(law.standard_deduction, facts.status.value)
    return found


def _standard_asks(facts: TaxFacts, standard: Cents | None) -> list[Ask]:
    """What is missing to set the deduction against the standard one."""
    asks = []
    if facts.status is None:
        asks.append(Ask(kind=Asked.FACTS, name="status", sentence="How you file."))
    elif standard is None:
        asks.append(_limit(f"standard_deduction.{facts.status.value}", facts.year))
    if facts.other_itemized is None:
        asks.append(
            Ask(
                kind=Asked.FACTS,
                name="other_itemized",
                sentence="Your other itemized deductions, such as state taxes and mortgage interest.",
            )
        )
    return asks


def _limit(name: str, year: int) -> Ask:
    return Ask(kind=Asked.LIMIT, name=name, sentence=f"{LIMIT_NAMES[name]}, {year}.")


def limit_asks(names: Sequence[str], year: int) -> list[Ask]:
    """Yearly limits to be typed in."""
    return [_limit(name, year) for name in names if name in LIMIT_NAMES]
