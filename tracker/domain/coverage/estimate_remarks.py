"""What to beware of beside an estimate: what a rule needs, what is not covered, what could change it."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.dates import day_text
from tracker.domain.coverage.estimate_answer import Caution, Payer, Remark, Source
from tracker.domain.coverage.estimate_question import Authorization, Known, Question
from tracker.domain.coverage.plan_year import PlanYear
from tracker.domain.coverage.results import Outcome
from tracker.facts import Need, PlanKind
from tracker.money import dollars

FEW_VISITS = 3
"""With so many visits left, or fewer, it is said."""


def plan_remarks(question: Question, payer: Payer, known: Known) -> list[Remark]:
    """What one plan's rule asks for and what its result means."""
    return [
        *_coverage(question, payer, known),
        *_needs(question, payer),
        *_visits(payer, known),
        *_amounts(question, payer),
    ]


def period_remarks(question: Question, year: PlanYear, known: Known) -> list[Remark]:
    """Whether the plan and its limits are those of the day of care."""
    found = []
    plan, day = year.plan, day_text(question.on)
    if known.renewed is not None:
        found.append(
            Remark(
                Caution.RENEWED,
                f"No plan is entered for {day}. Worked as if {plan.name} went on with the same terms.",
            )
        )
    if known.today < year.period.begin:
        found.append(
            Remark(
                Caution.NEW_PERIOD,
                f"Deductible and out-of-pocket maximum start again on {day_text(year.period.begin)}, "
                "before this care.",
            )
        )
    if question.person_id not in plan.person_ids:
        name = known.person_name(question.person_id) or "This person"
        found.append(Remark(Caution.NOT_NAMED, f"{name} is not among those {plan.name} covers."))
    return found


def open_remarks(question: Question, year: PlanYear, known: Known, payer: Payer) -> list[Remark]:
    """What is still to come that could change the estimate."""
    rule = payer.rule
    if payer.result is not None and (rule is None or (rule.deductible, rule.oop_max) == (None, None)):
        return []
    if known.today >= year.period.end:
        return []
    found = []
    undated = sum(1 for claim in year.claims if claim.processed_on is None)
    if undated:
        has = "EOB has" if undated == 1 else "EOBs have"
        found.append(
            Remark(
                Caution.UNPROCESSED,
                f"{undated} {has} no processed date yet. Claims not processed yet could change this.",
                warns=False,
            )
        )
    else:
        found.append(
            Remark(
                Caution.UNPROCESSED,
                "Care your plan has not processed yet could change this.",
                warns=False,
            )
        )
    sooner = [
        care
        for care in known.planned
        if max(known.today, year.period.begin) <= care.first_on < question.on
        and care.person_id in year.plan.person_ids
    ]
    if sooner:
        what = ", ".join(care.label for care in sooner[:2]) + (" and more" if len(sooner) > 2 else "")
        found.append(
            Remark(
                Caution.PLANNED,
                f"Planned before it and not counted here: {what}.",
                warns=False,
            )
        )
    return found


def engine_off(year: PlanYear) -> Remark:
    """A plan whose kind follows rules of its own (1.1)."""
    return Remark(
        Caution.ENGINE_OFF,
        f"{year.plan.name} follows rules of its own, so what it pays cannot be worked out. "
        "Enter its EOBs; their figures count.",
    )


def no_rules(year: PlanYear) -> Remark:
    return Remark(
        Caution.NO_RULES,
        f"What {year.plan.name} makes you pay per service is not entered yet. "
        "Copy it from the plan\u2019s Summary of Benefits and Coverage.",
    )


def _coverage(question: Question, payer: Payer, known: Known) -> Iterator[Remark]:
    line = payer.result.lines[0] if payer.result else None
    if line is None:
        return
    plan, phrase = payer.plan, known.phrase(question.category)
    where = next((tier.name for tier in plan.tiers if tier.code == line.tier), line.tier)
    if line.outcome in (Outcome.NO_RULE, Outcome.NOT_COVERED) and known.never_covered(question.category):
        yield Remark(
            Caution.NEVER_COVERED,
            f"Health plans never cover this ({phrase}). It counts toward no limit.",
        )
    elif line.outcome is Outcome.NOT_COVERED:
        yield Remark(Caution.NOT_COVERED, f"{plan.name} does not cover {phrase} {where}.")
    elif line.outcome is Outcome.NO_RULE:
        closed = plan.kind in (PlanKind.HMO, PlanKind.EPO) and where == "out of network"
        words = (
            f"{plan.name} pays nothing out of network except in an emergency."
            if closed
            else f"The terms of {plan.name} name no {phrase} {where}: counted as not covered. Ask the plan."
        )
        yield Remark(Caution.NOT_COVERED if closed else Caution.NO_RULE, words)


