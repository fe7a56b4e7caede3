"""What the member writes on a year's checklist, and the change history."""

from __future__ import annotations

from tracker.changes import Changes
from tracker.facts import HistoryEntry, ReviewNote
from tracker.services import words
from tracker.storage.ledger import Ledger
from tracker.storage.queries import documents as query


class ReviewService:
    """Comments and ticks on the annual checklist (rulebook 8.1)."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def notes(self, year: int) -> dict[str, ReviewNote]:
        """The notes of a year by checklist item."""
        return query.review_notes(self._ledger.read(), year)

    def set_note(self, note: ReviewNote) -> Changes:
        comment = words.note(note.comment, field="comment")
        with self._ledger.write(f"Review {note.year}: {note.item}") as work:
            work.connection.exec_driver_sql(
                "INSERT INTO review_note(year, item, comment, done) VALUES (?, ?, ?, ?)"
                " ON CONFLICT(year, item) DO UPDATE SET comment = excluded.comment, done = excluded.done",
                (note.year, note.item, comment, int(note.done)),
            )
        return work.changes


class HistoryService:
    """Everything that was ever changed, in words; undo adds to it and removes nothing."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def entries(self, *, limit: int = 200, before: int | None = None) -> list[HistoryEntry]:
        """The latest first; `before` is the id to continue below."""
        return query.history(self._ledger.read(), limit=limit, before=before)
