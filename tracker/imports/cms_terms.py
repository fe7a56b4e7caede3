"""One plan of the CMS public use files as the engine's terms: buckets, tiers and rules.

What a filing says in words the program does not know, or says twice differently, is left out of the
terms and listed, so that the member can fill it in. What it says clearly but the terms cannot hold
(a limit per lifetime, free first visits) is listed too, apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.domain.coverage.terms import PlanTerms
from tracker.facts import IN, AccumulatorKind, CopayScope, CostSharingRule, Need, PlanKind, ServiceCategory
from tracker.imports.cms_benefits import DRUGS, FOLLOWS, Categories
from tracker.imports.cms_limits import (
    FIRST,
    IN2,
    OUTSIDE,
    SECOND,
    FiledTier,
    PlanLimits,
    Unread,
    read_limits,
)
from tracker.imports.cms_phrases import (
    CostShare,
    UnclearPhrase,
    is_silent,
    read_cost_share,
    read_count,
    read_dollar_limit,
)
from tracker.imports.cms_rows import Row
from tracker.money import Cents


@dataclass(frozen=True, slots=True)
class Source:
    """The phrases a rule was read from, as filed."""

    category: str
    tier: str
    benefit: str
    copay: str
    coinsurance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTerms:
    """What came of a plan's rows. `unread` is to be filled in; `not_counted` is only worth knowing."""

    terms: PlanTerms
    categories: tuple[ServiceCategory, ...]
    sources: tuple[Source, ...]
    unread: tuple[Unread, ...]
    not_counted: tuple[Unread, ...]


_KINDS = {"HMO": PlanKind.HMO, "PPO": PlanKind.PPO, "EPO": PlanKind.EPO, "POS": PlanKind.POS}
_VISIT_UNITS = ("visit(s) per year", "exam(s) per year", "treatment(s) per year", "procedure(s) per year")


def build_terms(plan: Row, benefits: Iterable[Row], *, family: bool = False) -> ReadTerms:
    """The terms of a plan from its row of Plan Attributes and its rows of Benefits and Cost Sharing.

    `family` asks for the limits of family coverage; otherwise those of one person.
    """
    return _Builder(plan, family).build(benefits)


