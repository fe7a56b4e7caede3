"""The order of the people in the household; the first is the owner of the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.changes import Changes
from tracker.storage.ledger import Ledger


def reorder_people(ledger: Ledger, person_ids: Sequence[int]) -> Changes:
    """Put the people in this order, as one change."""
    with ledger.write("Reorder people") as work:
        for position, person_id in enumerate(person_ids):
            work.connection.exec_driver_sql(
                "UPDATE person SET position = ? WHERE id = ? AND position <> ?",
                (position, person_id, position),
            )
    return work.changes
