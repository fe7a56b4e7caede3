"""Drugs with prices and fills: kept whole, undone, refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.services.refusals import refused
from tracker.changes import Area
from tracker.facts import Payment, Person, ProviderKind
from tracker.facts.prescriptions import Drug, DrugFill, DrugPrice, PaidThrough
from tracker.services.bundle import Services

DAY = date(2026, 3, 1)


@pytest.fixture
def eleanor(services: Services) -> int:
    return services.people.save_person(Person(name="Eleanor")).new_id or 0


def tablet(person_id: int, **more: object) -> Drug:
    drug = Drug(
        person_id=person_id,
        name="Velocard",
        strength="20 mg",
        category="RX2",
        refills_left=0,
        prices=(
            DrugPrice(through=PaidThrough.COUPON, days=30, price=40_00, named_on=DAY),
            DrugPrice(through=PaidThrough.CASH, days=400, price=0),
        ),
        fills=(DrugFill(filled_on=DAY, days=1, paid=0, through=PaidThrough.CASH, note="A sample"),),
    )
    return replace(drug, **more)  # type: ignore[arg-type]


def test_a_drug_comes_back_whole_and_each_change_is_undone(services: Services, eleanor: int) -> None:
    to = services.prescriptions
    made = to.save(tablet(eleanor), pharmacy="Corner Street", prescriber="Dr. Lindqvist")
    assert Area.PRESCRIPTIONS in made.areas
    (held,) = to.all()
    assert replace(held, id=None, pharmacy_id=None, prescriber_id=None) == tablet(eleanor)
    kinds = {found.id: found.kind for found in services.people.providers()}
    assert kinds[held.pharmacy_id or 0] is ProviderKind.PHARMACY
    assert kinds[held.prescriber_id or 0] is ProviderKind.DOCTOR
    to.save(replace(held, fills=(), prices=held.prices[1:]))
    assert to.all() == [replace(held, fills=(), prices=held.prices[1:])]
    services.ledger.undo()
    assert to.all() == [held]
    to.remove([held.id or 0])
    assert to.all() == []
    services.ledger.undo()
    assert to.all() == [held]


def test_a_fill_outlives_its_payment(services: Services, eleanor: int) -> None:
    paid = services.payments.save(Payment(paid_on=DAY, amount=40_00), payee="Corner Street").new_id or 0
    fill = DrugFill(filled_on=DAY, days=30, paid=40_00, payment_id=paid)
    services.prescriptions.save(tablet(eleanor, fills=(fill,)))
    services.payments.remove([paid])
    (held,) = services.prescriptions.all()
    assert held.fills == (replace(fill, payment_id=None),)
    services.ledger.undo()
    assert services.prescriptions.all()[0].fills == (fill,)


def test_those_still_taken_come_first(services: Services, eleanor: int) -> None:
    for name, stopped in (("Aster", DAY), ("zinnia", None), ("Briar", None)):
        services.prescriptions.save(tablet(eleanor, name=name, stopped_on=stopped))
    assert [drug.name for drug in services.prescriptions.all()] == ["Briar", "zinnia", "Aster"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "  "}, "name"),
        ({"days": 0}, "days"),
        ({"days": 401}, "days"),
        ({"prices": (DrugPrice(through=PaidThrough.CASH, days=0, price=1),)}, "days"),
        ({"prices": (DrugPrice(through=PaidThrough.CASH, days=30, price=-1),)}, "price"),
        ({"fills": (DrugFill(filled_on=DAY, days=401, paid=1),)}, "days"),
        ({"fills": (DrugFill(filled_on=DAY, days=30, paid=-1),)}, "paid"),
        ({"refills_left": -1}, "refills_left"),
    ],
)
def test_drugs_that_cannot_be(
    services: Services, eleanor: int, changed: dict[str, object], field: str
) -> None:
    refused(services.ledger, lambda: services.prescriptions.save(tablet(eleanor, **changed)), field=field)
