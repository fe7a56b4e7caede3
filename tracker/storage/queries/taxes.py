"""What a tax year needs besides the ledger: facts of the year, limits typed in, drives for care."""

from __future__ import annotations

import sqlite3

from tracker.facts.taxes import OwnLimit, TaxFacts, Trip
from tracker.storage.queries.kept import facts


def tax_facts(connection: sqlite3.Connection, year: int) -> TaxFacts:
    """A year's facts; nothing known where none were saved."""
    found = facts(connection, TaxFacts, "tax_facts", where="year = :year", args={"year": year})
    return found[0] if found else TaxFacts(year=year)


def own_limits(connection: sqlite3.Connection) -> list[OwnLimit]:
    """Every yearly amount the member typed in."""
    return facts(connection, OwnLimit, "own_limit", order="year, name")


def trips(connection: sqlite3.Connection, year: int | None = None) -> list[Trip]:
    """Drives for care, oldest first; of one year where asked."""
    return facts(
        connection,
        Trip,
        "trip",
        where="(:year IS NULL OR substr(driven_on, 1, 4) = :year)",
        args={"year": None if year is None else f"{year:04d}"},
        order="driven_on, id",
    )
