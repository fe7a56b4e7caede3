"""Filling the budget: copying, taking estimates, the template, its lines, and the workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.budget_home import (
    NOVEMBER,
    dialog_in,
    estimate_of,
    plan_year,
    press,
    show_page,
    shown_column,
)
from tests.ui.spending_home import Home, move_in
from tracker.facts import CarryOver, Frequency, Recurring, Role
from tracker.services.bundle import Services
from ui.dialogs.budget_line_editor import LineEditor, LineList, moved
from ui.dialogs.fill_year import FillYear
from ui.dialogs.take_estimates import TakeEstimates
from ui.models.budget_month import ESTIMATED
from ui.pages.budget import BudgetPage

DECEMBER, OCTOBER = date(2026, 12, 1), date(2026, 10, 1)
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def home(services: Services) -> Home:
    return move_in(services)


@pytest.fixture
def page(qtbot: QtBot, home: Home) -> BudgetPage:
    """A page with nothing planned yet."""
    return show_page(qtbot, home)


def entries(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def choose(menu: QMenu, *path: str) -> None:
    """Trigger an entry, through submenus where the path has more than one word."""
    for word in path[:-1]:
        found = next(action for action in menu.actions() if action.text() == word)
        menu = found.menu()  # type: ignore[assignment]
    next(action for action in menu.actions() if action.text() == path[-1]).trigger()


# nothing planned yet -------------------------------------------------------------------------


def test_with_nothing_planned_the_page_offers_two_ways_to_begin(home: Home, page: BudgetPage) -> None:
    view = page.month_view
    assert view.start.isVisible()
    assert not view.below.isVisible()
    assert shown_column(page, "Category")[0] == "Concierge Membership Fee"

    view.start.template_button.click()

    assert shown_column(page, ESTIMATED) == [
        "$300.00",
        "$450.00",
        "$50.00",
        "$75.00",
        "$100.00",
        "$150.00",
        "$100.00",
        "$1,225.00",
    ]
    assert estimate_of(home, Role.MEMBERSHIP, DECEMBER) == 300_00
    assert estimate_of(home, Role.MEMBERSHIP, OCTOBER) is None
    assert not view.start.isVisible()
    assert home.shell.said == ["Set the template amounts, November to December 2026"]
    home.context.undo()
    assert view.start.isVisible()


def test_taking_estimates_without_an_agreement_says_where_to_add_one(home: Home, page: BudgetPage) -> None:
    page.month_view.start.take_button.click()

    dialog = dialog_in(page, TakeEstimates)
    assert "Add a membership or a plan first." in dialog.preview.text()
    assert not dialog.save_button.isEnabled()
    dialog.link.click()
    assert home.shell.went == [("membership", None)]


# copying and filling -------------------------------------------------------------------------


def test_copying_last_month_can_be_undone(home: Home, page: BudgetPage) -> None:
    plan_year(home, first=OCTOBER, months=1)
    page.mark_stale()

    page.bar.copy.click()

    assert shown_column(page, ESTIMATED)[-1] == "$1,225.00"
    assert home.shell.said == ["Copy October 2026 to November 2026"]
    home.context.undo()
    assert estimate_of(home, Role.PREMIUM) is None


def test_copying_an_empty_month_says_so(home: Home, page: BudgetPage) -> None:
    page.bar.copy.click()

    assert home.shell.said == ["October 2026 has no estimates to copy. Fill that month first."]


def test_the_rest_of_the_year_is_filled_and_what_is_there_can_be_kept(home: Home, page: BudgetPage) -> None:
    plan_year(home, first=NOVEMBER, months=1)
    home.services.budget.set_estimate(home.lines[Role.PREMIUM], DECEMBER, 999_00)
    page.mark_stale()
    page.bar.fill.click()
    dialog = dialog_in(page, FillYear)
    assert dialog.preview.text() == (
        "7 estimates in 1 month will be set. 1 of them replaces another amount."
    )

    dialog.keep.setChecked(True)
    assert dialog.preview.text() == "6 estimates in 1 month will be set."
    dialog.save_button.click()

    assert estimate_of(home, Role.PREMIUM, DECEMBER) == 999_00
    assert estimate_of(home, Role.MEMBERSHIP, DECEMBER) == 300_00


def test_the_whole_year_is_filled_from_one_month(home: Home, page: BudgetPage) -> None:
    plan_year(home, first=NOVEMBER, months=1)
    page.mark_stale()
    page.bar.fill.click()
    dialog = dialog_in(page, FillYear)

    dialog.months.choose("all")
    dialog.save_button.click()

    assert not dialog.isVisible()
    assert page.shown is not None
    assert page.shown.year.total.estimated == 12 * 1_225_00
    home.context.undo()
    assert page.shown.year.total.estimated == 1_225_00


# estimates from agreements ---------------------------------------------------------------------


@pytest.fixture
def agreed(home: Home) -> None:
    """A fee of 1,000.00 a year due in March, and a premium of 450.00 a month."""
    for label, amount, frequency, role, day in (
        ("Fee", 1_000_00, Frequency.ANNUAL, Role.MEMBERSHIP, date(2026, 3, 5)),
        ("Premium", 450_00, Frequency.MONTHLY, Role.PREMIUM, date(2026, 1, 1)),
    ):
        home.services.recurring.save(
            Recurring(
                label=label,
                amount=amount,
                frequency=frequency,
                first_due=day,
                category_id=home.lines[role],
            )
        )


@pytest.mark.usefixtures("agreed")
def test_estimates_are_taken_as_they_are_due_after_a_preview(home: Home, page: BudgetPage) -> None:
    page.bar.take.click()
    dialog = dialog_in(page, TakeEstimates)
    dialog.months.choose("all")
    dialog.months.edited.emit()

    shown = {(row.category.role, row.month.month): row.then for row in dialog.proposals()}
    assert shown[Role.MEMBERSHIP, 3] == 1_000_00
    assert shown[Role.MEMBERSHIP, 4] == 0
    assert shown[Role.PREMIUM, 12] == 450_00
    assert dialog.preview.text() == "24 estimates will be set, $6,400.00 in all."
    dialog.save_button.click()

    assert estimate_of(home, Role.MEMBERSHIP, date(2026, 3, 1)) == 1_000_00
    assert estimate_of(home, Role.PRESCRIPTION, date(2026, 3, 1)) is None
    assert home.shell.said == ["Take estimates for 12 months"]


@pytest.mark.usefixtures("agreed")
def test_twelfths_add_up_to_the_fee(home: Home, page: BudgetPage) -> None:
    page.bar.take.click()
    dialog = dialog_in(page, TakeEstimates)
    dialog.spread.choose("twelfths")
    dialog.spread.edited.emit()

    fees = [row.then for row in dialog.proposals() if row.category.role is Role.MEMBERSHIP]
    assert fees == [83_33, 83_33]  # the four larger shares went to March to June
    dialog.save_button.click()
    assert estimate_of(home, Role.MEMBERSHIP) == 83_33


@pytest.mark.usefixtures("agreed")
def test_estimates_that_are_there_already_change_nothing(home: Home, page: BudgetPage) -> None:
    page.bar.take.click()
    dialog_in(page, TakeEstimates).save_button.click()
    page.bar.take.click()

    dialog = dialog_in(page, TakeEstimates)
    assert not dialog.save_button.isEnabled()
    assert "Nothing would change" in dialog.preview.text()
    dialog.reject()


# lines -------------------------------------------------------------------------------------------


def test_a_line_is_moved_by_keys_and_hidden_by_its_menu(home: Home, page: BudgetPage) -> None:
    table = page.month_view.table
    table.go_to_cell(1, 0)
    table.setFocus()
    press(table, Qt.Key.Key_Up, ALT)

    assert shown_column(page, "Category")[:2] == ["Health Insurance Premium", "Concierge Membership Fee"]
    assert table.current_row().name == "Health Insurance Premium"  # the cursor goes with the line
    line = page.month_view.model.rows[2]
    menu = page.line_menu(line)
    choose(menu, "Hide")
    assert "Estimated Co-pays (Doctor Visits)" not in shown_column(page, "Category")
    home.context.undo()
    assert "Estimated Co-pays (Doctor Visits)" in shown_column(page, "Category")


def test_moving_passes_hidden_lines(home: Home) -> None:
    lines = home.services.budget.categories()
    from dataclasses import replace

    lines[1] = replace(lines[1], hidden=True)

    assert moved(lines, 1, 1, hidden_too=False)[:4] == [2, 3, 1, 4]
    assert moved(lines, 1, 1, hidden_too=True)[:3] == [2, 1, 3]
    assert moved(lines, 1, -1, hidden_too=False) == [line.id for line in lines]


def test_the_menu_sets_what_goes_on_to_the_next_month(home: Home, page: BudgetPage) -> None:
    line = page.month_view.model.rows[0]
    choose(page.line_menu(line), "Goes on to the next month", "What is left over")

    assert home.services.budget.categories()[0].carry_over is CarryOver.SURPLUS
    assert page.month_view.table.column_of("Carried") > 0


def test_a_menu_leaves_out_what_makes_no_sense(page: BudgetPage) -> None:
    total = page.month_view.model.rows[-1]

    assert entries(page.line_menu(total)) == ["Add line\u2026", "Edit lines\u2026"]
    assert "Show payments" not in entries(page.line_menu(page.month_view.model.rows[0]))


def test_a_line_is_added_and_a_name_used_twice_is_refused_beside_the_field(
    home: Home, page: BudgetPage
) -> None:
    page.bar.lines.click()
    lines = dialog_in(page, LineList)
    lines.add_line.click()
    editor = dialog_in(page, LineEditor)
    editor.name.setText("Health insurance premium")
    editor.save_button.click()
    assert editor.form.field("name").complaint() == (
        "There is already a line called Health insurance premium. Choose another name."
    )
    editor.name.setText("Dental")
    editor.save_button.click()

    assert not editor.isVisible()
    assert [row.name for row in lines.model.rows][-1] == "Dental"
    assert shown_column(page, "Category")[-2] == "Dental"
    lines.save_button.click()


def test_the_list_of_lines_moves_hides_and_removes(home: Home, page: BudgetPage) -> None:
    home.pay(date(2026, 11, 2), 5_00, "Pharmacy", Role.PRESCRIPTION)
    page.bar.lines.click()
    lines = dialog_in(page, LineList)
    lines.table.select_key(home.lines[Role.PRESCRIPTION])
    press(lines.table, Qt.Key.Key_Down, ALT)
    assert [row.role for row in lines.model.rows][4:6] == [Role.DEDUCTIBLE, Role.PRESCRIPTION]

    lines.remove.click()
    assert lines.form.isVisible()
    assert len(lines.model.rows) == 7  # payments belong to it, so it stays
    press(lines.table, Qt.Key.Key_Delete)
    assert lines.model.rows[5].hidden
    assert lines.hide_line.text() == "Show"
    lines.save_button.click()
    assert "Estimated Prescription Costs" in shown_column(page, "Category")  # still used this month


# workbook ----------------------------------------------------------------------------------------


def test_the_workbook_is_exported_and_its_edits_are_read_back(
    home: Home, page: BudgetPage, tmp_path: Path
) -> None:
    plan_year(home)
    page.mark_stale()
    page.bar.export.click()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).name == "Budget 2026.xlsx"
    path = tmp_path / "Budget 2026.xlsx"
    dialog.fileSelected.emit(str(path))
    dialog.reject()

    assert path.is_file()
    assert home.shell.said == ["Exported to Budget 2026.xlsx, in the cash view."]
    assert home.problems == []


def test_a_folder_that_cannot_be_written_is_a_problem_in_words(
    home: Home, page: BudgetPage, tmp_path: Path
) -> None:
    plan_year(home)
    page.mark_stale()
    page.bar.export.click()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "nowhere" / "Budget.xlsx"))
    dialog.reject()

    assert len(home.problems) == 1
    assert home.shell.said == []
