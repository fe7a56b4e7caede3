"""A bar made of parts beside each other, such as contributions by source against a limit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets.label import Label


class ColourKey(QWidget):
    """What a colour of the bar stands for: a small square and a word."""

    def __init__(self, words: str, colour: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = colour
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(14), 0, 0, 0)
        row.addWidget(Label(words, "caption"))

    def paintEvent(self, event: QPaintEvent) -> None:
        side = theme().px(9)
        box = QRectF(0, (self.height() - side) / 2, side, side)
        QPainter(self).fillRect(box, theme().colour(self._colour))


class StackedBar(QWidget):
    """Shares of a whole in colours, from the left. Decoration: the words beside it say the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._parts: tuple[tuple[float, str], ...] = ()

    def set(self, parts: Sequence[tuple[float, str]]) -> None:
        """Show (share of the whole, colour token); what goes beyond the whole is cut off."""
        self._parts = tuple(parts)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(60, theme().px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        round_ends = QPainterPath()
        round_ends.addRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setClipPath(round_ends)
        painter.fillRect(box, look.colour("track"))
        left = box.x()
        for share, colour in self._parts:
            width = box.width() * min(max(share, 0.0), 1.0)
            painter.fillRect(QRectF(left, box.y(), max(width - 1, 1.0), box.height()), look.colour(colour))
            left += width
