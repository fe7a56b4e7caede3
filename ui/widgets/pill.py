"""A word on a soft ground as a small button."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets.focus import RingMixin
from ui.widgets.paint import paint_pill, paint_ring, pill_size


class PillButton(RingMixin, QAbstractButton):
    """A pill that acts: *Dispute*, *Follow up*, *Review*."""

    def __init__(self, text: str = "", tone: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tone = tone
        self.setText(text)

    def sizeHint(self) -> QSize:
        return pill_size(self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme()
        pressed = self.isDown() or (self.underMouse() and self.isEnabled())
        paint_pill(painter, self.rect(), self.text(), self._tone, pressed=pressed)
        if self.has_ring:
            paint_ring(painter, QRect(self.rect()), self.height() / 2 - 1, look.colour("accent"))
