"""What looks wrong about a plan as entered: warnings, never refusals (rulebook 1.16).

Everything the screens say is said here once: the terms themselves are looked at by `validate_terms`,
and this adds what only the plan's days and people tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from tracker.dates import day_text
from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.limits import Limits
from tracker.domain.coverage.plan_terms import terms_of
from tracker.domain.coverage.validate_terms import TermsWarning, terms_warnings
from tracker.domain.coverage.validate_words import in_words
from tracker.errors import UserProblem
from tracker.facts import CostSharingRule, Plan, PlanKind, ServiceCategory
from tracker.money import Cents
from tracker.wording import joined

LONGEST_DAYS = 366
NEAR_DAYS = 366
"""Only plans that lie closer than this have a gap between them worth a word."""

LONGEST_NAME = 40
"""Letters of a name inside a sentence."""

_MEDICAL = (PlanKind.PPO, PlanKind.HMO, PlanKind.EPO, PlanKind.POS, PlanKind.HDHP, PlanKind.ADVANTAGE)
"""Kinds of plans that have a rule for every usual service."""

_BESIDE = (PlanKind.MEDICARE, PlanKind.MEDIGAP, PlanKind.PART_D)
"""Kinds that lie beside another plan by their nature, in an order the law sets."""


def plan_warnings(
    plan: Plan,
    others: Iterable[Plan],
    names: Mapping[int, str],
    *,
    rules: Iterable[CostSharingRule] = (),
    limits: Limits | None = None,
    categories: Mapping[str, ServiceCategory] | None = None,
) -> list[str]:
    """Everything worth a second look, each in one sentence. `names` are the people by id.

    Without the yearly `limits` nothing is compared with the law's. What contradicts itself is not
    warned about: saving refuses it.
    """
    known = catalogue() if categories is None else categories
    found = [item.words for item in _terms(plan, list(rules), limits, known)]
    found = [in_words(words, plan, known) for words in found]
    if plan.ends_on >= plan.begins_on:
        if plan.period.days > LONGEST_DAYS:
            found.append(
                "The plan runs longer than a year; its limits usually start again after twelve months."
            )
        beside = [other for other in others if plan.id is None or other.id != plan.id]
        found += _overlaps(plan, beside, names)
        found += _gaps(plan, beside, names)
    return list(dict.fromkeys(found))


def rule_warnings(
    plan: Plan,
    rules: Iterable[CostSharingRule],
    limits: Limits,
    categories: Mapping[str, ServiceCategory],
    typical_allowed: Mapping[str, Cents] | None = None,
) -> list[str]:
    """What looks wrong about a plan's rules alone; missing ones come last."""
    found = _terms(plan, list(rules), limits, categories, typical_allowed)
    about_rules = [item for item in found if item.about in categories or item.about == "oon_pricing"]
    missing = [item for item in found if item.about == "rules"]
    return list(dict.fromkeys(in_words(item.words, plan, categories) for item in (*about_rules, *missing)))


def _terms(
    plan: Plan,
    rules: list[CostSharingRule],
    limits: Limits | None,
    categories: Mapping[str, ServiceCategory],
    typical_allowed: Mapping[str, Cents] | None = None,
) -> list[TermsWarning]:
    try:
        terms = terms_of(plan, rules, categories)
    except UserProblem:
        return []
    if limits is None:
        terms = replace(terms, aca_compliant=False, hsa_qualified=False)
    found = terms_warnings(
        terms,
        limits or Limits(),
        typical_allowed=typical_allowed,
        categories=tuple(categories.values()),
    )
    whole = bool(rules) and plan.kind in _MEDICAL
    return [item for item in found if whole or item.about != "rules"]


def is_ordered(plan: Plan) -> bool:
    """Whether it is known which of this plan and another beside it pays first (1.14)."""
    order = plan.coordination
    return plan.kind in _BESIDE or order.rank is not None or order.subscriber_id is not None


def overlapping(plan: Plan, others: Iterable[Plan]) -> list[Plan]:
    """Other plans that cover one of this plan's people on one of its days."""
    return [
        other
        for other in others
        if (plan.id is None or other.id != plan.id)
        and set(plan.person_ids) & set(other.person_ids)
        and max(plan.begins_on, other.begins_on) <= min(plan.ends_on, other.ends_on)
    ]


def _overlaps(plan: Plan, others: Iterable[Plan], names: Mapping[int, str]) -> list[str]:
    found = []
    for other in overlapping(plan, others):
        if is_ordered(plan) or is_ordered(other):
            continue
        both = [names.get(person, "") for person in plan.person_ids if person in other.person_ids]
        begin, end = max(plan.begins_on, other.begins_on), min(plan.ends_on, other.ends_on)
        found.append(
            f"{_joined(both)} would also be covered by {_short(other.name)} "
            f"from {day_text(begin)} to {day_text(end)}, and it is not said which pays first."
        )
    return found


def _gaps(plan: Plan, others: Iterable[Plan], names: Mapping[int, str]) -> list[str]:
    """Days that nobody's plan covers, right before and right after this one."""
    beside = list(others)
    gaps: dict[tuple[str, int], list[int]] = {}
    for person in plan.person_ids:
        theirs = [other for other in beside if person in other.person_ids]
        before = [other for other in theirs if other.begins_on < plan.begins_on]
        after = [other for other in theirs if other.ends_on > plan.ends_on]
        last = max(before, key=lambda other: other.ends_on, default=None)
        first = min(after, key=lambda other: other.begins_on, default=None)
        if last is not None:
            free = (plan.begins_on - last.ends_on - timedelta(days=1)).days
            gaps.setdefault((last.name, free), []).append(person)
        if first is not None:
            free = (first.begins_on - plan.ends_on - timedelta(days=1)).days
            gaps.setdefault((first.name, free), []).append(person)
    return [
        f"No plan covers {_joined([names.get(person, '') for person in people])} for "
        f"{'1 day' if free == 1 else f'{free} days'} between this plan and {_short(name)}."
        for (name, free), people in gaps.items()
        if 0 < free <= NEAR_DAYS
    ]


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "\u2026"


def _joined(names: list[str]) -> str:
    return joined([_short(name) for name in names])
