"""The card of planned care: what is ahead and what it should cost in order, and what has happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.dates import day_text
from tracker.facts import PlannedCare
from tracker.money import dollars, dollars_or_blank
from ui.context import Context
from ui.jobs import Job
from ui.models.coverage_choice import Choice
from ui.models.coverage_words import given_names
from ui.models.planned_rows import NO_RULE, NOT_KNOWN, HappenedRow, PlannedRow, planned_rows
from ui.models.table import Column, RowTableModel
from ui.pages.coverage_read import CoverageYear
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable


class PlannedCareCard(Card):
    """Enter or a double click changes planned care, Delete removes it; what happened opens its EOB."""

    row_reached = Signal(object)
    """The table's viewport and where its current row lies in it, to bring that into view."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Planned care", parent=parent)
        self._context = context
        self._year: CoverageYear | None = None
        self._choice: Choice | None = None
        self._job: Job[list[PlannedCare]] | None = None
        self.set_subtitle("What you expect, worked in order by your plan\u2019s rules")
        self.add_button = PlainButton("Plan care", "plus")
        self.add_header_widget(self.add_button)
        self._ahead: RowTableModel[PlannedRow] = RowTableModel(_columns(), lambda row: row.number, self)
        self.table = LedgerTable(self._ahead, "Planned care ahead", state=context.state)
        self.table.fit_height_to_rows()
        self.add_table(self.table)
        self.together = Label("", "caption", wrap=True)
        self.body.addWidget(self.together)
        self.edit_button, self.remove_button = PlainButton("Edit"), PlainButton("Remove")
        self._below = QWidget()
        line = QHBoxLayout(self._below)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.edit_button)
        line.addWidget(self.remove_button)
        line.addStretch(1)
        self.body.addWidget(self._below)
        self.empty = EmptyState(
            "No care is planned",
            "Enter the visits, tests and refills you expect. You see what each should cost, when your "
            "deductible is met, and the least and the most it can come to.",
            "Plan care",
            self.add,
        )
        self.body.addWidget(self.empty)
        self.past = Label("Already happened", "bold")
        self.body.addWidget(self.past)
        self._happened: RowTableModel[HappenedRow] = RowTableModel(
            _happened_columns(), lambda row: row.number, self
        )
        self.happened = LedgerTable(self._happened, "Planned care that happened", state=context.state)
        self.happened.fit_height_to_rows()
        self.add_table(self.happened)
        self._wire()

    def _wire(self) -> None:
        self.add_button.clicked.connect(self.add)
        self.edit_button.clicked.connect(self._on_edit)
        self.remove_button.clicked.connect(self._on_remove)
        self.table.opened.connect(self.edit)
        self.table.delete_requested.connect(self._remove)
        self.table.selection_changed.connect(self._on_selection)
        self.happened.opened.connect(self._on_happened_opened)
        self.happened.delete_requested.connect(self._remove)
        self.table.row_reached.connect(self.row_reached)
        self.happened.row_reached.connect(self.row_reached)

    # showing ---------------------------------------------------------------------------

    def show_year(self, year: CoverageYear, choice: Choice) -> None:
        """Show the planned care of a plan year; that of other years is read beside the window."""
        if self._job is not None:
            self._job.cancel()
        self._year, self._choice = year, choice
        read = self._context.services.coverage.planned
        self._job = self._context.load(self, lambda: read(), self._show)

    def _show(self, planned: Sequence[PlannedCare]) -> None:
        year, choice = self._year, self._choice
        if year is None or choice is None:
            return
        found = planned_rows(
            choice.year,
            planned,
            choice.today,
            people=given_names(year.home),
            providers=year.providers,
            categories=year.categories,
        )
        self._ahead.set_rows(found.ahead)
        self._happened.set_rows(found.happened)
        has_any = bool(found.ahead)
        self.table.setVisible(has_any)
        self._below.setVisible(has_any)
        self.empty.setVisible(not has_any and not found.happened)
        self.add_button.setVisible(has_any or bool(found.happened))
        self.past.setVisible(bool(found.happened))
        self.happened.setVisible(bool(found.happened))
        words = f"What is sure or likely should cost you {dollars(found.together)}."
        if found.unpriced:
            words += f" {found.unpriced} more {'has' if found.unpriced == 1 else 'have'} no known cost."
        self.together.setText(words)
        self.together.setVisible(has_any)
        self._on_selection()

    # acting ----------------------------------------------------------------------------

    @Slot()
    def add(self) -> None:
        """Plan care."""
        self._open(None)

    @Slot(object)
    def edit(self, row: PlannedRow) -> None:
        """Change planned care."""
        self._open(row.care)

    def _open(self, care: PlannedCare | None) -> None:
        from ui.dialogs.planned_care import PlannedCareDialog

        year = self._year
        if year is None:
            return
        PlannedCareDialog(
            self._context,
            self,
            home=year.home,
            categories=year.categories,
            providers=year.providers,
            care=care,
        ).open()

    @Slot(list)
    def _remove(self, rows: list[Any]) -> None:
        coverage = self._context.services.coverage
        ids = list(dict.fromkeys(row.care.id for row in rows))
        if ids:
            self._context.commit(self, lambda: coverage.remove_planned(ids))

    @Slot()
    def _on_edit(self) -> None:
        for row in self.table.selected_rows()[:1]:
            self.edit(row)

    @Slot()
    def _on_remove(self) -> None:
        self._remove(self.table.selected_rows())

    @Slot(object)
    def _on_happened_opened(self, row: HappenedRow) -> None:
        self._context.shell.go_to("coverage", ("claim", row.claim.id or 0))

    @Slot()
    def _on_selection(self) -> None:
        chosen = self.table.selected_rows()
        self.edit_button.setEnabled(len(chosen) == 1)
        self.remove_button.setEnabled(bool(chosen))


