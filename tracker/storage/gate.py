"""Whether a file may be opened as a ledger, decided from its first 100 bytes and its size.

No library is loaded for this, so a refusal is instant and a good file loses no time.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import WorldProblem
from tracker.storage.engine import APPLICATION_ID

SCHEMA_VERSION = 6
"""The shape of the tables this program writes; stamped as SQLite's user_version."""

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_RESTORE = "Restore one of its backups."


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the file says of itself."""

    schema_version: int
    has_log: bool = True
    """Whether changes go to a write-ahead log first; copies are made without one."""

    @property
    def is_older(self) -> bool:
        return self.schema_version < SCHEMA_VERSION


def inspect(path: Path) -> Stamp:
    """Read the stamp, or raise WorldProblem saying why this file will not be opened."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise WorldProblem(f"{path} is a folder.", "Choose the ledger file in it.")
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except FileNotFoundError:
        raise WorldProblem(
            f"There is no ledger at {path}.", "Choose another file or start a new one."
        ) from None
    except OSError as why:
        raise WorldProblem(
            f"{path} cannot be read: {why.strerror or why}.", "Check who may read it."
        ) from why

    if size == 0:
        raise WorldProblem(f"{path.name} is empty; it holds no ledger.", _RESTORE)
    if not header.startswith(_MAGIC):
        raise WorldProblem(
            f"{path.name} is not a Concierge Ledger file.", "Choose a file that this program made."
        )
    if len(header) < _HEADER_BYTES:
        raise _damaged(path)
    if struct.unpack_from(">I", header, 68)[0] != APPLICATION_ID:
        raise WorldProblem(
            f"{path.name} belongs to another program.", "Choose a file that Concierge Ledger made."
        )
    version = struct.unpack_from(">I", header, 60)[0]
    if version > SCHEMA_VERSION:
        raise WorldProblem(
            f"{path.name} was made by a newer version of Concierge Ledger.",
            "Update the program to open it; nothing was changed.",
        )
    if _is_cut_short(path, header, size):
        raise _damaged(path)
    return Stamp(version, has_log=header[18] == 2)


def require_writable(path: Path) -> None:
    """Raises WorldProblem where the file is read-only for this person."""
    if not os.access(path, os.W_OK):
        raise WorldProblem(
            f"{path.name} is read-only.", "Allow writing to it, or copy it to a folder of your own."
        )


def _is_cut_short(path: Path, header: bytes, size: int) -> bool:
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        return False  # the log may hold the missing pages; SQLite's own check decides later
    page_size: int = struct.unpack_from(">H", header, 16)[0]
    pages: int = struct.unpack_from(">I", header, 28)[0]
    return size < pages * (65536 if page_size == 1 else page_size)


def _damaged(path: Path) -> WorldProblem:
    return WorldProblem(f"{path.name} is damaged: a part of it is missing.", _RESTORE)
