"""The four parts of the Coverage page. Each is made, and filled, when it is first looked at."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.context import Context
from ui.models.coverage_choice import Choice
from ui.pages.coverage_actions import CoverageActions
from ui.pages.coverage_read import CoverageYear
from ui.theme import GAP

PAY, PROGRESS, CHECKS, DRUGS = "pay", "progress", "checks", "drugs"
PARTS = ((PAY, "What you pay"), (PROGRESS, "Progress"), (CHECKS, "Checks"), (DRUGS, "Prescriptions"))


class CoveragePart(QWidget):
    """A column of cards about one plan year. `reached` carries a widget to bring into view."""

    ADD_TEXT = "Add EOB"
    """What Ctrl+N and the button in the head add."""

    reached = Signal(object)

    def __init__(self, context: Context, actions: CoverageActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.acts = actions
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(GAP)

    def show_year(self, year: CoverageYear, choice: Choice | None) -> None:
        """Show a plan year for the chosen network and person; no choice where no plan is shown."""

    def add(self) -> None:
        """Add the part's main thing."""
        self.acts.add_eob()

    def find_text(self, text: str) -> None:
        """Filter by a text."""


def make_part(key: str, context: Context, actions: CoverageActions, parent: QObject) -> CoveragePart:
    """Build a part by its key."""
    assert isinstance(parent, QWidget)
    if key == PAY:
        from ui.pages.coverage_part_pay import PayPart

        return PayPart(context, actions, parent)
    if key == PROGRESS:
        from ui.pages.coverage_part_progress import ProgressPart

        return ProgressPart(context, actions, parent)
    if key == DRUGS:
        from ui.pages.coverage_part_drugs import DrugsPart

        return DrugsPart(context, actions, parent)
    from ui.pages.coverage_part_checks import ChecksPart

    return ChecksPart(context, actions, parent)
