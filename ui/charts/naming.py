"""Giving each label of a chart a place of its own, the most important label first."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ui.charts.pencil import Label, Pencil
from ui.charts.place import Box, Obstacles, Point, Size, anywhere, first_free, is_in_sight

Places = Callable[[Size], Iterable[Box]]
"""Candidate places for a label of a size, best first."""


class Wish(NamedTuple):
    """A label that wants a place near `point`. `texts` are ways to write it, best first.

    `walls` are what must not come between the label and its point, `reach` how far it may lie from it.
    """

    texts: tuple[str, ...]
    color: str
    places: Places
    point: Point
    walls: Obstacles | None = None
    reach: float = math.inf
    is_strong: bool = False
    is_right: bool = False


def name_all(
    pencil: Pencil, wishes: Sequence[Wish], solid: Obstacles, strict: Obstacles, bounds: Box
) -> list[Label]:
    """Labels for the wishes that found room; each is an obstacle to those after it.

    `solid` is what no label may touch. `strict` adds hairlines that should stay whole but may be
    interrupted by a label that finds no other place beside its point.
    """
    placed: list[Label] = []
    for wish in wishes:
        label = _named(pencil, wish, solid, strict, bounds)
        if label is not None:
            placed.append(label)
            for obstacles in (solid, strict):
                obstacles.add(label.box.grown(3 * pencil.unit))
    return placed


def _named(pencil: Pencil, wish: Wish, solid: Obstacles, strict: Obstacles, bounds: Box) -> Label | None:
    for text, places, obstacles in _attempts(wish, solid, strict, bounds):
        size = pencil.size(text, strong=wish.is_strong)
        box = first_free(places(size), obstacles, bounds, lambda box: _is_clear(pencil, wish, box))
        if box is not None:
            return Label(text, box, wish.color, wish.is_strong, wish.is_right)
    return None


def _is_clear(pencil: Pencil, wish: Wish, box: Box) -> bool:
    if box.away(wish.point) > wish.reach:
        return False
    return wish.walls is None or is_in_sight(wish.point, box, wish.walls, near=4 * pencil.unit)


def _attempts(
    wish: Wish, solid: Obstacles, strict: Obstacles, bounds: Box
) -> Iterator[tuple[str, Places, Obstacles]]:
    tries = (solid,) if strict is solid else (strict, solid)
    for obstacles in tries:
        for text in wish.texts:
            yield text, wish.places, obstacles
    for obstacles in tries:
        yield wish.texts[0], lambda size: anywhere(wish.point, size, bounds), obstacles
