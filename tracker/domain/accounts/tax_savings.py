"""What paying with untaxed money saves (rulebook 5.7)."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.facts import percent
from tracker.facts.taxes import TaxFacts
from tracker.money import BasisPoints, Cents, dollars, percent_of

FICA: BasisPoints = 765
MEDICARE_ONLY: BasisPoints = 145
"""What payroll tax is left above the Social Security wage base."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRates:
    """The member's own marginal rates.

    `through_payroll`: the money is set aside from pay before tax, which saves payroll tax as well.
    One's own deposits to an HSA do not.
    """

    federal: BasisPoints
    state: BasisPoints = 0
    through_payroll: bool = False
    above_wage_base: bool = False

    @property
    def payroll(self) -> BasisPoints:
        if not self.through_payroll:
            return 0
        return MEDICARE_ONLY if self.above_wage_base else FICA

    @property
    def total(self) -> BasisPoints:
        return self.federal + self.state + self.payroll


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What untaxed money saves on an amount, and what the amount costs after it."""

    amount: Cents
    saved: Cents
    why: str

    @property
    def net_cost(self) -> Cents:
        return self.amount - self.saved


def rates_of(facts: TaxFacts, *, through_payroll: bool | None = None) -> TaxRates | None:
    """The member's own rates; None where the federal one is not entered.

    `through_payroll` where the kind of money decides it, whatever the member usually does.
    """
    if facts.federal_rate is None:
        return None
    return TaxRates(
        federal=facts.federal_rate,
        state=facts.state_rate,
        through_payroll=facts.through_payroll if through_payroll is None else through_payroll,
        above_wage_base=facts.above_wage_base,
    )


def tax_saved(amount: Cents, rates: TaxRates) -> Saving:
    """The tax not paid on an amount of zero or more."""
    saved = percent_of(amount, rates.total)
    named = ((rates.federal, "federal"), (rates.state, "state"), (rates.payroll, "payroll"))
    parts = " + ".join(f"{percent(rate)} {name}" for rate, name in named if rate)
    why = f"{parts or 'No tax rate is entered'}: {dollars(saved)} saved on {dollars(amount)}."
    return Saving(amount=amount, saved=saved, why=why)
