"""A bar per month for what was paid, and a line across for what was estimated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from tracker.dates import month_text
from tracker.money import Cents, dollars
from ui.charts.frame import Frame, draw_grid, fit_frame, write_below
from ui.charts.hits import Hit, HitMap, Spot
from ui.charts.naming import Wish, name_all
from ui.charts.pencil import Label, Pencil
from ui.charts.place import Box, Obstacles, Point, Size, along, around
from ui.charts.scale import slot_names

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from ui.charts.ink import Ink

BAR_SHARE = 0.56
"""How much of a month's width its bar takes."""
WIDEST_BAR = 64.0
LINE_WIDTH = 1.5


@dataclass(frozen=True, slots=True)
class MonthBar:
    """One month: `actual` is None until something is paid. `words` and `key` are for the pointer.

    Without `words` the bar says its own amounts.
    """

    month: date
    estimated: Cents
    actual: Cents | None = None
    words: str = ""
    key: object = None

    @property
    def is_over(self) -> bool:
        return self.actual is not None and self.actual > self.estimated

    def said(self) -> str:
        """The facts of the month in words."""
        if self.words:
            return self.words
        planned = f"{dollars(self.estimated, whole=True)} estimated"
        if self.actual is None:
            return f"{month_text(self.month)}: {planned}, nothing paid yet"
        away = self.estimated - self.actual
        end = "on plan" if away == 0 else f"{dollars(abs(away))} {'under' if away > 0 else 'over'}"
        return f"{month_text(self.month)}: {dollars(self.actual)} of {planned}, {end}"


@dataclass(frozen=True, slots=True)
class BarsChart:
    """The months in order. Without `estimate_label` the line names its amount, if it has but one."""

    months: tuple[MonthBar, ...]
    estimate_label: str = ""

    @property
    def line_label(self) -> str:
        if self.estimate_label:
            return self.estimate_label
        estimates = {bar.estimated for bar in self.months}
        return f"estimated {dollars(estimates.pop(), whole=True)}" if len(estimates) == 1 else "estimated"

    def amounts(self) -> list[Cents]:
        """Every amount the axis must hold."""
        found = [bar.estimated for bar in self.months]
        return found + [bar.actual for bar in self.months if bar.actual is not None]


def paint(painter: QPainter, rect: QRectF, chart: BarsChart, ink: Ink) -> HitMap:
    """Draw the chart into `rect`; text sizes and widths are in the painter's logical units."""
    painter.save()
    try:
        pencil = Pencil(painter, ink)
        pencil.ground(rect)
        drawing = _fitted(pencil, rect, chart)
        return HitMap() if drawing is None else drawing.draw()
    finally:
        painter.restore()


def _fitted(pencil: Pencil, rect: QRectF, chart: BarsChart) -> _Drawing | None:
    """The drawing whose line has its name; where bars leave no room for it, there is more above them."""
    if not chart.months:
        return None
    amounts = chart.amounts()
    drawing = None
    for lines in (0.0, 1.6):
        headroom = pencil.line_height * lines
        frame = fit_frame(pencil, rect, min(amounts), max(amounts), cover=True, headroom=headroom)
        if frame is None:
            return drawing
        drawing = _Drawing(pencil, frame, chart)
        if drawing.labels or not any(amounts):
            break
    return drawing


