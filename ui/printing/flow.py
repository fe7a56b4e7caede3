"""Putting strips on pages: what may be parted by a page's end, and what may not. Knows no Qt.

A page's content is a tower of strips: a line of text, a row of a table, a chart. All measures are in
twips, twentieths of a point, so that type sizes are whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

PT = 20.0
"""Twips in a point."""

Draw: TypeAlias = "Callable[[QPainter, float, float], None]"
"""Draws a strip whose left upper corner is given."""


def _nothing(_painter: QPainter, _left: float, _top: float) -> None:
    """A strip of white."""


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """Something as wide as the page that is never cut through.

    `before` is the air above it, which is left out at the top of a page. `keep_next` holds it on the
    page of the strip after it. Where a page begins with it, `head` (a table's headings) comes first.
    """

    height: float
    draw: Draw = _nothing
    before: float = 0.0
    keep_next: bool = False
    head: Strip | None = None
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A strip and how far its top lies below the top of the page's content."""

    strip: Strip
    top: float


Page: TypeAlias = "list[Placed]"


def paginate(strips: Sequence[Strip], room: Callable[[int], float]) -> list[Page]:
    """Divide strips over pages. `room` gives the height of the content of a page, counted from 0.

    Strips held together by `keep_next` move to the next page together. Only a chain that is higher
    than a whole page is parted after all: nothing is ever left out.
    """
    flow = _Flow(room)
    for chain in _chains(strips):
        flow.put(chain)
    return flow.pages


def _chains(strips: Sequence[Strip]) -> list[list[Strip]]:
    chains: list[list[Strip]] = []
    joined = False
    for strip in strips:
        if joined:
            chains[-1].append(strip)
        else:
            chains.append([strip])
        joined = strip.keep_next
    return chains


class _Flow:
    """The pages so far, and how far the last one is filled."""

    def __init__(self, room: Callable[[int], float]) -> None:
        self.pages: list[Page] = [[]]
        self._room = room
        self._filled = 0.0

    def put(self, chain: Sequence[Strip]) -> None:
        first = chain[0]
        if self.pages[-1] and (first.new_page or not self._fits(chain)):
            self._turn(first)
        for strip in chain:
            # Only a chain higher than a page gets here without room.
            if self.pages[-1] and not self._fits([strip]):
                self._turn(strip)
            self._place(strip)

    def _fits(self, chain: Sequence[Strip]) -> bool:
        height = sum(strip.height + strip.before for strip in chain)
        if not self.pages[-1]:
            height -= chain[0].before
        # A thousandth of a twip is no reason for another page.
        return self._filled + height <= self._room(len(self.pages) - 1) + 0.001

    def _turn(self, first: Strip) -> None:
        self.pages.append([])
        self._filled = 0.0
        if first.head is not None:
            self._place(first.head)

    def _place(self, strip: Strip) -> None:
        if self.pages[-1]:
            self._filled += strip.before
        self.pages[-1].append(Placed(strip, self._filled))
        self._filled += strip.height


def held_rows(titles: Sequence[bool], totals: int = 0) -> list[bool]:
    """Which of a table's rows stay with the one after. `titles` says which rows are titles of a group.

    The first row stays, a title, the last but one of the table and of a group, and totals: so no page
    ends with the headings and a single row, and none begins with a last row or a total alone.
    """
    rows, count = len(titles), len(titles) + totals
    held = {0, count - 2, *range(rows - 1, count)}
    for place, is_title in enumerate(titles):
        if is_title:
            held |= {place, place - 2}
    return [place in held and place < count - 1 for place in range(count)]
