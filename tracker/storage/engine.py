"""Connections to a ledger file: the one place that opens it (encryption will be added here)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from tracker.errors import WorldProblem

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

APPLICATION_ID = 0x434C4447
"""Stamped into every ledger ("CLDG"), so that another program's file is never mistaken for ours."""


def connect(path: Path, *, passphrase: str | None = None, read_only: bool = False) -> sqlite3.Connection:
    """A plain connection with our settings. `read_only` refuses every write.

    Raises WorldProblem where a passphrase is given: this version cannot open encrypted ledgers.
    """
    if passphrase is not None:
        raise WorldProblem(
            "This version cannot open a ledger that is protected by a passphrase.",
            "Install a newer version of Concierge Ledger.",
        )
    # isolation_level=None: transactions begin where we say so, for table changes and reads too.
    connection = sqlite3.connect(
        address_of(path.absolute()), uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        for pragma in (
            "foreign_keys = ON",
            "busy_timeout = 5000",
            # WAL with full synchronisation: a power cut loses at most the transaction in progress.
            "synchronous = FULL",
            f"query_only = {'ON' if read_only else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()  # Windows neither removes nor replaces a file that is left open
        raise
    return connection


def address_of(path: PurePath) -> str:
    """The file as an address that SQLite opens but never makes.

    `as_uri` copes with spaces, # and % in folder names; a hand-made address does not. It writes the
    server of a shared folder (`\\\\server\\share`) where SQLite accepts none, so that moves into the path.
    """
    address = path.as_uri()
    if not address.startswith("file:///"):
        address = "file:////" + address.removeprefix("file://")
    return f"{address}?mode=rw"


def sqlalchemy_engine(open_connection: Callable[[], sqlite3.Connection]) -> Engine:
    """An SQLAlchemy engine over one connection that every transaction shares."""
    from sqlalchemy import StaticPool, create_engine, event

    engine = create_engine("sqlite://", creator=open_connection, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # Take the write lock at once: two writers then wait for each other instead of failing late.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
