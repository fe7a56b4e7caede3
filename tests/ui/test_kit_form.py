"""Forms: Enter saves, Esc leaves, and what is wrong is said beside the field."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tracker.errors import UserProblem
from ui.theme import Theme
from ui.widgets.choice_edit import ChoiceEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.form import Form
from ui.widgets.form_dialog import FormDialog
from ui.widgets.money_edit import MoneyEdit

TODAY = date(2026, 11, 22)


class PayDialog(FormDialog):
    """A form as pages write them."""

    def __init__(self) -> None:
        super().__init__("Add expense", columns=2)
        self.provider = ChoiceEdit([(1, "Quest Labs")], allow_new=True)
        self.amount = MoneyEdit()
        self.day = DayEdit(TODAY)
        self.form.add("provider", "Paid to", self.provider, wide=True)
        self.form.add("amount", "Amount", self.amount)
        self.form.add("day", "Paid on", self.day)
        self.taken: list[tuple[str, int]] = []
        self.later = False

    def save(self) -> bool | None:
        self.taken.append((self.provider.text(), self.amount.cents()))
        return False if self.later else None


def opened(qtbot: QtBot) -> PayDialog:
    dialog = PayDialog()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_enter_saves_from_a_field(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    dialog.provider.choose(1)
    dialog.amount.setFocus()
    qtbot.keyClicks(dialog.amount, "41.12")
    with qtbot.waitSignal(dialog.saved):
        qtbot.keyClick(dialog.amount, Qt.Key.Key_Return)
    assert dialog.taken == [("Quest Labs", 4112)]
    assert not dialog.isVisible()


def test_escape_leaves_without_saving(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    qtbot.keyClicks(dialog.amount, "41.12")
    qtbot.keyClick(dialog.amount, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.taken == []


def test_choosing_from_the_list_with_enter_does_not_save(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    dialog.amount.set_cents(100)
    qtbot.keyClicks(dialog.provider.lineEdit(), "que")
    popup = dialog.provider.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.provider.chosen_id() == 1


def test_a_problem_stands_beside_its_field_with_the_cursor_there(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    qtbot.keyClicks(dialog.amount, "12,5x")
    dialog.provider.setFocus()
    dialog.save_button.click()
    assert dialog.isVisible()
    assert dialog.amount.hasFocus()
    assert dialog.amount.text() == "12,5x"
    assert "not an amount" in dialog.form.field("amount").complaint()
    assert dialog.save_button.isEnabled()
    qtbot.keyClick(dialog.amount, Qt.Key.Key_Backspace)
    assert dialog.form.field("amount").complaint() == ""


def test_a_form_that_waits_for_its_answer_cannot_be_saved_twice(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    dialog.later = True
    dialog.amount.set_cents(100)
    dialog.save_button.click()
    dialog.save_button.click()
    assert len(dialog.taken) == 1
    assert dialog.isVisible()
    dialog.complain(UserProblem("That was paid already.", "Choose another day.", field="day"))
    assert dialog.save_button.isEnabled()
    assert dialog.day.hasFocus()
    assert dialog.form.field("day").complaint() == "That was paid already. Choose another day."


def test_a_problem_about_no_field_stands_above_the_fields(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    form.add("name", "Name", QLineEdit())
    form.complain(UserProblem("There is no plan yet."))
    form.show()
    assert "There is no plan yet." in visible_text(form)
    form.clear_complaints()
    assert "There is no plan yet." not in visible_text(form)


def test_fields_have_names_for_screen_readers(qtbot: QtBot) -> None:
    form = Form(2)
    qtbot.addWidget(form)
    field = MoneyEdit()
    form.add("amount", "Allowed amount", field)
    assert field.accessibleName() == "Allowed amount"
    form.complain("amount", "Too much.")
    assert field.accessibleDescription() == "Too much."


def test_a_form_is_as_high_as_its_fields_and_grows_for_complaints(qtbot: QtBot, look: Theme) -> None:
    dialog = opened(qtbot)
    before = dialog.height()
    dialog.complain(UserProblem("An amount is missing.", "Type it like 1,225.00.", field="amount"))
    assert dialog.height() > before
    qtbot.waitUntil(lambda: dialog.form.field("amount").height() > 0)
    scroll = dialog.form.parentWidget().parentWidget().parentWidget()
    assert scroll.verticalScrollBar().maximum() == 0  # type: ignore[union-attr]


def test_a_form_grows_for_rows_that_come_later(qtbot: QtBot) -> None:
    class LateDialog(PayDialog):
        def show_rows(self, height: int) -> None:
            self.rows.setFixedHeight(height)
            self._grow()

        def add_rows(self) -> None:
            holder = QWidget()
            self.rows = QWidget(holder)
            QVBoxLayout(holder).addWidget(self.rows)
            self.form.add_line(holder)

    dialog = LateDialog()
    dialog.add_rows()
    qtbot.addWidget(dialog)
    dialog.open()
    before = dialog.height()
    dialog.show_rows(120)
    assert dialog.height() >= before + 120


def visible_text(form: Form) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in form.findChildren(QLabel) if label.isVisible())
