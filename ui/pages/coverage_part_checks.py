"""The Checks part of Coverage: what was found out about the plan, and where it was read or who said it.

Each kind of check is a card of its own in this column.
"""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.models.check_rows import CheckRow
from ui.models.coverage_choice import Choice
from ui.pages.coverage_actions import CoverageActions
from ui.pages.coverage_checks import NetworkChecksCard
from ui.pages.coverage_parts import CoveragePart
from ui.pages.coverage_read import CoverageYear
from ui.pages.coverage_unchecked import UncheckedCard


class ChecksPart(CoveragePart):
    """Network checks, and the providers nobody asked about yet."""

    ADD_TEXT = "Add check"

    def __init__(self, context: Context, actions: CoverageActions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.checks = NetworkChecksCard(actions.add_check, context.state)
        self.unchecked = UncheckedCard(context.state)
        self.rows.addWidget(self.checks)
        self.rows.addWidget(self.unchecked)
        self.checks.opened.connect(self._on_opened)
        self.checks.removal_asked.connect(self._on_removal)
        self.checks.row_reached.connect(self.reached)
        self.unchecked.opened.connect(actions.add_check)

    def show_year(self, year: CoverageYear, choice: Choice | None) -> None:
        if choice is not None:
            self.checks.show_year(year, choice)
            self.unchecked.show_year(year, choice)

    def add(self) -> None:
        self.acts.add_check()

    def find_text(self, text: str) -> None:
        self.checks.find_text(text)

    @Slot(object)
    def _on_opened(self, row: CheckRow) -> None:
        self.acts.edit_check(row.check)

    @Slot(list)
    def _on_removal(self, rows: list[CheckRow]) -> None:
        self.acts.remove_checks([row.check.id or 0 for row in rows])
