"""A small panel over the window that closes on Esc or when the focus goes elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget


class Popover(QFrame):
    """A child of the window, not a window of its own: it needs no window manager and no exec()."""

    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._before: QWidget | None = None
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(16, 14, 16, 14)
        self.inside.setSpacing(8)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.hide()

    def open_over(self) -> None:
        """Show it and take the focus; closing gives the focus back."""
        self._before = QApplication.focusWidget()
        self.place()
        self.show()
        self.raise_()
        self._window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def place(self) -> None:
        """Find position and size; called again when the window's size changes."""
        raise NotImplementedError

    def close_over(self) -> None:
        if not self.isVisible():
            return
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._on_focus_changed)
        self._window.removeEventFilter(self)
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self._window) or self.hasFocus()
        self.hide()
        if had_focus and self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_over()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.place()
        return False

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and new is not self and not self.isAncestorOf(new):
            self._before = None  # the focus has gone where the person wanted it
            self.close_over()
