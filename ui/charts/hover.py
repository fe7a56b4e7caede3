"""The mark on a step and the label beside it that says its facts."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from ui.charts.hits import Hit
from ui.charts.ink import BASE_SIZE, Ink
from ui.charts.place import Box, Size, beside

WIDEST = 300.0
"""Longer words go on in a second line, in units."""
PADDING_X, PADDING_Y = 9.0, 6.0


def hover_box(bounds: QRectF, hit: Hit, ink: Ink) -> QRectF:
    """Where the label of a hit lies: beside its point and inside `bounds`."""
    unit = ink.size / BASE_SIZE
    margin = 2 * unit
    room = QRectF(bounds).adjusted(margin, margin, -margin, -margin)
    metrics = QFontMetricsF(_font(ink))
    widest = min(WIDEST * unit, room.width() - 2 * PADDING_X * unit)
    words = metrics.boundingRect(QRectF(0, 0, widest, 1e6), _FLAGS, hit.words)
    size = Size(words.width() + 1 + 2 * PADDING_X * unit, words.height() + 2 * PADDING_Y * unit)
    edges = Box(room.left(), room.top(), room.right(), room.bottom())
    box = beside((hit.anchor.x(), hit.anchor.y()), size, edges, 10 * unit)
    return QRectF(QPointF(box.left, box.top), QPointF(box.right, box.bottom))


def paint_hover(painter: QPainter, bounds: QRectF, hit: Hit, ink: Ink) -> None:
    """Ring the point of a hit and write its words beside it, all inside `bounds`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    unit = ink.size / BASE_SIZE
    ground = QColor(ink.ground or "#FFFFFF")
    painter.setPen(QPen(QColor(ink.text), 2 * unit))
    painter.setBrush(ground)
    painter.drawEllipse(hit.anchor, 4.5 * unit, 4.5 * unit)
    box = hover_box(bounds, hit, ink)
    painter.setPen(QPen(QColor(ink.faint), 1))
    painter.drawRoundedRect(box, 6 * unit, 6 * unit)
    painter.setFont(_font(ink))
    painter.setPen(QColor(ink.text))
    inner = box.adjusted(PADDING_X * unit, PADDING_Y * unit, -PADDING_X * unit, -PADDING_Y * unit)
    painter.drawText(inner, _FLAGS, hit.words)
    painter.restore()


_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def _font(ink: Ink) -> QFont:
    font = QFont(ink.family) if ink.family else QFont()
    font.setPixelSize(max(1, round(ink.size * 12 / BASE_SIZE)))
    return font
