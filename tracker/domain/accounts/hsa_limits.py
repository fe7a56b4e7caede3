"""How much may go into an HSA for a year, and why (rulebook 5.1).

M counts the eligible months by twelfths. F, the last-month rule, is the whole limit of December's
tier for those eligible on December 1. The larger of the two counts; it is a comparison, not a blend.
Limits are rounded down to the cent (rulebook 2.1, rule 5).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.dates import Period
from tracker.domain.accounts.hsa_eligibility import Tier
from tracker.domain.coverage.limits import Limits, known
from tracker.money import BasisPoints, Cents, dollars, percent_of

CATCH_UP_AGE = 55
TESTING_TAX: BasisPoints = 1_000
"""The additional tax on what the last-month rule allowed, where the testing period fails: 10 %."""


@dataclass(frozen=True, slots=True)
class YearAmounts:
    """The law's amounts of one year, all known."""

    year: int
    self_only: Cents
    family: Cents
    catch_up: Cents

    def of(self, tier: Tier | None) -> Cents:
        """A whole year's limit for a tier, without catch-up; 0 for no tier."""
        if tier is None:
            return 0
        return self.family if tier is Tier.FAMILY else self.self_only


@dataclass(frozen=True, slots=True, kw_only=True)
class HsaLimit:
    """The limit of one person's year. `by_last_month` is None without eligibility on December 1.

    `catch_up` is what of the limit is catch-up, for the owner's own HSA only. `before_split` is the
    limit without catch-up before spouses share it, None where nothing is shared.
    """

    year: int
    months: tuple[Tier | None, ...]
    by_months: Cents
    by_last_month: Cents | None
    catch_up: Cents
    before_split: Cents | None = None
    why: tuple[str, ...]

    @property
    def limit(self) -> Cents:
        return max(self.by_months, self.by_last_month or 0)

    @property
    def uses_last_month(self) -> bool:
        """Whether the limit stands on the last-month rule, and so on its testing period."""
        return self.limit > self.by_months


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedTesting:
    """What failing the testing period costs, in the year in which it fails."""

    year: int
    income: Cents
    tax: Cents
    why: tuple[str, ...]


def amounts_of(limits: Limits, year: int) -> YearAmounts:
    """A year's HSA amounts. Raises UserProblem for a year whose amounts are not known."""
    found = limits.of(year)
    return YearAmounts(
        year,
        known(found.hsa.self_only, "HSA limit for one person", year),
        known(found.hsa.family, "HSA limit for a family", year),
        known(found.hsa_catch_up, "HSA catch-up amount", year),
    )


def has_catch_up(birth_date: date | None, year: int) -> bool:
    """Whether somebody is 55 or older on the last day of a year; not known counts as no."""
    return birth_date is not None and year - birth_date.year >= CATCH_UP_AGE


def hsa_limit(
    limits: Limits, year: int, months: Sequence[Tier | None], *, birth_date: date | None = None
) -> HsaLimit:
    """The limit of somebody who shares it with nobody. `months` are January to December.

    Raises UserProblem for a year whose amounts are not known.
    """
    if len(months) != 12:
        raise ValueError("a year has twelve months")
    amounts = amounts_of(limits, year)
    catch_up = amounts.catch_up if has_catch_up(birth_date, year) else 0
    eligible = [tier for tier in months if tier is not None]
    by_months = sum(amounts.of(tier) + catch_up for tier in eligible) // 12
    last = None if months[11] is None else amounts.of(months[11]) + catch_up
    why = [months_sentence(amounts, months, catch_up, by_months)]
    caught = catch_up * len(eligible) // 12
    if last is not None:
        why.append(last_month_sentence(year, last, by_months))
        caught = catch_up if last > by_months else caught
    return HsaLimit(
        year=year,
        months=tuple(months),
        by_months=by_months,
        by_last_month=last,
        catch_up=caught,
        why=tuple(why),
    )


def months_sentence(
    amounts: YearAmounts, months: Sequence[Tier | None], catch_up: Cents, total: Cents
) -> str:
    """How the eligible months make the limit."""
    counted = Counter(tier for tier in months if tier is not None)
    if not counted:
        return f"No month of {amounts.year} is eligible."
    names = {Tier.SELF: "self-only", Tier.FAMILY: "family"}
    parts = []
    for tier in Tier:
        if count := counted[tier]:
            unit = "month" if count == 1 else "months"
            parts.append(f"{count} {unit} {names[tier]} of {dollars(amounts.of(tier), whole=True)} a year")
    extra = f", each with catch-up of {dollars(catch_up, whole=True)} a year" if catch_up else ""
    return f"By months: {' and '.join(parts)}{extra}, counted by twelfths: {dollars(total)}."


def last_month_sentence(year: int, last: Cents, by_months: Cents) -> str:
    """What the last-month rule allows, and on which promise."""
    if last <= by_months:
        return f"The last-month rule would give {dollars(last)}, which is not more."
    return (
        f"You are eligible on December 1, so the last-month rule allows {dollars(last)}, if you stay "
        f"eligible through December 31, {year + 1}."
    )


def stay_eligible(year: int) -> Period:
    """From December 1 of the year through December 31 of the next."""
    return Period(date(year, 12, 1), date(year + 2, 1, 1))


def failed_testing(
    limit: HsaLimit, contributed: Cents, *, failed_on: date, excused: bool = False
) -> FailedTesting | None:
    """What failing on a day costs: income of what lies above M, and 10 % of it.

    None where nothing is due: the limit did not need the rule, the day lies outside the testing
    period, or death or disability excuse it. What lies above the limit itself is an excess
    contribution and not counted here.
    """
    if excused or not limit.uses_last_month or failed_on not in stay_eligible(limit.year):
        return None
    income = max(0, min(contributed, limit.limit) - limit.by_months)
    if not income:
        return None
    tax = percent_of(income, TESTING_TAX)
    return FailedTesting(
        year=failed_on.year,
        income=income,
        tax=tax,
        why=(
            f"{dollars(limit.by_months + income)} went in for {limit.year}, of which your months allow "
            f"{dollars(limit.by_months)}.",
            f"Your income of {failed_on.year} rises by {dollars(income)}, and 10% of it, {dollars(tax)}, "
            "is due as additional tax.",
        ),
    )


def first_failure(limit: HsaLimit, next_year: Sequence[Tier | None]) -> date | None:
    """The first day of the first month of the next year that fails the testing period."""
    if not limit.uses_last_month:
        return None
    return next(
        (date(limit.year + 1, number, 1) for number, tier in enumerate(next_year, 1) if tier is None), None
    )
