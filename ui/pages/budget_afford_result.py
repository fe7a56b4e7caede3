"""What follows for the household: three scenarios side by side, and published marks for orientation."""

from __future__ import annotations

import math

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.budget.affordability import Year
from tracker.money import dollars
from tracker.reports.affordability import ONLY_ORIENTATION, AffordabilityReport
from ui.models.budget_afford import HEADINGS, ResultRow, result_rows
from ui.models.budget_rows import BudgetModel
from ui.models.table import Column
from ui.pages.budget_tables import AmountTable
from ui.theme import theme
from ui.widgets.card import TABLE_INSET, Card
from ui.widgets.fact_list import breakable
from ui.widgets.label import Label

_MARKS = 3
_NAME_WIDTH = 150
_LEAST_WIDTH = 96
_LARGE_TEXT = 125
"""Percent from which names need two lines."""


class _ScenarioTable(AmountTable):
    """Room for names in two lines where the text is large."""

    def row_pixels(self) -> int:
        if theme().percent < _LARGE_TEXT:
            return super().row_pixels()
        return max(super().row_pixels(), 2 * QFontMetrics(theme().font("bold")).height() + theme().px(6))


class ScenariosCard(Card):
    """The figures of a month in each scenario. A click or Enter on one opens why: `why_wanted` (Year)."""

    why_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Three years side by side", "A month; open a figure to see why", parent)
        self._wide = 0
        columns = self._columns()
        model: BudgetModel[ResultRow] = BudgetModel(
            columns, key=lambda row: row.place, bold=lambda row: row.bold
        )
        self.table = _ScenarioTable(model, "Affordability in three scenarios", row_height=32)
        self.table.show_columns(columns)
        self.table.opened.connect(self._on_opened)
        self.table.fit_height_to_rows()
        self.add_table(self.table)
        self.missing = Label("", "caption", wrap=True)
        self.body.addWidget(self.missing)

    def show_report(self, report: AffordabilityReport) -> None:
        rows = result_rows(report)
        self._make_room(report, rows)
        self.table.budget_model.set_rows(rows)
        self.missing.setText(" ".join(report.missing))
        self.missing.setVisible(bool(report.missing))

    def _make_room(self, report: AffordabilityReport, rows: list[ResultRow]) -> None:
        """Columns as wide as any cut could make their figures, so that no slider moves them."""
        texts = {text for row in rows for text in row.cells.values()}
        texts |= {
            dollars(outcome.after_health + report.discretionary) for outcome in report.outcomes.values()
        }
        metrics = QFontMetrics(theme().font("bold"))
        wide = max((metrics.horizontalAdvance(text) for text in texts), default=0) + 2 * TABLE_INSET + 4
        at_full_size = math.ceil(wide * 100 / theme().percent)
        if at_full_size > self._wide:
            self._wide = at_full_size
            self.table.show_columns(self._columns())

    def _columns(self) -> list[Column[ResultRow]]:
        name = Column[ResultRow]("", lambda row: row.name, width=_NAME_WIDTH, stretch=1)
        return [name, *(self._column(year) for year in Year)]

    def _column(self, year: Year) -> Column[ResultRow]:
        metrics = QFontMetrics(theme().font("caption_bold"))
        heading = metrics.horizontalAdvance(HEADINGS[year]) + 2 * TABLE_INSET + 2
        return Column(
            HEADINGS[year],
            lambda row: row.cells.get(year, ""),
            right=True,
            width=max(self._wide, _LEAST_WIDTH, math.ceil(heading * 100 / theme().percent)),
            tone=lambda row: row.tones.get(year, ""),
            on_open=lambda _row: self.why_wanted.emit(year),
        )

    def _on_opened(self, _row: ResultRow) -> None:
        """Enter on a name: the first scenario that is known."""
        self.why_wanted.emit(Year.EXPECTED)


class MarksCard(Card):
    """Published figures beside the household's own, each with its source. No verdict."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Marks for orientation", parent=parent)
        rows = QVBoxLayout()
        rows.setSpacing(4)
        self.marks = [(Label("", wrap=True), Label("", "caption", wrap=True)) for _ in range(_MARKS)]
        for said, source in self.marks:
            rows.addWidget(said)
            rows.addWidget(source)
            rows.addSpacing(4)
        rows.addWidget(Label(ONLY_ORIENTATION, "caption", wrap=True))
        self.body.addLayout(rows)

    def show_report(self, report: AffordabilityReport) -> None:
        texts = list(zip(report.marks, report.mark_sources, strict=True))
        for place, (said, source) in enumerate(self.marks):
            known = place < len(texts)
            said.setVisible(known)
            source.setVisible(known)
            if known:
                found, told = texts[place]
                said.setText(breakable(f"{found.label}: {found.why}"))
                source.setText(breakable(f"Source: {told}"))
