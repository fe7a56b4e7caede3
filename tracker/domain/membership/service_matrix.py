"""What a membership includes, excludes or charges for, and how much of it was used (rulebook 6.1).

The lists to start from are those of the source document. What it only calls common is left open: the
agreement says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.dates import Period
from tracker.facts.membership import Included as Included
from tracker.facts.membership import MembershipService as MembershipService
from tracker.money import dollars


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceUse:
    """One use of a service of the membership."""

    code: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCount:
    """A service's uses in a membership year. `left` is None without a limit."""

    service: MembershipService
    used: int
    left: int | None
    beyond: int
    last_on: date | None
    why: str


def _rows(state: Included | None, *pairs: tuple[str, str]) -> tuple[MembershipService, ...]:
    return tuple(MembershipService(code=code, name=name, state=state) for code, name in pairs)


STARTING_MATRIX = (
    *_rows(
        Included.INCLUDED,
        ("long_visits", "Extended, unrushed appointments"),
        ("fast_access", "Same-day or next-day access"),
        ("direct_contact", "Direct contact with the physician"),
    ),
    MembershipService(
        code="physical", name="Annual comprehensive physical", state=Included.INCLUDED, per_year=1
    ),
    *_rows(
        Included.INCLUDED,
        ("coordination", "Coordination of care"),
        ("prevention", "Preventive care and wellness coaching"),
    ),
    *_rows(
        None,
        ("wellness_plan", "Personalized wellness plan"),
        ("chronic", "Management of chronic conditions"),
        ("referrals", "Coordination of referrals to specialists"),
        ("diagnostics", "Access to advanced diagnostic tests and their interpretation"),
        ("travel", "Travel medicine and vaccine advice"),
        ("procedures", "In-office procedures and minor surgery"),
        ("advocacy", "Health advocacy"),
        ("nutrition", "Nutritional counseling and lifestyle coaching"),
        ("genetics", "Genetic testing and interpretation"),
    ),
    *_rows(
        Included.EXCLUDED,
        ("specialists", "Specialist consultations"),
        ("tests", "Performing diagnostic tests and procedures (ordering them is included)"),
        ("hospital", "Hospitalizations and surgeries"),
        ("drugs", "Prescription medications"),
        ("emergency", "Emergency room visits"),
        ("equipment", "Durable medical equipment"),
    ),
)


def use_count(service: MembershipService, uses: Iterable[ServiceUse], year: Period) -> UseCount:
    """How often a service was used in a membership year, and how often it still may be."""
    days = sorted(use.on for use in uses if use.code == service.code and use.on in year)
    used = len(days)
    left = None if service.per_year is None else max(0, service.per_year - used)
    beyond = 0 if service.per_year is None else max(0, used - service.per_year)
    return UseCount(
        service=service,
        used=used,
        left=left,
        beyond=beyond,
        last_on=days[-1] if days else None,
        why=_words(service, used, left, beyond),
    )


def _words(service: MembershipService, used: int, left: int | None, beyond: int) -> str:
    times = "once" if used == 1 else f"{used} times"
    said = f"Used {times} this year" if used else "Not used yet this year"
    if service.state is Included.EXTRA_FEE:
        fee = f" of {dollars(service.extra_fee)}" if service.extra_fee is not None else ""
        return f"{said}; each use has an extra fee{fee}."
    if left is None:
        return f"{said}."
    if beyond:
        return f"{said}, {beyond} more than the {service.per_year} included."
    return f"{said}; {left} of {service.per_year} left."
