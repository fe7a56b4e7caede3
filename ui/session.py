"""One open ledger in one window: made when a ledger is opened, taken down when it is closed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tracker.changes import Changes
from tracker.dates import first_of
from tracker.errors import LedgerError
from tracker.reports.overview import Overview
from tracker.services.bundle import Services, services_over
from tracker.storage.complaints import translated
from tracker.storage.ledger import Ledger
from ui import problems
from ui.bus import ChangeBus
from ui.context import Context
from ui.garbage import settle_long_lived
from ui.jobs import Job, JobRunner
from ui.main_window import MainWindow
from ui.pages.registry import footer_specs, load_code, page_specs
from ui.widgets.file_drop import FileDrop
from ui.window_state import WindowState

log = logging.getLogger(__name__)

_READY_AFTER = 100
"""Milliseconds after the first paint: what the first page itself still reads goes before."""


class WindowShell:
    """What pages may ask of the window; made before the window, which needs the pages."""

    def __init__(self) -> None:
        self.window: MainWindow | None = None

    def go_to(self, page: str, target: object = None) -> None:
        if self.window is None:
            return
        shown = self.window.go_to(page)
        arrive: Callable[[object], object] | None = getattr(shown, "arrive", None)
        if target is not None and arrive is not None:
            arrive(target)

    def toast(self, text: str, undo: Callable[[], object] | None = None) -> None:
        if self.window is not None:
            self.window.toasts.show(text, undo)


class Session(QObject):
    """Joins an open ledger, its services, the job runner and the window around them."""

    ended = Signal()

    def __init__(
        self, ledger: Ledger, state: WindowState, *, runner: JobRunner | None = None, start_at: str = ""
    ) -> None:
        super().__init__()
        self.ledger = ledger
        self.services: Services = services_over(ledger)
        self.bus = ChangeBus(self)
        self.jobs = runner or JobRunner(self)
        self._shell = WindowShell()
        self.context = Context(self.services, self.bus, self.jobs, self._shell, self._show_problem, state)
        first = self._read_first_page()
        self.window = MainWindow(
            page_specs(self.context, first),
            footer_specs(self.context),
            state=state,
            bus=self.bus,
            runner=self.jobs,
            start_at=start_at,
        )
        self._shell.window = self.window
        self.window.set_ledger_name(ledger.path.stem)
        self.window.undo_requested.connect(self.context.undo)
        self.window.redo_requested.connect(self.context.redo)
        self.window.closing.connect(self._on_closing)
        self.window.files_requested.connect(self.import_files)
        self.window.tables_requested.connect(self.export_tables)
        self._drop = FileDrop(self.window)
        self._drop.dropped.connect(self.import_files)
        self.bus.committed.connect(self._on_committed)
        self._rest = QTimer(self, singleShot=True, interval=_READY_AFTER)
        self._rest.timeout.connect(self._load_rest)

    def show(self) -> None:
        """Show the window; what only writing needs is loaded once it has been painted."""
        self.window.show()
        QTimer.singleShot(0, self._after_first_paint)

    def end(self) -> None:
        """Stop the work under way and close the ledger."""
        self._rest.stop()
        if not self.jobs.shut_down():
            log.warning("work was still running when the ledger was closed")
        self.ledger.close()
        self.ended.emit()

    @Slot()
    @Slot(list)
    def import_files(self, paths: Sequence[Path] = ()) -> None:
        """Open the import window, with files where some were dropped."""
        from ui.dialogs.import_window import ImportWindow

        ImportWindow(self.context, self.window, paths=paths).open()

    @Slot()
    def export_tables(self) -> None:
        """Ask which tables go to files, and where."""
        from ui.dialogs.table_export import TableExportDialog

        TableExportDialog(self.context, self.window).open()

    # ours ----------------------------------------------------------------------------

    def _read_first_page(self) -> Overview | None:
        return self.services.reports.overview(first_of(self.ledger.today()))

    @Slot()
    def _after_first_paint(self) -> None:
        from ui.finder import LedgerFinder
        from ui.finder_acts import table_acts

        pages = [(spec.key, spec.title) for spec in page_specs(self.context, None)]
        acts: list[tuple[str, str, Callable[[], object]]] = [
            ("Import files", "EOBs, bank and HSA downloads, spreadsheets", self.import_files),
            *table_acts(self.context, self.window),
            (
                "Dates ahead",
                "Payments, renewals, refills and deadlines; reminders; a file for your calendar",
                partial(self._shell.go_to, "overview", "dates"),
            ),
        ]
        self.window.set_finder(LedgerFinder(self.services, pages, self._shell.go_to, acts))
        self._rest.start()

    @Slot()
    def _load_rest(self) -> None:
        ready = Job("", self._make_ready, lambda _: settle_long_lived(), self._show_problem)
        self.jobs.run(ready, owner=self)

    def _make_ready(self, _progress: object) -> None:
        """What the first change and the first visit of a page would otherwise wait for."""
        from tracker.services.documents import remove_old_copies

        self.ledger.prepare_writing()
        load_code()
        remove_old_copies()
        # What cannot be read is said where it is shown.
        with suppress(LedgerError), translated(self.ledger.path):
            self.services.findings.all(self.services.papers.read())

    @Slot(object)
    def _on_committed(self, _changes: Changes) -> None:
        undo, redo = self.ledger.next_undo, self.ledger.next_redo
        self.window.undo_actions.set_words(undo or "", redo or "")
        if self.ledger.backup_problem is not None:
            problem, self.ledger.backup_problem = self.ledger.backup_problem, None
            self._show_problem(problem)

    @Slot()
    def _on_closing(self) -> None:
        self.end()

    def _show_problem(self, problem: BaseException) -> object:
        return problems.show(problem, getattr(self, "window", None))
