"""How wide the columns of a table are. Pure arithmetic on measures of one unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """What a column asks for: `natural` shows everything on one line, `least` is still readable.

    A column with a `stretch` shares the room that is left over, and gives way first where none is.
    """

    natural: float
    least: float
    stretch: int = 0


def share(wishes: Sequence[Wish], room: float) -> list[float] | None:
    """The widths of the columns, together no wider than the room; None where they do not fit.

    Columns without a stretch get what they ask for. Those with one get it too while there is room;
    else the widest give way first, down to their least.
    """
    fixed = sum(wish.natural for wish in wishes if not wish.stretch)
    left = room - fixed
    giving = [wish for wish in wishes if wish.stretch]
    if sum(wish.least for wish in giving) > left:
        return None
    wanted = sum(wish.natural for wish in giving)
    if wanted <= left:
        spare, whole = left - wanted, sum(wish.stretch for wish in giving)
        return [wish.natural + (spare * wish.stretch / whole if wish.stretch else 0.0) for wish in wishes]
    level = _level(giving, left)
    return [_at(wish, level) if wish.stretch else wish.natural for wish in wishes]


def squeeze(wishes: Sequence[Wish], room: float) -> list[float]:
    """Widths for a room that is too small for all: every column gives up the same share."""
    whole = sum(wish.least if wish.stretch else wish.natural for wish in wishes)
    return [(wish.least if wish.stretch else wish.natural) * room / whole for wish in wishes]


def _at(wish: Wish, level: float) -> float:
    return min(wish.natural, max(wish.least, level))


def _level(wishes: Sequence[Wish], room: float) -> float:
    """The width to which the wide columns are cut so that all of them fill the room."""
    low, high = 0.0, max(wish.natural for wish in wishes)
    for _ in range(40):
        middle = (low + high) / 2
        if sum(_at(wish, middle) for wish in wishes) > room:
            high = middle
        else:
            low = middle
    return low
