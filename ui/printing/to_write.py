"""Lines to write on with a pen, each with what belongs there."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from ui.printing.flow import PT, Strip
from ui.printing.type import FAINT, NOTE

_HIGH = 23 * PT


@dataclass(frozen=True, slots=True)
class ToWrite:
    """A label and the room after it; further `lines` go over the whole width."""

    label: str
    lines: int = 1
    before: float = 0.0

    def strips(self, width: float) -> list[Strip]:
        return [
            Strip(
                _HIGH,
                self._drawing(width, self.label if place == 0 else ""),
                before=0.0 if place else self.before,
                keep_next=place < self.lines - 1,
            )
            for place in range(self.lines)
        ]

    def _drawing(self, width: float, label: str) -> _Line:
        return _Line(width, label)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line, drawn at the foot of its room."""

    width: float
    label: str

    def __call__(self, painter: QPainter, left: float, top: float) -> None:
        y = top + _HIGH - 2 * PT
        begin = left
        if self.label:
            NOTE.write(painter, self.label, left, y - NOTE.line_height)
            begin += NOTE.width(self.label) + 6 * PT
        painter.setPen(QPen(QBrush(QColor(FAINT)), 0.5 * PT))
        painter.drawLine(QLineF(begin, y, left + self.width, y))
