"""Deductible progress: how an accumulator filled over the plan's period, and where it is heading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.dates import Period
from tracker.domain.coverage.accumulators import postings, standing
from tracker.domain.coverage.plan_year import PlanYear
from tracker.domain.coverage.projection import Projection, projection
from tracker.facts import Accumulator, Claim
from tracker.money import Cents


@dataclass(frozen=True, slots=True)
class Step:
    """The total from a day on, and what raised it by `added`: a claim by its service date, or words."""

    day: date
    total: Cents
    added: Cents
    claim: Claim | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """One accumulator of a person or the family over the plan's period."""

    period: Period
    steps: tuple[Step, ...]
    used: Cents
    limit: Cents | None
    projection: Projection | None


def progress(year: PlanYear, limit: Accumulator, person_id: int | None, *, today: date) -> Progress:
    """The stepped line by service date; the total never rises above the limit.

    Opening balances and carry-over stand at its begin.
    """
    now = standing(year, limit, person_id)
    most = year.own_limit(limit) if person_id is None else None
    steps: list[Step] = []
    total = 0
    each: dict[int, Cents] = {}
    begin = year.period.begin
    for posting in sorted(
        postings(year, limit, person_id),
        key=lambda found: (found.claim.service_from, found.claim.id or 0) if found.claim else (begin, -1),
    ):
        amount = posting.amount
        if most is not None:
            before = each.get(posting.person_id, 0)
            amount = min(amount, max(0, most - before))
            each[posting.person_id] = before + amount
        if now.limit is not None:
            amount = min(amount, now.limit - total)
        if amount > 0:
            total += amount
            day = max(begin, posting.claim.service_from) if posting.claim else begin
            steps.append(Step(day, total, amount, posting.claim, posting.words))
    ahead = projection(year, limit, person_id, used=now.used, ceiling=now.limit, today=today)
    return Progress(year.period, tuple(steps), now.used, now.limit, ahead)
