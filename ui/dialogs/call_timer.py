"""The clock of a call: started and stopped with one button, its time and minutes as plain fields too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.widgets.buttons import PlainButton
from ui.widgets.label import Label

Clock = Callable[[], datetime]
_TICK_MS = 1000


class CallTimer(QWidget):
    """Shows how long the call has lasted. The clock is given, so that a test need not wait.

    Started again after a stop it goes on counting: a call that was cut off is one call.
    """

    started = Signal()
    stopped = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._since: datetime | None = None
        self._before = 0.0
        self.began_at: time | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.shown = Label("0:00", "figure")
        self.shown.setAccessibleName("Length of the call")
        self.button = PlainButton("Start the clock", "phone")
        self.button.clicked.connect(self.toggle)
        row.addWidget(self.button)
        row.addWidget(self.shown)
        row.addStretch(1)
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self.refresh)

    @property
    def running(self) -> bool:
        return self._since is not None

    @property
    def seconds(self) -> int:
        """How long it has lasted so far."""
        running = (self._clock() - self._since).total_seconds() if self._since else 0.0
        return max(0, int(self._before + running))

    @property
    def minutes(self) -> int:
        """Begun minutes count as whole ones; zero while it was never started."""
        return -(-self.seconds // 60)

    @Slot()
    def toggle(self) -> None:
        """Start, or stop."""
        if self.running:
            self.stop()
        else:
            self._since = self._clock()
            self.began_at = self.began_at or self._since.time().replace(second=0, microsecond=0)
            self._ticks.start()
            self.button.setText("Stop the clock")
            self.refresh()
            self.started.emit()

    def stop(self) -> None:
        """Stop, if it runs."""
        if not self.running:
            return
        self._before = self.seconds
        self._since = None
        self._ticks.stop()
        self.button.setText("Start again")
        self.refresh()
        self.stopped.emit()

    @Slot()
    def refresh(self) -> None:
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        self.shown.setText(f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}")
