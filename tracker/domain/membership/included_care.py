"""Which kinds of care a membership includes by its own matrix, and whether uses are left (6.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.domain.membership.service_matrix import ServiceUse
from tracker.domain.membership.year import year_number, year_period
from tracker.facts import Membership
from tracker.facts.membership import Included, MembershipService

BY_DEFAULT = frozenset({"PCP", "PREVENT", "TELE", "WELLNESS"})
"""Categories that a membership includes where its matrix says nothing of them: visits, calls, the yearly
physical, coaching."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Includes:
    """What an agreement says of services that stand for a category, and the days they were used on."""

    membership_id: int
    services: tuple[MembershipService, ...]
    uses: tuple[ServiceUse, ...] = ()


def includes_of(
    membership_id: int, services: Iterable[MembershipService], uses: Iterable[ServiceUse]
) -> Includes:
    """Only what bears on bills and EOBs: services with a word and a category, and their uses."""
    kept = tuple(item for item in services if item.category and item.state is not None)
    codes = {item.code for item in kept}
    return Includes(
        membership_id=membership_id, services=kept, uses=tuple(use for use in uses if use.code in codes)
    )


def names(includes: Includes | None, categories: Iterable[str]) -> bool:
    """Whether the agreement's own matrix says anything of a kind of care."""
    named = set(categories) - {""}
    return includes is not None and any(item.category in named for item in includes.services)


def included_as(
    membership: Membership, includes: Includes | None, categories: Iterable[str], day: date
) -> str | None:
    """As what a kind of care is included on a day: the service's name, or empty for the usual ones.

    `categories` are the care's own and those it is a kind of. None where the matrix excludes it, charges
    for it, has used it up before that day, or neither it nor the usual list names it.
    """
    named = set(categories) - {""}
    rows = [item for item in includes.services if item.category in named] if includes else []
    if includes is None or not rows:
        return "" if named & BY_DEFAULT else None
    year = year_period(membership, year_number(membership, day))
    for service in rows:
        if service.state is not Included.INCLUDED:
            continue
        used = sum(use.code == service.code and use.on in year and use.on < day for use in includes.uses)
        if service.per_year is None or used < service.per_year:
            return service.name
    return None
