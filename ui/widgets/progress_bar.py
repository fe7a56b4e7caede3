"""A thin rounded bar with an optional tick, as it stands under the figures."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets.paint import paint_bar


class ProgressBar(QWidget):
    """Shows a share of something. Decoration: the words beside it say the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._share = 0.0
        self._tick: float | None = None
        self._colour = "accent"

    def set(self, share: float, tick: float | None = None, colour: str = "accent") -> None:
        """Fill up to `share` (more than one fills it all) and mark `tick`, both of the width."""
        self._share, self._tick, self._colour = share, tick, colour
        self.update()

    @property
    def share(self) -> float:
        return self._share

    def sizeHint(self) -> QSize:
        return QSize(60, theme().px(7) + 2 * self._reach())

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect()).adjusted(0, self._reach(), 0, -self._reach())
        paint_bar(QPainter(self), box, self._share, self._colour, tick=self._tick)

    def _reach(self) -> int:
        """Room above and below, in which the tick stands out."""
        return theme().px(4)
