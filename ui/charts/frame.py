"""The quiet part of every chart: dollars on the left, light level lines, room for names below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QRectF

from tracker.money import Cents
from ui.charts.pencil import Label, Pencil
from ui.charts.place import Box, Size, uncovered
from ui.charts.scale import ValueScale, dollar_ticks, tick_labels

MOST_TICKS = 6
SMALLEST_PLOT = 24.0
"""Below this many units across or down there is nothing to read, and nothing is drawn."""


class Frame(NamedTuple):
    """`plot` is where values live; `canvas` is all of the rect, where labels may lie."""

    canvas: Box
    plot: Box
    values: ValueScale
    ticks: tuple[Cents, ...]
    names: tuple[str, ...]
    inset: float
    """How far labels stay away from the beginning of the lines, in the painter's units."""

    @property
    def label_bounds(self) -> Box:
        """Labels may use the head room above the plot but not the axis beside and below it."""
        return Box(self.plot.left + self.inset, self.canvas.top, self.canvas.right, self.plot.bottom)


def fit_frame(
    pencil: Pencil, rect: QRectF, low: Cents, high: Cents, *, cover: bool, headroom: float = 0.0
) -> Frame | None:
    """Divide `rect` into axis and plot for amounts from `low` to `high`; None where it is too small.

    With `cover` the axis ends at round amounts, otherwise at the amounts themselves. `headroom`, in
    the painter's units, is kept free above the plot for labels.
    """
    unit, line = pencil.unit, pencil.line_height
    canvas = Box(rect.left(), rect.top(), rect.right(), rect.bottom())
    # Half a line of the topmost amount stands above its level line.
    top = canvas.top + max(line / 2 + unit, headroom)
    bottom = canvas.bottom - line - 8 * unit
    if bottom - top < SMALLEST_PLOT * unit:
        return None
    most = min(MOST_TICKS, int((bottom - top) / (line * 1.7)) + 1)
    ticks = dollar_ticks(low, high, most=most, cover=cover)
    names = tick_labels(ticks)
    left = canvas.left + max(pencil.width(name) for name in names) + 8 * unit
    right = canvas.right - 2 * unit
    if right - left < SMALLEST_PLOT * unit:
        return None
    plot = Box(left, top, right, bottom)
    values = ValueScale(min(low, ticks[0]), max(high, ticks[-1]), bottom, top)
    return Frame(canvas, plot, values, ticks, tuple(names), 3 * unit)


def draw_grid(pencil: Pencil, frame: Frame, labels: Iterable[Label]) -> None:
    """Level lines with their amounts. They stop before a label, so that no text lies on a line."""
    boxes = [label.box for label in labels]
    air = 3 * pencil.unit
    for tick, name in zip(frame.ticks, frame.names, strict=True):
        y = frame.values.at(tick)
        for left, right in uncovered(frame.plot.left, frame.plot.right, y, boxes, air):
            pencil.level(left, right, y, pencil.ink.grid)
        write_beside(pencil, frame, y, name)


def write_beside(pencil: Pencil, frame: Frame, y: float, name: str) -> None:
    size = Size(pencil.width(name), pencil.line_height)
    right = frame.plot.left - 8 * pencil.unit
    top = y - size.height / 2
    pencil.write(Label(name, Box(right - size.width, top, right, top + size.height), pencil.ink.quiet))


def write_below(pencil: Pencil, frame: Frame, centre: float, name: str) -> None:
    width = pencil.width(name)
    top = frame.plot.bottom + 6 * pencil.unit
    box = Box(centre - width / 2, top, centre + width / 2, top + pencil.line_height)
    pencil.write(Label(name, box, pencil.ink.quiet))
