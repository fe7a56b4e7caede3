"""What SQLite says, as sentences for a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.errors import Bug, WorldProblem
from tracker.storage.queries.columns import DamagedValue

_NO_SHARING = ("SQLITE_IOERR_SHM", "SQLITE_IOERR_LOCK", "SQLITE_PROTOCOL", "SQLITE_NOLFS")
"""What SQLite calls it where a drive has neither shared memory nor locks."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's complaints become sentences at this one border. For readers of `Ledger.read` too."""
    try:
        yield
    except sqlite3.Error as why:
        raise as_problem(path, why) from why
    except DamagedValue as why:
        raise _damaged(path, str(why)) from why
    except Exception as why:
        original = getattr(why, "orig", None)  # SQLAlchemy wraps what the driver said
        if isinstance(original, sqlite3.Error):
            raise as_problem(path, original) from why
        raise


def as_problem(path: Path, why: sqlite3.Error) -> Exception:
    """The sentence for one complaint."""
    text = str(why)
    if isinstance(why, sqlite3.IntegrityError):
        return Bug(f"A change would have broken the ledger: {text}.", "Nothing was saved.")
    if "full" in text:
        return WorldProblem("The disk is full; the change was not saved.", "Free some space and try again.")
    if "readonly" in text or "read-only" in text:
        return WorldProblem(
            f"{path.name} is read-only; nothing was changed.",
            "Allow writing to it and its folder, or copy it to a folder of your own.",
        )
    if "locked" in text or "busy" in text:
        return WorldProblem(f"{path.name} is in use by another program.", "Close it there, then try again.")
    if "malformed" in text or "not a database" in text or "corrupt" in text:
        return _damaged(path, "a part of it cannot be read")
    if getattr(why, "sqlite_errorname", "").startswith(_NO_SHARING):
        return WorldProblem(
            f"The drive that {path.name} is on cannot hold an open ledger; is it on a network?",
            "Copy the ledger to a folder on this computer and open it there.",
        )
    if "disk I/O" in text:
        return WorldProblem(
            f"{path.name} could not be read or written: its drive did not answer.",
            "Check that it is still connected, then try again.",
        )
    return WorldProblem(f"{path.name} could not be used: {text}.", "Nothing was changed; try again.")


def _damaged(path: Path, text: str) -> WorldProblem:
    return WorldProblem(
        f"{path.name} is damaged: {text}.",
        "Restore one of its backups.",
    )
