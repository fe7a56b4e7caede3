"""Reading the files of an import beside the window, and reading single ones again another way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from tracker.facts.found import FoundFile
from tracker.storage.complaints import translated
from ui.context import Context
from ui.dialogs.import_accounts_step import AccountsStep
from ui.dialogs.import_files_step import FilesStep
from ui.dialogs.import_rows_step import RowsStep
from ui.dialogs.plan_import_frame import ImportFrame
from ui.jobs import Progress
from ui.models.import_read import Judged, Said, judge, read_more
from ui.models.import_words import counted
from ui.widgets.file_drop import dropped_paths

if TYPE_CHECKING:
    from tracker.imports.table_mapping import Mapping as TableMapping
    from tracker.imports.table_opening import Table

_FOLDER = "import/folder"


class ImportReading(ImportFrame):
    """Holds the files and their judged rows. Subclasses say in `said` what the member has said so far,
    and show in `show_judged` what came of it.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._context = context
        self.files = FilesStep()
        self.accounts = AccountsStep()
        self.rows = RowsStep(context)
        self._found: tuple[FoundFile, ...] = ()
        self._waiting: list[Path] = []
        self._turned: dict[str, bool] = {}
        steps = [self.files, self.accounts, self.rows]
        super().__init__("Import files", context.jobs, context.show_problem, steps, "Take", parent)
        self.setAcceptDrops(True)
        self.files.start_in(context.state.text(_FOLDER))
        self.files.picked.connect(self.add_paths)
        self.files.removed.connect(self._on_removed)
        self.files.dates_turned.connect(self._on_dates)
        self.files.columns_asked.connect(self._on_columns)

    def said(self) -> Said:
        """What decides how rows are judged."""
        raise NotImplementedError

    def show_judged(self, files: tuple[FoundFile, ...], judged: Judged, remark: str = "") -> None:
        """These are the files now, and their rows."""
        raise NotImplementedError

    @Slot()
    def stop(self) -> None:
        """Stop what is under way; files that were being read are not on the list then."""
        self._waiting = []
        super().stop()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()) and not self.saving:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.add_paths(paths)

    # files ---------------------------------------------------------------------------

    @Slot(list)
    def add_paths(self, paths: list[Path]) -> None:
        """Read files, folders or zips and put them on the list. What is being read goes on too."""
        if self.saving:
            return
        wanted = list(dict.fromkeys([*self._waiting, *paths]))
        self.say("")
        services, there, said = self._context.services, self._found, self.said()
        self._context.state.keep_text(_FOLDER, str(paths[0].parent))

        def work(progress: Progress) -> tuple[tuple[FoundFile, ...], str, Judged]:
            files, remark = read_more(services, wanted, there, progress.step)
            return files, remark, judge(services, files, said)

        def show(read: tuple[tuple[FoundFile, ...], str, Judged]) -> None:
            self._waiting = []
            files, remark, judged = read
            self.show_judged(files, judged, remark)
            self.go(self.files)
            if self.files.ready:
                self.next_button.setFocus()

        self.run(f"Reading {counted(len(wanted), 'file')}", work, show)
        if self._job is not None:
            self._waiting = wanted

    @Slot(list)
    def _on_removed(self, paths: list[str]) -> None:
        gone = set(paths)
        kept = tuple(file for file in self._found if file.path not in gone)
        self.judge_again(kept)

    @Slot(str, bool)
    def _on_dates(self, path: str, first: bool) -> None:
        """Read the dates of a QIF file the other way."""
        services, said, files = self._context.services, self.said(), self._found
        place = next((n for n, file in enumerate(files) if file.path == path), None)
        if place is None:
            return

        def work(progress: Progress) -> tuple[tuple[FoundFile, ...], Judged]:
            from tracker.imports.read_again import qif_again

            fresh = qif_again(files[place], day_first=first, progress=progress.step)
            changed = (*files[:place], fresh, *files[place + 1 :])
            return changed, judge(services, changed, said)

        def show(read: tuple[tuple[FoundFile, ...], Judged]) -> None:
            self._turned[path] = first
            self.show_judged(*read)

        self.run("Reading it again", work, show)

    @Slot(str)
    def _on_columns(self, path: str) -> None:
        """Open the table for the member to say what its columns hold."""
        services = self._context.services
        file = next((file for file in self._found if file.path == path), None)
        if file is None:
            return

        def work(progress: Progress) -> tuple[Table, TableMapping]:
            from tracker.imports.read_again import table_of

            with translated(services.ledger.path):
                profiles = services.importing.mappings()
            return table_of(file, profiles=cast("list[TableMapping]", profiles), progress=progress.step)

        def show(read: tuple[Table, TableMapping]) -> None:
            from ui.dialogs.table_mapping import TableMappingDialog

            dialog = TableMappingDialog(self._context, self, *read)
            dialog.chosen.connect(lambda mapping: self._read_table(file, dialog.table, mapping))
            dialog.open()

        self.run("Opening the table", work, show)

    def _read_table(self, file: FoundFile, table: Table, mapping: TableMapping) -> None:
        services, said, files = self._context.services, self.said(), self._found

        def work(progress: Progress) -> tuple[tuple[FoundFile, ...], Judged]:
            from tracker.imports.read_again import table_again

            fresh = table_again(file, table, mapping, progress=progress.step)
            changed = tuple(fresh if one.path == file.path else one for one in files)
            return changed, judge(services, changed, said)

        self.run("Reading it again", work, lambda read: self.show_judged(*read))

    def judge_again(self, files: tuple[FoundFile, ...] | None = None) -> None:
        """Judge every row once more; ticks and edits stay."""
        services, said = self._context.services, self.said()
        wanted = self._found if files is None else files
        if self._waiting:  # files are being read: the list is judged with them
            self._found = wanted
            self.add_paths(list(self._waiting))
            return

        def work(_progress: Progress) -> Judged:
            return judge(services, wanted, said)

        self.run("Looking at the rows", work, lambda judged: self.show_judged(wanted, judged))
