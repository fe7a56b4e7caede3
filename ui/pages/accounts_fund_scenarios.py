"""What may happen this year: how likely it is, and what it would cost today by your plan's terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tracker.facts import percent
from tracker.money import dollars
from tracker.services.fund_exposure import ScenarioShown
from ui.models.table import Column
from ui.pages.coverage_list import ListCard
from ui.widgets.buttons import PlainButton
from ui.window_state import WindowState


class FundScenariosCard(ListCard[ScenarioShown]):
    """Enter or a double click changes a scenario; *Why?* shows how it was priced."""

    def __init__(
        self, state: WindowState, add: Callable[[], object], why: Callable[[ScenarioShown], object]
    ) -> None:
        super().__init__(
            "What may happen",
            _columns(),
            lambda row: row.scenario.id or 0,
            state,
            add=("Add scenario", add),
            empty=(
                "What could hit you this year?",
                "An emergency room visit, an MRI, a crown: enter how likely it is. What it would cost is "
                "taken from your plan's terms as they stand today.",
            ),
        )
        self.set_subtitle("One visit each, priced from what your plan has counted so far")
        self._explain = why
        self.why_button = PlainButton("Why?")
        line = self.actions_line.layout()
        assert line is not None
        line.addWidget(self.why_button)
        self.why_button.clicked.connect(self._on_why)

    def _on_why(self) -> None:
        for row in self.table.selected_rows()[:1]:
            self._explain(row)

    def _on_selection(self) -> None:
        super()._on_selection()
        if hasattr(self, "why_button"):  # the list is built before its last button
            self.why_button.setEnabled(len(self.table.selected_rows()) == 1)


def _columns() -> list[Column[Any]]:
    return [
        Column(
            "What",
            lambda row: row.scenario.label,
            stretch=3,
            tooltip=lambda row: row.scenario.label,
        ),
        Column(
            "Likely",
            lambda row: percent(row.scenario.probability),
            order=lambda row: row.scenario.probability,
            right=True,
        ),
        Column(
            "Would cost",
            lambda row: "Not known" if row.cost is None else dollars(row.cost),
            order=lambda row: row.cost,
            right=True,
            tone=lambda row: "warning" if row.cost is None else "",
            tooltip=lambda row: row.asks,
        ),
        Column(
            "Its part",
            lambda row: "" if row.share is None else dollars(row.share),
            order=lambda row: row.share,
            right=True,
        ),
    ]
