"""The Year view of the Budget page: twelve months by line, and the chart of the year."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.reports.budget import BudgetYear
from ui.models.budget_rows import (
    SetEstimate,
    YearLine,
    forecast_sentence,
    year_lines,
    year_lines_below,
    year_name,
)
from ui.models.budget_year import YearColumns, YearView, has_cents, shown, year_model
from ui.models.table import Index
from ui.pages.budget_cards import YearChartCard
from ui.pages.budget_year_table import YearTable
from ui.theme import GAP
from ui.widgets.buttons import Segmented
from ui.widgets.card import Card

_VIEWS = (
    (YearView.ACTUAL, "Actual"),
    (YearView.ESTIMATED, "Estimated"),
    (YearView.DIFFERENCE, "Difference"),
)


class YearPane(QWidget):
    """Shows a BudgetYear. Months are opened by their heading, actuals by their cell."""

    payments_wanted = Signal(object, object)  # YearLine, the place of the month or None
    month_opened = Signal(object)  # date
    menu_wanted = Signal(object, object, QPoint)  # YearLine, date or None, a point of the screen

    def __init__(self, edit: SetEstimate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = edit
        self._columns = YearColumns(edit, self._open_payments)
        self._year: BudgetYear | None = None
        self._waiting: list[YearLine] | None = None
        self._layout: object = None
        self._build()
        self._wire()

    def show_year(self, year: BudgetYear) -> None:
        """Show a year; the month under way is brought into view when it is another year than before."""
        fresh = self._year is None or self._year.months != year.months
        self._year = year
        self.card.set_title(f"Budget {year_name(year)}")
        if fresh:
            self.table.show_months(year.months, year.today)
        self._columns.accrual = year.views is not None
        self._show_lines(self._lines_of(year))
        self.chart.show_year(year)
        if fresh:
            # Once the columns have their widths.
            QTimer.singleShot(0, self, self._bring_today_into_view)

    def view(self) -> YearView:
        return YearView(self.views.key())

    def give_back(self, category_id: int, month: date, text: str, complaint: str) -> None:
        """Open a cell again with what was typed, because it could not be kept."""
        row = self.model.index_of(category_id).row()
        if row >= 0 and self._year is not None and month in self._year.months:
            self.table.open_editor(row, self._year.months.index(month), text, complaint)

    # ours ----------------------------------------------------------------------------

    def _build(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        rows.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.views = Segmented(_VIEWS, "What the year shows")
        self.model = year_model(self._columns.made((), YearView.ACTUAL))
        self.table = YearTable(self.model)
        self.table.fit_height_to_rows()
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.card = Card("Budget")
        self.card.add_header_widget(self.views)
        self.card.add_table(self.table)
        self.chart = YearChartCard("Actual against estimate")
        self.chart.set_note("By month")
        rows.addWidget(self.card)
        rows.addWidget(self.chart)

    def _wire(self) -> None:
        self.views.changed.connect(self._on_view_changed)
        self.table.width_changed.connect(self._choose_columns)
        self.table.month_opened.connect(self.month_opened)
        self.chart.month_opened.connect(self.month_opened)
        self.table.settled.connect(self._on_settled)
        self.table.emptied.connect(self._on_emptied)
        self.table.customContextMenuRequested.connect(self._on_menu)

    @Slot()
    def _choose_columns(self) -> None:
        if self._year is not None and not self.table.editing:
            self._show_columns(self._lines_of(self._year))

    def _show_columns(self, lines: list[YearLine]) -> None:
        """Exchange the columns where the view, the months or the room that figures need have changed.

        Cents are shown where some figure has them and there is room for all; estimates, which are
        edited, always show theirs.
        """
        assert self._year is not None
        view, cents = self.view(), has_cents(lines, self.view())
        width = self._width(lines, cents=cents)
        rounded = cents and view is not YearView.ESTIMATED and not self.table.has_room(width)
        if rounded:
            cents, width = False, self._width(lines, cents=False)
        self._show_subtitle(rounded)
        layout = (self._year.months, self.view(), cents, width)
        if layout != self._layout:
            self._layout = layout
            columns = self._columns.made(self._year.months, self.view(), cents=cents, width=width)
            self.table.show_columns(columns)

    def _width(self, lines: list[YearLine], *, cents: bool) -> int:
        texts = {shown(cell, self.view(), cents=cents) for line in lines for cell in line.cells}
        texts |= {shown(line.total, self.view(), cents=cents) for line in lines}
        return self.table.wide_enough(texts)

    def _show_subtitle(self, rounded: bool) -> None:
        assert self._year is not None
        unit = "In whole dollars; point at a figure for its cents." if rounded else "In dollars."
        self.card.set_subtitle(f"{unit} {forecast_sentence(self._year)}")

    def _open_payments(self, line: YearLine, place: int | None) -> None:
        self.payments_wanted.emit(line, place)

    def _show_lines(self, lines: list[YearLine]) -> None:
        same = [line.key for line in lines] == [line.key for line in self.model.rows]
        if self.table.editing and not same:
            self._waiting = lines
            return
        self._waiting = None
        if not self.table.editing:
            self._show_columns(lines)
        self.model.set_rows(lines)
        self.table.refit()

    def _lines_of(self, year: BudgetYear) -> list[YearLine]:
        """The lines and their total; beside actuals also what leads to the cash view."""
        below = year_lines_below(year) if self.view() is YearView.ACTUAL else []
        return [*year_lines(year), *below]

    @Slot()
    def _on_view_changed(self) -> None:
        if self._year is not None:
            self._show_lines(self._lines_of(self._year))
        self._bring_today_into_view()

    @Slot()
    def _bring_today_into_view(self) -> None:
        self.table.bring_into_view(max(0, self.table.current_month))

    @Slot()
    def _on_settled(self) -> None:
        if self._year is not None and not self.table.editing:
            self._show_lines(self._waiting or self._lines_of(self._year))

    @Slot(object)
    def _on_emptied(self, index: Index) -> None:
        line = self.model.row_at(index)
        if line.category is not None and line.category.id is not None:
            self._edit(line.category.id, line.months[index.column()], "")

    @Slot(QPoint)
    def _on_menu(self, at: QPoint) -> None:
        index = self.table.indexAt(at)
        if not index.isValid():
            index = self.table.currentIndex()
            at = self.table.visualRect(index).bottomLeft()
        if index.isValid() and self._year is not None:
            months = self._year.months
            month = months[index.column()] if index.column() < len(months) else None
            point = self.table.viewport().mapToGlobal(at)
            self.menu_wanted.emit(self.model.row_at(index), month, point)
