"""Drugs, their prices and their fills."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.changes import Changes
from tracker.errors import UserProblem
from tracker.facts import ProviderKind
from tracker.facts.prescriptions import Drug
from tracker.services import rows, words
from tracker.services.people import provider_id_for
from tracker.storage.ledger import Ledger
from tracker.storage.queries import prescriptions as query

_MOST_DAYS = 400


class PrescriptionService:
    """What the household takes."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def all(self) -> list[Drug]:
        """Every drug with prices and fills, those still taken first."""
        return query.drugs(self._ledger.read())

    def save(self, drug: Drug, *, pharmacy: str | None = None, prescriber: str | None = None) -> Changes:
        """Add or change a drug with its prices and fills, all or nothing.

        Pharmacy and prescriber may be given by name. Raises UserProblem for days that cannot be or an
        amount below zero.
        """
        name = words.name(drug.name)
        _judge(drug)
        with self._ledger.write(f"{'Add' if drug.id is None else 'Change'} prescription, {name}") as work:
            from tracker.storage import schema

            values = rows.values_of(drug) | {"name": name}
            if pharmacy is not None:
                values["pharmacy_id"] = provider_id_for(work, pharmacy, kind=ProviderKind.PHARMACY)
            if prescriber is not None:
                values["prescriber_id"] = provider_id_for(work, prescriber, kind=ProviderKind.DOCTOR)
            drug_id = rows.put(work.connection, schema.drug, drug.id, values)
            rows.put_children(work.connection, schema.drug_price, "drug_id", drug_id, drug.prices)
            rows.put_children(work.connection, schema.drug_fill, "drug_id", drug_id, drug.fills)
            work.new_id = drug_id
        return work.changes

    def remove(self, ids: Iterable[int]) -> Changes:
        """Remove drugs with their prices and fills; payments stay."""
        with self._ledger.write("Remove prescription") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.drug, ids)
        return work.changes


def _judge(drug: Drug) -> None:
    days = [drug.days, *(item.days for item in drug.prices), *(item.days for item in drug.fills)]
    if any(not 1 <= count <= _MOST_DAYS for count in days):
        raise UserProblem(f"Days are from 1 to {_MOST_DAYS}.", "Check the number.", field="days")
    amounts = [*(item.price for item in drug.prices), *(item.paid for item in drug.fills)]
    if any(amount < 0 for amount in amounts):
        raise UserProblem("An amount is below zero.", "Type zero or more.", field="price")
    if (drug.refills_left or 0) < 0:
        raise UserProblem("Refills left are zero or more.", "Check the number.", field="refills_left")
