"""Undo kept by SQLite itself: triggers write the inverse of every row change.

Because the database records the inverse, bulk statements and cascades are covered and rows come
back with their old ids. The inverses lie in a TEMP table of the writing connection: they cost no
memory of ours however many there are, join the transaction that made them, and vanish when the
ledger is closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Step:
    """One change: its name, the tables it touched, and where its inverses lie in the log."""

    words: str
    tables: frozenset[str]
    first: int
    last: int


_DELETE = re.compile(r'DELETE FROM "(\w+)" WHERE rowid=(-?\d+)')
_TOGETHER = 500


def _joined(statements: Iterable[str]) -> Iterator[str]:
    """The same statements in order, with neighbouring deletions of one table made one."""
    table, ids = "", list[str]()
    for statement in statements:
        found = _DELETE.fullmatch(statement)
        if ids and (found is None or found[1] != table or len(ids) >= _TOGETHER):
            yield f'DELETE FROM "{table}" WHERE rowid IN ({",".join(ids)})'
            ids = []
        if found is None:
            yield statement
        else:
            table = found[1]
            ids.append(found[2])
    if ids:
        yield f'DELETE FROM "{table}" WHERE rowid IN ({",".join(ids)})'


class UndoLog:
    """The steps that can be taken back and done again; unlimited within one run."""

    def __init__(self) -> None:
        self._undo: list[Step] = []
        self._redo: list[Step] = []
        self._seen = 0

    @property
    def next_undo(self) -> str | None:
        return self._undo[-1].words if self._undo else None

    @property
    def next_redo(self) -> str | None:
        return self._redo[-1].words if self._redo else None

    def install(self, connection: Connection, tables: Iterable[str]) -> None:
        """Create the log and three triggers a table. Tables need an ordinary rowid."""
        run = connection.exec_driver_sql
        run("CREATE TEMP TABLE undo_log (seq INTEGER PRIMARY KEY AUTOINCREMENT, tbl TEXT, sql TEXT)")
        for table in tables:
            columns = [row[1] for row in run(f'PRAGMA main.table_info("{table}")')]
            names = ", ".join(f'"{column}"' for column in columns)
            values = " || ',' || ".join(f'quote(OLD."{column}")' for column in columns)
            pairs = " || ',' || ".join(f'\'"{column}"=\' || quote(OLD."{column}")' for column in columns)
            for event, inverse in {
                "INSERT": f"'DELETE FROM \"{table}\" WHERE rowid=' || NEW.rowid",
                "UPDATE": f"'UPDATE \"{table}\" SET ' || {pairs} || ' WHERE rowid=' || NEW.rowid",
                "DELETE": f"'INSERT INTO \"{table}\"({names}) VALUES(' || {values} || ')'",
            }.items():
                run(
                    f'CREATE TEMP TRIGGER "undo_{table}_{event}" AFTER {event} ON main."{table}" BEGIN '
                    f"INSERT INTO undo_log(tbl, sql) VALUES('{table}', {inverse}); END"
                )

    def collect(self, connection: Connection, words: str) -> Step | None:
        """What this transaction wrote so far; None where it changed nothing. Call before COMMIT."""
        first, last = connection.exec_driver_sql(
            "SELECT min(seq), max(seq) FROM undo_log WHERE seq > ?", (self._seen,)
        ).one()
        if first is None:
            return None
        tables = connection.exec_driver_sql(
            "SELECT DISTINCT tbl FROM undo_log WHERE seq BETWEEN ? AND ?", (first, last)
        ).scalars()
        return Step(words, frozenset(tables), first, last)

    def remember(self, step: Step) -> None:
        """Call after COMMIT, so that a rolled-back step is never offered."""
        self._seen = step.last
        self._undo.append(step)
        self._redo.clear()

    def replay(self, connection: Connection, *, redo: bool) -> Step | None:
        """Carry out the inverses of the latest step; gives the step that reverses this again."""
        source = self._redo if redo else self._undo
        if not source:
            return None
        step = source[-1]
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        statements = connection.exec_driver_sql(
            "SELECT sql FROM undo_log WHERE seq BETWEEN ? AND ? ORDER BY seq DESC", (step.first, step.last)
        ).scalars()
        # Straight to the driver: an import of 50,000 rows is as many statements.
        driver = connection.connection.driver_connection
        assert driver is not None
        for statement in _joined(statements.all()):
            driver.execute(statement)
        opposite = self.collect(connection, step.words)
        connection.exec_driver_sql(
            "DELETE FROM undo_log WHERE seq BETWEEN ? AND ?", (step.first, step.last)
        )
        return opposite

    def settle(self, opposite: Step, *, redo: bool) -> None:
        """Call after the COMMIT of a replay."""
        source, target = (self._redo, self._undo) if redo else (self._undo, self._redo)
        source.pop()
        target.append(opposite)
        self._seen = opposite.last
