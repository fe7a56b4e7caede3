"""Copies of the ledger that are complete even while it is in use, kept in rotation.

A copy is made before the first change of a day and before every migration and restore. Each is
opened and checked before it counts. Kept are 7 daily, 8 weekly and 12 monthly copies.
"""

from __future__ import annotations

import logging
import os
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tracker.errors import LedgerError, WorldProblem
from tracker.storage import engine, gate
from tracker.storage.files import discard, flush, private_empty_file, real
from tracker.storage.lock import FileLock
from tracker.whole_file import put_in_place, reason_of

log = logging.getLogger(__name__)

KEEP_DAILY, KEEP_WEEKLY, KEEP_MONTHLY = 7, 8, 12
_STAMP = "%Y-%m-%d %H%M%S"
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2} \d{6})(?: (.+))?")
_PAGES_PER_STEP = 256

Progress = Callable[[int, int], object]
"""Called with pages done and pages in all; may raise Cancelled."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy. `reason` is empty for the daily ones."""

    path: Path
    made_at: datetime
    reason: str
    size: int


def folder_of(ledger: Path) -> Path:
    """Where a ledger's backups lie: beside it."""
    return ledger.with_name(f"{ledger.stem} backups")


def listed(ledger: Path) -> list[Backup]:
    """The backups of a ledger, newest first."""
    found = []
    prefix = f"{unicodedata.normalize('NFC', ledger.stem)} "
    folder = folder_of(ledger)
    for path in folder.glob("*.ledger") if folder.is_dir() else ():
        # Some disks give names back in another spelling, and for some capitals do not count.
        stem = unicodedata.normalize("NFC", path.stem)
        if stem[: len(prefix)].casefold() != prefix.casefold():
            continue
        if name := _NAME.fullmatch(stem[len(prefix) :]):
            try:
                made_at = datetime.strptime(name[1], _STAMP).astimezone()
                size = path.stat().st_size
            except (ValueError, OverflowError, OSError):
                continue  # named by somebody else, or gone in the meantime
            found.append(Backup(path, made_at, name[2] or "", size))
    return sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)


def make(
    ledger: Path,
    *,
    now: datetime,
    reason: str = "",
    to: Path | None = None,
    progress: Progress | None = None,
) -> Path:
    """Copy the ledger with SQLite's own backup call (a file copy would miss the log), then verify.

    Raises WorldProblem where the copy cannot be written or does not read back; the ledger and
    older backups stay as they are. A reason given keeps the copy out of the rotation's daily slot.
    """
    target = to or _free_name(ledger, now, reason)
    part = target.with_name(target.name + ".part")
    try:
        if to is None:
            target.parent.mkdir(mode=0o700, exist_ok=True)
        private_empty_file(part)
        with (
            closing(engine.connect(ledger, read_only=True)) as source,
            closing(sqlite3.connect(part)) as copy,
        ):

            def step(_status: int, remaining: int, total: int) -> None:
                if progress:
                    progress(total - remaining, total)

            source.backup(copy, pages=_PAGES_PER_STEP if progress else -1, progress=step)
            copy.execute("PRAGMA journal_mode = DELETE")
        _verify_new(part, ledger)
        flush(part)
        put_in_place(part, target)
    except LedgerError:  # cancelled, or the copy did not read back
        discard(part)
        raise
    except (OSError, sqlite3.Error) as why:
        discard(part)
        raise WorldProblem(
            f"The backup could not be written to {target.parent}: {_reason(why)}.",
            "Free some space or choose another folder. The ledger itself is unharmed.",
        ) from why
    return target


def _verify_new(part: Path, ledger: Path) -> None:
    try:
        verify(part)
    except WorldProblem as why:
        raise WorldProblem(
            f"A copy of {ledger.name} does not read back, so the ledger itself may be damaged.",
            "Restore an earlier backup: Settings, Backups, or `concierge-ledger restore`.",
        ) from why


def verify(path: Path) -> None:
    """Read a copy through from beginning to end; raises WorldProblem where it is not a good ledger."""
    gate.inspect(path)
    try:
        with closing(engine.connect(path, read_only=True)) as copy:
            verdict = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            copy.execute("SELECT count(*) FROM payment").fetchone()
    except sqlite3.Error as why:
        raise WorldProblem(f"{path.name} does not read back: {why}.", "Choose another backup.") from why
    if verdict != "ok":
        raise WorldProblem(f"{path.name} is damaged: {verdict}.", "Choose another backup.")


