"""A plan's terms as the engine takes them (rulebook 1.2 to 1.15): buckets, tiers, rules.

Amounts are cents, rates basis points. Everything here is frozen. What contradicts itself is refused
when it is made, with a sentence; what is only odd is left to `validate_terms`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text
from tracker.errors import UserProblem
from tracker.facts import (
    IN,
    TWO_TIERS,
    AccumulatorKind,
    AccumulatorMode,
    Assistance,
    CostSharingRule,
    DeductibleCarryOver,
    NetworkTier,
    OonPricing,
    PeriodRule,
    PlanKind,
)
from tracker.facts.coverage import require_amount
from tracker.money import Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A running total with its limits (1.3): a deductible or an out-of-pocket maximum.

    `mode` says which limits rule: SELF only `individual`, AGGREGATE only `family`, EMBEDDED both.
    `cap` is the law's limit for one person in a family (1.5). `cross` names the buckets that are
    credited with the same cents (1.8). Visit and dollar limits live on the rule they belong to.
    """

    name: str
    kind: AccumulatorKind
    mode: AccumulatorMode = AccumulatorMode.SELF
    individual: Cents | None = None
    family: Cents | None = None
    cap: Cents | None = None
    cross: tuple[str, ...] = ()
    tier: str = IN
    label: str = ""

    def __post_init__(self) -> None:
        require_amount(self.individual, f"The individual limit of {self.name}", "individual")
        require_amount(self.family, f"The family limit of {self.name}", "family")
        require_amount(self.cap, f"The cap of {self.name}", "cap")
        if self.kind is AccumulatorKind.DEDUCTIBLE and self.own_limit is None and self.family_limit is None:
            whose = "family" if self.mode is AccumulatorMode.AGGREGATE else "individual"
            raise UserProblem(
                f"The deductible {self.name} has no {whose} limit.",
                "Type the amount, or 0 if there is no deductible.",
                field=whose,
            )

    @property
    def own_limit(self) -> Cents | None:
        """The most one person can put in, the cap included; None without such a limit."""
        own = None if self.mode is AccumulatorMode.AGGREGATE else self.individual
        return own if self.cap is None else self.cap if own is None else min(own, self.cap)

    @property
    def family_limit(self) -> Cents | None:
        """The most all people together can put in; None for one person's coverage or without a limit."""
        return None if self.mode is AccumulatorMode.SELF else self.family


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTerms:
    """Everything the engine needs to know of a plan.

    The policy period (`begins_on` to `ends_on`, the last day included) and the accumulator period,
    which begins each year at `accumulator_start` (month, day), are apart. Either end may be open.
    `follows` pairs a sub-category with the category whose rule it follows when it has none of its
    own. Protected claims (No Surprises Act) follow the rules of `nsa_tier`.
    """

    name: str
    kind: PlanKind = PlanKind.PPO
    begins_on: date | None = None
    ends_on: date | None = None
    accumulator_start: tuple[int, int] = (1, 1)
    period_rule: PeriodRule = PeriodRule.ADMISSION
    buckets: tuple[Bucket, ...] = ()
    rules: tuple[CostSharingRule, ...] = ()
    tiers: tuple[NetworkTier, ...] = TWO_TIERS
    nsa_tier: str = IN
    follows: tuple[tuple[str, str], ...] = ()
    oon_pricing: OonPricing | None = None
    assistance: Assistance = Assistance.ASK
    carry_over: DeductibleCarryOver = DeductibleCarryOver.NONE
    aca_compliant: bool = False
    hsa_qualified: bool = False

    def __post_init__(self) -> None:
        self._check_days()
        buckets = {bucket.name: bucket for bucket in self.buckets}
        tiers = {tier.code for tier in self.tiers}
        _once([bucket.name for bucket in self.buckets], "bucket", "buckets")
        _once([tier.code for tier in self.tiers], "network tier", "tiers")
        _once([f"{rule.category} ({rule.tier})" for rule in self.rules], "rule for", "rules")
        if self.nsa_tier not in tiers:
            raise UserProblem(
                f"{self.nsa_tier}, the tier of protected claims, is not one of {self.name}'s tiers.",
                "Choose one of its tiers.",
                field="nsa_tier",
            )
        for bucket in self.buckets:
            self._check_cross(bucket, buckets)
        for rule in self.rules:
            self._check_rule(rule, buckets, tiers)

    def _check_days(self) -> None:
        if self.begins_on and self.ends_on and self.ends_on < self.begins_on:
            raise UserProblem(
                f"{self.name} ends on {day_text(self.ends_on)}, before it begins.",
                "Check both days.",
                field="ends_on",
            )
        try:
            date(2023, *self.accumulator_start)  # a year without Feb 29
        except ValueError:
            raise UserProblem(
                "The day on which accumulators start again is not a day of every year.",
                "Use a month and a day such as 1 and 1.",
                field="accumulator_start",
            ) from None

    def _check_cross(self, bucket: Bucket, buckets: dict[str, Bucket]) -> None:
        for name in bucket.cross:
            other = buckets.get(name)
            if other is None or other is bucket or other.kind is not bucket.kind:
                raise UserProblem(
                    f"{bucket.name} cannot also credit {name}.",
                    "Choose another bucket of the same kind in the same plan.",
                    field="cross",
                )

    def _check_rule(self, rule: CostSharingRule, buckets: dict[str, Bucket], tiers: set[str]) -> None:
        of = f"The rule for {rule.category} ({rule.tier})"
        if rule.tier not in tiers:
            raise UserProblem(
                f"{of} is for a tier that {self.name} does not have.", "Add the tier.", field="tier"
            )
        for name, kind, field in (
            (rule.deductible, AccumulatorKind.DEDUCTIBLE, "deductible"),
            (rule.copay_credits, AccumulatorKind.DEDUCTIBLE, "copay_credits"),
            (rule.oop_max, AccumulatorKind.OOP_MAX, "oop_max"),
        ):
            if name is None:
                continue
            bucket = buckets.get(name)
            if bucket is None:
                raise UserProblem(
                    f"{of} names {name}, which {self.name} does not have.",
                    "Add that bucket, or choose another.",
                    field=field,
                )
            if bucket.kind is not kind:
                wanted = (
                    "a deductible" if kind is AccumulatorKind.DEDUCTIBLE else "an out-of-pocket maximum"
                )
                raise UserProblem(
                    f"{of} uses {name} as {wanted}, which it is not.", "Choose another bucket.", field=field
                )


def _once(names: list[str], what: str, field: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise UserProblem(f"The {what} {name} is there twice.", "Keep one of them.", field=field)
        seen.add(name)
