"""Drugs, their prices and their fills."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from tracker.changes import Changes
from tracker.dates import day_text
from tracker.errors import UserProblem
from tracker.facts import Payment, ProviderKind
from tracker.facts.prescriptions import Drug, DrugFill, DrugPrice
from tracker.money import LARGEST, dollars
from tracker.services import rows, words
from tracker.services.payments import PaymentService
from tracker.services.people import provider_id_for
from tracker.storage.ledger import Ledger, Work
from tracker.storage.queries import prescriptions as query

_T = TypeVar("_T")
_MOST_DAYS = 400


class PrescriptionService:
    """What the household takes."""

    def __init__(self, ledger: Ledger, payments: PaymentService) -> None:
        self._ledger = ledger
        self._payments = payments

    def all(self) -> list[Drug]:
        """Every drug with prices and fills, those still taken first."""
        return query.drugs(self._ledger.read())

    def get(self, drug_id: int) -> Drug:
        """Raises UserProblem where it was removed."""
        found = next((drug for drug in self.all() if drug.id == drug_id), None)
        if found is None:
            raise UserProblem("This prescription was removed.", "Undo its removal to see it again.")
        return found

    def save(self, drug: Drug, *, pharmacy: str | None = None, prescriber: str | None = None) -> Changes:
        """Add or change a drug with its prices and fills, all or nothing.

        Pharmacy and prescriber may be given by name. Raises UserProblem for days that cannot be or an
        amount below zero.
        """
        name = words.name(drug.name)
        _judge(drug)
        with self._ledger.write(f"{'Add' if drug.id is None else 'Change'} prescription, {name}") as work:
            if pharmacy is not None:
                pharmacy_id = provider_id_for(work, pharmacy, kind=ProviderKind.PHARMACY)
                drug = replace(drug, pharmacy_id=pharmacy_id)
            if prescriber is not None:
                prescriber_id = provider_id_for(work, prescriber, kind=ProviderKind.DOCTOR)
                drug = replace(drug, prescriber_id=prescriber_id)
            work.new_id = _put(work, drug)
        return work.changes

    def save_fill(
        self,
        drug_id: int,
        fill: DrugFill,
        *,
        place: int | None = None,
        refills_left: int | None = None,
        payment: Payment | None = None,
        payee: str = "",
    ) -> Changes:
        """Add a fill, or change the one at a place, as one change with the payment behind it.

        `payment`, where given, is added and tied to the fill; `payee` names the pharmacy. `refills_left`
        is what the prescription has left after it. Raises UserProblem for a fill in the future, days
        that cannot be, an amount below zero, and what a payment cannot be.
        """
        drug = self.get(drug_id)
        if fill.filled_on > self._ledger.today():
            raise UserProblem("The day lies in the future.", "Check the date.", field="filled_on")
        if drug.stopped_on is not None and fill.filled_on >= drug.stopped_on:
            raise UserProblem(
                f"{drug.name} was stopped on {day_text(drug.stopped_on)}.",
                "Check the date, or change when it was stopped.",
                field="filled_on",
            )
        verb = "Add" if place is None else "Change"
        with self._ledger.write(f"{verb} fill, {drug.name}") as work:
            if payment is not None:
                if payee.strip():
                    provider_id = provider_id_for(work, payee, kind=ProviderKind.PHARMACY)
                    payment = replace(payment, provider_id=provider_id)
                fill = replace(fill, payment_id=self._payments.put(work, payment))
            changed = replace(drug, fills=_placed(drug.fills, fill, place), refills_left=refills_left)
            _judge(changed)
            work.new_id = _put(work, changed)
        return work.changes

    def remove_fill(self, drug_id: int, place: int) -> Changes:
        """Remove a fill; the payment and the EOB behind it stay."""
        drug = self.get(drug_id)
        with self._ledger.write(f"Remove fill, {drug.name}") as work:
            work.new_id = _put(work, replace(drug, fills=_without(drug.fills, place)))
        return work.changes

    def save_price(
        self, drug_id: int, price: DrugPrice, *, place: int | None = None, pharmacy: str = ""
    ) -> Changes:
        """Add a price somebody named, or change the one at a place; the pharmacy is given by name.

        Raises UserProblem for a day in the future, days that cannot be, or an amount below zero.
        """
        drug = self.get(drug_id)
        if price.named_on is not None and price.named_on > self._ledger.today():
            raise UserProblem("The day lies in the future.", "Check the date.", field="named_on")
        verb = "Add" if place is None else "Change"
        with self._ledger.write(f"{verb} price, {drug.name}") as work:
            name = words.one_line(pharmacy, what="pharmacy", field="pharmacy")
            pharmacy_id = provider_id_for(work, name, kind=ProviderKind.PHARMACY) if name else None
            price = replace(price, pharmacy_id=pharmacy_id)
            changed = replace(drug, prices=_placed(drug.prices, price, place))
            _judge(changed)
            work.new_id = _put(work, changed)
        return work.changes

    def remove_price(self, drug_id: int, place: int) -> Changes:
        """Remove a named price."""
        drug = self.get(drug_id)
        with self._ledger.write(f"Remove price, {drug.name}") as work:
            work.new_id = _put(work, replace(drug, prices=_without(drug.prices, place)))
        return work.changes

    def remove(self, ids: Iterable[int]) -> Changes:
        """Remove drugs with their prices and fills; payments stay."""
        with self._ledger.write("Remove prescription") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.drug, ids)
        return work.changes


def _put(work: Work, drug: Drug) -> int:
    from tracker.storage import schema

    values = rows.values_of(drug) | {"name": words.name(drug.name)}
    drug_id = rows.put(work.connection, schema.drug, drug.id, values)
    rows.put_children(work.connection, schema.drug_price, "drug_id", drug_id, drug.prices)
    rows.put_children(work.connection, schema.drug_fill, "drug_id", drug_id, drug.fills)
    return drug_id


def _placed(held: Sequence[_T], item: _T, place: int | None) -> tuple[_T, ...]:
    """The items with one more at the end, or another at its place."""
    if place is None:
        return (*held, item)
    if not 0 <= place < len(held):
        raise UserProblem("This was removed in the meantime.", "Undo its removal, then change it.")
    return (*held[:place], item, *held[place + 1 :])


def _without(held: Sequence[_T], place: int) -> tuple[_T, ...]:
    return tuple(item for number, item in enumerate(held) if number != place)


def _judge(drug: Drug) -> None:
    days = [drug.days, *(item.days for item in drug.prices), *(item.days for item in drug.fills)]
    if any(not 1 <= count <= _MOST_DAYS for count in days):
        raise UserProblem(f"Days are from 1 to {_MOST_DAYS}.", "Check the number.", field="days")
    if any(item.price < 0 for item in drug.prices):
        raise UserProblem("A price is below zero.", "Type zero or more.", field="price")
    if any(item.paid < 0 for item in drug.fills):
        raise UserProblem("The amount is below zero.", "Type zero or more.", field="paid")
    if any(item.price > LARGEST for item in drug.prices) or any(item.paid > LARGEST for item in drug.fills):
        raise UserProblem(f"That is more than {dollars(LARGEST)}.", "Check the amount.", field="price")
    if (drug.refills_left or 0) < 0:
        raise UserProblem("Refills left are zero or more.", "Check the number.", field="refills_left")
