"""Taking a plan from the CMS plan files: files, plan, who is covered, a look at what was read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Changes
from tracker.errors import UserProblem
from tracker.facts import Plan
from ui.context import Context
from ui.dialogs.plan_import_check import CheckStep
from ui.dialogs.plan_import_choose import ChooseStep
from ui.dialogs.plan_import_cover import Cover, CoverStep
from ui.dialogs.plan_import_files import FilesStep
from ui.dialogs.plan_import_frame import ImportFrame
from ui.dialogs.plan_import_step import ImportStep
from ui.jobs import Progress
from ui.models.coverage_words import short

if TYPE_CHECKING:
    from tracker.imports.cms_draft import PlanDraft
    from tracker.imports.cms_plans import CmsPlan, PlanFiles
    from ui.models.plan_import_rows import PlanList

_FOLDER = "plan_import/folder"


class PlanImportDialog(ImportFrame):
    """Nothing is written before *Take this plan*."""

    made = Signal(int)
    """The id of the plan that was added, or that took the terms over."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, into: Plan | None = None
    ) -> None:
        """`into` keeps its name, dates, people, premium and member number; limits and rules change."""
        self._context = context
        self._into = into
        self._listed: PlanFiles | None = None
        self._read: CmsPlan | None = None
        self._draft: PlanDraft | None = None
        self._covered = Cover()
        self.files = FilesStep()
        self.choose = ChooseStep()
        self.cover = CoverStep(context.today)
        self.check = CheckStep()
        covering: list[ImportStep] = [] if into else [self.cover]
        super().__init__(
            "Plan from the CMS files",
            context.jobs,
            context.show_problem,
            [self.files, self.choose, *covering, self.check],
            "Take this plan",
            parent,
        )
        self.files.picked.connect(self.recognise)
        self.files.start_in(context.state.text(_FOLDER))
        self.check.answered.connect(self._on_answered)
        if into is not None:
            self.cover.setParent(self)
            self.cover.hide()
            self.choose.want(into.filed_id)
        else:
            context.load(self, context.services.people.household, self.cover.show_household)
        self.go(self.files)

    def go_on_from(self, step: ImportStep) -> None:
        if step is self.files:
            self._list_plans()
        elif step is self.choose:
            self._read_plan()
        elif step is self.cover:
            self._on_covered()
        else:
            self._take()

    def sentence_of(self, step: ImportStep) -> str:
        if step is not self.check or self._draft is None:
            return step.sentence
        if self._into is None:
            return f"{short(self._draft.plan.name, 70)}, {short(self._draft.insurer, 50)}"
        kept = f"{short(self._into.name, 60)} keeps its name, dates, people, premium and member ID."
        return f"{kept} Its limits and what it makes you pay are replaced."

    # files ---------------------------------------------------------------------------

    @Slot(object, list)
    def recognise(self, folder: Path, paths: list[Path] | None = None) -> None:
        """Find out which CMS files these are: all of a folder, or only some of it."""
        self.say("")

        def work(_progress: Progress) -> PlanFiles:
            from tracker.imports.cms_plans import find_files, sort_files

            return sort_files(folder, paths) if paths else find_files(folder)

        self.run("Looking at the files", work, self._show_files)

    def _show_files(self, files: PlanFiles) -> None:
        self.files.show_files(files)
        folder = files.folder if files.folder.is_dir() else files.folder.parent
        self._context.state.keep_text(_FOLDER, str(folder))
        if self.files.ready:
            self.next_button.setFocus()

    def _list_plans(self) -> None:
        files = self.files.files
        if files is None or files is self._listed:
            self.go(self.choose)
            return

        def work(progress: Progress) -> PlanList:
            from tracker.imports.cms_plans import list_plans
            from ui.models.plan_import_rows import plan_list

            return plan_list(list_plans(files, progress=progress.step))

        def show(plans: PlanList) -> None:
            if not plans.groups:
                self.say("There is no plan in the Plan Attributes file. Choose another file.")
                return
            self._listed, self._read = files, None
            self.choose.show_plans(plans)
            self.go(self.choose)

        self.run("Reading the list of plans", work, show)

    # the plan ------------------------------------------------------------------------

    def _read_plan(self) -> None:
        files, choice = self.files.files, self.choose.choice()
        if files is None or choice is None:
            return
        if self._read is not None and self._read.choice == choice:
            self._show_plan(self._read)
            return

        def work(progress: Progress) -> CmsPlan:
            from tracker.imports.cms_plans import read_plan

            return read_plan(files, choice.plan_id, year=choice.year, progress=progress.step)

        self.run(f"Looking for {choice.plan_id}", work, self._show_plan)

    def _show_plan(self, read: CmsPlan) -> None:
        if read is not self._read:
            self.check.forget()
        self._read = read
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
        read, into, covered, answers = self._read, self._into, self._covered, dict(self.check.answers)
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
