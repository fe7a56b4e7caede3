"""Choosing a plan of the CMS files where no ledger is open yet: in the first-run wizard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ui.dialogs.plan_import_check import CheckStep
from ui.dialogs.plan_import_source import ImportSource
from ui.dialogs.plan_import_step import ImportStep
from ui.jobs import JobRunner, Progress
from ui.models.coverage_words import short

if TYPE_CHECKING:
    from tracker.imports.cms_draft import PlanDraft
    from tracker.imports.cms_plans import CmsPlan


class PlanPickDialog(ImportSource):
    """Gives the plan with the member's answers; nothing is written. The wizard asks the rest."""

    picked = Signal(object, object)
    """A FiledPlan, and the PlanDraft that it gives for one person or a family."""

    def __init__(
        self,
        jobs: JobRunner,
        show_problem: Callable[[Exception], object],
        parent: QWidget | None = None,
        *,
        family: bool = False,
    ) -> None:
        self._family = family
        self._answered_for: CmsPlan | None = None
        self._draft: PlanDraft | None = None
        self.check = CheckStep()
        super().__init__(jobs, show_problem, [self.check], "Take this plan", parent)
        self.check.answered.connect(self._on_answered)
        self.go(self.files)

    def sentence_of(self, step: ImportStep) -> str:
        if step is not self.check or self._draft is None:
            return step.sentence
        return f"{short(self._draft.plan.name, 70)}, {short(self._draft.insurer, 50)}"

    def go_on_from(self, step: ImportStep) -> None:
        if step is not self.check:
            super().go_on_from(step)
        elif self.read is not None and self._draft is not None:
            from tracker.imports.cms_draft import FiledPlan

            self.picked.emit(FiledPlan(self.read, dict(self.check.answers)), self._draft)
            self.accept()

    def show_plan(self, read: CmsPlan) -> None:
        if read is not self._answered_for:
            self.check.forget()
        self._answered_for = read
        self._compute(self._begin_check)

    def _begin_check(self, made: PlanDraft) -> None:
        self.check.begin(made)
        self.go(self.check)

    @Slot()
    def _on_answered(self) -> None:
        self._compute(self.check.show_draft)

    def _compute(self, then: Callable[[PlanDraft], None]) -> None:
        read, family, answers = self.read, self._family, dict(self.check.answers)
        if read is None:
            return

        def work(_progress: Progress) -> PlanDraft:
            from tracker.imports.cms_draft import draft

            return draft(read, family=family, answers=answers)

        def show(made: PlanDraft) -> None:
            self._draft = made
            then(made)

        self.run("", work, show)
