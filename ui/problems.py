"""The one place where problems are shown, and the hooks that catch what nobody caught."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import sys
import threading
import traceback
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, QThread, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from tracker.errors import Bug, Cancelled, LedgerError

if TYPE_CHECKING:
    from ui.widgets.problem_box import ProblemBox

log = logging.getLogger(__name__)

OUR_FAULT = "Something went wrong inside the program."
OUR_FAULT_TODO = (
    "Nothing was lost: what you saved before is safe. You can go on; if it happens again, "
    "close the program and open it again."
)


def show(problem: BaseException, parent: QObject | None = None) -> ProblemBox | None:
    """Tell the person, without blocking. Returns the box, or None when there is nothing to say."""
    if isinstance(problem, Cancelled) or not isinstance(problem, Exception):
        return None
    known = isinstance(problem, LedgerError) and not isinstance(problem, Bug)
    if not known:
        log.error("unexpected problem", exc_info=problem)
    app = QApplication.instance()
    if not isinstance(app, QApplication) or QThread.currentThread() != app.thread():
        return None
    from ui.widgets.problem_box import ProblemBox

    window = parent.window() if isinstance(parent, QWidget) else app.activeWindow()
    if isinstance(problem, LedgerError) and known:
        box = ProblemBox(problem.what, problem.todo, parent=window)
    else:
        if _already_shown(app):
            return None  # a fault while painting would open a hundred boxes
        details = "".join(traceback.format_exception(problem))
        box = ProblemBox(OUR_FAULT, OUR_FAULT_TODO, details=details, parent=window)
    box.open()
    return box


def _already_shown(app: QApplication) -> bool:
    from ui.widgets.problem_box import ProblemBox

    return any(isinstance(w, ProblemBox) and w.details and w.isVisible() for w in app.topLevelWidgets())


class Hooks:
    """What was installed, so that it can be taken away again."""

    def __init__(self, log_path: Path) -> None:
        self._handler, self._crash_file = _log_files(log_path)
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self._handler.setLevel(logging.INFO)
        # Python's hooks and Qt's are global by nature; this object remembers what was there before.
        self._before = sys.excepthook, threading.excepthook

    def install(self) -> None:
        logging.getLogger().addHandler(self._handler)
        if self._crash_file is not None:
            faulthandler.enable(self._crash_file)
        sys.excepthook = _on_exception
        threading.excepthook = _on_thread_exception
        qInstallMessageHandler(_on_qt_message)

    def remove(self) -> None:
        """Put everything back as it was."""
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(None)
        if faulthandler.is_enabled():
            faulthandler.disable()
        if self._crash_file is not None:
            self._crash_file.close()
        logging.getLogger().removeHandler(self._handler)
        self._handler.close()


def _log_files(log_path: Path) -> tuple[logging.Handler, TextIOWrapper | None]:
    """Where to write; where nothing can be written, the program runs without a log."""
    try:
        log_path.parent.mkdir(parents=True, exist_ok=True)
        crash_file = log_path.with_suffix(".crash").open("a", encoding="utf-8")
        handler = _Quiet(log_path, encoding="utf-8", errors="backslashreplace", delay=True)
    except OSError as why:
        log.warning("there is no log: %s", why.strerror)
        return logging.NullHandler(), None
    return handler, crash_file


class _Quiet(logging.FileHandler):
    """Drops what a full disk does not take; the terminal must not fill with tracebacks about it."""

    def emit(self, record: logging.LogRecord) -> None:
        with contextlib.suppress(OSError):
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        return None


def install_hooks(log_path: Path) -> Hooks:
    """Send whatever nobody caught to the log and, kindly, to the person. Keep the answer."""
    hooks = Hooks(log_path)
    hooks.install()
    return hooks


def _on_exception(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    if isinstance(problem, KeyboardInterrupt):
        sys.__excepthook__(kind, problem, trace)
        return
    try:
        show(problem)
    except Exception:
        log.critical("a problem could not be shown", exc_info=problem)


def _on_thread_exception(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        log.error("unexpected problem in %s", args.thread, exc_info=args.exc_value)


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", message)
