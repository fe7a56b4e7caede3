"""What will it cost me? The engine's answer for care that has not been given, with its reasons.

The running totals are those of the plan year's book, copied: asking changes nothing. Several plans pay
in their order (rulebook 1.14), Original Medicare by its own arithmetic (1.13). It estimates; the plan
decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.dates import day_text, period_text
from tracker.domain.coverage import estimate_remarks as remarks
from tracker.domain.coverage.coordination import AfterPrimary, coordinate
from tracker.domain.coverage.estimate_answer import Caution, Estimate, Part, Payer, Remark, Source
from tracker.domain.coverage.estimate_medicare import MedicareAnswer, work_medicare, work_part_d
from tracker.domain.coverage.estimate_network import Standing, network_standing
from tracker.domain.coverage.estimate_order import order_of
from tracker.domain.coverage.estimate_parts import end_parts, moved_between
from tracker.domain.coverage.estimate_plan import Worked, rule_of, work_plan, work_rest
from tracker.domain.coverage.estimate_question import Known, Question
from tracker.domain.coverage.plan_year import PlanYear
from tracker.errors import UserProblem
from tracker.facts import CobMethod, PlanKind
from tracker.money import Cents, dollars

_ORIGINAL = {PlanKind.MEDICARE, PlanKind.MEDIGAP}


@dataclass(frozen=True)
class _Alone:
    """One plan (Medigap with its Medicare) as if it were the only one."""

    payers: tuple[Payer, ...]
    remarks: tuple[Remark, ...]
    standing: Standing | None = None
    worked: Worked | None = None
    at_most: bool = False


def estimate(question: Question, known: Known) -> Estimate:
    """Answer a question from the facts. What is missing is in `asks`; nothing is guessed."""
    if not known.years:
        return _without_plan(question, known)
    years, notes = _fitting(question, known)
    if not years:
        return Estimate(question=question, remarks=tuple(notes))
    order = order_of(years, question.person_id, known)
    found = _in_order(question, order.years, order.rules, known)
    notes = [*notes, *remarks.period_remarks(question, order.years[0], known)]
    if order.decided:
        return replace(found, remarks=(*notes, *found.remarks))
    other = _in_order(question, tuple(reversed(order.years)), order.rules, known)
    names = " and ".join(year.plan.name for year in order.years)
    asks = Remark(
        Caution.ORDER,
        f"Which pays first, {names}, is not known. Ask both plans; the order is kept in the plan.",
    )
    return replace(found, remarks=(asks, *notes, *found.remarks), other_order=other)


def _without_plan(question: Question, known: Known) -> Estimate:
    """Nobody but the member pays."""
    day = day_text(question.on)
    later = min((plan.begins_on for plan in known.plans if plan.begins_on > question.on), default=None)
    until = f" The next one begins on {day_text(later)}." if later else ""
    remark = Remark(Caution.NO_PLAN, f"No plan covers {day}, so all of it would be yours.{until}")
    price = question.billed if question.billed is not None else question.allowed
    if price is None:
        asks = UserProblem("The price is not known.", "Type it.", field="allowed")
        return Estimate(question=question, asks=asks, remarks=(remark,))
    return Estimate(
        question=question,
        you_pay=price,
        cash=max(0, price - question.assistance),
        parts=(Part("billed", "Price", price), *end_parts(price, question.assistance)),
        remarks=(remark,),
    )


def _fitting(question: Question, known: Known) -> tuple[list[PlanYear], list[Remark]]:
    """The plans that have a say for this service, and what is said of the others.

    Part D pays for drugs alone, Original Medicare and Medigap for anything else. A plan without a rule
    for the service stands back where another has one.
    """
    drug = known.is_drug(question.category)
    kinds = {year.plan.kind for year in known.years}
    years, notes = [], []
    for year in known.years:
        kind = year.plan.kind
        if kind is PlanKind.OTHER:
            notes.append(remarks.engine_off(year))
            continue
        if kind is PlanKind.PART_D and not drug and len(kinds) > 1:
            continue
        if kind in _ORIGINAL and drug and kinds - _ORIGINAL:
            continue
        if kind is PlanKind.MEDIGAP and PlanKind.MEDICARE not in kinds:
            notes.append(
                Remark(
                    Caution.MEDICARE,
                    f"{year.plan.name} pays after Original Medicare, which is not entered as a plan.",
                )
            )
            continue
        if not _by_own_arithmetic(year) and not year.terms.rules:
            notes.append(remarks.no_rules(year))
            continue
        years.append(year)
    ruled = [year for year in years if _by_own_arithmetic(year) or _has_rule(year, question.category)]
    return (ruled or years), notes


def _by_own_arithmetic(year: PlanYear) -> bool:
    """Original Medicare, Medigap and Part D need no rules typed in."""
    kinds = (PlanKind.MEDICARE, PlanKind.MEDIGAP, PlanKind.PART_D)
    return year.plan.kind in kinds and not year.terms.rules


def _has_rule(year: PlanYear, category: str) -> bool:
    codes = {category, dict(year.terms.follows).get(category)}
    return any(rule.category in codes for rule in year.terms.rules)


def _in_order(
    question: Question, years: Sequence[PlanYear], rules: Sequence[str], known: Known
) -> Estimate:
    """Each plan alone, then what each pays of what those before it left."""
    try:
        found = [_alone(question, unit, known) for unit in _units(years)]
    except UserProblem as problem:
        standings = [
            network_standing(question, year, known) for year in years[:1] if not _by_own_arithmetic(year)
        ]
        notes = tuple(remark for standing in standings for remark in standing.remarks)
        return Estimate(question=question, asks=problem, remarks=notes)
    first = found[0]
    if len(found) == 1 and first.worked is not None and first.worked.low is not None:
        return _a_range(question, first, known)
    payers = list(first.payers)
    owed = payers[-1].owes_alone
    why = [(payer.plan.name, payer.sentences) for payer in payers]
    said = list(first.remarks)
    more: list[Part] = []
    for place, second in enumerate(found[1:], start=1):
        payer, owed, reasons = _after(question, payers, owed, second, known)
        payers.append(payer)
        heading = f"{payer.plan.name}, {'second' if place == 1 else 'next'}"
        rule = rules[place - 1] if place - 1 < len(rules) else ""
        why.append((heading, tuple(said_ for said_ in (rule, *reasons) if said_)))
        said += [remark for remark in second.remarks if remark not in said]
    several = len(payers) > 1
    parts = [_named(part, payers[0]) if several else part for part in payers[0].parts]
    more = [Part("plan_paid", f"{payer.plan.name} pays", payer.paid) for payer in payers[1:]]
    at_most = any(one.at_most for one in found)
    said += _assistance(first, question)
    return Estimate(
        question=question,
        payers=tuple(payers),
        you_pay=owed,
        cash=max(0, owed - question.assistance),
        at_most=at_most,
        parts=(*parts, *more, *end_parts(owed, question.assistance, at_most=at_most)),
        remarks=(*said, *_still_open(question, payers, known)),
        why=tuple(why),
        facts=_facts(question, found, known),
    )


def _units(years: Sequence[PlanYear]) -> list[tuple[PlanYear, ...]]:
    """Medigap goes with the Medicare it supplements."""
    policy = [year for year in years if year.plan.kind is PlanKind.MEDIGAP][:1]
    return [
        (year, *policy) if year.plan.kind is PlanKind.MEDICARE else (year,)
        for year in years
        if year.plan.kind is not PlanKind.MEDIGAP
    ]


def _alone(question: Question, unit: tuple[PlanYear, ...], known: Known) -> _Alone:
    year = unit[0]
    if _by_own_arithmetic(year):
        if year.plan.kind is PlanKind.PART_D:
            return _Alone((work_part_d(question, year, known),), ())
        done: MedicareAnswer = work_medicare(question, year, unit[1] if len(unit) > 1 else None, known)
        return _Alone(done.payers, done.remarks, at_most=done.at_most)
    standing = network_standing(question, year, known)
    worked = work_plan(question, year, known, standing)
    where = () if known.never_covered(question.category) else standing.remarks
    said = (*where, *remarks.plan_remarks(question, worked.payer, known))
    at_most = worked.payer.source is Source.AT_MOST
    return _Alone((worked.payer,), said, standing, worked, at_most)


def _after(
    question: Question, before: Sequence[Payer], owed: Cents, second: _Alone, known: Known
) -> tuple[Payer, Cents, tuple[str, ...]]:
    """What a plan pays of what those before it left; its own totals move as its method says (1.14)."""
    payer = second.payers[-1] if len(second.payers) == 1 else _together(second.payers)
    method = payer.plan.coordination.method
    left = AfterPrimary(
        allowable=before[0].allowed or payer.allowed,
        primary_paid=sum(one.paid for one in before),
        responsibility=owed,
    )
    if method is CobMethod.MAINTENANCE and second.standing is not None:
        rest = max(0, left.allowable - left.primary_paid)
        result, was, now = work_rest(question, payer.year, known, second.standing, rest)
        line = result.lines[0]
        rule = rule_of(payer.year, question.category, second.standing)
        done = coordinate(
            method,
            left,
            deductible_left=line.deductible,
            coinsurance=rule.coinsurance if rule else 10_000,
        )
        moved = moved_between(payer.year.terms, was, now, str(question.person_id), rule)
        payer = replace(payer, moved=moved)
    else:
        chosen = CobMethod.STANDARD if method is CobMethod.MAINTENANCE else method
        done = coordinate(chosen, left, alone=payer.alone, secondary_allowed=payer.allowed)
    return replace(payer, paid=done.secondary_paid), done.owes, done.why


def _together(payers: Sequence[Payer]) -> Payer:
    """Medicare with its Medigap as one second payer."""
    first = payers[0]
    return replace(first, alone=sum(one.alone for one in payers), paid=sum(one.paid for one in payers))


def _a_range(question: Question, found: _Alone, known: Known) -> Estimate:
    """Two ways to price out of network, where the plan's own figure is not known (1.9)."""
    assert found.worked is not None
    assert found.worked.low is not None
    high, low = found.worked.result.totals, found.worked.low.totals
    least, most = sorted((high.owes, low.owes))
    remark = Remark(
        Caution.AMOUNT,
        f"Estimate: your plan\u2019s figure is not known. It may allow from {dollars(low.allowed)}, the "
        f"usual amount in network, to all {dollars(high.allowed)} that is billed. Ask the plan.",
    )
    said = [item for item in found.remarks if item.about is not Caution.AMOUNT]
    return Estimate(
        question=question,
        payers=tuple(replace(payer, moved=()) for payer in found.payers),
        you_pay=most if least == most else None,
        between=None if least == most else (least, most),
        parts=(Part("billed", "Billed", high.billed), *_range_parts(least, most)),
        remarks=(remark, *said),
        why=((found.payers[0].plan.name, found.payers[0].sentences),),
        facts=_facts(question, [found], known),
    )


