"""A plan of the CMS files as facts, ready to be saved: pure, nothing is written here.

The files know limits and prices, never the member: who is covered, the dates and the premium come from
the member, or from the plan in the ledger that takes these terms over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.dates import add_months, day_text
from tracker.domain.coverage.categories import SEEDED
from tracker.domain.coverage.terms import Bucket
from tracker.errors import UserProblem
from tracker.facts import (
    IN,
    OUT,
    TWO_TIERS,
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    CostSharingRule,
    Network,
    Plan,
    PlanKind,
    ServiceCategory,
)
from tracker.imports.cms_answers import (
    FIRST_VISITS,
    Answers,
    OpenItem,
    Remark,
    answered,
    open_items,
    remarks,
)
from tracker.imports.cms_benefits import OWN_CODES
from tracker.imports.cms_plans import CmsPlan, PlanChoice
from tracker.imports.cms_terms import Source
from tracker.money import dollars

ORIGIN = "Read from the CMS plan files"
"""How the line of a plan's note begins that says where its terms come from."""

_LONGEST = 200
_NAMES = {category.code: category.name for category in SEEDED} | dict(OWN_CODES.values())
_KINDS = {kind.value: kind for kind in (PlanKind.HMO, PlanKind.PPO, PlanKind.EPO, PlanKind.POS)}


@dataclass(frozen=True, slots=True)
class FiledPlan:
    """A plan as it was read, with the member's answers: what a draft is made of."""

    cms: CmsPlan
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """What would be saved, and what the member should look at first.

    `insurer` is a name. `open` is what the reader did not understand, with or without an answer by now;
    `remarks` are only worth knowing; `sources` are the phrases behind the rules; `warnings` are whole
    sentences about what looks wrong beside the other plans of the ledger.
    """

    plan: Plan
    insurer: str
    rules: tuple[CostSharingRule, ...]
    categories: tuple[ServiceCategory, ...]
    open: tuple[OpenItem, ...]
    remarks: tuple[Remark, ...]
    sources: tuple[Source, ...]
    warnings: tuple[str, ...] = ()


def draft(
    filed: CmsPlan,
    *,
    family: bool = False,
    answers: Answers | None = None,
    person_ids: tuple[int, ...] = (),
    begins_on: date | None = None,
    ends_on: date | None = None,
    into: Plan | None = None,
) -> PlanDraft:
    """The facts of a plan that was read, for these people and dates.

    `family` takes the family's limits; `answers` fill in what the reader did not understand. Without
    dates the file's own are taken. With `into` that plan keeps its name, dates, people, premium and
    member number; limits and rules are the file's. Raises UserProblem where no first day is known.
    """
    cms = answered(filed, answers or {}, family=family)
    choice, noted = cms.choice, list(remarks(cms))
    limits = tuple(_limit(bucket, noted) for bucket in cms.terms.buckets)
    rules, copied = _with_followers(cms)
    rules = tuple(_with_visits_note(rule, cms) for rule in rules)
    noted += copied
    kind = _KINDS.get(choice.kind.upper())
    if kind is None and choice.kind:
        why = f"The program has no plans of this kind; it is kept as a {cms.terms.kind.value}."
        noted.append(Remark("Kind of plan", choice.kind, why))
    if into is None:
        begins_on, ends_on = _dates(cms, begins_on, ends_on)
        base = Plan(name="", begins_on=begins_on, ends_on=ends_on, person_ids=person_ids)
        base = replace(base, name=cms.terms.name[:_LONGEST])
    else:
        base = into
        if choice.year is not None and choice.year != into.begins_on.year:
            why = f"The files are of {choice.year}, your plan begins on {day_text(into.begins_on)}."
            noted.append(Remark("Year", str(choice.year), why))
    plan = replace(
        base,
        kind=kind or cms.terms.kind,
        accumulators=limits,
        more_tiers=tuple(tier for tier in cms.terms.tiers if tier.code not in (IN, OUT)),
        aca_compliant=cms.terms.aca_compliant,
        hsa_qualified=cms.terms.hsa_qualified,
        filed_id=choice.plan_id,
        note=_note(base.note, choice),
    )
    return PlanDraft(
        plan=plan,
        insurer=choice.issuer[:_LONGEST],
        rules=rules,
        categories=cms.categories,
        open=tuple(open_items(answered(filed, {}, family=family) if answers else cms)),
        remarks=tuple(noted),
        sources=cms.sources,
    )


