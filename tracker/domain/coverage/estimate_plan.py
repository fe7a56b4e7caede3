"""One plan worked by its rules, as if it were the only one (rulebook 2.3, with the book's state copied)."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.coverage.adjudicate import Adjudicator
from tracker.domain.coverage.assistance import both_ways
from tracker.domain.coverage.claim_lines import ClaimInput, ClaimLine
from tracker.domain.coverage.estimate_answer import Payer, Source
from tracker.domain.coverage.estimate_network import Standing
from tracker.domain.coverage.estimate_parts import line_parts, moved_between, visits_of
from tracker.domain.coverage.estimate_question import Authorization, Known, Question
from tracker.domain.coverage.oon_allowed import allowed_out_of_network
from tracker.domain.coverage.plan_year import PlanYear
from tracker.domain.coverage.results import ClaimResult
from tracker.domain.coverage.sentences import explain_claim
from tracker.domain.coverage.state import State
from tracker.domain.coverage.usual_amount import UsualAmount, usual_amount
from tracker.errors import UserProblem
from tracker.facts import (
    Assistance,
    CopayScope,
    CostSharingRule,
    Network,
    OonMethod,
    Plan,
)
from tracker.money import Cents, dollars

KEY = "estimate"
"""What the claim is called that nobody has sent yet."""


@dataclass(frozen=True, slots=True)
class Amount:
    """The amounts to work with. `allowed` None lets the plan's method set it; `least` begins a range."""

    billed: Cents
    allowed: Cents | None
    source: Source
    usual: UsualAmount | None = None
    least: Cents | None = None


@dataclass(frozen=True)
class Worked:
    """A plan worked alone. `low` is the result at the other end of a range."""

    payer: Payer
    result: ClaimResult
    low: ClaimResult | None = None
    uncounted: Payer | None = None
    """The same where copay assistance does not count, where nobody knows whether it does."""


def adjudicator_of(year: PlanYear) -> Adjudicator:
    """The engine with the plan's own rules; the book's knows only where EOBs are posted."""
    return Adjudicator(year.terms)


def rule_of(year: PlanYear, category: str, standing: Standing) -> CostSharingRule | None:
    """The rule the care falls under, None where the plan has none."""
    return adjudicator_of(year).rule_for(category, standing.tier, protected=standing.protected)


def work_plan(question: Question, year: PlanYear, known: Known, standing: Standing) -> Worked:
    """What the plan would pay alone. Raises UserProblem, naming the field, for an amount to ask for."""
    engine = adjudicator_of(year)
    before = year.book.state.copy()
    person = str(question.person_id)
    rule = engine.rule_for(question.category, standing.tier, protected=standing.protected)
    amount = _amount(question, year, known, standing, engine, before)
    after = before.copy()
    claim = _claim(question, standing, amount, year.plan)
    result = engine.adjudicate(claim, after)
    payer = _payer(question, year, known, standing, amount, result, before, after, rule)
    low = None
    if amount.least is not None:
        line = _line(question, standing, amount.billed, amount.least, year.plan)
        low_claim = ClaimInput(
            key=KEY, lines=(line,), person=person, units=question.units, admitted=question.admitted,
            service_on=question.on,
        )  # fmt: skip
        low = engine.adjudicate(low_claim, before.copy())
    uncounted = None
    if (
        question.assistance
        and question.assistance_counts is None
        and year.plan.assistance is Assistance.ASK
    ):
        other = both_ways(engine, claim, before).not_counted
        left = before.copy()
        engine.adjudicate(other.claim, left)
        uncounted = _payer(question, year, known, standing, amount, other, before, left, rule)
    return Worked(payer, result, low, uncounted)


def work_rest(
    question: Question, year: PlanYear, known: Known, standing: Standing, rest: Cents
) -> tuple[ClaimResult, State, State]:
    """What a plan makes of an amount another plan left (maintenance of benefits, 1.14)."""
    engine = adjudicator_of(year)
    before = year.book.state.copy()
    after = before.copy()
    amount = Amount(rest, rest, Source.GIVEN)
    return engine.adjudicate(_claim(question, standing, amount, year.plan), after), before, after


def _payer(
    question: Question,
    year: PlanYear,
    known: Known,
    standing: Standing,
    amount: Amount,
    result: ClaimResult,
    before: State,
    after: State,
    rule: CostSharingRule | None,
) -> Payer:
    line = result.lines[0]
    person = str(question.person_id)
    sentences = explain_claim(year.terms, result, known.categories)[0]
    if amount.source is Source.FIXED:
        sentences = [_without_price(said, line.owes) for said in sentences]
    elif question.billed is None:  # nobody knows it: the engine was given the allowed amount
        sentences = [said.replace(f" (billed {dollars(line.billed)}).", ".") for said in sentences]
    return Payer(
        year=year,
        tier=line.tier,
        allowed=line.allowed,
        alone=line.plan_paid,
        owes_alone=line.owes,
        paid=line.plan_paid,
        source=amount.source,
        parts=tuple(line_parts(year.terms, line, amount.source, question.units)),
        sentences=tuple(said for said in sentences if said),
        moved=moved_between(year.terms, before, after, person, rule),
        visits=visits_of(before, after, person, rule),
        rule=rule,
        result=result,
        usual=amount.usual,
    )


