"""Who pays first where several plans cover a person (rulebook 1.14), from the plans' facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cmp_to_key
from itertools import pairwise

from tracker.domain.coverage.coordination import CoverageKind, CoverageOf, payment_order
from tracker.domain.coverage.estimate_question import Known
from tracker.domain.coverage.plan_year import PlanYear
from tracker.facts import Plan, PlanKind

_MEDICARE = {PlanKind.MEDICARE, PlanKind.ADVANTAGE}


@dataclass(frozen=True, slots=True)
class PayOrder:
    """The years in the order in which they pay, the rule between each two, and whether all is decided."""

    years: tuple[PlanYear, ...]
    rules: tuple[str, ...]

    @property
    def decided(self) -> bool:
        return all(self.rules)


def order_of(years: Sequence[PlanYear], person_id: int, known: Known) -> PayOrder:
    """The member's own word beats every rule; Medigap always comes after what it supplements."""
    first = [year for year in years if year.plan.kind is not PlanKind.MEDIGAP]
    last = [year for year in years if year.plan.kind is PlanKind.MEDIGAP]

    def compared(one: PlanYear, other: PlanYear) -> int:
        return _between(one.plan, other.plan, person_id, known)[0]

    ranked = sorted(first, key=cmp_to_key(compared))
    ordered = [*ranked, *last]
    rules = []
    for one, other in pairwise(ordered):
        if other.plan.kind is PlanKind.MEDIGAP:
            rules.append("Medigap pays after Medicare.")
        else:
            rules.append(_between(one.plan, other.plan, person_id, known)[1])
    return PayOrder(tuple(ordered), tuple(rules))


def _between(one: Plan, other: Plan, person_id: int, known: Known) -> tuple[int, str]:
    """Negative where `one` pays first, and the rule in words; zero and nothing where none decides."""
    ranks = one.coordination.rank, other.coordination.rank
    if ranks != (None, None):
        # A plan without a rank beside the first comes second, beside any other it comes first.
        left, right = (1.5 if rank is None else float(rank) for rank in ranks)
        if left != right:
            return (-1 if left < right else 1), "You entered that order."
    pair = [_coverage(one, person_id, known), _coverage(other, person_id, known)]
    if any(_unknown_subscriber(plan) for plan in (one, other)):
        pair = [replace(coverage, subscriber=True, parent_birth=None) for coverage in pair]
    found = payment_order(pair)
    if not found.decided:
        return 0, ""
    return (-1 if found.coverages[0].name == _key(one) else 1), found.rules[0]


def _coverage(plan: Plan, person_id: int, known: Known) -> CoverageOf:
    """What the order depends on."""
    facts = plan.coordination
    medicare = plan.kind in _MEDICARE
    subscriber = medicare or facts.subscriber_id in (None, person_id)
    parent = next((one for one in known.people if one.id == facts.subscriber_id), None)
    born = parent.birth_date if parent and not subscriber else None
    return CoverageOf(
        name=_key(plan),
        kind=CoverageKind.MEDICARE if medicare else CoverageKind.GROUP,
        has_cob_clause=facts.has_clause,
        subscriber=subscriber,
        parent_birth=(born.month, born.day) if born else None,
        active_employment=facts.active_employment,
        employer_20=facts.large_employer,
        since=facts.covered_since,
    )


def _unknown_subscriber(plan: Plan) -> bool:
    """Where nobody said whose plan it is, the rule about subscribers decides nothing."""
    return plan.kind not in _MEDICARE and plan.coordination.subscriber_id is None


def _key(plan: Plan) -> str:
    """Names a plan among others; two may be called alike."""
    return f"{plan.id}: {plan.name}"
