"""Estimates read back from a workbook: shown first, taken as one change."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.coverage_kit import Desk, desk_over
from tracker.services.bundle import Services
from tracker.services.workbook import EstimateDifference, EstimateDifferences, ImportProblem
from ui.dialogs.workbook_differences import WorkbookDifferences

JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)


@pytest.fixture
def desk(services: Services) -> Desk:
    line = services.budget.categories()[0].id or 0
    services.budget.set_estimate(line, FEB, 50_00)
    return desk_over(services)


def differences(desk: Desk) -> tuple[EstimateDifference, ...]:
    first, second = desk.services.budget.categories()[:2]
    return (
        EstimateDifference(first.id or 0, first.name, JAN, None, 300_00),
        EstimateDifference(first.id or 0, first.name, FEB, 50_00, None),
        EstimateDifference(second.id or 0, second.name, FEB, None, 450_00),
    )


def shown(desk: Desk, qtbot: QtBot, found: EstimateDifferences) -> WorkbookDifferences:
    dialog = WorkbookDifferences(desk.context, None, found)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def estimates(desk: Desk) -> dict[tuple[int, date], int]:
    period = desk.services.reports.budget_year(2026).period
    return {(line.category_id, line.month): line.estimate for line in desk.services.budget.lines(period)}


def cells(dialog: WorkbookDifferences, row: int) -> list[str]:
    model = dialog.model
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_shows_now_and_then(desk: Desk, qtbot: QtBot) -> None:
    dialog = shown(desk, qtbot, EstimateDifferences(differences(desk)))
    name = "Concierge Membership Fee"
    assert cells(dialog, 0) == ["Yes", "Jan 2026", name, "none", "$300.00"]
    assert cells(dialog, 1) == ["Yes", "Feb 2026", name, "$50.00", "none"]
    assert dialog.summary.text() == (
        "3 of 3 estimates will be set. 1 of them will be removed: the cell is blank in the workbook."
    )
    dialog.reject()
    assert estimates(desk) == {(1, FEB): 50_00}


def test_what_stays_checked_is_taken_as_one_change(desk: Desk, qtbot: QtBot) -> None:
    dialog = shown(desk, qtbot, EstimateDifferences(differences(desk)))
    row = dialog.table.visualRect(dialog.model.index(2, 0)).center()
    qtbot.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert cells(dialog, 2)[0] == "No"
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert estimates(desk) == {(1, JAN): 300_00}
    assert desk.shell.said == ["Take 2 estimates from a workbook"]
    desk.context.undo()
    assert estimates(desk) == {(1, FEB): 50_00}


def test_space_and_the_link_check_and_uncheck(desk: Desk, qtbot: QtBot) -> None:
    dialog = shown(desk, qtbot, EstimateDifferences(differences(desk)))
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert [choice.taken for choice in dialog.model.rows] == [False, True, True]
    qtbot.mouseClick(dialog.all_link, Qt.MouseButton.LeftButton)
    assert all(choice.taken for choice in dialog.model.rows)
    assert dialog.all_link.text() == "Choose none"
    qtbot.mouseClick(dialog.all_link, Qt.MouseButton.LeftButton)
    assert dialog.taken() == []
    assert not dialog.save_button.isEnabled()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert [one.month for one in dialog.taken()] == [FEB]
    dialog.reject()


def test_control_enter_takes_them_from_the_list(desk: Desk, qtbot: QtBot) -> None:
    dialog = shown(desk, qtbot, EstimateDifferences(differences(desk)))
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.isVisible()
    assert len(estimates(desk)) == 2


def test_problems_are_listed_and_nothing_can_be_taken(desk: Desk, qtbot: QtBot) -> None:
    problems = tuple(ImportProblem(f"Jan 2026, row {n}", "It is a date.") for n in range(60))
    dialog = shown(desk, qtbot, EstimateDifferences((), problems))
    assert dialog.problems[1].text() == "Jan 2026, row 0: It is a date."
    assert dialog.problems[-1].text() == "And 20 more."
    assert not dialog.save_button.isVisible()
    assert dialog.cancel_button.text() == "Close"
    dialog.reject()


def test_a_budget_that_changed_meanwhile_is_said_and_nothing_is_lost(desk: Desk, qtbot: QtBot) -> None:
    dialog = shown(desk, qtbot, EstimateDifferences(differences(desk)))
    desk.services.budget.set_estimate(1, FEB, 70_00)
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert dialog.save_button.isEnabled()
    assert estimates(desk) == {(1, FEB): 70_00}
    dialog.reject()


def test_the_current_row_stays_in_sight(desk: Desk, qtbot: QtBot) -> None:
    line = desk.services.budget.categories()[0]
    many = tuple(
        EstimateDifference(line.id or 0, line.name, date(2020 + n // 12, 1 + n % 12, 1), None, n)
        for n in range(80)
    )
    dialog = shown(desk, qtbot, EstimateDifferences(many))
    qtbot.keyClick(dialog.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    row = dialog.table.visualRect(dialog.table.currentIndex())
    assert dialog.table.currentIndex().row() == 79
    assert dialog.table.viewport().visibleRegion().contains(row.center())
    dialog.reject()
