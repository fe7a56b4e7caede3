"""What is shown of a plan that was read from the CMS files: the plans to choose from, limits, prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.coverage.categories import catalogue
from tracker.facts import (
    IN,
    OUT,
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    CostSharingRule,
    ServiceCategory,
)
from tracker.imports.cms_answers import phrase_words, rule_words
from tracker.imports.cms_draft import PlanDraft
from tracker.imports.cms_plans import PlanChoice
from tracker.money import Cents, dollars


@dataclass(frozen=True, slots=True)
class PlanGroup:
    """A plan of one year with its variants.

    Typing searches `words` anywhere and `ids` from their beginning; both are in small letters.
    """

    key: int
    variants: tuple[PlanChoice, ...]
    words: str
    ids: tuple[str, ...]

    @property
    def choice(self) -> PlanChoice:
        """The variant that says what all have in common."""
        return self.variants[0]

    def has(self, word: str) -> bool:
        """Whether a word in small letters fits."""
        return word in self.words or any(one.startswith(word) for one in self.ids)

    @property
    def kind(self) -> str:
        parts = ["Dental" if self.choice.dental else self.choice.metal, self.choice.kind]
        return ", ".join(part for part in parts if part)


def grouped(choices: Iterable[PlanChoice]) -> list[PlanGroup]:
    """Plans with their variants together, in the order in which they come; dental plans last."""
    found: dict[tuple[int | None, str], list[PlanChoice]] = {}
    for choice in choices:
        found.setdefault((choice.year, choice.component), []).append(choice)
    groups: list[PlanGroup] = []
    for key, variants in enumerate(found.values()):
        names = " ".join(dict.fromkeys(choice.name for choice in variants))
        first = variants[0]
        words = f"{names} {first.issuer} {first.kind} {first.metal}".casefold()
        ordered = tuple(sorted(variants, key=lambda one: one.plan_id))
        groups.append(PlanGroup(key, ordered, words, tuple(one.plan_id.casefold() for one in ordered)))
    return sorted(groups, key=lambda group: group.choice.dental)


def fitting(
    groups: Sequence[PlanGroup], *, state: str, issuer: str, typed: str, most: int
) -> tuple[list[PlanGroup], int]:
    """The first plans that fit, and how many do in all. Empty words fit everything."""
    words = typed.casefold().split()
    found: list[PlanGroup] = []
    count = 0
    for group in groups:
        choice = group.choice
        if (state and choice.state != state) or (issuer and choice.issuer != issuer):
            continue
        if all(group.has(word) for word in words):
            count += 1
            if count <= most:
                found.append(group)
    return found, count


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit: its name, each person's amount and the family's, in words."""

    key: int
    name: str
    person: str
    family: str
    how: str


def limit_rows(draft: PlanDraft) -> list[LimitRow]:
    """The plan's limits, the main ones first."""
    rows = []
    for key, limit in enumerate(draft.plan.accumulators):
        own = None if limit.mode is AccumulatorMode.AGGREGATE else limit.individual
        shared = None if limit.mode is AccumulatorMode.SELF else limit.family
        rows.append(LimitRow(key, _limit_name(limit, draft), _amount(own), _amount(shared), _how(limit)))
    return rows


def _limit_name(limit: Accumulator, draft: PlanDraft) -> str:
    kind = "deductible" if limit.kind is AccumulatorKind.DEDUCTIBLE else "out-of-pocket maximum"
    tiers = {tier.code: tier.name for tier in draft.plan.tiers}
    used = {rule.tier for rule in draft.rules if limit.name in (rule.deductible, rule.oop_max)}
    where = "in and out of network" if {IN, OUT} <= used else tiers.get(limit.tier_code, limit.tier_code)
    named = f"Drug {kind}" if limit.drugs else f"{kind[:1].upper()}{kind[1:]}"
    return f"{named}, {where}"


def _how(limit: Accumulator) -> str:
    if limit.mode is AccumulatorMode.AGGREGATE:
        return "The family fills it together"
    return "Each person, or the family together" if limit.mode is AccumulatorMode.EMBEDDED else ""


def _amount(cents: Cents | None) -> str:
    return "" if cents is None else dollars(cents, whole=cents % 100 == 0)


@dataclass(frozen=True, slots=True)
class PriceRow:
    """What the member pays for a service in each tier, and the words of the file behind it."""

    key: int
    service: str
    tiers: Mapping[str, str]
    said: str
    limit: str


def price_rows(draft: PlanDraft) -> list[PriceRow]:
    """One row for each service, in the order of the file."""
    names: Mapping[str, ServiceCategory] = catalogue(
        [*(item for item in draft.categories if item.code not in catalogue())]
    )
    by_category: dict[str, list[CostSharingRule]] = {}
    for rule in draft.rules:
        by_category.setdefault(rule.category, []).append(rule)
    said: dict[str, list[str]] = {}
    for source in draft.sources:
        phrase = phrase_words(source.copay, source.coinsurance)
        if phrase:
            said.setdefault(source.category, []).append(phrase)
    rows = []
    for key, (code, rules) in enumerate(by_category.items()):
        name = names[code].name if code in names else code
        phrases = list(dict.fromkeys(said.get(code, [])))
        notes = dict.fromkeys(rule.note for rule in rules if rule.note)
        rows.append(
            PriceRow(
                key,
                name,
                {rule.tier: rule_words(rule) for rule in rules},
                "; ".join(phrases),
                " ".join(notes),
            )
        )
    return rows
