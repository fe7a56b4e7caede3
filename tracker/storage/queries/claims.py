"""Claims: the EOBs with their totals, and their lines where they are asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.dates import Period
from tracker.facts import Claim, ClaimLine, ClaimLink, EobLine
from tracker.storage.queries.fact_rows import children, row_reader

_CLAIM = row_reader(Claim)
_COLUMNS = _CLAIM.columns("c.")
_NAMES = (
    " JOIN person n ON n.id = c.person_id JOIN provider v ON v.id = c.provider_id"
    " LEFT JOIN plan l ON l.id = c.plan_id"
)


def claims(connection: sqlite3.Connection, period: Period) -> list[Claim]:
    """Claims by service date, which decides the accumulator period (rulebook 1.2), oldest first.

    Without their lines.
    """
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM claim c WHERE c.service_from >= ? AND c.service_from < ?"
        " ORDER BY c.service_from, c.id",
        (period.begin.isoformat(), period.end.isoformat()),
    )
    return [_CLAIM.fact(row) for row in rows]


def with_lines(connection: sqlite3.Connection, found: Iterable[Claim]) -> list[Claim]:
    """The same claims with the lines of their EOBs."""
    bare = list(found)
    lines = children(connection, EobLine, "eob_line", "claim_id", (claim.id or 0 for claim in bare))
    return [replace(claim, lines=tuple(lines[claim.id])) if claim.id in lines else claim for claim in bare]


def lines(connection: sqlite3.Connection, period: Period) -> list[ClaimLine]:
    """The claims of a period with the names a table shows, newest first."""
    return _lines(
        connection,
        "c.service_from >= ? AND c.service_from < ?",
        (period.begin.isoformat(), period.end.isoformat()),
    )


def search(connection: sqlite3.Connection, words: Sequence[str], *, limit: int) -> list[ClaimLine]:
    """The newest claims in which every word occurs: provider, patient, claim number, description."""
    where = " AND ".join(
        ["(v.name || ' ' || n.name || ' ' || c.claim_number || ' ' || c.description) LIKE ? ESCAPE '\\'"]
        * len(words)
    )
    escaped = [word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") for word in words]
    return _lines(connection, where or "1", tuple(f"%{word}%" for word in escaped), limit=limit)


def _lines(
    connection: sqlite3.Connection, where: str, args: tuple[str, ...], *, limit: int = -1
) -> list[ClaimLine]:
    rows = connection.execute(
        "SELECT n.name, v.name, ifnull(l.name, ''),"
        f" (SELECT count(*) FROM document d WHERE d.claim_id = c.id), {_COLUMNS}"
        f" FROM claim c{_NAMES} WHERE {where} ORDER BY c.service_from DESC, c.id DESC LIMIT ?",
        (*args, limit),
    )
    return [
        ClaimLine(claim=_CLAIM.fact(row[4:]), person=row[0], provider=row[1], plan=row[2], documents=row[3])
        for row in rows
    ]


def get(connection: sqlite3.Connection, claim_id: int) -> Claim | None:
    """One claim with its lines."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM claim c WHERE c.id = ?", (claim_id,)).fetchone()
    return with_lines(connection, [_CLAIM.fact(row)])[0] if row else None


def versions(connection: sqlite3.Connection, claim_id: int) -> list[Claim]:
    """All versions of a claim's EOB, the first one first, whichever of them is named."""
    rows = connection.execute(
        f"""
        WITH RECURSIVE older(id) AS (
            SELECT ? UNION SELECT c.replaces_id FROM claim c JOIN older o ON c.id = o.id
            WHERE c.replaces_id IS NOT NULL
        ), chain(id) AS (
            SELECT id FROM older UNION SELECT c.id FROM claim c JOIN chain k ON c.replaces_id = k.id
        )
        SELECT {_COLUMNS} FROM claim c WHERE c.id IN (SELECT id FROM chain)
        ORDER BY ifnull(c.processed_on, c.service_from), c.id
        """,
        (claim_id,),
    )
    return [_CLAIM.fact(row) for row in rows]


def links(connection: sqlite3.Connection) -> list[ClaimLink]:
    """What the member said about which EOB belongs to which bill or visit."""
    rows = connection.execute("SELECT claim_id, bill_id, visit_id, linked FROM claim_link ORDER BY id")
    return [
        ClaimLink(claim_id=row[0], bill_id=row[1], visit_id=row[2], linked=bool(row[3])) for row in rows
    ]
