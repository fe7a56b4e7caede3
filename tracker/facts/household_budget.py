"""Facts for affordability and for the fund: income, what the household spends, what may happen.

Rulebook 7.4 and 7.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.money import BasisPoints, Cents


class TargetMethod(StrEnum):
    """How the target of a contingency fund is worked out (rulebook 7.4)."""

    EXPOSURE = "exposure"
    SCENARIOS = "scenarios"
    QUANTILE = "quantile"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdLine:
    """A monthly amount of the household. `cut` is what a discretionary line could do without."""

    label: str
    amount: Cents
    discretionary: bool = False
    cut: Cents = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdBudget:
    """One saved answer to "can we afford it". Amounts are monthly unless they say year.

    `income` is net of taxes and essential deductions, `gross_year` the household's income before
    them. `employer_premium` is what self-only coverage through work would cost a month. What is None is
    taken from the ledger: the membership, the out-of-pocket maximum, the expected year. `own_limit` is
    the share of income the member wants to stay within.
    """

    id: int | None = None
    name: str
    as_of: date
    income: Cents
    gross_year: Cents | None = None
    membership_year: Cents | None = None
    premium: Cents | None = None
    oop_max_year: Cents | None = None
    expected: Cents | None = None
    p80: Cents | None = None
    savings: Cents = 0
    employer_premium: Cents | None = None
    own_limit: BasisPoints | None = None
    note: str = ""
    lines: tuple[HouseholdLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FundScenario:
    """Something that may happen this year. `cost` None lets the plan's terms price it.

    The terms then price one visit of `category` with an allowed amount of `allowed`.
    """

    id: int | None = None
    label: str
    probability: BasisPoints
    cost: Cents | None = None
    category: str = ""
    allowed: Cents | None = None
    network: str = "in"


@dataclass(frozen=True, slots=True, kw_only=True)
class FundPlan:
    """How a fund is sized and filled. `months` is how soon the target is to be reached.

    For a contingency fund: the method, the probability for the exposure method, and listed costs no
    plan covers. For a sinking fund: the day the money is needed (`due_on`) and the budget line its
    deposits count for. `repay_months` is how long a draw takes to be put back.
    """

    account_id: int
    method: TargetMethod = TargetMethod.EXPOSURE
    probability: BasisPoints = 2_500
    not_covered: Cents = 0
    balance_bills: Cents = 0
    months: int = 12
    repay_months: int = 6
    due_on: date | None = None
    category_id: int | None = None
    recurring_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A date of the member's own for the list of dates. `yearly` comes back every year."""

    id: int | None = None
    label: str
    falls_on: date
    yearly: bool = False
    note: str = ""
