"""First step of taking a plan from the CMS files: the files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.dialogs.plan_import_step import ImportStep
from ui.widgets.attachments import size_text
from ui.widgets.buttons import PlainButton
from ui.widgets.columns import Flow
from ui.widgets.fact_list import FactList
from ui.widgets.label import Label

if TYPE_CHECKING:
    from tracker.imports.cms_plans import PlanFiles

_WHERE = (
    "CMS, the federal agency for Medicare and Medicaid, publishes every marketplace plan of a year on "
    "cms.gov as \u201cHealth Insurance Exchange Public Use Files\u201d: download \u201cPlan "
    "Attributes\u201d and \u201cBenefits and Cost Sharing\u201d of your plan\u2019s year and unpack "
    "them. Then choose their folder here; the program itself never uses the network."
)
_WHICH = "Plans of an employer, and of states with an exchange of their own, are mostly not in them."


class FilesStep(ImportStep):
    """`picked` carries the folder and the paths somebody chose; what they are is found out elsewhere."""

    title = "The plan files of CMS"
    sentence = ""
    picked = Signal(object, list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files: PlanFiles | None = None
        self._folder = ""
        self.rows.addWidget(Label(_WHERE, wrap=True))
        self.rows.addWidget(Label(_WHICH, "quiet", wrap=True))
        self.folder_button = PlainButton("Choose a folder\u2026", "folder")
        self.files_button = PlainButton("Choose files\u2026")
        line = QWidget()
        flow = Flow(line)
        flow.addWidget(self.folder_button)
        flow.addWidget(self.files_button)
        self.rows.addWidget(line)
        self.found = FactList()
        self.missing = Label("", tone="warning", wrap=True)
        self.rows.addWidget(self.found)
        self.rows.addWidget(self.missing)
        self.rows.addStretch(1)
        self.missing.hide()
        self.folder_button.clicked.connect(self._choose_folder)
        self.files_button.clicked.connect(self._choose_files)

    @property
    def ready(self) -> bool:
        return self.files is not None and bool(self.files.plans and self.files.benefits)

    def first_field(self) -> QWidget | None:
        return self.folder_button

    def start_in(self, folder: str) -> None:
        """Where the system's dialog for files begins."""
        self._folder = folder

    def show_files(self, files: PlanFiles | None) -> None:
        """Name what was recognised, and what is still missing."""
        self.files = files
        facts: list[tuple[str, str]] = []
        lacking = ""
        if files is not None:
            for kind, tables in (
                ("Plan Attributes", files.plans),
                ("Benefits and Cost Sharing", files.benefits),
            ):
                said = ", ".join(f"{table.path.name} ({size_text(table.size)})" for table in tables)
                facts.append((kind, said))
                if not tables:
                    lacking = f"The {kind} file is missing. Choose it too, or a folder with both."
        self.found.show_facts(facts)
        self.missing.setText(lacking)
        self.missing.setVisible(bool(lacking))
        self.changed.emit()

    @Slot()
    def _choose_folder(self) -> QFileDialog:
        dialog = self._dialog("Folder with the CMS files")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, False)
        dialog.fileSelected.connect(self._on_folder)
        dialog.open()
        return dialog

    @Slot()
    def _choose_files(self) -> QFileDialog:
        dialog = self._dialog("CMS files")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter("CSV files (*.csv);;All files (*)")
        dialog.filesSelected.connect(self._on_files)
        dialog.open()
        return dialog

    def _dialog(self, title: str) -> QFileDialog:
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog = QFileDialog(self, title, self._folder or home)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    @Slot(str)
    def _on_folder(self, name: str) -> None:
        self._folder = name
        self.picked.emit(Path(name), [])

    @Slot(list)
    def _on_files(self, names: Sequence[str]) -> None:
        paths = [Path(name) for name in names]
        if not paths:
            return
        self._folder = str(paths[0].parent)
        if self.files is not None and not self.ready:  # the one that was missing joins the other
            known = [table.path for table in (*self.files.plans, *self.files.benefits)]
            paths = list(dict.fromkeys([*known, *paths]))
        self.picked.emit(paths[0].parent, paths)