def _without_price(said: str, owes: Cents) -> str:
    """A sentence of the engine where the price is not known and does not matter."""
    if said.startswith("Allowed "):
        return ""
    if said.startswith("You "):
        return f"You {dollars(owes)}, or the price if that is less."
    return said.replace(", left $0.00.", ".")


def _claim(question: Question, standing: Standing, amount: Amount, plan: Plan) -> ClaimInput:
    return ClaimInput(
        key=KEY,
        lines=(_line(question, standing, amount.billed, amount.allowed, plan),),
        person=str(question.person_id),
        units=question.units,
        admitted=question.admitted,
        service_on=question.on,
    )


def _line(
    question: Question, standing: Standing, billed: Cents, allowed: Cents | None, plan: Plan
) -> ClaimLine:
    """Assistance counts where nobody knows, as the ledger takes its EOBs; both ways are shown."""
    counts = question.assistance_counts
    if counts is None:
        counts = plan.assistance is not Assistance.NOT_COUNTED
    return ClaimLine(
        category=question.category,
        billed=billed,
        allowed=allowed,
        tier=standing.tier,
        protected=standing.protected,
        missed_authorization=question.authorization is Authorization.WITHOUT,
        assistance=question.assistance,
        assistance_counts=counts,
        oon_figure=question.oon_figure,
    )


def _amount(
    question: Question, year: PlanYear, known: Known, standing: Standing, engine: Adjudicator, state: State
) -> Amount:
    """The amounts to work with: what was typed, what past EOBs tell, what the plan's method gives."""
    contracted = standing.protected or {item.code: item.contracted for item in year.plan.tiers}.get(
        standing.tier, True
    )
    network = Network.IN if contracted else Network.OUT
    usual = usual_amount(
        known.past, question.category, question.provider_id, network, categories=known.categories
    )
    billed, allowed = question.billed, question.allowed
    rule = engine.rule_for(question.category, standing.tier, protected=standing.protected)
    if rule is None or not rule.covered or _used_up(question, rule, state):
        price = billed if billed is not None else allowed
        if price is not None:
            return Amount(price, price, Source.GIVEN, usual)
        if usual is not None:
            return Amount(usual.amount, usual.amount, Source.USUAL, usual)
        raise UserProblem(
            "What the provider bills is not known.", "Type it; all of it would be yours.", field="allowed"
        )
    if allowed is not None:
        return Amount(billed if billed is not None else allowed, allowed, Source.GIVEN, usual)
    if not contracted:
        return _out_of_network(question, year, known, usual)
    if usual is not None:
        price = usual.amount if billed is None else billed
        return Amount(price, usual.amount, Source.USUAL, usual)
    if billed is not None:
        return Amount(billed, billed, Source.AT_MOST)
    fixed = _fixed(question, rule, engine, state)
    if fixed is not None:
        return Amount(fixed, fixed, Source.FIXED)
    raise UserProblem(
        f"What is allowed for {known.phrase(question.category)} is not known yet.",
        "Type the amount from an EOB or from the provider\u2019s estimate.",
        field="allowed",
    )


def _used_up(question: Question, rule: CostSharingRule, state: State) -> bool:
    """Whether no visit is left, so that all of the price is the member's."""
    used = state.visits.get((rule.category, str(question.person_id)), 0)
    return rule.visit_limit is not None and used >= rule.visit_limit


def _fixed(question: Question, rule: CostSharingRule, engine: Adjudicator, state: State) -> Cents | None:
    """The whole copay, where what is paid does not depend on the amount; None where it does."""
    if rule.dollar_max is not None or question.authorization is Authorization.WITHOUT:
        return None
    person = str(question.person_id)
    if rule.oop_max is not None and engine.remaining(state, rule.oop_max, person) == 0:
        return 0
    if rule.coinsurance or (
        rule.deductible is not None and engine.remaining(state, rule.deductible, person) != 0
    ):
        return None
    if rule.waive_copay_if_admitted and question.admitted:
        return 0
    units = 1
    if rule.copay_scope is CopayScope.DAY:
        units = question.units if rule.max_units is None else min(question.units, rule.max_units)
    elif rule.copay_scope is CopayScope.FILL:
        units = question.units
    return rule.copay * units


def _out_of_network(question: Question, year: PlanYear, known: Known, usual: UsualAmount | None) -> Amount:
    """Without a contract: by the plan's method, by past EOBs, or between two methods (1.9)."""
    billed, pricing = question.billed, year.plan.oon_pricing
    if pricing is not None and pricing.method is OonMethod.NONE:
        pricing = None
    priced = pricing is not None and (pricing.needs is None or question.oon_figure is not None)
    if billed is not None and pricing is not None and priced:
        allowed = allowed_out_of_network(pricing, billed, question.oon_figure)
        return Amount(billed, allowed, Source.METHOD, usual)
    if usual is not None:
        return Amount(usual.amount if billed is None else billed, usual.amount, Source.USUAL, usual)
    if billed is not None and pricing is not None:
        inside = usual_amount(
            known.past, question.category, question.provider_id, Network.IN, categories=known.categories
        )
        if inside is not None:
            least = min(billed, inside.amount)
            return Amount(billed, billed, Source.RANGE, inside, least)
    figure = f" It needs {pricing.needs}." if pricing is not None and pricing.needs else ""
    raise UserProblem(
        f"What {year.plan.name} allows out of network is not known.{figure}",
        "Ask the plan and type the allowed amount, and what the provider bills.",
        field="billed" if billed is None else "allowed",
    )
