"""What happens inside an open window, measured in its own process; run by `measure.py`.

    inside.py LEDGER

Each line gives the time from the request until everything asked for is shown, and the longest time
the window did not answer meanwhile (a beat every five milliseconds, its longest pause).
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tracker.changes import Changes
from tracker.facts import Payment
from tracker.storage.ledger import Ledger
from ui.session import Session
from ui.theme import make_application, theme
from ui.window_state import WindowState

QUIET_SECONDS = 0.08


class Pulse(QObject):
    """Counts how long the event loop was away at most."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start()

    def reset(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()

    @Slot()
    def _on_beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def main() -> None:
    app = make_application(sys.argv[:1])
    theme().apply("light")
    session = Session(Ledger(Path(sys.argv[1]), clock=date.today), WindowState())
    window, pulse = session.window, Pulse()
    session.show()
    _settle(session)

    def measure(name: str, act: Callable[[], object]) -> None:
        pulse.reset()
        begun = time.perf_counter()
        act()
        shown = _settle(session) - begun
        sys.stdout.write(f"{name:44}{shown * 1000:9.0f}{pulse.longest * 1000:12.0f}\n")

    sys.stdout.write(f"\n{'50,000 payments':44}{'ms':>9}{'longest ms':>12}\n")
    for key in window.page_keys():
        measure(f"open {key} for the first time", lambda key=key: window.go_to(key))
    for key in window.page_keys():
        measure(f"switch to {key}", lambda key=key: window.go_to(key))
    sys.stdout.write(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB\n")

    window.go_to("spending")
    _settle(session)
    filter_line = next(
        line
        for line in window.current_page.findChildren(QLineEdit)
        if "filter" in line.accessibleName().lower()
    )
    filter_line.setFocus()
    for letter in "clinic":
        measure(f"filter: the key {letter}", lambda letter=letter: QTest.keyClicks(filter_line, letter))
    measure("filter: cleared", filter_line.clear)

    services = session.services
    expense = Payment(paid_on=services.ledger.today(), amount=41_12)
    page = window.current_page

    def add() -> Changes:
        return services.payments.save(expense, payee="Quest Labs")

    for count in ("first", "second"):
        measure(
            f"add a payment, the {count}",
            lambda: session.context.commit(page, add),
        )
    measure("undo it", session.context.undo)

    budget = window.go_to("budget")
    _settle(session)
    measure("open the year grid", lambda: budget.arrive(services.ledger.today().year))  # type: ignore[attr-defined]

    from tracker.services.workbook import export_budget
    from ui.printing.pdf import write_pdf
    from ui.printing.review_document import review_document

    year = services.ledger.today().year
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        export_budget(services, year, Path(folder) / "budget.xlsx")
        sys.stdout.write(f"{'export the workbook':44}{(time.perf_counter() - begun) * 1000:9.0f}\n")
        begun = time.perf_counter()
        write_pdf(review_document(services.reports.review(year)), Path(folder) / "review.pdf", "letter")
        sys.stdout.write(f"{'print the review':44}{(time.perf_counter() - begun) * 1000:9.0f}\n")
    sys.stdout.flush()
    window.close()
    app.quit()
    os._exit(0)


def _settle(session: Session) -> float:
    """Run the event loop until no work is under way and nothing has happened for a moment.

    Gives the time at which the last thing happened.
    """
    loop = QEventLoop()
    happened = time.perf_counter()
    while time.perf_counter() - happened < QUIET_SECONDS:
        busy = session.jobs.busy
        if loop.processEvents(QEventLoop.ProcessEventsFlag.AllEvents) and busy:
            happened = time.perf_counter()
        if session.jobs.busy or busy:
            happened = time.perf_counter()
        time.sleep(0.0005)
    return happened


if __name__ == "__main__":
    main()
