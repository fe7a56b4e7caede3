"""Whole tables, row by row as they are stored, for taking everything out of a ledger."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tracker.facts import CarryOver
from tracker.storage.creation import TEMPLATE

BATCH = 500
"""Rows held at a time: however large the ledger, little memory is needed."""

_NOT_FACTS = frozenset({"alembic_version", "category", "change_history", "document_content", "preference"})
"""Tables that a ledger nobody has entered anything in may have rows in."""


class StoredRows:
    """The tables of one ledger. Rows begin with their id and come in the order of entry."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Everything read inside is of the same moment, whatever is written meanwhile."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    def count(self, table: str) -> int:
        found: int = self._connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        return found

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
        """All rows of a table, some at a time."""
        cursor = self._connection.execute(f'SELECT id, {_named(columns)} FROM "{table}" ORDER BY id')
        while batch := cursor.fetchmany(BATCH):
            yield batch

    def rows_of(
        self, table: str, owner: str, columns: Sequence[str], owners: Iterable[int]
    ) -> dict[int, list[tuple[Any, ...]]]:
        """The rows that belong to some others, by the owner's id."""
        found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        ids = list(owners)
        for start in range(0, len(ids), BATCH):
            part = ids[start : start + BATCH]
            marks = ",".join("?" * len(part))
            for row in self._connection.execute(
                f'SELECT "{owner}", id, {_named(columns)} FROM "{table}" WHERE "{owner}" IN ({marks})'
                " ORDER BY id",
                part,
            ):
                found[row[0]].append(row[1:])
        return found

    def documents(self) -> list[tuple[str, str, int]]:
        """SHA-256, name and size in bytes of every attached file, each content once."""
        return self._connection.execute(
            "SELECT sha256, name, size FROM document GROUP BY sha256 HAVING id = min(id) ORDER BY min(id)"
        ).fetchall()


def holds_facts(connection: sqlite3.Connection) -> bool:
    """Whether anybody has entered anything: a fact, or a change to the lines of the template."""
    names = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if name not in _NOT_FACTS and not name.startswith("sqlite_")
    ]
    if any(connection.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone() for name in names):
        return True
    lines = connection.execute(
        "SELECT name, role, position, hidden, carry_over FROM category ORDER BY position, id"
    ).fetchall()
    usual = [(name, role, place, 0, CarryOver.NONE) for place, (name, role) in enumerate(TEMPLATE)]
    return lines != usual


def _named(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
