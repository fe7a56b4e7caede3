"""What looks odd about a plan, in words for the screen (rulebook 1.16): quiet hints, never refusals.

The checks themselves are in `tracker.domain.coverage.validate_terms`; they name limits and services by
the plan's short names, which are put into plain words here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import median_low

from tracker.domain.coverage.limits import Limits
from tracker.domain.coverage.plan_terms import terms_of
from tracker.domain.coverage.plan_year import PlanYear
from tracker.domain.coverage.validate import is_ordered
from tracker.domain.coverage.validate_terms import coverage_warnings, terms_warnings
from tracker.domain.coverage.validate_words import in_words
from tracker.facts import Claim, Plan, PlanKind, ServiceCategory
from tracker.money import Cents

_MEDICAL = frozenset(
    {PlanKind.PPO, PlanKind.HMO, PlanKind.EPO, PlanKind.POS, PlanKind.HDHP, PlanKind.ADVANTAGE}
)
"""Kinds of plans that have a rule for every usual service."""

_NEAR = 366
"""Days."""


def plan_year_warnings(
    year: PlanYear,
    plans: Sequence[Plan],
    categories: Mapping[str, ServiceCategory],
    limits: Limits,
) -> list[str]:
    """Everything odd about a plan's terms, and about the days before and after it, once each."""
    found = terms_warnings(
        year.terms,
        limits,
        typical_allowed=typical_allowed(year.claims),
        categories=tuple(categories.values()),
    )
    expects_rules = bool(year.terms.rules) and year.plan.kind in _MEDICAL
    said = [
        in_words(item.words, year.plan, categories)
        for item in found
        if expects_rules or item.about != "rules"
    ]
    return list(dict.fromkeys([*said, *around(year.plan, plans)]))


def around(plan: Plan, plans: Sequence[Plan]) -> list[str]:
    """Gaps before and after a plan, and plans beside it of which nobody said which pays first."""
    found: list[str] = []
    for person_id in plan.person_ids:
        dated = [
            (terms_of(replace(item, accumulators=())), is_ordered(item))
            for item in plans
            if person_id in item.person_ids and _is_near(item, plan)
        ]
        found += [item.words for item in coverage_warnings(dated)]
    return list(dict.fromkeys(found))


def typical_allowed(claims: Iterable[Claim]) -> dict[str, Cents]:
    """The usual allowed amount by service, from EOBs: the middle one of at least three."""
    each: dict[str, list[Cents]] = {}
    for claim in claims:
        if claim.category and claim.allowed:
            each.setdefault(claim.category, []).append(claim.allowed)
    return {code: median_low(amounts) for code, amounts in each.items() if len(amounts) >= 3}


def _is_near(other: Plan, plan: Plan) -> bool:
    """Whether less than about a year lies between two plans: only then a gap says something."""
    apart = max((other.begins_on - plan.ends_on).days, (plan.begins_on - other.ends_on).days)
    return apart <= _NEAR
