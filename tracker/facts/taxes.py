"""Facts for a tax year: income, rates, how the member files, drives for care, limits typed in.

Rulebook 5.1, 5.3, 5.6 and 5.7. They are asked for once a year and never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.money import BasisPoints, Cents


class FilingStatus(StrEnum):
    """How the member files, which decides the standard deduction."""

    SINGLE = "single"
    JOINT = "joint"
    HEAD_OF_HOUSEHOLD = "head_of_household"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxFacts:
    """What a tax year needs besides the ledger. `income` is the adjusted gross income.

    Rates are the member's own marginal rates. `family_share` is the owner's part of a family's HSA
    limit where both spouses have one. `dependent`: somebody else claims the owner. `disabled` lifts
    the 20 % on distributions that were not for care.
    """

    year: int
    income: Cents | None = None
    status: FilingStatus | None = None
    federal_rate: BasisPoints | None = None
    state_rate: BasisPoints = 0
    through_payroll: bool = False
    above_wage_base: bool = False
    other_itemized: Cents | None = None
    married_with_family: bool = False
    family_share: BasisPoints = 5_000
    dependent: bool = False
    disabled: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLimit:
    """A yearly amount the program does not know, as the member typed it from a notice or a plan.

    `name` is that of the field of the yearly limits (`hsa.self_only`, `fsa_contribution` ...);
    `amount` is in cents, or in basis points for a rate.
    """

    year: int
    name: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """One drive for care, there and back. `tenths` are tenths of a mile: 86 miles are 860.

    `parking` includes tolls, in cents.
    """

    id: int | None = None
    person_id: int | None = None
    driven_on: date
    tenths: int
    parking: Cents = 0
    purpose: str = ""
