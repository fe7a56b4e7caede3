"""An empty state with a second, quieter way to fill it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.buttons import LinkButton
from ui.widgets.empty_state import EmptyState


class TwoWays(EmptyState):
    """A title, a sentence, the usual button, and a link below it."""

    def __init__(
        self,
        title: str,
        sentence: str,
        first: tuple[str, Callable[[], object]],
        second: tuple[str, Callable[[], object]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, sentence, *first, parent)
        words, act = second
        self.link = LinkButton(words)
        self.link.clicked.connect(lambda _checked=False: act())
        rows = self.layout()
        assert isinstance(rows, QVBoxLayout)
        rows.insertWidget(rows.count() - 1, self.link, 0, Qt.AlignmentFlag.AlignHCenter)
