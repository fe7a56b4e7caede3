"""What looks wrong about a plan's terms: warnings to look at, never refusals (rulebook 1.16)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.coverage.categories import SEEDED
from tracker.domain.coverage.limits import Limits, Pair, YearLimits
from tracker.domain.coverage.terms import Bucket, PlanTerms
from tracker.errors import UserProblem
from tracker.facts import (
    AccumulatorKind,
    AccumulatorMode,
    Assistance,
    CostSharingRule,
    DeductibleCarryOver,
    OonMethod,
    ServiceCategory,
    usual_name,
)
from tracker.money import Cents, dollars

BEFORE_HDHP_DEDUCTIBLE = frozenset({"PREVENT", "TELE", "RXPREV"})
"""Categories an HSA-qualified plan may pay before its deductible (insulin products beside them)."""

EXPECTED = ("PREVENT", "PCP", "SPEC", "URGENT", "ER", "LAB", "IMAGING", "INPATIENT", "RX1", "RX2")
"""Categories that every major medical plan has a rule for in network."""


@dataclass(frozen=True, slots=True)
class TermsWarning:
    """One thing worth a second look. `about` names a bucket, a category or a field of the plan."""

    about: str
    words: str


def terms_warnings(
    terms: PlanTerms,
    limits: Limits,
    *,
    typical_allowed: Mapping[str, Cents] | None = None,
    categories: Sequence[ServiceCategory] = SEEDED,
) -> list[TermsWarning]:
    """Everything odd about a plan's terms. `typical_allowed` are usual amounts by category, if known."""
    return [
        *_bucket_warnings(terms),
        *_law_warnings(terms, limits),
        *_rule_warnings(terms, typical_allowed or {}, {category.code for category in categories}),
        *_other_warnings(terms),
    ]


def _of_kind(terms: PlanTerms, kind: AccumulatorKind) -> list[Bucket]:
    return [bucket for bucket in terms.buckets if bucket.kind is kind]


def _bucket_warnings(terms: PlanTerms) -> Iterator[TermsWarning]:
    for bucket in terms.buckets:
        own, family = bucket.individual, bucket.family
        if (
            bucket.mode is AccumulatorMode.EMBEDDED
            and own is not None
            and family is not None
            and family < own
        ):
            yield TermsWarning(
                bucket.name,
                f"The family limit of {bucket.name}, {dollars(family)}, is below the individual one, "
                f"{dollars(own)}.",
            )
        unused, whose = (family, "family") if bucket.mode is AccumulatorMode.SELF else (own, "individual")
        if bucket.mode is not AccumulatorMode.EMBEDDED and unused is not None:
            yield TermsWarning(
                bucket.name,
                f"The {whose} limit of {bucket.name} is not used, because its limits are for "
                f"{'one person' if whose == 'family' else 'the family together'}.",
            )
        if bucket.mode is AccumulatorMode.EMBEDDED and (own is None or family is None):
            missing = "individual" if own is None else "family"
            yield TermsWarning(bucket.name, f"{bucket.name} has no {missing} limit.")
    pairs = {
        (rule.deductible, rule.oop_max)
        for rule in terms.rules
        if rule.covered and rule.deductible and rule.oop_max
    }
    named = {bucket.name: bucket for bucket in terms.buckets}
    for tier in terms.tiers:  # also before any rule names them
        pair = tuple(usual_name(kind, tier.code) for kind in AccumulatorKind)
        if named.keys() >= set(pair):
            pairs.add((pair[0], pair[1]))
    for deductible, maximum in sorted(pairs):
        yield from _below(named[maximum], named[deductible], "its deductible")
    inside = [b for b in _of_kind(terms, AccumulatorKind.OOP_MAX) if _contracted(terms, b.tier)]
    outside = [b for b in _of_kind(terms, AccumulatorKind.OOP_MAX) if not _contracted(terms, b.tier)]
    for far in outside:
        for near in inside:
            yield from _below(far, near, "the one in network")


