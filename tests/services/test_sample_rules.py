"""The sample's plans and EOBs agree: what the rules ask is what the EOBs say, but where a note says why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import open_ledger
from tracker.dates import Period
from tracker.domain.coverage.adjudicate import Adjudicator
from tracker.domain.coverage.claim_lines import ClaimInput, ClaimLine
from tracker.domain.coverage.plan_year import in_force, order_key
from tracker.domain.coverage.results import Totals
from tracker.domain.coverage.validate_terms import terms_warnings
from tracker.facts import Accumulator, AccumulatorKind, Claim, Network, Plan, Stands
from tracker.imports.limits_file import yearly_limits
from tracker.money import Cents
from tracker.services import sample_tables
from tracker.services.bundle import Services, services_over
from tracker.services.sample import write_sample

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
SERVICES = {row["number"]: sample_tables.services_of(row) for row in sample_tables.rows("eobs.csv")}
PARTS = ("allowed", "plan_paid", "deductible", "copay", "coinsurance", "not_covered")

TWO_SERVICES = {
    "BR0119E1": "a visit and a removal",
    "BR0310E1": "four tests under three rules",
    "BR0330E1": "a visit and a stress test",
    "BR0922E1": "a visit and a brace",
    "BR1006M1": "a visit and an X-ray",
    "BR1104E1": "a visit and a biopsy",
}
"""EOBs with more than one service: no one rule gives their sums."""


@pytest.fixture
def whole_year(tmp_path: Path) -> Iterator[Services]:
    """The sample year with all of its EOBs."""
    path = tmp_path / "whole.ledger"
    write_sample(path, year=2026, today=date(2026, 12, 31))
    ledger = open_ledger(path, today=date(2026, 12, 31), read_only=True)
    yield services_over(ledger)
    ledger.close()


def plan_of(services: Services, year: int = 2026) -> Plan:
    return next(plan for plan in services.plans.all() if plan.begins_on.year == year)


def replayed(services: Services, *, apart: bool) -> dict[str, tuple[Claim, Totals]]:
    """Every EOB beside what the plan's terms make of it, in processed order.

    An EOB is one line of its service; with `apart`, a line for each service that the table names.
    """
    engine = Adjudicator(services.plans.terms(plan_of(services)))
    state = engine.new_state()
    found = {}
    held = [claim for claim in in_force(services.claims.claims(YEAR)) if claim.claim_number in SERVICES]
    for claim in sorted(held, key=order_key):
        parts = SERVICES[claim.claim_number] if apart else [(claim.category, claim.allowed or 0)]
        result = engine.adjudicate(_as_input(claim, parts), state)
        found[claim.claim_number] = (claim, result.totals)
    return found


def _as_input(claim: Claim, parts: Sequence[tuple[str, Cents]]) -> ClaimInput:
    """What is billed beyond the allowed amounts stands on the last line."""
    excess = (claim.billed or 0) - (claim.allowed or 0)
    tier = "IN" if claim.network is Network.IN else "OUT"
    lines = [
        ClaimLine(category=code, billed=allowed, allowed=allowed, tier=tier) for code, allowed in parts
    ]
    lines[-1] = replace(lines[-1], billed=lines[-1].billed + excess)
    return ClaimInput(key=claim.claim_number, lines=tuple(lines), person=str(claim.person_id))


def _differs(claim: Claim, totals: Totals) -> list[str]:
    found = [part for part in PARTS if getattr(claim, part) != getattr(totals, part)]
    return found + (["you_owe"] if claim.you_owe != totals.owes else [])


def test_eobs_of_one_service_are_what_its_rule_asks(whole_year: Services) -> None:
    found = replayed(whole_year, apart=False)
    assert len(found) == len(SERVICES) == 24
    differing = {number for number, pair in found.items() if _differs(*pair)}
    assert differing == set(TWO_SERVICES)
    assert {number for number, parts in SERVICES.items() if len(parts) > 1} == set(TWO_SERVICES)


def test_service_by_service_only_the_eob_that_does_not_add_up_differs(whole_year: Services) -> None:
    found = replayed(whole_year, apart=True)
    differing = {number: _differs(*pair) for number, pair in found.items() if _differs(*pair)}
    assert differing == {"BR1006M1": ["you_owe"]}
    claim, totals = found["BR1006M1"]
    assert (claim.you_owe, totals.owes) == (85_00, 70_00)
    assert "its parts add to $70.00" in claim.note
    for number in TWO_SERVICES:
        claim, _totals = found[number]
        assert sum(allowed for _code, allowed in SERVICES[number]) == claim.allowed
        assert "services" in claim.note or "tests" in claim.note, number


def test_eleanors_lab_work_is_that_of_the_rulebook_line_by_line(sample: Services) -> None:
    engine = Adjudicator(sample.plans.terms(plan_of(sample)))
    claim = next(found for found in sample.claims.claims(YEAR) if found.claim_number == "BR0310E1")
    lines = engine.adjudicate(_as_input(claim, SERVICES["BR0310E1"]), engine.new_state()).lines
    assert [line.owes - line.balance_bill for line in lines] == [4_83, 2_94, 15_00, 20_98]
    assert [line.plan_paid for line in lines] == [19_30, 11_78, 15_25, 31_47]


def test_the_plans_are_whole_and_nothing_about_them_looks_wrong(sample: Services) -> None:
    codes = list(sample.coverage.categories().values())
    for year, limits in ((2026, 2_000_00), (2025, 1_500_00)):
        plan = plan_of(sample, year)
        rules = sample.plans.rules(plan.id or 0)
        assert {rule.tier for rule in rules} == {"IN", "OUT"}
        inside = {rule.category for rule in rules if rule.tier == "IN"}
        assert inside == {rule.category for rule in rules if rule.tier == "OUT"}
        assert len(inside) >= 30
        never = {item.code for item in codes if item.never_covered}
        assert inside == {item.code for item in codes} - never - {"RXSP"}
        limit = plan.limit(AccumulatorKind.DEDUCTIBLE, Network.IN)
        assert limit
        assert limit.individual == limits
        terms = sample.plans.terms(plan)
        assert terms_warnings(terms, yearly_limits(), categories=codes) == []
    assert plan_of(sample).continues_id == plan_of(sample, 2025).id


def test_it_asks_what_its_note_says(sample: Services) -> None:
    plan = plan_of(sample)
    rules = {(rule.category, rule.tier): rule for rule in sample.plans.rules(plan.id or 0)}
    copays = {"PCP": 25, "SPEC": 50, "URGENT": 60, "ER": 150, "LAB_THY": 15, "RX1": 10, "RX2": 45}
    assert {code: rules[code, "IN"].copay // 100 for code in copays} == copays
    assert (rules["LAB_ROUTINE", "IN"].coinsurance, rules["LAB_ROUTINE", "IN"].deductible) == (2_000, None)
    assert rules["LAB_VITD", "IN"].coinsurance == 4_000
    assert (rules["IMAGING", "IN"].deductible, rules["IMAGING", "IN"].prior_authorization) == (
        "DED_IN",
        "yes",
    )
    assert rules["PT", "IN"].visit_limit == 30
    assert not any(rules[code, "OUT"].covered for code in ("RX1", "RX2", "RX3", "RX4"))
    assert rules["PREVENT", "OUT"].coinsurance == 4_000


def test_network_checks_are_fresh_old_and_out_of_network(sample: Services) -> None:
    checks = sample.coverage.network_checks(plan_id=plan_of(sample).id)
    today = date(2026, 11, 22)
    assert {check.stands for check in checks} == set(Stands)
    assert any((today - check.checked_on).days > 90 for check in checks)
    assert any((today - check.checked_on).days <= 90 for check in checks)
    assert all(check.source for check in checks)


def test_one_stated_total_agrees_and_one_lacks_one_eob(sample: Services) -> None:
    plan = plan_of(sample)
    limit = plan.limit(AccumulatorKind.DEDUCTIBLE, Network.IN)
    assert limit
    ours = {person: _used(sample, plan, limit, person) for person in plan.person_ids}
    eleanor, martin = plan.person_ids
    latest = {item.person_id: item for item in reversed(sample.coverage.stated_totals(plan.id or 0))}
    assert latest[martin].amount == ours[martin] == 240_00
    missing = ours[eleanor] - latest[eleanor].amount
    (lacking,) = [
        item
        for item in sample.claims.claims(YEAR)
        if item.deductible == missing and item.person_id == eleanor
    ]
    assert lacking.claim_number == "BR1104E1"


def _used(services: Services, plan: Plan, limit: Accumulator, person_id: int) -> Cents:
    return sum(posting.amount for posting in services.coverage.year(plan).postings(limit.name, person_id))


def test_planned_care_lies_ahead_and_behind(sample: Services) -> None:
    planned = sample.coverage.planned()
    today = date(2026, 11, 22)
    mri = next(item for item in planned if item.category == "IMAGING")
    assert (mri.first_on, mri.allowed) == (date(2026, 12, 3), 1_200_00)
    assert any(item.first_on < today and item.times == 1 for item in planned)
    refill = next(item for item in planned if item.times == 12)
    assert (refill.every_months, refill.likelihood) == (1, "sure")
    assert any(item.every_months == 0 and item.times > 1 for item in planned)


def test_the_year_before_opens_with_what_the_old_spreadsheet_held(sample: Services) -> None:
    plan = plan_of(sample, 2025)
    openings = sample.coverage.openings(plan.id or 0)
    spent = sum(
        sample_tables.cents_or_none(row["deductible"]) or 0 for row in sample_tables.rows("year_before.csv")
    )
    assert sum(item.amount for item in openings if item.name == "DED_IN") == spent
    assert sample.coverage.year(plan).postings("DED_IN")
    assert plan_of(sample).continues_id == plan.id
    of_2026 = sample.coverage.year(plan_of(sample)).postings("DED_IN")
    assert all(posting.claim for posting in of_2026)


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 10, 1), date(2027, 6, 1)])
def test_nothing_is_known_before_its_day(today: date, tmp_path: Path) -> None:
    path = tmp_path / "sample.ledger"
    write_sample(path, year=2026, today=today)
    ledger = open_ledger(path, today=today, read_only=True)
    services = services_over(ledger)
    plan = plan_of(services)
    checks = services.coverage.network_checks(plan_id=plan.id)
    stated = services.coverage.stated_totals(plan.id or 0)
    assert all(check.checked_on <= today for check in checks)
    assert all(item.stated_on <= today for item in stated)
    assert (len(checks), len(stated)) == {1: (0, 0), 10: (6, 1), 6: (8, 3)}[today.month]
    assert services.coverage.openings(plan_of(services, 2025).id or 0)
    ledger.close()
