"""The whole window over a ledger, and the whole program over an empty folder, for the tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tracker.storage.ledger import Ledger
from ui.bootstrap import Program
from ui.jobs import InlineRunner, JobRunner
from ui.session import Session
from ui.window_state import WindowState


@contextmanager
def session_over(ledger: Ledger, qtbot: QtBot, runner: JobRunner | None = None) -> Iterator[Session]:
    """A session whose window is shown and active; without threads unless a runner is given."""
    made = Session(ledger, WindowState(), runner=runner or InlineRunner())
    qtbot.addWidget(made.window)
    made.show()
    with qtbot.waitActive(made.window):
        made.window.activateWindow()
    yield made
    made.window.close()


@contextmanager
def program_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """The program as it starts, its settings in a folder of the test's own."""
    made = Program(folder / "settings.json", None)
    monkeypatch.setattr(made, "today", lambda: TODAY)
    yield made
    if made.session is not None:
        made.session.window.close()
    if made.welcome is not None:
        made.welcome.close()
    QApplication.processEvents()
