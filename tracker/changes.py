"""What one committed change touched, so that views refresh only what they show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto


class Area(Flag):
    """The parts of the ledger a change can touch, one per noun (DESIGN section 1)."""

    NONE = 0
    PEOPLE = auto()
    PROVIDERS = auto()
    MEMBERSHIPS = auto()
    PLANS = auto()
    CLAIMS = auto()
    PAYMENTS = auto()
    ACCOUNTS = auto()
    RECURRING = auto()
    BUDGET = auto()
    DOCUMENTS = auto()
    REVIEW = auto()
    PREFERENCES = auto()
    VISITS = auto()
    BILLS = auto()
    CASES = auto()
    TAXES = auto()
    PRESCRIPTIONS = auto()
    IMPORTS = auto()
    EVERYTHING = (
        PEOPLE
        | PROVIDERS
        | MEMBERSHIPS
        | PLANS
        | CLAIMS
        | PAYMENTS
        | ACCOUNTS
        | RECURRING
        | BUDGET
        | DOCUMENTS
        | REVIEW
        | PREFERENCES
        | VISITS
        | BILLS
        | CASES
        | TAXES
        | PRESCRIPTIONS
        | IMPORTS
    )


@dataclass(frozen=True, slots=True)
class Changes:
    """A finished change: its name in words ("Add expense, Quest Labs $41.12") and what it touched.

    `new_id` is the row a page may want to select afterwards. `words` is empty when there was
    nothing to do (undo at the beginning of history).
    """

    words: str
    areas: Area
    new_id: int | None = None
