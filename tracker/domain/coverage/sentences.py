"""The steps of a claim in plain sentences: every figure the engine gives can be asked why.

Allowed $2,000.00 (billed $4,000.00, network discount $2,000.00). Emergency room copay $350.00,
left $1,650.00. Deductible: $1,000.00 of $1,500.00 used before, so $500.00, left $1,150.00. ...
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.domain.coverage import steps
from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.results import ClaimResult, Outcome
from tracker.domain.coverage.terms import Bucket, PlanTerms
from tracker.facts import AccumulatorKind, CopayScope, ServiceCategory, percent
from tracker.money import dollars

_PARTS = (
    ("coinsurance", "coinsurance_cut"),
    ("the copay", "copay_cut"),
    ("the deductible", "deductible_cut"),
)


@dataclass(frozen=True)
class Words:
    """How categories, tiers and buckets of one plan are called in a sentence."""

    terms: PlanTerms
    categories: Mapping[str, ServiceCategory] = field(default_factory=catalogue)

    def category(self, code: str) -> str:
        known = self.categories.get(code)
        return known.phrase if known else code

    def never_covered(self, code: str) -> bool:
        known = self.categories.get(code)
        return known is not None and known.never_covered

    def tier(self, code: str) -> str:
        return next((tier.name for tier in self.terms.tiers if tier.code == code), code)

    def bucket(self, bucket: Bucket) -> str:
        """`deductible`, `out-of-network deductible`; with its own name where two would be called alike."""
        if bucket.label:
            return bucket.label
        kind = "deductible" if bucket.kind is AccumulatorKind.DEDUCTIBLE else "out-of-pocket maximum"
        where = "" if bucket.tier == self.terms.nsa_tier else self.tier(bucket.tier).replace(" ", "-") + " "
        alike = [b for b in self.terms.buckets if (b.kind, b.tier) == (bucket.kind, bucket.tier)]
        return f"{where}{kind}" if len(alike) == 1 else f"{where}{kind} ({bucket.name})"


def explain_claim(
    terms: PlanTerms, result: ClaimResult, categories: Mapping[str, ServiceCategory] | None = None
) -> list[list[str]]:
    """The sentences of each line of a claim, line by line."""
    words = Words(terms, categories) if categories is not None else Words(terms)
    return [
        line_sentences(words, steps.line_steps(terms, result, place)) for place in range(len(result.lines))
    ]


def line_sentences(words: Words, taken: list[steps.Step]) -> list[str]:
    """The steps of one line in sentences; what happened to the accumulators comes in one, last."""
    found = [said for step in taken if (said := _sentence(words, step))]
    after = [_after(words, step) for step in taken if isinstance(step, steps.Accumulated)]
    if after:
        found.append(f"After: {', '.join(after)}.")
    return found


def _sentence(words: Words, step: steps.Step) -> str:
    """One step in words; empty for what is said elsewhere."""
    match step:
        case steps.NotPriced():
            return _not_priced(words, step)
        case steps.Priced():
            return _priced(step)
        case steps.VisitCounted():
            return f"This is visit {step.visit} of {step.limit} for {words.category(step.category)}."
        case steps.CopayTaken():
            return _copay(words, step)
        case steps.DeductibleTaken():
            return _deductible(words, step)
        case steps.CoinsuranceTaken():
            return _coinsurance(step)
        case steps.NothingToPay():
            what = words.category(step.category)
            return f"{what[:1].upper()}{what[1:]}: no charge."
        case steps.OopChecked():
            return _oop(words, step)
        case steps.DollarMaximum():
            return (
                f"Your plan pays at most {dollars(step.most)} for {words.category(step.category)} and has "
                f"paid {dollars(step.before)}, so {dollars(step.not_covered)} is not covered."
            )
        case steps.Penalized():
            return (
                f"Prior authorization was missing: the plan pays {dollars(step.penalty)} less. "
                "That counts toward no limit."
            )
        case steps.Shared():
            return _shared(step)
        case steps.Accumulated():
            return ""


def _not_priced(words: Words, step: steps.NotPriced) -> str:
    billed, what = dollars(step.billed), words.category(step.category)
    what_first = what[:1].upper() + what[1:]
    where = words.tier(step.tier)
    match step.outcome:
        case Outcome.DENIED_PROVIDER:
            return f"Denied, and the provider bears it: all {billed} is written off."
        case Outcome.DENIED_MEMBER:
            return f"Denied, and you bear it: all {billed} is not covered."
        case Outcome.VISITS_USED_UP:
            return (
                f"All {step.visit_limit} visits for {what} are used up, so {billed} is not covered."
                if step.visit_limit
                else f"Your plan covers no visits for {what}, so {billed} is not covered."
            )
        case Outcome.BEFORE_PLAN:
            return f"The care was given before the plan began, so {billed} is not covered."
        case Outcome.AFTER_PLAN:
            return f"The care was given after the plan ended, so {billed} is not covered."
        case Outcome.NO_RULE if words.never_covered(step.category):
            return f"{what_first}: health plans never cover this. {billed} is yours and counts nowhere."
        case Outcome.NO_RULE:
            return f"Your plan's terms name no {what} {where}, so {billed} is not covered."
        case _:
            return f"{what_first} is not covered {where}: {billed}."


def _priced(step: steps.Priced) -> str:
    if step.balance_bill:
        extra = f", {dollars(step.balance_bill)} above it may be billed to you"
    elif step.write_off and step.protected:
        extra = f", the {dollars(step.write_off)} above it may not be billed to you"
    elif step.write_off:
        extra = f", network discount {dollars(step.write_off)}"
    else:
        extra = ""
    return f"Allowed {dollars(step.allowed)} (billed {dollars(step.billed)}{extra})."


def _copay(words: Words, step: steps.CopayTaken) -> str:
    what = words.category(step.category)
    name = f"{what[:1].upper()}{what[1:]} copay"
    if step.waived:
        return f"{name} {dollars(step.each)} waived because of the admission."
    if not step.available:
        return f"{name} {dollars(step.full)} was already taken on this claim."
    count = step.full // step.each
    times = ""
    if step.scope in (CopayScope.DAY, CopayScope.FILL) and (count > 1 or step.units > 1):
        unit = "day" if step.scope is CopayScope.DAY else "fill"
        times = f" ({count} {unit}{'' if count == 1 else 's'} at {dollars(step.each)})"
    if step.taken == step.available:
        return f"{name} {dollars(step.taken)}{times}, left {dollars(step.left)}."
    if not step.taken and step.after_deductible:
        return f"{name}: nothing is left after the deductible, so none."
    return f"{name} {dollars(step.available)}{times}, but only {dollars(step.taken)} is left to pay."


def _deductible(words: Words, step: steps.DeductibleTaken) -> str:
    name = words.bucket(step.bucket)
    if not step.taken and not step.left:
        return ""  # nothing was left for it
    used = _used(step.bucket, step.own, step.family)
    outcome = f"so {dollars(step.taken)}, left {dollars(step.left)}"
    if steps.room_left(step.bucket, step.own, step.family) == 0:
        outcome = "so it is met"
    return f"{name[:1].upper()}{name[1:]}: {used} used before, {outcome}."


def _used(bucket: Bucket, own: int, family: int) -> str:
    """`$1,000.00 of $1,500.00`, with the family's where the bucket has a family limit."""
    parts = []
    if bucket.own_limit is not None:
        parts.append(f"{dollars(own)} of {dollars(bucket.own_limit)}")
    if bucket.family_limit is not None:
        parts.append(f"family {dollars(family)} of {dollars(bucket.family_limit)}")
    return " and ".join(parts) if parts else dollars(own)


