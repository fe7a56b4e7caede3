"""Cases with their steps and days, the calls, and what was decided on findings."""

from __future__ import annotations

import sqlite3

from tracker.facts import (
    Authorization,
    Call,
    Case,
    CaseStep,
    Deadline,
    FindingNote,
    Snooze,
    Submission,
)
from tracker.storage.queries.fact_rows import children, row_reader

_CASE, _CALL = row_reader(Case), row_reader(Call)
_NOTE, _SNOOZE = row_reader(FindingNote), row_reader(Snooze)


def cases(connection: sqlite3.Connection, *, open_only: bool = False) -> list[Case]:
    """Cases, the latest first, whole; only those that are not closed where asked."""
    where = "WHERE closed_on IS NULL" if open_only else ""
    rows = connection.execute(
        f"SELECT {_CASE.columns()} FROM case_file {where} ORDER BY opened_on DESC, id DESC"
    ).fetchall()
    return _whole(connection, rows)


def case(connection: sqlite3.Connection, case_id: int) -> Case | None:
    rows = connection.execute(
        f"SELECT {_CASE.columns()} FROM case_file WHERE id = ?", (case_id,)
    ).fetchall()
    return next(iter(_whole(connection, rows)), None)


def _whole(connection: sqlite3.Connection, rows: list[tuple]) -> list[Case]:  # type: ignore[type-arg]
    ids = [row[0] for row in rows]
    steps = children(connection, CaseStep, "case_step", "case_id", ids)
    deadlines = children(connection, Deadline, "deadline", "case_id", ids)
    authorizations = children(connection, Authorization, "authorization", "case_id", ids)
    submissions = children(connection, Submission, "submission", "case_id", ids)
    return [
        _CASE.fact(
            row,
            steps=tuple(steps.get(row[0], ())),
            deadlines=tuple(deadlines.get(row[0], ())),
            authorization=next(iter(authorizations.get(row[0], ())), None),
            submission=next(iter(submissions.get(row[0], ())), None),
        )
        for row in rows
    ]


def calls(connection: sqlite3.Connection) -> list[Call]:
    """Every call, the latest first."""
    rows = connection.execute(
        f"SELECT {_CALL.columns()} FROM call ORDER BY called_on DESC, began_at DESC, id DESC"
    )
    return [_CALL.fact(row) for row in rows]


def call(connection: sqlite3.Connection, call_id: int) -> Call | None:
    row = connection.execute(f"SELECT {_CALL.columns()} FROM call WHERE id = ?", (call_id,)).fetchone()
    return _CALL.fact(row) if row else None


def finding_notes(connection: sqlite3.Connection) -> dict[str, FindingNote]:
    """What the member decided on findings, by the finding's key."""
    rows = connection.execute(f"SELECT {_NOTE.columns()} FROM finding_note ORDER BY id")
    return {note.key: note for note in map(_NOTE.fact, rows)}


def snoozes(connection: sqlite3.Connection) -> dict[str, Snooze]:
    """What was put off, by the item's key."""
    rows = connection.execute(f"SELECT {_SNOOZE.columns()} FROM snooze ORDER BY id")
    return {item.key: item for item in map(_SNOOZE.fact, rows)}


def has_papers(connection: sqlite3.Connection) -> bool:
    """Whether there is any EOB, bill, visit, case or call."""
    tables = ("claim", "bill", "visit", "case_file", "call")
    some = " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in tables)
    return bool(connection.execute(f"SELECT {some}").fetchone()[0])
