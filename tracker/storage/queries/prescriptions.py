"""Drugs with their prices and fills."""

from __future__ import annotations

import sqlite3

from tracker.facts.prescriptions import Drug, DrugFill, DrugPrice
from tracker.storage.queries.fact_rows import children, row_reader


def drugs(connection: sqlite3.Connection) -> list[Drug]:
    """Every drug, those still taken first, by name; prices and fills in the order of entry."""
    reader = row_reader(Drug)
    rows = connection.execute(
        f"SELECT {reader.columns()} FROM drug ORDER BY stopped_on IS NOT NULL, name COLLATE NOCASE, id"
    ).fetchall()
    ids = [row[0] for row in rows]
    prices = children(connection, DrugPrice, "drug_price", "drug_id", ids)
    fills = children(connection, DrugFill, "drug_fill", "drug_id", ids)
    return [reader.fact(row, prices=tuple(prices[row[0]]), fills=tuple(fills[row[0]])) for row in rows]
