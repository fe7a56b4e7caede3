"""Documents, the change history and the review notes."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from tracker.facts import Document, HistoryEntry, Noun, ReviewNote
from tracker.storage.queries.columns import day


def attached_to(connection: sqlite3.Connection, noun: Noun, noun_id: int) -> list[Document]:
    """The documents of one fact, oldest first, without their bytes."""
    rows = connection.execute(
        f"SELECT id, name, media_type, size, sha256, added_on FROM document WHERE {noun.value}_id = ?"
        " ORDER BY id",
        (noun_id,),
    )
    return [
        Document(
            id=row[0],
            name=row[1],
            media_type=row[2],
            size=row[3],
            sha256=row[4],
            added_on=day(row[5]),
            noun=noun,
            noun_id=noun_id,
        )
        for row in rows
    ]


def content(connection: sqlite3.Connection, sha256: str) -> bytes | None:
    row = connection.execute("SELECT content FROM document_content WHERE sha256 = ?", (sha256,)).fetchone()
    return row[0] if row else None


def history(connection: sqlite3.Connection, *, limit: int, before: int | None = None) -> list[HistoryEntry]:
    """The latest changes first; `before` is the id to continue below."""
    rows = connection.execute(
        "SELECT id, at, words, kind FROM change_history WHERE (:before IS NULL OR id < :before)"
        " ORDER BY id DESC LIMIT :limit",
        {"before": before, "limit": limit},
    )
    return [
        HistoryEntry(id=row_id, at=datetime.fromisoformat(at), words=words, kind=kind)
        for row_id, at, words, kind in rows
    ]


def review_notes(connection: sqlite3.Connection, year: int) -> dict[str, ReviewNote]:
    """The notes of a year's checklist by item."""
    rows = connection.execute("SELECT item, comment, done FROM review_note WHERE year = ?", (year,))
    return {
        item: ReviewNote(year=year, item=item, comment=comment, done=bool(done))
        for item, comment, done in rows
    }


def last_change(connection: sqlite3.Connection) -> int:
    """The number of the latest change, undone and redone ones counted too; 0 before the first."""
    found: int = connection.execute("SELECT COALESCE(MAX(id), 0) FROM change_history").fetchone()[0]
    return found
