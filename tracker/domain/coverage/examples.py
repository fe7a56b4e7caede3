"""Coverage examples: what a plan leaves to the member in a standard course of care.

The scenario's lines go through the engine like any claims, as the only care of the year, in network.
The figures are then rounded as a Summary of Benefits and Coverage rounds them: to the nearest $100
from $100 up, to the nearest $10 below; the total by itself, so that the rounding of the parts does not
add up in it. Rounding never lifts what the member pays above the plan's own out-of-pocket maximum;
insurers file it so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from tracker.domain.coverage.adjudicate import Adjudicator
from tracker.domain.coverage.claim_lines import ClaimInput, ClaimLine
from tracker.domain.coverage.results import ClaimResult
from tracker.domain.coverage.terms import PlanTerms
from tracker.errors import UserProblem
from tracker.facts import IN
from tracker.money import Cents, from_decimal

_TEN, _HUNDRED = 10_00, 100_00


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """One service. Its category is the first of `categories` that the plan has a rule for.

    `units` are the days of a hospital stay; lines of one claim share them.
    """

    what: str
    categories: tuple[str, ...]
    allowed: Cents
    units: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A course of care: claims in the order they are processed. No claims: only the total is known.

    `ours` marks one whose amounts this program made up, in round figures, to compare plans with.
    """

    code: str
    name: str
    about: str
    total: Cents
    source: str
    claims: tuple[tuple[ExampleLine, ...], ...] = ()
    ours: bool = False


class Figures(NamedTuple):
    """What the member pays, by kind; `limit` is what is not covered."""

    deductible: Cents
    copayment: Cents
    coinsurance: Cents
    limit: Cents
    total_patient_pays: Cents


@dataclass(frozen=True, slots=True)
class Example:
    """A scenario worked under a plan: to the cent, and rounded as it is printed.

    `without_rule` are services the plan has no rule for; they count as not covered.
    """

    scenario: Scenario
    exact: Figures
    printed: Figures
    results: tuple[ClaimResult, ...]
    without_rule: tuple[str, ...]


def work_example(terms: PlanTerms, scenario: Scenario) -> Example:
    """Work a scenario under a plan. Raises UserProblem where the scenario's lines are not known."""
    if not scenario.claims:
        raise UserProblem(
            f"The services of \u201c{scenario.name}\u201d are not published, only their total.",
            "Choose another example.",
        )
    adjudicator = Adjudicator(terms)
    state = adjudicator.new_state()
    without: list[str] = []
    results = []
    for number, lines in enumerate(scenario.claims, start=1):
        worked = []
        for line in lines:
            ruled = [code for code in line.categories if adjudicator.rule_for(code, IN)]
            if not ruled and line.what not in without:
                without.append(line.what)
            category = ruled[0] if ruled else line.categories[0]
            worked.append(ClaimLine(category=category, billed=line.allowed, allowed=line.allowed))
        units = max(line.units for line in lines)
        claim = ClaimInput(key=number, lines=tuple(worked), units=units)
        results.append(adjudicator.adjudicate(claim, state))
    exact = _figures(results)
    return Example(
        scenario=scenario,
        exact=exact,
        printed=_printed(exact, _most(terms, results)),
        results=tuple(results),
        without_rule=tuple(without),
    )


def rounded(cents: Cents) -> Cents:
    """An amount of zero or more as such examples print it, half up."""
    step = _HUNDRED if cents >= _HUNDRED else _TEN
    return (cents + step // 2) // step * step


def _figures(results: list[ClaimResult]) -> Figures:
    lines = [line for result in results for line in result.lines]
    deductible = sum(line.deductible for line in lines)
    copay = sum(line.copay for line in lines)
    coinsurance = sum(line.coinsurance for line in lines)
    owes = sum(line.owes for line in lines)
    return Figures(deductible, copay, coinsurance, owes - deductible - copay - coinsurance, owes)


def _most(terms: PlanTerms, results: list[ClaimResult]) -> Cents | None:
    """The one out-of-pocket maximum over all cost sharing; None where some does not count toward it."""
    buckets = {
        line.rule.oop_max if line.rule else None
        for result in results
        for line in result.lines
        if line.cost_share
    }
    if len(buckets) != 1:
        return None
    name = buckets.pop()
    return next((bucket.own_limit for bucket in terms.buckets if bucket.name == name), None)


def _printed(exact: Figures, most: Cents | None) -> Figures:
    deductible, copay, coinsurance, limit, total = (rounded(amount) for amount in exact)
    if most is not None:
        # Take what rounding put on top of the maximum from the parts in the order the plan would.
        over = max(0, deductible + copay + coinsurance - max(most, _cost_share(exact)))
        cut = min(over, coinsurance)
        coinsurance, over = coinsurance - cut, over - cut
        cut = min(over, copay)
        copay, deductible = copay - cut, deductible - (over - cut)
        total = min(total, max(most + exact.limit, exact.total_patient_pays))
    return Figures(deductible, copay, coinsurance, limit, total)


def _cost_share(figures: Figures) -> Cents:
    return figures.deductible + figures.copayment + figures.coinsurance


def scenarios_of(table: Mapping[str, Any]) -> dict[str, Scenario]:
    """The scenarios of the data file, by code. Raises ValueError for one that does not add up."""
    found: dict[str, Scenario] = {}
    for code, entry in table.items():
        if not isinstance(entry, dict):
            continue
        claims = tuple(
            tuple(_line(line, claim.get("units", 1)) for line in claim["lines"])
            for claim in entry.get("claim", ())
            for _ in range(claim.get("times", 1))
        )
        scenario = Scenario(
            code=code,
            name=entry["name"],
            about=entry["about"],
            total=from_decimal(Decimal(entry["total"])),
            source=entry["source"],
            claims=claims,
            ours=entry.get("ours", False),
        )
        if claims and sum(line.allowed for claim in claims for line in claim) != scenario.total:
            raise ValueError(f"the lines of {code} do not add to its total")
        found[code] = scenario
    return found


def _line(entry: Mapping[str, Any], units: int) -> ExampleLine:
    allowed = from_decimal(Decimal(entry["allowed"]))
    return ExampleLine(entry["what"], tuple(entry["category"]), allowed, units)
