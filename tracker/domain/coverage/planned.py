"""Planned care as single days: which of them are still ahead, and which became an EOB.

An EOB is the truth (rulebook 2.5): care that was planned and has its EOB is counted by the EOB and
never a second time. What has no EOB yet stays expected, even where its day is past. Amounts are cents;
one that nobody knows stays unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from tracker.dates import Period, add_months
from tracker.facts import Claim, PlannedCare
from tracker.money import Cents

GIVEN_UP_DAYS = 90
"""After so many days without an EOB, planned care is no longer waited for."""

NEAR_DAYS = 21
"""Care given so many days before or after the planned day is the planned care."""

Usual: TypeAlias = Callable[[PlannedCare], Cents | None]
"""What past EOBs allowed for the same care, None where there were none."""

Parents: TypeAlias = Mapping[str, str]
"""Sub-categories with the category they belong to (rulebook 1.7)."""


class Occurrence(NamedTuple):
    """One day of planned care, the `number`th of its times.

    `claim` is the EOB it became. `allowed` is None where neither the member nor an EOB says it;
    `is_usual` where it was learned from EOBs.
    """

    care: PlannedCare
    number: int
    day: date
    allowed: Cents | None
    is_usual: bool = False
    claim: Claim | None = None


def days_of(care: PlannedCare) -> list[date]:
    """Every day of planned care, counted from its first, so that Jan 31 gives Feb 28 and then Mar 31."""
    return [add_months(care.first_on, care.every_months * place) for place in range(care.times)]


def occurrences(
    planned: Iterable[PlannedCare],
    claims: Sequence[Claim],
    *,
    period: Period,
    today: date,
    usual: Usual = lambda care: None,
    parents: Parents | None = None,
) -> list[Occurrence]:
    """The days of planned care in a period, by day, each matched with the EOB it became.

    Only a day that has come can have happened. An EOB is one day of one planned care: the pairs that
    lie closest together are made first. `claims` may reach beyond the period, so that care given just
    before it is recognised too. A day for which no EOB came in `GIVEN_UP_DAYS` is left out: that care
    was not given, or never billed to the plan.
    """
    known = parents or {}
    whole: list[Occurrence] = []
    for care in planned:
        learned = usual(care) if care.allowed is None else None
        allowed = care.allowed if care.allowed is not None else learned
        whole += [
            Occurrence(care, place + 1, day, allowed, learned is not None)
            for place, day in enumerate(days_of(care))
            if day in period
        ]
    whole.sort(key=lambda item: (item.day, item.care.id or 0, item.number))
    matched = _matched(whole, claims, today, known)
    waiting = today - timedelta(days=GIVEN_UP_DAYS)
    return [
        Occurrence(item.care, item.number, item.day, item.allowed, item.is_usual, matched.get(place))
        for place, item in enumerate(whole)
        if place in matched or item.day >= waiting
    ]


def _matched(
    whole: Sequence[Occurrence], claims: Sequence[Claim], today: date, parents: Parents
) -> dict[int, Claim]:
    """The EOB of each occurrence that has one, by its place."""
    of_person: dict[int, list[tuple[int, Claim]]] = {}
    for number, claim in enumerate(claims):
        of_person.setdefault(claim.person_id, []).append((number, claim))
    pairs = sorted(
        (away, place, number)
        for place, item in enumerate(whole)
        if item.day <= today
        for number, claim in of_person.get(item.care.person_id, ())
        if (away := abs((claim.service_from - item.day).days)) <= NEAR_DAYS
        and is_alike(item.care, claim, parents)
    )
    found: dict[int, Claim] = {}
    taken: set[int] = set()
    for _away, place, number in pairs:
        if place not in found and number not in taken:
            found[place] = claims[number]
            taken.add(number)
    return found


def is_alike(care: PlannedCare, claim: Claim, parents: Parents) -> bool:
    """Whether an EOB is of the same care: person, service (or the one it belongs to), and provider.

    A provider counts where the planned care names one. An EOB that says no service is recognised by
    that provider alone.
    """
    if claim.person_id != care.person_id:
        return False
    if care.provider_id is not None and claim.provider_id != care.provider_id:
        return False
    if not claim.category:
        return care.provider_id is not None
    return (
        claim.category == care.category
        or parents.get(claim.category) == care.category
        or parents.get(care.category) == claim.category
    )
