"""The Month view of the Budget page, driven as a person drives it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.budget_home import (
    NOVEMBER,
    cell_text,
    click,
    dialog_in,
    editor_of,
    estimate_of,
    open_actual,
    plan_year,
    press,
    rename,
    set_carry,
    show_page,
    shown_column,
    type_estimate,
)
from tests.ui.spending_home import Home, move_in
from tracker.changes import Changes
from tracker.dates import Period, month_period
from tracker.errors import WorldProblem
from tracker.facts import Allocation, Basis, CarryOver, Category, Role
from tracker.services.bundle import Services
from tracker.storage.queries.payments import PaymentFilter
from ui.dialogs.payment_editor import PaymentEditor
from ui.dialogs.payments_behind import PaymentsBehind
from ui.dialogs.print_preview import PrintPreview
from ui.jobs import JobRunner
from ui.models.budget_month import ACTUAL, DIFFERENCE, ESTIMATED
from ui.pages.budget import BudgetPage
from ui.printing.budget_document import month_document

Opened = Callable[..., BudgetPage]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def home(services: Services) -> Home:
    return move_in(services)


@pytest.fixture
def opened(qtbot: QtBot, home: Home) -> Opened:
    return partial(show_page, qtbot, home)


@pytest.fixture
def page(home: Home, opened: Opened) -> BudgetPage:
    """A planned year in which the doctor cost too much and the pharmacy too little."""
    plan_year(home)
    home.pay(date(2026, 11, 3), 300_00, "Oak Practice", Role.MEMBERSHIP)
    home.pay(date(2026, 11, 9), 125_00, "Dr. Rao", Role.COPAY_DOCTOR)
    home.pay(date(2026, 11, 12), 64_18, "Pharmacy", Role.PRESCRIPTION)
    return opened()


# what is shown ---------------------------------------------------------------------------


def test_the_template_is_shown_word_for_word(page: BudgetPage) -> None:
    headings = [column.heading for column in page.month_view.model.columns]

    assert headings[:4] == ["Category", "Estimated Cost", "Actual Cost", "Difference"]
    assert shown_column(page, "Category") == [
        "Concierge Membership Fee",
        "Health Insurance Premium",
        "Estimated Co-pays (Doctor Visits)",
        "Estimated Co-pays (Specialist Visits)",
        "Estimated Prescription Costs",
        "Deductible Contribution (if applicable)",
        "Contingency Fund for Unforeseen Expenses",
        "Total Estimated Monthly Healthcare Expenses",
    ]
    assert shown_column(page, ESTIMATED)[-1] == "$1,225.00"


def test_a_difference_is_words_and_blank_until_something_is_paid(page: BudgetPage) -> None:
    assert shown_column(page, DIFFERENCE) == [
        "on plan",
        "",
        "$75.00 over",
        "",
        "$35.82 under",
        "",
        "",
        "$735.82 under",
    ]


def test_the_year_so_far_and_its_forecast_are_said(page: BudgetPage) -> None:
    # November's overspent doctor visit stays; everything else may still come, and so may December.
    assert page.month_view.so_far.forecast() == (
        "Forecast $2,525.00: what was paid, plus the estimates still to come; "
        "$12,175.00 under the plan of $14,700.00."
    )


def test_a_bar_of_the_chart_opens_its_month(page: BudgetPage) -> None:
    chart = page.month_view.chart.chart
    march = chart.hits().hits[2]

    QTest.mouseClick(
        chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, march.anchor.toPoint()
    )

    assert page.month == date(2026, 3, 1)


# typing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("1,225", 1_225_00), ("$1,225.00", 1_225_00), ("12.5+7.25", 19_75), ("0", 0)],
)
def test_an_amount_typed_as_people_write_it_is_kept(
    home: Home, page: BudgetPage, typed: str, cents: int
) -> None:
    type_estimate(page, 1, typed)

    assert estimate_of(home, Role.PREMIUM) == cents


def test_enter_saves_and_goes_to_the_next_line(home: Home, page: BudgetPage) -> None:
    type_estimate(page, 0, "310")

    table = page.month_view.table
    assert estimate_of(home, Role.MEMBERSHIP) == 310_00
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, table.column_of(ESTIMATED))
    assert not table.editing
    assert shown_column(page, ESTIMATED)[-1] == "$1,235.00"
    assert home.shell.said == []  # what one types in place needs no toast


def test_tab_goes_on_typing_in_the_next_estimate(home: Home, page: BudgetPage) -> None:
    type_estimate(page, 0, "310", Qt.Key.Key_Tab)

    table = page.month_view.table
    assert table.editing
    assert table.currentIndex().row() == 1
    QTest.keyClicks(editor_of(table), "460")
    press(editor_of(table), Qt.Key.Key_Up)
    assert estimate_of(home, Role.PREMIUM) == 460_00
    assert table.currentIndex().row() == 0


def test_one_click_opens_an_estimate_and_escape_leaves_it_alone(home: Home, page: BudgetPage) -> None:
    table = page.month_view.table

    click(table, 2, table.column_of(ESTIMATED))
    assert editor_of(table).text() == "50.00"
    QTest.keyClicks(editor_of(table), "999")
    press(editor_of(table), Qt.Key.Key_Escape)

    assert estimate_of(home, Role.COPAY_DOCTOR) == 50_00
    assert cell_text(table, 2, table.column_of(ESTIMATED)) == "$50.00"


def test_typing_on_a_name_means_its_estimate(home: Home, page: BudgetPage) -> None:
    table = page.month_view.table
    table.go_to_cell(4, 0)
    table.setFocus()

    QTest.keyClick(table, "8")
    press(editor_of(table), Qt.Key.Key_Return)

    assert estimate_of(home, Role.PRESCRIPTION) == 8_00


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("abc", "\u201cabc\u201d is not an amount in dollars. Type it like 1,225.00."),
        ("1.234,56", "\u201c1.234,56\u201d is not an amount in dollars. Type it like 1,225.00."),
        ("(12.50)", "An estimate cannot be negative. Type 0 or more."),
        ("9999999999999", "That is more than $9,999,999,999.99. Check the amount."),
    ],
)
def test_what_cannot_be_kept_stays_with_its_sentence(
    home: Home, page: BudgetPage, typed: str, sentence: str
) -> None:
    table = page.month_view.table
    click(table, 0, table.column_of(ESTIMATED))

    editor = editor_of(table)
    editor.selectAll()
    QTest.keyClicks(editor, typed)
    press(editor, Qt.Key.Key_Return)

    assert editor_of(table).text() == typed
    assert editor_of(table).accessibleDescription() == sentence
    assert estimate_of(home, Role.MEMBERSHIP) == 300_00
    editor.selectAll()
    QTest.keyClicks(editor, "305")
    press(editor, Qt.Key.Key_Return)
    assert estimate_of(home, Role.MEMBERSHIP) == 305_00


def test_an_emptied_cell_is_no_estimate(home: Home, page: BudgetPage) -> None:
    table = page.month_view.table
    click(table, 3, table.column_of(ESTIMATED))
    editor_of(table).clear()
    editor_of(table).setModified(True)
    press(editor_of(table), Qt.Key.Key_Return)

    assert estimate_of(home, Role.COPAY_SPECIALIST) is None
    table.go_to_cell(4, table.column_of(ESTIMATED))
    press(table, Qt.Key.Key_Delete)
    assert estimate_of(home, Role.PRESCRIPTION) is None
    assert shown_column(page, ESTIMATED)[3:5] == ["", ""]


def test_undo_brings_the_estimate_back(home: Home, page: BudgetPage) -> None:
    type_estimate(page, 0, "1")
    home.context.undo()

    assert shown_column(page, ESTIMATED)[0] == "$300.00"
    home.context.redo()
    assert shown_column(page, ESTIMATED)[0] == "$1.00"


def test_an_estimate_the_disk_refused_is_given_back_to_the_cell(
    home: Home, page: BudgetPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def full(*_args: object) -> Changes:
        raise WorldProblem("The disk is full.", "Make room and try again.")

    monkeypatch.setattr(home.services.budget, "set_estimate", full)
    type_estimate(page, 0, "777")

    table = page.month_view.table
    qtbot.waitUntil(lambda: table.editing)
    assert editor_of(table).text() == "777"
    assert table.currentIndex().row() == 0
    assert home.problems == []
    press(editor_of(table), Qt.Key.Key_Escape)
    assert shown_column(page, ESTIMATED)[0] == "$300.00"


def test_a_change_elsewhere_leaves_the_open_cell_and_the_cursor(home: Home, page: BudgetPage) -> None:
    table = page.month_view.table
    click(table, 1, table.column_of(ESTIMATED))
    QTest.keyClicks(editor_of(table), "47")

    paid = home.pay(date(2026, 11, 20), 10_00, "Pharmacy", Role.PRESCRIPTION)
    assert paid
    page.mark_stale()

    assert editor_of(table).text() == "47"
    assert shown_column(page, ACTUAL)[4] == "$74.18"
    press(editor_of(table), Qt.Key.Key_Return)
    assert estimate_of(home, Role.PREMIUM) == 47_00


def test_a_line_added_elsewhere_waits_for_the_open_cell(home: Home, page: BudgetPage, qtbot: QtBot) -> None:
    table = page.month_view.table
    click(table, 0, table.column_of(ESTIMATED))
    QTest.keyClicks(editor_of(table), "3")
    home.services.budget.save_category(Category(name="Dental"))
    page.mark_stale()

    assert editor_of(table).text() == "3"
    press(editor_of(table), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Dental" in shown_column(page, "Category"))


def test_quick_typing_with_threads_loses_nothing(services: Services, qtbot: QtBot) -> None:
    home = move_in(services, runner=JobRunner())
    page = show_page(qtbot, home)
    qtbot.waitUntil(lambda: page.shown is not None)

    for row, text in enumerate(("301", "451", "51", "76", "101", "151", "101")):
        type_estimate(page, row, text)

    shown = ["$301.00", "$451.00", "$51.00", "$76.00", "$101.00", "$151.00", "$101.00", "$1,232.00"]
    assert shown_column(page, ESTIMATED) == shown  # before the ledger has answered
    qtbot.waitUntil(lambda: len(services.budget.lines(month(11))) == 7 and not home.context.jobs.busy)
    assert shown_column(page, ESTIMATED) == shown
    assert home.context.jobs.shut_down()


# payments behind an actual -----------------------------------------------------------------


def test_an_actual_opens_the_payments_behind_it(home: Home, page: BudgetPage) -> None:
    split = (
        Allocation(category_id=home.lines[Role.COPAY_DOCTOR], amount=20_00),
        Allocation(category_id=home.lines[Role.PRESCRIPTION], amount=10_00),
    )
    home.pay(date(2026, 11, 15), 30_00, "Clinic", allocations=split)
    page.mark_stale()

    open_actual(page, 2)

    dialog = dialog_in(page, PaymentsBehind)
    shown = [(row.line.payee, row.amount) for row in dialog.model.rows]
    assert shown == [("Dr. Rao", 125_00), ("Clinic", 20_00)]
    assert dialog.total.text() == "$145.00" == shown_column(page, ACTUAL)[2]
    dialog.save_button.click()
    assert home.shell.went == [
        (
            "spending",
            PaymentFilter(period=month(11), category_id=home.lines[Role.COPAY_DOCTOR]),
        )
    ]


def test_enter_on_the_total_lists_every_payment_once(home: Home, page: BudgetPage) -> None:
    table = page.month_view.table
    table.go_to_cell(7, table.column_of(ACTUAL))
    table.setFocus()
    press(table, Qt.Key.Key_Return)

    dialog = dialog_in(page, PaymentsBehind)
    assert len(dialog.model.rows) == 3
    assert dialog.total.text() == shown_column(page, ACTUAL)[7]
    dialog.reject()


def test_a_line_without_payments_opens_nothing(page: BudgetPage) -> None:
    open_actual(page, 1)

    assert page.findChild(PaymentsBehind) is None


def test_the_pointer_makes_an_actual_a_link(page: BudgetPage) -> None:
    table = page.month_view.table
    actual = table.column_of(ACTUAL)
    at = table.visualRect(table.model().index(0, actual)).center()
    QTest.mouseMove(table.viewport(), QPoint(at))
    QApplication.processEvents()

    assert table.hovered == (0, actual)
    assert table.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor


def test_refunds_move_between_the_month_of_the_expense_and_of_their_arrival(
    home: Home, page: BudgetPage
) -> None:
    bought = home.pay(date(2026, 10, 5), 80_00, "Pharmacy", Role.PRESCRIPTION)
    home.pay(date(2026, 11, 18), -30_00, "Pharmacy", Role.PRESCRIPTION, repays_id=bought)
    page.mark_stale()
    assert shown_column(page, ACTUAL)[4] == "$64.18"

    page.use_basis(Basis.CASH)

    assert shown_column(page, ACTUAL)[4] == "$34.18"
    page.use_basis(Basis.EXPENSE)
    page.show_month(date(2026, 10, 1))
    assert shown_column(page, ACTUAL)[4] == "$50.00"


# carried over --------------------------------------------------------------------------------


def test_carried_and_available_appear_only_where_a_line_carries(home: Home, page: BudgetPage) -> None:
    table = page.month_view.table
    assert table.column_of("Carried") == -1

    set_carry(home, Role.PRESCRIPTION, CarryOver.SURPLUS)
    page.mark_stale()

    assert shown_column(page, "Carried")[4] == "+$1,000.00"  # ten months in which nothing was paid
    assert shown_column(page, "Available")[4] == "$1,100.00"
    assert shown_column(page, "Carried")[0] == ""
    assert shown_column(page, DIFFERENCE)[4] == "$35.82 under"  # against the estimate alone
    set_carry(home, Role.PRESCRIPTION, CarryOver.NONE)
    page.mark_stale()
    assert table.column_of("Carried") == -1


# months --------------------------------------------------------------------------------------


def test_keys_and_buttons_go_from_month_to_month(page: BudgetPage) -> None:
    table = page.month_view.table
    table.setFocus()
    press(table, Qt.Key.Key_Left, CTRL)
    assert page.month == date(2026, 10, 1)
    page.bar.after.click()
    page.bar.after.click()
    page.bar.after.click()
    assert page.month == date(2027, 1, 1)
    assert page.bar.month.text() == "January 2027"
    assert shown_column(page, ESTIMATED)[0] == ""


def test_the_chooser_is_moved_by_arrows_and_enter_chooses(page: BudgetPage) -> None:
    page.bar.month.click()
    chooser = page.bar.chooser
    assert chooser is not None
    assert chooser.isVisible()

    QApplication.processEvents()
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Right):
        press(QApplication.focusWidget() or chooser, key)
    press(QApplication.focusWidget() or chooser, Qt.Key.Key_Return)

    assert page.month == date(2027, 9, 1)
    assert not chooser.isVisible()


def test_arriving_with_a_day_shows_its_month(page: BudgetPage) -> None:
    page.arrive(2026)
    assert page.bar.yearly
    page.arrive(date(2026, 4, 15))
    assert not page.bar.yearly
    assert page.month == date(2026, 4, 1)


# names and amounts that are too long ----------------------------------------------------------


def test_long_names_and_huge_amounts_end_in_an_ellipsis_and_are_told_in_full(
    home: Home, opened: Opened
) -> None:
    name = "Fisioterapia \U0001f9b5 \u05e9\u05dc\u05d5\u05dd " * 8
    rename(home, Role.COPAY_DOCTOR, name.strip()[:200])
    home.services.budget.set_estimate(home.lines[Role.COPAY_DOCTOR], NOVEMBER, 999_999_999_999)
    page = opened(size=(825, 700))

    table = page.month_view.table
    assert table.horizontalScrollBar().maximum() == 0
    assert shown_column(page, ESTIMATED)[2] == "$9,999,999,999.99"
    estimated = table.column_of(ESTIMATED)
    wide = table.fontMetrics().horizontalAdvance("$9,999,999,999.99")
    assert table.columnWidth(estimated) >= wide + 16


# the window's keys ---------------------------------------------------------------------------


def test_control_n_adds_an_expense(page: BudgetPage) -> None:
    page.primary_action()

    dialog_in(page, PaymentEditor).reject()


def test_control_p_shows_the_pages_that_would_be_printed(
    home: Home, page: BudgetPage, tmp_path: Path
) -> None:
    assert page.print_page()
    preview = dialog_in(page, PrintPreview)
    assert preview.windowTitle() == "Budget November 2026"
    preview.reject()
    page.arrive(2026)
    assert page.print_page()
    dialog_in(page, PrintPreview).reject()

    assert page.shown is not None
    document = month_document(page.shown)
    page.printing.write(document, tmp_path / "Budget 2026.pdf", "letter")
    assert (tmp_path / "Budget 2026.pdf").read_bytes().startswith(b"%PDF")
    assert home.shell.said == ["Saved Budget 2026.pdf, 1 page."]


def test_help_says_what_the_page_is_for() -> None:
    assert "expected to pay with what you paid" in BudgetPage.help_text


def month(number: int) -> Period:
    return month_period(date(2026, number, 1))
