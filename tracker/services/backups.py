"""Copies of a ledger for the person: making one, looking into one, bringing one back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from tracker.errors import UserProblem
from tracker.storage import backup, engine, gate
from tracker.storage.backup import Backup
from tracker.storage.complaints import translated
from tracker.storage.files import is_same
from tracker.storage.queries import payments as payment_query

__all__ = ["Backup", "Contents", "back_up", "folder_of", "is_same", "listed", "look_into", "restore"]

BY_HAND = "by hand"
"""The reason of a copy somebody asked for; the rotation never removes it."""

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a copy holds, enough to know whether it is the right one."""

    payments: int
    newest_payment: date | None
    claims: int
    people: tuple[str, ...]


def machine_time() -> datetime:
    """Now, as the names of copies say it: in the time of the place."""
    return datetime.now(UTC).astimezone()


def folder_of(ledger: Path) -> Path:
    """Where a ledger's copies lie."""
    return backup.folder_of(ledger)


def listed(ledger: Path) -> list[Backup]:
    """The copies of a ledger, newest first; none where the folder cannot be looked into."""
    try:
        return backup.listed(ledger)
    except OSError:
        return []


def back_up(
    ledger: Path,
    *,
    to: Path | None = None,
    progress: backup.Progress | None = None,
    now: Now = machine_time,
) -> Path:
    """Copy an open ledger beside itself, or to a file of one's own; gives the copy.

    Raises UserProblem where the copy would take the ledger's own place.
    """
    if to is not None and is_same(to, ledger):
        raise UserProblem("A backup cannot take the place of the ledger itself.", "Choose another name.")
    return backup.make(ledger, now=now(), reason=BY_HAND, to=to, progress=progress)


def look_into(copy: Path) -> Contents:
    """What a copy holds, of this version or an older one; the copy stays as it is.

    Raises WorldProblem where it is not a ledger that can be read.
    """
    gate.inspect(copy)
    with translated(copy), closing(engine.connect(copy, read_only=True)) as connection:
        days = payment_query.first_and_last_day(connection)
        people = connection.execute("SELECT name FROM person ORDER BY position, id LIMIT 6").fetchall()
        return Contents(
            payments=connection.execute("SELECT count(*) FROM payment").fetchone()[0],
            newest_payment=days[1] if days else None,
            claims=connection.execute("SELECT count(*) FROM claim").fetchone()[0],
            people=tuple(name for (name,) in people),
        )


def restore(copy: Path, ledger: Path, *, now: Now = machine_time) -> Path | None:
    """Put a copy in a ledger's place; gives the safety copy of what was there, if anything was.

    The ledger must not be open, in this program or another: raises WorldProblem where it is.
    """
    if is_same(copy, ledger):
        raise UserProblem("That is the ledger itself, not a copy of it.", "Choose one of its backups.")
    return backup.restore(copy, ledger, now=now())