def _range_parts(least: Cents, most: Cents) -> list[Part]:
    if least == most:
        return end_parts(most, 0)
    return [Part("least", "You pay at least", least), Part("most", "You pay at most", most, strong=True)]


def _named(part: Part, payer: Payer) -> Part:
    return replace(part, words=f"{payer.plan.name} pays") if part.key == "plan_paid" else part


def _assistance(found: _Alone, question: Question) -> list[Remark]:
    """Both results where nobody knows whether assistance counts (1.12)."""
    other = found.worked.uncounted if found.worked else None
    if other is None:
        return []
    pairs = zip(found.payers[0].moved, other.moved, strict=False)
    said = [
        f"{now.words} {dollars(without.after)} instead of {dollars(now.after)}"
        for now, without in pairs
        if now.after != without.after and now.person_id is not None
    ]
    name = found.payers[0].plan.name
    words = f"Whether {name} counts copay assistance toward your limits is not known; here it does."
    if said:
        words += f" If it does not: {', '.join(said)}."
    return [Remark(Caution.ASSISTANCE, words)]


def _still_open(question: Question, payers: Sequence[Payer], known: Known) -> list[Remark]:
    found: list[Remark] = []
    for payer in payers:
        found += [
            item for item in remarks.open_remarks(question, payer.year, known, payer) if item not in found
        ]
    return found


def _facts(question: Question, found: Sequence[_Alone], known: Known) -> tuple[tuple[str, str], ...]:
    """What was used, to look over: the plan, its last EOB, the network check, where the amount is from."""
    facts: list[tuple[str, str]] = []
    for one in found:
        for payer in one.payers:
            year = payer.year
            facts.append(("Plan", f"{year.plan.name}, {period_text(year.plan.period)}"))
            days = [claim.processed_on for claim in year.claims if claim.processed_on]
            last = day_text(max(days)) if days else "None entered for this period"
            facts.append(("Last EOB processed", last))
        if one.standing is not None:
            facts.append(("Network", one.standing.words))
    facts.append(("Amount", _amount_words(found[0].payers[0])))
    return tuple(facts)


def _amount_words(payer: Payer) -> str:
    match payer.source:
        case Source.USUAL if payer.usual is not None:
            return f"{dollars(payer.usual.amount)}, the usual one: {payer.usual.words}"
        case Source.METHOD:
            return "by your plan\u2019s way to price out of network"
        case Source.AT_MOST:
            return "what is billed, the most a plan allows"
        case Source.FIXED:
            return "not needed"
        case Source.RANGE:
            return "between two ways to price out of network"
        case _:
            return "as you typed it"
