"""Short facts below each other, each with up to three words that act on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.buttons import LinkButton
from ui.widgets.fact_list import breakable
from ui.widgets.label import Label

Act: TypeAlias = tuple[str, Callable[[], object]]
"""The words of a button and what it does."""


@dataclass(frozen=True)
class ActionLine:
    """A fact: its words, a quiet line under them, a tone, a tooltip, and what can be done with it."""

    text: str
    detail: str = ""
    tone: str = ""
    tooltip: str = ""
    actions: tuple[Act, ...] = field(default=(), compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _act in self.actions)


class ActionLines(QWidget):
    """Rebuilt when what is shown changes; the focus stays on the same place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self._lines: tuple[ActionLine, ...] = ()
        self._buttons: list[list[LinkButton]] = []

    def show_lines(self, lines: Sequence[ActionLine]) -> None:
        """Show these, from top to bottom."""
        focused = next(
            (
                (place, at)
                for place, row in enumerate(self._buttons)
                for at, button in enumerate(row)
                if button.hasFocus()
            ),
            None,
        )
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._lines = tuple(lines)
        self._buttons = []
        for line in self._lines:
            self._rows.addWidget(self._row(line))
        if focused is not None and focused[0] < len(self._buttons):
            row = self._buttons[focused[0]]
            if focused[1] < len(row):
                row[focused[1]].setFocus()

    def texts(self) -> list[str]:
        """The words of each line."""
        return [line.text for line in self._lines]

    def button(self, place: int, name: str) -> LinkButton:
        """A line's action by its words."""
        return self._buttons[place][self._lines[place].names.index(name)]

    def _row(self, line: ActionLine) -> QWidget:
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        words = QVBoxLayout()
        words.setSpacing(0)
        text = Label(breakable(line.text), tone=line.tone, wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setToolTip(line.tooltip)
        words.addWidget(text)
        if line.detail:
            words.addWidget(Label(breakable(line.detail), "caption", wrap=True))
        row.addLayout(words, 1)
        buttons = []
        for name, act in line.actions:
            button = LinkButton(name)
            button.setAccessibleName(f"{name}: {line.text}")
            button.clicked.connect(lambda _checked=False, act=act: act())
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            buttons.append(button)
        self._buttons.append(buttons)
        return holder
