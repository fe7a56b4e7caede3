"""Reading an exported file into a new ledger: which file, where the ledger goes, how far it is."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from tracker import paths
from tracker.dates import day_text
from tracker.errors import Cancelled, UserProblem
from tracker.services.backups import is_same
from tracker.wording import count_of
from ui import problems
from ui.dialogs.data_export import KIND
from ui.dialogs.ledger_files import choose_new_place
from ui.jobs import Job, JobRunner, Progress
from ui.widgets.buttons import PlainButton
from ui.widgets.fact_list import breakable
from ui.widgets.form_dialog import FormDialog
from ui.widgets.progress_bar import ProgressBar

if TYPE_CHECKING:
    from tracker.imports.ledger_json import Head
    from tracker.services.data_exchange import Imported
    from ui.bootstrap import Program

_SENTENCE = (
    "Reads a file that Export everything wrote, here or on another computer, into a new ledger. The "
    "folder with its attached files lies beside it. The ledger you have stays as it is."
)


class DataImportDialog(FormDialog):
    """Nothing is written before *Import*; Cancel stops it, and then nothing is left of it."""

    def __init__(
        self, program: Program, parent: QWidget | None = None, *, runner: JobRunner | None = None
    ) -> None:
        super().__init__("Import everything", parent, save_text="Import", sentence=_SENTENCE, width=520)
        self._program = program
        # Not the dialog's: work that is stopped may clean up after the dialog is gone.
        self._jobs = runner or JobRunner(program)
        self._is_own_runner = runner is None
        self._job: Job[Imported] | None = None
        self._running = False
        self._looking: Job[Head] | None = None
        self._file: Path | None = None
        self._target: Path | None = None
        self.file_button = PlainButton("Choose a file\u2026", "folder")
        self.target_button = PlainButton("")
        self.bar = ProgressBar()
        self.form.add("file", "Exported file", self.file_button)
        self.form.add("target", "New ledger", self.target_button, hint="One file. Backups lie beside it.")
        self.form.add_line(self.bar)
        self.form.field("target").hide()
        self.bar.hide()
        self.save_button.setEnabled(False)
        self.file_button.clicked.connect(self._choose_file)
        self.target_button.clicked.connect(self._choose_target)

    # choosing ------------------------------------------------------------------------

    @Slot()
    def _choose_file(self) -> QFileDialog:
        folder = self._file.parent if self._file else Path.home()
        dialog = QFileDialog(self, "Exported file", str(folder), f"{KIND};;All files (*)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_file)
        dialog.open()
        return dialog

    @Slot(str)
    def take_file(self, name: str) -> None:
        """Look what the chosen file says of itself."""
        path = Path(name)
        self._file = path
        _name_on(self.file_button, path)
        self.form.clear_complaints()
        self.form.field("file").set_hint("")
        self.save_button.setEnabled(False)
        if self._looking:
            self._looking.cancel()

        def look(_progress: Progress) -> Head:
            from tracker.services.data_exchange import look_into_export

            return look_into_export(path)

        self._looking = self._jobs.run(Job("", look, self._show_head, self._on_problem), owner=self)

    def _show_head(self, head: Head) -> None:
        said = f"Exported on {_day_words(head.exported_on)}." if head.exported_on else ""
        if not head.attachments:
            said += " Attached files were left out of it."
        self.form.field("file").set_hint(said.strip())
        if self._file is not None and self._target is None:
            self.take_target(_free_place(self._program, self._file))
        self.save_button.setEnabled(True)
        self.save_button.setFocus()
        self._grow()

    @Slot()
    def _choose_target(self) -> None:
        if self._target is not None:
            choose_new_place(self, self.take_target, title="New ledger", proposed=self._target)

    def take_target(self, path: Path) -> None:
        """Where the new ledger goes."""
        self._target = path
        _name_on(self.target_button, path)
        self.form.field("target").complain("")
        self.form.field("target").show()

    # importing -----------------------------------------------------------------------

    def save(self) -> bool | None:
        path, target, today = self._file, self._target, self._program.today
        if path is None or target is None:
            raise UserProblem("No file is chosen yet.", "Choose one.", field="file")
        session = self._program.session
        if session is not None and is_same(session.ledger.path, target):
            raise UserProblem(
                "That ledger is open.", "Choose another name for the new one.", field="target"
            )

        def work(progress: Progress) -> Imported:
            from tracker.services.data_exchange import import_everything

            return import_everything(path, target, progress=progress.step, clock=today)

        self._show_running(True)
        self._job = self._jobs.run(
            Job(f"Importing {path.name}", work, self._on_done, self._on_problem, on_step=self._on_step),
            owner=self,
        )
        return False

    def _on_step(self, done: int, out_of: int) -> None:
        self.bar.set(done / out_of if out_of else 0.0)
        self.bar.setAccessibleName(f"{100 * done // max(1, out_of)} percent")

    def _on_done(self, made: Imported) -> None:
        program, words = self._program, _said(made)
        opened = program.open(made.ledger)
        if opened and program.session is not None:
            program.session.context.shell.toast(words)
        if not isValid(self):
            return  # gone with the window it stood on
        self._show_running(False)
        if opened:
            self.accept()

    def _on_problem(self, problem: Exception) -> None:
        running = self._running
        if running:
            self._show_running(False)
        if isinstance(problem, UserProblem):
            self.complain(problem)
            self.save_button.setEnabled(running)  # a file that is none is not offered again
        elif not isinstance(problem, Cancelled):
            problems.show(problem, self)

    def complain(self, problem: UserProblem) -> None:
        """The name of a file may be one long word; it breaks where it has to."""
        super().complain(UserProblem(breakable(problem.what), problem.todo, field=problem.field))

    def _show_running(self, running: bool) -> None:
        self._running = running
        self.bar.set(0.0)
        self.bar.setVisible(running)
        for button in (self.file_button, self.target_button, self.save_button):
            button.setEnabled(not running)
        if running:
            self.cancel_button.setFocus()
        self._grow()

    def done(self, result: int) -> None:
        for job in (self._job, self._looking):
            if job is not None:
                job.cancel()
        if self._is_own_runner:
            if self._jobs.busy:
                self._jobs.ended.connect(self._jobs.deleteLater)
            else:
                self._jobs.deleteLater()
        super().done(result)


def _said(made: Imported) -> str:
    words = f"Imported {made.entries:,} entries"
    if made.documents:
        words += f" and {count_of(made.documents, 'attached file')}"
    if made.findings:
        words += f". {made.findings[0]}"
    return words.rstrip(".") + "."


def _name_on(button: PlainButton, path: Path) -> None:
    """A file on the button that chooses it: its folder and its name, cut where they are long."""
    folder, name = (_cut(part, most) for part, most in ((path.parent.name, 16), (path.name, 28)))
    button.setText(f"{folder}/{name}".replace("&", "&&"))  # or the next letter would be underlined
    button.setToolTip(str(path))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most // 2]}\u2026{text[-most // 2 :]}"


def _day_words(text: str) -> str:
    try:
        return day_text(date.fromisoformat(text))
    except ValueError:
        return text[:20]


def _free_place(program: Program, file: Path) -> Path:
    """A name beside the open ledger (else beside the usual one) that nothing has yet."""
    beside = program.session.ledger.path if program.session is not None else paths.default_ledger()
    wanted = beside.with_name(f"{file.stem}{paths.LEDGER_SUFFIX}")
    path, number = wanted, 2
    while os.path.exists(path):
        path = wanted.with_name(f"{wanted.stem} {number}{wanted.suffix}")
        number += 1
    return path
