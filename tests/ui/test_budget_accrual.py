"""The accrual view of the Budget page, driven as a person drives it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.budget_home import cell_text, click, dialog_in, plan_year, show_page, shown_column
from tests.ui.spending_home import Home, move_in
from tests.ui.test_printing_pages import words
from tracker.facts import Frequency, Membership, Recurring, Role
from tracker.services.accrual import accrual_month
from tracker.services.bundle import Services
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.sentences_why import SentencesWhy
from ui.models.budget_month import ACTUAL
from ui.models.budget_year import YearView
from ui.pages.budget import BudgetPage
from ui.pages.budget_bar import ACCRUAL, CASH
from ui.pages.budget_behind import AccrualBehind
from ui.printing.budget_document import month_document, year_document
from ui.window_state import WindowState

LINE, TOTAL_BY_CASH, AHEAD = 8, 9, 10


@pytest.fixture
def home(services: Services) -> Home:
    home = move_in(services)
    fee = Recurring(
        label="Annual fee",
        amount=3_600_00,
        frequency=Frequency.ANNUAL,
        first_due=date(2026, 1, 15),
        category_id=home.lines[Role.MEMBERSHIP],
    )
    services.agreements.save_membership(
        Membership(practice_id=0, begins_on=date(2026, 1, 15), fees=(fee,)), practice="Oak Practice"
    )
    (held,) = services.agreements.memberships()
    home.pay(
        date(2026, 1, 15),
        3_600_00,
        "Oak Practice",
        Role.MEMBERSHIP,
        recurring_id=held.fees[0].id,
        due_on=date(2026, 1, 15),
    )
    visit = home.pay(date(2026, 10, 3), 80_00, "Dr. Rao", Role.COPAY_DOCTOR)
    home.pay(date(2026, 11, 9), -30_00, "Dr. Rao", Role.COPAY_DOCTOR, repays_id=visit)
    plan_year(home)
    return home


@pytest.fixture
def page(qtbot: QtBot, home: Home) -> BudgetPage:
    page = show_page(qtbot, home)
    with qtbot.waitActive(page):
        page.activateWindow()
    choose_by_key(page)
    return page


def choose_by_key(page: BudgetPage, key: Qt.Key = Qt.Key.Key_Right) -> None:
    """Move the choice between cash and accrual with the arrow keys."""
    chosen = page.bar.counting._group.checkedButton()
    chosen.setFocus()
    QTest.keyClick(chosen, key)
    QApplication.processEvents()


def test_arrow_keys_choose_and_the_subtitle_says_which_view_it_is(page: BudgetPage) -> None:
    assert page.bar.counting.key() == ACCRUAL
    assert page._header._subtitle.text() == ("November 2026, accrual view: fees in the months they pay for")
    choose_by_key(page, Qt.Key.Key_Left)
    assert page.bar.counting.key() == CASH
    assert page._header._subtitle.text() == "November 2026, cash view"


def test_the_rows_below_the_total_lead_back_to_cash(page: BudgetPage) -> None:
    names, actuals = shown_column(page, "Category"), shown_column(page, ACTUAL)

    assert actuals[0] == "$300.00"
    assert actuals[7] == "$300.00"
    assert names[LINE:] == [
        "Paid ahead or owed (cash less accrual)",
        "Total by cash",
        "Paid ahead so far (a minus is owed)",
    ]
    assert actuals[LINE:] == ["-$330.00", "-$30.00", "$300.00"]
    page.show_month(date(2026, 12, 1))
    assert shown_column(page, ACTUAL)[LINE:] == ["-$300.00", "$0.00", "$0.00"]


def test_in_the_cash_view_there_is_nothing_below_the_total(page: BudgetPage) -> None:
    choose_by_key(page, Qt.Key.Key_Left)

    assert len(shown_column(page, ACTUAL)) == 8
    assert shown_column(page, ACTUAL)[0] == ""


def test_the_line_opens_to_its_reasons(page: BudgetPage) -> None:
    table = page.month_view.table
    table.go_to_cell(LINE, table.column_of(ACTUAL))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)

    why = dialog_in(page, SentencesWhy)
    assert "-$30.00 less $300.00 is -$330.00." in why.text
    assert "Annual fee: $300.00 belongs here and moved in January 2026." in why.text
    assert "Refund, Dr. Rao: -$30.00 moved, all of it for other months." in why.text
    assert "By the end of November 2026 $300.00 is paid ahead, or on its way back to you." in why.text
    why.copy()
    assert "twelfths" in QApplication.clipboard().text()
    why.reject()


def test_an_actual_opens_the_payments_with_their_share(page: BudgetPage) -> None:
    table = page.month_view.table
    click(table, 0, table.column_of(ACTUAL))

    behind = dialog_in(page, AccrualBehind)
    assert [cell_text(behind.table, 0, place) for place in (0, 1, 3)] == [  # type: ignore[arg-type]
        "Jan 15, 2026",
        "Oak Practice",
        "$300.00",
    ]
    assert behind.total.text() == "$300.00"
    assert "part of $3,600.00" in cell_text(behind.table, 0, 2)  # type: ignore[arg-type]
    behind.reject()


def test_the_year_has_the_line_too_and_it_ends_at_zero(page: BudgetPage) -> None:
    page.arrive(2026)
    table = page.year_view.table
    row = [cell_text(table, LINE, place) for place in range(13)]

    assert row[:2] == ["3,300", "-300"]
    assert row[9:] == ["-270", "-330", "-300", "0"]
    assert [cell_text(table, AHEAD, place) for place in (0, 11, 12)] == ["3,300", "0", "0"]
    assert page.year_view.table.model().rowCount() == 11
    page.year_view.views.choose(YearView.ESTIMATED.value)
    page.year_view._on_view_changed()
    assert page.year_view.table.model().rowCount() == 8
    page.year_view.views.choose(YearView.ACTUAL.value)
    page.year_view._on_view_changed()

    click(table, LINE, 12)

    why = dialog_in(page, SentencesWhy)
    assert "the difference is $0.00." in why.text
    why.reject()


def test_in_the_accrual_view_there_is_no_choice_about_refunds(page: BudgetPage) -> None:
    assert not any(entry.text().startswith("Refunds") for entry in page.more_menu().actions())
    choose_by_key(page, Qt.Key.Key_Left)
    assert sum(entry.text().startswith("Refunds") for entry in page.more_menu().actions()) == 2


def test_the_export_says_that_it_is_in_the_cash_view(page: BudgetPage) -> None:
    assert "cash view" in page.bar.export.toolTip()


def test_paper_says_which_view_it_is_and_why(home: Home, page: BudgetPage, tmp_path: Path) -> None:
    shown = accrual_month(home.services, date(2026, 11, 1))

    for document in (month_document(shown), year_document(shown.year, YearView.ACTUAL)):
        (text, *_rest) = words(document, tmp_path)
        assert "Accrual view: fees in the months they pay for" in text
        assert "Paid ahead or owed (cash less accrual)" in text
        assert "Refund, Dr. Rao: -$30.00 moved, all of it for other months." in " ".join((text, *_rest))
    cash = words(month_document(home.services.reports.budget_month(date(2026, 11, 1))), tmp_path)
    assert "Cash view" in cash[0]
    assert page.print_page()
    dialog_in(page, PrintPreview).reject()


def test_the_choice_comes_back_at_the_next_start(qtbot: QtBot, services: Services, tmp_path: Path) -> None:
    home = move_in(services, state=WindowState(tmp_path / "state.ini"))
    first = show_page(qtbot, home)
    with qtbot.waitActive(first):
        first.activateWindow()
    choose_by_key(first)

    assert show_page(qtbot, home).bar.accrual
