"""Yearly amounts the member typed in, put into the table of limits.

An amount of the program's own table can be replaced too: a notice may correct it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from tracker.domain.coverage.limits import (
    Limits,
    MedicareYear,
    MileageRate,
    Pair,
    StandardDeductions,
    YearLimits,
)
from tracker.errors import UserProblem
from tracker.facts.taxes import OwnLimit

LIMIT_NAMES: Mapping[str, str] = {
    "hsa.self_only": "HSA limit, self-only coverage",
    "hsa.family": "HSA limit, family coverage",
    "hsa_catch_up": "HSA catch-up from age 55",
    "fsa_contribution": "Health FSA election",
    "fsa_carry_over": "Health FSA carry-over",
    "ebhra": "Excepted benefit HRA",
    "qsehra.self_only": "Small employer HRA, self-only",
    "qsehra.family": "Small employer HRA, family",
    "direct_primary_care_month.self_only": "Direct primary care fee a month, one person",
    "direct_primary_care_month.family": "Direct primary care fee a month, more than one person",
    "medical_deduction_floor": "Floor of the medical deduction, share of income",
    "medical_mileage": "Mile driven for care",
    "standard_deduction.single": "Standard deduction, single",
    "standard_deduction.joint": "Standard deduction, married filing jointly",
    "standard_deduction.head_of_household": "Standard deduction, head of household",
    "affordability": "Affordable share of income for coverage through work",
}
"""What can be typed in, in words. Shares are basis points, the mile tenths of a cent, the rest cents."""


def with_own(limits: Limits, own: Iterable[OwnLimit]) -> Limits:
    """The limits with the member's amounts. Raises UserProblem for a name that is not in the list."""
    years = dict(limits.years)
    for item in own:
        year = years.get(item.year) or YearLimits(year=item.year, medicare=MedicareYear(year=item.year))
        years[item.year] = _with(year, item)
    return Limits(years, limits.checked_on)


def _with(year: YearLimits, item: OwnLimit) -> YearLimits:
    if item.name not in LIMIT_NAMES:
        raise UserProblem(f"There is no yearly limit called {item.name}.", "Choose one of the list.")
    if item.name == "medical_mileage":
        return replace(year, medical_mileage=(MileageRate(date(item.year, 1, 1), item.amount),))
    name, _, part = item.name.partition(".")
    if not part:
        return replace(year, **{name: item.amount})  # type: ignore[arg-type]
    whole = getattr(year, name)
    assert isinstance(whole, Pair | StandardDeductions)
    return replace(year, **{name: replace(whole, **{part: item.amount})})  # type: ignore[arg-type]
