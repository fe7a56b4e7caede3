"""Names and values below each other: what an agreement says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets.label import Label

_LONG_WORD = re.compile(r"\S{24}")


class FactList(QWidget):
    """Two columns of text; values wrap and can be selected with the mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        self._shown: list[tuple[str, str]] = []

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these; what has no value is left out."""
        shown = [(name, value) for name, value in facts if value]
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for row, (name, value) in enumerate(shown):
            heading = Label(name, "quiet")
            words = Label(breakable(value), wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setMinimumWidth(theme().px(90))
            heading.setBuddy(words)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(heading, row, 0, top)
            self._grid.addWidget(words, row, 1)

    def value(self, name: str) -> str:
        """What is shown under a name; empty where nothing is."""
        return dict(self._shown).get(name, "")


def breakable(text: str) -> str:
    """The text with places where even a word without an end may break."""
    return _LONG_WORD.sub(lambda found: found[0] + "\u200b", text)