def _coinsurance(step: steps.CoinsuranceTaken) -> str:
    plain = (step.base * step.rate + 5000) // 10000
    sum_ = f"{percent(step.rate)} of {dollars(step.base)} = {dollars(plain)}"
    if step.taken > plain:
        return f"{sum_}, but at least {dollars(step.least)}, so {dollars(step.taken)}."
    if step.taken < plain and step.most is not None:
        return f"{sum_}, but at most {dollars(step.most)}, so {dollars(step.taken)}."
    return f"{sum_}."


def _oop(words: Words, step: steps.OopChecked) -> str:
    name = words.bucket(step.bucket)
    start = f"{name[:1].upper()}{name[1:]}"
    if not step.share:
        return ""
    if step.room is None:
        return f"{start}: none, so nothing is cut."
    used = _used(step.bucket, step.own, step.family)
    cuts = [f"{dollars(getattr(step, cut))} off {part}" for part, cut in _PARTS if getattr(step, cut)]
    return f"{start}: {used} used, room {dollars(step.room)}, {' and '.join(cuts) or 'no cut'}."


def _shared(step: steps.Shared) -> str:
    parts = [f"You {dollars(step.owes)}, plan {dollars(step.plan_paid)}"]
    if step.balance_bill:
        parts.append(
            f"of yours, {dollars(step.balance_bill)} is a balance bill, which counts toward no limit"
        )
    said = "; ".join(parts) + "."
    if step.assistance:
        said += f" Copay assistance of {dollars(step.assistance)} leaves you {dollars(step.cash)} to pay."
        if step.counts is not None:
            said += f" It {'counts' if step.counts else 'does not count'} toward your limits."
    if step.counts is None:
        said += " None of it counts toward a limit."
    return said


def _after(words: Words, step: steps.Accumulated) -> str:
    """`deductible $1,500.00 (met)`, with the family's total where the bucket has a family limit."""
    credit, bucket = step.credit, step.bucket
    name, own, family = words.bucket(bucket), dollars(credit.own_after), dollars(credit.family_after)
    if bucket.own_limit is not None and credit.own_after >= bucket.own_limit:
        own += " (met)"
    if bucket.family_limit is None:
        return f"{name} {own}"
    if credit.family_after >= bucket.family_limit:
        family += " (met)"
    return f"family {name} {family}" if bucket.own_limit is None else f"{name} {own} and family {family}"
