"""Small drawings shared by widgets and table cells: pills, bars, focus rings."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from ui.theme import theme

PILL_TONES = {
    "good": ("good", "good_soft"),
    "warning": ("warning", "warning_soft"),
    "bad": ("bad", "bad_soft"),
    "accent": ("accent", "accent_soft"),
    "second": ("second", "second_soft"),
    "quiet": ("quiet", "ground"),
}


def pill_size(text: str) -> QSize:
    """Room for a word in a pill at the present text size."""
    look = theme()
    metrics = QFontMetrics(look.font("caption_bold"))
    return QSize(
        metrics.horizontalAdvance(text) + look.px(22), max(metrics.height() + look.px(4), look.px(20))
    )


def paint_pill(painter: QPainter, box: QRect, text: str, tone: str, *, pressed: bool = False) -> None:
    """A word on its soft ground, filling the box."""
    look = theme()
    ink, ground = PILL_TONES.get(tone, PILL_TONES["quiet"])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("selection" if pressed else ground))
    radius = box.height() / 2
    painter.drawRoundedRect(QRectF(box), radius, radius)
    painter.setPen(look.colour(ink))
    font = look.font("caption_bold")
    painter.setFont(font)
    room = box.width() - look.px(16)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)


def paint_bar(
    painter: QPainter,
    box: QRectF,
    share: float | None,
    colour: str,
    *,
    track_to: float = 1.0,
    tick: float | None = None,
) -> None:
    """A rounded bar in `box`: the track up to `track_to`, the filled `share`, and a tick mark.

    All positions are fractions of the box's width; a share above one is drawn to the end.
    """
    look = theme()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = box.height() / 2
    for part, token in ((track_to, "track"), (share, colour)):
        if part is not None and part > 0:
            # A sliver is still drawn as a dot, so that something paid never looks like nothing.
            width = max(box.height(), box.width() * min(part, 1.0))
            painter.setBrush(look.colour(token))
            painter.drawRoundedRect(QRectF(box.x(), box.y(), width, box.height()), radius, radius)
    if tick is not None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        x = round(box.x() + box.width() * min(max(tick, 0.0), 1.0))
        reach = round(box.height() * 0.55)
        painter.fillRect(
            QRect(min(x, int(box.right()) - 1), round(box.y()) - reach, 2, round(box.height()) + 2 * reach),
            look.colour("text"),
        )


def paint_ring(painter: QPainter, box: QRect, radius: float, colour: QColor | None = None) -> None:
    """The focus ring: two pixels of accent inside the box."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour or theme().colour("accent"), 2))
    painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), radius, radius)
