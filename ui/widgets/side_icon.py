"""A small icon inside a field of text, at its left or right edge; it grows with the text.

The icons of Qt's own `QLineEdit.addAction` stay 16 pixels high at every text size.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from ui import icons
from ui.theme import theme

_SIDE, _GAP = 16, 8
"""Of the icon, and between it and the field's edge, in pixels at 100 % text."""


class SideIcon(QAbstractButton):
    """A picture, or something to click where `words` say what for."""

    def __init__(self, field: QLineEdit, icon: str, words: str = "", *, leading: bool = False) -> None:
        super().__init__(field)
        self._field = field
        self._icon = icon
        self._leading = leading
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor if words else Qt.CursorShape.IBeamCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not words)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        field.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.StyleChange):
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        token = "text" if self.underMouse() else "quiet"
        icons.paint(QPainter(self), self._icon, token if self.isEnabled() else "faint", self.rect())

    def _place(self) -> None:
        side, gap = theme().px(_SIDE), theme().px(_GAP)
        left = gap if self._leading else self._field.width() - side - gap
        self.setGeometry(left, (self._field.height() - side) // 2, side, side)
        kept = side + gap // 2
        margins = self._field.textMargins()
        wanted = (kept, 0) if self._leading else (0, kept)
        if (margins.left(), margins.right()) != wanted:
            self._field.setTextMargins(wanted[0], 0, wanted[1], 0)
