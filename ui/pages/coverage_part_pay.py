"""The first part of Coverage: what each service costs you, and what the next one will."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.models.coverage_choice import Choice
from ui.pages.coverage_actions import CoverageActions
from ui.pages.coverage_parts import CoveragePart
from ui.pages.coverage_pay import PayCard
from ui.pages.coverage_read import CoverageYear


class PayPart(CoveragePart):
    """The plan's rules as a table; a row asks what that service will cost."""

    def __init__(self, context: Context, actions: CoverageActions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.pay = PayCard(context.state)
        self.pay.edit_asked.connect(actions.edit_rules)
        self.pay.import_asked.connect(actions.import_rules)
        self.rows.addWidget(self.pay)

    def show_year(self, year: CoverageYear, choice: Choice | None) -> None:
        if choice is not None:
            self.pay.show_year(year, choice)

    def find_text(self, text: str) -> None:
        self.pay.find_text(text)