def _columns() -> list[Column[PlannedRow]]:
    return [
        Column(
            "When", lambda row: row.when, tone=_late, tooltip=lambda row: row.why if row.is_late else ""
        ),
        Column("Care", lambda row: row.what, stretch=3, tooltip=_care_tip),
        Column("For", lambda row: row.who, tooltip=lambda row: row.who),
        Column("Provider", lambda row: row.provider, stretch=2, tooltip=lambda row: row.provider),
        Column("Allowed", lambda row: row.allowed, right=True, tone=_unknown),
        Column("How sure", lambda row: row.likelihood, tone=lambda row: "quiet"),
        Column(
            "You pay",
            lambda row: row.cost_words,
            right=True,
            bold=lambda row: row.cost is not None,
            tone=lambda row: "warning" if row.cost_words in (NOT_KNOWN, NO_RULE) else "",
            tooltip=lambda row: row.why,
        ),
        Column("Deductible then", lambda row: row.deductible, right=True, tone=lambda row: "quiet"),
    ]


def _late(row: PlannedRow) -> str:
    return "warning" if row.is_late else ""


def _unknown(row: PlannedRow) -> str:
    return "warning" if row.allowed == NOT_KNOWN else ""


def _care_tip(row: PlannedRow) -> str:
    return "\n".join(part for part in (row.what, row.care.note) if part)


def _happened_columns() -> list[Column[HappenedRow]]:
    return [
        Column("Planned for", lambda row: day_text(row.day)),
        Column("Care", lambda row: row.what, stretch=3, tooltip=lambda row: row.what),
        Column("For", lambda row: row.who, tooltip=lambda row: row.who),
        Column("Provider", lambda row: row.provider, stretch=2, tooltip=lambda row: row.provider),
        Column("EOB of", lambda row: day_text(row.claim.service_from)),
        Column("Allowed", lambda row: dollars_or_blank(row.claim.allowed), right=True),
        Column("You owe", lambda row: dollars_or_blank(row.claim.you_owe), right=True),
    ]
