"""The Month view of the Budget page: the template, the year so far, and its chart."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.dates import month_text
from tracker.reports.budget import BudgetMonth
from ui.models.budget_month import ACTUAL, ESTIMATED, month_columns, month_model
from ui.models.budget_rows import (
    TOTAL_NAME,
    MonthLine,
    SetEstimate,
    carries,
    lines_below,
    month_lines,
)
from ui.models.table import Column, Index
from ui.pages.budget_cards import SoFarCard, StartCard, YearChartCard
from ui.pages.budget_tables import MonthTable
from ui.theme import GAP, theme
from ui.widgets.card import TABLE_INSET, Card
from ui.widgets.columns import side_by_side


class MonthView(QWidget):
    """Shows a BudgetMonth. What a person does in it goes out as signals and through `edit`."""

    payments_wanted = Signal(object)  # MonthLine
    menu_wanted = Signal(object, QPoint)  # MonthLine, a point of the screen
    moved = Signal(object, int)  # MonthLine, places down

    def __init__(self, edit: SetEstimate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = edit
        self._carried = False
        self._waiting: list[MonthLine] | None = None
        self._build()
        self._wire()

    def show_month(self, shown: BudgetMonth, *, planned: bool) -> None:
        """Show a month. `planned` is false while the whole ledger has no estimate."""
        self.start.setVisible(not planned)
        self.below.setVisible(planned)
        if carries(shown) != self._carried:
            self._carried = carries(shown)
            self._choose_columns()
        self.table.setAccessibleName(f"Budget of {month_text(shown.month)}")
        self._show_lines([*month_lines(shown.month, shown.rows, shown.total), *lines_below(shown)])
        self.so_far.show_month(shown)
        self.chart.show_year(shown.year)

    def give_back(self, category_id: int, text: str, complaint: str) -> None:
        """Open a cell again with what was typed, because it could not be kept."""
        row = self.model.index_of(category_id).row()
        if row >= 0:
            self.table.open_editor(row, self.table.column_of(ESTIMATED), text, complaint)

    def edit_line(self, line: MonthLine) -> None:
        """Open the editor on a line's estimate."""
        row = self.model.index_of(line.key).row()
        if row >= 0:
            self.table.go_to_cell(row, self.table.column_of(ESTIMATED))
            self.table.edit(self.table.currentIndex())

    # ours ----------------------------------------------------------------------------

    def _build(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        rows.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.start = StartCard()
        self.start.hide()
        self.model = month_model(self._columns(bars=True))
        self.table = MonthTable(self.model)
        self._choose_columns()
        self.table.fit_height_to_rows()
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        card = Card()
        card.body.setSpacing(0)
        card.add_table(self.table)
        self.so_far = SoFarCard()
        self.chart = YearChartCard("The year so far")
        self.below = side_by_side(self.chart, self.so_far, weights=(14, 5))
        for part in (self.start, card, self.below):
            rows.addWidget(part)

    def _wire(self) -> None:
        self.table.narrow_changed.connect(self._choose_columns)
        self.table.settled.connect(self._on_settled)
        self.table.emptied.connect(self._on_emptied)
        self.table.moved.connect(self.moved)
        self.table.customContextMenuRequested.connect(self._on_menu)

    def _columns(self, *, bars: bool) -> list[Column[MonthLine]]:
        # The longest name of the template sets the width; longer ones of the member's own do not.
        metrics = QFontMetrics(theme().font("bold"))
        wide = metrics.horizontalAdvance(TOTAL_NAME) + 2 * TABLE_INSET + 2
        return month_columns(
            self._edit,
            self.payments_wanted.emit,
            name_width=math.ceil(wide * 100 / theme().percent),
            carried=self._carried,
            bars=bars,
        )

    @Slot()
    def _choose_columns(self) -> None:
        self.table.show_columns(self._columns(bars=not self.table.narrow))

    def _show_lines(self, lines: list[MonthLine]) -> None:
        """New values at once; other rows only when no cell is being edited, which they would close."""
        same = [line.key for line in lines] == [line.key for line in self.model.rows]
        if self.table.editing and not same:
            self._waiting = lines
            return
        self._waiting = None
        self.model.set_rows(lines)
        self.table.refit()
        self.table.judge_room()

    @Slot()
    def _on_settled(self) -> None:
        if self._waiting is not None and not self.table.editing:
            self._show_lines(self._waiting)

    @Slot(object)
    def _on_emptied(self, index: Index) -> None:
        line = self.model.row_at(index)
        if line.category is not None and line.category.id is not None:
            self._edit(line.category.id, line.month, "")

    @Slot(QPoint)
    def _on_menu(self, at: QPoint) -> None:
        index = self.table.indexAt(at)
        line = self.model.row_at(index) if index.isValid() else self.table.current_row()
        if line is not None:
            inside = self.table.viewport().rect().contains(at) and index.isValid()
            point = at if inside else self.table.cell_of(line, ACTUAL).bottomLeft()
            self.menu_wanted.emit(line, self.table.viewport().mapToGlobal(point))
