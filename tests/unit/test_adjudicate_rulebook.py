"""The rulebook's own cases, where they lie beside the project: every figure to the cent."""

from __future__ import annotations

from functools import cache

import pytest

from tests.unit.adjudication_kit import SHARED, shared
from tracker.cli.replay import LINE_KEYS, TOTAL_KEYS
from tracker.domain.coverage.replay import replay
from tracker.imports.case_file import Case, read_cases


@cache
def cases() -> list[Case]:
    return read_cases(SHARED / "adjudication_cases.json")


@pytest.mark.parametrize("number", range(70))
def test_a_case(number: int) -> None:
    """Every figure of every line and total, and every accumulator after it."""
    raw = shared("adjudication_cases.json")["cases"][number]
    case = cases()[number]
    assert case.id == raw["id"]
    done = replay(case.terms, case.entries, case.opening)
    for expected, result in zip(raw["expected"], done.results, strict=True):
        if expected is None:
            assert result is None
            continue
        assert result is not None
        assert {key: getattr(result.totals, name) for key, name in TOTAL_KEYS} == expected["total"]
        for want, found in zip(expected["lines"], result.lines, strict=True):
            assert {key: getattr(found, name) for key, name in LINE_KEYS if key in want} == want
    after = [
        {"bucket": b.bucket, "person": b.person, "cents": b.cents} for b in done.books[None].balances()
    ]
    assert after == raw["after"]
