"""What the household could still have to pay: its plans' limits, listed costs, scenarios (rulebook 7.4)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from tracker.dates import Period
from tracker.domain.accounts.contingency_targets import Exposure
from tracker.domain.coverage.estimate_answer import Source
from tracker.domain.coverage.estimate_question import Question
from tracker.domain.coverage.household_left import HouseholdLeft, household_left
from tracker.errors import UserProblem
from tracker.facts import IN, OUT, AccumulatorKind, Household, percent
from tracker.facts.household_budget import FundPlan, FundScenario
from tracker.money import Cents, dollars, percent_of
from tracker.services.bundle import Services
from tracker.services.plan_years import read_plan_year

Groups = tuple[tuple[str, tuple[str, ...]], ...]
"""Headings, each with its sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureShown:
    """`known` is None where no plan in force states an out-of-pocket maximum; `asks` says so."""

    plans: tuple[HouseholdLeft, ...]
    known: Exposure | None
    asks: str = ""

    @property
    def why(self) -> tuple[str, ...]:
        """How every plan adds to it, and the listed costs."""
        said = [sentence for plan in self.plans for sentence in plan.why]
        if self.known is not None and self.known.not_covered:
            said.append(f"Care no plan covers, as you listed it: {dollars(self.known.not_covered)}.")
        if self.known is not None and self.known.balance_bills:
            said.append(
                "Bills above what plans allow out of network, as you listed them: "
                f"{dollars(self.known.balance_bills)}."
            )
        return (*said, self.asks) if self.asks else tuple(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioShown:
    """A scenario with what it would cost now, in cents; None where that cannot be said, see `asks`."""

    scenario: FundScenario
    cost: Cents | None
    why: Groups
    asks: str = ""

    @property
    def share(self) -> Cents | None:
        """Its probability times its cost: its part of the target."""
        return None if self.cost is None else percent_of(self.cost, self.scenario.probability)


def limits_left(
    connection: sqlite3.Connection, home: Household, kind: AccumulatorKind, today: date
) -> tuple[HouseholdLeft, ...]:
    """What is left of the limits of a kind, plan by plan, of those in force on a day."""
    names = {person.id or 0: person.name for person in home.people}
    return tuple(
        household_left(read_plan_year(connection, plan, home.plans, on=today), kind, names)
        for plan in home.plans
        if today in plan.period
    )


def read_exposure(
    connection: sqlite3.Connection, home: Household, plan: FundPlan, today: date
) -> ExposureShown:
    """The remaining in-network maximums of every plan in force, and what `plan` lists beside them."""
    found = limits_left(connection, home, AccumulatorKind.OOP_MAX, today)
    stated = [item for item in found if not item.unlimited]
    open_ended = [item.year.plan.name for item in found if item.unlimited]
    if not found:
        return ExposureShown(plans=(), known=None, asks="No plan is in force. Enter your plan on Coverage.")
    asks = ""
    if open_ended:
        asks = f"Enter the out-of-pocket maximum of {', '.join(open_ended)} on Coverage: it is not counted."
    if not stated:
        return ExposureShown(plans=found, known=None, asks=asks)
    known = Exposure(
        oop_max=sum(item.limit for item in stated),
        oop_used=sum(item.used for item in stated),
        not_covered=plan.not_covered,
        balance_bills=plan.balance_bills,
    )
    return ExposureShown(plans=found, known=known, asks=asks)


def exposure_by_day(
    connection: sqlite3.Connection, home: Household, listed: Cents, year: Period, today: date
) -> list[tuple[date, Cents]]:
    """What could still come at the end of each day of a year on which it changed, up to today.

    It rises where a plan year begins and sinks with every cost share that counts toward its maximum.
    """
    names = {person.id or 0: person.name for person in home.people}
    changes: dict[date, Cents] = {}
    for plan in home.plans:
        begins = sorted({max(plan.begins_on, year.begin), max(plan.begins_on, min(today, plan.ends_on))})
        periods = {
            found.year.period.begin: found
            for found in (
                household_left(
                    read_plan_year(connection, plan, home.plans, on=day), AccumulatorKind.OOP_MAX, names
                )
                for day in begins
                if day in plan.period
            )
        }
        for found in periods.values():
            if found.unlimited or found.year.period.end <= year.begin:
                continue
            before = 0
            for day, left in found.remaining_by_day():
                at = max(day, year.begin)
                changes[at] = changes.get(at, 0) + left - before
                before = left
            end = found.year.period.end
            changes[end] = changes.get(end, 0) - before
    line: list[tuple[date, Cents]] = []
    level = listed
    for day, change in sorted(changes.items()):
        level += change
        if day <= today:
            line.append((day, level))
    return line


def price_scenarios(services: Services, home: Household, today: date) -> tuple[ScenarioShown, ...]:
    """Every scenario with its cost: the member's own, or what the plan's terms make of it today."""
    return tuple(_priced(services, home, item, today) for item in services.untaxed.fund_scenarios())


def _priced(services: Services, home: Household, scenario: FundScenario, today: date) -> ScenarioShown:
    if scenario.cost is not None:
        why = (("Your own figure", (f"You entered {dollars(scenario.cost)}.",)),)
        return ScenarioShown(scenario=scenario, cost=scenario.cost, why=why)
    if not scenario.category:
        return ScenarioShown(
            scenario=scenario, cost=None, why=(), asks="Enter its cost, or the service it is."
        )
    person_id = _who(home, today)
    if person_id is None:
        return ScenarioShown(scenario=scenario, cost=None, why=(), asks="No plan is in force to price it.")
    question = Question(
        person_id=person_id,
        category=scenario.category,
        on=today,
        tier=OUT if scenario.network == "out" else IN,
        allowed=scenario.allowed,
    )
    try:
        answer = services.estimates.answer(question)
    except UserProblem as problem:
        return ScenarioShown(scenario=scenario, cost=None, why=(), asks=str(problem))
    cost = answer.you_pay if answer.between is None else answer.between[1]
    if cost is None:
        asks = str(answer.asks) if answer.asks else "Your plan's terms do not tell what it would cost."
        return ScenarioShown(scenario=scenario, cost=None, why=answer.why, asks=asks)
    whose = f"For {home.person_name(person_id)}, today" if len(home.people) > 1 else "Today"
    said = [f"{dollars(cost)} is what one visit would leave you to pay."]
    if answer.source is Source.USUAL and answer.usual is not None:
        said.append("The amount is what past EOBs usually allowed.")
    if answer.between is not None:
        said.append(f"It could be as little as {dollars(answer.between[0])}; the higher figure is taken.")
    elif answer.at_most:
        said.append("It is the most it can be.")
    return ScenarioShown(scenario=scenario, cost=cost, why=((whose, tuple(said)), *answer.why))


def _who(home: Household, today: date) -> int | None:
    """The person scenarios are priced for: the first of the household whom a plan in force covers."""
    covered = {person_id for plan in home.plans if today in plan.period for person_id in plan.person_ids}
    return next((person.id for person in home.people if person.id in covered), None)


def share_words(shown: ScenarioShown) -> str:
    """`15% of $1,450.00 is $217.50.`; empty where the cost is not known."""
    if shown.cost is None or shown.share is None:
        return ""
    return f"{percent(shown.scenario.probability)} of {dollars(shown.cost)} is {dollars(shown.share)}."
