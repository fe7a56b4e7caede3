"""Which accumulator period a claim belongs to (rulebook 1.2), and what of it carries over (1.15)."""

from __future__ import annotations

from datetime import date

from tracker.dates import Period, add_months
from tracker.domain.coverage.claim_lines import ClaimInput
from tracker.domain.coverage.terms import PlanTerms
from tracker.errors import UserProblem
from tracker.facts import PeriodRule

CARRY_MONTHS = 3
"""Months at the end of a period whose deductible a fourth-quarter carry-over takes along."""


def accumulator_period(terms: PlanTerms, day: date) -> Period:
    """The twelve months over which a day's deductible and out-of-pocket maximum run."""
    month, first = terms.accumulator_start
    begin = date(day.year, month, first)
    if day < begin:
        begin = date(day.year - 1, month, first)
    return Period(begin, date(begin.year + 1, month, first))


def period_day(terms: PlanTerms, claim: ClaimInput) -> date | None:
    """The day that decides a claim's period: its service date, or as the plan says for a stay.

    None for a claim without dates. Raises UserProblem for a stay that the plan splits between two
    periods, since only the insurer knows how.
    """
    admitted, discharged = claim.service_on, claim.discharged_on
    if admitted is None or discharged is None or terms.period_rule is PeriodRule.ADMISSION:
        return admitted
    if terms.period_rule is PeriodRule.DISCHARGE:
        return discharged
    if accumulator_period(terms, admitted) != accumulator_period(terms, discharged):
        raise UserProblem(
            f"The stay of claim {claim.key} runs over the start of a new period, and "
            f"{terms.name} splits such stays.",
            "Enter it as two claims, one for each period, as the EOB does.",
            field="discharged_on",
        )
    return admitted


def carries_over(period: Period, day: date) -> bool:
    """Whether a day lies in the last three months of a period: Oct 1 in, Sep 30 out."""
    return add_months(period.end, -CARRY_MONTHS) <= day < period.end
