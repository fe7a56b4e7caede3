"""Work off the GUI thread, with progress, cancelling and no lost answers.

The signal that carries answers belongs to the runner, which outlives every job. A signal owned by
the work itself would die with it, and the answer with the signal.
"""

from __future__ import annotations

import logging
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot
from shiboken6 import isValid

from tracker.errors import Cancelled

log = logging.getLogger(__name__)

T = TypeVar("T")


class Progress(Protocol):
    """What core code sees of a job; a test passes a two-line stand-in."""

    def step(self, done: int, out_of: int) -> None: ...


@dataclass(eq=False)
class Job(Generic[T]):
    """What to do, whom to tell. Keep it to cancel; drop it and it still finishes.

    `label` is shown in the busy strip when the work takes a while; without one nothing is shown.
    """

    label: str
    work: Callable[[Progress], T]
    on_done: Callable[[T], object]
    on_problem: Callable[[Exception], object]
    on_step: Callable[[int, int], object] | None = None
    stop: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Stop at the next step; whatever happens, nobody is called back any more."""
        self.stop.set()

    def let_go(self) -> None:
        """Forget what was to be called, on the UI thread.

        The worker may hold the job a moment longer; were it the last to hold a window through these,
        the window would be taken apart on the wrong thread.
        """
        self.work = self.on_done = self.on_problem = _nothing
        self.on_step = None


def _nothing(_value: object) -> Any:
    return None


@dataclass(frozen=True, slots=True)
class _Step:
    done: int
    out_of: int


@dataclass(frozen=True, slots=True)
class _Done:
    value: Any


@dataclass(frozen=True, slots=True)
class _Failed:
    problem: Exception


_News = _Step | _Done | _Failed


class JobRunner(QObject):
    """Owns the pool and the one signal every job reports through."""

    busy_changed = Signal(bool)
    started = Signal(object)  # Job
    stepped = Signal(object, int, int)  # Job, done, out of
    ended = Signal(object)  # Job, however it ended
    _news = Signal(object, object)  # Job, _News

    def __init__(self, parent: QObject | None = None, *, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._live: dict[Job[Any], weakref.ref[QObject]] = {}
        self._news.connect(self._on_news)

    @property
    def busy(self) -> bool:
        return bool(self._live)

    def run(self, job: Job[T], *, owner: QObject) -> Job[T]:
        """Start the job; if `owner` is gone when news comes, nobody is called."""
        self._live[job] = weakref.ref(owner)
        if len(self._live) == 1:
            self.busy_changed.emit(True)
        self.started.emit(job)
        self._start(job)
        return job

    def shut_down(self, patience_ms: int = 5000) -> bool:
        """Ask everything to stop and wait; False means a job would not listen."""
        for job in self._live:
            job.cancel()
        self._live.clear()
        self._pool.clear()
        return self._pool.waitForDone(patience_ms)

    def _start(self, job: Job[Any]) -> None:
        self._pool.start(_Task(job, self._news.emit).run)

    def _wanted(self, job: Job[Any]) -> bool:
        owner = self._live[job]() if job in self._live else None
        return owner is not None and isValid(owner) and not job.stop.is_set()

    @Slot(object, object)
    def _on_news(self, job: Job[Any], news: _News) -> None:
        wanted = self._wanted(job)
        if isinstance(news, _Step):
            if not wanted:
                job.cancel()
                return
            self.stepped.emit(job, news.done, news.out_of)
            if job.on_step:
                job.on_step(news.done, news.out_of)
            return
        if self._live.pop(job, None) is not None:
            self.ended.emit(job)
            if not self._live:
                self.busy_changed.emit(False)
        try:
            self._answer(job, news, wanted=wanted)
        finally:
            job.let_go()

    def _answer(self, job: Job[Any], news: _Done | _Failed, *, wanted: bool) -> None:
        if not wanted:
            return
        if isinstance(news, _Done):
            job.on_done(news.value)
        elif not isinstance(news.problem, Cancelled):
            job.on_problem(news.problem)


class InlineRunner(JobRunner):
    """The same promises without threads: what page tests and scripts use."""

    def _start(self, job: Job[Any]) -> None:
        _Task(job, self._on_news).run()


class _Task:
    """Runs one job in the pool.

    A plain object whose method goes to the pool: a QRunnable subclass can outlive its job, because
    the binding sometimes forgets to free the wrapper of work that ends before `start` returns.
    """

    def __init__(self, job: Job[Any], tell: Callable[[Job[Any], _News], object]) -> None:
        self._job = job
        self._tell = tell
        self._quiet_until = 0.0

    def run(self) -> None:
        try:
            value = self._job.work(self)
        except Exception as problem:  # noqa: BLE001 - the edge: whatever went wrong is reported
            # Problems meant for a person are shown to them; their words stay out of the log.
            self._tell(self._job, _Failed(problem))
        else:
            self._tell(self._job, _Done(value))

    def step(self, done: int, out_of: int) -> None:
        """Progress from the work itself; also the place where a cancelled job stops."""
        if self._job.stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now >= self._quiet_until or done == out_of:  # at most twenty repaints a second
            self._quiet_until = now + 0.05
            self._tell(self._job, _Step(done, out_of))
