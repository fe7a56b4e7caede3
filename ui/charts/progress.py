"""Progress toward a limit over a plan year: a stepped line that rises claim by claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.charts.frame import fit_frame
from ui.charts.hits import HitMap
from ui.charts.pencil import Pencil
from ui.charts.stepline import StepLine
from ui.charts.steps import Limit, ProgressChart, Projection, Step

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter

    from ui.charts.ink import Ink

__all__ = ["Limit", "ProgressChart", "Projection", "Step", "paint", "paint_in"]


def paint(painter: QPainter, rect: QRectF, chart: ProgressChart, ink: Ink) -> HitMap:
    """Draw the chart into `rect`; text sizes and widths are in the painter's logical units."""
    return paint_in(painter, rect, chart, ink, ink.accent)


def paint_in(painter: QPainter, rect: QRectF, chart: ProgressChart, ink: Ink, color: str) -> HitMap:
    """`paint` with the line in another colour of the ink."""
    painter.save()
    try:
        pencil = Pencil(painter, ink)
        pencil.ground(rect)
        amounts = chart.amounts()
        # A limit at the very top still has its name above it.
        headroom = pencil.line_height + 8 * pencil.unit
        frame = fit_frame(
            pencil, rect, min(amounts), max(amounts), cover=not chart.limits, headroom=headroom
        )
        return HitMap() if frame is None else StepLine(pencil, frame, chart, color).draw()
    finally:
        painter.restore()
