"""The card with what a plan says, what looks odd about it, and the ways to another plan year."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.dates import add_months
from tracker.facts import Household, Plan
from ui.models.plan_facts import plan_facts
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.label import Label


class PlanFacts(Card):
    """Names at the left, facts at the right; hints open on a click; ways to another plan year below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Plan facts", parent=parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.hints_button = LinkButton("", "warning")
        self.hints_button.setCheckable(True)
        self.hints_button.toggled.connect(self._on_hints)
        self.hints = QVBoxLayout()
        self.hints.setSpacing(6)
        self._shown_hints: tuple[str, ...] = ()
        self.body.addWidget(self.hints_button)
        self.body.addLayout(self.hints)
        self.body.addStretch(1)
        self.duplicate = LinkButton("Duplicate", "copy")
        self.add_plan = LinkButton("Add another plan", "plus")
        below = QWidget()
        below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(below)
        flow.addWidget(self.duplicate)
        flow.addWidget(self.add_plan)
        self.body.addWidget(below)
        self._say_hints()

    def show_plan(self, plan: Plan, home: Household, hints: Sequence[str] = ()) -> None:
        """`hints` are things worth a second look, as sentences."""
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for place, (name, words, whole) in enumerate(plan_facts(plan, home)):
            if not words:
                self._grid.addWidget(Label(name, "caption"), place, 0, 1, 2, Qt.AlignmentFlag.AlignBottom)
                continue
            fact = Label(words, wrap=True)
            fact.setToolTip(whole)
            self._grid.addWidget(Label(name, "quiet"), place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(fact, place, 1)
        self.duplicate.setText(f"Duplicate for {add_months(plan.begins_on, 12).year}")
        if self._shown_hints != tuple(hints):
            self._shown_hints = tuple(hints)
            self._say_hints()

    @Slot()
    def _on_hints(self) -> None:
        self._say_hints()

    def _say_hints(self) -> None:
        while (item := self.hints.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        count, opened = len(self._shown_hints), self.hints_button.isChecked()
        noun = "1 thing" if count == 1 else f"{count} things"
        self.hints_button.setText(f"{'Hide' if opened else 'Show'} {noun} to check")
        self.hints_button.setVisible(count > 0)
        if opened:
            for sentence in self._shown_hints:
                self.hints.addWidget(Label(sentence, "quiet", wrap=True))
