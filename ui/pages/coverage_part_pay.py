"""The first part of Coverage: what each service costs you, and what the next one will."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.models.coverage_choice import Choice
from ui.pages.coverage_actions import CoverageActions
from ui.pages.coverage_cost import CostCard
from ui.pages.coverage_examples import ExamplesCard
from ui.pages.coverage_parts import CoveragePart
from ui.pages.coverage_pay import PayCard
from ui.pages.coverage_read import CoverageYear
from ui.widgets.columns import side_by_side


class PayPart(CoveragePart):
    """The plan's rules as a table; a row asks what that service will cost, in the card beside it."""

    def __init__(self, context: Context, actions: CoverageActions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.pay = PayCard(context.state)
        self.cost = CostCard(context)
        self.rows.addWidget(side_by_side(self.pay, self.cost, weights=(65, 35)))
        self.examples = ExamplesCard(context)
        self.rows.addWidget(self.examples)
        self._examples_of: tuple[CoverageYear, Choice] | None = None
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show_examples)
        self.pay.edit_asked.connect(actions.edit_rules)
        self.pay.import_asked.connect(actions.import_rules)
        self.pay.asked.connect(self._on_asked)
        self.pay.row_reached.connect(self.reached)

    def show_year(self, year: CoverageYear, choice: Choice | None) -> None:
        if choice is not None:
            self.pay.show_year(year, choice)
            self.cost.show_year(year, choice)
            self._examples_of = year, choice
            self._later.start()

    def find_text(self, text: str) -> None:
        self.pay.find_text(text)

    @Slot()
    def _show_examples(self) -> None:
        """Work the examples in a turn of their own: they stand below what one looks at first."""
        if self._examples_of is not None:
            self.examples.show_year(*self._examples_of)

    @Slot(str)
    def _on_asked(self, code: str) -> None:
        """Ask what a service costs, and go on where the amount is typed."""
        self.cost.ask(category=code)
        self.cost.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reached.emit((self.cost, self.cost.rect()))
