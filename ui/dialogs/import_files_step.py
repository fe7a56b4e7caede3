"""First step of an import: which files, what they were recognised as, and what is odd about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QVBoxLayout, QWidget

from tracker.dates import day_text
from tracker.facts.found import Format, FoundFile
from ui.dialogs.plan_import_step import ImportStep
from ui.models.import_words import (
    dates_words,
    day_first,
    format_words,
    holds_words,
    look_words,
    plain,
)
from ui.models.table import Column, RowTableModel
from ui.theme import theme
from ui.widgets.buttons import LinkButton, PlainButton
from ui.widgets.columns import Columns, Flow
from ui.widgets.fact_list import breakable
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable

DATA_FILES = (
    "Payments and EOBs (*.ofx *.qfx *.qif *.csv *.tsv *.txt *.xlsx *.json *.ndjson *.zip *.gz)"
    ";;All files (*)"
)
_SENTENCE = (
    "Choose what your insurer, bank, card or HSA let you download: EOBs (FHIR), OFX, QFX, QIF, CSV, Excel, "
    "a folder or a zip of them. Or drop them here. Nothing is taken before you have seen it."
)
_LONGEST = 400
_MOST_ASKED = 6


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file as the list shows it."""

    place: int
    file: FoundFile
    before: datetime | None


class FilesStep(ImportStep):
    """`picked` carries paths to read, `removed` paths of files to leave; the others ask to read again."""

    title = "Files"
    sentence = _SENTENCE
    picked = Signal(list)
    removed = Signal(list)
    dates_turned = Signal(str, bool)
    columns_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files: tuple[FoundFile, ...] = ()
        self._folder = ""
        self._turned: dict[str, bool] = {}
        self.asked: list[_DatesLine | _ColumnsLine] = []
        self.files_button = PlainButton("Choose files\u2026", "folder")
        self.folder_button = PlainButton("Choose a folder\u2026")
        self.remove_button = PlainButton("Remove from the list")
        self.columns_button = PlainButton("How it is read\u2026")
        line = _line()
        flow = Flow(line)
        for button in (self.files_button, self.folder_button, self.remove_button, self.columns_button):
            flow.addWidget(button)
        self.rows.addWidget(line)
        self.model: RowTableModel[FileRow] = RowTableModel(_columns(), key=lambda row: row.place)
        self.table = LedgerTable(self.model, "Files to read", row_height=30)
        self.table.setMinimumHeight(theme().px(130))
        self.rows.addWidget(self.table, 1)
        self.remark = Label("", "caption", wrap=True)
        self.about = Label("", "quiet", wrap=True)
        self.rows.addWidget(self.remark)
        self.rows.addWidget(self.about)
        self._asked = _line()
        self._asked_rows = QVBoxLayout(self._asked)
        self._asked_rows.setContentsMargins(0, 0, 0, 0)
        self._asked_rows.setSpacing(2)
        self.rows.addWidget(self._asked)
        self.rows.addStretch(0)
        self.files_button.clicked.connect(self._choose_files)
        self.folder_button.clicked.connect(self._choose_folder)
        self.remove_button.clicked.connect(self._on_remove)
        self.columns_button.clicked.connect(self._on_columns)
        self.table.delete_requested.connect(self._on_delete)
        self.table.selection_changed.connect(self._show_about)
        self.show_files((), {}, "", {})

    @property
    def ready(self) -> bool:
        return any(not file.is_empty for file in self.files)

    def first_field(self) -> QWidget | None:
        return self.table if self.files else self.files_button

    def start_in(self, folder: str) -> None:
        """Where the system's dialog for files begins."""
        self._folder = folder

    def show_files(
        self,
        files: Sequence[FoundFile],
        before: Mapping[int, datetime],
        remark: str,
        turned: Mapping[str, bool],
    ) -> None:
        """Show what was recognised. `before` tells when a file was taken already, `turned` what the
        member said of the dates of QIF files.
        """
        self.files = tuple(files)
        self._turned = dict(turned)
        self.model.set_rows([FileRow(n, file, before.get(n)) for n, file in enumerate(files)])
        self.table.setVisible(bool(files))
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))
        self._show_asked()
        self._show_about()
        self.changed.emit()

    # ours ----------------------------------------------------------------------------

    def _show_asked(self) -> None:
        """A line for each file that could be read another way."""
        while (item := self._asked_rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        lines: list[_DatesLine | _ColumnsLine] = []
        for file in self.files:
            first = day_first(file, self._turned.get(file.path))
            if first is not None:
                lines.append(_DatesLine(file, first, self))
            elif file.doubts:
                lines.append(_ColumnsLine(file, self))
            if len(lines) == _MOST_ASKED:
                break
        self.asked = lines
        for line in lines:
            self._asked_rows.addWidget(line)
        self._asked.setVisible(bool(lines))

    @Slot()
    def _show_about(self) -> None:
        """What there is to look at in the selected file."""
        rows: list[FileRow] = self.table.selected_rows()
        self.remove_button.setVisible(bool(self.files))
        self.remove_button.setEnabled(bool(rows))
        only = rows[0].file if len(rows) == 1 else None
        is_table = only is not None and only.format is Format.TABLE
        self.columns_button.setVisible(is_table)
        words = ""
        if only is not None:
            said = [*only.doubts, *(problem.why for problem in only.problems[:3])]
            words = " ".join(dict.fromkeys(plain(one) for one in said))
        self.about.setText(breakable(words[:_LONGEST]))
        self.about.setVisible(bool(words))

    @Slot()
    def _on_remove(self) -> None:
        self._on_delete(self.table.selected_rows())

    @Slot(list)
    def _on_delete(self, rows: list[FileRow]) -> None:
        if rows:
            self.removed.emit([row.file.path for row in rows])

    @Slot()
    def _on_columns(self) -> None:
        rows: list[FileRow] = self.table.selected_rows()
        if len(rows) == 1:
            self.columns_asked.emit(rows[0].file.path)

    @Slot()
    def _choose_folder(self) -> QFileDialog:
        dialog = self._dialog("Folder with files to import")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, False)
        dialog.fileSelected.connect(self._on_folder)
        dialog.open()
        return dialog

    @Slot()
    def _choose_files(self) -> QFileDialog:
        dialog = self._dialog("Files to import")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(DATA_FILES)
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
        self.picked.emit([Path(name)])

    @Slot(list)
    def _on_files(self, names: Sequence[str]) -> None:
        if names:
            self._folder = str(Path(names[0]).parent)
            self.picked.emit([Path(name) for name in names])


