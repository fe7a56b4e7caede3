"""The import window: files, the accounts they speak of, every row to look at, and Take.

One import is one change: it is taken whole or not at all, and one Undo takes it back.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from tracker.changes import Changes
from tracker.domain.importing.rows import EobRow
from tracker.errors import Cancelled, LedgerError
from tracker.facts.found import FoundFile
from tracker.storage.complaints import translated
from ui.context import Context
from ui.dialogs.import_reading import ImportReading
from ui.dialogs.plan_import_step import ImportStep
from ui.jobs import Job, Progress
from ui.models.import_accounts import account_groups, said_accounts
from ui.models.import_read import Judged, Said, judge
from ui.models.import_sheet import Kind, RowKey
from ui.models.import_words import sum_words, take_button_words
from ui.theme import theme
from ui.widgets.screen_room import screen_room

if TYPE_CHECKING:
    from tracker.services.import_preview import Preview


class ImportWindow(ImportReading):
    """Nothing is written before *Take*, but rules, accounts and people that are added on the way."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, paths: Sequence[Path] = ()
    ) -> None:
        self._judged: Judged | None = None
        self._chosen: dict[str, int | None] = {}
        self._said_accounts: dict[tuple[str, str], int | None] = {}
        self._people: dict[RowKey, int] = {}
        self._split: set[str] = set()
        self._stop = threading.Event()
        self._rows_shown = False
        self._warned_at = 0
        super().__init__(context, parent)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.accounts.new_asked.connect(self._on_new_account)
        self.accounts.split_asked.connect(self._on_split)
        self.rows.rule_asked.connect(self._on_rule)
        self.rows.person_asked.connect(self._on_person)
        self.go(self.files)
        if paths:
            self.add_paths(list(paths))

    # what the frame asks -------------------------------------------------------------

    def sizeHint(self) -> QSize:
        room = screen_room(self)
        return QSize(min(theme().px(1240), room.width() - 40), min(theme().px(820), room.height() - 60))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.step is self.files and self.files.ready:
            self.next_button.setFocus()  # the files came with it

    def go_on_from(self, step: ImportStep) -> None:
        if step is self.files:
            self._after_files()
        elif step is self.accounts:
            self._after_accounts()
        else:
            self._take()

    def sentence_of(self, step: ImportStep) -> str:
        return sum_words(self.rows.import_rows) if step is self.rows else step.sentence

    @Slot()
    def refresh(self) -> None:
        super().refresh()
        if self.step is self.rows:
            self.next_button.setText(take_button_words(self.rows.import_rows))
            self._sentence.setText(sum_words(self.rows.import_rows))

    @Slot()
    def on_back(self) -> None:
        if self.step is self.rows and not self.accounts.groups:
            self.stop()
            self.say("")
            self.go(self.files)
        else:
            super().on_back()

    @Slot()
    def stop(self) -> None:
        """Stop what is under way; while rows are taken, all of them are given up."""
        if self.saving:
            self._stop.set()
            self._busy_words.setText("Stopping")
        else:
            super().stop()

    def reject(self) -> None:
        if self.saving:
            self.stop()
        elif self._own_work() != self._warned_at:
            self._warned_at = self._own_work()
            self.say("What you ticked and changed here would be lost. Press Esc or Cancel again to leave.")
        else:
            super().reject()

    def _own_work(self) -> int:
        """How much the member did here that leaving would lose; 0 for nothing."""
        return self.rows.import_rows.own.turn + len(self._people)

    # judging -------------------------------------------------------------------------

    def said(self) -> Said:
        own = self.rows.import_rows.own.copy()
        return Said(dict(self._said_accounts), dict(self._people), own)

    def show_judged(self, files: tuple[FoundFile, ...], judged: Judged, remark: str = "") -> None:
        self._found, self._judged = files, judged
        self.files.show_files(files, judged.preview.taken_before, remark, self._turned)
        self._show_accounts()
        self.rows.import_rows.show(judged)
        if self.step is self.rows:
            self.rows.show_rows(first=False)
        self.refresh()

    def _show_accounts(self) -> None:
        judged = self._judged
        if judged is None:
            return
        groups = account_groups(judged.preview, judged.counts, sorted(self._split))
        self.accounts.show_groups(groups, judged.names.open_accounts, self._chosen)

    # accounts ------------------------------------------------------------------------

    def _after_files(self) -> None:
        if any(not group.sure for group in self.accounts.groups if group.key not in self._chosen):
            self.go(self.accounts)
        else:
            self._show_rows()

    def _after_accounts(self) -> None:
        if not self.accounts.complete():
            return
        self._chosen = self.accounts.chosen()
        said = said_accounts(self.accounts.groups, self._chosen)
        judged = self._judged
        if judged is None:
            return
        seen = judged.preview
        used = {(seen.files[one.file].path, one.source): one.account_id for one in seen.accounts}
        self._said_accounts = said
        if said == used:
            self._show_rows()
            return
        services, what, files = self._context.services, self.said(), self._found

        def work(_progress: Progress) -> Judged:
            return judge(services, files, what)

        def show(fresh: Judged) -> None:
            self.show_judged(files, fresh)
            self._show_rows()

        self.run("Looking at the rows", work, show)

    @Slot(str)
    def _on_new_account(self, key: str) -> None:
        from ui.dialogs.account_editor import AccountEditor

        editor = AccountEditor(self._context, self)

        def made() -> None:
            changes = editor.changes
            if changes is not None and changes.new_id is not None:
                self._chosen = {**self.accounts.chosen(), key: changes.new_id}
                self.judge_again()

        editor.saved.connect(made)
        editor.open()

    @Slot(str)
    def _on_split(self, key: str) -> None:
        """Ask about each file of a group on its own."""
        self._chosen = {name: number for name, number in self.accounts.chosen().items() if name != key}
        self._split.add(key)
        self._show_accounts()

    # rows ----------------------------------------------------------------------------

    def _show_rows(self) -> None:
        self.rows.show_rows(first=not self._rows_shown)
        self._rows_shown = True
        self.go(self.rows)

    @Slot(int)
    def _on_rule(self, place: int) -> None:
        from ui.dialogs.import_rule import RuleDialog, rule_from_row

        rows = self.rows.import_rows
        dialog = RuleDialog(self._context, self, rule_from_row(rows.money[place]), rows.names)
        dialog.saved.connect(self.judge_again)
        dialog.open()

    @Slot(object, int)
    def _on_person(self, places: list[int], person_id: int) -> None:
        """Make EOBs those of a person the member chose."""
        rows, services = self.rows.import_rows, self._context.services
        self._people |= {rows.key(Kind.EOBS, place): person_id for place in places}
        chosen = dict.fromkeys(places, person_id)
        held = list(rows.eobs)

        def work(_progress: Progress) -> list[EobRow]:
            from tracker.services.import_preview import for_people

            with translated(services.ledger.path):
                return list(for_people(services, chosen, held))

        def show(fresh: list[EobRow]) -> None:
            rows.put_eobs(fresh)
            self.rows.show_rows(first=False)
            self.refresh()

        self.run("Looking at the EOBs", work, show)

    # taking --------------------------------------------------------------------------

    def _take(self) -> None:
        """Take everything that is ticked, beside the window. Stopped, it takes nothing."""
        context, seen = self._context, self.rows.import_rows.result()
        self._stop.clear()
        self.saving = True

        def work(progress: Progress) -> Changes | None:
            return _taken(context, seen, progress, self._stop)

        job: Job[Changes | None] = Job("", work, self._on_taken, self._on_refused, self._on_step)
        self._busy_words.setText(f"Taking {take_button_words(self.rows.import_rows).removeprefix('Take ')}")
        self._bar.set(0.0)
        self._patience.start()
        self.refresh()
        # Not the window's: what was taken is announced even where the window is gone.
        context.jobs.run(job, owner=context.bus)

    def _on_taken(self, changes: Changes | None) -> None:
        context = self._context
        if changes is not None:
            context.bus.announce(changes)
            context.shell.toast(changes.words, context.undo)
        if not isValid(self):
            return
        self.saving = False
        self._rest()
        if changes is None:
            self.say("Stopped. Nothing was taken.")
        else:
            self.accept()

    def _on_refused(self, problem: Exception) -> None:
        if not isValid(self):
            self._context.show_problem(problem)
            return
        self.saving = False
        self._rest()
        if isinstance(problem, LedgerError):
            self.say(f"Nothing was taken. {problem}")
        else:
            self._show_problem(problem)


def _taken(context: Context, seen: Preview, progress: Progress, stop: threading.Event) -> Changes | None:
    """Take the rows; None where it was stopped before the end."""

    def told(done: int, out_of: int) -> None:
        progress.step(done, out_of)
        if stop.is_set():
            raise Cancelled

    services = context.services
    try:
        with translated(services.ledger.path):
            return services.importing.take(seen, progress=told)
    except Cancelled:
        return None
