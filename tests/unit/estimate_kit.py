"""What the tests of the estimate share: plans as facts, and questions about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tracker.dates import Period
from tracker.domain.coverage.estimate import estimate
from tracker.domain.coverage.estimate_answer import Caution, Estimate
from tracker.domain.coverage.estimate_question import Known, Question
from tracker.domain.coverage.plan_year import PlanYear, plan_year
from tracker.domain.coverage.posting import Opening
from tracker.domain.coverage.terms import Bucket, PlanTerms
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Claim,
    CostSharingRule,
    Network,
    OpeningBalance,
    Person,
    Plan,
)
from tracker.imports.limits_file import yearly_limits

TODAY = date(2026, 11, 22)
DAY = date(2026, 12, 3)
ELEANOR, MARTIN, JUNE = 1, 2, 3
HARBOR = 7
PEOPLE = (
    Person(id=ELEANOR, name="Eleanor Whitfield", birth_date=date(1970, 3, 9)),
    Person(id=MARTIN, name="Martin Whitfield", birth_date=date(1968, 8, 2), position=1),
    Person(id=JUNE, name="June Whitfield", birth_date=date(2015, 5, 5), position=2),
)
DED, OOP = AccumulatorKind.DEDUCTIBLE, AccumulatorKind.OOP_MAX


def limit(kind: AccumulatorKind = DED, network: Network = Network.IN, **more: Any) -> Accumulator:
    values: dict[str, Any] = {"mode": AccumulatorMode.SELF, "individual": 2_000_00} | more
    return Accumulator(kind=kind, network=network, **values)


LIMITS = (
    limit(),
    limit(OOP, individual=6_000_00),
    limit(network=Network.OUT, individual=4_000_00),
    limit(OOP, Network.OUT, individual=12_000_00),
)


def rule(category: str, tier: str = "IN", **more: Any) -> CostSharingRule:
    values: dict[str, Any] = {"oop_max": f"OOP_{tier}"} | more
    return CostSharingRule(category=category, tier=tier, **values)


def open_rule(category: str, tier: str = "IN", **more: Any) -> CostSharingRule:
    """After the deductible, 20%."""
    values: dict[str, Any] = {"deductible": f"DED_{tier}", "coinsurance": 2000} | more
    return rule(category, tier, **values)


def plan(**more: Any) -> Plan:
    values: dict[str, Any] = {
        "id": 9,
        "name": "BlueRiver PPO",
        "begins_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "person_ids": (ELEANOR, MARTIN, JUNE),
        "accumulators": LIMITS,
    }
    return Plan(**(values | more))


def year(
    *rules: CostSharingRule,
    of: Plan | None = None,
    claims: Iterable[Claim] = (),
    used: Mapping[str, int] | None = None,
    on: date = DAY,
    **more: Any,
) -> PlanYear:
    """A plan year; `used` are opening balances of Eleanor's by the limit's name."""
    own = of or plan()
    openings = [
        OpeningBalance(plan_id=own.id or 0, person_id=ELEANOR, name=name, amount=cents, as_of=own.begins_on)
        for name, cents in (used or {}).items()
    ]
    return plan_year(own, list(claims), rules, on=on, openings=openings, **more)


def claim(number: int = 1, **more: Any) -> Claim:
    values: dict[str, Any] = {
        "id": number,
        "person_id": ELEANOR,
        "provider_id": HARBOR,
        "service_from": date(2026, 3, 2),
        "processed_on": date(2026, 3, 20),
        "plan_id": 9,
    }
    return Claim(**(values | more))


def known(*years: PlanYear, **more: Any) -> Known:
    values: dict[str, Any] = {
        "today": TODAY,
        "years": years,
        "plans": tuple(item.plan for item in years),
        "people": PEOPLE,
        "limits": yearly_limits(),
    }
    return Known(**(values | more))


def asked(category: str = "IMAGING", **more: Any) -> Question:
    values: dict[str, Any] = {"person_id": ELEANOR, "on": DAY}
    return Question(category=category, **(values | more))


def answer(*years: PlanYear, facts: Mapping[str, Any] | None = None, **question: Any) -> Estimate:
    """Ask about imaging, or what is given."""
    return estimate(asked(**question), known(*years, **(facts or {})))


def said(found: Estimate, about: Caution) -> str:
    """Everything that is said about something."""
    return " ".join(item.words for item in found.remarks if item.about is about)


def facts_of(terms: PlanTerms, openings: Iterable[Opening], ids: Mapping[str, int]) -> PlanYear:
    """The engine's own terms as a plan year, opened with balances."""
    own = Plan(
        id=1,
        name=terms.name,
        kind=terms.kind,
        begins_on=terms.begins_on or date(2026, 1, 1),
        ends_on=terms.ends_on or date(2026, 12, 31),
        person_ids=tuple(ids.values()),
        accumulators=tuple(_accumulator(bucket) for bucket in terms.buckets),
        assistance=terms.assistance,
        oon_pricing=terms.oon_pricing,
    )
    return PlanYear(
        plan=own,
        period=Period(date(2026, 1, 1), date(2027, 1, 1)),
        terms=terms,
        openings=tuple(
            OpeningBalance(
                plan_id=1,
                person_id=ids[item.person],
                name=item.name,
                counting=item.counted,
                amount=item.amount,
                as_of=date(2026, 1, 1),
            )
            for item in openings
        ),
    )


def _accumulator(bucket: Bucket) -> Accumulator:
    return Accumulator(
        kind=bucket.kind,
        network=Network.OUT if bucket.tier == "OUT" else Network.IN,
        mode=bucket.mode,
        individual=bucket.individual,
        family=bucket.family,
        name=bucket.name,
        cap=bucket.cap,
        credits=bucket.cross,
    )
