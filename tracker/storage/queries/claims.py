"""Claims and the EOB totals on them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from tracker.dates import Period
from tracker.facts import Claim, ClaimLine, Network
from tracker.storage.queries.columns import day, day_or_none, flag_or_none, kind_of

_COLUMNS = (
    "c.id, c.claim_number, c.person_id, c.provider_id, c.plan_id, c.network, c.description, c.service_from,"
    " c.service_to, c.processed_on, c.billed, c.allowed, c.plan_paid, c.deductible, c.copay, c.coinsurance,"
    " c.not_covered, c.you_owe, c.note, c.tier, c.protected, c.category, c.assistance, c.assistance_counts"
)


def claims(connection: sqlite3.Connection, period: Period) -> list[Claim]:
    """Claims by service date, which decides the accumulator period (rulebook 1.2), oldest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM claim c WHERE c.service_from >= ? AND c.service_from < ?"
        " ORDER BY c.service_from, c.id",
        (period.begin.isoformat(), period.end.isoformat()),
    )
    return [_claim(row) for row in rows]


def lines(connection: sqlite3.Connection, period: Period) -> list[ClaimLine]:
    """The same with the names a table shows, newest first."""
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
        f"SELECT n.name, v.name, ifnull(l.name, ''),"
        f" (SELECT count(*) FROM document d WHERE d.claim_id = c.id), {_COLUMNS}"
        " FROM claim c JOIN person n ON n.id = c.person_id JOIN provider v ON v.id = c.provider_id"
        f" LEFT JOIN plan l ON l.id = c.plan_id WHERE {where}"
        " ORDER BY c.service_from DESC, c.id DESC LIMIT ?",
        (*args, limit),
    )
    return [
        ClaimLine(claim=_claim(row[4:]), person=row[0], provider=row[1], plan=row[2], documents=row[3])
        for row in rows
    ]


def get(connection: sqlite3.Connection, claim_id: int) -> Claim | None:
    row = connection.execute(f"SELECT {_COLUMNS} FROM claim c WHERE c.id = ?", (claim_id,)).fetchone()
    return _claim(row) if row else None


def _claim(row: tuple) -> Claim:  # type: ignore[type-arg]
    return Claim(
        id=row[0],
        claim_number=row[1],
        person_id=row[2],
        provider_id=row[3],
        plan_id=row[4],
        network=kind_of(Network, row[5]),
        description=row[6],
        service_from=day(row[7]),
        service_to=day_or_none(row[8]),
        processed_on=day_or_none(row[9]),
        billed=row[10],
        allowed=row[11],
        plan_paid=row[12],
        deductible=row[13],
        copay=row[14],
        coinsurance=row[15],
        not_covered=row[16],
        you_owe=row[17],
        note=row[18],
        tier=row[19],
        protected=bool(row[20]),
        category=row[21],
        assistance=row[22],
        assistance_counts=flag_or_none(row[23]),
    )
