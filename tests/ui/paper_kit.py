"""What the tests of the forms for visits, EOBs and bills share: typing as a person does, keys counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.coverage_kit import Desk
from tracker.facts import Bill, Statement

Form = TypeVar("Form", bound=QDialog)
TAB, ENTER, SPACE = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Space


def show(qtbot: QtBot, desk: Desk, form: Form) -> Form:
    """Open a form as the active window; the desk keeps it until the test is over."""
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    desk.kept.append(form)
    if form.parent() is None:
        qtbot.addWidget(form)
    form.open()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


@dataclass
class Hand:
    """Presses keys where the cursor is, and counts them."""

    qtbot: QtBot
    keys: int = 0

    def type(self, *parts: str | Qt.Key) -> None:
        """Texts are typed sign by sign; keys are pressed."""
        for part in parts:
            if isinstance(part, str):
                for sign in part:
                    self.qtbot.keyClicks(self._where(), sign)
                    self.keys += 1
            else:
                self.qtbot.keyClick(self._where(), part)
                self.keys += 1

    @staticmethod
    def _where() -> QWidget:
        # A list of completions takes the keys first, as it does from a real keyboard.
        where = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert where is not None
        return where


def retype(qtbot: QtBot, edit: QLineEdit, text: str) -> None:
    """Replace what a field says; a list of completions closes, as it does when one goes on."""
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.hide()


def press_save(qtbot: QtBot, form: QDialog) -> None:
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]


def bill(
    desk: Desk,
    person_id: int,
    day: date,
    provider: str,
    *asked: tuple[date, int],
    **values: object,
) -> Bill:
    """Add a bill with a statement for each day and amount, and give it back as stored."""
    statements = tuple(Statement(stated_on=stated, amount=amount) for stated, amount in asked)
    given: dict[str, object] = {
        "person_id": person_id,
        "provider_id": 0,
        "service_from": day,
        "statements": statements,
    }
    made = desk.services.care.save_bill(Bill(**(given | values)), provider=provider)  # type: ignore[arg-type]
    return desk.services.care.bill(made.new_id or 0)
