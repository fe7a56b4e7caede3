"""A sum as it is written on paper: words at the left, amounts at the right, what it comes to in bold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.widgets.fact_list import breakable
from ui.widgets.label import AmountLabel, Label


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line. `strong` for what it comes to."""

    words: str
    figure: str
    strong: bool = False


class SumLines(QWidget):
    """Words wrap; amounts never do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._lines: list[SumLine] = []

    def show_lines(self, lines: Sequence[SumLine]) -> None:
        """Show these."""
        if list(lines) == self._lines:
            return
        self._lines = list(lines)
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        top, right = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignRight
        for place, line in enumerate(lines):
            words = Label(breakable(line.words), "bold" if line.strong else "quiet", wrap=True)
            figure = AmountLabel(line.figure, "bold" if line.strong else "")
            figure.setAccessibleName(f"{line.words}: {line.figure}")
            words.setBuddy(figure)
            self._grid.addWidget(words, place, 0, top)
            self._grid.addWidget(figure, place, 1, top | right)

    def figure(self, words: str) -> str:
        """The figure beside some words; empty where they are not shown."""
        return next((line.figure for line in self._lines if line.words == words), "")
