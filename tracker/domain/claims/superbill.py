"""What a superbill must show before it is sent (rulebook 4): each field, and who supplies a missing one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GateField:
    """A field of a superbill. `who` supplies it: the practice or you. Some plans want an optional one."""

    code: str
    name: str
    who: str
    optional: bool = False


PRACTICE, YOU = "the practice", "you"

GATE: tuple[GateField, ...] = (
    GateField("practice", "Practice name, address and phone", PRACTICE),
    GateField("tax_id", "Tax ID (TIN or EIN)", PRACTICE),
    GateField("npi_billing", "NPI of the practice", PRACTICE),
    GateField("npi_rendering", "NPI of who gave the care", PRACTICE),
    GateField("licence", "Licence number", PRACTICE, optional=True),
    GateField("patient", "Patient name, birth date and address", YOU),
    GateField("service_date", "Date of service", PRACTICE),
    GateField("place", "Place of service", PRACTICE),
    GateField("codes", "Procedure codes with modifiers and units", PRACTICE),
    GateField("diagnosis", "Diagnosis for each line", PRACTICE),
    GateField("charges", "Charge for each line", PRACTICE),
    GateField("payment", "Amount paid, with date and method", YOU),
    GateField("referring", "Referring provider", PRACTICE, optional=True),
    GateField("signature", "Signature", PRACTICE),
)


@dataclass(frozen=True, slots=True)
class Gate:
    """How complete a superbill is. `missing` are the fields a plan sends a claim back for."""

    found: int
    total: int
    missing: tuple[GateField, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def words(self) -> str:
        """`12 of 12 found`, or what is missing and who supplies it."""
        if self.is_complete:
            return f"All {self.total} fields are there."
        parts = []
        for who in (PRACTICE, YOU):
            names = [field.name for field in self.missing if field.who == who]
            if names:
                parts.append(f"From {who}: {'; '.join(names)}.")
        return f"{len(self.missing)} missing. " + " ".join(parts)


def gate(found: Collection[str]) -> Gate:
    """How complete a superbill is by the codes of the fields that were found on it."""
    needed = [field for field in GATE if not field.optional]
    missing = tuple(field for field in needed if field.code not in found)
    return Gate(len(needed) - len(missing), len(needed), missing)