def _below(low: Bucket, high: Bucket, than: str) -> Iterator[TermsWarning]:
    for whose, less, more in (
        ("", low.own_limit, high.own_limit),
        ("family ", low.family_limit, high.family_limit),
    ):
        if less is not None and more is not None and less < more:
            yield TermsWarning(
                low.name,
                f"The {whose}out-of-pocket maximum {low.name}, {dollars(less)}, is below {than}, "
                f"{dollars(more)}.",
            )


def _contracted(terms: PlanTerms, code: str) -> bool:
    return any(tier.code == code and tier.contracted for tier in terms.tiers)


def _law_warnings(terms: PlanTerms, limits: Limits) -> Iterator[TermsWarning]:
    if not (terms.aca_compliant or terms.hsa_qualified):
        return
    if terms.begins_on is None:
        yield TermsWarning(
            "begins_on", "Without the plan's first day its limits cannot be compared with the law's."
        )
        return
    try:
        year = limits.of(terms.begins_on.year)
    except UserProblem as unknown:
        yield TermsWarning("begins_on", str(unknown))
        return
    maxima = [b for b in _of_kind(terms, AccumulatorKind.OOP_MAX) if _contracted(terms, b.tier)]
    if terms.aca_compliant:
        yield from _unknown(year.aca_oop_max, f"ACA out-of-pocket limit of {year.year}")
        for bucket in maxima:
            yield from _above(bucket, year.aca_oop_max, f"the ACA limit of {year.year}")
        yield from _preventive(terms)
    if terms.hsa_qualified:
        yield from _unknown(year.hdhp_oop_max, f"most an HSA-qualified plan may have in {year.year}")
        yield from _unknown(
            year.hdhp_deductible, f"least deductible of an HSA-qualified plan in {year.year}"
        )
        for bucket in maxima:
            yield from _above(
                bucket, year.hdhp_oop_max, f"the most an HSA-qualified plan may have in {year.year}"
            )
        yield from _hsa(terms, year)


def _unknown(law: Pair, what: str) -> Iterator[TermsWarning]:
    if law.self_only is None and law.family is None:
        yield TermsWarning(
            "begins_on", f"The {what} is not known here. Compare it with a notice of that year."
        )


def _above(bucket: Bucket, most: Pair, what: str) -> Iterator[TermsWarning]:
    for limit, law in ((bucket.own_limit, most.self_only), (bucket.family_limit, most.family)):
        if limit is not None and law is not None and limit > law:
            yield TermsWarning(
                bucket.name,
                f"The out-of-pocket maximum {bucket.name}, {dollars(limit)}, is above {what}, "
                f"{dollars(law)}.",
            )
            return


def _preventive(terms: PlanTerms) -> Iterator[TermsWarning]:
    for rule in terms.rules:
        charged = not rule.covered or rule.deductible or rule.copay or rule.coinsurance
        if rule.category == "PREVENT" and _contracted(terms, rule.tier) and charged:
            yield TermsWarning("PREVENT", "Preventive care in network costs something; by law it is free.")


def _hsa(terms: PlanTerms, year: YearLimits) -> Iterator[TermsWarning]:
    """An HSA-qualified plan's deductible, and what it must not pay before it."""
    used = {rule.deductible for rule in terms.rules if _contracted(terms, rule.tier)}
    for bucket in _of_kind(terms, AccumulatorKind.DEDUCTIBLE):
        if bucket.name not in used:
            continue
        least = year.hdhp_deductible
        single = bucket.mode is AccumulatorMode.SELF
        for limit, law, whose in (
            (
                bucket.individual if single else bucket.family_limit,
                least.self_only if single else least.family,
                "",
            ),
            (
                bucket.individual if bucket.mode is AccumulatorMode.EMBEDDED else None,
                least.family,
                "individual ",
            ),
        ):
            if limit is not None and law is not None and limit < law:
                yield TermsWarning(
                    bucket.name,
                    f"The {whose}deductible {bucket.name}, {dollars(limit)}, is below the "
                    f"{dollars(law)} an HSA-qualified plan needs in {year.year}.",
                )
    for rule in terms.rules:
        if rule.category in BEFORE_HDHP_DEDUCTIBLE or not rule.covered or not _contracted(terms, rule.tier):
            continue
        first = rule.deductible is None or (rule.copay > 0 and rule.copay_order == "before")
        if first:
            yield TermsWarning(
                rule.category,
                f"{rule.category} is paid before the deductible, which an HSA-qualified plan may not do.",
            )
    if terms.assistance is Assistance.COUNTED:
        yield TermsWarning(
            "assistance",
            "Copay assistance counts, but in an HSA-qualified plan only what you really paid may count "
            "toward the least deductible.",
        )
    if terms.carry_over is not DeductibleCarryOver.NONE:
        yield TermsWarning(
            "carry_over",
            "A deductible that carries over can fall below the least one and end HSA eligibility.",
        )


