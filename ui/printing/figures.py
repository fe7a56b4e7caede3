"""A page's figures on paper."""

from __future__ import annotations

from ui.models.figures import ShownFigure
from ui.printing.blocks import Figure


def on_paper(shown: ShownFigure) -> Figure:
    """The figure without what only a screen can do."""
    return Figure(shown.label, shown.figure, shown.of, shown.caption, shown.share)
