"""Putting a copy in a ledger's place while the program goes on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tracker.services import backups
from ui import problems
from ui.jobs import Job, JobRunner

if TYPE_CHECKING:
    from ui.bootstrap import Program
    from ui.session import Session


class Restoring(QObject):
    """One restore. The old window stays behind its dialog until the new one is up.

    Qt would otherwise end the program between the two. Whatever goes wrong, the ledger that was
    open is opened again, and the person is told.
    """

    ended = Signal(bool)
    """Whether it worked. A signal, because the dialog may be gone with the window it stood on."""

    def __init__(self, program: Program, *, runner: JobRunner | None = None) -> None:
        super().__init__(program)
        self._program = program
        self._jobs = runner or JobRunner(self)
        self._old: Session | None = None
        self._reopen: Path | None = None

    def start(self, copy: Path, target: Path) -> None:
        """Restore `copy` at `target` and open it."""
        session = self._program.session
        if session is not None and backups.is_same(session.ledger.path, target):
            self._old, self._reopen = session, session.ledger.path
            session.end()
        job: Job[Path | None] = Job(
            "Restoring",
            lambda _progress: backups.restore(copy, target),
            lambda _safety: self._done(target),
            self._failed,
        )
        self._jobs.run(job, owner=self)

    def _done(self, target: Path) -> None:
        opened = self._program.open(target)
        self._finish(opened)

    def _failed(self, problem: Exception) -> None:
        if self._reopen is not None:
            self._program.open(self._reopen)
        session = self._program.session
        self._finish(False)
        problems.show(problem, session.window if session else self._program.welcome)

    def _finish(self, worked: bool) -> None:
        self.ended.emit(worked)
        if self._old is not None and self._program.session is not None:
            self._old.window.close()
        self._jobs.shut_down()
        self.deleteLater()