def _needs(question: Question, payer: Payer) -> Iterator[Remark]:
    rule = payer.rule
    line = payer.result.lines[0] if payer.result else None
    if rule is None or line is None or line.outcome is not Outcome.COVERED:
        return
    if rule.prior_authorization is not Need.NO:
        needed = "is needed" if rule.prior_authorization is Need.YES else "is sometimes needed"
        if question.authorization is Authorization.ON_FILE:
            yield Remark(
                Caution.AUTHORIZATION, f"Prior authorization {needed}; one is on file.", warns=False
            )
        else:
            yield _unauthorized(question, payer, needed)
    if rule.referral is not Need.NO:
        needed = "is needed" if rule.referral is Need.YES else "is sometimes needed"
        yield Remark(Caution.REFERRAL, f"A referral {needed}. Ask for it before the visit.")


def _unauthorized(question: Question, payer: Payer, needed: str) -> Remark:
    """The money lost: the plan's penalty where it has one, else all it would pay may be refused."""
    rule, line = payer.rule, payer.result.lines[0] if payer.result else None
    assert rule is not None
    assert line is not None
    who = f" for {question.called}" if question.provider else ""
    words = f"Prior authorization {needed}. None is on file{who}."
    if question.authorization is Authorization.WITHOUT:
        return Remark(
            Caution.AUTHORIZATION,
            f"{words} The plan pays {dollars(line.penalty)} less.",
            at_stake=line.penalty,
        )
    if rule.no_authorization_penalty:
        lost = min(rule.no_authorization_penalty, line.plan_paid)
        if payer.source is Source.FIXED:
            lost = rule.no_authorization_penalty
        words += f" Without it the plan pays {dollars(lost)} less, which would be yours."
        return Remark(Caution.AUTHORIZATION, words, at_stake=lost)
    if line.plan_paid and payer.source is not Source.FIXED:
        words += f" Without it the plan may refuse its {dollars(line.plan_paid)}."
        return Remark(Caution.AUTHORIZATION, words, at_stake=line.plan_paid)
    return Remark(Caution.AUTHORIZATION, words)


def _visits(payer: Payer, known: Known) -> Iterator[Remark]:
    visits = payer.visits
    line = payer.result.lines[0] if payer.result else None
    if visits is None or line is None:
        return
    phrase = known.phrase(visits.category)
    if line.outcome is Outcome.VISITS_USED_UP:
        said = f"All {visits.limit} visits" if visits.limit else "No visits are covered"
        used = " are used up, so this one is not covered." if visits.limit else "."
        yield Remark(Caution.VISITS, f"{said} for {phrase}{used}")
    elif line.outcome is Outcome.COVERED and visits.left <= FEW_VISITS:
        left = "none is" if not visits.left else "1 is" if visits.left == 1 else f"{visits.left} are"
        yield Remark(Caution.VISITS, f"This is visit {visits.words} for {phrase}; {left} left after it.")


def _amounts(question: Question, payer: Payer) -> Iterator[Remark]:
    line = payer.result.lines[0] if payer.result else None
    if line is None or line.outcome is not Outcome.COVERED:
        return
    contracted = {tier.code: tier.contracted for tier in payer.plan.tiers}.get(line.tier, True)
    if payer.source is Source.USUAL and payer.usual is not None:
        yield Remark(
            Caution.AMOUNT,
            f"Worked with the usual {dollars(payer.usual.amount)}, from {payer.usual.words}.",
            warns=False,
        )
    elif payer.source is Source.AT_MOST:
        yield Remark(
            Caution.AMOUNT,
            "What your plan allows is not known, so this is the most: it never allows more than is billed.",
            warns=False,
        )
    elif payer.source is Source.FIXED:
        yield Remark(Caution.AMOUNT, "The same for any price, or the price if that is less.", warns=False)
    if line.balance_bill:
        yield Remark(
            Caution.BALANCE_BILL,
            f"{dollars(line.balance_bill)} above the allowed amount may be billed to you and counts "
            "toward no limit.",
            at_stake=line.balance_bill,
        )
    elif not contracted and question.billed is None:
        yield Remark(
            Caution.BALANCE_BILL,
            "Out of network the provider may bill more than the plan allows; that would be yours too.",
        )
