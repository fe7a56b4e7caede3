"""What can be done with an affordability answer: save, remove, print, and write it to Excel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, QObject, QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from tracker.changes import Changes
from tracker.errors import UserProblem
from tracker.file_names import file_name
from tracker.reports.affordability import AffordabilityReport
from ui.context import Context
from ui.dialogs.printing import Printing
from ui.jobs import Job, Progress
from ui.pages.budget_afford import AffordPane

_KIND = "Excel workbook (*.xlsx)"


class AffordActs(QObject):
    """Acts on what the pane shows; `owner` is the page."""

    def __init__(self, context: Context, pane: AffordPane, printing: Printing, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._pane, self._owner = context, pane, owner
        self._printing = printing
        self._folder = ""
        self._saving = False

    def save(self) -> None:
        """Keep what is typed. What cannot be saved is said beside its field, and nothing is lost."""
        pane, key, now = self._pane, self._pane.key, self._pane.shown
        if self._saving or now is None or key is None or pane.steps.problem() is not None:
            return
        service = self._context.services.household_budgets
        self._saving = True

        def done(changes: Changes) -> None:
            self._saving = False
            pane.on_saved(key, changes.new_id or now.id or 0, now)

        def refused(problem: UserProblem) -> None:
            self._saving = False
            pane.steps.complain(problem)

        def gave_up() -> None:
            self._saving = False

        self._context.commit(
            self._owner, lambda: service.save(now), then=done, complain=refused, gave_up=gave_up
        )

    def remove(self) -> None:
        """Remove what is shown from the ledger (which can be undone), or forget a new one."""
        pane, now = self._pane, self._pane.shown
        if now is None or now.id is None:
            pane.discard()
            return
        service, number = self._context.services.household_budgets, now.id

        pane.set_aside()
        self._context.commit(self._owner, lambda: service.remove([number]), gave_up=pane.reload)

    def print_shown(self) -> bool:
        """Show what is typed so far as it would be printed."""
        report = self._pane.report
        if report is None:
            return False
        from ui.printing.affordability_document import affordability_document

        draft = bool(self._pane.names_unsaved())
        self._printing.preview(affordability_document(report, self._context.today, draft=draft))
        return True

    def export(self) -> QFileDialog | None:
        """Ask where the workbook goes. The dialog confirms overwriting."""
        report = self._pane.report
        if report is None:
            return None
        places = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._owner, "Export to Excel", self._folder or places or QDir.homePath())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_KIND)
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(file_name(f"{report.budget.name}.xlsx", otherwise="Affordability.xlsx"))
        dialog.fileSelected.connect(self._on_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    @Slot(str)
    def _on_file(self, name: str) -> None:
        report, path = self._pane.report, Path(name)
        if report is not None:
            self._folder = str(path.parent)
            self._write(report, path)

    def _write(self, report: AffordabilityReport, path: Path) -> None:
        def work(_progress: Progress) -> Path:
            from tracker.exports.xlsx_affordability import write_affordability

            write_affordability(report, path)
            return path

        def done(written: Path) -> None:
            self._context.shell.toast(f"Exported to {written.name}.")

        self._context.jobs.run(
            Job(f"Exporting {path.name}", work, done, self._context.show_problem), owner=self._owner
        )
