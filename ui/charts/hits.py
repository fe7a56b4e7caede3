"""What a pointer or the arrow keys can find in a drawn chart, whatever its kind."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF, QRectF
    from PySide6.QtGui import QPainter

    from ui.charts.ink import Ink


class Hit(NamedTuple):
    """One thing a chart shows: its facts in words, the point to mark, and what it stands for.

    `key` is the caller's (a claim's id, a month); None where there is nothing to open.
    """

    words: str
    anchor: QPointF
    key: object = None


class Spot(NamedTuple):
    """A hit and the area in which a pointer means it."""

    hit: Hit
    area: QRectF


class HitMap:
    """The hits of one drawing in reading order, found by point."""

    def __init__(self, spots: Sequence[Spot] = ()) -> None:
        self._spots = tuple(spots)

    @property
    def hits(self) -> list[Hit]:
        """Every hit in reading order, for the arrow keys."""
        return [spot.hit for spot in self._spots]

    def at(self, point: QPointF) -> Hit | None:
        """The hit a pointer at `point` means: of those whose area holds it, the nearest."""
        x, y = point.x(), point.y()
        found: Hit | None = None
        nearest = math.inf
        for spot in self._spots:
            if not spot.area.contains(point):
                continue
            anchor = spot.hit.anchor
            # Time runs across, so a step is looked for across; height only tells equals apart.
            distance = math.hypot(anchor.x() - x, (anchor.y() - y) * 0.35)
            if distance < nearest:
                found, nearest = spot.hit, distance
        return found


class ChartPaint(Protocol):
    """Draws one chart, its data already in it: `partial(progress.paint, chart=chart)`."""

    def __call__(self, painter: QPainter, rect: QRectF, *, ink: Ink) -> HitMap: ...
