"""Settings: where the ledger lies, and its copies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from tracker.changes import Area
from tracker.dates import clock_text, day_text
from tracker.errors import WorldProblem
from tracker.services import backups
from tracker.services.backups import Backup
from ui.bootstrap import program_of
from ui.context import Context
from ui.jobs import Job
from ui.models.table import Column
from ui.pages.settings_section import ListSection
from ui.widgets.attachments import size_text
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.columns import flow_of
from ui.widgets.fact_list import breakable
from ui.widgets.label import Label


class BackupsSection(ListSection[Backup]):
    """The ledger's file above, its copies below. Copies are only ever added and restored here."""

    SHOWS = Area.EVERYTHING
    FILLS = True
    TITLE = "Backups"
    SENTENCE = (
        "A copy is made before the first change of a day, and 7 daily, 8 weekly and 12 monthly ones are "
        "kept. Each is read back before it counts."
    )
    ADD_TEXT = "Back up now"
    EMPTY = ("No backups yet", "The first is made before your next change.")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._ledger = context.services.ledger.path
        self._build_file_card()
        self.edit_button.setText("Restore\u2026")
        self.remove_button.hide()
        self.folder_button = PlainButton("Open folder", "folder")
        self.folder_button.clicked.connect(self._open_folder)
        self.card.body.addWidget(flow_of(self.folder_button, self._actions))

    def _build_file_card(self) -> None:
        card = Card("This ledger")
        self.path = Label(breakable(str(self._ledger)), wrap=True)
        self.copy_button = PlainButton("Copy path", "copy")
        self.show_button = PlainButton("Open folder", "folder")
        self.copy_button.clicked.connect(self._copy_path)
        self.show_button.clicked.connect(self._open_ledger_folder)
        card.body.addWidget(self.path)
        card.body.addWidget(flow_of(self.copy_button, self.show_button))
        self.rows.insertWidget(0, card)

    # the list ------------------------------------------------------------------------

    def columns(self) -> list[Column[Backup]]:
        return [
            Column("Made", made_text, order=lambda row: row.made_at),
            Column("Why", reason_text, stretch=1),
            Column("Size", lambda row: size_text(row.size), order=lambda row: row.size, right=True),
        ]

    def key(self, row: Backup) -> int:
        return hash(row.path)

    def read(self) -> Sequence[Backup]:
        return backups.listed(self._ledger)

    def edit(self, row: Backup) -> None:
        """Restore a copy: the form shows what is in it first."""
        program = program_of(self)
        if program is not None:
            from ui.dialogs.restore import RestoreDialog

            RestoreDialog(program, self.window(), copy=row.path).open()

    def add(self) -> None:
        """Make a copy now, beside the others."""
        self.add_button.setEnabled(False)
        ledger = self._ledger
        job: Job[Path] = Job(
            "Backing up",
            lambda progress: backups.back_up(ledger, progress=progress.step),
            self._on_made,
            self._on_failed,
        )
        self._context.jobs.run(job, owner=self)

    def _on_made(self, made: Path) -> None:
        self.add_button.setEnabled(True)
        self._context.shell.toast(f"Backed up as {made.name}")
        self.reload()

    def _on_failed(self, problem: Exception) -> None:
        self.add_button.setEnabled(True)
        self._context.show_problem(problem)

    # the files -----------------------------------------------------------------------

    @Slot()
    def _copy_path(self) -> None:
        QGuiApplication.clipboard().setText(str(self._ledger))
        self._context.shell.toast("The path is on the clipboard")

    @Slot()
    def _open_ledger_folder(self) -> None:
        open_folder(self._context, self._ledger.parent)

    @Slot()
    def _open_folder(self) -> None:
        folder = backups.folder_of(self._ledger)
        open_folder(self._context, folder if folder.is_dir() else self._ledger.parent)


def made_text(row: Backup) -> str:
    """`Nov 22, 2026, 9:05 AM`, in the time of the place."""
    return f"{day_text(row.made_at.date())}, {clock_text(row.made_at)}"


def reason_text(row: Backup) -> str:
    """Why a copy was made: `Daily`, `By hand`, `Before restore`."""
    return row.reason.capitalize() if row.reason else "Daily"


def open_folder(context: Context, folder: Path) -> None:
    """Show a folder in the system's file manager, or say that there is none."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        context.show_problem(WorldProblem("The folder could not be shown.", f"Look for it at {folder}."))