class _Drawing:
    """One painting of one chart; `labels` are those that found a place."""

    def __init__(self, pencil: Pencil, frame: Frame, chart: BarsChart) -> None:
        self._pencil, self._frame, self._chart = pencil, frame, chart
        self._slot = (frame.plot.right - frame.plot.left) / len(chart.months)
        self._boxes = [self._box(place, bar) for place, bar in enumerate(chart.months)]
        self._line = self._estimate_line()
        self.labels = self._placed()

    @property
    def _is_planned(self) -> bool:
        """Whether there is a line at all: without any estimate it would be a second baseline."""
        return any(bar.estimated for bar in self._chart.months)

    def draw(self) -> HitMap:
        """Paint everything; the answer finds the months by point."""
        pencil, frame, ink = self._pencil, self._frame, self._pencil.ink
        draw_grid(pencil, frame, self.labels)
        for bar, box in zip(self._chart.months, self._boxes, strict=True):
            if box is not None:
                self._draw_bar(bar, box)
        if frame.values.low < 0:
            pencil.level(frame.plot.left, frame.plot.right, frame.values.at(0), ink.faint)
        self._draw_estimate()
        unit = pencil.unit
        months = [bar.month for bar in self._chart.months]
        names = slot_names(months, self._slot, pencil.width, roomy=14 * unit, gap=5 * unit)
        for place, name in enumerate(names):
            write_below(pencil, frame, self._centre(place), name)
        for label in self.labels:
            pencil.write(label)
        return self._hits()

    def _centre(self, place: int) -> float:
        return self._frame.plot.left + self._slot * (place + 0.5)

    def _box(self, place: int, bar: MonthBar) -> Box | None:
        if not bar.actual:
            return None
        half = min(self._slot * BAR_SHARE, WIDEST_BAR * self._pencil.unit) / 2
        zero, end = self._frame.values.at(0), self._frame.values.at(bar.actual)
        # A few dollars in a year of thousands are still something.
        if abs(zero - end) < self._pencil.unit:
            end = zero - self._pencil.unit if bar.actual > 0 else zero + self._pencil.unit
        centre = self._centre(place)
        return Box(centre - half, min(zero, end), centre + half, max(zero, end))

    def _draw_bar(self, bar: MonthBar, box: Box) -> None:
        pencil, ink = self._pencil, self._pencil.ink
        snapped = pencil.snapped(box)
        if not ink.is_patterned:
            pencil.bar(snapped, ink.bad if bar.is_over else ink.accent)
        elif bar.is_over:
            pencil.hatched(snapped, ink.bad)
        else:
            pencil.bar(snapped, ink.accent_soft)
            pencil.outlined(snapped, ink.accent)

    def _estimate_line(self) -> list[Point]:
        """From the first bar's edge to the last month's, a step where the estimate changes."""
        points: list[Point] = []
        for place, bar in enumerate(self._chart.months):
            y = self._frame.values.at(bar.estimated)
            left = self._frame.plot.left + self._slot * place
            points += [(left, y), (left + self._slot, y)]
        return points

    def _levels(self) -> list[tuple[float, float, float]]:
        """The level pieces of the line, each as far as the estimate stays the same: left, right, y."""
        pieces: list[tuple[float, float, float]] = []
        for (left, y), (right, _) in zip(self._line[::2], self._line[1::2], strict=True):
            if pieces and pieces[-1][2] == y:
                left = pieces.pop()[0]
            pieces.append((left, right, y))
        return pieces

    def _draw_estimate(self) -> None:
        color, levels = self._pencil.ink.text, self._levels()
        if not self._is_planned:
            return
        for left, right, y in levels:
            self._pencil.level(left, right, y, color, LINE_WIDTH)
        for (_, x, y), (_, _, next_y) in pairwise(levels):
            self._pencil.upright(x, min(y, next_y), max(y, next_y), color, LINE_WIDTH)

    def _placed(self) -> list[Label]:
        if not self._is_planned:
            return []
        unit, bounds, line = self._pencil.unit, self._frame.label_bounds, self._line
        obstacles = Obstacles(grain=4 * unit)
        obstacles.add_line(line, 1.5 * unit)
        for box in self._boxes:
            if box is not None:
                obstacles.add(box.grown(1.5 * unit))

        def places(size: Size) -> Iterable[Box]:
            for left, right, y in reversed(self._levels()):
                part = bounds._replace(left=max(left, bounds.left), right=right)
                yield from along(y, size, part, gap=2.5 * unit, from_right=True)
            end = (bounds.right + 3 * unit, line[-1][1])
            yield from around(end, size, gap=3 * unit, rings=8, order=("left",))

        wish = Wish((self._chart.line_label,), self._pencil.ink.text, places, line[-1], is_right=True)
        return name_all(self._pencil, [wish], obstacles, obstacles, bounds)

    def _hits(self) -> HitMap:
        spots = []
        canvas, plot = self._frame.canvas, self._frame.plot
        for place, (bar, box) in enumerate(zip(self._chart.months, self._boxes, strict=True)):
            left = plot.left + self._slot * place
            area = QRectF(left, canvas.top, self._slot, canvas.bottom - canvas.top)
            end = self._frame.values.at(bar.actual or 0) if box is not None else plot.bottom
            spots.append(Spot(Hit(bar.said(), QPointF(self._centre(place), end), bar.key), area))
        return HitMap(spots)
