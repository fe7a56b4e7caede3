"""Problems are told in two sentences, faults kindly, and nothing is told twice."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType, qWarning
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tracker.errors import Bug, Cancelled, UserProblem, WorldProblem
from ui import problems
from ui.widgets.problem_box import ProblemBox


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def words(box: ProblemBox) -> list[str]:
    return [label.text() for label in box.findChildren(QLabel) if label.text()]


@pytest.mark.parametrize("kind", [UserProblem, WorldProblem])
def test_known_problems_say_what_and_what_to_do(
    window: QWidget, kind: type[UserProblem] | type[WorldProblem]
) -> None:
    box = problems.show(kind("The disk is full.", "Free some space."), window)
    assert box is not None
    assert words(box) == ["The disk is full.", "Free some space."]
    assert box.isVisible()
    assert box.more.isHidden()
    box.go_on.click()
    assert not box.isVisible()


def test_a_fault_of_ours_hides_its_details(window: QWidget, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        box = problems.show(ZeroDivisionError("division by zero"), window)
    assert box is not None
    assert words(box)[0] == problems.OUR_FAULT
    text = box.findChild(QPlainTextEdit)
    assert isinstance(text, QPlainTextEdit)
    assert text.isHidden()
    assert not any("division" in word for word in words(box))
    box.more.click()
    assert text.isVisible()
    assert "ZeroDivisionError" in text.toPlainText()
    assert "unexpected problem" in caplog.text
    assert problems.show(Bug("A promise was broken."), window) is None, "one fault at a time is enough"
    box.close()


def test_cancelled_work_is_told_to_nobody(window: QWidget) -> None:
    assert problems.show(Cancelled(), window) is None


@pytest.fixture
def hooks(tmp_path: Path) -> Iterator[Path]:
    before = sys.excepthook, threading.excepthook
    logging.getLogger().setLevel(logging.INFO)
    installed = problems.install_hooks(tmp_path / "logs" / "program.log")
    yield tmp_path / "logs" / "program.log"
    installed.remove()
    assert (sys.excepthook, threading.excepthook) == before


def test_what_nobody_caught_is_logged_and_shown(hooks: Path, window: QWidget, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    try:
        raise ValueError("a fault in a slot")
    except ValueError as problem:
        sys.excepthook(ValueError, problem, problem.__traceback__)
    box = window.findChild(ProblemBox)
    assert isinstance(box, ProblemBox)
    box.close()
    assert "a fault in a slot" in hooks.read_text("utf-8")


def test_faults_in_threads_and_words_from_qt_are_logged(hooks: Path) -> None:
    def fail() -> None:
        raise ValueError("a fault in a thread")

    worker = threading.Thread(target=fail)
    worker.start()
    worker.join()
    qWarning("Qt is worried")
    logged = hooks.read_text("utf-8")
    assert "a fault in a thread" in logged
    assert "Qt is worried" in logged
    assert QtMsgType.QtWarningMsg in problems._LEVELS
