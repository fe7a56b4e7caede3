"""A figure ready to be shown: what it is, how much, out of how much, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """The same on a page's card and on paper.

    `share` and `tick` are fractions of a bar; without a share there is no bar. `invitation` is what a
    click on the card would do, and stands on the screen only.
    """

    label: str
    figure: str
    of: str = ""
    caption: str = ""
    share: float | None = None
    tick: float | None = None
    colour: str = "accent"
    invitation: str = ""
