"""The window around the steps of taking a plan from the CMS files: step, problem, progress, buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from tracker.errors import LedgerError
from ui.dialogs.plan_import_step import ImportStep
from ui.jobs import Job, JobRunner, Progress
from ui.theme import theme
from ui.widgets.buttons import PlainButton, PrimaryButton
from ui.widgets.focus import ReadingOrderMixin
from ui.widgets.label import Label
from ui.widgets.progress_bar import ProgressBar
from ui.widgets.screen_room import screen_room
from ui.widgets.scroll_inside import ScrollInside, vertical_scroll

T = TypeVar("T")

PATIENCE_MS = 300
"""Work that takes longer shows its progress; shorter work never makes the window flicker."""


class ImportFrame(ReadingOrderMixin, QDialog):
    """Shows one step at a time and runs one piece of work at a time, beside the window.

    Subclasses say what *Next* does in `go_on_from`. Esc leaves at any time; what is under way is then
    stopped, and nothing was changed. While `saving` the change is being made and closes the window.
    """

    def __init__(
        self,
        title: str,
        jobs: JobRunner,
        show_problem: Callable[[Exception], object],
        steps: Sequence[ImportStep],
        last_button: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.saving = False
        self._place = 0
        self._jobs = jobs
        self._show_problem = show_problem
        self._job: Job[Any] | None = None
        self._steps = list(steps)
        self._last_button = last_button
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        for step in self._steps:
            step.changed.connect(self.refresh)
            step.go_on.connect(self.on_next)
        self.back_button.clicked.connect(self.on_back)
        self.next_button.clicked.connect(self.on_next)
        self.cancel_button.clicked.connect(self.reject)
        self.stop_button.clicked.connect(self.stop)

    def go_on_from(self, step: ImportStep) -> None:
        """*Next* was pressed on a step that is ready."""
        raise NotImplementedError

    def sentence_of(self, step: ImportStep) -> str:
        """The quiet sentence under a step's title."""
        return step.sentence

    # what Qt asks for ----------------------------------------------------------------

    def sizeHint(self) -> QSize:
        room = screen_room(self)
        return QSize(min(theme().px(900), room.width() - 40), min(theme().px(620), room.height() - 60))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.resize(self.sizeHint())
            self._focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.next_button.click()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        if self.saving:
            return
        self.stop()
        super().reject()

    # moving --------------------------------------------------------------------------

    @property
    def step(self) -> ImportStep:
        return self._steps[self._place]

    def go(self, step: ImportStep) -> None:
        """Show a step and begin at its first field."""
        place = self._place = self._steps.index(step)
        for other in self._steps:
            other.setVisible(other is step)
        self._count.setText(f"Step {place + 1} of {len(self._steps)}")
        self._title.setText(step.title)
        self._sentence.setText(self.sentence_of(step))
        self._sentence.setVisible(bool(self._sentence.text()))
        self.back_button.setVisible(place > 0)
        self.next_button.setText(self._last_button if step is self._steps[-1] else "Next")
        self.refresh()
        self._focus_first()

    @Slot()
    def on_next(self) -> None:
        if self._job is None and not self.saving and self.step.ready:
            self.say("")
            self.go_on_from(self.step)

    @Slot()
    def on_back(self) -> None:
        self.stop()
        self.say("")
        self.go(self._steps[max(0, self._place - 1)])

    def _focus_first(self) -> None:
        first = self.step.first_field()
        if first is not None and self.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    # work beside the window ----------------------------------------------------------

    def run(self, label: str, work: Callable[[Progress], T], show: Callable[[T], object]) -> None:
        """Run a piece of work; what was still under way is stopped. Without a label nothing is shown."""
        self.stop()

        def finished(value: T) -> None:
            self._rest()
            show(value)

        def failed(problem: Exception) -> None:
            self._rest()
            if isinstance(problem, LedgerError):
                self.say(str(problem))
            else:
                self._show_problem(problem)

        job: Job[T] = Job("", work, finished, failed, self._on_step)
        self._job = job
        self._busy_words.setText(label)
        self._bar.set(0.0)
        if label:
            self._patience.start()
        self.refresh()
        self._jobs.run(job, owner=self)

    @Slot()
    def stop(self) -> None:
        """Stop what is under way; what was shown before stays."""
        if self._job is not None:
            self._job.cancel()
            self._rest()

    def _on_step(self, done: int, out_of: int) -> None:
        self._bar.set(done / out_of if out_of else 0.0)

    def _rest(self) -> None:
        self._job = None
        self._patience.stop()
        self._busy.hide()
        self.refresh()

    # telling -------------------------------------------------------------------------

    def say(self, words: str) -> None:
        """A sentence of what went wrong and one of what to do; empty takes it back."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def problem(self) -> str:
        """What is being complained about; empty where nothing is."""
        return self._problem.text()

    @Slot()
    def refresh(self) -> None:
        """Buttons that do nothing now are grey."""
        self.next_button.setEnabled(self._job is None and not self.saving and self.step.ready)
        self.cancel_button.setEnabled(not self.saving)
        self.back_button.setEnabled(not self.saving)

    # building ------------------------------------------------------------------------

    def _build(self) -> None:
        self._count = Label("", "caption")
        self._title = Label("", "title")
        self._sentence = Label("", "quiet", wrap=True)
        # Hidden steps claim no room, as those of a stack would; at large text the shown one scrolls.
        inside = ScrollInside()
        steps = QVBoxLayout(inside)
        steps.setContentsMargins(0, 0, 0, 0)
        for step in self._steps:
            steps.addWidget(step)
            step.hide()
        self._problem = Label("", tone="bad", wrap=True)
        self._problem.hide()
        self.back_button = PlainButton("Back")
        self.cancel_button = PlainButton("Cancel")
        self.next_button = PrimaryButton("Next")
        self.next_button.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.next_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 18, 24, 18)
        whole.setSpacing(6)
        for part in (self._count, self._title, self._sentence):
            whole.addWidget(part)
        whole.addSpacing(6)
        whole.addWidget(vertical_scroll(inside), 1)
        whole.addWidget(self._problem)
        whole.addWidget(self._busy_row())
        whole.addSpacing(4)
        whole.addLayout(foot)

    def _busy_row(self) -> QWidget:
        self._busy = QWidget()
        row = QHBoxLayout(self._busy)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._busy_words = Label("", "quiet")
        self._bar = ProgressBar()
        self.stop_button = PlainButton("Stop")
        row.addWidget(self._busy_words)
        row.addWidget(self._bar, 1)
        row.addWidget(self.stop_button)
        self._busy.hide()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._busy.show)
        return self._busy
