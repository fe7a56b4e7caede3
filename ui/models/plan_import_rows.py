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

    Typing searches `words` anywhere and `ids` from the beginning of one; both are in small letters, and
    each id in `ids` follows a space.
    """

    key: int
    variants: tuple[PlanChoice, ...]
    state: str
    issuer: str
    words: str
    ids: str

    @property
    def choice(self) -> PlanChoice:
        """The variant that says what all have in common."""
        return self.variants[0]

    @property
    def kind(self) -> str:
        parts = ["Dental" if self.choice.dental else self.choice.metal, self.choice.kind]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class PlanList:
    """All plans of the files, made beside the window: a nation has tens of thousands.

    `issuers` are the insurers' names by state, and of all states under an empty one.
    """

    groups: tuple[PlanGroup, ...]
    issuers: Mapping[str, Sequence[str]]
    several_years: bool

    @property
    def states(self) -> list[str]:
        return sorted(state for state in self.issuers if state)

    def fitting(
        self, *, state: str = "", issuer: str = "", typed: str = "", most: int
    ) -> tuple[list[PlanGroup], int]:
        """The first plans that fit, and how many do in all. Empty words fit everything."""
        found = [
            group
            for group in self.groups
            if (not state or group.state == state) and (not issuer or group.issuer == issuer)
        ]
        for word in typed.casefold().split():
            begins = f" {word}"
            found = [group for group in found if word in group.words or begins in group.ids]
        return found[:most], len(found)

    def has(self, plan_id: str) -> bool:
        """Whether there is a plan whose id begins so."""
        begins = f" {plan_id.casefold()}"
        return any(begins in group.ids for group in self.groups)


def plan_list(choices: Iterable[PlanChoice]) -> PlanList:
    """Plans with their variants together, in the order in which they come; dental plans last."""
    found: dict[tuple[int | None, str], list[PlanChoice]] = {}
    issuers: dict[str, set[str]] = {"": set()}
    for choice in choices:
        found.setdefault((choice.year, choice.component), []).append(choice)
        issuers.setdefault(choice.state, set()).add(choice.issuer)
        issuers[""].add(choice.issuer)
    groups: list[PlanGroup] = []
    for key, variants in enumerate(found.values()):
        names = " ".join(dict.fromkeys(choice.name for choice in variants))
        first = variants[0]
        words = f"{names} {first.issuer} {first.kind} {first.metal}".casefold()
        ordered = tuple(sorted(variants, key=lambda one: one.plan_id))
        ids = "".join(f" {one.plan_id.casefold()}" for one in ordered)
        groups.append(PlanGroup(key, ordered, first.state, first.issuer, words, ids))
    groups.sort(key=lambda group: group.choice.dental)
    return PlanList(
        tuple(groups),
        {state: sorted(names, key=str.casefold) for state, names in issuers.items()},
        len({year for year, _ in found}) > 1,
    )


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
