"""Two plans for one person (rulebook 1.14): which pays first, and what the second one pays.

The first plan adjudicates as if alone; the second pays by its method. Each keeps its own
accumulators. What is owed in the end is never below zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from functools import cmp_to_key
from itertools import pairwise
from typing import Any

from tracker.errors import UserProblem
from tracker.facts import CobMethod
from tracker.money import BasisPoints, Cents, dollars, percent_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterPrimary:
    """What the first plan left. `allowable` is the expense both plans recognise."""

    allowable: Cents
    primary_paid: Cents
    responsibility: Cents

    def __post_init__(self) -> None:
        for amount in (self.allowable, self.primary_paid, self.responsibility):
            if amount < 0:
                raise UserProblem(f"{dollars(amount)} cannot be a part of a claim.", "Use zero or more.")


@dataclass(frozen=True, slots=True)
class Coordinated:
    """What the second plan pays, what the member owes then, and why."""

    secondary_paid: Cents
    owes: Cents
    why: tuple[str, ...]


def coordinate(
    method: CobMethod,
    left: AfterPrimary,
    *,
    alone: Cents | None = None,
    deductible_left: Cents = 0,
    coinsurance: BasisPoints = 0,
    secondary_allowed: Cents | None = None,
) -> Coordinated:
    """What the second plan pays.

    `alone` is what it would pay without the first; MAINTENANCE needs its open deductible and
    coinsurance instead, ALLOWED_LESS_PAID also what it allows. Raises UserProblem where it is missing.
    """
    owed = left.responsibility
    if method is CobMethod.MAINTENANCE:
        rest = max(0, left.allowable - left.primary_paid)
        deductible = min(rest, max(0, deductible_left))
        share = percent_of(rest - deductible, coinsurance)
        paid = min(rest - deductible - share, owed)
        why = (
            f"The first plan left {dollars(rest)} of {dollars(left.allowable)}.",
            f"The second plan takes its deductible of {dollars(deductible)} and coinsurance of "
            f"{dollars(share)} from that and pays {dollars(paid)}.",
        )
        return _done(paid, owed, why)
    if alone is None:
        raise UserProblem(
            "What the second plan would pay alone is not known.", "Work the claim under that plan first."
        )
    said = f"Alone the second plan would pay {dollars(alone)}."
    if method is CobMethod.STANDARD:
        paid = min(alone, owed)
        why = (said, f"The first plan left you {dollars(owed)}; the lesser is {dollars(paid)}.")
    elif method is CobMethod.NON_DUPLICATION:
        paid = min(max(0, alone - left.primary_paid), owed)
        why = (said, f"The first plan paid {dollars(left.primary_paid)} of it already, so {dollars(paid)}.")
    else:
        if secondary_allowed is None:
            raise UserProblem("What the second plan allows is not known.", "Type its allowed amount.")
        most = max(0, secondary_allowed - left.primary_paid)
        paid = min(alone, most)
        why = (
            said,
            f"It allows {dollars(secondary_allowed)}, of which the first plan paid "
            f"{dollars(left.primary_paid)}; the lesser is {dollars(paid)}.",
        )
    return _done(paid, owed, why)


def _done(paid: Cents, owed: Cents, why: tuple[str, ...]) -> Coordinated:
    owes = max(0, owed - paid)
    return Coordinated(paid, owes, (*why, f"You owe {dollars(owes)}."))


class CoverageKind(StrEnum):
    """What kind of coverage it is, as far as the order of payment asks."""

    GROUP = "group"
    MEDICARE = "medicare"
    MEDICAID = "medicaid"


class Basis(IntEnum):
    """Why a child is covered by a plan when its parents are apart; the first comes first."""

    COURT_DECREE = 0
    CUSTODIAL_PARENT = 1
    CUSTODIAL_SPOUSE = 2
    OTHER_PARENT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageOf:
    """One plan's coverage of one person, with what the order of payment depends on.

    `subscriber` covers themself; a dependent child has the parent's birth day in `parent_birth`
    (month and day) and, where the parents live apart, `basis`. `employer_20` says whether an active
    worker's employer has 20 employees or more (Medicare).
    """

    name: str
    kind: CoverageKind = CoverageKind.GROUP
    has_cob_clause: bool = True
    subscriber: bool = True
    parent_birth: tuple[int, int] | None = None
    basis: Basis | None = None
    active_employment: bool = True
    employer_20: bool = True
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """The coverages in order of payment, and the rule that put each before the next.

    An empty rule means that no rule decided: ask the plans, never assume.
    """

    coverages: tuple[CoverageOf, ...]
    rules: tuple[str, ...]

    @property
    def decided(self) -> bool:
        return all(self.rules)


def payment_order(coverages: Sequence[CoverageOf]) -> Order:
    """Who pays first. The first rule that tells two plans apart decides."""
    sorted_ = sorted(coverages, key=cmp_to_key(_compared))
    rules = tuple(_first_rule(one, other)[1] for one, other in pairwise(sorted_))
    return Order(tuple(sorted_), rules)


def _compared(one: CoverageOf, other: CoverageOf) -> int:
    return _first_rule(one, other)[0]


def _first_rule(one: CoverageOf, other: CoverageOf) -> tuple[int, str]:
    """Negative where `one` pays first, and the rule in words; zero and nothing where none decides."""
    for rank_one, rank_other, words in (
        (one.kind is CoverageKind.MEDICAID, other.kind is CoverageKind.MEDICAID, "Medicaid pays last."),
        (
            _medicare_rank(one, other),
            _medicare_rank(other, one),
            "An active worker's plan of an employer with 20 or more employees pays before Medicare; "
            "otherwise Medicare pays first.",
        ),
        (one.has_cob_clause, other.has_cob_clause, "A plan that does not coordinate benefits pays first."),
        (
            not one.subscriber,
            not other.subscriber,
            "The plan that covers a person as its subscriber pays before one that covers a dependent.",
        ),
        *_child_ranks(one, other),
        (
            not one.active_employment,
            not other.active_employment,
            "Coverage by active work pays before COBRA or retiree coverage.",
        ),
        (
            one.since or date.max,
            other.since or date.max,
            "The plan in force longer pays first." if one.since and other.since else "",
        ),
    ):
        if rank_one != rank_other and words:
            return (-1 if rank_one < rank_other else 1), words
    return 0, ""


def _medicare_rank(one: CoverageOf, other: CoverageOf) -> int:
    """1 for Medicare beside a large employer's active plan, and for any other plan beside Medicare."""
    pair = {one.kind, other.kind}
    if pair != {CoverageKind.MEDICARE, CoverageKind.GROUP}:
        return 0
    group = one if one.kind is CoverageKind.GROUP else other
    large = group.active_employment and group.employer_20
    return int((one.kind is CoverageKind.MEDICARE) == large)


def _child_ranks(one: CoverageOf, other: CoverageOf) -> list[tuple[Any, Any, str]]:
    """Rules for a child under both parents' plans: a decree and custody, else the birthday rule."""
    if one.subscriber or other.subscriber:
        return []
    if one.basis is not None and other.basis is not None:
        return [(one.basis, other.basis, "A court decree decides, then custody.")]
    if one.parent_birth and other.parent_birth:
        return [
            (
                one.parent_birth,
                other.parent_birth,
                "The plan of the parent with the earlier birthday pays first.",
            )
        ]
    return []
