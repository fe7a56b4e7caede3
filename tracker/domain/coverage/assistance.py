"""Copay assistance both ways (rulebook 1.12): whether it counts is the plan's choice, often unknown."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.domain.coverage.adjudicate import Adjudicator
from tracker.domain.coverage.claim_lines import ClaimInput
from tracker.domain.coverage.results import ClaimResult
from tracker.domain.coverage.state import State


@dataclass(frozen=True, slots=True)
class BothWays:
    """The same claim where assistance counts toward accumulators, and where it does not."""

    counted: ClaimResult
    not_counted: ClaimResult


def both_ways(adjudicator: Adjudicator, claim: ClaimInput, state: State) -> BothWays:
    """What a claim with assistance would do under either kind of plan; `state` stays as it is."""

    def tried(counts: bool) -> ClaimResult:
        lines = tuple(replace(line, assistance_counts=counts) for line in claim.lines)
        return adjudicator.adjudicate(replace(claim, lines=lines), state.copy())

    return BothWays(tried(True), tried(False))
