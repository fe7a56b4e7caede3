"""Leaving a membership over a real ledger: fees stop, the refund is owed until it is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tracker.changes import Area
from tracker.domain.membership.leaving import leaving_on
from tracker.errors import UserProblem
from tracker.facts import Frequency, Membership, MembershipTerms, Payment, Person, Recurring
from tracker.facts.membership import (
    ContactKind,
    Included,
    MembershipService,
    PracticeContact,
    RefundKind,
)
from tracker.reports.attention import Action, Attention
from tracker.services.bundle import Services
from tracker.services.membership_exit import leaving_facts, owed_to_me, record_leaving
from tracker.services.membership_sheet import membership_sheet, usual_day
from tracker.services.membership_years import choices, shown

BEGINS, ON = date(2026, 3, 1), date(2026, 9, 15)


def harbor(services: Services, **terms: object) -> Membership:
    """A yearly fee of $3,600.00, paid on its first day."""
    person = services.people.save_person(Person(name="Eleanor")).new_id or 0
    fee = Recurring(
        label="Membership fee, Harbor", amount=3_600_00, frequency=Frequency.ANNUAL, first_due=BEGINS
    )
    held = Membership(
        practice_id=0,
        begins_on=BEGINS,
        ends_on=date(2027, 2, 28),
        person_ids=(person,),
        fees=(fee,),
        terms=MembershipTerms(**({"refund_kind": RefundKind.DAILY} | terms)),  # type: ignore[arg-type]
    )
    services.agreements.save_membership(held, practice="Harbor")
    (due,) = services.recurring.dues(until=BEGINS)
    services.recurring.record(due, paid_on=BEGINS)
    (kept,) = services.agreements.memberships()
    return kept


def left(services: Services, stated: int | None = None) -> Membership:
    held = harbor(services)
    record_leaving(
        services, held.id or 0, notice_on=date(2026, 8, 16), cancelled_on=ON, refund_stated=stated
    )
    return services.agreements.memberships()[0]


def owed_item(services: Services) -> Attention | None:
    return next((item for item in services.attention.all() if item.key.startswith("owed:")), None)


def test_the_refund_of_a_day_from_the_payments(services: Services) -> None:
    held = harbor(services)
    found = leaving_on(leaving_facts(services, held.id or 0), ON)
    assert found.refund is not None
    assert found.refund.refund == 1_647_12


def test_services_used_come_from_contacts_and_the_matrix(services: Services) -> None:
    held = harbor(services, claw_back=True, cancellation_fee=100_00)
    which = held.id or 0
    service = MembershipService(
        code="physical", name="Physical", state=Included.INCLUDED, list_price=450_00
    )
    services.membership_use.save_matrix(which, [service])
    for day in (date(2026, 4, 1), date(2026, 5, 1), date(2026, 10, 1)):
        contact = PracticeContact(
            membership_id=which, kind=ContactKind.VISIT, seen_on=day, services=("physical",)
        )
        services.membership_use.save_contact(contact)
    found = leaving_on(leaving_facts(services, which), ON)
    assert found.refund is not None
    assert (found.services_used, found.refund.refund) == (900_00, 647_12)


def test_no_fee_is_due_after_leaving_and_undo_brings_them_back(services: Services) -> None:
    held = harbor(services)
    services.agreements.save_membership(
        replace(held, fees=(replace(held.fees[0], frequency=Frequency.MONTHLY, amount=300_00),)),
        practice="Harbor",
    )
    until = date(2026, 12, 31)
    assert len(services.recurring.dues(until=until)) == 9
    changes = record_leaving(services, held.id or 0, notice_on=None, cancelled_on=ON)
    assert changes.areas == Area.MEMBERSHIPS
    assert [due.due_on.month for due in services.recurring.dues(until=until)] == [4, 5, 6, 7, 8, 9]
    assert services.agreements.memberships()[0].fees[0].last_due is None  # as it was agreed
    services.ledger.undo()
    assert len(services.recurring.dues(until=until)) == 9


def test_what_was_left_is_over_and_ends_the_year(services: Services) -> None:
    held = left(services)
    found = shown(services, held.id or 0)
    assert found is not None
    assert (found.is_over, found.renewal, found.year.period.last_day) == (True, None, date(2026, 9, 14))
    assert usual_day(found, services.ledger.today()) == ON
    assert choices(services)[0].ended_on == date(2026, 9, 14)


def test_the_refund_is_money_owed_until_it_is_recorded(services: Services) -> None:
    held = left(services)
    item = owed_item(services)
    assert item is not None
    assert (item.what, item.amount) == ("Harbor owes you $1,647.12 back", 1_647_12)
    assert (item.action, item.day) == (Action.RECORD, ON)
    assert item.refund is not None
    back = Payment(
        paid_on=date(2026, 10, 1),
        amount=-1_000_00,
        provider_id=item.refund.provider_id,
        repays_id=item.refund.repays_id,
    )
    services.payments.save(back)
    item = owed_item(services)
    assert item is not None
    assert item.what == "Harbor owes you $647.12 back"
    assert "$1,000.00 has come back so far." in item.detail
    services.payments.save(replace(back, amount=-647_12))
    assert owed_item(services) is None
    owed = owed_to_me(services, held.id or 0)
    assert owed is not None
    assert (owed.received, owed.left) == (1_647_12, 0)


def test_a_refund_from_before_the_notice_is_no_part_of_it(services: Services) -> None:
    held = harbor(services)
    (paid,) = services.payments.ids().ids
    services.payments.save(Payment(paid_on=date(2026, 5, 1), amount=-600_00, repays_id=paid))
    record_leaving(services, held.id or 0, notice_on=date(2026, 8, 16), cancelled_on=ON)
    owed = owed_to_me(services, held.id or 0)
    assert owed is not None
    assert (owed.paid, owed.received, owed.room) == (3_000_00, 0, 3_000_00)


def test_the_practice_may_say_another_amount(services: Services) -> None:
    left(services, stated=1_500_00)
    item = owed_item(services)
    assert item is not None
    assert "The practice says it gives back $1,500.00, $147.12 less than the agreement." in item.detail


def test_it_is_not_owed_before_the_last_day(services: Services) -> None:
    held = harbor(services)
    record_leaving(services, held.id or 0, notice_on=date(2026, 11, 20), cancelled_on=date(2026, 12, 20))
    assert owed_item(services) is None
    owed = owed_to_me(services, held.id or 0)
    assert owed is not None
    assert owed.left == 700_27  # 71 of 365 days


@pytest.mark.parametrize(
    ("notice", "on", "stated", "field", "said"),
    [
        (None, date(2026, 2, 1), None, "cancelled_on", "left before it began"),
        (date(2026, 9, 20), ON, None, "cancelled_on", "ended before notice was given"),
        (None, ON, 3_600_01, "refund_stated", "larger than the fees you paid, \\$3,600.00"),
        (None, ON, -1, "refund_stated", "below zero"),
    ],
)
def test_bad_days_and_amounts_are_said(
    services: Services, notice: date | None, on: date, stated: int | None, field: str, said: str
) -> None:
    held = harbor(services)
    with pytest.raises(UserProblem, match=said) as caught:
        record_leaving(services, held.id or 0, notice_on=notice, cancelled_on=on, refund_stated=stated)
    assert caught.value.field == field
    assert services.agreements.memberships() == [held]


def test_an_agreement_that_ends_by_itself_is_not_left_later(services: Services) -> None:
    held = harbor(services)
    services.agreements.save_membership(replace(held, auto_renews=False), practice="Harbor")
    with pytest.raises(UserProblem, match="ends on Feb 28, 2027 by itself"):
        record_leaving(services, held.id or 0, notice_on=None, cancelled_on=date(2027, 4, 1))


def test_another_agreement_may_follow_one_that_was_left(services: Services) -> None:
    held = left(services)
    again = replace(held, id=None, begins_on=ON, fees=(), terms=MembershipTerms())
    services.agreements.save_membership(again, practice="Harbor")
    with pytest.raises(UserProblem, match="overlaps another membership"):
        services.agreements.save_membership(replace(again, begins_on=date(2026, 9, 1)), practice="Harbor")


def test_a_membership_that_was_removed_is_said(services: Services) -> None:
    with pytest.raises(UserProblem, match="not there any more"):
        leaving_facts(services, 99)
    assert owed_to_me(services, 99) is None


def test_the_sheet_of_the_sample_gathers_everything(sample: Services) -> None:
    running = next(item for item in sample.agreements.memberships() if item.auto_renews)
    sheet = membership_sheet(sample, running.id or 0)
    assert sheet.shown.practice == "Harbor Concierge Medicine"
    assert sheet.value.fee == 3_600_00
    assert sheet.value.per_visit == sheet.value.fee // sheet.value.visits
    assert sheet.offer is not None
    assert sheet.next_due is not None
    assert sheet.next_due.due_on == date(2026, 12, 15)
    assert sheet.leaving.on == date(2027, 1, 1)  # notice runs to the end of the month
    assert {item.service.code: item.used for item in sheet.uses}["physical"] == 1
