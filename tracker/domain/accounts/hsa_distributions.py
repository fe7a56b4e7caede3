"""Money taken out of an HSA: when it is free of tax, and what it costs otherwise (rulebook 5.1, 5.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.dates import add_months
from tracker.facts import percent
from tracker.money import BasisPoints, Cents, dollars, percent_of

ADDITIONAL_TAX: BasisPoints = 2_000
"""20 % on what was not for care, unless the owner is 65, disabled or has died."""

FREE_AGE = 65


@dataclass(frozen=True, slots=True, kw_only=True)
class HsaDistribution:
    """Money taken out on a day, and the part of it tied to medical expenses."""

    paid_on: date
    amount: Cents
    qualified: Cents = 0
    excepted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionTax:
    """What distributions cost in tax at the member's own rate; no income tax is said without a rate."""

    taxable: Cents
    income_tax: Cents | None
    additional_tax: Cents
    why: tuple[str, ...]

    @property
    def total(self) -> Cents:
        """What is known of it: without a rate the additional tax alone."""
        return (self.income_tax or 0) + self.additional_tax


def is_excepted(paid_on: date, birth_date: date | None, *, disabled: bool = False) -> bool:
    """Whether the 20 % falls away: from the 65th birthday, or for disability."""
    if disabled:
        return True
    return birth_date is not None and paid_on >= add_months(birth_date, FREE_AGE * 12)


def distribution_tax(distributions: Iterable[HsaDistribution], rate: BasisPoints | None) -> DistributionTax:
    """Tax on what was not for medical expenses at the member's own rate, None where it is not known."""
    taken = list(distributions)
    taxable = sum(item.amount - item.qualified for item in taken)
    with_extra = sum(item.amount - item.qualified for item in taken if not item.excepted)
    income = percent_of(taxable, rate) if rate is not None else None
    extra = percent_of(with_extra, ADDITIONAL_TAX)
    if not taxable:
        why = ["Everything taken out paid for care, so nothing is taxed."]
    else:
        at = (
            f"Income tax at {percent(rate)}: {dollars(income)}."
            if rate is not None and income is not None
            else "The income tax is not known without your tax rate."
        )
        why = [
            f"{dollars(taxable)} was not for care and counts as income.",
            f"{at} Additional tax of 20%: {dollars(extra)}.",
        ]
        if with_extra < taxable:
            why.append("From age 65, or when disabled, the 20% falls away.")
    return DistributionTax(taxable=taxable, income_tax=income, additional_tax=extra, why=tuple(why))
