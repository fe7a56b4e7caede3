"""One plan's sum as lines to show, and what it moves: made of the engine's result, never worked again."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.coverage.estimate_answer import Moved, Part, Source, Visits
from tracker.domain.coverage.results import LineResult, Outcome
from tracker.domain.coverage.sentences import Words
from tracker.domain.coverage.state import State
from tracker.domain.coverage.steps import room_left
from tracker.domain.coverage.terms import Bucket, PlanTerms
from tracker.facts import AccumulatorMode, CopayOrder, CopayScope, CostSharingRule, percent
from tracker.money import Cents, dollars


def line_parts(terms: PlanTerms, line: LineResult, source: Source, units: int = 1) -> list[Part]:
    """The sum from the allowed amount to what you pay; what is taken adds up to it."""
    parts: list[Part] = []
    rule = line.rule
    if line.outcome is not Outcome.COVERED or rule is None:
        parts.append(Part("billed", "Price", line.billed))
        parts.append(Part("not_covered", "Not covered", line.not_covered))
    else:
        if source is not Source.FIXED:
            if line.billed != line.allowed:
                parts.append(Part("billed", "Billed", line.billed))
            if line.write_off:
                parts.append(Part("write_off", "Network discount", -line.write_off))
            parts.append(Part("allowed", "Allowed amount", line.allowed))
        parts += _shares(terms, line, rule, units)
    for key, words, amount in (
        ("penalty", "Prior authorization missed", line.penalty),
        ("balance_bill", "Billed above the allowed amount", line.balance_bill),
    ):
        if amount:
            parts.append(Part(key, words, amount))
    if source is not Source.FIXED:
        parts.append(Part("plan_paid", "Plan pays", line.plan_paid))
    return parts


def end_parts(owes: Cents, assistance: Cents, *, at_most: bool = False) -> list[Part]:
    """What it comes to, and after a manufacturer's assistance what is left to pay."""
    parts = [Part("you_pay", "You pay at most" if at_most else "You pay", owes, strong=True)]
    if assistance:
        helped = min(assistance, owes)
        parts.append(Part("assistance", "Copay assistance", -helped))
        parts.append(Part("cash", "Left to pay in cash", owes - helped, strong=True))
    return parts


def _shares(terms: PlanTerms, line: LineResult, rule: CostSharingRule, units: int) -> Iterator[Part]:
    trace = line.trace
    order = ("copay", "deductible") if rule.copay_order is CopayOrder.BEFORE else ("deductible", "copay")
    for what in order:
        if what == "copay" and trace.copay_taken:
            yield Part("copay", _copay_words(line, rule, units), trace.copay_taken)
        elif what == "deductible" and trace.deductible_taken and rule.deductible is not None:
            bucket = next(item for item in terms.buckets if item.name == rule.deductible)
            room = room_left(bucket, trace.deductible_own, trace.deductible_family)
            start = "Rest of your" if trace.deductible_taken == room else "Toward your"
            name = Words(terms).bucket(bucket)
            yield Part("deductible", f"{start} {name}", trace.deductible_taken)
    if rule.coinsurance and trace.coinsurance_base:
        yield Part("coinsurance", _coinsurance_words(line, rule), trace.coinsurance_taken)
    cut = trace.deductible_taken + trace.copay_taken + trace.coinsurance_taken - line.cost_share
    if cut:
        yield Part("cut", "Cut by your out-of-pocket maximum", -cut)
    if line.not_covered:
        yield Part("not_covered", "Above what the plan pays in a year", line.not_covered)


def _copay_words(line: LineResult, rule: CostSharingRule, units: int) -> str:
    if rule.copay_scope in (CopayScope.DAY, CopayScope.FILL) and units > 1 and rule.copay:
        count = line.trace.copay_full // rule.copay
        unit = "day" if rule.copay_scope is CopayScope.DAY else "fill"
        return f"Copay, {count} {unit}{'' if count == 1 else 's'} at {dollars(rule.copay, whole=True)}"
    return "Copay"


def _coinsurance_words(line: LineResult, rule: CostSharingRule) -> str:
    base, taken = line.trace.coinsurance_base, line.trace.coinsurance_taken
    words = f"Your {percent(rule.coinsurance)} of {dollars(base)}"
    plain = (base * rule.coinsurance + 5000) // 10000
    if taken > plain:
        return f"{words}, at least {dollars(rule.coinsurance_min)}"
    if taken < plain and rule.coinsurance_max is not None:
        return f"{words}, at most {dollars(rule.coinsurance_max)}"
    return words


def moved_between(
    terms: PlanTerms, before: State, after: State, person: str, rule: CostSharingRule | None
) -> tuple[Moved, ...]:
    """Every accumulator the care moves, and those its rule names even where they stand still."""
    words = Words(terms)
    named = {rule.deductible, rule.oop_max, rule.copay_credits} if rule else set()
    found: list[Moved] = []
    for place, bucket in enumerate(terms.buckets):
        crossed = bucket.name not in named

        def of(
            person_id: int | None,
            was: Cents,
            now: Cents,
            limit: Cents | None,
            *,
            bucket: Bucket = bucket,
            crossed: bool = crossed,
        ) -> Moved:
            top = LARGEST_TOTAL if limit is None else limit
            return Moved(
                terms.name, bucket.name, words.bucket(bucket), bucket.kind, person_id,
                min(was, top), min(now, top), limit, crossed,
            )  # fmt: skip

        own_was, own_now = before.own_totals(person)[place], after.own_totals(person)[place]
        changed = own_was != own_now
        if not changed and crossed:
            continue
        if bucket.own_limit is not None or bucket.mode is not AccumulatorMode.AGGREGATE:
            found.append(of(int(person), own_was, own_now, bucket.own_limit))
        if bucket.mode is not AccumulatorMode.SELF:
            was, now = _family(before, place, bucket), _family(after, place, bucket)
            found.append(of(None, was, now, bucket.family_limit))
    return tuple(found)


LARGEST_TOTAL: Cents = 1 << 62
"""Larger than any running total."""


def _family(state: State, place: int, bucket: Bucket) -> Cents:
    """The family's total, in which no person counts for more than their own limit (1.4)."""
    most = LARGEST_TOTAL if bucket.own_limit is None else bucket.own_limit
    return sum(min(totals[place], most) for totals in state.own.values())


def visits_of(before: State, after: State, person: str, rule: CostSharingRule | None) -> Visits | None:
    """Visits of a limited number; one that is used up already stays where it is."""
    if rule is None or rule.visit_limit is None:
        return None
    key = (rule.category, person)
    return Visits(rule.category, max(after.visits.get(key, 0), before.visits.get(key, 0)), rule.visit_limit)
