"""Pasting rows from a spreadsheet: the preview, and one change."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.spending_home import Home, move_in
from tracker.errors import UserProblem
from tracker.exports.payment_rows import payment_rows
from tracker.facts import Role
from tracker.services.bundle import Services
from ui.pages.spending import SpendingPage
from ui.pages.spending_paste import PasteDialog

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def home(qtbot: QtBot, services: Services) -> Home:
    return move_in(services)


@pytest.fixture
def page(qtbot: QtBot, home: Home) -> SpendingPage:
    made = SpendingPage(home.context)
    home.context.bus.committed.connect(made.on_committed)
    qtbot.addWidget(made)
    made.resize(1120, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def paste(qtbot: QtBot, page: SpendingPage, text: str) -> PasteDialog:
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(page.table if page.table.isVisible() else page, Qt.Key.Key_V, CTRL)
    (dialog,) = page.findChildren(PasteDialog)
    return dialog


def states(dialog: PasteDialog) -> list[str]:
    return [row.state for row in dialog.rows.rows_model.rows]


def test_rows_are_shown_first_and_added_as_one_change(qtbot: QtBot, home: Home, page: SpendingPage) -> None:
    dialog = paste(
        qtbot,
        page,
        "Date\tPayee\tAmount\tCategory\tNote\n"
        "11/12/2026\tQuest Labs\t$41.12\tDeductible Contribution (if applicable)\tLipids\n"
        "11/14/2026\tElm Pharmacy\t12.00\tGifts\t\n"
        "2026-02-30\tSomebody\t5\t\t\n",
    )
    assert home.all() == []
    assert dialog.sentence.text() == "2 payments to add, $53.12 in all."
    assert states(dialog) == ["New payee", "No budget line is called “Gifts”; left empty."]
    assert dialog.unread_title.text() == "1 row could not be read and will be left out"
    (unread,) = dialog.unread.rows_model.rows
    assert (unread.row, unread.reason) == (4, "2026-02-30 is not a day of the calendar.")
    assert dialog.save_button.text() == "Add 2 payments"
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "2026-02-30\tSomebody\t5\t\t"

    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert [(made.paid_on.day, made.amount) for made in home.all()] == [(14, 1200), (12, 4112)]
    assert home.all()[1].allocations[0].category_id == home.lines[Role.DEDUCTIBLE]
    assert page.model.rowCount() == 2
    assert home.shell.said == ["Paste 2 payments"]
    assert home.shell.undo is not None
    home.shell.undo()
    assert home.all() == []
    assert home.services.people.providers() == []


def test_what_is_there_already_is_left_out_unless_wanted(
    qtbot: QtBot, home: Home, page: SpendingPage
) -> None:
    home.pay(date(2026, 11, 12), 4112, "Quest Labs")
    page.reload()
    text = "2026-11-12\tquest labs\t41.12\n2026-11-13\tQuest Labs\t41.12\n"
    dialog = paste(qtbot, page, text)
    assert states(dialog) == ["Already there", ""]
    assert dialog.sentence.text() == (
        "1 payment to add, $41.12 in all. 1 row is already there and left out."
    )
    dialog.again.setFocus()
    qtbot.keyClick(dialog.again, Qt.Key.Key_Space)
    assert dialog.save_button.text() == "Add 2 payments"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert len(home.all()) == 3
    assert len(home.services.people.providers()) == 1


def test_a_banks_signs_can_be_turned(qtbot: QtBot, home: Home, page: SpendingPage) -> None:
    dialog = paste(qtbot, page, "11/1\tElm\t-5.00\n11/2\tElm\t-6.00\n11/3\tElm\t1.00\n")
    assert dialog.turn.isChecked()
    assert [row.item.payment.amount for row in dialog.rows.rows_model.rows] == [500, 600, -100]
    dialog.turn.setFocus()
    qtbot.keyClick(dialog.turn, Qt.Key.Key_Space)
    assert [row.item.payment.amount for row in dialog.rows.rows_model.rows] == [-500, -600, 100]
    dialog.reject()
    assert home.all() == []


def test_nothing_readable_is_said(qtbot: QtBot, home: Home, page: SpendingPage) -> None:
    page.actions_.paste("hello")
    (problem,) = home.problems
    assert isinstance(problem, UserProblem)
    assert problem.what == "No column of dates was found in what you pasted."
    dialog = paste(qtbot, page, "Date\tAmount\nnever\t5\n")
    assert dialog.sentence.text() == "None of the rows could be read."
    assert not dialog.save_button.isEnabled()
    dialog.reject()


def test_rows_copied_here_come_back_as_the_same_payments(
    qtbot: QtBot, home: Home, page: SpendingPage
) -> None:
    home.pay(date(2026, 11, 12), 4112, "=Quest", Role.DEDUCTIBLE, note="+1", person_id=home.people[1])
    home.pay(date(2026, 11, 13), -1000, "Elm 😀", Role.PRESCRIPTION, account_id=home.hsa)
    page.reload()
    before = home.all()
    payments = home.services.payments
    text = payment_rows(payments.lines([found.id or 0 for found in before]))
    payments.remove([found.id or 0 for found in before])
    dialog = paste(qtbot, page, text)
    assert not dialog.turn.isChecked()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    after = home.all()

    def told(found: list) -> list[tuple]:
        return [
            (one.paid_on, one.amount, one.note, one.person_id, one.account_id, one.allocations)
            for one in found
        ]

    assert told(after) == told(before)
    assert [home.payee_of(made) for made in after] == ["Elm 😀", "=Quest"]
