"""The Progress part of Coverage: how the limits fill, what the plan says, and the EOBs behind it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, Slot
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.models.coverage_choice import Choice
from ui.models.opening_rows import OpeningRow, choices
from ui.models.stated_rows import StatedRow
from ui.pages.coverage_actions import CoverageActions
from ui.pages.coverage_chart import ProgressCard
from ui.pages.coverage_eobs import EobCard
from ui.pages.coverage_facts import PlanFacts
from ui.pages.coverage_openings import OpeningsCard
from ui.pages.coverage_parts import CoveragePart
from ui.pages.coverage_planned import PlannedCareCard
from ui.pages.coverage_read import CoverageYear
from ui.pages.coverage_stated import StatedCard
from ui.widgets.columns import side_by_side


class ProgressPart(CoveragePart):
    """Chart and plan facts beside each other, and below them everything that fills the limits."""

    def __init__(self, context: Context, actions: CoverageActions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.chart = ProgressCard()
        self.chart.with_maximum.setChecked(context.state.text("coverage/maximum") == "on")
        self.facts = PlanFacts()
        self.middle = side_by_side(self.chart, self.facts, weights=(66, 34))
        self.rows.addWidget(self.middle)
        self.planned = PlannedCareCard(context)
        self.stated = StatedCard(context, actions.edit_stated)
        self.openings = OpeningsCard(actions.edit_opening, context.state)
        self.eobs = EobCard(actions.add_eob, context.state)
        for card in (self.planned, self.stated, self.openings, self.eobs):
            self.rows.addWidget(card)
        self._wire()

    def show_year(self, year: CoverageYear, choice: Choice | None) -> None:
        has_plan = year.plan is not None
        for part in (self.middle, self.planned):
            part.setVisible(has_plan)
        self.stated.setVisible(has_plan and bool(choice and choice.plan.accumulators))
        self.openings.setVisible(has_plan and bool(choice and choices(choice.year, year.categories)))
        self.eobs.setVisible(bool(year.home.plans) or bool(year.lines))
        self.eobs.show_lines(year.lines, year.plan, year.home, year.categories)
        if choice is None:
            return
        self.facts.show_plan(choice.plan, year.home, year.warnings)
        names = {line.claim.id or 0: line.provider for line in year.lines}
        self.chart.show_progress(choice, year.home, names)
        self.planned.show_year(year, choice)
        self.stated.show_year(year, choice)
        self.openings.show_year(year, choice)

    def find_text(self, text: str) -> None:
        self.eobs.find_text(text)

    def _wire(self) -> None:
        actions = self.acts
        self.chart.opened.connect(actions.open_claim)
        self.chart.saved.connect(self._on_chart_saved)
        self.chart.save_failed.connect(self.context.show_problem)
        self.chart.switched.connect(self._on_maximum)
        self.facts.duplicate.clicked.connect(actions.duplicate_plan)
        self.facts.add_plan.clicked.connect(actions.add_plan)
        self.eobs.opened.connect(actions.open_claim)
        self.eobs.removal_asked.connect(actions.remove_claims)
        self.eobs.files_dropped.connect(actions.attach_files)
        self.eobs.row_reached.connect(self._on_row_reached)
        for card in (self.planned, self.stated, self.openings):
            card.row_reached.connect(self.reached)
        self.stated.opened.connect(self._on_stated)
        self.stated.removal_asked.connect(self._on_stated_removal)
        self.stated.claim_opened.connect(actions.open_claim)
        self.openings.opened.connect(self._on_opening)
        self.openings.removal_asked.connect(self._on_opening_removal)

    @Slot(bool)
    def _on_maximum(self, shown: bool) -> None:
        self.context.state.keep_text("coverage/maximum", "on" if shown else "off")

    @Slot(object)
    def _on_chart_saved(self, path: Path) -> None:
        self.context.shell.toast(f"Saved {path.name}")

    @Slot(object)
    def _on_stated(self, row: StatedRow) -> None:
        self.acts.edit_stated(row.stated)

    @Slot(list)
    def _on_stated_removal(self, rows: list[StatedRow]) -> None:
        self.acts.remove_stated([row.stated.id or 0 for row in rows])

    @Slot(object)
    def _on_opening(self, row: OpeningRow) -> None:
        self.acts.edit_opening(row.opening)

    @Slot(list)
    def _on_opening_removal(self, rows: list[OpeningRow]) -> None:
        self.acts.remove_openings([row.opening.id or 0 for row in rows])

    @Slot(QRect)
    def _on_row_reached(self, row: QRect) -> None:
        self.reached.emit((self.eobs.table.viewport(), row))
