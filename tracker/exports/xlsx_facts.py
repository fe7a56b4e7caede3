"""What goes into the workbook of a budget year: plain facts, gathered before a cell is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.dates import Period
from tracker.domain.coverage.accumulators import postings
from tracker.domain.coverage.plan_year import PlanYear, Posting
from tracker.domain.coverage.progress import progress
from tracker.domain.coverage.projection import Projection
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    ClaimLine,
    Household,
    Network,
    Plan,
)
from tracker.money import Cents
from tracker.reports.budget import BudgetYear
from tracker.storage.queries.payment_parts import PaymentPart


@dataclass(frozen=True, slots=True)
class CountedClaim:
    """A claim whose EOB states a deductible, or an opening balance. `counted` is what of it raised the
    total: less than `on_eob` where the limit was reached.
    """

    service_on: date
    processed_on: date | None
    person: str
    provider: str
    care: str
    on_eob: Cents
    counted: Cents


@dataclass(frozen=True, slots=True)
class DeductibleRun:
    """How one deductible filled, by service date, and where it is heading. `whose` is "Eleanor, in
    network"."""

    plan: str
    whose: str
    period: Period
    limit: Cents | None
    claims: tuple[CountedClaim, ...]
    today: date
    ahead: Projection | None = None


@dataclass(frozen=True, slots=True)
class WorkbookFacts:
    """A budget year, its payments and its deductibles. `ledger_mark` tells ledgers apart."""

    budget: BudgetYear
    payments: Sequence[PaymentPart]
    deductibles: Sequence[DeductibleRun]
    ledger_mark: str


def deductible_runs(
    home: Household, year: PlanYear, lines: Sequence[ClaimLine], *, today: date
) -> list[DeductibleRun]:
    """The deductibles of a plan: those with claims, and the main one in any case."""
    plan = year.plan
    found: list[DeductibleRun] = []
    for network, where in ((Network.IN, "in network"), (Network.OUT, "out of network")):
        for limit in plan.accumulators:
            if limit.kind is not AccumulatorKind.DEDUCTIBLE or limit.network is not network:
                continue
            for person_id in _whose(plan, limit):
                name = "Family" if person_id is None else home.person_name(person_id)
                run = _run(home, year, limit, person_id, f"{name}, {where}", lines, today)
                if run.claims or (network is Network.IN and not found):
                    found.append(run)
    return found


def _whose(plan: Plan, limit: Accumulator) -> list[int | None]:
    """The people a limit is counted for; None stands for the family."""
    people: list[int | None] = []
    if limit.mode is not AccumulatorMode.AGGREGATE:
        people += plan.person_ids
    if limit.mode is not AccumulatorMode.SELF:
        people.append(None)
    return people


def _run(
    home: Household,
    year: PlanYear,
    limit: Accumulator,
    person_id: int | None,
    whose: str,
    lines: Sequence[ClaimLine],
    today: date,
) -> DeductibleRun:
    moved = progress(year, limit, person_id, today=today)
    # One claim, and all opening balances together, may have raised the total in several steps.
    raised: defaultdict[int | None, Cents] = defaultdict(int)
    for step in moved.steps:
        raised[step.claim.id if step.claim else None] += step.added
    named = {line.claim.id: line for line in lines}
    counted = []
    for posting in sorted(postings(year, limit, person_id), key=_by_service):
        claim = posting.claim
        key = claim.id if claim else None
        share = min(posting.amount, raised[key])
        raised[key] -= share
        if claim is None:
            counted.append(
                CountedClaim(
                    service_on=year.period.begin,
                    processed_on=None,
                    person=home.person_name(posting.person_id),
                    provider="",
                    care=posting.words,
                    on_eob=posting.amount,
                    counted=share,
                )
            )
            continue
        line = named.get(claim.id)
        counted.append(
            CountedClaim(
                service_on=claim.service_from,
                processed_on=claim.processed_on,
                person=line.person if line else "",
                provider=line.provider if line else "",
                care=claim.description,
                on_eob=posting.amount,
                counted=share,
            )
        )
    return DeductibleRun(
        year.plan.name, whose, year.period, moved.limit, tuple(counted), today, moved.projection
    )


def _by_service(posting: Posting) -> tuple[date, int]:
    claim = posting.claim
    return (claim.service_from, claim.id or 0) if claim else (date.min, 0)
