"""Saving dates ahead as a calendar file: with or without names and amounts, and where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths, Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from tracker.domain.dates_ahead import DateAhead
from tracker.errors import LedgerError, UserProblem
from tracker.wording import count_of
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.widgets.label import Label

_KEPT = "calendar/private"
_SENTENCE = (
    "Any calendar program can import the file. Import it again later, into the same calendar: dates that "
    "moved are moved there too, and none appears twice."
)
_PRIVATE = (
    "Choose this for a calendar that others see or that is kept on the internet. The events then say only "
    "what sort of date each is."
)
_DONE = "What is settled meanwhile stays in the calendar until you delete it there."


class CalendarFileDialog(CommitDialog):
    """Asks how, then where; the file is written beside the window."""

    def __init__(
        self, context: Context, entries: Sequence[DateAhead], parent: QWidget | None = None
    ) -> None:
        count = count_of(len(entries), "date")
        super().__init__(
            f"Save {count} for a calendar",
            parent,
            sentence=_SENTENCE,
            save_text="Choose a file\u2026",
            width=480,
        )
        self._context = context
        self._entries = tuple(entries)
        self.private = QCheckBox("Leave out names and amounts")
        self.private.setAccessibleDescription(_PRIVATE)
        self.private.setChecked(context.state.text(_KEPT) == "yes")
        self.form.add_line(self.private)
        self.form.add_line(Label(_PRIVATE, "caption", wrap=True))
        self.form.add_line(Label(_DONE, "caption", wrap=True))
        self.asking: QFileDialog | None = None

    def save(self) -> bool:
        """Ask for a name; the form stays open until the file is there."""
        places = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, "Save dates for a calendar", places or QDir.homePath())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("ics")
        dialog.setNameFilters(["Calendar (*.ics)"])
        dialog.selectFile("Dates ahead.ics")
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        dialog.rejected.connect(lambda: self.save_button.setEnabled(True))
        self.asking = dialog
        dialog.open()
        return False

    def write(self, path: Path) -> None:
        """Write the file; a toast tells when it is there."""
        private, services, entries = self.private.isChecked(), self._context.services, self._entries
        self._context.state.keep_text(_KEPT, "yes" if private else "no")

        def work() -> int | LedgerError:
            from tracker.services.calendar_file import write_calendar

            try:
                return write_calendar(services, path, entries, private=private)
            except LedgerError as problem:
                return problem

        def shown(answer: int | LedgerError) -> None:
            if isinstance(answer, UserProblem):
                self.complain(answer)
            elif isinstance(answer, LedgerError):
                self.save_button.setEnabled(True)
                self._context.show_problem(answer)
            else:
                dates = count_of(answer, "date")
                self._context.shell.toast(f"Saved {path.name}, {dates}.")
                self.accept()

        self._context.load(self, work, shown, label=f"Writing {path.name}")
