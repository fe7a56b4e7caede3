"""A document: blocks laid out on pages of a paper size, each page painted wherever it is wanted.

Print, preview and PDF all paint the same `Layout`, so the preview is the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Literal

from PySide6.QtCore import QLineF, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPen,
)

from tracker.dates import day_text
from tracker.errors import WorldProblem
from ui.printing.blocks import Block, Words
from ui.printing.flow import PT, Page, paginate
from ui.printing.type import HAIR, NOTE, RUNNING, SUBTITLE, TITLE

Paper = Literal["letter", "a4"]
PAPERS: dict[Paper, str] = {"letter": "US Letter", "a4": "A4"}
_SIZES = {"letter": (612.0, 792.0), "a4": (595.276, 841.89)}  # points

_MARGIN = 54 * PT
_TOP = 58 * PT
_BOTTOM = 54 * PT
_HEADER_AT = 32 * PT
_FOOTER_UP = 36 * PT


@dataclass(frozen=True, slots=True)
class Document:
    """`header` runs over every page but the first, `made` under all; `remark` once, under the first."""

    title: str
    header: str
    made: str
    remark: str
    blocks: tuple[Block, ...]
    bare: bool = False
    """Without running lines: somebody else numbers the pages."""

    def lay_out(self, paper: Paper) -> Layout:
        """Divide the document over pages."""
        width, height = (side * PT for side in _SIZES[paper])
        inner = width - 2 * _MARGIN
        strips = list(chain.from_iterable(block.strips(inner) for block in self.blocks))
        remark = NOTE.lines(self.remark, inner) if self.remark else []
        remark_high = len(remark) * NOTE.line_height + (8 * PT if remark else 0)
        room = height - _TOP - _BOTTOM

        def room_on(page: int) -> float:
            # The first page has no header, and the remark at its foot.
            return room + _TOP - _MARGIN - remark_high if page == 0 else room

        return Layout(self, paper, width, height, tuple(remark), paginate(strips, room_on))


def plain_document(
    title: str, today: date, blocks: Iterable[Block], *, subtitle: str = "", remark: str = ""
) -> Document:
    """A document that begins with its title, and a quiet line below it."""
    head: list[Block] = [Words(title, TITLE, before=0.0, keep_next=True, most=3)]
    if subtitle:
        head.append(Words(subtitle, SUBTITLE, before=2 * PT, keep_next=True, most=4))
    return Document(
        title=title,
        header=f"Concierge Ledger \u00b7 {title}",
        made=f"Concierge Ledger \u00b7 made {day_text(today)}",
        remark=remark,
        blocks=(*head, *blocks),
    )


@dataclass(frozen=True, slots=True)
class Layout:
    """Pages of one paper size; `width` and `height` of a page in twips."""

    document: Document
    paper: Paper
    width: float
    height: float
    remark: tuple[str, ...]
    pages: list[Page]

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint one page, counted from 0. The painter counts in twips from the paper's corner."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        top = _TOP if number else _MARGIN
        if number and not self.document.bare:
            self._paint_header(painter)
        for placed in self.pages[number]:
            placed.strip.draw(painter, _MARGIN, top + placed.top)
        if not self.document.bare:
            self._paint_footer(painter, number)
        painter.restore()

    def _paint_header(self, painter: QPainter) -> None:
        right = self.width - _MARGIN
        text = RUNNING.elided(self.document.header, right - _MARGIN)
        RUNNING.write(painter, text, _MARGIN, _HEADER_AT)
        self._line(painter, _HEADER_AT + RUNNING.line_height + 3 * PT)

    def _paint_footer(self, painter: QPainter, number: int) -> None:
        top, right = self.height - _FOOTER_UP, self.width - _MARGIN
        if number == 0:
            y = top - 6 * PT - len(self.remark) * NOTE.line_height
            for line in self.remark:
                NOTE.write(painter, line, _MARGIN, y)
                y += NOTE.line_height
        self._line(painter, top - 3 * PT)
        page = f"Page {number + 1} of {len(self.pages)}"
        room = right - _MARGIN - RUNNING.width(page) - 12 * PT
        RUNNING.write(painter, RUNNING.elided(self.document.made, room), _MARGIN, top)
        RUNNING.write(painter, page, 0, top, right=right)

    def _line(self, painter: QPainter, y: float) -> None:
        pen = QPen(QBrush(QColor(HAIR)), 0.5 * PT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QLineF(_MARGIN, y, self.width - _MARGIN, y))


def page_size(paper: Paper) -> QPageSize:
    """Qt's name of a paper size."""
    ids = {"letter": QPageSize.PageSizeId.Letter, "a4": QPageSize.PageSizeId.A4}
    return QPageSize(ids[paper])


def page_layout(paper: Paper) -> QPageLayout:
    """Upright, and to the very edge: the document brings its own margins."""
    return QPageLayout(
        page_size(paper),
        QPageLayout.Orientation.Portrait,
        QMarginsF(0, 0, 0, 0),
        QPageLayout.Unit.Point,
    )


def paper_of(size: QPageSize) -> Paper:
    """The paper to lay out for: A4 for what is as narrow as A4, Letter for everything else."""
    width = size.size(QPageSize.Unit.Point).width()
    return "a4" if abs(width - _SIZES["a4"][0]) < abs(width - _SIZES["letter"][0]) else "letter"


def paint_layout(layout: Layout, device: QPagedPaintDevice, *, first: int = 0, last: int = -1) -> int:
    """Paint pages `first` to `last` (counted from 0; -1 is the last) and say how many.

    The device decides only the resolution: a page that is smaller or larger than the paper is
    filled as well as possible. Raises WorldProblem where the device takes no page.
    """
    end = len(layout.pages) - 1 if last < 0 else min(last, len(layout.pages) - 1)
    painter = QPainter()
    if not painter.begin(device):
        raise WorldProblem("The printer does not take the pages.", "Check the printer and try again.")
    try:
        # The printer's own coordinates begin at its printable area, ours at the paper's corner.
        full = QRectF(device.pageLayout().fullRectPixels(device.logicalDpiX()))
        inner = device.pageLayout().paintRectPixels(device.logicalDpiX())
        scale = min(full.width() / layout.width, full.height() / layout.height)
        painter.translate(-inner.x(), -inner.y())
        painter.scale(scale, scale)
        for number in range(first, end + 1):
            if number > first and not device.newPage():
                raise WorldProblem("A page could not be written.", "Check the space on the disk.")
            layout.paint(painter, number)
    finally:
        painter.end()
    return end - first + 1
