"""One answer to "can we afford it": what the member typed, what the ledger knows, and what follows (7.5).

The same report feeds the screen, paper and the workbook. Health costs of a year are membership,
premiums, what is paid out of pocket, and what is put aside, as in the monthly template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.budget.affordability import (
    Affordability,
    Finances,
    Mark,
    MonthlyLine,
    Outcome,
    Year,
    affordability,
)
from tracker.domain.coverage.limits import Limits
from tracker.facts.household_budget import HouseholdBudget
from tracker.money import Cents, dollars

YEAR_NAMES: Mapping[Year, str] = {
    Year.EXPECTED: "Expected year",
    Year.P80: "P80 year",
    Year.OOP_MAX: "Out-of-pocket-maximum year",
}
MISSING: Mapping[Year, str] = {
    Year.EXPECTED: "The expected year is blank: type what you expect to pay out of pocket, or add "
    "estimates to your budget.",
    Year.P80: "The P80 year is blank: in 8 of 10 years you would pay less than that. Nothing is simulated "
    "yet, so type an amount of your own or leave it blank.",
    Year.OOP_MAX: "The out-of-pocket-maximum year is blank: your plan states no out-of-pocket maximum in "
    "network. Type it if you know it.",
}
"""Why a scenario is blank, and what would fill it."""

ONLY_ORIENTATION = (
    "Marks are for orientation. Whether you can afford it is for you to judge; this is not financial, tax "
    "or legal advice."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the ledger says of a figure, and why. The amount is None where it does not say."""

    amount: Cents | None = None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFigures:
    """The figures of affordability that the ledger has. `premium` and `savings` are of a month."""

    membership_year: Known = Known()
    premium: Known = Known()
    oop_max_year: Known = Known()
    deductible_year: Known = Known()
    expected: Known = Known()
    savings: Known = Known()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A figure as it is used. `own` says that the member typed it; `ledger` is what the ledger says."""

    amount: Cents | None
    own: bool
    ledger: Known

    @property
    def why(self) -> tuple[str, ...]:
        if not self.own:
            return self.ledger.why or ("The ledger does not know it yet.",)
        said = f"{dollars(self.amount or 0)} is your own figure."
        if self.ledger.amount is None:
            return (said,)
        return (said, f"Your ledger says {dollars(self.ledger.amount)}:", *self.ledger.why)


@dataclass(frozen=True, slots=True, kw_only=True)
class AffordabilityReport:
    """Everything that is shown of one saved or typed household budget.

    `outcomes` has only the scenarios that are known; `missing` says of the others why they are blank.
    `health_why` says how a scenario's health costs add up.
    """

    budget: HouseholdBudget
    membership_year: Taken
    premium: Taken
    oop_max_year: Taken
    expected: Taken
    deductible_year: Known
    result: Affordability
    outcomes: Mapping[Year, Outcome]
    out_of_pocket: Mapping[Year, Cents]
    health_why: Mapping[Year, tuple[str, ...]]
    missing: tuple[str, ...]
    marks: tuple[Mark, ...]
    mark_sources: tuple[str, ...]

    @property
    def existing(self) -> Cents:
        return sum(line.amount for line in self.budget.lines if not line.discretionary)

    @property
    def discretionary(self) -> Cents:
        return sum(line.amount for line in self.budget.lines if line.discretionary)

    def step_why(self, place: int) -> tuple[str, ...]:
        """Why one of the six steps (by its place) has its amount."""
        own = self.result.steps[place].why
        more = {2: self.membership_year.why, 3: (*self.premium.why, *self.oop_max_year.why)}
        return (*own, *more.get(place, ()))

    @property
    def free_why(self) -> str:
        return (
            f"{dollars(self.budget.income)} net income less {dollars(self.existing)} existing expenses and "
            f"{dollars(self.discretionary)} discretionary spending is {dollars(self.result.free)} a month."
        )


def affordability_report(
    budget: HouseholdBudget, ledger: LedgerFigures, limits: Limits
) -> AffordabilityReport:
    """Work a household budget through, with the ledger's figures where it gives none of its own.

    Raises UserProblem for amounts below zero or a cut larger than its line.
    """
    membership = _taken(budget.membership_year, ledger.membership_year)
    premium = _taken(budget.premium, ledger.premium)
    oop_max = _taken(budget.oop_max_year, ledger.oop_max_year)
    expected = _taken(budget.expected, ledger.expected)
    pocket = {Year.EXPECTED: expected.amount, Year.P80: budget.p80, Year.OOP_MAX: oop_max.amount}
    known = {year: amount for year, amount in pocket.items() if amount is not None}
    fixed = (membership.amount or 0) + 12 * (premium.amount or 0) + 12 * budget.savings
    finances = Finances(
        income=budget.income,
        gross_year=budget.gross_year,
        existing=_lines(budget, discretionary=False),
        discretionary=_lines(budget, discretionary=True),
        membership_year=membership.amount or 0,
        premiums=() if premium.amount is None else (MonthlyLine(label="Premiums", amount=premium.amount),),
        oop_max_year=oop_max.amount,
        health=tuple((year, fixed + amount) for year, amount in known.items()),
        savings=budget.savings,
        spending_year=expected.amount,
        deductible_year=ledger.deductible_year.amount,
        employer_premium=budget.employer_premium,
        own_limit=budget.own_limit,
    )
    result = affordability(finances, limits=limits, year=budget.as_of.year)
    outcomes = {outcome.year: outcome for outcome in result.outcomes}
    return AffordabilityReport(
        budget=budget,
        membership_year=membership,
        premium=premium,
        oop_max_year=oop_max,
        expected=expected,
        deductible_year=ledger.deductible_year,
        result=result,
        outcomes=outcomes,
        out_of_pocket=known,
        health_why={
            year: _health_why(year, amount, fixed + amount, membership, premium, budget)
            for year, amount in known.items()
        },
        missing=tuple(MISSING[year] for year in Year if year not in known),
        marks=result.marks,
        mark_sources=tuple(_source(mark, limits, budget.as_of.year) for mark in result.marks),
    )


def _taken(own: Cents | None, ledger: Known) -> Taken:
    return Taken(amount=ledger.amount if own is None else own, own=own is not None, ledger=ledger)


def _lines(budget: HouseholdBudget, *, discretionary: bool) -> tuple[MonthlyLine, ...]:
    return tuple(
        MonthlyLine(label=line.label, amount=line.amount, cut=line.cut if discretionary else 0)
        for line in budget.lines
        if line.discretionary is discretionary
    )


def _health_why(
    year: Year, pocket: Cents, whole: Cents, membership: Taken, premium: Taken, budget: HouseholdBudget
) -> tuple[str, ...]:
    parts = (
        f"{dollars(membership.amount or 0)} membership",
        f"{dollars(12 * (premium.amount or 0))} premiums",
        f"{dollars(pocket)} out of pocket",
        f"{dollars(12 * budget.savings)} put aside",
    )
    month = (2 * whole + 12) // 24
    listed = f"{', '.join(parts[:-1])} and {parts[-1]}"
    return (f"{YEAR_NAMES[year]}: {listed} is {dollars(whole)} a year, {dollars(month)} a month.",)


def _source(mark: Mark, limits: Limits, year: int) -> str:
    """Where a mark comes from, with the paper that published it where it is a yearly figure."""
    known = limits.years.get(year)
    if known is None or not mark.source.startswith("ACA"):
        return f"{mark.source}."
    told = [said.rpartition("affordability: ")[2] for said in known.sources if "affordability: " in said]
    return f"{'; '.join((mark.source, *told))}."
