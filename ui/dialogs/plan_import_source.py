"""The two first steps of taking a plan from the CMS files, which the wizard shares: files, then plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ui.dialogs.plan_import_choose import ChooseStep
from ui.dialogs.plan_import_files import FilesStep
from ui.dialogs.plan_import_frame import ImportFrame
from ui.dialogs.plan_import_step import ImportStep
from ui.jobs import JobRunner, Progress
from ui.window_state import WindowState

if TYPE_CHECKING:
    from tracker.imports.cms_plans import CmsPlan, PlanFiles
    from ui.models.plan_import_rows import PlanList

_FOLDER = "plan_import/folder"


class ImportSource(ImportFrame):
    """Finds and reads one plan; subclasses say what becomes of it in `show_plan` and `go_on_from`."""

    def __init__(
        self,
        jobs: JobRunner,
        show_problem: Callable[[Exception], object],
        steps: Sequence[ImportStep],
        last_button: str,
        parent: QWidget | None = None,
        *,
        state: WindowState | None = None,
    ) -> None:
        """`steps` are those after the first two."""
        self.files = FilesStep()
        self.choose = ChooseStep()
        self.read: CmsPlan | None = None
        self._state = state or WindowState()
        self._listed: PlanFiles | None = None
        super().__init__(
            "Plan from the CMS files",
            jobs,
            show_problem,
            [self.files, self.choose, *steps],
            last_button,
            parent,
        )
        self.files.picked.connect(self.recognise)
        self.files.start_in(self._state.text(_FOLDER))

    def show_plan(self, read: CmsPlan) -> None:
        """The plan that was chosen is read."""
        raise NotImplementedError

    def go_on_from(self, step: ImportStep) -> None:
        if step is self.files:
            self._list_plans()
        elif step is self.choose:
            self._read_plan()

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
        self._state.keep_text(_FOLDER, str(folder))
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
            self._listed, self.read = files, None
            self.choose.show_plans(plans)
            self.go(self.choose)

        self.run("Reading the list of plans", work, show)

    # the plan ------------------------------------------------------------------------

    def _read_plan(self) -> None:
        files, choice = self.files.files, self.choose.choice()
        if files is None or choice is None:
            return
        if self.read is not None and self.read.choice == choice:
            self.show_plan(self.read)
            return

        def work(progress: Progress) -> CmsPlan:
            from tracker.imports.cms_plans import read_plan

            return read_plan(files, choice.plan_id, year=choice.year, progress=progress.step)

        def show(read: CmsPlan) -> None:
            self.read = read
            self.show_plan(read)

        self.run(f"Looking for {choice.plan_id}", work, show)
