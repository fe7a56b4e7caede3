"""When a plan for the next year can be chosen (rulebook 8.1): the Marketplace and Medicare.

An employer sets days of its own, and states with a Marketplace of their own may go on longer, so these
are days to check, never the member's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.facts import Plan, PlanKind

SHORTER_FROM = 2027
"""From this plan year on HealthCare.gov closes on December 15 (45 CFR 155.410(e), 2025 rule)."""

_MEDICARE = frozenset({PlanKind.MEDICARE, PlanKind.MEDIGAP, PlanKind.ADVANTAGE, PlanKind.PART_D})


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrollment:
    """An open enrollment for the plan year `year`, from `begins_on` to its last day `ends_on`."""

    where: str
    year: int
    begins_on: date
    ends_on: date
    note: str


def open_enrollment(plan: Plan) -> Enrollment | None:
    """The open enrollment for the year after a plan; None for a plan that ends within a year.

    Those who lose coverage in the course of a year have a special enrollment period instead. A Medigap
    policy stands beside Medicare, so it names Medicare's.
    """
    if (plan.ends_on.month, plan.ends_on.day) != (12, 31):
        return None
    year = plan.ends_on.year + 1
    if plan.kind in _MEDICARE:
        return Enrollment(
            where="Medicare",
            year=year,
            begins_on=date(year - 1, 10, 15),
            ends_on=date(year - 1, 12, 7),
            note="For Medicare Advantage and Part D; the change begins on January 1.",
        )
    begins = date(year - 1, 11, 1)
    if year >= SHORTER_FROM:
        return Enrollment(
            where="Marketplace",
            year=year,
            begins_on=begins,
            ends_on=date(year - 1, 12, 15),
            note="HealthCare.gov; a state's own Marketplace may go on longer, and your employer's dates "
            "differ.",
        )
    return Enrollment(
        where="Marketplace",
        year=year,
        begins_on=begins,
        ends_on=date(year, 1, 15),
        note="HealthCare.gov; choose by December 15 for January 1. Your employer's dates differ.",
    )
