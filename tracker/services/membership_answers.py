"""Answers about a practice, given one at a time where they are asked for (rulebook 5.3, 5.4, 6.1)."""

from __future__ import annotations

from enum import StrEnum

from tracker.changes import Changes
from tracker.services import rows
from tracker.storage.ledger import Ledger

ANSWERS = (
    "bills_insurance",
    "bills_visits",
    "primary_care_only",
    "primary_care_practitioners",
    "within_office_care",
)
"""What is yes, no, or not known of a practice; fields of the agreement's terms."""


def answer_about_practice(
    ledger: Ledger, membership_id: int, name: str, answer: bool | StrEnum | None
) -> Changes:
    """Keep one answer: a name of ANSWERS, or `pays_for` or `paid_by`. Fees and clauses stay as they are."""
    with ledger.write("Answer a question about the practice") as work:
        from tracker.storage import schema

        stored = answer.value if isinstance(answer, StrEnum) else None if answer is None else int(answer)
        rows.put(work.connection, schema.membership, membership_id, {name: stored})
    return work.changes
