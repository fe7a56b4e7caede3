"""Saving drugs, fills with their payments, and prices; and the report that gathers them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.conftest import TODAY
from tracker.errors import UserProblem
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Allocation,
    CopayScope,
    CostSharingRule,
    Network,
    Payment,
    Person,
    Plan,
    PlannedCare,
    Role,
)
from tracker.facts.prescriptions import Drug, DrugFill, DrugPrice, PaidThrough
from tracker.services.bundle import Services


def person(services: Services, name: str = "Eleanor") -> int:
    return services.people.save_person(Person(name=name)).new_id or 0


def plan(services: Services, *people: int) -> Plan:
    """A plan of 2026: a generic is a copay of $15, a brand 10 % after a deductible of $2,500."""

    def limit(kind: AccumulatorKind, own: int) -> Accumulator:
        return Accumulator(
            kind=kind, network=Network.IN, mode=AccumulatorMode.SELF, individual=own, family=None
        )

    made = services.plans.save(
        Plan(
            name="Blue HDHP",
            begins_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            person_ids=people,
            accumulators=(
                limit(AccumulatorKind.DEDUCTIBLE, 2_500_00),
                limit(AccumulatorKind.OOP_MAX, 5_000_00),
            ),
        )
    )
    found = next(one for one in services.plans.all() if one.id == made.new_id)
    services.plans.save_rules(
        found,
        [
            CostSharingRule(category="RX1", oop_max="OOP_IN", copay=15_00, copay_scope=CopayScope.FILL),
            CostSharingRule(category="RX2", deductible="DED_IN", oop_max="OOP_IN", coinsurance=1000),
            CostSharingRule(category="IMAGING", deductible="DED_IN", oop_max="OOP_IN", coinsurance=1000),
        ],
    )
    return found


def drug(services: Services, person_id: int, **more: object) -> int:
    values: dict[str, object] = {
        "person_id": person_id,
        "name": "Lisinopril",
        "category": "RX1",
        "fills": (DrugFill(filled_on=date(2026, 11, 1), days=30, paid=15_00),),
        "prices": (DrugPrice(through=PaidThrough.CASH, days=30, price=12_00),),
    }
    made = services.prescriptions.save(Drug(**(values | more)), pharmacy="Corner Pharmacy")  # type: ignore[arg-type]
    return made.new_id or 0


def line(services: Services) -> int:
    return next(one.id or 0 for one in services.budget.categories() if one.role is Role.PRESCRIPTION)


def test_a_fill_and_its_payment_are_one_change(services: Services) -> None:
    number = drug(services, person(services), refills_left=3)
    spent = Payment(
        paid_on=date(2026, 11, 20),
        amount=15_00,
        allocations=(Allocation(category_id=line(services), amount=15_00),),
    )
    made = services.prescriptions.save_fill(
        number,
        DrugFill(filled_on=date(2026, 11, 20), days=30, paid=15_00),
        refills_left=2,
        payment=spent,
        payee="Corner Pharmacy",
    )
    assert made.words == "Add fill, Lisinopril"
    held = services.prescriptions.get(number)
    assert (len(held.fills), held.refills_left) == (2, 2)
    paid = services.payments.get(held.fills[-1].payment_id or 0)
    assert (paid.amount, paid.provider_id) == (15_00, held.pharmacy_id)
    services.ledger.undo()
    held = services.prescriptions.get(number)
    assert (len(held.fills), held.refills_left) == (1, 3)
    assert not services.payments.ids().ids


def test_a_fill_is_changed_at_its_place_and_removed(services: Services) -> None:
    number = drug(services, person(services))
    changed = DrugFill(filled_on=date(2026, 11, 2), days=90, paid=40_00, through=PaidThrough.CASH)
    services.prescriptions.save_fill(number, changed, place=0)
    assert services.prescriptions.get(number).fills == (changed,)
    services.prescriptions.remove_fill(number, 0)
    assert services.prescriptions.get(number).fills == ()
    with pytest.raises(UserProblem, match="removed in the meantime"):
        services.prescriptions.save_fill(number, changed, place=4)


@pytest.mark.parametrize(
    ("fill", "field"),
    [
        (DrugFill(filled_on=date(2026, 11, 23), days=30, paid=0), "filled_on"),
        (DrugFill(filled_on=date(2026, 11, 1), days=0, paid=0), "days"),
        (DrugFill(filled_on=date(2026, 11, 1), days=401, paid=0), "days"),
        (DrugFill(filled_on=date(2026, 11, 1), days=30, paid=-1), "paid"),
    ],
)
def test_what_a_fill_cannot_be(services: Services, fill: DrugFill, field: str) -> None:
    number = drug(services, person(services))
    with pytest.raises(UserProblem) as told:
        services.prescriptions.save_fill(number, fill)
    assert told.value.field == field
    assert len(services.prescriptions.get(number).fills) == 1


def test_nothing_is_filled_after_it_was_stopped(services: Services) -> None:
    number = drug(services, person(services), stopped_on=date(2026, 11, 10))
    with pytest.raises(UserProblem, match="was stopped on Nov 10, 2026"):
        services.prescriptions.save_fill(number, DrugFill(filled_on=date(2026, 11, 12), days=30, paid=0))


def test_a_payment_that_cannot_be_leaves_no_fill_behind(services: Services) -> None:
    number = drug(services, person(services))
    with pytest.raises(UserProblem):
        services.prescriptions.save_fill(
            number,
            DrugFill(filled_on=TODAY, days=30, paid=0),
            payment=Payment(paid_on=TODAY, amount=0),
        )
    assert len(services.prescriptions.get(number).fills) == 1


def test_prices_are_added_changed_and_removed(services: Services) -> None:
    number = drug(services, person(services), prices=())
    service = services.prescriptions
    service.save_price(
        number, DrugPrice(through=PaidThrough.COUPON, days=90, price=25_00), pharmacy="Warehouse Club"
    )
    (held,) = service.get(number).prices
    assert held.pharmacy_id is not None
    service.save_price(number, replace(held, price=24_00), place=0, pharmacy="Warehouse Club")
    assert service.get(number).prices[0].price == 24_00
    service.remove_price(number, 0)
    assert service.get(number).prices == ()
    with pytest.raises(UserProblem, match="future"):
        service.save_price(number, replace(held, named_on=date(2027, 1, 1)))


def test_a_drug_that_was_removed_is_told(services: Services) -> None:
    number = drug(services, person(services))
    services.prescriptions.remove([number])
    with pytest.raises(UserProblem, match="This prescription was removed"):
        services.prescriptions.get(number)


# the report ------------------------------------------------------------------------------


def test_a_ledger_without_drugs(services: Services) -> None:
    shown = services.prescription_report.read()
    assert shown.drugs == ()
    assert len(shown.months) == 24
    assert shown.line is not None


def test_a_drug_with_its_supply_prices_and_year(services: Services) -> None:
    eleanor = person(services)
    plan(services, eleanor)
    drug(services, eleanor)
    shown = services.prescription_report.read()
    (one,) = shown.drugs
    assert (one.person, one.tier, one.pharmacy) == ("Eleanor", "Generic drugs", "Corner Pharmacy")
    assert (one.refill_on, one.in_hand, one.late) == (date(2026, 12, 1), 9, 0)
    assert one.through_insurance is not None
    assert one.outside is not None
    assert (one.through_insurance.pays, one.outside.pays) == (15_00, 12_00)
    this, coming = one.years
    assert (this.title, coming.title) == ("Until Dec 31, 2026", "Jan 1 to Dec 31, 2027")
    assert len(coming.comparison.ways[0].fills) == 13  # the plan is taken to go on; the last is of 5 days
    by_month = {month.month: month for month in shown.months}
    assert by_month[date(2026, 11, 1)].paid == 15_00
    # Dec 1 and Dec 31, both through insurance as the last one.
    assert by_month[date(2026, 12, 1)].expected == 30_00
    assert by_month[date(2027, 2, 1)].expected == 0  # Jan 30 and then Mar 1


def test_the_deductible_begins_again_with_the_next_plan_year(services: Services) -> None:
    eleanor = person(services)
    plan(services, eleanor)
    named = DrugPrice(through=PaidThrough.INSURANCE, days=30, price=600_00)
    drug(services, eleanor, category="RX2", prices=(named,))
    months = {month.month: month for month in services.prescription_report.read().months}
    assert months[date(2026, 12, 1)].expected == 1_200_00  # both fill the deductible of 2026
    assert months[date(2027, 1, 1)].expected == 600_00
    # Jan 30, Mar 1, Mar 31, Apr 30: 2,400.00; May 30: the last 100.00 and 10 % of 500.00.
    assert months[date(2027, 5, 1)].expected == 150_00
    assert months[date(2027, 6, 1)].expected == 60_00


def test_planned_care_is_worked_along_and_refills_planned_by_hand_are_not(services: Services) -> None:
    eleanor = person(services)
    plan(services, eleanor)
    prices = (
        DrugPrice(through=PaidThrough.INSURANCE, days=30, price=420_00),
        DrugPrice(through=PaidThrough.CASH, days=30, price=300_00),
    )
    drug(services, eleanor, category="RX2", prices=prices)
    for category, allowed in (("IMAGING", 3_000_00), ("RX2", 420_00)):
        services.coverage.save_planned(
            PlannedCare(
                person_id=eleanor,
                category=category,
                label=category,
                first_on=date(2026, 12, 10),
                allowed=allowed,
            )
        )
    (one,) = services.prescription_report.read().drugs
    insurance, paid, *_ = one.years[0].comparison.ways
    # The deductible is untouched: 420 + 1/30 of 10 % ... the MRI takes 2,080 and 10 % of 920.
    assert insurance.other == 2_080_00 + 92_00
    assert paid.other == 2_500_00 + 50_00


def test_a_drug_of_somebody_without_a_plan(services: Services) -> None:
    drug(services, person(services))
    (one,) = services.prescription_report.read().drugs
    assert one.through_insurance is not None
    assert one.through_insurance.pays == 15_00  # as the last one
    assert one.years[0].comparison.year is not None


def test_what_was_stopped_is_kept_without_dates(services: Services) -> None:
    drug(services, person(services), stopped_on=date(2026, 11, 1))
    (one,) = services.prescription_report.read().drugs
    assert (one.taken, one.refill_on, one.years) == (False, None, ())


def test_no_refills_left_is_said(services: Services) -> None:
    drug(services, person(services), refills_left=0)
    (one,) = services.prescription_report.read().drugs
    assert one.notes[0] == "No refills are left: a new prescription is needed first."
