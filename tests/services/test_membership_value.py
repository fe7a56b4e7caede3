"""What a membership year was worth, its avoided care priced by the plan of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from tests.ui import coverage_kit
from tracker.errors import UserProblem
from tracker.facts import (
    Account,
    AccountKind,
    CostSharingRule,
    Frequency,
    Membership,
    MembershipModel,
    MembershipTerms,
    Recurring,
    Visit,
)
from tracker.facts.membership import (
    ContactKind,
    Included,
    MembershipService,
    PracticeContact,
)
from tracker.facts.taxes import TaxFacts
from tracker.services.bundle import Services
from tracker.services.membership_value import value_facts, value_from

DAY = date(2026, 3, 2)


@pytest.fixture
def harbor(services: Services) -> Membership:
    """A DPC practice for $90.00 a month beside a plan with a $30.00 and a $75.00 copay."""
    (person,) = coverage_kit.people(services, "Eleanor")
    plan = coverage_kit.plan(services, [person])
    rules = [
        CostSharingRule(category="PCP", copay=30_00),
        CostSharingRule(category="URGENT", copay=75_00),
        CostSharingRule(category="PREVENT"),
    ]
    services.plans.save_rules(plan, rules)
    fee = Recurring(label="Fee", amount=90_00, frequency=Frequency.MONTHLY, first_due=date(2026, 1, 1))
    held = Membership(
        practice_id=0,
        begins_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        model=MembershipModel.DPC,
        person_ids=(person,),
        fees=(fee,),
        terms=MembershipTerms(promised_hours=24, promised_minutes=30),
    )
    services.agreements.save_membership(held, practice="Harbor")
    return services.agreements.memberships()[0]


def seen(to: Services, held: Membership, on: date = DAY, **more: object) -> None:
    contact = PracticeContact(membership_id=held.id or 0, seen_on=on, **more)  # type: ignore[arg-type]
    to.membership_use.save_contact(contact)


def test_cost_per_visit_hour_and_contact(services: Services, harbor: Membership) -> None:
    for month in range(1, 10):
        seen(services, harbor, date(2026, month, 2), minutes=45)
    seen(services, harbor, kind=ContactKind.MESSAGE)
    found = value_from(value_facts(services, harbor.id or 0))
    assert (found.fee, found.visits, found.contacts, found.minutes) == (1_080_00, 9, 10, 405)
    assert (found.per_visit, found.per_hour, found.per_contact) == (120_00, 160_00, 108_00)
    assert found.length.rate == 10_000


def test_avoided_care_costs_what_the_plan_would_leave_to_pay(
    services: Services, harbor: Membership
) -> None:
    seen(services, harbor, minutes=20)
    seen(services, harbor, date(2026, 4, 2), instead_of="URGENT")
    seen(services, harbor, date(2026, 5, 2), instead_of="URGENT")
    seen(services, harbor, date(2026, 5, 3), kind=ContactKind.CALL)
    facts = value_facts(services, harbor.id or 0)
    assert [(item.label, item.count, item.each) for item in facts.avoided] == [
        ("Primary care visit", 1, 30_00),
        ("Urgent care", 2, 75_00),
    ]
    assert value_from(value_facts(services, harbor.id or 0)).received == 180_00


def test_a_list_price_goes_before_the_plan_and_an_excluded_service_counts_nothing(
    services: Services, harbor: Membership
) -> None:
    rows = [
        MembershipService(code="a", name="Physical", state=Included.INCLUDED, list_price=450_00),
        MembershipService(code="b", name="Visit", state=Included.INCLUDED, category="PCP"),
        MembershipService(code="c", name="Labs", state=Included.EXCLUDED, list_price=90_00),
        MembershipService(code="d", name="Flu shot", state=Included.INCLUDED, category="PREVENT"),
    ]
    services.membership_use.save_matrix(harbor.id or 0, rows)
    seen(services, harbor, services=("a", "c"))
    seen(services, harbor, date(2026, 4, 2), services=("b",))
    seen(services, harbor, date(2026, 4, 3), services=("d",))  # free by the plan as well
    found = value_facts(services, harbor.id or 0).avoided
    assert [(item.label, item.each) for item in found] == [("Physical", 450_00), ("Visit", 30_00)]


def test_a_visit_of_the_care_log_counts_once(services: Services, harbor: Membership) -> None:
    person = harbor.person_ids[0]
    visit = Visit(
        person_id=person, provider_id=0, visited_on=DAY, minutes=40, category="PCP", expects_claim=False
    )
    visit_id = services.care.save_visit(visit, provider="Harbor").new_id
    assert value_from(value_facts(services, harbor.id or 0)).minutes == 40
    assert value_from(value_facts(services, harbor.id or 0)).received == 30_00
    seen(services, harbor, visit_id=visit_id, asked_on=DAY, asked_at=time(9), seen_at=time(11))
    found = value_from(value_facts(services, harbor.id or 0))
    assert (found.visits, found.minutes, found.received) == (1, 40, 30_00)
    assert (found.access.kept, found.access.made) == (1, 1)


def test_a_practice_that_bills_the_plan_saves_no_copay(services: Services, harbor: Membership) -> None:
    seen(services, harbor)
    billing = replace(harbor, terms=replace(harbor.terms, bills_insurance=True))
    services.agreements.save_membership(billing, practice="Harbor")
    assert value_facts(services, harbor.id or 0).avoided == ()


def test_without_a_plan_the_price_is_not_known(services: Services) -> None:
    (person,) = coverage_kit.people(services, "Eleanor")
    held = Membership(practice_id=0, begins_on=date(2026, 1, 1), person_ids=(person,))
    services.agreements.save_membership(held, practice="Harbor")
    (kept,) = services.agreements.memberships()
    seen(services, kept)
    facts = value_facts(services, kept.id or 0)
    assert facts.avoided == ()
    assert facts.unpriced == ("Primary care visit",)


def test_untaxed_money_saves_tax_on_its_part_of_the_fee(services: Services, harbor: Membership) -> None:
    hsa = services.accounts.save(
        Account(name="HSA", kind=AccountKind.HSA, opened_on=date(2020, 1, 1), opening=1_000_00)
    ).new_id
    due = services.recurring.dues(until=date(2026, 1, 1))[0]
    services.recurring.record(due, paid_on=date(2026, 1, 1), account_id=hsa)
    assert value_facts(services, harbor.id or 0).tax_saved == 0  # no rate is entered
    services.taxes.save_facts(TaxFacts(year=2026, federal_rate=2_200, state_rate=500))
    facts = value_facts(services, harbor.id or 0)
    assert facts.tax_saved == 24_30
    assert value_from(value_facts(services, harbor.id or 0)).net == 1_080_00 - 24_30


def test_a_membership_that_was_removed_is_said(services: Services) -> None:
    with pytest.raises(UserProblem, match="not there any more"):
        value_facts(services, 99)
