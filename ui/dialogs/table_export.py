"""Payments, claims and accounts as files for a spreadsheet or an accountant: what, when, where to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from tracker.dates import Period
from tracker.errors import UserProblem
from tracker.storage.complaints import translated
from ui.context import Context
from ui.jobs import Job, Progress
from ui.widgets.buttons import PlainButton
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.fact_list import breakable
from ui.widgets.form_dialog import FormDialog
from ui.widgets.progress_bar import ProgressBar
from ui.widgets.tick_list import TickItem, TickList

if TYPE_CHECKING:
    from tracker.services.table_exports import Written

_TABLES = (
    TickItem("payments", "Payments", "One row for each budget line\u2019s part of a payment."),
    TickItem("claims", "Claims", "One row for each EOB."),
    TickItem("accounts", "Accounts", "What moved in each, with its balance before and after."),
)
_FORMS = (("csv", "CSV, a file for each table"), ("xlsx", "Excel workbook, a sheet for each table"))
_FOLDER = "tables/folder"
_SENTENCE = "Files to calculate with. Nothing that is there is replaced; the ledger stays as it is."
_REDACTED = (
    "People become Person A, providers Provider 1. Descriptions, notes, plans and numbers that identify "
    "are left out; amounts, dates, budget lines and accounts stay."
)


class TableExportDialog(FormDialog):
    """`tables` are ticked at first. The dialog stays open until the files are written."""

    def __init__(self, context: Context, parent: QWidget | None, tables: Sequence[str] = ()) -> None:
        super().__init__("Export tables", parent, save_text="Export", sentence=_SENTENCE, width=520)
        self._context = context
        self._job: Job[Written] | None = None
        self._folder = _known_folder(context)
        self.tables = TickList()
        self.tables.show_items(_TABLES, tables or tuple(item.code for item in _TABLES))
        year = context.today.year
        self.period = OptionEdit(
            [
                (str(year), f"{year}"),
                (str(year - 1), f"{year - 1}"),
                ("", "All time"),
                ("custom", "From one day to another"),
            ]
        )
        self.period.choose(str(year))
        self.begin, self.last = DayEdit(context.today), DayEdit(context.today)
        self.form_choice = OptionEdit(_FORMS)
        self.redacted = QCheckBox("For an accountant: without names and notes")
        self.folder_button = PlainButton("", "folder")
        self.bar = ProgressBar()
        self.form.add("tables", "What", self.tables)
        self.form.add(
            "period", "Of", self.period, hint="Payments by the day paid, claims by the day of care."
        )
        self.form.add("begin", "First day", self.begin)
        self.form.add("last", "Last day", self.last)
        self.form.add("form", "As", self.form_choice)
        self.form.add("redacted", "", self.redacted, hint=_REDACTED)
        self.form.add("folder", "Into the folder", self.folder_button)
        self.form.add_line(self.bar)
        self.bar.hide()
        self._name_folder()
        self._arrange()
        self.period.edited.connect(self._arrange)
        self.folder_button.clicked.connect(self._choose_folder)

    # choosing ------------------------------------------------------------------------

    @Slot()
    def _arrange(self) -> None:
        custom = self.period.key() == "custom"
        self.form.field("begin").setVisible(custom)
        self.form.field("last").setVisible(custom)

    @Slot()
    def _choose_folder(self) -> QFileDialog:
        dialog = QFileDialog(self, "Folder for the tables", str(self._folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.take_folder)
        dialog.open()
        return dialog

    @Slot(str)
    def take_folder(self, name: str) -> None:
        """Where the files go; remembered for the next time."""
        self._folder = Path(name)
        self._context.state.keep_text(_FOLDER, name)
        self.form.field("folder").complain("")
        self._name_folder()

    def _name_folder(self) -> None:
        self.folder_button.setText(_short(self._folder).replace("&", "&&"))
        self.folder_button.setToolTip(str(self._folder))
        self.form.field("folder").set_hint(breakable(str(self._folder)))

    def _chosen_period(self) -> Period | None:
        key = self.period.key()
        if key == "custom":
            begin, last = self.begin.day(), self.last.day()
            if last < begin:
                raise UserProblem("The last day is before the first.", "Swap them.", field="last")
            return Period(begin, date.fromordinal(last.toordinal() + 1))
        return Period(date(int(key), 1, 1), date(int(key) + 1, 1, 1)) if key else None

    # writing -------------------------------------------------------------------------

    def save(self) -> bool | None:
        from tracker.services.table_exports import Form, Table, export_tables

        services, folder = self._context.services, self._folder
        tables = [Table(code) for code in self.tables.ticked()]
        period, form = self._chosen_period(), Form(self.form_choice.key())
        redacted = self.redacted.isChecked()

        def work(progress: Progress) -> Written:
            with translated(services.ledger.path):
                return export_tables(
                    services,
                    folder,
                    tables=tables,
                    form=form,
                    period=period,
                    redacted=redacted,
                    progress=progress.step,
                )

        self.bar.set(0.0)
        self.bar.show()
        job: Job[Written] = Job("Exporting tables", work, self._on_done, self._on_problem, self._on_step)
        self._job = job
        self._context.jobs.run(job, owner=self)
        return False

    def reject(self) -> None:
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _on_step(self, done: int, out_of: int) -> None:
        self.bar.set(done / out_of if out_of else 0.0)

    def _on_done(self, made: Written) -> None:
        self._job = None
        names = made.paths[0].name if len(made.paths) == 1 else f"{len(made.paths)} files"
        folder = self._folder
        self._context.shell.toast(f"Exported {made.rows:,} rows to {names} in {folder.name or folder}.")
        self.accept()

    def _on_problem(self, problem: Exception) -> None:
        self._job = None
        self.bar.hide()
        if isinstance(problem, UserProblem):
            self.complain(problem)
        else:
            self.save_button.setEnabled(True)
            self._context.show_problem(problem)


def _known_folder(context: Context) -> Path:
    """Where tables went last time, else where the ledger lies."""
    kept = context.state.text(_FOLDER)
    return Path(kept) if kept and Path(kept).is_dir() else context.services.ledger.path.parent


def _short(folder: Path) -> str:
    name = folder.name or str(folder)
    return name if len(name) <= 40 else f"{name[:39]}\u2026"
