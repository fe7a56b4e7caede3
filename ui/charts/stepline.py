"""Drawing a stepped line over time: its fill, its limits, the day today, the dashed future and its band."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF

from tracker.money import Cents
from ui.charts.frame import Frame, draw_grid, write_below
from ui.charts.hits import Hit, HitMap, Spot
from ui.charts.naming import Wish, name_all
from ui.charts.pencil import Label, Pencil
from ui.charts.place import Box, Obstacles, Point, Size, along, around, two_lines, uncovered
from ui.charts.scale import DayScale, month_marks
from ui.charts.steps import Corners, Limit, ProgressChart, Step

LINE_WIDTH = 2.2
LIMIT_WIDTH = 1.5
DASHES = (4.0, 3.0)
EDGE_DASHES = (1.5, 2.5)
EDGE_WIDTH = 1.2
SECOND_ON_PAPER = (7.0, 2.0, 1.5, 2.0)
GAP = 5.0
"""Air between a label and what it names, in units."""
REACH = 50.0
"""How far a label may lie from the point it names, in units; farther it would name something else."""
RINGS = 8
"""How many gaps a label may move away from the point it names before it is looked for elsewhere."""


class StepLine:
    """One painting of one chart: first where things lie, then the labels, then strokes back to front."""

    def __init__(self, pencil: Pencil, frame: Frame, chart: ProgressChart, color: str) -> None:
        self._pencil, self._frame, self._chart, self._color = pencil, frame, chart, color
        self._unit = pencil.unit
        self._days = DayScale(chart.period, frame.plot.left, frame.plot.right)
        today = chart.today
        self._today_x = self._days.at(today) if today is not None and today in chart.period else None
        self._main = self._stepped(chart.steps, chart.start_cents)
        self._second = (
            self._stepped(chart.second_steps, chart.second_start_cents) if chart.second_steps else []
        )
        ahead = chart.projection
        self._future = self._ahead(ahead.points) if ahead else []
        self._low = self._ahead(ahead.low) if ahead else []
        self._high = self._ahead(ahead.high) if ahead else []

    def draw(self) -> HitMap:
        """Paint everything; the answer finds the steps by point."""
        pencil, frame, chart, ink = self._pencil, self._frame, self._chart, self._pencil.ink
        labels = self._labels()
        if self._main:
            zero = frame.values.at(0)
            pencil.fill([*self._main, (self._main[-1][0], zero), (self._main[0][0], zero)], ink.accent_soft)
        if self._low and self._high:
            pencil.fill([*self._high, *reversed(self._low)], ink.accent_soft)
        draw_grid(pencil, frame, labels)
        for mark in month_marks(self._days, pencil.width, roomy=22 * self._unit, gap=6 * self._unit):
            write_below(pencil, frame, mark.centre, mark.text)
        self._draw_today(labels)
        for limit in chart.limits:
            y = frame.values.at(limit.cents)
            pencil.level(frame.plot.left, frame.plot.right, y, ink.text, LIMIT_WIDTH)
        if self._second:
            pencil.stroke(self._second, ink.second, 1.8, SECOND_ON_PAPER if ink.is_patterned else ())
            pencil.dot(self._second[-1], ink.second, 3.2)
        for edge in (self._low, self._high):
            if edge:
                pencil.stroke(edge, ink.quiet, EDGE_WIDTH, EDGE_DASHES)
        if self._future:
            pencil.stroke(self._future, self._color, LINE_WIDTH, DASHES)
        if self._main:
            pencil.stroke(self._main, self._color, LINE_WIDTH)
            pencil.dot(self._main[-1], self._color, 3.6)
        for label in labels:
            pencil.write(label)
        return self._hits()

    # Where things lie

    def _stepped(self, steps: Sequence[Step], start: Cents) -> list[Point]:
        """The corners of a line from the period's begin to today, or to the last step after it."""
        if not steps and self._today_x is None:
            return []
        level = self._frame.values.at(start)
        points = [(self._frame.plot.left, level)]
        for step in steps:
            x = self._days.at(step.day)
            points.append((x, level))
            level = self._frame.values.at(step.total_cents)
            points.append((x, level))
        end = self._frame.plot.right if self._today_x is None else self._today_x
        points.append((max(end, points[-1][0]), level))
        return points

    def _ahead(self, corners: Corners) -> list[Point]:
        """A line from the end of the main one through what lies after it."""
        if not self._main:
            return []
        begin = self._main[-1]
        points = [(self._days.at(day), self._frame.values.at(cents)) for day, cents in corners]
        later = [point for point in points if point[0] >= begin[0]]
        return [begin, *later] if any(point != begin for point in later) else []

    def _ends(self) -> list[Point]:
        return [line[-1] for line in (self._main, self._second) if line]

    # Labels

    def _labels(self) -> list[Label]:
        ink, chart = self._pencil.ink, self._chart
        # Limits choose first: a line without its name says nothing.
        wishes = [self._limit_wish(limit) for limit in chart.limits if limit.label]
        if chart.met_label and self._main:
            wishes.append(self._end_wish(chart.met_label, self._color, self._main[-1], self._second))
        if chart.second_label and self._second:
            wishes.append(self._end_wish(chart.second_label, ink.second, self._second[-1], self._main))
        ahead = chart.projection
        if ahead is not None and ahead.label and self._future:
            others = [self._main, self._second, self._low, self._high]
            wishes.append(self._future_wish(ahead.label, self._future, others))
        if ahead is not None and ahead.high_label and self._high:
            wishes.append(self._future_wish(ahead.high_label, self._high, [self._future, self._low]))
        if ahead is not None and ahead.low_label and self._low:
            wishes.append(self._future_wish(ahead.low_label, self._low, [self._future, self._high]))
        solid = self._obstacles()
        strict = solid.copy()
        if self._today_x is not None:
            x, frame = self._today_x, self._frame
            strict.add(Box(x - 2 * self._unit, frame.canvas.top, x + 2 * self._unit, frame.plot.bottom))
        return name_all(self._pencil, wishes, solid, strict, self._frame.label_bounds)

    def _obstacles(self) -> Obstacles:
        unit, frame = self._unit, self._frame
        found = Obstacles(grain=4 * unit)
        for line in (self._main, self._second, self._future, self._low, self._high):
            found.add_line(line, 4 * unit)
        for limit in self._chart.limits:
            y = frame.values.at(limit.cents)
            found.add(Box(frame.plot.left, y - 1.5 * unit, frame.plot.right, y + 1.5 * unit))
        for x, y in self._ends():
            found.add(Box(x, y, x, y).grown(5 * unit))
        return found

    @property
    def _reach(self) -> float:
        return REACH * self._unit

    def _limit_wish(self, limit: Limit) -> Wish:
        y, bounds = self._frame.values.at(limit.cents), self._frame.label_bounds
        gap = 2.5 * self._unit

        def places(size: Size) -> Iterable[Box]:
            return along(y, size, bounds, gap=gap)

        point = (bounds.left, y)
        return Wish((limit.label,), self._pencil.ink.text, places, point)

    def _walls(self, *lines: Sequence[Point]) -> Obstacles:
        """The limits and some lines, thin, for labels that must lie on one side of them."""
        unit, frame = self._unit, self._frame
        found = Obstacles(grain=4 * unit)
        for line in lines:
            found.add_line(line, 2 * unit)
        for limit in self._chart.limits:
            y = frame.values.at(limit.cents)
            found.add(Box(frame.plot.left, y - 2 * unit, frame.plot.right, y + 2 * unit))
        return found

    def _end_wish(self, text: str, color: str, end: Point, other: Sequence[Point]) -> Wish:
        def places(size: Size) -> Iterable[Box]:
            return around(end, size, gap=GAP * self._unit, rings=RINGS)

        return Wish((text,), color, places, end, self._walls(other), self._reach, is_strong=True)

    def _future_wish(self, text: str, line: Sequence[Point], others: Sequence[Sequence[Point]]) -> Wish:
        """Over or under the end of a line ahead, its right edge at that end, and on no other's side."""
        end_x, end_y = line[-1]
        gap = GAP * self._unit
        # Where another line ends at the same place, either side is as good.
        others = [other for other in others if other and other[-1] != line[-1]]

        def places(size: Size) -> Iterable[Box]:
            right = min(end_x + 2 * self._unit, self._frame.canvas.right)
            yield from around((right + gap, end_y), size, gap=gap, rings=RINGS, order=("left",))
            yield from around((end_x, end_y), size, gap=gap, rings=RINGS, order=("middle", "right"))

        texts = (text, two_lines(text))
        return Wish(
            texts,
            # On the band's ground quiet words would be too pale.
            self._pencil.ink.text if self._low else self._pencil.ink.quiet,
            places,
            (end_x, end_y),
            self._walls(*others),
            self._reach,
            is_right=True,
        )

    # Strokes and hits

    def _draw_today(self, labels: Sequence[Label]) -> None:
        if self._today_x is None:
            return
        frame = self._frame
        # Cut at labels like a level line, with the axes exchanged.
        turned = [Box(label.box.top, label.box.left, label.box.bottom, label.box.right) for label in labels]
        pieces = uncovered(frame.canvas.top, frame.plot.bottom, self._today_x, turned, 2 * self._unit)
        for top, bottom in pieces:
            self._pencil.upright(self._today_x, top, bottom, self._pencil.ink.grid)

    def _hits(self) -> HitMap:
        plot = self._frame.label_bounds
        area = QRectF(QPointF(plot.left, plot.top), QPointF(plot.right, plot.bottom))
        spots = []
        ahead = self._chart.projection.steps if self._chart.projection and self._main else ()
        steps = (*self._chart.steps, *self._chart.second_steps, *ahead)
        for step in sorted(steps, key=lambda step: step.day):
            anchor = QPointF(self._days.at(step.day), self._frame.values.at(step.total_cents))
            spots.append(Spot(Hit(step.words, anchor, step.key), area))
        return HitMap(spots)
