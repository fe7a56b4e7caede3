"""What a page is built of besides tables: words, figures, pictures, and blocks side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from ui.charts.hits import ChartPaint
from ui.charts.ink import Ink
from ui.printing.flow import PT, Draw, Strip
from ui.printing.table import draw_bar
from ui.printing.type import BODY, FIGURE, FIGURE_LABEL, HEADING, NOTE, RULE, SUBHEADING, Type, family

CHART_TYPE = 9.0
"""Points; the words in a chart are set a little smaller than this."""


class Block(Protocol):
    """Something that becomes strips once the width of the page is known."""

    def strips(self, width: float) -> list[Strip]: ...


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph. It is never parted so that one of its lines stands alone on a page."""

    text: str
    type_: Type = BODY
    before: float = 6 * PT
    keep_next: bool = False
    most: int = 0
    """The most lines shown; 0 shows all."""
    new_page: bool = False

    def strips(self, width: float) -> list[Strip]:
        lines = self.type_.lines(self.text, width, self.most)
        found = []
        last = len(lines) - 1
        for place, line in enumerate(lines):
            held = place in (0, last - 1) and place < last
            found.append(
                Strip(
                    self.type_.line_height,
                    _writing(line, self.type_),
                    before=0.0 if place else self.before,
                    keep_next=held or (place == last and self.keep_next),
                    new_page=self.new_page and place == 0,
                )
            )
        return found


def heading(text: str, *, new_page: bool = False) -> Words:
    """The title of a part. It stays with what it is the title of."""
    return Words(text, HEADING, before=22 * PT, keep_next=True, most=2, new_page=new_page)


def subheading(text: str) -> Words:
    """The title of a table or chart."""
    return Words(text, SUBHEADING, before=13 * PT, keep_next=True, most=2)


def note(text: str) -> Words:
    """A quiet remark under a table or chart."""
    return Words(text, NOTE, before=5 * PT)


def lead(text: str) -> Words:
    """A quiet remark that belongs to what follows."""
    return Words(text, NOTE, before=3 * PT, keep_next=True)


def _writing(line: str, type_: Type) -> Draw:
    def draw(painter: QPainter, left: float, top: float) -> None:
        type_.write(painter, line, left, top)

    return draw


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page; `weight` in points."""

    weight: float = 0.8
    before: float = 6 * PT

    def strips(self, width: float) -> list[Strip]:
        def draw(painter: QPainter, left: float, top: float) -> None:
            pen = QPen(QBrush(QColor(RULE)), self.weight * PT)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            y = top + self.weight * PT / 2
            painter.drawLine(QLineF(left, y, left + width, y))

        return [Strip(self.weight * PT, draw, before=self.before, keep_next=True)]


@dataclass(frozen=True, slots=True)
class Figure:
    """A large figure with its name, what it is out of, and what follows. `share` draws a bar."""

    label: str
    figure: str
    of: str = ""
    caption: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures side by side in equal columns, `per_row` in a row."""

    items: tuple[Figure, ...]
    per_row: int = 5
    before: float = 14 * PT

    def strips(self, width: float) -> list[Strip]:
        found = []
        for start in range(0, len(self.items), self.per_row):
            row = self.items[start : start + self.per_row]
            found.append(self._row(row, width))
        return found

    def _row(self, items: Sequence[Figure], width: float) -> Strip:
        gap = 14 * PT
        wide = (width - gap * (self.per_row - 1)) / self.per_row
        # One size for all, so that a large sum does not make the others look unimportant.
        size = FIGURE.size
        while size > 6.5 and any(Type(size, bold=True).width(item.figure) > wide for item in items):
            size -= 0.5
        big = Type(size, bold=True)
        labels = [FIGURE_LABEL.lines(item.label, wide, 2) for item in items]
        ofs = [NOTE.lines(item.of, wide, 3) if item.of else [] for item in items]
        captions = [NOTE.lines(item.caption, wide, 4) if item.caption else [] for item in items]
        label_high = max(len(lines) for lines in labels) * FIGURE_LABEL.line_height
        of_high = max(len(lines) for lines in ofs) * NOTE.line_height
        bar_high = 6 * PT
        bar_top = label_high + big.line_height + of_high + 3 * PT
        caption_top = bar_top + bar_high + 4 * PT
        height = caption_top + max(len(lines) for lines in captions) * NOTE.line_height

        def draw(painter: QPainter, left: float, top: float) -> None:
            for place, item in enumerate(items):
                x = left + place * (wide + gap)
                # Labels stand on their figures, whether they have one line or two.
                first = top + label_high - len(labels[place]) * FIGURE_LABEL.line_height
                _write_lines(painter, labels[place], FIGURE_LABEL, x, first)
                big.write(painter, big.elided(item.figure, wide), x, top + label_high)
                _write_lines(painter, ofs[place], NOTE, x, top + label_high + big.line_height)
                if item.share is not None:
                    draw_bar(painter, QRectF(x, top + bar_top, wide, bar_high), item.share)
                _write_lines(painter, captions[place], NOTE, x, top + caption_top)

        return Strip(height, draw, before=self.before)


def _write_lines(painter: QPainter, lines: Sequence[str], type_: Type, left: float, top: float) -> None:
    for text in lines:
        type_.write(painter, text, left, top)
        top += type_.line_height


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in lines and text, never as a picture. `height` in twips, without its title."""

    paint: ChartPaint
    height: float = 165 * PT
    title: str = ""
    below: str = ""
    before: float = 10 * PT

    def strips(self, width: float) -> list[Strip]:
        title = SUBHEADING.lines(self.title, width, 2) if self.title else []
        below = NOTE.lines(self.below, width, 3) if self.below else []
        title_high = len(title) * SUBHEADING.line_height + (5 * PT if title else 0)
        ink = replace(Ink.paper(family(), CHART_TYPE * PT), ground=None)

        def draw(painter: QPainter, left: float, top: float) -> None:
            _write_lines(painter, title, SUBHEADING, left, top)
            painter.save()
            box = QRectF(left, top + title_high, width, self.height)
            self.paint(painter, box, ink=ink)
            painter.restore()
            _write_lines(painter, below, NOTE, left, top + title_high + self.height + 4 * PT)

        below_high = len(below) * NOTE.line_height + (4 * PT if below else 0)
        return [Strip(title_high + self.height + below_high, draw, before=self.before)]


@dataclass(frozen=True, slots=True)
class Beside:
    """Short blocks side by side on one page, their tops in line. `weights` divide the width."""

    columns: tuple[tuple[Block, ...], ...]
    weights: tuple[int, ...] = ()
    gap: float = 22 * PT
    before: float = 12 * PT

    def strips(self, width: float) -> list[Strip]:
        weights = self.weights or (1,) * len(self.columns)
        room = width - self.gap * (len(self.columns) - 1)
        drawn: list[tuple[float, float, Strip]] = []
        height = left = 0.0
        for blocks, weight in zip(self.columns, weights, strict=True):
            wide = room * weight / sum(weights)
            top = 0.0
            for place, strip in enumerate(strip for block in blocks for strip in block.strips(wide)):
                top += strip.before if place else 0.0
                drawn.append((left, top, strip))
                top += strip.height
            height = max(height, top)
            left += wide + self.gap

        def draw(painter: QPainter, x: float, y: float) -> None:
            for across, down, strip in drawn:
                strip.draw(painter, x + across, y + down)

        return [Strip(height, draw, before=self.before)]
