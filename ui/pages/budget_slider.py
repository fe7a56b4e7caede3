"""A slider for a possible cut: whole dollars by keyboard or mouse, up to what the line costs."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from tracker.money import Cents, dollars
from ui.theme import theme
from ui.widgets.focus import RingMixin
from ui.widgets.paint import paint_bar

_MOST_STEPS = 1_000
_DOLLAR: Cents = 100


class CutSlider(RingMixin, QSlider):
    """Arrow keys move by a step, Page Up and Down by a tenth, Home and End to nothing and everything.

    `cut_chosen` (cents) comes from the person only.
    """

    cut_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._most: Cents = 0
        self._unit: Cents = _DOLLAR
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.valueChanged.connect(self._on_value)

    def show_cut(self, cut: Cents, most: Cents) -> None:
        """Show a cut of a line that costs `most` without telling anybody."""
        self._most = most
        self._unit = _DOLLAR * max(1, -(-most // (_DOLLAR * _MOST_STEPS)))
        steps = -(-most // self._unit)
        self.blockSignals(True)
        self.setRange(0, steps)
        self.setSingleStep(max(1, steps // 100))
        self.setPageStep(max(1, steps // 10))
        self.setValue(min(steps, cut // self._unit if cut < most else steps))
        self.blockSignals(False)
        self.setEnabled(most > 0)
        self._tell(cut)
        self.update()

    def cut(self) -> Cents:
        """What the slider stands at, never more than the line costs."""
        return min(self._most, self.value() * self._unit)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(160), theme().px(26))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(80), theme().px(26))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolls the page, as the person meant

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        knob, high = self._knob(), look.px(5)
        room = QRectF(knob / 2, (self.height() - high) / 2, max(1.0, self.width() - knob), high)
        part = self.value() / self.maximum() if self.maximum() else 0.0
        paint_bar(painter, room, part or None, "accent")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.colour("card"))
        painter.setPen(QPen(look.colour("accent" if self.isEnabled() else "faint"), 2))
        side = knob - 3.0
        middle = room.x() + room.width() * part
        handle = QRectF(middle - side / 2, (self.height() - side) / 2, side, side)
        if self.has_ring:
            painter.setBrush(look.colour("accent"))
        painter.drawEllipse(handle)
        if self.has_ring:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _knob(self) -> int:
        return theme().px(18)

    def _go_to(self, x: float) -> None:
        knob = self._knob()
        part = (x - knob / 2) / max(1, self.width() - knob)
        self.setValue(round(min(1.0, max(0.0, part)) * self.maximum()))

    def _tell(self, cut: Cents) -> None:
        """What a screen reader says of the place."""
        self.setAccessibleDescription(f"{dollars(cut)} of {dollars(self._most)} a month")

    @Slot(int)
    def _on_value(self, _value: int) -> None:
        self._tell(self.cut())
        self.cut_chosen.emit(self.cut())