@dataclass(slots=True)
class _Builder:
    plan: Row
    family: bool
    unread: list[Unread] = field(default_factory=list)
    not_counted: list[Unread] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    limits: PlanLimits = field(default_factory=PlanLimits)
    rules: dict[tuple[str, str], CostSharingRule] = field(default_factory=dict)
    categories: Categories = field(default_factory=Categories)

    def build(self, benefits: Iterable[Row]) -> ReadTerms:
        rows = list(benefits)
        tiers = [FIRST, OUTSIDE]
        if any(not (is_silent(row[SECOND.copay]) and is_silent(row[SECOND.coinsurance])) for row in rows):
            tiers.insert(1, SECOND)
        self.limits = read_limits(self.plan, tiers, family=self.family)
        self.unread += self.limits.unread
        for row in rows:
            self._benefit(row, tiers)
        self._plan_remarks()
        categories = {category for category, _ in self.rules}
        follows: dict[str, str] = {}
        for code, parent in FOLLOWS:
            if code not in categories and parent in categories:
                follows.setdefault(code, parent)
        name = " ".join((self.plan["PlanVariantMarketingName"] or self.plan["PlanMarketingName"]).split())
        used = {bucket for rule in self.rules.values() for bucket in (rule.deductible, rule.oop_max)}
        places = self.limits.places.items()
        used |= {name for (_, drug, tier), name in places if not drug and tier == IN}
        terms = PlanTerms(
            name=name or self.plan["PlanId"],
            kind=_KINDS.get(self.plan["PlanType"].strip().upper(), PlanKind.PPO),
            begins_on=us_day(self.plan["PlanEffectiveDate"]),
            ends_on=us_day(self.plan["PlanExpirationDate"]),
            buckets=tuple(bucket for bucket in self.limits.buckets if bucket.name in used),
            rules=tuple(self.rules.values()),
            tiers=tuple(tier.tier for tier in tiers),
            follows=tuple(follows.items()),
            aca_compliant=not _yes(self.plan["DentalOnlyPlan"]),
            hsa_qualified=_yes(self.plan["IsHSAEligible"]),
        )
        return ReadTerms(
            terms=terms,
            categories=tuple(self.categories.added.values()),
            sources=tuple(self.sources),
            unread=tuple(self.unread),
            not_counted=tuple(self.not_counted),
        )

    def _benefit(self, row: Row, tiers: list[FiledTier]) -> None:
        benefit = " ".join(row["BenefitName"].split())
        if not row.whole:
            self._list(row, benefit, "", "The row is cut off.")
            return
        category = self.categories.of(benefit)
        if (category, IN) in self.rules:
            self._list(row, benefit, "", "The plan names this benefit twice; the first row counts.")
            return
        covered = " ".join(row["IsCovered"].split()).casefold()
        if covered not in ("covered", "yes", "true", ""):
            if covered not in ("not covered", "no", "false"):
                self._list(row, benefit, "", "It is unclear whether this is covered.", row["IsCovered"])
                return
            for tier in tiers:
                self._add(row, benefit, category, tier, CostShare(covered=False))
            return
        for tier in tiers:
            self._tier_rule(row, benefit, category, tier)

    def _tier_rule(self, row: Row, benefit: str, category: str, tier: FiledTier) -> None:
        code = tier.tier.code
        phrase = " | ".join(" ".join(cell.split()) for cell in (row[tier.copay], row[tier.coinsurance]))
        try:
            share = read_cost_share(row[tier.copay], row[tier.coinsurance])
        except UnclearPhrase as why:
            self._list(row, benefit, code, why.why, phrase)
            return
        if share is None:
            if code == IN2:
                first = self.rules.get((category, IN))
                if first is not None and not first.covered:
                    self._add(row, benefit, category, tier, CostShare(covered=False))
                    return
            self._list(row, benefit, code, "It names neither a copay nor a percentage.", phrase)
            return
        self._add(row, benefit, category, tier, share)

    def _add(self, row: Row, benefit: str, category: str, tier: FiledTier, share: CostShare) -> None:
        code = tier.tier.code
        added = self.categories.added.get(category)
        drug = category in DRUGS or (added is not None and added.drug)
        rule = CostSharingRule(category=category, tier=code, covered=share.covered)
        if share.covered:
            deductible = self.limits.places.get((AccumulatorKind.DEDUCTIBLE, drug, code))
            if share.subject_to_deductible and deductible is None:
                phrase = " | ".join((row[tier.copay], row[tier.coinsurance]))
                self._list(
                    row, benefit, code, "It speaks of a deductible, but the plan states none here.", phrase
                )
            counts = not _yes(row[f"IsExclFrom{tier.excluded}MOOP"])
            scope = share.scope
            if drug and scope is CopayScope.VISIT:
                scope = CopayScope.FILL
            days = read_count(self.plan["InpatientCopaymentMaximumDays"])
            rule = replace(
                rule,
                deductible=deductible if share.subject_to_deductible else None,
                oop_max=self.limits.places.get((AccumulatorKind.OOP_MAX, drug, code)) if counts else None,
                copay=share.copay,
                copay_order=share.order,
                copay_scope=scope,
                max_units=(days or None) if scope is CopayScope.DAY else None,
                coinsurance=share.coinsurance,
                coinsurance_max=self._specialty_most() if category == "RX4" and share.coinsurance else None,
                referral=Need.YES
                if category == "SPEC" and _yes(self.plan["IsReferralRequiredForSpecialist"])
                else Need.NO,
            )
            rule = self._with_limit(row, benefit, tier, rule)
        self.rules[category, code] = rule
        self.sources.append(Source(category, code, benefit, row[tier.copay], row[tier.coinsurance]))

    def _with_limit(
        self, row: Row, benefit: str, tier: FiledTier, rule: CostSharingRule
    ) -> CostSharingRule:
        """The rule with its yearly limit, where the engine can count it; else a remark."""
        if not (row["LimitQty"].strip() or row["LimitUnit"].strip() or _yes(row["QuantLimitOnSvc"])):
            return rule
        count, unit = read_count(row["LimitQty"]), " ".join(row["LimitUnit"].split())
        said = f"{row['LimitQty'].strip().removesuffix('.0')} {unit}".strip()
        rule = replace(rule, note=f"Limit: {said or 'not stated'}")
        if count is not None and unit.casefold() in _VISIT_UNITS:
            return replace(rule, visit_limit=count)
        if count is not None and unit.casefold() == "dollars per year":
            return replace(rule, dollar_max=count * 100)
        if tier is FIRST:
            self.not_counted.append(
                Unread(row.line, benefit, "", said, "This limit is noted with the rule, not counted.")
            )
        return rule

    def _specialty_most(self) -> Cents | None:
        try:
            return read_dollar_limit(self.plan["SpecialtyDrugMaximumCoinsurance"]) or None
        except UnclearPhrase:
            return None

    def _plan_remarks(self) -> None:
        for column, why in (
            (
                "BeginPrimaryCareCostSharingAfterNumberOfVisits",
                "So many primary care visits are free before the rule begins; this is not counted.",
            ),
            (
                "BeginPrimaryCareDeductibleCoinsuranceAfterNumberOfCopays",
                "After so many primary care copays deductible and coinsurance begin; this is not counted.",
            ),
        ):
            if read_count(self.plan[column]):
                self.not_counted.append(Unread(self.plan.line, column, "", self.plan[column].strip(), why))
        most = self.plan["SpecialtyDrugMaximumCoinsurance"]
        try:
            read_dollar_limit(most)
        except UnclearPhrase as why:
            self._list(self.plan, "SpecialtyDrugMaximumCoinsurance", "", why.why, most)

    def _list(self, row: Row, benefit: str, tier: str, why: str, phrase: str = "") -> None:
        shown = " ".join((phrase or row[benefit]).split())
        self.unread.append(Unread(row.line, benefit, tier, shown[:200], why))


def us_day(cell: str) -> date | None:
    """A day written `1/1/2026` or `2026-01-01`; None for anything else."""
    text = cell.strip()
    parts = text.split("/")
    try:
        if len(parts) == 3:
            return date(int(parts[2]), int(parts[0]), int(parts[1]))
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def filed_amounts(plan: Row, example: str) -> Mapping[str, Cents] | None:
    """What the insurer filed for a coverage example: deductible, copayment, coinsurance, limit.

    `example` is the files' own name, such as `SBCHavingSimplefracture`. None where it filed nothing.
    """
    found: dict[str, Cents] = {}
    for part in ("Deductible", "Copayment", "Coinsurance", "Limit"):
        try:
            amount = read_dollar_limit(plan[example + part])
        except UnclearPhrase:
            return None
        if amount is None:
            return None
        found[part.casefold()] = amount
    return found


def _yes(cell: str) -> bool:
    return cell.strip().casefold() in ("yes", "true")
