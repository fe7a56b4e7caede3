"""The papers of a row below each other: what they are, what they say, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.models.claims_papers import Act, PaperLine
from ui.theme import theme
from ui.widgets.buttons import LinkButton
from ui.widgets.columns import Flow
from ui.widgets.fact_list import breakable
from ui.widgets.label import Label

_MOST = 60
"""Papers shown; a row with more has its own forms to look into."""


class Filed(QWidget):
    """Rebuilt only when what it says has changed."""

    asked = Signal(object)
    """An Act."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._inside: QWidget | None = None
        self._shown: tuple[PaperLine, ...] = ()

    def show_lines(self, lines: Sequence[PaperLine]) -> None:
        """Show these papers under the headings of their sections."""
        if self._inside is not None and tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        if self._inside is not None:
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = self._made(lines[:_MOST])
        self._whole.addWidget(self._inside)

    def sections(self) -> list[str]:
        """The headings shown, each once."""
        return list(dict.fromkeys(line.section for line in self._shown))

    def lines(self) -> tuple[PaperLine, ...]:
        return self._shown

    def _made(self, lines: Sequence[PaperLine]) -> QWidget:
        inside = QWidget(self)
        inside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        before, top = "", Qt.AlignmentFlag.AlignTop
        for place, line in enumerate(lines):
            if line.section != before:
                heading = Label(line.section, "quiet", wrap=True)
                heading.setFixedWidth(theme().px(96))
                heading.setContentsMargins(0, 3, 0, 0)  # on a line with the words beside it
                grid.addWidget(heading, place, 0, top)
                before = line.section
            grid.addWidget(self._line(line), place, 1)
        return inside

    def _line(self, line: PaperLine) -> QWidget:
        """Words and acts in one line while there is room, and what is quieter below."""
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(1)
        head = QWidget()
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(head, gap=10, line_gap=2)
        flow.addWidget(Label(breakable(line.words)))
        for act in line.acts:
            button = LinkButton(act.words)
            button.setAccessibleName(f"{act.words}: {line.words}")
            button.clicked.connect(partial(self._on_act, act))
            flow.addWidget(button)
        rows.addWidget(head)
        if line.detail:
            detail = Label(breakable(line.detail), "caption", wrap=True)
            detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            rows.addWidget(detail)
        return holder

    def _on_act(self, act: Act, _checked: bool = False) -> None:
        self.asked.emit(act)
