"""The Budget page over a home of the test's own, and the keys a person presses in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.spending_home import Home
from tracker.dates import add_months, month_period
from tracker.facts import BudgetLine, CarryOver, Role
from tracker.services.setup import TEMPLATE_AMOUNTS
from ui.models.budget_month import ACTUAL, ESTIMATED
from ui.pages.budget import BudgetPage
from ui.pages.budget_tables import AmountTable

D = TypeVar("D", bound=QDialog)
NOVEMBER = date(2026, 11, 1)


def show_page(qtbot: QtBot, home: Home, *, size: tuple[int, int] = (1120, 900)) -> BudgetPage:
    """The page as the window shows it: heard by the bus, visible, loaded."""
    page = BudgetPage(home.context)
    home.context.bus.committed.connect(page.on_committed)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    return page


def plan_year(home: Home, *, first: date = date(2026, 1, 1), months: int = 12) -> None:
    """The template's amounts in every month."""
    home.services.budget.apply(
        [
            BudgetLine(category_id=home.lines[role], month=add_months(first, place), estimate=amount)
            for place in range(months)
            for role, amount in TEMPLATE_AMOUNTS.items()
        ],
        words_="Plan the year",
    )


def set_carry(home: Home, role: Role, rule: CarryOver) -> None:
    home.services.budget.set_carry_over(home.lines[role], rule)


def rename(home: Home, role: Role, name: str) -> None:
    held = next(item for item in home.services.budget.categories() if item.role is role)
    home.services.budget.save_category(replace(held, name=name))


def estimate_of(home: Home, role: Role, month: date = NOVEMBER) -> int | None:
    """What the ledger holds."""
    lines = home.services.budget.lines(month_period(month))
    return next((line.estimate for line in lines if line.category_id == home.lines[role]), None)


def cell_text(table: AmountTable, row: int, column: int) -> str:
    return str(table.model().index(row, column).data() or "")


def shown_column(page: BudgetPage, heading: str) -> list[str]:
    """A column of the month's table from top to bottom."""
    table = page.month_view.table
    column = table.column_of(heading)
    return [cell_text(table, row, column) for row in range(table.model().rowCount())]


def click(table: AmountTable, row: int, column: int) -> None:
    at = table.visualRect(table.model().index(row, column)).center()
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(at)
    )


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, held)


def editor_of(table: AmountTable) -> QLineEdit:
    """The open editor; fails where no cell is being edited."""
    found = table.editor()
    assert found is not None
    return found


def type_estimate(page: BudgetPage, row: int, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Put the cursor on an estimate and type, as one does in a spreadsheet."""
    table = page.month_view.table
    table.go_to_cell(row, table.column_of(ESTIMATED))
    table.setFocus()
    QTest.keyClick(table, text[0])
    editor = editor_of(table)
    QTest.keyClicks(editor, text[1:])
    press(editor, end)


def open_actual(page: BudgetPage, row: int) -> None:
    table = page.month_view.table
    click(table, row, table.column_of(ACTUAL))


def dialog_in(page: QWidget, kind: type[D]) -> D:
    """The open dialog of a kind."""
    found = [dialog for dialog in page.findChildren(kind) if dialog.isVisible()]
    assert found, f"no {kind.__name__} is open"
    return found[-1]
