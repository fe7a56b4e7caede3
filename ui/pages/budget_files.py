"""The budget as an Excel workbook: writing it, and reading edited estimates back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject, QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.context import Context
from ui.jobs import Job, Progress

if TYPE_CHECKING:
    from tracker.services.workbook import EstimateDifferences

_KIND = "Excel workbook (*.xlsx)"


class BudgetFiles(QObject):
    """Asks for a file without blocking the window and does the work beside it; `owner` is the page."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._year = 0
        self._folder = ""

    def export(self, year: int) -> QFileDialog:
        """Ask where the workbook of a budget year goes. The dialog confirms overwriting."""
        self._year = year
        dialog = self._dialog("Export to Excel", QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(f"Budget {year}.xlsx")
        dialog.fileSelected.connect(self._on_export)
        dialog.open()
        return dialog

    def read_back(self) -> QFileDialog:
        """Ask for a workbook whose edited estimates are to be read."""
        dialog = self._dialog("Read edits back", QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_read_back)
        dialog.open()
        return dialog

    # ours ------------------------------------------------------------------------------

    def _dialog(self, title: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        places = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._owner, title, self._folder or places or QDir.homePath())
        dialog.setAcceptMode(mode)
        dialog.setNameFilter(_KIND)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    @Slot(str)
    def _on_export(self, name: str) -> None:
        path, year, services = Path(name), self._year, self._context.services
        self._folder = str(path.parent)

        def work(progress: Progress) -> Path:
            from tracker.services.workbook import export_budget

            return export_budget(services, year, path, progress=progress.step)

        def done(written: Path) -> None:
            self._context.shell.toast(f"Exported to {written.name}, in the cash view.")

        self._context.jobs.run(
            Job(f"Exporting {path.name}", work, done, self._context.show_problem), owner=self._owner
        )

    @Slot(str)
    def _on_read_back(self, name: str) -> None:
        path, services = Path(name), self._context.services
        self._folder = str(path.parent)

        def read() -> EstimateDifferences:
            from tracker.services.workbook import read_estimates

            return read_estimates(services, path)

        self._context.load(self._owner, read, self._show_differences, label=f"Reading {path.name}")

    def _show_differences(self, differences: EstimateDifferences) -> None:
        from ui.dialogs.workbook_differences import WorkbookDifferences

        WorkbookDifferences(self._context, self._owner, differences).open()
