"""Affordability as the screen and paper show it: the scenarios row by row, and what is not saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.dates import day_text
from tracker.domain.budget.affordability import STEPS, Outcome, Year
from tracker.facts import percent
from tracker.facts.household_budget import HouseholdBudget
from tracker.money import dollars
from tracker.reports.affordability import YEAR_NAMES, AffordabilityReport
from ui.models.budget_accrual import Part

HEADINGS: Mapping[Year, str] = {
    Year.EXPECTED: "Expected",
    Year.P80: "P80",
    Year.OOP_MAX: "Out-of-pocket maximum",
}
"""The scenarios as columns; short, because there are three beside each other."""

_FIELDS = {
    "name": "name",
    "as_of": "date",
    "note": "note",
    "income": "net income",
    "gross_year": "income before tax",
    "own_limit": "your own limit",
    "membership_year": "membership",
    "premium": "premiums",
    "oop_max_year": "out-of-pocket maximum",
    "expected": "expected year",
    "p80": "P80 year",
    "employer_premium": "employer coverage",
    "savings": "savings",
}
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One figure for the three scenarios; blank where a scenario is not known."""

    place: int
    name: str
    cells: Mapping[Year, str]
    tones: Mapping[Year, str]
    bold: bool = False


def result_rows(report: AffordabilityReport) -> list[ResultRow]:
    """What is left, what is missing and the share of income, a month each. Always the same rows."""
    free, cuts = report.result.free, report.result.cuts
    own = report.budget.own_limit
    limit = "Your own limit" if own is None else f"Your own limit of {percent(own)}"
    rows = (
        ("Free before health", lambda _outcome: dollars(free), False),
        ("Health costs", lambda outcome: dollars(outcome.health), False),
        ("Left after health", lambda outcome: dollars(outcome.after_health), True),
        ("Needed cut", lambda outcome: dollars(outcome.needed_cut), False),
        ("Cuts you chose", lambda _outcome: dollars(cuts), False),
        ("Left with the cuts", lambda outcome: dollars(outcome.after_cuts), True),
        ("Still missing", lambda outcome: dollars(outcome.still_missing), False),
        ("Share of net income", _share, False),
        (limit, _within, False),
    )
    return [
        ResultRow(
            place,
            name,
            {year: words(outcome) for year, outcome in report.outcomes.items()},
            {year: _tone(outcome) for year, outcome in report.outcomes.items()} if name == limit else {},
            bold,
        )
        for place, (name, words, bold) in enumerate(rows)
    ]


def scenario_why(report: AffordabilityReport, year: Year) -> list[Part]:
    """Every figure of a scenario with its reason."""
    outcome = report.outcomes.get(year)
    parts: list[Part] = [("Free before health", (report.free_why,))]
    if outcome is None:
        return [*parts, (YEAR_NAMES[year], report.missing)]
    parts.append(("Health costs", (*report.health_why[year], *_pocket_why(report, year))))
    parts.append(("What is left", outcome.why))
    for name, taken in (("Membership", report.membership_year), ("Premiums", report.premium)):
        parts.append((name, taken.why))
    return parts


def step_title(place: int) -> str:
    """`1. Income Analysis`."""
    return f"{place + 1}. {STEPS[place]}"


def named(budget: HouseholdBudget) -> str:
    """A saved answer in a list: its name and day."""
    return f"{budget.name or 'No name'}, {day_text(budget.as_of)}"


def unsaved(saved: HouseholdBudget | None, now: HouseholdBudget) -> list[str]:
    """What differs from what is saved, in words; a new one is wholly unsaved."""
    if saved is None:
        return ["everything"]
    found = [words for field, words in _FIELDS.items() if getattr(saved, field) != getattr(now, field)]
    if saved.lines != now.lines:
        found += _lines_changed(saved, now)
    return found


def unsaved_words(names: Sequence[str]) -> str:
    """`Not saved yet: net income, Housing and 3 more.`"""
    if not names:
        return "Everything is saved."
    if len(names) > _MOST_NAMED:
        listed = f"{', '.join(names[:_MOST_NAMED])} and {len(names) - _MOST_NAMED} more"
    else:
        listed = ", ".join(names)
    return f"Not saved yet: {listed}."


def _lines_changed(saved: HouseholdBudget, now: HouseholdBudget) -> list[str]:
    before = {line.label: line for line in saved.lines}
    after = {line.label: line for line in now.lines}
    found = []
    for label, line in after.items():
        held = before.get(label)
        if held is None or (held.amount, held.discretionary) != (line.amount, line.discretionary):
            found.append(_short(label) or "an expense")
        elif held.cut != line.cut:
            found.append(f"the cut in {_short(label)}")
    found += [f"{_short(label)} removed" for label in before if label not in after]
    return found or ["the order of expenses"]


def _short(label: str) -> str:
    return label if len(label) <= 30 else f"{label[:29]}\u2026"


def _pocket_why(report: AffordabilityReport, year: Year) -> tuple[str, ...]:
    if year is Year.EXPECTED:
        return report.expected.why
    if year is Year.OOP_MAX:
        return report.oop_max_year.why
    return ("The P80 amount is your own figure: in 8 of 10 years you would pay less than that.",)


def _share(outcome: Outcome) -> str:
    return "" if outcome.ratio is None else percent(outcome.ratio)


def _within(outcome: Outcome) -> str:
    if outcome.within_own_limit is None:
        return ""
    return "Within" if outcome.within_own_limit else "Above"


def _tone(outcome: Outcome) -> str:
    if outcome.within_own_limit is None:
        return ""
    return "good" if outcome.within_own_limit else "bad"
