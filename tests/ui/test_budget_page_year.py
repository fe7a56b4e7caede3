"""The Year view of the Budget page: the grid, its totals, and budget years of other months."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.budget_home import (
    cell_text,
    click,
    dialog_in,
    editor_of,
    estimate_of,
    plan_year,
    press,
    rename,
    show_page,
)
from tests.ui.spending_home import Home, move_in
from tracker.facts import Role
from tracker.services.bundle import Services
from ui.dialogs.payments_behind import PaymentsBehind
from ui.models.budget_year import YearView
from ui.pages.budget import BudgetPage
from ui.pages.budget_year_table import YearTable

APRIL, YEAR = 3, 12


@pytest.fixture
def home(services: Services) -> Home:
    return move_in(services)


@pytest.fixture
def page(qtbot: QtBot, home: Home) -> BudgetPage:
    """The Year view of a planned year with a few payments."""
    plan_year(home)
    home.pay(date(2026, 4, 3), 300_00, "Oak Practice", Role.MEMBERSHIP)
    home.pay(date(2026, 4, 9), 60_50, "Dr. Rao", Role.COPAY_DOCTOR)
    home.pay(date(2026, 5, 9), 20_00, "Dr. Rao", Role.COPAY_DOCTOR)
    shown = show_page(qtbot, home, size=(1500, 900))
    shown.arrive(2026)
    return shown


def table_of(page: BudgetPage) -> YearTable:
    return page.year_view.table


def look_at(page: BudgetPage, view: YearView) -> YearTable:
    page.year_view.views.choose(view)
    page.year_view.views.changed.emit(view)
    return table_of(page)


def headings(page: BudgetPage) -> list[str]:
    return [column.heading for column in page.year_view.model.columns]


def test_months_and_lines_add_up(page: BudgetPage) -> None:
    table = table_of(page)

    assert headings(page) == [
        *("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        "Year",
    ]
    assert cell_text(table, 0, APRIL) == "300.00"
    assert cell_text(table, 2, YEAR) == "80.50"
    assert cell_text(table, 7, APRIL) == "360.50"
    assert cell_text(table, 7, YEAR) == "380.50"
    assert cell_text(table, 0, 0) == ""


def test_estimates_and_differences_are_other_views_of_the_same_grid(page: BudgetPage) -> None:
    table = look_at(page, YearView.ESTIMATED)
    assert cell_text(table, 7, APRIL) == "1,225"  # nobody has cents, so nobody shows them
    assert cell_text(table, 7, YEAR) == "14,700"

    table = look_at(page, YearView.DIFFERENCE)
    assert cell_text(table, 2, APRIL) == "-10.50"
    assert cell_text(table, 2, 0) == ""
    index = table.model().index(2, APRIL)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == (
        "Estimated Co-pays (Doctor Visits), April 2026: $50.00 estimated, $60.50 paid, $10.50 over"
    )


def test_estimates_are_edited_in_the_grid(home: Home, page: BudgetPage) -> None:
    table = look_at(page, YearView.ESTIMATED)

    click(table, 1, APRIL)
    assert editor_of(table).text() == "450.00"
    QTest.keyClicks(editor_of(table), "500")
    press(editor_of(table), Qt.Key.Key_Tab)

    assert estimate_of(home, Role.PREMIUM, date(2026, 4, 1)) == 500_00
    assert cell_text(table, 7, APRIL) == "1,275"
    assert table.editing
    assert table.currentIndex().column() == APRIL + 1
    press(editor_of(table), Qt.Key.Key_Escape)
    home.context.undo()
    assert cell_text(table, 7, APRIL) == "1,225"


def test_an_estimate_that_cannot_be_read_stays_in_its_cell(home: Home, page: BudgetPage) -> None:
    table = look_at(page, YearView.ESTIMATED)
    click(table, 0, APRIL)
    QTest.keyClicks(editor_of(table), "1e9")
    press(editor_of(table), Qt.Key.Key_Return)

    assert editor_of(table).text() == "1e9"
    assert "is not an amount" in editor_of(table).accessibleDescription()
    press(editor_of(table), Qt.Key.Key_Escape)
    assert estimate_of(home, Role.MEMBERSHIP, date(2026, 4, 1)) == 300_00


def test_cents_appear_when_an_estimate_gets_some(home: Home, page: BudgetPage, qtbot: QtBot) -> None:
    table = look_at(page, YearView.ESTIMATED)
    click(table, 0, APRIL)
    QTest.keyClicks(editor_of(table), "12.50")
    press(editor_of(table), Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: cell_text(table, 0, APRIL) == "12.50")
    assert cell_text(table, 1, APRIL) == "450.00"


def test_an_actual_opens_its_payments_and_the_year_all_of_them(home: Home, page: BudgetPage) -> None:
    table = table_of(page)
    click(table, 2, APRIL)
    dialog = dialog_in(page, PaymentsBehind)
    assert dialog.total.text() == "$60.50"
    dialog.reject()

    table.go_to_cell(2, YEAR)
    table.setFocus()
    press(table, Qt.Key.Key_Return)
    dialog = dialog_in(page, PaymentsBehind)
    assert dialog.total.text() == "$80.50"
    dialog.reject()


def test_a_heading_opens_its_month(page: BudgetPage) -> None:
    header = table_of(page).horizontalHeader()
    at = QPoint(header.sectionViewportPosition(APRIL) + 10, header.height() // 2)

    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    assert not page.bar.yearly
    assert page.month == date(2026, 4, 1)


def test_control_enter_opens_the_month_of_a_cell(page: BudgetPage) -> None:
    table = table_of(page)
    table.go_to_cell(0, 8)
    table.setFocus()
    press(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert page.month == date(2026, 9, 1)


def test_years_go_by_and_only_this_one_marks_a_month(page: BudgetPage) -> None:
    table = table_of(page)
    assert table.current_month == 10

    page.bar.before.click()

    assert page.bar.month.text() == "2025"
    assert page.bar.before.accessibleName() == "Year before"
    assert table.current_month == -1
    assert cell_text(table, 7, YEAR) == ""


def test_a_budget_year_may_begin_in_july(home: Home, page: BudgetPage) -> None:
    menu = page.more_menu()
    starts = next(action.menu() for action in menu.actions() if action.text() == "Budget year begins in")
    next(action for action in starts.actions() if action.text() == "July").trigger()  # type: ignore[union-attr]

    assert headings(page)[:2] == ["Jul", "Aug"]
    assert headings(page)[11:] == ["Jun", "Year"]
    assert page.bar.month.text() == "Jul 2026 to Jun 2027"
    assert table_of(page).current_month == 4
    assert cell_text(look_at(page, YearView.ESTIMATED), 7, YEAR) == "7,350"
    page.arrive(date(2026, 3, 1))
    assert page.month_view.so_far.forecast().endswith("of $7,350.00.")
    home.context.undo()
    page.arrive(2026)
    assert headings(page)[0] == "Jan"


def test_the_grid_scrolls_sideways_only_and_keeps_its_names(home: Home, page: BudgetPage) -> None:
    home.services.budget.set_estimate(home.lines[Role.PREMIUM], date(2026, 1, 1), 12_345_67)
    page.mark_stale()
    table = look_at(page, YearView.ESTIMATED)
    page.resize(825, 700)
    QApplication.processEvents()

    assert table.horizontalScrollBar().maximum() > 0
    assert table.verticalScrollBar().maximum() == 0
    assert table.height() >= table.horizontalHeader().height() + 8 * table.row_pixels()
    names = table.verticalHeader()
    assert names.isVisible()
    assert names.mapTo(table, QPoint(0, 0)).x() == 0
    table.go_to_cell(0, YEAR)
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))


def test_the_total_stays_whole_at_the_end_when_widths_change(home: Home, page: BudgetPage) -> None:
    home.services.budget.set_estimate(home.lines[Role.PREMIUM], date(2026, 1, 1), 12_345_67)
    page.mark_stale()
    table = look_at(page, YearView.ESTIMATED)
    page.resize(825, 700)
    QApplication.processEvents()
    bar = table.horizontalScrollBar()
    bar.setValue(bar.maximum())
    home.services.budget.set_estimate(home.lines[Role.PREMIUM], date(2026, 1, 1), 123_456_78)
    page.mark_stale()
    QApplication.processEvents()
    assert bar.value() == bar.maximum() > 0
    total = table.visualRect(table.rows_model.index(0, YEAR))
    assert total.right() <= table.viewport().width()


def test_huge_amounts_and_long_names_do_not_break_the_grid(home: Home, page: BudgetPage) -> None:
    rename(home, Role.MEMBERSHIP, "\U0001f9b7 " + "Zahn" * 49)
    home.services.budget.set_estimate(home.lines[Role.MEMBERSHIP], date(2026, 4, 1), 999_999_999_999)
    page.mark_stale()
    table = look_at(page, YearView.ESTIMATED)

    assert cell_text(table, 0, APRIL) == "9,999,999,999.99"
    assert table.verticalScrollBar().maximum() == 0


def test_copying_lines_takes_their_names_along(page: BudgetPage) -> None:
    table = table_of(page)
    table.go_to_cell(2, 0)
    table.selectRow(2)
    table.copy()

    copied = QApplication.clipboard().text().split("\t")
    assert copied[0] == "Estimated Co-pays (Doctor Visits)"
    assert copied[-1] == "80.50"
