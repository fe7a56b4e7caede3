"""A painter, its ink and the few strokes every chart is made of."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPaintEngine, QPainter, QPen, QPolygonF

from ui.charts.ink import BASE_SIZE, Ink
from ui.charts.place import Box, Point, Size


class Label(NamedTuple):
    """Text with a place; `box` fits its lines exactly."""

    text: str
    box: Box
    color: str
    is_strong: bool = False
    is_right: bool = False


class Pencil:
    """Measures are in units of the base type: `unit` is 1 at 13 px type and grows with it."""

    def __init__(self, painter: QPainter, ink: Ink) -> None:
        self.painter = painter
        self.ink = ink
        self.unit = ink.size / BASE_SIZE
        # Only pixels can be hit squarely. On paper and in vector files a line lies where it belongs.
        self._is_raster = painter.paintEngine().type() == QPaintEngine.Type.Raster
        self._pixels = painter.device().devicePixelRatio() if self._is_raster else 1.0
        self._plain = self._font(QFont.Weight.Normal)
        self._strong = self._font(QFont.Weight.DemiBold)
        self._plain_metrics = QFontMetricsF(self._plain)
        self._strong_metrics = QFontMetricsF(self._strong)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _font(self, weight: QFont.Weight) -> QFont:
        font = QFont(self.ink.family) if self.ink.family else QFont()
        font.setPixelSize(max(1, round(self.ink.size * 12 / BASE_SIZE)))
        font.setWeight(weight)
        # Figures of one width are for columns. Here they would only make labels longer, and vector
        # files cannot ask for them, so that text would be narrower there than the room left for it.
        font.setFeature(QFont.Tag("tnum"), 0)
        if not self._is_raster:
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def ground(self, rect: QRectF) -> None:
        """The page's own colour behind everything, where the ink has one."""
        if self.ink.ground is not None:
            self.painter.fillRect(rect, QColor(self.ink.ground))

    @property
    def line_height(self) -> float:
        return self._plain_metrics.ascent() + self._plain_metrics.descent()

    def width(self, text: str, *, strong: bool = False) -> float:
        return (self._strong_metrics if strong else self._plain_metrics).horizontalAdvance(text)

    def size(self, text: str, *, strong: bool = False) -> Size:
        lines = text.split("\n")
        widest = max(self.width(line, strong=strong) for line in lines)
        return Size(math.ceil(widest), self.line_height * len(lines))

    def write(self, label: Label) -> None:
        self.painter.setFont(self._strong if label.is_strong else self._plain)
        self.painter.setPen(QColor(label.color))
        baseline = label.box.top + self._plain_metrics.ascent()
        for line in label.text.split("\n"):
            left = label.box.left
            if label.is_right:
                left = label.box.right - self.width(line, strong=label.is_strong)
            self.painter.drawText(QPointF(left, baseline), line)
            baseline += self.line_height

    def level(self, left: float, right: float, y: float, color: str, width: float = 1.0) -> None:
        """A horizontal line, sharp on a screen."""
        y = self.sharp(y, width)
        self.painter.setPen(self._pen(color, width, Qt.PenCapStyle.FlatCap))
        self.painter.drawLine(QLineF(left, y, right, y))

    def upright(self, x: float, top: float, bottom: float, color: str, width: float = 1.0) -> None:
        """A vertical line, sharp on a screen."""
        x = self.sharp(x, width)
        self.painter.setPen(self._pen(color, width, Qt.PenCapStyle.FlatCap))
        self.painter.drawLine(QLineF(x, top, x, bottom))

    def stroke(
        self, points: Sequence[Point], color: str, width: float, dashes: Sequence[float] = ()
    ) -> None:
        """A line through points. `dashes` are in units: on, off, on, off."""
        pen = self._pen(color, width, Qt.PenCapStyle.FlatCap if dashes else Qt.PenCapStyle.SquareCap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        if dashes:
            pen.setDashPattern([dash / width for dash in dashes])  # Qt counts in line widths
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawPolyline(_polygon(points))

    def fill(self, points: Sequence[Point], color: str) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(color))
        self.painter.drawPolygon(_polygon(points))

    def dot(self, point: Point, color: str, radius: float) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(color))
        self.painter.drawEllipse(QPointF(*point), radius * self.unit, radius * self.unit)

    def bar(self, box: Box, color: str) -> None:
        self.painter.fillRect(
            QRectF(QPointF(box.left, box.top), QPointF(box.right, box.bottom)), QBrush(color)
        )

    def hatched(self, box: Box, color: str) -> None:
        """An outlined bar of slanted lines: pattern brushes would turn to pictures in vector files."""
        self.painter.setPen(self._pen(color, 0.8, Qt.PenCapStyle.FlatCap))
        self.painter.drawLines([QLineF(*line) for line in hatching(box, 5 * self.unit)])
        self.outlined(box, color)

    def outlined(self, box: Box, color: str) -> None:
        pen = self._pen(color, 0.8, Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRect(_rectangle(box))

    def sharp(self, place: float, width: float = 1.0) -> float:
        """The nearest place at which a line of this width covers whole pixels."""
        if not self._is_raster:
            return place
        covered = self._covered(width)
        at = place * self._pixels
        return (round(at) if covered % 2 == 0 else math.floor(at) + 0.5) / self._pixels

    def snapped(self, box: Box) -> Box:
        """The box with its edges on whole pixels where there are pixels."""
        if not self._is_raster:
            return box
        return Box(*(round(edge * self._pixels) / self._pixels for edge in box))

    def _covered(self, width: float) -> int:
        """How many pixels a line of `width` units takes, at least one."""
        return max(1, round(width * self.unit * self._pixels))

    def _pen(self, color: str, width: float, cap: Qt.PenCapStyle) -> QPen:
        drawn = width * self.unit
        if self._is_raster and width <= 1.5:
            drawn = self._covered(width) / self._pixels
        return QPen(QBrush(QColor(color)), drawn, Qt.PenStyle.SolidLine, cap)


def hatching(box: Box, spacing: float) -> list[tuple[float, float, float, float]]:
    """Lines at 45 degrees that fill a box, each clipped to it: x1, y1, x2, y2."""
    width, height = box.right - box.left, box.bottom - box.top
    lines = []
    offset = spacing
    while offset < width + height:
        # A line on which x + (distance from the bottom) is constant.
        begin_x, end_x = max(0.0, offset - height), min(width, offset)
        lines.append(
            (
                box.left + begin_x,
                box.bottom - (offset - begin_x),
                box.left + end_x,
                box.bottom - (offset - end_x),
            )
        )
        offset += spacing
    return lines


def _polygon(points: Sequence[Point]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


def _rectangle(box: Box) -> QRectF:
    return QRectF(QPointF(box.left, box.top), QPointF(box.right, box.bottom))
