"""The steps of any case below each other: the eleven of a dispute, or the short list of its kind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from tracker.domain.claims.case_standing import StepRow
from tracker.domain.claims.dispute_flow import StepState
from ui.pages.claims_steps import StepMark
from ui.widgets.label import AmountLabel, Label

_ROLES = {StepState.DONE: "", StepState.NOW: "bold"}


class CaseSteps(QWidget):
    """Each step with its mark, who acts, and what became of it. Rebuilt only when something changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(9)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 2)
        self._shown: tuple[StepRow, ...] = ()

    def show_steps(self, steps: Sequence[StepRow]) -> None:
        """Show these, in order."""
        if tuple(steps) == self._shown:
            return
        self._shown = tuple(steps)
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        for place, step in enumerate(self._shown):
            mark = StepMark()
            mark.show_state(step.state)
            name = Label(step.name, _ROLES.get(step.state, "quiet"), wrap=True)
            name.setToolTip(f"{step.who}. {step.hint}".strip())
            said = AmountLabel(step.words, "caption")
            said.setWordWrap(True)
            said.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            self._grid.addWidget(mark, place, 0, top)
            self._grid.addWidget(name, place, 1, top)
            self._grid.addWidget(said, place, 2, top)
        self.setAccessibleName("Steps of the case")
        self.setAccessibleDescription("; ".join(f"{step.name}: {step.words or 'open'}" for step in steps))

    def texts(self) -> list[tuple[str, str]]:
        """Each step and what stands beside it."""
        return [(step.name, step.words) for step in self._shown]
