"""Facts about prescriptions: the drug, its fills, and what it costs where and how paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.money import Cents


class PaidThrough(StrEnum):
    """How a fill is paid: through the plan, in cash, or in cash with a coupon or discount card."""

    INSURANCE = "insurance"
    CASH = "cash"
    COUPON = "coupon"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugPrice:
    """A price somebody named for a number of days of a drug.

    Through insurance it is the price the plan allows, of which the plan's terms say the member's
    part; otherwise it is what the member pays.
    """

    through: PaidThrough
    days: int
    price: Cents
    pharmacy_id: int | None = None
    named_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugFill:
    """One fill: how many days it lasts and what the member paid.

    `payment_id` is the payment behind it and `claim_id` the plan's decision, where they are in the ledger.
    """

    filled_on: date
    days: int
    paid: Cents
    through: PaidThrough = PaidThrough.INSURANCE
    payment_id: int | None = None
    claim_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    """A drug somebody takes. `category` is the plan's tier, such as generic or preferred brand.

    `days` is how long a usual fill lasts. With `refills_left` 0 a new prescription is needed.
    `stopped_on` is the first day it is no longer taken.
    """

    id: int | None = None
    person_id: int
    name: str
    strength: str = ""
    category: str = ""
    days: int = 30
    refills_left: int | None = None
    pharmacy_id: int | None = None
    prescriber_id: int | None = None
    stopped_on: date | None = None
    note: str = ""
    prices: tuple[DrugPrice, ...] = ()
    fills: tuple[DrugFill, ...] = ()