class _DatesLine(QWidget):
    """How the dates of one file are read, and the other way."""

    def __init__(self, file: FoundFile, is_day_first: bool, step: FilesStep) -> None:
        super().__init__(step)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._path, self._first, self._step = file.path, is_day_first, step
        flow = Flow(self)
        flow.addWidget(Label(dates_words(file, is_day_first)))
        other = "month" if is_day_first else "day"
        self.button = LinkButton(f"Read them {other} first")
        self.button.setAccessibleName(f"Read the dates of {plain(file.name)} {other} first")
        self.button.clicked.connect(self._on_clicked)
        flow.addWidget(self.button)

    @Slot()
    def _on_clicked(self) -> None:
        self._step.dates_turned.emit(self._path, not self._first)


class _ColumnsLine(QWidget):
    """What was assumed of a table, and the way to say it better."""

    def __init__(self, file: FoundFile, step: FilesStep) -> None:
        super().__init__(step)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._path, self._step = file.path, step
        row = Columns(self, gap=8, same_height=False)
        said = f"{plain(file.name)}: {' '.join(plain(doubt) for doubt in file.doubts)}"
        row.add(Label(breakable(said[:_LONGEST]), wrap=True), 5, least=theme().px(300))
        self.button = LinkButton("Change how it is read\u2026")
        self.button.setAccessibleName(f"Change how {plain(file.name)} is read")
        self.button.clicked.connect(self._on_clicked)
        row.add(self.button, 2)

    @Slot()
    def _on_clicked(self) -> None:
        self._step.columns_asked.emit(self._path)


def _columns() -> tuple[Column[FileRow], ...]:
    return (
        Column(
            "File",
            lambda row: plain(row.file.name),
            tooltip=lambda row: row.file.path,
            width=180,
            stretch=3,
        ),
        Column("What it is", lambda row: format_words(row.file), width=170, stretch=2),
        Column(
            "Holds",
            lambda row: holds_words(row.file),
            tone=lambda row: "bad" if row.file.is_empty else "",
            width=150,
            stretch=1,
        ),
        Column(
            "Taken before",
            lambda row: day_text(row.before.date()) if row.before else "",
            tone=lambda _row: "warning",
            width=106,
        ),
        Column(
            "To look at",
            lambda row: look_words(row.file),
            tone=lambda row: "bad" if row.file.is_empty else "warning",
            width=180,
            stretch=4,
        ),
    )


def _line() -> QWidget:
    line = QWidget()
    line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return line
