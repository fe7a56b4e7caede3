"""Facts whose table has columns of the same names: all of them, or those a condition keeps."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any, TypeVar

from tracker.storage.queries.fact_rows import row_reader

Fact = TypeVar("Fact")


def facts(
    connection: sqlite3.Connection,
    kind: type[Fact],
    table: str,
    *,
    where: str = "1",
    args: Mapping[str, Any] | None = None,
    order: str = "id",
) -> list[Fact]:
    """The facts of a table in the order asked for. `where` is our own SQL with named `args`."""
    reader = row_reader(kind)
    rows = connection.execute(
        f"SELECT {reader.columns()} FROM {table} WHERE {where} ORDER BY {order}", dict(args or {})
    )
    return [reader.fact(row) for row in rows]
