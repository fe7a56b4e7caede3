"""Starting the program: the only place that assembles it."""

from __future__ import annotations

import logging
import os
import signal
import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tracker import paths
from tracker.errors import LedgerError
from tracker.settings import Settings, SettingsFile
from tracker.storage.complaints import translated
from tracker.storage.files import is_same
from tracker.storage.ledger import Ledger
from ui import problems
from ui.garbage import GarbageCollector
from ui.session import Session
from ui.theme import make_application, theme
from ui.window_state import WindowState

log = logging.getLogger(__name__)


class Program(QObject):
    """Holds what outlives a ledger: preferences, the window's shape, the session of the open ledger."""

    def __init__(self, settings_path: Path, state_path: Path | None) -> None:
        super().__init__()
        self._file = SettingsFile(settings_path)
        self.settings = self._file.load()
        self.state = WindowState(state_path)
        self.session: Session | None = None
        self.refused: Path | None = None
        """The file that could not be opened last; its backups are what Restore offers."""
        self.welcome: QWidget | None = None
        self.garbage = GarbageCollector(self)
        theme().apply(self.settings.theme, self.settings.text_size)

    def today(self) -> date:
        """The one place of the window that asks the machine what day it is."""
        return date.today()  # noqa: DTZ011 - a day of the calendar, where the person is

    def start(self, path: Path | None) -> None:
        """Open the ledger asked for, else the last one, else offer to begin."""
        chosen = path or self._remembered()
        if chosen is None:
            self.show_welcome()
            return
        self.open(chosen)

    def open(self, path: Path, *, start_at: str = "") -> bool:
        """Open a ledger in a window of its own; the one before is closed once this one is up."""
        before, path = self.session, path.absolute()  # as it is remembered, for starts from other folders
        if before is not None and is_same(before.ledger.path, path):
            before.window.activateWindow()
            return True
        try:
            made = self._session_over(path, start_at)
        except LedgerError as problem:
            log.warning("ledger not opened: %s", type(problem).__name__)
            self.refused = path
            self._refused(problem)
            return False
        self.session, self.refused = made, None
        made.window.setProperty("program", self)
        self._wire(made)
        made.show()
        self.change_settings(last_ledger=str(path))
        if before is not None:
            before.window.close()
        if self.welcome is not None:
            self.welcome.close()
            self.welcome = None
        return True

    def show_welcome(self, problem: LedgerError | None = None) -> None:
        """The first screen of a new member, and the way on when a ledger cannot be opened."""
        from ui.welcome import Welcome

        if self.welcome is None:
            self.welcome = Welcome(self)
        if isinstance(self.welcome, Welcome) and problem is not None:
            self.welcome.say(problem)
        self.welcome.show()
        self.welcome.activateWindow()

    def change_settings(self, **changes: object) -> None:
        """Change preferences and put them into effect at once."""
        from dataclasses import replace

        changed: Settings = replace(self.settings, **changes)  # type: ignore[arg-type]
        if changed == self.settings:
            return
        self.settings = changed
        self._file.save(changed)
        theme().apply(changed.theme, changed.text_size)

    # ours ----------------------------------------------------------------------------

    def _remembered(self) -> Path | None:
        if self.settings.last_ledger:
            return Path(self.settings.last_ledger)
        offered = paths.default_ledger()
        return offered if os.path.exists(offered) else None

    def _session_over(self, path: Path, start_at: str) -> Session:
        ledger = Ledger(path, clock=self.today)
        try:
            with translated(path):  # the first page may be the first to find damage
                return Session(ledger, self.state, start_at=start_at)
        except BaseException:
            ledger.close()
            raise

    def _refused(self, problem: LedgerError) -> None:
        if self.session is not None:
            problems.show(problem, self.session.window)
        else:
            self.show_welcome(problem)

    def _wire(self, made: Session) -> None:
        window = made.window
        window.new_ledger_requested.connect(self.on_new)
        window.open_ledger_requested.connect(self.on_open)
        window.backup_requested.connect(self.on_back_up)
        window.restore_requested.connect(self.on_restore)
        window.export_requested.connect(self.on_export)
        window.import_requested.connect(self.on_import)
        window.about_requested.connect(self.on_about)
        made.ended.connect(self._on_ended)

    @Slot()
    def _on_ended(self) -> None:
        ended = self.sender()
        if ended is self.session:
            self.session = None

    @Slot()
    def on_new(self) -> None:
        from ui.dialogs.wizard import Wizard

        Wizard(self, self._parent()).open()

    @Slot()
    def on_open(self) -> None:
        from ui.dialogs.ledger_files import choose_ledger

        folder = self.session.ledger.path.parent if self.session is not None else None
        choose_ledger(self._parent(), self.open, folder=folder)

    @Slot()
    def on_back_up(self) -> None:
        from ui.dialogs.ledger_files import back_up

        if self.session is not None:
            back_up(self.session.context, self.session.window)

    @Slot()
    def on_restore(self) -> None:
        from ui.dialogs.restore import RestoreDialog

        RestoreDialog(self, self._parent()).open()

    @Slot()
    def on_export(self) -> None:
        from ui.dialogs.data_export import choose_export

        if self.session is not None:
            choose_export(self.session.context, self.session.window)

    @Slot()
    def on_import(self) -> None:
        from ui.dialogs.data_import import DataImportDialog

        DataImportDialog(self, self._parent()).open()

    @Slot()
    def on_about(self) -> None:
        from ui.dialogs.about import AboutDialog

        AboutDialog(self._parent()).open()

    def _parent(self) -> QWidget | None:
        return self.session.window if self.session is not None else self.welcome


def program_of(widget: QWidget) -> Program | None:
    """The program whose window a widget stands in (None in tests of a page alone)."""
    found = widget.window().property("program")
    return found if isinstance(found, Program) else None


def run_app(ledger: Path | None = None) -> int:
    """Show the window and stay until it is closed; gives the exit code."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = make_application(sys.argv[:1])
    app.setApplicationName("concierge-ledger")
    app.setApplicationDisplayName(paths.APP_NAME)
    hooks = problems.install_hooks(paths.log_file())
    program = Program(paths.settings_file(), paths.window_state_file())
    program.start(ledger)
    # Ctrl+C in the terminal ends the window at once: nothing it shows is unsaved, and Python alone
    # would only notice when the next key is pressed.
    interrupt = signal.signal(signal.SIGINT, signal.SIG_DFL)
    code = app.exec()
    signal.signal(signal.SIGINT, interrupt)
    if program.session is not None:
        program.session.end()
    hooks.remove()
    return code
