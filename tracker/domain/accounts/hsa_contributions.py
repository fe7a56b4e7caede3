"""What went into an HSA for a year against its limit: room left, excess and its excise (rulebook 5.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.dates import day_text
from tracker.domain.accounts.hsa_limits import HsaLimit
from tracker.facts.accounts import MoneySource
from tracker.money import BasisPoints, Cents, dollars, percent_of

EXCISE: BasisPoints = 600
"""6 % a year on what lies above the limit, until it is taken out."""

_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6
_RELIEF = {2020: date(2021, 5, 17)}
"""Filing days that the IRS moved, by tax year (IRS Notice 2021-21)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HsaContribution:
    """Money put into an HSA for a tax year. Rollovers are no contributions and are left out."""

    paid_on: date
    amount: Cents
    tax_year: int
    source: MoneySource = MoneySource.OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A year's contributions against the limit."""

    limit: Cents
    own: Cents
    through_employer: Cents
    left: Cents
    excess: Cents
    deadline: date
    why: tuple[str, ...]


def contribution_deadline(tax_year: int) -> date:
    """The tax-filing day of the next year: April 15, or the next business day.

    Emancipation Day (April 16, kept on Friday or Monday when it falls on a weekend) moves it too.
    """
    if tax_year in _RELIEF:
        return _RELIEF[tax_year]
    year = tax_year + 1
    kept = date(year, 4, 16)
    kept += timedelta(days={_SATURDAY: -1, _SUNDAY: 1}.get(kept.weekday(), 0))
    day = date(year, 4, 15)
    while day.weekday() >= _SATURDAY or day == kept:
        day += timedelta(days=1)
    return day


def room(limit: HsaLimit, contributions: Iterable[HsaContribution]) -> Room:
    """What may still go in for the limit's year; contributions for other years are left out.

    Money from an employer, and through payroll, counts against the limit like one's own.
    """
    made = [item for item in contributions if item.tax_year == limit.year]
    own = sum(item.amount for item in made if item.source is MoneySource.OWN)
    employer = sum(item.amount for item in made if item.source is not MoneySource.OWN)
    left = max(0, limit.limit - own - employer)
    excess = max(0, own + employer - limit.limit)
    deadline = contribution_deadline(limit.year)
    why = [
        f"Limit of {limit.year}: {dollars(limit.limit)}.",
        f"Through an employer or payroll {dollars(employer)}, on your own {dollars(own)}.",
    ]
    if excess:
        why.append(
            f"That is {dollars(excess)} too much. Taken out with its earnings by the filing deadline "
            f"nothing is due on it; otherwise {dollars(excise(excess))} for each year it stays."
        )
    else:
        why.append(f"You may still put in {dollars(left)} until {day_text(deadline)}.")
    return Room(
        limit=limit.limit,
        own=own,
        through_employer=employer,
        left=left,
        excess=excess,
        deadline=deadline,
        why=tuple(why),
    )


def excise(excess: Cents, years: int = 1) -> Cents:
    """The 6 % excise for the years an excess stays; 0 years where it is removed in time (IRC 4973)."""
    return percent_of(excess, EXCISE) * years
