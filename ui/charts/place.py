"""Finding a free spot for a label: never on a line, on another label or outside the drawing.

Pure geometry in the drawing's own units, y growing downwards.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

Point: TypeAlias = tuple[float, float]


_ROUNDING = 1e-6
"""What sums of the same places may differ by."""


class Box(NamedTuple):
    """An upright rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        return (
            self.left - _ROUNDING <= other.left
            and self.top - _ROUNDING <= other.top
            and self.right + _ROUNDING >= other.right
            and self.bottom + _ROUNDING >= other.bottom
        )

    def away(self, point: Point) -> float:
        """The distance from a point to the nearest of the box, 0 inside."""
        x, y = point
        return math.hypot(min(max(x, self.left), self.right) - x, min(max(y, self.top), self.bottom) - y)

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


class Size(NamedTuple):
    width: float
    height: float


class Obstacles:
    """What is already drawn. Lines are kept by narrow column, so that 400 steps cost no more than ten."""

    def __init__(self, grain: float) -> None:
        self._grain = grain
        self._boxes: list[Box] = []
        self._columns: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)

    def copy(self) -> Obstacles:
        """The same obstacles, to which others can be added. Lines are shared, so they come first."""
        twin = Obstacles(self._grain)
        twin._boxes = list(self._boxes)
        twin._columns = self._columns
        return twin

    def add(self, box: Box) -> None:
        self._boxes.append(box)

    def add_line(self, points: Sequence[Point], clear: float) -> None:
        """A line through `points` that wants `clear` units of air around it."""
        for (x1, y1), (x2, y2) in pairwise(points):
            if x1 > x2:
                x1, y1, x2, y2 = x2, y2, x1, y1
            for column in range(self._column(x1 - clear), self._column(x2 + clear) + 1):
                low, high = self._part(x1, y1, x2, y2, column)
                self._add_to_column(column, low - clear, high + clear)

    def is_free(self, box: Box) -> bool:
        if any(box.touches(other) for other in self._boxes):
            return False
        for column in range(self._column(box.left), self._column(box.right) + 1):
            for low, high in self._columns.get(column, ()):
                if box.top < high and low < box.bottom:
                    return False
        return True

    def _column(self, x: float) -> int:
        return math.floor(x / self._grain)

    def _part(self, x1: float, y1: float, x2: float, y2: float, column: int) -> tuple[float, float]:
        """The heights a segment passes through inside one column."""
        if x2 - x1 < self._grain / 1000:
            return min(y1, y2), max(y1, y2)
        slope = (y2 - y1) / (x2 - x1)
        begin = min(max(column * self._grain, x1), x2)
        end = min(max((column + 1) * self._grain, x1), x2)
        from_y, to_y = y1 + slope * (begin - x1), y1 + slope * (end - x1)
        return min(from_y, to_y), max(from_y, to_y)

    def _add_to_column(self, column: int, low: float, high: float) -> None:
        spans = self._columns[column]
        if spans and low <= spans[-1][1] and spans[-1][0] <= high:
            low, high = min(low, spans[-1][0]), max(high, spans[-1][1])
            spans.pop()
        spans.append((low, high))


def first_free(
    candidates: Iterable[Box],
    obstacles: Obstacles,
    bounds: Box,
    is_fit: Callable[[Box], bool] = lambda box: True,
) -> Box | None:
    """The first fit candidate that lies within `bounds` and on nothing; None where there is none."""
    for box in candidates:
        if bounds.holds(box) and obstacles.is_free(box) and is_fit(box):
            return box
    return None


