"""Opening balances in the reports: they count like EOBs, and have none behind them."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.coverage.accumulators import standing
from tracker.domain.coverage.explain import explain
from tracker.facts import AccumulatorKind, Network, OpeningBalance, Plan
from tracker.services.bundle import Services


@pytest.fixture
def opened(sample: Services) -> Services:
    """The sample year, of whose deductible Eleanor had used $300.00 before the first EOB."""
    plan = plan_of(sample)
    sample.coverage.save_opening(
        OpeningBalance(
            plan_id=plan.id or 0,
            person_id=plan.person_ids[0],
            name="DED_IN",
            amount=300_00,
            as_of=date(2026, 1, 5),
        )
    )
    return sample


def plan_of(services: Services) -> Plan:
    return next(plan for plan in services.plans.all() if plan.begins_on.year == 2026)


def test_the_review_begins_with_the_opening_balance(opened: Services) -> None:
    (plan,) = opened.reports.review(2026).plans
    found = dict(plan.progress)
    for whose, used in (("Eleanor Whitfield", 1_720_00), ("Family", 1_960_00)):
        progress = found[f"{whose}, in network"]
        first = progress.steps[0]
        assert (first.claim, first.day, first.added) == (None, date(2026, 1, 1), 300_00)
        assert first.words == "Opening balance of Jan 5, 2026"
        assert progress.used == progress.steps[-1].total == used
    assert found["Martin Whitfield, in network"].steps[0].claim is not None
    out_of_pocket = dict(plan.out_of_pocket)["Eleanor Whitfield, in network"]
    assert all(step.claim for step in out_of_pocket.steps)  # it was of the deductible alone


def test_the_overview_and_the_explanation_count_it(opened: Services) -> None:
    now = opened.reports.coverage(date(2026, 11, 22))
    assert now is not None
    assert now.deductible is not None
    assert now.deductible.used == 1_720_00
    plan = plan_of(opened)
    year = opened.coverage.year(plan)
    limit = plan.limit(AccumulatorKind.DEDUCTIBLE, Network.IN)
    assert limit
    rows = explain(year, limit, plan.person_ids[0])
    assert (rows[0].claim, rows[0].amount) == (None, 300_00)
    assert rows[-1].total == standing(year, limit, plan.person_ids[0]).used == 1_720_00


def test_a_year_of_opening_balances_alone_has_a_whole_review(sample: Services) -> None:
    review = sample.reports.review(2025)
    (plan,) = review.plans
    used = {name: progress.used for name, progress in plan.progress}
    assert used == {
        "Eleanor Whitfield, in network": 1_104_30,
        "Martin Whitfield, in network": 326_50,
        "Family, in network": 1_430_80,
    }
    assert review.claims == ()
