"""The rulebook's worked cases (2.8) asked as estimates: every figure as the engine's, to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest

from tests.unit.adjudication_kit import SHARED, shared
from tests.unit.estimate_kit import facts_of, known
from tracker.cli.replay import LINE_KEYS
from tracker.domain.coverage.claim_lines import ClaimInput
from tracker.domain.coverage.estimate import estimate
from tracker.domain.coverage.estimate_answer import Estimate
from tracker.domain.coverage.estimate_question import Authorization, Question
from tracker.domain.coverage.replay import replay
from tracker.imports.case_file import Case, read_cases

PEOPLE = {name: number for number, name in enumerate("ABCDE", start=1)}
LEAST_SUITED = 60
"""Claims of the file that are one line nobody denied, and so can be asked about."""


@cache
def cases() -> list[Case]:
    return read_cases(SHARED / "adjudication_cases.json")


def suited(case: Case) -> Iterator[tuple[int, ClaimInput]]:
    """The claims of a case that a question can describe: one line, not denied, replacing nothing."""
    for place, entry in enumerate(case.entries):
        if (
            isinstance(entry, ClaimInput)
            and len(entry.lines) == 1
            and entry.lines[0].denial is None
            and entry.replaces is None
        ):
            yield place, entry


def ask(case: Case, place: int, entry: ClaimInput) -> Estimate:
    """The question whose answer is that claim, asked after everything before it was processed."""
    line = entry.lines[0]
    before = replay(case.terms, case.entries[:place], case.opening)
    openings = before.books[None].openings()
    on = entry.service_on or date(2026, 6, 1)
    question = Question(
        person_id=PEOPLE[entry.person],
        category=line.category,
        on=on,
        tier=line.tier,
        protected=line.protected,
        allowed=line.allowed,
        billed=line.billed,
        oon_figure=line.oon_figure,
        units=entry.units,
        admitted=entry.admitted,
        assistance=line.assistance,
        assistance_counts=line.assistance_counts,
        authorization=Authorization.WITHOUT if line.missed_authorization else Authorization.NONE,
    )
    return estimate(question, known(facts_of(case.terms, openings, PEOPLE)))


@pytest.mark.parametrize("number", range(70))
def test_a_case(number: int) -> None:
    """The line's figures, what you pay and what the plan pays."""
    raw = shared("adjudication_cases.json")["cases"][number]
    case = cases()[number]
    for place, entry in suited(case):
        want = raw["expected"][place]["lines"][0]
        found = ask(case, place, entry)
        assert found.result is not None, found.asks
        line = found.result.lines[0]
        assert {key: getattr(line, name) for key, name in LINE_KEYS if key in want} == want
        assert (found.you_pay, found.cash) == (line.owes, line.cash)
        assert found.plan_pays == line.plan_paid
        shown = {part.key: part.amount for part in found.parts}
        assert shown["you_pay"] == line.owes
        added = ("deductible", "copay", "coinsurance", "cut", "not_covered", "penalty", "balance_bill")
        assert sum(shown.get(key, 0) for key in added) == line.owes


def test_most_of_the_cases_can_be_asked() -> None:
    shared("adjudication_cases.json")
    assert sum(1 for case in cases() for _ in suited(case)) >= LEAST_SUITED


def test_the_accumulators_after_a_case_are_the_engines() -> None:
    """Own totals by name, where the estimate says they moved."""
    shared("adjudication_cases.json")
    for case in cases():
        for place, entry in suited(case):
            through = replay(case.terms, case.entries[: place + 1], case.opening).books[None]
            for moved in ask(case, place, entry).moved:
                if moved.person_id is not None:
                    assert moved.after == through.balance(moved.name, entry.person), case.id
