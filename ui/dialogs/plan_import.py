"""Taking a plan from the CMS plan files: files, plan, who is covered, a look at what was read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Changes
from tracker.errors import UserProblem
from tracker.facts import Plan
from ui.context import Context
from ui.dialogs.plan_import_check import CheckStep
from ui.dialogs.plan_import_cover import Cover, CoverStep
from ui.dialogs.plan_import_source import ImportSource
from ui.dialogs.plan_import_step import ImportStep
from ui.jobs import Progress
from ui.models.coverage_words import short

if TYPE_CHECKING:
    from tracker.imports.cms_draft import PlanDraft
    from tracker.imports.cms_plans import CmsPlan


class PlanImportDialog(ImportSource):
    """Nothing is written before *Take this plan*."""

    made = Signal(int)
    """The id of the plan that was added, or that took the terms over."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, into: Plan | None = None
    ) -> None:
        """`into` keeps its name, dates, people, premium and member number; limits and rules change."""
        self._context = context
        self._into = into
        self._answered_for: CmsPlan | None = None
        self._draft: PlanDraft | None = None
        self._covered = Cover()
        self.cover = CoverStep(context.today)
        self.check = CheckStep()
        covering: list[ImportStep] = [] if into else [self.cover]
        super().__init__(
            context.jobs,
            context.show_problem,
            [*covering, self.check],
            "Take this plan",
            parent,
            state=context.state,
        )
        self.check.answered.connect(self._on_answered)
        if into is not None:
            self.cover.setParent(self)
            self.cover.hide()
            self.choose.want(into.filed_id)
        else:
            context.load(self, context.services.people.household, self.cover.show_household)
        self.go(self.files)

    def go_on_from(self, step: ImportStep) -> None:
        if step is self.cover:
            self._on_covered()
        elif step is self.check:
            self._take()
        else:
            super().go_on_from(step)

    def sentence_of(self, step: ImportStep) -> str:
        if step is not self.check or self._draft is None:
            return step.sentence
        if self._into is None:
            return f"{short(self._draft.plan.name, 70)}, {short(self._draft.insurer, 50)}"
        kept = f"{short(self._into.name, 60)} keeps its name, dates, people, premium and member ID."
        return f"{kept} Its limits and what it makes you pay are replaced."

    # the plan ------------------------------------------------------------------------

    def show_plan(self, read: CmsPlan) -> None:
        if read is not self._answered_for:
            self.check.forget()
        self._answered_for = read
        self._compute(self._open_cover if self._into is None else self._open_check)

    def _open_cover(self) -> None:
        if self._draft is not None:
            self.cover.offer(self._draft.plan.begins_on, self._draft.plan.ends_on)
        self.go(self.cover)

    def _on_covered(self) -> None:
        try:
            self._covered = self.cover.cover(self._draft.plan.name if self._draft else "")
        except UserProblem as problem:
            self.cover.form.complain(problem)
            return
        self._compute(self._open_check)

    def _open_check(self) -> None:
        if self._draft is not None:
            self.check.begin(self._draft)
            self.go(self.check)

    @Slot()
    def _on_answered(self) -> None:
        self._compute(self._show_answered)

    def _show_answered(self) -> None:
        if self._draft is not None:
            self.check.show_draft(self._draft)

    def _compute(self, then: Callable[[], None]) -> None:
        """Make the draft with the answers so far, beside the window."""
        read, into, covered, answers = self.read, self._into, self._covered, dict(self.check.answers)
        if read is None:
            return
        plan_import = self._context.services.plan_import
        people = len(into.person_ids) if into is not None else covered.count

        def work(_progress: Progress) -> PlanDraft:
            made = plan_import.draft(
                read,
                person_ids=covered.person_ids,
                begins_on=covered.begins_on,
                ends_on=covered.ends_on,
                into=into,
                family=people > 1,
                answers=answers,
            )
            if into is not None:
                return made
            return replace(made, plan=replace(made.plan, premiums=covered.premiums))

        def show(made: PlanDraft) -> None:
            self._draft = made
            then()

        self.run("", work, show)

    # taking it -----------------------------------------------------------------------

    def _take(self) -> None:
        draft, newcomer = self._draft, self._covered.newcomer
        if draft is None:
            return
        plan_import, newcomers = self._context.services.plan_import, [newcomer] if newcomer else []
        self.saving = True
        self.refresh()
        self._context.commit(
            self,
            lambda: plan_import.take(draft, newcomers=newcomers),
            then=self._on_taken,
            complain=self._on_refused,
            gave_up=self._on_gave_up,
            label="Taking the plan",
        )

    def _on_taken(self, changes: Changes) -> None:
        self.saving = False
        if changes.new_id is not None:
            self.made.emit(changes.new_id)
        self.accept()

    def _on_refused(self, problem: UserProblem) -> None:
        self._on_gave_up()
        self.say(str(problem))

    def _on_gave_up(self) -> None:
        self.saving = False
        self.refresh()
