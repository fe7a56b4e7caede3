"""Changing a plan's dates, and the claims that belong to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Claim,
    Network,
    Person,
    Plan,
)
from tracker.services.bundle import Services


def test_a_claim_leaves_a_plan_whose_dates_no_longer_hold_it(services: Services) -> None:
    person = services.people.save_person(Person(name="Eleanor")).new_id or 0
    limit = Accumulator(
        kind=AccumulatorKind.DEDUCTIBLE,
        network=Network.IN,
        mode=AccumulatorMode.SELF,
        individual=2_000_00,
    )
    calendar = Plan(
        name="PPO",
        begins_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        person_ids=(person,),
        accumulators=(limit,),
    )
    first = services.plans.save(calendar).new_id
    claim = Claim(
        person_id=person, provider_id=0, service_from=date(2026, 3, 3), deductible=100_00, you_owe=100_00
    )
    claim_id = services.claims.save(claim, provider="Quest Labs").new_id or 0
    assert services.claims.get(claim_id).plan_id == first

    held = next(plan for plan in services.plans.all() if plan.id == first)
    services.plans.save(replace(held, begins_on=date(2026, 7, 1)))
    assert services.claims.get(claim_id).plan_id is None
    earlier = replace(calendar, ends_on=date(2026, 6, 30))
    services.plans.save(earlier)
    now = services.reports.coverage(date(2026, 3, 3))
    assert now is not None
    assert now.deductible is not None
    assert now.deductible.used == 100_00

    services.ledger.undo()
    services.ledger.undo()
    assert services.claims.get(claim_id).plan_id == first
