"""The strip that says what is being worked on, how far it is, and lets one stop it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.jobs import Job, JobRunner
from ui.widgets.buttons import PlainButton
from ui.widgets.label import Label
from ui.widgets.progress_bar import ProgressBar

PATIENCE_MS = 400


class BusyStrip(QFrame):
    """Appears when a labelled job takes longer than 400 ms; quicker work never makes it flicker."""

    def __init__(self, parent: QWidget | None = None, *, patience_ms: int = PATIENCE_MS) -> None:
        super().__init__(parent)
        self._jobs: list[Job[Any]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 7, 26, 7)
        row.setSpacing(14)
        self.words = Label("", "quiet")
        self.bar = ProgressBar()
        self.cancel = PlainButton("Cancel")
        row.addWidget(self.words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self.cancel.clicked.connect(self._on_cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(patience_ms)
        self._timer.timeout.connect(self.show)
        self.hide()

    def watch(self, runner: JobRunner) -> None:
        """Follow everything this runner does."""
        runner.started.connect(self._on_started)
        runner.stepped.connect(self._on_stepped)
        runner.ended.connect(self._on_ended)

    @Slot(object)
    def _on_started(self, job: Job[Any]) -> None:
        if not job.label:
            return
        self._jobs.append(job)
        self._show_newest()
        if not self.isVisible():
            self._timer.start()

    @Slot(object, int, int)
    def _on_stepped(self, job: Job[Any], done: int, out_of: int) -> None:
        if self._jobs and job is self._jobs[-1]:
            self.bar.setVisible(out_of > 0)
            self.bar.set(done / out_of if out_of else 0.0)

    @Slot(object)
    def _on_ended(self, job: Job[Any]) -> None:
        if job in self._jobs:
            self._jobs.remove(job)
        if self._jobs:
            self._show_newest()
        else:
            self._timer.stop()
            self.hide()

    @Slot()
    def _on_cancel(self) -> None:
        if self._jobs:
            self._jobs[-1].cancel()
            self.words.setText("Stopping\u2026")
            self.cancel.setEnabled(False)

    def _show_newest(self) -> None:
        self.words.setText(self._jobs[-1].label)
        self.setAccessibleName(self._jobs[-1].label)
        self.cancel.setEnabled(True)
        self.bar.set(0.0)
