"""First run: you, your membership, your plan, last month's amounts. Every step can be skipped."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from tracker import paths
from tracker.errors import UserProblem
from tracker.services.setup import Answers, start_ledger
from ui import problems
from ui.dialogs.wizard_plan import PlanStep
from ui.dialogs.wizard_steps import BudgetStep, MembershipStep, Step, YouStep
from ui.jobs import Job, JobRunner
from ui.theme import theme
from ui.widgets.buttons import PlainButton, PrimaryButton
from ui.widgets.label import Label
from ui.widgets.screen_room import screen_room

if TYPE_CHECKING:
    from ui.bootstrap import Program


_BAR = 8
"""The room a step keeps free at its right for its scroll bar."""


class Wizard(QDialog):
    """Four short steps. Nothing is written before *Finish*; Esc leaves without a trace."""

    def __init__(
        self, program: Program, parent: QWidget | None = None, *, folder: Path | None = None
    ) -> None:
        super().__init__(parent)
        self._program = program
        self._jobs = JobRunner(self)
        self.setWindowTitle("New ledger")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        today = program.today()
        self.you = YouStep(_free_path(folder))
        self.membership = MembershipStep(today)
        self.plan = PlanStep(today)
        self.plan.filed.jobs = self._jobs
        self.budget = BudgetStep()
        self._steps: list[Step] = [self.you, self.membership, self.plan, self.budget]
        self._skipped: set[int] = set()
        self._build()
        self._wire()
        self._go(0)

    def sizeHint(self) -> QSize:
        screen = screen_room(self)
        return QSize(min(theme().px(600), screen.width() - 40), min(theme().px(620), screen.height() - 60))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.resize(self.sizeHint())  # Qt would open it no higher than two thirds of the screen

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.next_button.click()  # from anywhere, as in the other forms
        else:
            super().keyPressEvent(event)

    # moving --------------------------------------------------------------------------

    @property
    def step(self) -> int:
        return self._stack.currentIndex()

    @Slot()
    def on_next(self) -> None:
        """Check this step and go on; the last one finishes."""
        try:
            self._steps[self.step].check()
        except UserProblem as problem:
            self._steps[self.step].form.complain(problem)
            return
        self._skipped.discard(self.step)
        self._advance()

    @Slot()
    def on_skip(self) -> None:
        """Leave this step out; it can be filled in later on its page."""
        self._skipped.add(self.step)
        self._advance()

    @Slot()
    def on_back(self) -> None:
        self._go(self.step - 1)

    def _advance(self) -> None:
        if self.step + 1 < len(self._steps):
            self._go(self.step + 1)
        else:
            self._finish()

    def _go(self, step: int) -> None:
        if step == len(self._steps) - 1:
            self.budget.offer(self._answers())
        if self._steps[step] is self.plan:
            self.plan.offer(several=len(self.you.names()) > 1)
        self._stack.setCurrentIndex(step)
        shown = self._steps[step]
        self._count.setText(f"Step {step + 1} of {len(self._steps)}")
        self._title.setText(shown.title)
        self._sentence.setText(shown.sentence)
        self.back_button.setVisible(step > 0)
        self.skip_button.setVisible(step > 0)
        last = step == len(self._steps) - 1
        self.next_button.setText("Finish" if last else "Next")
        self.skip_button.setText("Finish without" if last else "Skip")
        first = shown.form.first_field()
        if isinstance(first, QWidget):
            first.setFocus()

    # finishing -----------------------------------------------------------------------

    def _answers(self) -> Answers:
        answers = Answers(names=())
        for place, step in enumerate(self._steps):
            if place not in self._skipped and place <= max(self.step, 0):
                answers = replace(answers, **step.answers())
        return answers

    def _finish(self) -> None:
        try:
            answers = self._answers()
        except UserProblem as problem:
            self._steps[self.step].form.complain(problem)
            return
        target, today = self.you.path(), self._program.today
        self._foot.setEnabled(False)
        job: Job[None] = Job(
            "Making your ledger",
            lambda _: start_ledger(target, answers, clock=today),
            lambda _: self._on_written(target),
            self._on_problem,
        )
        self._jobs.run(job, owner=self)

    def _on_written(self, target: Path) -> None:
        opened = self._program.open(target, start_at="budget")
        if not isValid(self):
            return  # gone with the window it stood on
        self._foot.setEnabled(True)
        if opened:
            self.accept()

    def _on_problem(self, problem: Exception) -> None:
        self._foot.setEnabled(True)
        if isinstance(problem, UserProblem):
            for place, step in enumerate(self._steps):
                if problem.field and step.has_field(problem.field):
                    self._go(place)
                    step.form.complain(problem)
                    return
        problems.show(problem, self)

    def done(self, result: int) -> None:
        self._jobs.shut_down()
        super().done(result)

    # building ------------------------------------------------------------------------

    def _build(self) -> None:
        self._count = Label("", "caption")
        self._title = Label("", "title")
        self._sentence = Label("", "quiet", wrap=True)
        self._stack = QStackedWidget()
        for step in self._steps:
            self._stack.addWidget(step)
        self.back_button = PlainButton("Back")
        self.skip_button = PlainButton("Skip")
        self.next_button = PrimaryButton("Next")
        self.next_button.setDefault(True)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, _BAR, 0)
        foot.setSpacing(8)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(self.skip_button)
        foot.addWidget(self.next_button)
        whole = QVBoxLayout(self)
        # The scroll bar stands in the margin, so that fields and buttons share their right edge.
        whole.setContentsMargins(28, 22, 28 - _BAR, 20)
        whole.setSpacing(6)
        whole.addWidget(self._count)
        whole.addWidget(self._title)
        whole.addWidget(self._sentence)
        whole.addSpacing(8)
        whole.addWidget(self._stack, 1)
        whole.addWidget(self._foot)

    def _wire(self) -> None:
        self.back_button.clicked.connect(self.on_back)
        self.skip_button.clicked.connect(self.on_skip)
        self.next_button.clicked.connect(self.on_next)
        self.you.choose_path.clicked.connect(self._choose_path)

    @Slot()
    def _choose_path(self) -> None:
        dialog = QFileDialog(self, "Where to keep your ledger", str(self.you.path()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(paths.LEDGER_SUFFIX.lstrip("."))
        dialog.setNameFilter(f"Ledger (*{paths.LEDGER_SUFFIX})")
        dialog.fileSelected.connect(self.you.set_path)
        dialog.open()


def _free_path(folder: Path | None) -> Path:
    """The default ledger, or the first numbered one beside it that does not exist yet."""
    wanted = paths.default_ledger()
    if folder is not None:
        wanted = folder / wanted.name
    path, number = wanted, 2
    while os.path.exists(path):
        path = wanted.with_name(f"{wanted.stem} {number}{wanted.suffix}")
        number += 1
    return path
