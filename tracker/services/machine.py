"""What the machine runs, for the About box and a question to somebody else."""

from __future__ import annotations

import sqlite3


def sqlite_version() -> str:
    """The version of the SQLite library that reads and writes ledgers."""
    return sqlite3.sqlite_version
