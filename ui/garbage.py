"""Circular garbage is collected on the UI thread only.

Python collects cycles on whatever thread happens to allocate. When that is a worker, a window of
ours that had become garbage is taken apart there: the binding puts off the deletion to the UI
thread, and by then Qt may have deleted the same object with its parent. That ends the program.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 500


class GarbageCollector(QObject):
    """Switches the automatic collection off and does the same work from a timer of the UI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._on_time)
        self._timer.start()

    def stop(self) -> None:
        """Leave collecting to Python again."""
        self._timer.stop()
        if self._was_on:
            gc.enable()

    @Slot()
    def _on_time(self) -> None:
        collect_what_is_due()


def collect_what_is_due() -> None:
    """Collect the oldest generation that has reached its threshold, as Python itself would."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
            gc.collect(generation)
            return


def settle_long_lived() -> None:
    """Take what was loaded so far out of all later collections: it lives as long as the program."""
    gc.freeze()
