"""Findings over a real ledger: decisions kept, every dollar once, the same after each edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tracker.domain.claims.findings.finding import Finding, Severity
from tracker.domain.claims.findings.run import find_all
from tracker.domain.claims.findings.totals import Totals
from tracker.errors import UserProblem
from tracker.facts import (
    Bill,
    Claim,
    ClaimLink,
    FindingState,
    Membership,
    Payment,
    Person,
    Statement,
    Visit,
)
from tracker.services.bundle import Services
from tracker.services.findings import Decided


def _mri(services: Services) -> tuple[int, int]:
    """The EOB that leaves $215.00, and the bill that asks $300.00; their ids."""
    person = services.people.save_person(Person(name="Eleanor")).new_id or 0
    day = date(2026, 10, 14)
    eob = Claim(person_id=person, provider_id=0, service_from=day, billed=900_00, you_owe=215_00)
    claim_id = services.claims.save(eob, provider="Harbor Imaging").new_id or 0
    statement = Statement(stated_on=date(2026, 10, 30), amount=300_00, charges=900_00)
    asked = Bill(provider_id=0, person_id=person, service_from=day, statements=(statement,))
    return claim_id, services.care.save_bill(asked, provider="Harbor Imaging").new_id or 0


def _one(services: Services) -> Decided:
    (found,) = services.findings.all()
    return found


def test_the_mri_is_found_decided_and_recovered(services: Services) -> None:
    _, bill_id = _mri(services)
    found = _one(services)
    assert found.finding.what == "The bill asks $300.00; your EOB says $215.00."
    assert (found.state, found.is_open, found.finding.bill_id) == (FindingState.NEW, True, bill_id)
    assert services.findings.totals() == Totals(85_00, 0, 1)
    services.findings.decide(found.finding.key, FindingState.IN_DISPUTE)
    assert _one(services).state is FindingState.IN_DISPUTE
    services.findings.decide(found.finding.key, FindingState.RECOVERED, amount=85_00)
    assert services.findings.totals() == Totals(0, 85_00, 0)
    services.findings.decide(found.finding.key, FindingState.NEW)
    assert _one(services).note is None


def test_a_corrected_bill_ends_the_finding_and_keeps_what_came_back(services: Services) -> None:
    _, bill_id = _mri(services)
    services.findings.decide(_one(services).finding.key, FindingState.RECOVERED, amount=85_00)
    held = services.care.bill(bill_id)
    corrected = Statement(stated_on=date(2026, 11, 15), amount=215_00)
    services.care.save_bill(
        replace(held, statements=(*held.statements, corrected)), provider="Harbor Imaging"
    )
    assert services.findings.all() == ()
    assert services.findings.totals() == Totals(0, 85_00, 0)


def test_dismissing_needs_a_reason_and_recovering_an_amount(services: Services) -> None:
    _mri(services)
    key = _one(services).finding.key
    with pytest.raises(UserProblem, match="Say why"):
        services.findings.decide(key, FindingState.DISMISSED)
    with pytest.raises(UserProblem, match="how much came back"):
        services.findings.decide(key, FindingState.RECOVERED)
    with pytest.raises(UserProblem, match="cannot be"):
        services.findings.decide(key, FindingState.RECOVERED, amount=-1)
    services.findings.decide(key, FindingState.DISMISSED, reason="Two visits that day")
    assert not _one(services).is_open
    assert services.findings.totals() == Totals(0, 0, 0)


def test_every_edit_gives_what_a_full_run_gives(services: Services) -> None:
    claim_id, bill_id = _mri(services)
    person = services.claims.get(claim_id).person_id

    def same() -> None:
        papers = services.papers.read()
        assert services.findings.of(papers) == find_all(papers)

    same()
    services.papers.link(ClaimLink(claim_id=claim_id, bill_id=bill_id, linked=False))
    same()
    visit = Visit(person_id=person, provider_id=0, visited_on=date(2026, 10, 1))
    services.care.save_visit(visit, provider="Seaside Cardiology")
    same()
    services.claims.remove([claim_id])
    same()


def test_care_that_was_not_received_is_grave_once_confirmed(services: Services) -> None:
    claim_id, _ = _mri(services)
    person = services.claims.get(claim_id).person_id
    visit = Visit(person_id=person, provider_id=0, visited_on=date(2026, 10, 1), expects_claim=False)
    services.care.save_visit(visit, provider="Seaside Cardiology")
    found = {one.finding.detector: one.finding for one in services.findings.all()}
    assert found["D3"].severity is Severity.MEDIUM
    services.findings.decide(found["D3"].key, FindingState.ACCEPTED)
    assert services.findings.all()[0].finding.severity is Severity.HIGH


def test_membership_payments_without_a_due_are_read_with_their_refunds(sample: Services) -> None:
    papers = sample.papers.read()
    held: Membership = papers.memberships[0]
    before = len(papers.membership_payments)
    known = [one.key for one in find_all(papers) if one.detector == "D16"]

    def of_fees() -> list[Finding]:
        found = find_all(sample.papers.read())
        return [one for one in found if one.detector == "D16" and one.key not in known]

    fee = held.fees[0]
    again = Payment(
        paid_on=date(2026, 10, 16), amount=fee.amount, provider_id=held.practice_id,
        allocations=papers.membership_payments[-1].allocations,
    )  # fmt: skip
    number = sample.payments.save(again).new_id
    assert len(sample.papers.read().membership_payments) == before + 1
    (twice,) = of_fees()
    assert twice.at_stake == fee.amount
    back = Payment(paid_on=date(2026, 10, 20), amount=-fee.amount, repays_id=number)
    sample.payments.save(back)
    assert not of_fees()
