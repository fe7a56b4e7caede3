"""A short word at the bottom of the window about what just happened, with Undo where it helps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.buttons import LinkButton
from ui.widgets.label import Label

STAYS_MS = 6000


class Toast(QFrame):
    """The box itself; waits while the mouse rests on it or the keyboard is in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 9, 16, 9)
        row.setSpacing(14)
        self.words = Label("", wrap=True)
        self.undo = LinkButton("Undo")
        row.addWidget(self.words, 1)
        row.addWidget(self.undo)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(STAYS_MS)
        self.timer.timeout.connect(self._on_time)
        self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.timer.start()

    @Slot()
    def _on_time(self) -> None:
        if self.undo.hasFocus():
            self.timer.start()
        else:
            self.hide()


class ToastHost(QObject):
    """Shows one toast at a time over a window, never taking the focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._toast: Toast | None = None
        self._undo: Callable[[], object] | None = None
        window.installEventFilter(self)

    def show(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Say what happened; `undo` is what the Undo button calls."""
        if self._toast is None:
            self._toast = Toast(self._window)
            self._toast.undo.clicked.connect(self._on_undo)
        toast = self._toast
        self._undo = undo
        toast.words.setText(text)
        toast.undo.setVisible(undo is not None)
        toast.setAccessibleName(text)
        toast.show()
        self._place()
        toast.raise_()
        toast.timer.start()
        _announce(toast, text)

    def hide(self) -> None:
        if self._toast is not None:
            self._toast.hide()

    @property
    def text(self) -> str:
        """What is being said; empty when nothing is."""
        return self._toast.words.text() if self._toast is not None and self._toast.isVisible() else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._toast is not None and self._toast.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        toast, room = self._toast, self._window.rect()
        if toast is None:
            return
        most = min(room.width() - 40, theme().px(620))
        words = toast.words.fontMetrics().horizontalAdvance(toast.words.text()) + 4
        button = toast.undo.sizeHint().width() + 14 if self._undo is not None else 0
        width = min(most, words + button + 34)
        # As high as its lines; with and without the button it has one height, so that it does not jump.
        high = max(toast.heightForWidth(width), toast.undo.sizeHint().height() + 18)
        toast.setGeometry((room.width() - width) // 2, room.height() - high - 20, width, high)

    @Slot()
    def _on_undo(self) -> None:
        self.hide()
        if self._undo is not None:
            undo, self._undo = self._undo, None
            undo()


def _announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say it. Imported late: these classes cost time that only a toast is worth."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
