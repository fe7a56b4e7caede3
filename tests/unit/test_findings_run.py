"""All detectors together: in order, never raising, and after any edit the same as from scratch."""

from __future__ import annotations

import gc
import time
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.findings_kit import ELEANORS_LABS, LINKED, bill, deductible_met, eob, papers
from tests.unit.findings_random import Making, with_years
from tracker.domain.claims.findings.carried import carried
from tracker.domain.claims.findings.finding import Severity
from tracker.domain.claims.findings.registry import BY_ID, DETECTORS
from tracker.domain.claims.findings.run import FindingRun, find_all
from tracker.domain.claims.papers import Papers
from tracker.facts import Authorization, Authorized, Case, CaseKind, Claim, ClaimLink

seeds = st.integers(0, 2**32)


def test_the_twenty_five_detectors_are_there_in_order() -> None:
    assert [one.id for one in DETECTORS] == [f"D{number}" for number in range(1, 26)]
    assert all(one.name and one.first and isinstance(one.severity, Severity) for one in DETECTORS)
    assert len({one.name for one in DETECTORS}) == 25
    assert BY_ID["D20"].severity is Severity.HIGH


def test_an_empty_ledger_and_a_clean_one_have_no_findings() -> None:
    assert find_all(Papers(today=papers().today)) == ()
    clean = papers([deductible_met(), ELEANORS_LABS], bills=(bill(5, 43_75),), **LINKED)
    assert find_all(clean) == ()


def test_eleanors_bill() -> None:
    of = papers([deductible_met(), ELEANORS_LABS], bills=(bill(5, 460_00),), **LINKED)
    (finding,) = find_all(of)
    assert (finding.detector, finding.at_stake) == ("D1", 416_25)
    assert finding.what == "The bill asks $460.00; your EOB says $43.75."


@settings(max_examples=600, deadline=None)
@given(seeds)
def test_no_detector_raises_and_amounts_hold_together(seed: int) -> None:
    found = find_all(Making(seed).papers())
    assert len({one.key for one in found}) == len(found)
    for one in found:
        assert one.at_stake >= 0
        assert one.what
        assert one.evidence
        assert one.severity is BY_ID[one.detector].severity
        if one.stated is not None and one.expected is not None and one.at_stake:
            assert one.at_stake == one.stated - one.expected
    order = [(-one.severity, -one.at_stake) for one in found]
    assert order == sorted(order)


@settings(max_examples=300, deadline=None)
@given(seeds, st.integers(1, 6))
def test_after_edits_the_findings_are_those_of_a_full_run(seed: int, edits: int) -> None:
    making = Making(seed)
    of = making.papers()
    kept = FindingRun()
    assert kept.run(of) == find_all(of)
    for _ in range(edits):
        of = making.edited(of)
        assert kept.run(of) == find_all(of)


def test_a_case_that_is_opened_is_seen_by_the_eobs_and_bills_it_bears_on() -> None:
    refused = eob(1, category="IMAGING", not_covered=300_00, you_owe=300_00, reasons="PR-197")
    threat = bill(5, 300_00, statement={"threatens": True})
    of = papers([refused], bills=(threat,), **LINKED)
    run = FindingRun()
    assert run.run(of) == ()
    granted = Authorization(stands=Authorized.APPROVED, number="PA-77")
    opened = date(2026, 10, 1)
    permit = Case(
        id=1,
        kind=CaseKind.AUTHORIZATION,
        title="MRI",
        opened_on=opened,
        person_id=1,
        authorization=granted,
    )
    of = replace(of, cases=(permit,))
    assert [one.detector for one in run.run(of)] == ["D8"]
    dispute = Case(id=2, kind=CaseKind.DISPUTE, title="MRI", opened_on=opened, claim_id=1)
    of = replace(of, cases=(permit, dispute))
    assert [one.detector for one in run.run(of)] == ["D8", "D18"]
    assert run.run(replace(of, cases=())) == ()
    assert run.asked == 2


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_links_and_expectations_carry_over_exactly(seed: int) -> None:
    making = Making(seed)
    old = making.papers()
    new = making.edited(old)
    kept = carried(old, new)
    assert kept.matches == new.matches
    assert kept.expected == new.expected
    assert kept.claims == new.claims


def _many(count: int) -> Papers:
    """Papers of so many EOBs, over ten years, with bills for half of them."""
    making = Making(5)
    claims: list[Claim] = []
    plans = []
    for year in range(10):
        plan = replace(papers().plans[0], id=year + 1)
        begins = plan.begins_on.replace(year=2017 + year)
        plans.append(replace(plan, begins_on=begins, ends_on=begins.replace(month=12, day=31)))
    while len(claims) < count:
        number = len(claims)
        year = 2017 + number * 10 // count
        day = begins.replace(year=year, month=1 + number % 10, day=1 + number % 28)
        base = ELEANORS_LABS if number % 2 else eob(1, category="SPEC", copay=50_00, you_owe=50_00)
        claims.append(
            replace(
                base,
                id=number + 1,
                claim_number=f"N{number}",
                provider_id=1 + number % 6,
                person_id=1 + number % 2,
                plan_id=year - 2016,
                service_from=day,
                processed_on=day,
            )
        )
    bills = tuple(
        bill(one.id or 0, 43_75, service_from=one.service_from, person_id=one.person_id)
        for one in claims[::2]
    )
    links = tuple(ClaimLink(claim_id=one.id or 0, bill_id=one.id) for one in bills[:200])
    visits = tuple(
        replace(making.visit(), id=number + 1, visited_on=claims[number].service_from, until=None)
        for number in range(0, count, 4)
    )
    return with_years(papers(claims, plans=plans, bills=bills, visits=visits, links=links))


def test_five_thousand_eobs_take_less_than_two_seconds_and_an_edit_a_fraction() -> None:
    of = _many(5_000)
    run = FindingRun()
    gc.collect()
    began = time.process_time()
    first = run.run(of)
    full = time.process_time() - began
    assert first
    last = of.claims[-1]
    edited = with_years(
        replace(of, claims=(*of.claims[:-1], replace(last, you_owe=(last.you_owe or 0) + 5_00)))
    )
    gc.collect()
    began = time.process_time()
    again = run.run(edited)
    edit = time.process_time() - began
    assert again == find_all(edited)
    assert run.asked < 50
    assert full < 4, full  # 2 s on a quiet machine
    assert edit < full / 4, (edit, full)
