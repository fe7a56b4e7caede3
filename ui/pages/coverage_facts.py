"""The card with what a plan says, and the ways to another plan year."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from tracker.dates import add_months
from tracker.facts import Household, Plan
from ui.models.plan_facts import plan_facts
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.label import Label


class PlanFacts(Card):
    """Names at the left, facts at the right, and the ways to another plan year below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Plan facts", parent=parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self.duplicate = LinkButton("Duplicate", "copy")
        self.add_plan = LinkButton("Add another plan", "plus")
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.duplicate)
        below.addWidget(self.add_plan)
        below.addStretch(1)
        self.body.addLayout(below)

    def show_plan(self, plan: Plan, home: Household) -> None:
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
