"""A card with one figure: what it is, how much, of how much, and what follows from it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.models.figures import ShownFigure
from ui.theme import CARD_PADDING, theme
from ui.widgets.card import Card
from ui.widgets.focus import RingMixin
from ui.widgets.label import Label
from ui.widgets.progress_bar import ProgressBar


class _FigureLine(QWidget):
    """The figure and, on the same base line, what it is out of; below each other when narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.figure = ""
        self.of = ""

    def set(self, figure: str, of: str) -> None:
        self.figure, self.of = figure, of
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        big, small = self._metrics()
        return big.height() + (small.height() if self._breaks(width) else 0)

    def sizeHint(self) -> QSize:
        big, small = self._metrics()
        width = big.horizontalAdvance(self.figure) + self._gap() + small.horizontalAdvance(self.of)
        return QSize(width, big.height())

    def minimumSizeHint(self) -> QSize:
        big, small = self._metrics()
        return QSize(
            max(big.horizontalAdvance(self.figure), small.horizontalAdvance(self.of)), big.height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        big, small = self._metrics()
        painter = QPainter(self)
        painter.setPen(look.colour("text"))
        painter.setFont(look.font("figure"))
        base = big.ascent()
        painter.drawText(QPoint(0, base), self.figure)
        painter.setPen(look.colour("quiet"))
        painter.setFont(look.font("base"))
        if self._breaks(self.width()):
            painter.drawText(QPoint(0, big.height() + small.ascent()), self.of)
        else:
            painter.drawText(QPoint(big.horizontalAdvance(self.figure) + self._gap(), base), self.of)

    def _breaks(self, width: int) -> bool:
        return bool(self.of) and self.sizeHint().width() > width

    def _gap(self) -> int:
        return theme().px(8)

    def _metrics(self) -> tuple[QFontMetrics, QFontMetrics]:
        look = theme()
        return QFontMetrics(look.font("figure")), QFontMetrics(look.font("base"))


class FigureCard(RingMixin, Card):
    """One of the figures at the top of a page. `opened` comes when it is clickable and opened."""

    opened = Signal()

    def __init__(self, label: str, *, clickable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._label = Label(label, "quiet", wrap=True)
        self._line = _FigureLine()
        self._bar = ProgressBar()
        self._caption = Label("", "caption", wrap=True)
        self.body.setSpacing(4)
        for part in (self._label, self._line, self._bar, self._caption):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._clickable = clickable
        if clickable:
            self.setProperty("clickable", True)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set("")

    def set(
        self,
        figure: str,
        of: str = "",
        share: float | None = None,
        tick: float | None = None,
        colour: str = "accent",
        caption: str = "",
    ) -> None:
        """Show a figure. `share` and `tick` are fractions of the bar; without a share there is no bar."""
        self._line.set(figure, of)
        self._bar.setVisible(share is not None)
        self._bar.set(share or 0.0, tick, colour)
        self._caption.setText(caption)
        self._caption.setVisible(bool(caption))
        words = (f"{self._label.text()}: {figure} {of}".strip(), caption)
        self.setAccessibleName(words[0])
        self.setAccessibleDescription(". ".join(part for part in words if part))

    def show_figure(self, shown: ShownFigure) -> None:
        """Show a figure with its label."""
        self.set_label(shown.label)
        caption = " ".join(part for part in (shown.caption, shown.invitation) if part)
        self.set(shown.figure, shown.of, shown.share, shown.tick, shown.colour, caption)

    def least_width(self) -> int:
        return 0  # the figure itself says how narrow it can be

    def natural_width(self) -> int:
        """Room for the figure and what it is out of on one line; a row of cards gives it if it can."""
        return self._line.sizeHint().width() + 2 * CARD_PADDING + 4

    def set_label(self, label: str) -> None:
        self._label.setText(label)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = QRect(QPoint(0, 0), self.size()).contains(event.position().toPoint())
        if self._clickable and event.button() == Qt.MouseButton.LeftButton and inside:
            self.opened.emit()
        else:
            super().mouseReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Accepting the press is what brings the release here.
        if not (self._clickable and event.button() == Qt.MouseButton.LeftButton):
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._clickable and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)
