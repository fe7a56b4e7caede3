"""The card with what was agreed for a plan year, to change or remove it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.fact_list import FactList


class YearFactsCard(Card):
    """Names and values with two buttons below."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self.list = FactList()
        self.edit_button, self.remove_button = PlainButton("Edit"), PlainButton("Remove")
        self.edit_button.setAccessibleName(f"Edit {title}")
        self.remove_button.setAccessibleName(f"Remove {title}")
        line = QWidget()
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(line)
        flow.addWidget(self.edit_button)
        flow.addWidget(self.remove_button)
        self.body.addWidget(self.list)
        self.body.addWidget(line)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these; what has no value is left out."""
        self.list.show_facts(facts)
