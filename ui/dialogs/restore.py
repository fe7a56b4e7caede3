"""Bringing a ledger back from one of its copies: which one, what is in it, and where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from tracker import paths
from tracker.dates import day_text
from tracker.errors import LedgerError
from tracker.services import backups
from tracker.services.backups import Backup, Contents
from ui import problems
from ui.dialogs.ledger_files import choose_ledger, choose_new_place
from ui.jobs import Job, JobRunner
from ui.models.table import Column, RowTableModel
from ui.pages.settings_backups import made_text, reason_text
from ui.restoring import Restoring
from ui.theme import theme
from ui.widgets.attachments import size_text
from ui.widgets.banner import Banner
from ui.widgets.buttons import LinkButton, PlainButton, PrimaryButton
from ui.widgets.card import TABLE_INSET
from ui.widgets.columns import Flow
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_list import FactList
from ui.widgets.label import Label
from ui.widgets.screen_room import screen_room
from ui.widgets.scroll_inside import ScrollInside, vertical_scroll
from ui.widgets.table import LedgerTable

if TYPE_CHECKING:
    from ui.bootstrap import Program


MOST_ROWS = 6
"""Copies shown before the list scrolls."""


@dataclass(frozen=True, slots=True)
class _Picked:
    """The copy that would be restored, and what it holds once that is known."""

    path: Path
    contents: Contents | None = None


class RestoreDialog(QDialog):
    """One confirmation in the same window, since undo cannot help here.

    The ledger that is replaced is kept as another backup first.
    """

    def __init__(
        self,
        program: Program,
        parent: QWidget | None = None,
        *,
        copy: Path | None = None,
        runner: JobRunner | None = None,
    ) -> None:
        super().__init__(parent)
        self._program = program
        self._runner = runner
        self._jobs = runner or JobRunner(self)
        self._ledger = _ledger_of(program)
        self._picked: _Picked | None = None
        self._looking: Job[Contents] | None = None
        self._confirming = False
        self.setWindowTitle("Restore a backup")
        self._build()
        self._wire()
        self._show_copies(backups.listed(self._ledger) if self._ledger else [], copy)

    def sizeHint(self) -> QSize:
        """As high as its contents, never higher than the screen; beyond that it scrolls inside."""
        screen = screen_room(self)
        width = min(theme().px(560), screen.width() - 40)
        inside = self._rows.totalHeightForWidth(width - 2)
        high = inside + self._buttons.heightForWidth(width - 40) + 26
        return QSize(width, min(high, screen.height() - 60))

    # building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.model: RowTableModel[Backup] = RowTableModel(
            [
                Column("Made", made_text, order=lambda row: row.made_at),
                Column("Why", reason_text, stretch=1),
                Column("Size", lambda row: size_text(row.size), right=True),
            ],
            key=lambda row: hash(row.path),
            parent=self,
        )
        self.table = LedgerTable(self.model, "Backups")
        self.empty = EmptyState("No backups found", "Choose a file to restore from.")
        self.file_button = LinkButton("Choose a file\u2026", "folder")
        self.name = Label("", "bold", wrap=True)
        self.contents = FactList()
        self.banner = Banner()
        self.new_place_button = PlainButton("Restore elsewhere\u2026")
        self.new_place_button.setToolTip("As another ledger; the one you have stays as it is")
        self.cancel_button = PlainButton("Cancel")
        self.restore_button = PrimaryButton("Restore")
        self.restore_button.setDefault(True)
        self._buttons = QWidget()
        flow = Flow(self._buttons, to_right=True)
        for button in (self.new_place_button, self.cancel_button, self.restore_button):
            flow.addWidget(button)
        self._lay_out()

    def _lay_out(self) -> None:
        self._inside = ScrollInside()
        self._rows = rows = QVBoxLayout(self._inside)
        rows.setContentsMargins(20 - TABLE_INSET, 16, 20 - TABLE_INSET, 4)
        rows.setSpacing(8)
        rows.addLayout(_inset(Label("Restore a backup", "card_title", wrap=True)))
        rows.addLayout(_inset(Label(self._sentence(), "quiet", wrap=True)))
        rows.addWidget(self.table)
        rows.addWidget(self.empty)
        rows.addLayout(_inset(self.file_button, alone=True))
        for part in (self.name, self.contents, self.banner):
            rows.addLayout(_inset(part))
        rows.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 8, 20, 16)
        foot.addWidget(self._buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._scroll = vertical_scroll(self._inside)
        whole.addWidget(self._scroll, 1)
        whole.addLayout(foot)

    def _sentence(self) -> str:
        if self._ledger is None:
            return "Choose a copy of a ledger; you then say where it goes."
        return f"Copies of {self._ledger.stem}. Select one to see what is in it."

    def _wire(self) -> None:
        self.table.selection_changed.connect(self._on_selected)
        self.table.opened.connect(self._on_opened)
        self.file_button.clicked.connect(self._choose_file)
        self.new_place_button.clicked.connect(self._choose_place)
        self.cancel_button.clicked.connect(self.reject)
        self.restore_button.clicked.connect(self.on_restore)

    # choosing a copy -----------------------------------------------------------------

    def _show_copies(self, copies: Sequence[Backup], wanted: Path | None) -> None:
        self.model.set_rows(list(copies))
        self.table.fit_height_to_rows(MOST_ROWS)
        self.table.setVisible(bool(copies))
        self.empty.setVisible(not copies)
        self._show_picked(None)
        if wanted is not None:
            self.table.select_key(hash(wanted))
        elif copies:
            self.table.go_to_cell(0, 0)

    @Slot(list)
    def _on_selected(self, rows: list[Backup]) -> None:
        if len(rows) == 1:
            self.look_into(rows[0].path)

    @Slot(object)
    def _on_opened(self, row: Backup) -> None:
        self.look_into(row.path)
        self.restore_button.setFocus()

    @Slot()
    def _choose_file(self) -> None:
        folder = backups.folder_of(self._ledger) if self._ledger else None
        choose_ledger(
            self,
            self._on_file,
            title="Choose a backup",
            folder=folder if folder and folder.is_dir() else None,
        )

    def _on_file(self, path: Path) -> None:
        self.table.clearSelection()
        self.look_into(path)

    def look_into(self, path: Path) -> None:
        """Take a copy and read what it holds, beside the window."""
        if self._looking:
            self._looking.cancel()
        self._show_picked(_Picked(path))
        job: Job[Contents] = Job(
            "",
            lambda _progress: backups.look_into(path),
            lambda found: self._show_picked(_Picked(path, found)),
            self._on_unreadable,
        )
        self._looking = self._jobs.run(job, owner=self)

    def _on_unreadable(self, problem: Exception) -> None:
        self._show_picked(None)
        if isinstance(problem, LedgerError):
            self.banner.say_problem(problem)
        else:
            problems.show(problem, self)

    def _show_picked(self, picked: _Picked | None) -> None:
        self._picked = picked
        self._stop_confirming()
        known = picked.contents if picked else None
        self.name.setText(picked.path.name if picked else "")
        self.name.setVisible(picked is not None)
        self.contents.show_facts(_facts(known) if known else [])
        self.contents.setVisible(known is not None)
        self.restore_button.setEnabled(known is not None)
        self.new_place_button.setEnabled(known is not None)
        self.restore_button.setVisible(self._ledger is not None)
        if known is not None:
            self._fit()

    # restoring -----------------------------------------------------------------------

    @Slot()
    def on_restore(self) -> None:
        """Ask once, then put the copy in the ledger's place."""
        if self._picked is None or self._ledger is None:
            return
        if self._ledger.exists() and not self._confirming:
            self._confirming = True
            self.banner.say(
                f"This puts the copy in the place of {self._ledger.stem}. What it holds now is kept as "
                "another backup first.",
                "warning",
                closable=False,
            )
            self.restore_button.setText(f"Replace {self._short_name()}")
            self._fit()
            return
        self._restore_to(self._ledger)

    @Slot()
    def _choose_place(self) -> None:
        """As a ledger of its own, beside the one there is."""
        beside = self._ledger or paths.default_ledger()
        proposed = beside.with_name(f"{beside.stem} restored{paths.LEDGER_SUFFIX}")
        choose_new_place(self, self._restore_to, title="Restore as", proposed=proposed)

    def _restore_to(self, target: Path) -> None:
        if self._picked is None:
            return
        for button in (self.restore_button, self.new_place_button, self.cancel_button):
            button.setEnabled(False)
        self.banner.say("Restoring\u2026", closable=False)
        restoring = Restoring(self._program, runner=self._runner)
        restoring.ended.connect(self._on_ended)
        restoring.start(self._picked.path, target)

    @Slot(bool)
    def _on_ended(self, worked: bool) -> None:
        self.done(int(worked))

    def _fit(self) -> None:
        """Grow with the contents; at large text the last of them may still lie below what is seen."""
        self._rows.activate()
        self.resize(self.size().expandedTo(self.sizeHint()))
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self.banner))

    def _stop_confirming(self) -> None:
        self._confirming = False
        self.banner.hide()
        self.restore_button.setText("Restore")
        self.cancel_button.setEnabled(True)

    def _short_name(self) -> str:
        name = self._ledger.stem if self._ledger else ""
        shown = name if len(name) <= 24 else name[:23] + "\u2026"
        return shown.replace("&", "&&")  # a button would underline the next letter

    def done(self, result: int) -> None:
        if self._looking:
            self._looking.cancel()
        super().done(result)
        self.deleteLater()


def _inset(widget: QWidget, *, alone: bool = False) -> QHBoxLayout:
    """A line whose text begins where the text of the table's cells does."""
    line = QHBoxLayout()
    line.setContentsMargins(TABLE_INSET, 0, TABLE_INSET, 0)
    line.addWidget(widget)
    if alone:
        line.addStretch(1)
    return line


def _ledger_of(program: Program) -> Path | None:
    """The ledger that is open, else the one that could not be opened, else the one open last."""
    if program.session is not None:
        return program.session.ledger.path
    if program.refused is not None and backups.listed(program.refused):
        return program.refused
    return Path(program.settings.last_ledger) if program.settings.last_ledger else None


def _facts(contents: Contents) -> list[tuple[str, str]]:
    newest = f", the newest of {day_text(contents.newest_payment)}" if contents.newest_payment else ""
    people = ", ".join(contents.people)
    return [
        ("Payments", f"{contents.payments:,}{newest}"),
        ("EOBs", f"{contents.claims:,}"),
        ("People", people),
    ]
