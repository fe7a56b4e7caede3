"""Fields: what people type is read, kept and explained; what the program shows is silent."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tracker.errors import UserProblem
from ui.theme import Theme
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.note_edit import NoteEdit

TODAY = date(2026, 11, 22)
PROVIDERS = [(7, "Harbor Imaging"), (9, "Harbor Concierge Medicine"), (12, "Quest Labs")]


def shown(qtbot: QtBot, field: QWidget) -> QLineEdit:
    """Put the field in a window with another to go to, and give it the focus."""
    window = QWidget()
    rows = QVBoxLayout(window)
    other = QLineEdit()
    rows.addWidget(field)
    rows.addWidget(other)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    field._window = window  # type: ignore[attr-defined] # kept alive with the field
    return other


def test_an_amount_is_tidied_when_left_and_the_sum_is_kept(qtbot: QtBot) -> None:
    field = MoneyEdit()
    other = shown(qtbot, field)
    qtbot.keyClicks(field, "12.5+7.25")
    assert field.text() == "12.5+7.25"
    other.setFocus()
    assert field.text() == "19.75"
    assert field.toolTip() == "12.5+7.25 = 19.75"
    assert field.cents() == 1975


@pytest.mark.parametrize(
    ("typed", "cents", "tidy"),
    [("1,225", 122500, "1,225.00"), ("$1,225.00", 122500, "1,225.00"), ("(12.50)", -1250, "-12.50")],
)
def test_amounts_as_people_type_them(qtbot: QtBot, typed: str, cents: int, tidy: str) -> None:
    field = MoneyEdit()
    shown(qtbot, field)
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (field.cents(), field.text(), field.toolTip()) == (cents, tidy, "")


def test_an_unreadable_amount_stays_and_says_why(qtbot: QtBot) -> None:
    field = MoneyEdit()
    said: list[str] = []
    field.complained.connect(said.append)
    other = shown(qtbot, field)
    qtbot.keyClicks(field, "12,5x")
    other.setFocus()
    assert field.text() == "12,5x"
    assert field.invalid
    assert "not an amount" in said[-1]
    assert field.accessibleDescription() == said[-1]
    with pytest.raises(UserProblem):
        field.cents()
    with pytest.raises(UserProblem):
        field.cents_or_none()
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert not field.invalid
    assert said[-1] == ""


def test_an_amount_shown_by_the_program_is_silent(qtbot: QtBot) -> None:
    field = MoneyEdit()
    qtbot.addWidget(field)
    with qtbot.assertNotEmitted(field.edited):
        field.set_cents(122500)
    assert field.text() == "1,225.00"
    with qtbot.waitSignal(field.edited):
        qtbot.keyClicks(field, "0")
    field.set_cents(None)
    assert field.cents_or_none() is None
    with pytest.raises(UserProblem):
        field.cents()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("11/3", date(2026, 11, 3)),
        ("2026-02-01", date(2026, 2, 1)),
        ("today", TODAY),
        ("Jan 5", date(2027, 1, 5)),
    ],
)
def test_days_as_people_type_them(qtbot: QtBot, typed: str, day: date) -> None:
    field = DayEdit(TODAY)
    other = shown(qtbot, field)
    qtbot.keyClicks(field, typed)
    other.setFocus()
    assert field.day() == day
    assert field.text().endswith(str(day.year))


def test_arrow_keys_change_the_day_and_page_keys_the_month(qtbot: QtBot) -> None:
    field = DayEdit(TODAY)
    shown(qtbot, field)
    with qtbot.waitSignal(field.edited):
        qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.day() == TODAY
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.day() == date(2026, 11, 23)
    qtbot.keyClick(field, Qt.Key.Key_PageDown)
    assert field.day() == date(2026, 10, 23)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.day() == date(2026, 10, 22)


def test_a_day_that_does_not_exist_stays_and_says_why(qtbot: QtBot) -> None:
    field = DayEdit(TODAY)
    other = shown(qtbot, field)
    qtbot.keyClicks(field, "2/30")
    other.setFocus()
    assert (field.text(), field.invalid) == ("2/30", True)
    with pytest.raises(UserProblem):
        field.day_or_none()


def test_the_icon_of_a_day_grows_with_the_text_and_opens_the_month(qtbot: QtBot, look: Theme) -> None:
    field = DayEdit(TODAY)
    shown(qtbot, field)
    side = field.pick_button.width()
    look.apply("light", 200)
    assert field.pick_button.width() == 2 * side
    assert field.rect().contains(field.pick_button.geometry())
    look.apply("light", 100)
    assert field.pick_button.width() == side
    qtbot.mouseClick(field.pick_button, Qt.MouseButton.LeftButton)
    (month,) = field.findChildren(QCalendarWidget)
    assert month.isVisible()
    month.window().close()


def test_a_day_can_be_picked(qtbot: QtBot) -> None:
    field = DayEdit(TODAY)
    shown(qtbot, field)
    field.set_day(date(2026, 3, 1))
    qtbot.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = QApplication.activePopupWidget()
    assert calendar is not None
    with qtbot.waitSignal(field.edited):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert field.day() == date(2026, 3, 2)
    assert not calendar.isVisible()


def test_a_choice_is_found_by_any_part_of_its_name(qtbot: QtBot) -> None:
    field = ChoiceEdit(PROVIDERS)
    other = shown(qtbot, field)
    qtbot.keyClicks(field.lineEdit(), "concierge")
    popup = field.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert field.text() == "Harbor Concierge Medicine"
    assert field.chosen_id() == 9
    other.setFocus()
    assert field.chosen_id() == 9


def test_a_name_in_any_case_is_the_name(qtbot: QtBot) -> None:
    field = ChoiceEdit(PROVIDERS)
    other = shown(qtbot, field)
    qtbot.keyClicks(field.lineEdit(), "quest labs")
    field.completer().popup().hide()
    other.setFocus()
    assert (field.text(), field.chosen_id()) == ("Quest Labs", 12)


def test_a_name_that_is_not_in_the_list_is_refused_unless_new_ones_are_allowed(qtbot: QtBot) -> None:
    field = ChoiceEdit(PROVIDERS)
    qtbot.addWidget(field)
    field.set_text("Nobody")
    with pytest.raises(UserProblem, match="not in the list"):
        field.chosen_id()
    free = ChoiceEdit(PROVIDERS, allow_new=True)
    qtbot.addWidget(free)
    free.set_text("Mobile PT")
    assert (free.chosen_id(), free.text()) == (None, "Mobile PT")


def test_two_of_one_name_are_told_apart(qtbot: QtBot) -> None:
    field = ChoiceEdit([(1, "Sam"), (2, "Sam")])
    qtbot.addWidget(field)
    field.choose(2)
    assert field.chosen_id() == 2
    field.set_items([(2, "Sam"), (3, "Ada")])
    assert field.chosen_id() == 2


def test_a_choice_shown_by_the_program_is_silent(qtbot: QtBot) -> None:
    field = ChoiceEdit(PROVIDERS)
    qtbot.addWidget(field)
    with qtbot.assertNotEmitted(field.edited):
        field.choose(12)
        field.set_items(PROVIDERS[::-1])
        field.set_text("Quest Labs")
    assert field.chosen_id() == 12
    field.choose(None)
    assert (field.chosen_id(), field.text()) == (None, "")


@pytest.mark.parametrize(
    "make", [lambda: ChoiceEdit(PROVIDERS), lambda: OptionEdit([("a", "A"), ("b", "B")])]
)
def test_the_wheel_changes_nothing(qtbot: QtBot, make: type[ChoiceEdit]) -> None:
    field = make()
    shown(qtbot, field)
    before = field.currentText()
    turned = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, turned)
    assert field.currentText() == before
    assert not turned.isAccepted()


def test_an_option_is_its_key(qtbot: QtBot) -> None:
    field = OptionEdit([("in", "In network"), ("out", "Out of network")])
    shown(qtbot, field)
    assert field.key() == "in"
    with qtbot.assertNotEmitted(field.edited):
        field.choose("out")
    with qtbot.waitSignal(field.edited):
        qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.key() == "in"
    field.choose("out")
    field.set_options([("out", "Out"), ("other", "Other")])
    assert field.key() == "out"


def test_a_note_is_silent_when_shown_and_left_by_tab(qtbot: QtBot) -> None:
    field = NoteEdit()
    other = shown(qtbot, field)
    with qtbot.assertNotEmitted(field.textChanged):
        field.set_text("Called at noon")
    assert field.text() == "Called at noon"
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert other.hasFocus()
