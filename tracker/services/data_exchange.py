"""Everything in a ledger as one JSON file with the attached files beside it, and back."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import LedgerError, UserProblem, WorldProblem
from tracker.exports import ledger_json as writing
from tracker.imports import ledger_json as reading
from tracker.imports.ledger_json import Head, LedgerFile, NewRow
from tracker.ledger_form.nouns import NOUNS
from tracker.services.attached_files import AttachedFiles, files_folder, written_files
from tracker.services.backups import machine_time
from tracker.storage import backup, creation
from tracker.storage.files import is_same
from tracker.storage.ledger import Ledger
from tracker.storage.queries import documents as document_query
from tracker.storage.queries.everything import StoredRows, holds_facts
from tracker.whole_file import reason_of, whole_file

if TYPE_CHECKING:
    from sqlalchemy import Connection

Progress = Callable[[int, int], object]
"""Called with what is done and with all there is to do; may raise Cancelled."""

_BATCH = 1_000
_LEDGER = b"SQLite format 3\x00"
_ROW_WEIGHT = 512
"""About how many bytes one entry takes, so that entries and attached files share one progress bar."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the file, the folder of attached files or None, and how much is in them."""

    path: Path
    folder: Path | None
    entries: int
    documents: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What was read. `before` is the copy of the empty ledger that was replaced, or None.

    `documents_left_out` were only listed in the file. `findings` are contradictions that were in it, as
    `check` words them; the facts are imported as they are.
    """

    ledger: Path
    entries: int
    documents: int
    documents_left_out: int
    findings: tuple[str, ...] = ()
    before: Path | None = None


# out -----------------------------------------------------------------------------------


def export_everything(
    ledger: Ledger, path: Path, *, attachments: bool = True, progress: Progress | None = None
) -> Exported:
    """Write every fact of the ledger to a file, whole or not at all, as of one moment.

    Raises UserProblem where the file is a ledger, WorldProblem where it cannot be written or an
    attached file no longer reads as it was stored.
    """
    _refuse_ledger(ledger, path)
    connection = ledger.read()
    stored = StoredRows(connection)
    with stored.at_one_moment():
        documents = stored.documents() if attachments else []
        whole = sum(stored.count(noun.table) for noun in NOUNS) * _ROW_WEIGHT
        tally = _Tally(whole + sum(size for _sha, _name, size in documents), progress)
        folder = files_folder(path) if documents else None
        with written_files(folder) as put:
            for sha256, name, size in documents:
                content = document_query.content(connection, sha256)
                if content is None or hashlib.sha256(content).hexdigest() != sha256:
                    raise WorldProblem(
                        f"The document {name} no longer reads as it was stored; nothing was exported.",
                        "Remove it from what it hangs on, or export without attachments.",
                    )
                put(sha256, name, content)
                tally.add(size)
            entries = _write_entries(ledger, stored, path, attachments=attachments, tally=tally)
    return Exported(path, folder, entries, len(documents))


def _write_entries(
    ledger: Ledger, stored: StoredRows, path: Path, *, attachments: bool, tally: _Tally
) -> int:
    entries = 0

    def step(count: int) -> None:
        nonlocal entries
        entries += count
        tally.add(count * _ROW_WEIGHT)

    with whole_file(path) as stream:
        for piece in writing.pieces(stored, exported_on=ledger.today(), attachments=attachments, step=step):
            stream.write(piece.encode("utf-8"))
    return entries


def _refuse_ledger(ledger: Ledger, path: Path) -> None:
    """An export never takes the place of a ledger, this one or another."""
    is_ledger = is_same(path, ledger.path)
    with contextlib.suppress(OSError):
        if not is_ledger and path.is_file():
            with path.open("rb") as file:
                is_ledger = file.read(len(_LEDGER)) == _LEDGER
    if is_ledger:
        raise UserProblem(
            f"{path.name} is a ledger; an export cannot take its place.", "Choose another name."
        )


# in ------------------------------------------------------------------------------------


def look_into_export(path: Path) -> Head:
    """What a file says of itself; raises UserProblem where it is no export of a ledger."""
    return LedgerFile(path).head


def import_everything(
    path: Path,
    target: Path,
    *,
    progress: Progress | None = None,
    clock: Callable[[], date] = date.today,
    now: Callable[[], datetime] = machine_time,
) -> Imported:
    """Make a ledger of an exported file: complete, or nothing at all.

    `target` is a file that is not there yet, or a ledger without facts, of which a copy is kept. Raises
    UserProblem for anything in the file that is wrong, with its place.
    """
    exists = target.exists()
    if exists:
        _require_empty(target, clock)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".import-") as folder:
            built = Path(folder) / "new.ledger"
            filling = _Filling(path, progress)
            creation.create_file(built, filling.fill)
            findings = _read_through(built, path, clock)
            filling.last_chance_to_stop()
            before = backup.restore(built, target, now=now())
    except OSError as why:
        raise WorldProblem(
            f"The ledger could not be written to {target.parent}: {reason_of(why)}.",
            "Choose another folder; nothing was imported.",
        ) from why
    source = filling.source
    documents = len(source.documents)
    return Imported(target, source.entries, documents, source.left_out, findings, before)


def _require_empty(target: Path, clock: Callable[[], date]) -> None:
    ledger = Ledger(target, clock=clock)
    try:
        is_empty = not holds_facts(ledger.read())
    finally:
        ledger.close()
    if not is_empty:
        raise UserProblem(
            f"{target.name} already has facts; an import needs an empty ledger.",
            "Choose the name of a new one; nothing was changed.",
            field="target",
        )


class _Filling:
    """Puts the rows of a file into empty tables."""

    def __init__(self, path: Path, progress: Progress | None) -> None:
        self._path = path
        self._tally = _Tally(path.stat().st_size if path.is_file() else 0, progress)
        self._read = 0
        self.source = LedgerFile(path, passed=self._passed)
        self._files = AttachedFiles(files_folder(path))
        self._tally.whole += self._files.size if self.source.head.attachments else 0
        self._waiting: dict[str, list[NewRow]] = {}

    def fill(self, connection: Connection) -> None:
        # Entries may name what only comes later in the file.
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for row in self.source.rows():
            waiting = self._waiting.setdefault(row.table, [])
            waiting.append(row)
            if len(waiting) >= _BATCH:
                self._put(connection, row.table)
        for table in self._waiting:
            self._put(connection, table)
        for sha256, (name, size, _place) in self.source.documents.items():
            content = self._files.content(sha256, name, size)
            connection.exec_driver_sql(
                "INSERT INTO document_content(sha256, content) VALUES (?, ?)", (sha256, content)
            )
            self._tally.add(size)

    def last_chance_to_stop(self) -> None:
        """Raises Cancelled where somebody asked for it before the ledger takes its place."""
        self._tally.add(0)

    def _put(self, connection: Connection, table: str) -> None:
        from sqlalchemy.exc import IntegrityError

        rows, self._waiting[table] = self._waiting[table], []
        if not rows:
            return
        columns = reading.SHAPES[table]
        names = ", ".join(f'"{name}"' for name in columns)
        insert = f'INSERT INTO "{table}"({names}) VALUES ({", ".join("?" * len(columns))})'
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(insert, [row.values for row in rows])
        except IntegrityError:
            for row in rows:  # one by one, to find the one that was refused
                try:
                    connection.exec_driver_sql(insert, row.values)
                except IntegrityError as why:
                    said = _contradiction(str(why.orig))
                    raise reading.problem(self._path, f"has something wrong: {row.place}, {said}") from why

    def _passed(self, read: int) -> None:
        self._tally.add(max(0, read - self._read))
        self._read = max(read, self._read)


class _Tally:
    """Counts what is done of a whole, and tells."""

    def __init__(self, whole: int, progress: Progress | None) -> None:
        self.whole = whole
        self._progress = progress
        self._done = 0

    def add(self, part: int) -> None:
        self._done += part
        if self._progress is not None:
            self._progress(min(self._done, self.whole), self.whole)


_CONTRADICTIONS = {
    "_term": "ends before it begins",
    "_period": "ends before it begins",
    "_service": "has a service_to before its service_from",
    "_one_end": "has to name a bill_id or a visit_id, and not both",
}


def _contradiction(text: str) -> str:
    """What SQLite refused, as the end of a sentence: `UNIQUE constraint failed: snooze.key`."""
    rule, _, about = text.partition(": ")
    if rule.startswith("UNIQUE"):
        names = [name.rpartition(".")[2] for name in about.split(", ")]
        return f"has the same {' and '.join(names)} as an entry before it"
    if rule.startswith("CHECK"):
        for ending, words in _CONTRADICTIONS.items():
            if about.endswith(ending):
                return words
    return f"contradicts itself ({about or text})"


def _read_through(built: Path, source: Path, clock: Callable[[], date]) -> tuple[str, ...]:
    """Read what was built as the pages will, and look for contradictions; gives those that do no harm.

    Raises UserProblem where facts could not be read again.
    """
    from tracker.services.bundle import services_over
    from tracker.services.check import Level, check
    from tracker.storage.complaints import translated

    ledger = Ledger(built, clock=clock, read_only=True)
    try:
        with translated(source):
            services = services_over(ledger)
            for plan in services.people.household().plans:
                services.plans.terms(plan)
            services.papers.read()
            services.coverage.planned()
            found = check(ledger).findings
    except (LedgerError, ValueError, KeyError, OverflowError) as why:
        said = why.what if isinstance(why, LedgerError) else str(why)
        said = said.rstrip(".")
        raise reading.problem(source, f"has facts that contradict each other: {said}") from why
    finally:
        ledger.close()
    return tuple(finding.words for finding in found if finding.level is Level.DAMAGE)
