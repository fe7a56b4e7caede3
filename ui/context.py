"""Everything a page may use, handed to its constructor. There are no globals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject

from tracker.changes import Changes
from tracker.errors import UserProblem
from tracker.services.bundle import Services
from tracker.storage.complaints import translated
from ui.bus import ChangeBus
from ui.jobs import Job, JobRunner
from ui.jobs import Progress as Progress
from ui.window_state import WindowState

T = TypeVar("T")


class Shell(Protocol):
    """What a page may ask of the window around it."""

    def go_to(self, page: str, target: object = None) -> None:
        """Show another page; it receives `target` through its `arrive` method."""

    def toast(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Say what happened, without taking the focus."""


@dataclass(frozen=True)
class Context:
    """Services to read and change facts, and the ways to do so without blocking the window."""

    services: Services
    bus: ChangeBus
    jobs: JobRunner
    shell: Shell
    show_problem: Callable[[BaseException], object]
    state: WindowState = field(default_factory=WindowState)
    """Remembered filters and column widths; by default nothing is remembered."""

    @property
    def today(self) -> date:
        return self.services.ledger.today()

    def load(
        self, owner: QObject, read: Callable[[], T], show: Callable[[T], object], *, label: str = ""
    ) -> Job[T]:
        """Read beside the UI thread, show on it. Keep the job to cancel it when a newer one starts."""

        def work(_progress: Progress) -> T:
            with translated(self.services.ledger.path):
                return read()

        return self.jobs.run(Job(label, work, show, self.show_problem), owner=owner)

    def commit(
        self,
        owner: QObject,
        act: Callable[[], Changes],
        *,
        then: Callable[[Changes], object] | None = None,
        complain: Callable[[UserProblem], object] | None = None,
        gave_up: Callable[[], object] | None = None,
        quiet: bool = False,
        label: str = "",
    ) -> Job[Changes]:
        """Make one change beside the UI thread, announce it, offer Undo in a toast, then tell `then`.

        `complain` receives what the person can fix, so that a form shows it beside the field;
        everything else goes to the common dialog, and `gave_up` is told, so that a form can be saved
        again. `quiet` leaves out the toast (inline editing).
        """

        def finished(changes: Changes) -> None:
            self.bus.announce(changes)
            if changes.areas and not quiet:
                self.shell.toast(changes.words, self.undo)
            if then:
                then(changes)

        def failed(problem: Exception) -> None:
            if complain and isinstance(problem, UserProblem):
                complain(problem)
            else:
                self.show_problem(problem)
                if gave_up:
                    gave_up()

        return self.jobs.run(Job(label, lambda _: act(), finished, failed), owner=owner)

    def undo(self) -> None:
        """Take back the latest change, whatever it was."""
        self._replay(self.services.ledger.undo, "Undone")

    def redo(self) -> None:
        self._replay(self.services.ledger.redo, "Done again")

    def _replay(self, act: Callable[[], Changes], said: str) -> None:
        def finished(changes: Changes) -> None:
            self.bus.announce(changes)
            if changes.words:
                self.shell.toast(f"{said}: {changes.words}")

        self.jobs.run(Job("", lambda _: act(), finished, self.show_problem), owner=self.bus)
