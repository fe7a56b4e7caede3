"""What comes out of the engine: a line's parts, what it posted, and the trace its steps come from.

Results are named tuples, not dataclasses: a simulated year makes hundreds of thousands of them, and
a tuple is made several times faster than a frozen dataclass.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from tracker.domain.coverage.claim_lines import ClaimInput
from tracker.facts import CostSharingRule
from tracker.money import Cents


class Outcome(IntEnum):
    """Why a line was, or was not, priced under a rule."""

    COVERED = 0
    DENIED_PROVIDER = 1
    DENIED_MEMBER = 2
    NO_RULE = 3
    NOT_COVERED = 4
    VISITS_USED_UP = 5
    BEFORE_PLAN = 6
    AFTER_PLAN = 7


class Credit(NamedTuple):
    """Cents added to a bucket, and where it stood for the person and the family just after."""

    bucket: str
    cents: Cents
    own_after: Cents
    family_after: Cents
    cross: bool = False


class Trace(NamedTuple):
    """The figures a line met on its way, recorded as it went; steps and sentences are made of it.

    Amounts `*_taken` are before the out-of-pocket maximum cut them. Totals `*_own` and `*_family`
    are from before the line.
    """

    deductible_own: Cents = 0
    deductible_family: Cents = 0
    copay_full: Cents = 0
    copay_available: Cents = 0
    deductible_taken: Cents = 0
    copay_taken: Cents = 0
    coinsurance_base: Cents = 0
    coinsurance_taken: Cents = 0
    oop_own: Cents = 0
    oop_family: Cents = 0
    visit: int = 0
    dollars_before: Cents = 0
    dollars_cut: Cents = 0


class LineResult(NamedTuple):
    """One adjudicated line. Every cent of `billed` is in exactly one of the next eight parts.

    `tier` is the tier whose rule applied. `owes` is what the member is responsible for, `cash` that
    less a manufacturer's assistance (never below zero).
    """

    category: str
    tier: str
    billed: Cents
    allowed: Cents
    write_off: Cents
    balance_bill: Cents
    not_covered: Cents
    penalty: Cents
    deductible: Cents
    copay: Cents
    coinsurance: Cents
    plan_paid: Cents
    assistance: Cents
    owes: Cents
    cash: Cents
    outcome: Outcome
    rule: CostSharingRule | None
    credits: tuple[Credit, ...]
    trace: Trace

    @property
    def cost_share(self) -> Cents:
        return self.deductible + self.copay + self.coinsurance


class Totals(NamedTuple):
    """A claim's sums."""

    billed: Cents
    allowed: Cents
    write_off: Cents
    balance_bill: Cents
    not_covered: Cents
    penalty: Cents
    deductible: Cents
    copay: Cents
    coinsurance: Cents
    plan_paid: Cents
    assistance: Cents
    owes: Cents
    cash: Cents


class ClaimResult(NamedTuple):
    """A claim as the plan should process it, with everything it changed in the running totals.

    `visits` holds the categories in which it counted a visit, `dollars` what the plan paid toward
    categories with a dollar maximum.
    """

    claim: ClaimInput
    lines: tuple[LineResult, ...]
    visits: tuple[str, ...]
    dollars: tuple[tuple[str, Cents], ...]

    @property
    def totals(self) -> Totals:
        sums = [sum(parts) for parts in zip(*(line[2:15] for line in self.lines), strict=True)]
        return Totals(*sums) if sums else Totals(*[0] * 13)

    @property
    def owes(self) -> Cents:
        return sum(line.owes for line in self.lines)

    @property
    def credits(self) -> Iterator[Credit]:
        """Every change of a bucket, in order."""
        for line in self.lines:
            yield from line.credits
