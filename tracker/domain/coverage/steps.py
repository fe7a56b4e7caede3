"""The steps of one adjudicated line, in the order they were taken (rulebook 2.3).

Made from a result's figures when somebody asks, never before: a simulation asks for none. Each step
is a small fact; `sentences` puts it in words, and a screen may show it as a row instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from tracker.domain.coverage.results import ClaimResult, Credit, LineResult, Outcome
from tracker.domain.coverage.terms import Bucket, PlanTerms
from tracker.facts import Assistance, CopayOrder, CopayScope, CostSharingRule
from tracker.money import BasisPoints, Cents


@dataclass(frozen=True, slots=True)
class NotPriced:
    """No rule priced the line: it was denied, or nothing covers it."""

    outcome: Outcome
    category: str
    tier: str
    billed: Cents
    visit_limit: int | None = None


@dataclass(frozen=True, slots=True)
class Priced:
    """Billed, allowed, and what becomes of the difference."""

    billed: Cents
    allowed: Cents
    write_off: Cents
    balance_bill: Cents
    protected: bool


@dataclass(frozen=True, slots=True)
class VisitCounted:
    """One visit of a limited number was used."""

    category: str
    visit: int
    limit: int


@dataclass(frozen=True, slots=True)
class CopayTaken:
    """A copay: `full` for the whole claim, `taken` on this line."""

    category: str
    each: Cents
    full: Cents
    available: Cents
    taken: Cents
    left: Cents
    scope: CopayScope
    units: int
    waived: bool
    after_deductible: bool


@dataclass(frozen=True, slots=True)
class DeductibleTaken:
    """What a deductible took. `own` and `family` are what was used before."""

    bucket: Bucket
    own: Cents
    family: Cents
    taken: Cents
    left: Cents


@dataclass(frozen=True, slots=True)
class CoinsuranceTaken:
    """A percentage of what was left, within its least and most."""

    rate: BasisPoints
    base: Cents
    taken: Cents
    least: Cents
    most: Cents | None


@dataclass(frozen=True, slots=True)
class NothingToPay:
    """The rule asks for no cost share at all."""

    category: str


@dataclass(frozen=True, slots=True)
class OopChecked:
    """The room under the out-of-pocket maximum, and what it took back."""

    bucket: Bucket
    own: Cents
    family: Cents
    share: Cents
    room: Cents | None
    coinsurance_cut: Cents
    copay_cut: Cents
    deductible_cut: Cents


@dataclass(frozen=True, slots=True)
class DollarMaximum:
    """The plan pays only so much toward a category; the rest is not covered."""

    category: str
    most: Cents
    before: Cents
    not_covered: Cents


@dataclass(frozen=True, slots=True)
class Penalized:
    """The plan pays less because prior authorization was missing."""

    penalty: Cents


@dataclass(frozen=True, slots=True)
class Shared:
    """How the line ends: the member's and the plan's part.

    `counts` says whether assistance counts toward limits; None where nothing of the line does.
    """

    owes: Cents
    plan_paid: Cents
    write_off: Cents
    balance_bill: Cents
    assistance: Cents
    cash: Cents
    counts: bool | None


@dataclass(frozen=True, slots=True)
class Accumulated:
    """Where a bucket stands after the line."""

    bucket: Bucket
    credit: Credit


Step: TypeAlias = (
    NotPriced
    | Priced
    | VisitCounted
    | CopayTaken
    | DeductibleTaken
    | CoinsuranceTaken
    | NothingToPay
    | OopChecked
    | DollarMaximum
    | Penalized
    | Shared
    | Accumulated
)


def room_left(bucket: Bucket, own: Cents, family: Cents) -> Cents | None:
    """What a bucket still takes; None where nothing limits it (rulebook 2.3, end)."""
    rooms = []
    if bucket.own_limit is not None:
        rooms.append(bucket.own_limit - own)
    if bucket.family_limit is not None:
        rooms.append(bucket.family_limit - family)
    return max(0, min(rooms)) if rooms else None


def line_steps(terms: PlanTerms, result: ClaimResult, place: int) -> list[Step]:
    """The steps of one line of a claim, by its place from 0."""
    line, entered = result.lines[place], result.claim.lines[place]
    rule = line.rule
    if line.outcome is not Outcome.COVERED or rule is None:
        limit = rule.visit_limit if rule else None
        return [
            NotPriced(line.outcome, line.category, line.tier, line.billed, limit),
            Shared(line.owes, 0, line.write_off, 0, 0, line.cash, True),
        ]
    buckets = {bucket.name: bucket for bucket in terms.buckets}
    found: list[Step] = [
        Priced(line.billed, line.allowed, line.write_off, line.balance_bill, entered.protected)
    ]
    if line.trace.visit and rule.visit_limit is not None:
        found.append(VisitCounted(rule.category, line.trace.visit, rule.visit_limit))
    found += _shares(line, rule, buckets, result)
    if rule.oop_max is not None:
        found.append(_oop(line, buckets[rule.oop_max]))
    if line.trace.dollars_cut and rule.dollar_max is not None:
        found.append(
            DollarMaximum(rule.category, rule.dollar_max, line.trace.dollars_before, line.trace.dollars_cut)
        )
    if line.penalty:
        found.append(Penalized(line.penalty))
    counts: bool | None = entered.assistance_counts
    if counts is None:
        counts = terms.assistance is not Assistance.NOT_COUNTED
    if line.cost_share and rule.deductible is None and rule.oop_max is None:
        counts = None
    found.append(
        Shared(
            line.owes, line.plan_paid, line.write_off, line.balance_bill, line.assistance, line.cash, counts
        )
    )
    last = {credit.bucket: credit for credit in line.credits}
    found += [Accumulated(buckets[name], credit) for name, credit in last.items()]
    return found


def _shares(
    line: LineResult, rule: CostSharingRule, buckets: dict[str, Bucket], result: ClaimResult
) -> Iterator[Step]:
    """Deductible, copay and coinsurance in the order they were taken."""
    trace = line.trace
    if not (rule.deductible or rule.copay or rule.coinsurance):
        yield NothingToPay(line.category)
        return
    copay_first = rule.copay_order is CopayOrder.BEFORE
    rest = line.allowed
    for what in ("copay", "deductible") if copay_first else ("deductible", "copay"):
        if what == "copay" and rule.copay:
            rest -= trace.copay_taken
            waived = rule.waive_copay_if_admitted and result.claim.admitted
            yield CopayTaken(
                line.category,
                rule.copay,
                trace.copay_full,
                trace.copay_available,
                trace.copay_taken,
                rest,
                rule.copay_scope,
                result.claim.units,
                waived,
                rule.deductible is not None and not copay_first,
            )
        elif what == "deductible" and rule.deductible:
            rest -= trace.deductible_taken
            yield DeductibleTaken(
                buckets[rule.deductible],
                trace.deductible_own,
                trace.deductible_family,
                trace.deductible_taken,
                rest,
            )
    if rule.coinsurance and trace.coinsurance_base:
        yield CoinsuranceTaken(
            rule.coinsurance,
            trace.coinsurance_base,
            trace.coinsurance_taken,
            rule.coinsurance_min,
            rule.coinsurance_max,
        )


def _oop(line: LineResult, bucket: Bucket) -> OopChecked:
    trace = line.trace
    return OopChecked(
        bucket,
        trace.oop_own,
        trace.oop_family,
        trace.deductible_taken + trace.copay_taken + trace.coinsurance_taken,
        room_left(bucket, trace.oop_own, trace.oop_family),
        trace.coinsurance_taken - line.coinsurance,
        trace.copay_taken - line.copay,
        trace.deductible_taken - line.deductible,
    )