def _dates(cms: CmsPlan, begins_on: date | None, ends_on: date | None) -> tuple[date, date]:
    filed_begin, filed_end = cms.terms.begins_on, cms.terms.ends_on
    if filed_begin is None and cms.choice.year is not None:
        filed_begin = date(cms.choice.year, 1, 1)
    begin = begins_on or filed_begin
    if begin is None:
        raise UserProblem(
            "The files do not say when this plan begins.", "Give its first day.", field="begins_on"
        )
    if filed_end is None or filed_end < begin or (filed_begin or begin) > begin:
        filed_end = add_months(begin, 12) - timedelta(days=1)
    end = ends_on or filed_end
    if end < begin:
        raise UserProblem("The plan ends before it begins.", "Check the dates.", field="ends_on")
    return begin, end


def _limit(bucket: Bucket, noted: list[Remark]) -> Accumulator:
    """A bucket as a limit of the plan; one that cannot be kept as filed says so in `noted`."""
    mode, own, family = bucket.mode, bucket.individual, bucket.family
    if mode is not AccumulatorMode.SELF and own is not None and (family is None or family < own):
        # Each person's own amount is sure; a family amount that is missing or smaller limits nothing.
        said = "not stated" if family is None else dollars(family, whole=True)
        noted.append(
            Remark(
                _limit_words(bucket),
                said,
                f"The files give {dollars(own, whole=True)} for each person and no usable amount for the "
                "family, so each person has their own limit.",
            )
        )
        mode, family = AccumulatorMode.SELF, None
    inside = bucket.tier != OUT
    return Accumulator(
        kind=bucket.kind,
        network=Network.IN if inside else Network.OUT,
        mode=mode,
        individual=own,
        family=family,
        name=bucket.name,
        tier="" if bucket.tier in (IN, OUT) else bucket.tier,
        drugs=bucket.name.startswith("RX"),
        cap=bucket.cap,
        credits=bucket.cross,
    )


def _limit_words(bucket: Bucket) -> str:
    kind = "Deductible" if bucket.kind is AccumulatorKind.DEDUCTIBLE else "Out-of-pocket maximum"
    where = {tier.code: tier.name for tier in TWO_TIERS}.get(bucket.tier, bucket.tier)
    return f"{'Drugs: ' if bucket.name.startswith('RX') else ''}{kind} {where}"


def _with_followers(cms: CmsPlan) -> tuple[tuple[CostSharingRule, ...], list[Remark]]:
    """The rules, and copies for services that the files price together with another one."""
    rules = list(cms.terms.rules)
    there = {(rule.category, rule.tier) for rule in rules}
    noted = []
    for code, leader in cms.terms.follows:
        for rule in cms.terms.rules:
            if rule.category != leader or (code, rule.tier) in there:
                continue
            rules.append(replace(rule, category=code))
            if rule.visit_limit is not None and rule.tier == IN:
                why = "The files limit both together; the program counts each by itself."
                both = f"{_NAMES.get(code, code)} and {_NAMES.get(leader, leader)}"
                noted.append(Remark(both, f"{rule.visit_limit} visits a year", why))
    return tuple(rules), noted


def _with_visits_note(rule: CostSharingRule, cms: CmsPlan) -> CostSharingRule:
    """The rule for primary care says with it what the plan does with the year's first visits."""
    if (rule.category, rule.tier) != ("PCP", IN):
        return rule
    said = [f"{remark.about}: {remark.phrase}." for remark in remarks(cms) if remark.about in FIRST_VISITS]
    return replace(rule, note=" ".join([rule.note, *said]).strip())


def _note(note: str, choice: PlanChoice) -> str:
    """The plan's note with one line that says where its terms come from."""
    year = f" of {choice.year}" if choice.year else ""
    variant = f" ({choice.variant})" if choice.variant else ""
    origin = f"{ORIGIN}{year}, plan {choice.plan_id}{variant}."
    kept = [line for line in note.splitlines() if not line.startswith(ORIGIN)]
    return "\n".join([*kept, origin]).strip()
