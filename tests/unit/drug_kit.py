"""Plan years and drugs for the tests of prescriptions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tracker.dates import Period
from tracker.domain.coverage.plan_year import PlanYear, plan_year
from tracker.domain.prescriptions.compare import Comparison, compare
from tracker.domain.prescriptions.offers import offers_of
from tracker.domain.prescriptions.year_cost import Event, YearPricer
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Claim,
    CopayScope,
    CostSharingRule,
    Network,
    Plan,
)
from tracker.facts.prescriptions import Drug, DrugFill, DrugPrice, PaidThrough

TODAY = date(2026, 11, 22)
REST = Period(TODAY, date(2027, 1, 1))
PHARMACY, CLUB = 5, 6
NAMES = {PHARMACY: "Corner Pharmacy", CLUB: "Warehouse Club"}


def rule(category: str, **more: Any) -> CostSharingRule:
    return CostSharingRule(category=category, **({"oop_max": "OOP_IN"} | more))


COPAY = rule("RX1", copay=15_00, copay_scope=CopayScope.FILL)
AFTER_DEDUCTIBLE = rule("RX2", deductible="DED_IN", coinsurance=1000)
IMAGING = rule("IMAGING", deductible="DED_IN", coinsurance=1000)


def year(*rules: CostSharingRule, used: int = 0, maximum: int = 5_000_00) -> PlanYear:
    """A plan of 2026 with a deductible of $2,500, of which `used` is used up."""

    def limit(kind: AccumulatorKind, own: int) -> Accumulator:
        return Accumulator(
            kind=kind, network=Network.IN, mode=AccumulatorMode.SELF, individual=own, family=None
        )

    plan = Plan(
        id=1,
        name="Blue HDHP",
        begins_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        person_ids=(1,),
        accumulators=(
            limit(AccumulatorKind.DEDUCTIBLE, 2_500_00),
            limit(AccumulatorKind.OOP_MAX, maximum),
        ),
    )
    day = date(2026, 3, 3)
    before = Claim(
        id=1, person_id=1, provider_id=2, plan_id=1, category="IMAGING", service_from=day, processed_on=day,
        allowed=used, deductible=used, plan_paid=0, you_owe=used,
    )  # fmt: skip
    return plan_year(plan, [before] if used else [], rules, on=TODAY)


def price(through: PaidThrough, cents: int, days: int = 30, **more: Any) -> DrugPrice:
    return DrugPrice(through=through, days=days, price=cents, **more)


def insured(cents: int, days: int = 30, **more: Any) -> DrugPrice:
    return price(PaidThrough.INSURANCE, cents, days, **more)


def cash(cents: int, days: int = 30, **more: Any) -> DrugPrice:
    return price(PaidThrough.CASH, cents, days, **({"pharmacy_id": PHARMACY} | more))


def drug(*prices: DrugPrice, category: str = "RX1", **more: Any) -> Drug:
    """A drug last filled on November 1 for thirty days: the next fills are Dec 1 and Dec 31."""
    values: dict[str, Any] = {
        "id": 1,
        "person_id": 1,
        "name": "Lisinopril",
        "category": category,
        "prices": prices,
        "fills": (DrugFill(filled_on=date(2026, 11, 1), days=30, paid=15_00),),
    }
    return Drug(**(values | more))


def compared(
    taken: Drug, plan: PlanYear | None, others: Sequence[Event] = (), period: Period = REST
) -> Comparison:
    return compare(taken, offers_of(taken), YearPricer(plan), TODAY, period, others)
