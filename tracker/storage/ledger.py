"""An open ledger: the one object through which facts are read, changed, undone and redone."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.changes import Area, Changes
from tracker.dates import Clock
from tracker.errors import Cancelled, WorldProblem
from tracker.storage import engine, gate
from tracker.storage.complaints import translated
from tracker.storage.files import real
from tracker.storage.lock import FileLock
from tracker.storage.undo import Step, UndoLog

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

log = logging.getLogger(__name__)

AREA_OF_TABLE = {
    "person": Area.PEOPLE,
    "provider": Area.PROVIDERS,
    "membership": Area.MEMBERSHIPS,
    "membership_person": Area.MEMBERSHIPS,
    "membership_service": Area.MEMBERSHIPS,
    "care_statement": Area.MEMBERSHIPS,
    "administrator_answer": Area.MEMBERSHIPS,
    "practice_contact": Area.MEMBERSHIPS,
    "decision_answer": Area.MEMBERSHIPS,
    "care_model": Area.MEMBERSHIPS,
    "care_model_use": Area.MEMBERSHIPS,
    "plan": Area.PLANS,
    "plan_person": Area.PLANS,
    "accumulator": Area.PLANS,
    "network_tier": Area.PLANS,
    "cost_rule": Area.PLANS,
    "service_category": Area.PLANS,
    "opening_balance": Area.PLANS,
    "stated_total": Area.PLANS,
    "network_check": Area.PLANS,
    "planned_care": Area.PLANS,
    "account": Area.ACCOUNTS,
    "fsa_year": Area.ACCOUNTS,
    "hra_year": Area.ACCOUNTS,
    "other_cover": Area.ACCOUNTS,
    "account_statement": Area.ACCOUNTS,
    "fund_plan": Area.ACCOUNTS,
    "fund_scenario": Area.ACCOUNTS,
    "tax_facts": Area.TAXES,
    "own_limit": Area.TAXES,
    "trip": Area.TAXES,
    "drug": Area.PRESCRIPTIONS,
    "drug_price": Area.PRESCRIPTIONS,
    "drug_fill": Area.PRESCRIPTIONS,
    "household_budget": Area.BUDGET,
    "household_line": Area.BUDGET,
    "reminder": Area.PREFERENCES,
    "category": Area.BUDGET,
    "budget_line": Area.BUDGET,
    "recurring": Area.RECURRING,
    "recurring_skip": Area.RECURRING,
    "payment": Area.PAYMENTS,
    "import_batch": Area.IMPORTS,
    "import_file": Area.IMPORTS,
    "import_rule": Area.IMPORTS,
    "import_profile": Area.IMPORTS,
    "import_account": Area.IMPORTS,
    "allocation": Area.PAYMENTS,
    "payment_repaid": Area.PAYMENTS,
    "expense_note": Area.PAYMENTS,
    "claim": Area.CLAIMS,
    "eob_line": Area.CLAIMS,
    "claim_link": Area.CLAIMS,
    "visit": Area.VISITS,
    "order_line": Area.VISITS,
    "bill": Area.BILLS,
    "statement": Area.BILLS,
    "statement_line": Area.BILLS,
    "payment_bill": Area.PAYMENTS | Area.BILLS,
    "case_file": Area.CASES,
    "case_step": Area.CASES,
    "deadline": Area.CASES,
    "authorization": Area.CASES,
    "submission": Area.CASES,
    "call": Area.CASES,
    "finding_note": Area.CASES,
    "snooze": Area.CASES,
    "document": Area.DOCUMENTS,
    "review_note": Area.REVIEW,
    "preference": Area.PREFERENCES,
}
"""Every table whose changes can be undone. The history and the bytes of documents are not here:
undo never erases the one and needs only the rows that point at the other."""


class Work:
    """What a service holds while it writes: an SQLAlchemy connection inside one transaction."""

    def __init__(self, connection: Connection, words: str) -> None:
        self.connection = connection
        self.words = words
        self.new_id: int | None = None
        self.changes = Changes("", Area.NONE)


class Ledger:
    """Serialises writers, lets readers on any thread run beside them, keeps undo and history."""

    def __init__(
        self,
        path: Path,
        *,
        passphrase: str | None = None,
        clock: Clock = date.today,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        read_only: bool = False,
    ) -> None:
        """Open an existing ledger. Raises WorldProblem with a sentence where it will not be opened.

        `read_only` takes no lock and may look at a ledger that another copy has open. It changes
        nothing, so a file of an older version is refused until the program has updated it.
        """
        self.path = path = real(path)
        self.today = clock
        self.backup_problem: WorldProblem | None = None
        """Why today's backup could not be made, or None; the change itself went through."""
        self._passphrase = passphrase
        self._now = now
        self._read_only = read_only
        self._lock = threading.RLock()
        self._readers: list[sqlite3.Connection] = []
        self._is_closed = False
        self._reader_of_thread = threading.local()
        self._engine: Engine | None = None
        self._undo = UndoLog()
        self._backed_up_on: date | None = None
        self._file_lock = FileLock(path)
        stamp = gate.inspect(path)
        if read_only and stamp.is_older:
            raise WorldProblem(
                f"{path.name} was made by an older version of Concierge Ledger.",
                "Open it once in the program, which makes a backup and updates the file.",
            )
        if not read_only:
            gate.require_writable(path)
            self._file_lock.acquire()
        try:
            if stamp.is_older:
                self._migrate()
            if not (read_only or stamp.has_log):
                self._begin_log()
            with translated(path):
                self.read().execute("SELECT 1 FROM preference LIMIT 1").fetchone()
        except BaseException:
            self.close()
            raise

    # reading -------------------------------------------------------------------------

    def read(self) -> sqlite3.Connection:
        """This thread's connection for looking; it refuses to write."""
        connection: sqlite3.Connection | None = getattr(self._reader_of_thread, "connection", None)
        if connection is None:
            connection = engine.connect(self.path, passphrase=self._passphrase, read_only=True)
            with self._lock:
                if self._is_closed:  # work that came too late would keep the file open for good
                    connection.close()
                    raise Cancelled
                self._readers.append(connection)
            self._reader_of_thread.connection = connection
        return connection

    # writing -------------------------------------------------------------------------

    def prepare_writing(self) -> None:
        """Load what writing needs (SQLAlchemy, the undo triggers) ahead of the first change."""
        if self._read_only:
            return
        with self._lock:
            self._get_engine()

    @contextmanager
    def write(self, words: str) -> Iterator[Work]:
        """One change, one transaction; `work.changes` is ready after a clean exit.

        `words` name the change in the Undo menu and the history; a service may refine them
        through `work.words` while it works.
        """
        with self._lock, translated(self.path):
            engine_ = self._get_engine()
            self._back_up_once_a_day()
            with engine_.connect() as connection:
                work = Work(connection, words)
                with connection.begin():
                    yield work
                    step = self._undo.collect(connection, work.words)
                    if step:
                        self._note_history(connection, "done", work.words)
            if step:
                self._undo.remember(step)
            work.changes = Changes(work.words, _areas(step), work.new_id)

    def undo(self) -> Changes:
        """Take back the latest change. Nothing to take back is not an error."""
        return self._replay(redo=False)

    def redo(self) -> Changes:
        """Do again what was last taken back."""
        return self._replay(redo=True)

    @property
    def next_undo(self) -> str | None:
        return self._undo.next_undo

    @property
    def next_redo(self) -> str | None:
        return self._undo.next_redo

    def close(self) -> None:
        """Give everything back. Closing the last connection folds the log into the file."""
        with self._lock:
            self._is_closed = True
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None
            for connection in self._readers:
                connection.close()
            self._readers.clear()
            self._reader_of_thread = threading.local()
            self._file_lock.release()

    # ours ----------------------------------------------------------------------------

    def _replay(self, *, redo: bool) -> Changes:
        with self._lock, translated(self.path):
            with self._get_engine().connect() as connection, connection.begin():
                opposite = self._undo.replay(connection, redo=redo)
                if opposite:
                    self._note_history(connection, "redone" if redo else "undone", opposite.words)
            if opposite is None:
                return Changes("", Area.NONE)
            self._undo.settle(opposite, redo=redo)
            return Changes(opposite.words, _areas(opposite))

    def _get_engine(self) -> Engine:
        if self._read_only:
            raise WorldProblem(f"{self.path.name} was opened for reading only.")
        if self._is_closed:
            raise Cancelled  # the lock that keeps other copies out is given back
        if self._engine is None:
            made = engine.sqlalchemy_engine(lambda: engine.connect(self.path, passphrase=self._passphrase))
            with made.connect() as connection, connection.begin():
                self._undo.install(connection, AREA_OF_TABLE)
            self._engine = made
        return self._engine

    def _note_history(self, connection: Connection, kind: str, words: str) -> None:
        connection.exec_driver_sql(
            "INSERT INTO change_history(at, words, kind) VALUES (?, ?, ?)",
            (self._now().astimezone(UTC).isoformat(timespec="seconds"), words, kind),
        )

    def _back_up_once_a_day(self) -> None:
        today = self.today()
        if self._backed_up_on == today:
            return
        from tracker.storage import backup

        if all(copy.made_at.date() != today for copy in backup.listed(self.path) if not copy.reason):
            made_at = datetime.combine(today, self._now().astimezone().time()).astimezone()
            try:
                backup.make(self.path, now=made_at)
                backup.rotate(self.path)
                self.backup_problem = None
            except WorldProblem as problem:
                # A full backup disk must not keep anyone from recording a payment.
                log.warning("daily backup failed", exc_info=True)
                self.backup_problem = problem
        self._backed_up_on = today

    def _begin_log(self) -> None:
        """A copy that became the ledger has no write-ahead log yet; some network drives allow none."""
        try:
            with closing(engine.connect(self.path, passphrase=self._passphrase)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.Error:
            log.info("the ledger goes on without a write-ahead log", exc_info=True)

    def _migrate(self) -> None:
        from tracker.storage import backup, migrate

        made_at = self._now().astimezone()
        backup.make(self.path, now=made_at, reason="before update")
        with translated(self.path):
            migrate.upgrade(self.path)


def create(path: Path, **options: object) -> Ledger:
    """Start a new, empty ledger with the budget template in it, and open it.

    Raises WorldProblem where a file of that name exists or the folder cannot be written to.
    """
    from tracker.storage import creation

    creation.create_file(path)
    return Ledger(path, **options)  # type: ignore[arg-type]


def _areas(step: Step | None) -> Area:
    found = Area.NONE
    for table in step.tables if step else ():
        found |= AREA_OF_TABLE[table]
    return found
