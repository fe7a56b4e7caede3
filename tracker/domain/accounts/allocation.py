"""The allocation ledger: each dollar of an expense goes to one pocket, once (DESIGN principle 3).

An `Allocated` cannot hold more than its expense: it is checked when it is made, and every change
makes a new one. Facts from elsewhere (payments, EOBs, tax worksheets) are taken in by `allocate`,
which gives what fits and says of the rest where the same dollar went before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tracker.dates import day_text
from tracker.errors import UserProblem
from tracker.facts.accounts import Pocket as Pocket
from tracker.money import Cents, dollars

WORDS = {
    Pocket.INSURER: "your plan paid",
    Pocket.SECONDARY: "your second plan paid",
    Pocket.FSA: "the FSA paid",
    Pocket.HRA: "the HRA paid",
    Pocket.HSA: "the HSA paid",
    Pocket.DEDUCTION: "you paid and deducted on a tax return",
    Pocket.CASH: "you paid yourself",
}


_ORDER = {pocket: place for place, pocket in enumerate(Pocket)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An amount above zero that went to one pocket. `source` names the fact behind it."""

    pocket: Pocket
    amount: Cents
    on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocated:
    """One expense and where its dollars went.

    `amount` is the price after the network discount. Making one with parts above it, or with a part
    of nothing, raises UserProblem.
    """

    expense_id: int
    amount: Cents
    parts: tuple[Part, ...] = ()
    label: str = ""

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise UserProblem("An expense is zero or more.", "Check the amount.", field="amount")
        if any(part.amount <= 0 for part in self.parts):
            raise UserProblem("Each part is more than zero.", "Leave the others out.", field="amount")
        if self.allocated > self.amount:
            raise UserProblem(
                f"{dollars(self.allocated)} would be allocated of an expense of {dollars(self.amount)}.",
                f"Take back {dollars(self.allocated - self.amount)} first: every dollar counts once.",
                field="amount",
            )

    @property
    def allocated(self) -> Cents:
        return sum(part.amount for part in self.parts)

    @property
    def open(self) -> Cents:
        """What nobody has paid or claimed yet."""
        return self.amount - self.allocated

    def of(self, pocket: Pocket) -> Cents:
        return sum(part.amount for part in self.parts if part.pocket is pocket)

    @property
    def reimbursable(self) -> Cents:
        """Own cash that an HSA, FSA or HRA may still give back, or a tax return deduct."""
        return self.of(Pocket.CASH)

    def add(self, part: Part) -> Allocated:
        """With one more part; raises UserProblem where it does not fit."""
        return replace(self, parts=(*self.parts, part))

    def moved(self, amount: Cents, to: Part) -> Allocated:
        """Own cash given back by another pocket, such as an HSA: the dollars change pocket.

        Raises UserProblem where you did not pay that much yourself.
        """
        if amount > self.of(Pocket.CASH):
            raise UserProblem(
                f"You paid {dollars(self.of(Pocket.CASH))} of it yourself, so {dollars(amount)} cannot be "
                "given back.",
                "Check the amount.",
                field="amount",
            )
        return self.less(Pocket.CASH, amount).add(replace(to, amount=amount))

    def less(self, pocket: Pocket, amount: Cents) -> Allocated:
        """With an amount taken back from a pocket, such as a refund; the latest parts go first.

        Raises UserProblem for more than the pocket holds.
        """
        if amount > self.of(pocket):
            raise UserProblem(
                f"Only {dollars(self.of(pocket))} can be taken back here.",
                "Check the amount.",
                field="amount",
            )
        kept: list[Part] = []
        for part in reversed(self.parts):
            taken = min(part.amount, amount) if part.pocket is pocket else 0
            amount -= taken
            if part.amount > taken:
                kept.append(replace(part, amount=part.amount - taken))
        return replace(self, parts=tuple(reversed(kept)))

    def explain(self) -> tuple[str, ...]:
        """Where every dollar of the expense went, in sentences."""
        said = [f"{self.label or 'This expense'} cost {dollars(self.amount)}."]
        for part in self.parts:
            when = f" on {day_text(part.on)}" if part.on else ""
            source = f" ({part.source})" if part.source else ""
            said.append(f"{dollars(part.amount)} {WORDS[part.pocket]}{when}{source}.")
        if self.open:
            said.append(f"{dollars(self.open)} is still open.")
        elif self.amount:
            said.append("Every dollar is accounted for once.")
        if self.reimbursable:
            said.append(f"Up to {dollars(self.reimbursable)} could still come from an HSA, FSA or HRA.")
        return tuple(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A part that did not fit: `amount` of it claims dollars that went elsewhere already."""

    expense_id: int
    part: Part
    amount: Cents
    why: str


def allocate(
    expense_id: int, amount: Cents, wanted: Iterable[Part], *, label: str = ""
) -> tuple[Allocated, tuple[Clash, ...]]:
    """Take in what the facts say was paid, pocket by pocket and by day; what does not fit is a clash.

    Parts of nothing are left out. Own cash comes last: it is what the other pockets did not pay.
    """
    parts = sorted(
        (part for part in wanted if part.amount > 0),
        key=lambda part: (_ORDER[part.pocket], part.on or date.min),
    )
    kept: list[Part] = []
    refused: list[tuple[Part, Cents]] = []
    left = amount
    for part in parts:
        fits = min(part.amount, left)
        if fits:
            kept.append(part if fits == part.amount else replace(part, amount=fits))
            left -= fits
        if part.amount > fits:
            refused.append((part, part.amount - fits))
    found = Allocated(expense_id=expense_id, amount=amount, parts=tuple(kept), label=label)
    return found, tuple(_clash(found, part, cents) for part, cents in refused)


def by_pocket(expenses: Iterable[Allocated]) -> dict[Pocket, Cents]:
    """The total of every pocket over many expenses; pockets with nothing are there with 0."""
    totals = dict.fromkeys(Pocket, 0)
    for expense in expenses:
        for part in expense.parts:
            totals[part.pocket] += part.amount
    return totals


def _clash(found: Allocated, part: Part, amount: Cents) -> Clash:
    before = ", ".join(
        f"{dollars(found.of(pocket))} {WORDS[pocket]}" for pocket in Pocket if found.of(pocket)
    )
    why = (
        f"{dollars(amount)} of what {WORDS[part.pocket]} went elsewhere already: "
        f"of {dollars(found.amount)}, {before or 'nothing is left'}."
    )
    return Clash(expense_id=found.expense_id, part=part, amount=amount, why=why)