def is_in_sight(point: Point, box: Box, walls: Obstacles, *, near: float) -> bool:
    """Whether nothing stands between a point and its label, but for what lies `near` the point.

    A label on the far side of another line would seem to name that line.
    """
    x, y = point
    to_x, to_y = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
    distance = math.hypot(to_x - x, to_y - y)
    stride = near / 2  # a wall is thinner than `near` and must not slip between two looks
    for step in range(2, int(distance // stride) + 1):
        share = step * stride / distance
        at_x, at_y = x + (to_x - x) * share, y + (to_y - y) * share
        if not walls.is_free(Box(at_x, at_y, at_x, at_y)):
            return False
    return True


def along(y: float, size: Size, bounds: Box, *, gap: float, from_right: bool = False) -> Iterator[Box]:
    """Places on a level line: above it from one end to the other, then below it."""
    last = bounds.right - size.width
    stride = max(size.height, 1.0)
    count = max(0, math.ceil((last - bounds.left) / stride))
    lefts = [min(bounds.left + stride * place, last) for place in range(count + 1)]
    if from_right:
        lefts = [bounds.left + last - left for left in lefts]
    for top in (y - gap - size.height, y + gap):
        for left in lefts:
            yield Box(left, top, left + size.width, top + size.height)


def around(
    point: Point, size: Size, *, gap: float, rings: int, order: Sequence[str] = ("left", "middle", "right")
) -> Iterator[Box]:
    """Places above and below a point, nearest first; `order` says on which side the text lies."""
    x, y = point
    lefts = {"left": x - gap - size.width, "middle": x - size.width / 2, "right": x + gap}
    for ring in range(rings):
        away = gap + ring * gap
        for top in (y - away - size.height, y + away):
            for side in order:
                left = lefts[side]
                yield Box(left, top, left + size.width, top + size.height)


def anywhere(point: Point, size: Size, bounds: Box) -> Iterator[Box]:
    """A coarse sweep of the whole drawing, nearest to the point first: the last resort."""
    x, y = point
    across, down = max(size.height, 1.0), max(size.height / 2, 1.0)
    columns = int(max(0.0, bounds.right - bounds.left - size.width) // across) + 1
    rows = int(max(0.0, bounds.bottom - bounds.top - size.height) // down) + 1
    corners = [
        (bounds.left + across * column, bounds.top + down * row)
        for row in range(rows)
        for column in range(columns)
    ]
    corners.sort(
        key=lambda corner: math.hypot(corner[0] + size.width / 2 - x, corner[1] + size.height / 2 - y)
    )
    for left, top in corners:
        yield Box(left, top, left + size.width, top + size.height)


def beside(point: Point, size: Size, bounds: Box, gap: float) -> Box:
    """Where a floating label lies: above the point, else below, else to a side; always inside `bounds`.

    A label too large for the bounds begins at their top left corner.
    """
    x, y = point
    width, height = (
        min(size.width, bounds.right - bounds.left),
        min(size.height, bounds.bottom - bounds.top),
    )
    left = min(max(x - width / 2, bounds.left), bounds.right - width)
    top = y - gap - height
    if top < bounds.top:
        top = y + gap
    if top + height > bounds.bottom:
        # Neither above nor below: level with the point, on the side with more room.
        left = x + gap if x - bounds.left < bounds.right - x else x - gap - width
        left = min(max(left, bounds.left), bounds.right - width)
        top = min(max(y - height / 2, bounds.top), bounds.bottom - height)
    return Box(left, top, left + width, top + height)


def uncovered(
    left: float, right: float, y: float, boxes: Iterable[Box], air: float
) -> list[tuple[float, float]]:
    """The pieces of a level line from `left` to `right` that pass under no box."""
    pieces = []
    begin = left
    for box in sorted(box for box in boxes if box.top - 1 < y < box.bottom + 1):
        if box.left - air > begin:
            pieces.append((begin, min(box.left - air, right)))
        begin = max(begin, box.right + air)
    if begin < right:
        pieces.append((begin, right))
    return pieces


def two_lines(text: str) -> str:
    """The text broken at the space nearest its middle; unchanged where it has none."""
    spaces = [place for place, letter in enumerate(text) if letter == " "]
    if not spaces:
        return text
    at = min(spaces, key=lambda place: abs(place - len(text) / 2))
    return f"{text[:at]}\n{text[at + 1 :]}"
