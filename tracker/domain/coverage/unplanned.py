"""Care that nobody plans: how much of it a household usually has, and the worst stretch it had.

Read from the EOBs of the last 12 to 24 months, without those that look like planned care (that is
counted by its plan). Where there is less history, from this period alone. No chance is involved: the
same EOBs always give the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tracker.dates import add_months, day_text, first_of
from tracker.domain.coverage.plan_year import PlanYear, tier_of
from tracker.domain.coverage.planned import Parents, is_alike
from tracker.facts import Claim
from tracker.money import Cents

LEAST_CLAIMS = 6
"""Fewer EOBs than this say nothing about a usual month."""

MOST_MONTHS, LEAST_MONTHS = 24, 12
LEAST_DAYS = 14
"""Two weeks of a year say nothing about the rest of it."""

STRETCH_DAYS = 91
"""A quarter: the longest stretch whose worst case is taken to come again."""


class CareGroup(NamedTuple):
    """EOBs of one person, service and tier: how often, and the mean of each figure of one of them."""

    person_id: int
    category: str
    tier: str
    protected: bool
    times: int
    allowed: Cents
    deductible: Cents
    share: Cents


class Stretch(NamedTuple):
    """The costliest days in a row that history knows; `claims` with the days since its begin."""

    begin: date
    days: int
    claims: tuple[tuple[int, Claim], ...]

    @property
    def words(self) -> str:
        last = self.begin + timedelta(days=self.days - 1)
        return f"{day_text(self.begin, year=self.begin.year != last.year)} to {day_text(last)}"


class Unplanned(NamedTuple):
    """The EOBs of care that was not planned, over `days` days that end today.

    `months` is 0 where only this period's pace is known.
    """

    claims: tuple[Claim, ...]
    days: int
    months: int
    groups: tuple[CareGroup, ...]

    def worst(self, most_days: int) -> Stretch | None:
        """The stretch, of a quarter at most and no longer than `most_days`, in which most was allowed."""
        length = min(STRETCH_DAYS, most_days)
        ordered = sorted(self.claims, key=lambda claim: (claim.service_from, claim.id or 0))
        best: tuple[Cents, int, int] | None = None
        end, inside = 0, 0
        for begin, claim in enumerate(ordered):
            limit = claim.service_from + timedelta(days=length)
            while end < len(ordered) and ordered[end].service_from < limit:
                inside += size_of(ordered[end])
                end += 1
            if best is None or inside > best[0]:
                best = (inside, begin, end)
            inside -= size_of(claim)
        if best is None:
            return None
        _total, first, after = best
        first_day = ordered[first].service_from
        return Stretch(
            first_day,
            length,
            tuple(((claim.service_from - first_day).days, claim) for claim in ordered[first:after]),
        )


def unplanned_care(year: PlanYear, *, today: date, parents: Parents) -> Unplanned | None:
    """What the household's EOBs say about care that is not planned; None where they say nothing."""
    people = set(year.plan.person_ids)
    known = [
        claim
        for claim in (*year.history, *year.claims)
        if claim.person_id in people and claim.service_from <= today
    ]
    if not known:
        return None
    first = min(claim.service_from for claim in known)
    begin = max(add_months(today, -MOST_MONTHS) + timedelta(days=1), first_of(first))
    found = [claim for claim in known if claim.service_from >= begin and _counts(year, claim, parents)]
    if begin <= add_months(today, -LEAST_MONTHS) + timedelta(days=1) and len(found) >= LEAST_CLAIMS:
        days = (today - begin).days + 1
        return Unplanned(tuple(found), days, round(days * 12 / 365.25), _grouped(year, found))
    started = max([year.period.begin, year.plan.begins_on, *(item.as_of for item in year.openings)])
    days = (today - started).days + 1
    found = [claim for claim in found if claim.service_from >= started]
    if days < LEAST_DAYS or not found:
        return None
    return Unplanned(tuple(found), days, 0, _grouped(year, found))


def size_of(claim: Claim) -> Cents:
    """What a claim allowed: as the EOB says, else its parts together."""
    if claim.allowed is not None:
        return claim.allowed
    return share_of(claim) + (claim.plan_paid or 0)


def share_of(claim: Claim) -> Cents:
    """Deductible, copay and coinsurance together."""
    return (claim.deductible or 0) + (claim.copay or 0) + (claim.coinsurance or 0)


def _counts(year: PlanYear, claim: Claim, parents: Parents) -> bool:
    """Whether a claim was covered care like no planned one."""
    return size_of(claim) > 0 and not any(is_alike(care, claim, parents) for care in year.planned)


def _grouped(year: PlanYear, claims: Iterable[Claim]) -> tuple[CareGroup, ...]:
    together: dict[tuple[int, str, str, bool], list[Claim]] = {}
    for claim in claims:
        key = (claim.person_id, claim.category, tier_of(claim, year.terms), claim.protected)
        together.setdefault(key, []).append(claim)
    return tuple(_group(key, found) for key, found in sorted(together.items()))


def _group(key: tuple[int, str, str, bool], claims: Sequence[Claim]) -> CareGroup:
    count = len(claims)
    return CareGroup(
        *key,
        count,
        sum(size_of(claim) for claim in claims) // count,
        sum(claim.deductible or 0 for claim in claims) // count,
        sum(share_of(claim) for claim in claims) // count,
    )
