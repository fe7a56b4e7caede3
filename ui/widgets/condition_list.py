"""Conditions of an answer: whether each holds, why, and where the rule can be read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.accounts.answers import Condition
from ui.theme import theme
from ui.widgets.fact_list import breakable
from ui.widgets.label import Label

PASSES = {True: ("Passes", "good"), False: ("Fails", "bad"), None: ("Not answered", "warning")}

Groups = Sequence[tuple[str, Sequence[Condition]]]
"""Headings, each with its conditions; an empty heading is not shown."""


class ConditionList(QWidget):
    """Rebuilt when what is shown changes. A screen reader hears each condition as one sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._shown: list[tuple[str, tuple[Condition, ...]]] = []

    def show_groups(self, groups: Groups) -> None:
        """Show these; headings without conditions are left out."""
        shown = [(name, tuple(found)) for name, found in groups if found]
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        at = 0
        for name, conditions in shown:
            if name:
                self._grid.addWidget(Label(name, "bold", wrap=True), at, 0, 1, 2)
                at += 1
            for condition in conditions:
                self._add(at, condition)
                at += 1

    def least_width(self) -> int:
        """Below this width lists stand below each other instead of side by side."""
        return theme().px(300)

    def words(self, what: str) -> str:
        """Whether a condition passes, as shown; empty where it is not."""
        for _, conditions in self._shown:
            for condition in conditions:
                if condition.what == what:
                    return PASSES[condition.passes][0]
        return ""

    def _add(self, at: int, condition: Condition) -> None:
        said, tone = PASSES[condition.passes]
        state = Label(said, "bold", tone=tone)
        state.setAccessibleName(f"{said}: {condition.what}. {condition.why} {condition.source}")
        beside = QWidget()
        beside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(Label(condition.what, wrap=True))
        column.addWidget(Label(breakable(condition.why), "quiet", wrap=True))
        if condition.source:
            column.addWidget(Label(condition.source, "caption", wrap=True))
        self._grid.addWidget(state, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(beside, at, 1)