def rotate(ledger: Path) -> list[Path]:
    """Remove the daily copies that the rotation no longer keeps; gives what was removed."""
    backups = [backup for backup in listed(ledger) if not backup.reason]
    kept = keep(backup.made_at for backup in backups)
    removed = []
    for backup in backups:
        if backup.made_at not in kept:
            try:
                backup.path.unlink(missing_ok=True)
            except OSError:  # somebody is looking at it; there will be another day
                log.warning("an old backup could not be removed", exc_info=True)
                continue
            removed.append(backup.path)
    return removed


def keep(stamps: Iterable[datetime]) -> set[datetime]:
    """Which copies stay: the newest of each of 7 days, 8 weeks and 12 months that have one.

    Slots are counted over the copies there are, not back from today, so that a wrong system clock
    or a long pause never empties the folder.
    """
    ordered = sorted(stamps, reverse=True)
    kept: set[datetime] = set()
    for slot_of, count in (
        (lambda stamp: stamp.date(), KEEP_DAILY),
        (lambda stamp: stamp.isocalendar()[:2], KEEP_WEEKLY),
        (lambda stamp: (stamp.year, stamp.month), KEEP_MONTHLY),
    ):
        newest: dict[object, datetime] = {}
        for stamp in ordered:
            newest.setdefault(slot_of(stamp), stamp)
        kept.update(list(newest.values())[:count])
    return kept


def restore(copy: Path, ledger: Path, *, now: datetime) -> Path | None:
    """Put a verified copy in the ledger's place; gives the safety copy of what was there before.

    The ledger must be closed. It is replaced in one step: a power cut leaves the old or the new.
    A ledger too damaged to be copied is set aside under another name instead. Raises WorldProblem
    where the copy is no good ledger, where the ledger is open, and where nothing can be written.
    """
    verify(copy)
    ledger = real(ledger)
    lock = FileLock(ledger)
    try:
        if ledger.exists() and copy.samefile(ledger):
            raise WorldProblem("That file is the ledger itself.", "Choose one of its backups.")
        ledger.parent.mkdir(parents=True, exist_ok=True)
    except OSError as why:
        raise WorldProblem(
            f"{ledger.parent} cannot be written to: {_reason(why)}.", "Choose another place for the ledger."
        ) from why
    lock.acquire()
    try:
        return _put_in_place(copy, ledger, now)
    finally:
        lock.release()


def _put_in_place(copy: Path, ledger: Path, now: datetime) -> Path | None:
    part = ledger.with_name(ledger.name + ".restoring")
    safety: Path | None = None
    try:
        private_empty_file(part)
        with (
            closing(engine.connect(copy, read_only=True)) as source,
            closing(sqlite3.connect(part)) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        verify(part)
        flush(part)
        if ledger.exists():
            safety = _set_aside(ledger, now)
        for leftover in ("-wal", "-shm"):
            ledger.with_name(ledger.name + leftover).unlink(missing_ok=True)
        put_in_place(part, ledger)
    except LedgerError:
        discard(part)
        raise
    except (OSError, sqlite3.Error) as why:
        discard(part)
        raise WorldProblem(
            f"The backup could not be restored: {_reason(why)}.", "The ledger was left as it was."
        ) from why
    return safety


def _set_aside(ledger: Path, now: datetime) -> Path:
    try:
        gate.inspect(ledger)
        return make(ledger, now=now, reason="before restore")
    except WorldProblem:
        aside = _free_name(ledger, now, "damaged").with_suffix(".damaged")
        aside.parent.mkdir(mode=0o700, exist_ok=True)
        for ending in ("", "-wal"):  # the log may hold what the file lost
            source = ledger.with_name(ledger.name + ending)
            if source.exists():
                kept = aside.with_name(aside.name + ending)
                private_empty_file(kept)
                kept.write_bytes(source.read_bytes())
        return aside


def _free_name(ledger: Path, now: datetime, reason: str) -> Path:
    """A name not taken yet: two copies in one second, or a clock set back, must not overwrite."""
    stem = f"{ledger.stem} {now.strftime(_STAMP)}"
    words = f" {reason}" if reason else ""
    target = folder_of(ledger) / f"{stem}{words}.ledger"
    number = 2
    while os.path.exists(target):  # which a folder that cannot be asked does not break off
        target = folder_of(ledger) / f"{stem} {reason or 'again'} {number}.ledger"
        number += 1
    return target


def _reason(why: Exception) -> str:
    return reason_of(why) if isinstance(why, OSError) else str(why)
