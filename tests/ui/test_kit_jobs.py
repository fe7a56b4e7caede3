"""Work off the GUI thread: answers arrive, cancelled work stays silent, progress is shown."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tracker.errors import UserProblem
from ui.jobs import InlineRunner, Job, JobRunner, Progress
from ui.widgets.busy import BusyStrip


@pytest.fixture(params=[InlineRunner, JobRunner])
def runner(request: pytest.FixtureRequest) -> Any:
    made = request.param()
    yield made
    assert made.shut_down()


class Heard:
    """What a job told."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self.problems: list[Exception] = []
        self.steps: list[tuple[int, int]] = []

    def job(self, work: Any, label: str = "") -> Job[Any]:
        return Job(label, work, self.values.append, self.problems.append, self._step)

    def _step(self, done: int, out_of: int) -> None:
        self.steps.append((done, out_of))


def test_every_answer_arrives(runner: JobRunner, qtbot: QtBot) -> None:
    heard, owner = Heard(), QObject()
    for number in range(100):
        runner.run(heard.job(lambda progress, number=number: number), owner=owner)
    qtbot.waitUntil(lambda: len(heard.values) == 100)
    assert sorted(heard.values) == list(range(100))
    assert not runner.busy


def test_a_problem_arrives_as_it_was_raised(runner: JobRunner, qtbot: QtBot) -> None:
    heard, owner = Heard(), QObject()
    problem = UserProblem("No.")

    def work(progress: Progress) -> None:
        raise problem

    runner.run(heard.job(work), owner=owner)
    qtbot.waitUntil(lambda: bool(heard.problems))
    assert heard.problems == [problem]


def test_progress_arrives_and_the_last_step_is_never_skipped(runner: JobRunner, qtbot: QtBot) -> None:
    heard, owner = Heard(), QObject()

    def work(progress: Progress) -> str:
        for done in range(1, 1001):
            progress.step(done, 1000)
        return "done"

    runner.run(heard.job(work), owner=owner)
    qtbot.waitUntil(lambda: heard.values == ["done"])
    assert heard.steps[-1] == (1000, 1000)
    assert len(heard.steps) < 100


def test_a_cancelled_job_tells_nobody(qtbot: QtBot) -> None:
    runner, heard, owner = JobRunner(), Heard(), QObject()
    begun, go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> str:
        begun.set()
        go_on.wait(5)
        progress.step(1, 2)
        return "too late"

    job = runner.run(heard.job(work), owner=owner)
    assert begun.wait(5)
    job.cancel()
    with qtbot.waitSignal(runner.ended):
        go_on.set()
    assert (heard.values, heard.problems) == ([], [])
    assert runner.shut_down()


def test_nobody_is_called_when_the_owner_is_gone(qtbot: QtBot) -> None:
    runner, heard, owner = JobRunner(), Heard(), QObject()
    go_on = threading.Event()
    runner.run(heard.job(lambda progress: go_on.wait(5)), owner=owner)
    del owner
    with qtbot.waitSignal(runner.ended):
        go_on.set()
    assert heard.values == []
    assert runner.shut_down()


def test_the_strip_shows_labelled_work_that_takes_a_while(qtbot: QtBot) -> None:
    runner, heard, owner = JobRunner(), Heard(), QObject()
    strip = BusyStrip(patience_ms=0)
    qtbot.addWidget(strip)
    strip.watch(runner)
    stepped, go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        progress.step(1, 4)
        stepped.set()
        go_on.wait(5)
        progress.step(2, 4)

    runner.run(heard.job(work, "Reading payments"), owner=owner)
    assert stepped.wait(5)
    qtbot.waitUntil(lambda: strip.isVisible() and strip.bar.share == 0.25)
    assert strip.words.text() == "Reading payments"
    strip.cancel.click()
    go_on.set()
    qtbot.waitUntil(strip.isHidden)
    assert heard.values == []
    assert runner.shut_down()


def test_the_strip_stays_away_for_quick_or_nameless_work(qtbot: QtBot) -> None:
    runner, heard, owner = InlineRunner(), Heard(), QObject()
    strip = BusyStrip(patience_ms=0)
    qtbot.addWidget(strip)
    strip.watch(runner)
    runner.run(heard.job(lambda progress: None, "Quick"), owner=owner)
    runner.run(heard.job(lambda progress: None), owner=owner)
    assert strip.isHidden()
