"""The menus of lines on the Budget page, opened where the pointer or the keyboard is."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtWidgets import QMenu

from ui.models.budget_rows import MonthLine, YearLine
from ui.pages.budget_actions import BudgetActions

if TYPE_CHECKING:
    from ui.pages.budget import BudgetPage


class BudgetMenus(QObject):
    """Makes the menu of a line of the month or of the year."""

    def __init__(self, actions: BudgetActions, page: BudgetPage) -> None:
        super().__init__(page)
        self._actions = actions
        self._page = page

    def of_month(self, line: MonthLine) -> QMenu:
        """What can be done with a line of the month."""
        page = self._page
        return self._actions.line_menu(
            line.category,
            line.month,
            edit=partial(page.month_view.edit_line, line) if line.category else None,
            payments=partial(page.show_month_payments, line) if line.actual is not None else None,
        )

    @Slot(object, QPoint)
    def pop_up_month(self, line: MonthLine, at: QPoint) -> None:
        pop_up(self.of_month(line), at)

    @Slot(object, object, QPoint)
    def pop_up_year(self, line: YearLine, month: date | None, at: QPoint) -> None:
        page = self._page
        place = line.months.index(month) if month is not None else None
        cell = line.total if place is None else line.cells[place]
        paid = cell.actual is not None
        menu = self._actions.line_menu(
            line.category,
            month,
            edit=None,
            payments=(lambda: page.show_year_payments(line, place)) if paid else None,
            open_month=(lambda: page.arrive(month)) if month is not None else None,
        )
        pop_up(menu, at)


def pop_up(menu: QMenu, at: QPoint) -> None:
    """Show a menu at a point of the screen; it goes away with its closing."""
    menu.aboutToHide.connect(menu.deleteLater, Qt.ConnectionType.QueuedConnection)
    menu.popup(at)