def _rule_warnings(
    terms: PlanTerms, typical: Mapping[str, Cents], codes: set[str]
) -> Iterator[TermsWarning]:
    for rule in terms.rules:
        usual = typical.get(rule.category)
        if usual and rule.copay * 2 > usual:
            yield TermsWarning(
                rule.category,
                f"The copay of {dollars(rule.copay)} for {rule.category} is more than half of the usual "
                f"{dollars(usual)}.",
            )
        if rule.category not in codes:
            yield TermsWarning(rule.category, f"{rule.category} is not in the list of categories.")
        yield from _idle(rule)
    own = {rule.category for rule in terms.rules if _contracted(terms, rule.tier)}
    missing = [code for code in EXPECTED if code not in own]
    if missing:
        yield TermsWarning(
            "rules",
            f"There is no in-network rule for {', '.join(missing)}; such care would count as not covered.",
        )


def _idle(rule: CostSharingRule) -> Iterator[TermsWarning]:
    """Parts of a rule that do nothing as it stands."""
    if not rule.covered and (rule.copay or rule.coinsurance or rule.deductible):
        yield TermsWarning(
            rule.category, f"{rule.category} is not covered, so its copay and coinsurance do nothing."
        )
    if rule.covered and not rule.coinsurance and (rule.coinsurance_min or rule.coinsurance_max is not None):
        yield TermsWarning(
            rule.category,
            f"{rule.category} has a least or most coinsurance but no percentage, so it does nothing.",
        )
    if rule.visit_limit == 0:
        yield TermsWarning(
            rule.category, f"{rule.category} has a limit of 0 visits, so nothing is covered."
        )
    if rule.copay_scope == "day" and rule.copay and rule.max_units == 0:
        yield TermsWarning(
            rule.category, f"{rule.category} has a copay per day for 0 days, so there is none."
        )


def _other_warnings(terms: PlanTerms) -> Iterator[TermsWarning]:
    pricing = terms.oon_pricing
    if pricing is not None and pricing.method is OonMethod.NONE:
        far = sorted(
            {rule.category for rule in terms.rules if rule.covered and not _contracted(terms, rule.tier)}
        )
        if far:
            yield TermsWarning(
                "oon_pricing",
                f"The plan covers nothing out of network, yet has rules there for {', '.join(far)}; "
                "they do nothing.",
            )


def coverage_warnings(plans: Iterable[tuple[PlanTerms, bool]]) -> list[TermsWarning]:
    """Overlaps and gaps between the plans of one person; the flag says whether the order of payment
    between a plan and the others is known."""
    dated = [(terms, ordered) for terms, ordered in plans if terms.begins_on and terms.ends_on]
    dated.sort(key=lambda pair: (pair[0].begins_on, pair[0].ends_on))
    found = []
    reach: PlanTerms | None = None
    for terms, ordered in dated:
        assert terms.begins_on
        assert terms.ends_on
        if reach is not None and reach.ends_on is not None:
            gap = (terms.begins_on - reach.ends_on).days - 1
            if gap > 0:
                days = "1 day" if gap == 1 else f"{gap} days"
                found.append(
                    TermsWarning(
                        terms.name, f"Between {reach.name} and {terms.name} no plan covers {days}."
                    )
                )
            elif gap < 0 and not ordered:
                found.append(
                    TermsWarning(
                        terms.name,
                        f"{reach.name} and {terms.name} cover the same days, and it is not said which "
                        "pays first.",
                    )
                )
        if reach is None or reach.ends_on is None or terms.ends_on > reach.ends_on:
            reach = terms
    return found
