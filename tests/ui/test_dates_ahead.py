"""Dates ahead on the Overview and in its list: read, narrowed, opened, printed and saved by keyboard."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import icalendar
import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.ui import access_kit, access_look
from tests.ui.coverage_kit import Desk, desk_over
from tests.ui.session_kit import session_over
from tracker.facts import Frequency, Recurring
from tracker.facts.household_budget import Reminder
from tracker.services.bundle import Services
from tracker.services.dates_ahead import dates_ahead
from tracker.storage.ledger import Ledger
from ui.dialogs.calendar_file import CalendarFileDialog
from ui.dialogs.dates_ahead import DatesAheadDialog
from ui.dialogs.reminder_editor import ReminderEditor
from ui.models.dates_rows import is_own
from ui.pages.overview import OverviewPage
from ui.pages.overview_dates import NEXT
from ui.printing.dates_document import dates_document
from ui.printing.pdf import pdf_bytes
from ui.theme import Theme

Form = TypeVar("Form", bound=QDialog)
Shown = Callable[..., DatesAheadDialog]


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def shown(desk: Desk, host: QWidget, qtbot: QtBot) -> Shown:
    """Opens the list over what is in the ledger."""

    def go(over: Desk = desk) -> DatesAheadDialog:
        return hold(qtbot, DatesAheadDialog(over.context, host))

    return go


def hold(qtbot: QtBot, form: Form) -> Form:
    """Open a form that is still asked after it closed, and closed at the end of the test."""
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(form)
    form.open()
    QApplication.processEvents()
    return form


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key) -> None:
    qtbot.keyClick(widget, key)
    QApplication.processEvents()


def child(owner: QWidget, kind: type[Form]) -> Form:
    """The form that is open over something."""
    found = [form for form in owner.findChildren(kind) if form.isVisible()]
    assert len(found) == 1
    return found[0]


def remind(services: Services, label: str, on: date, **more: object) -> None:
    services.household_budgets.save_reminder(Reminder(label=label, falls_on=on, **more))  # type: ignore[arg-type]


def gym(services: Services, first: date = date(2026, 12, 1)) -> None:
    services.recurring.save(
        Recurring(label="Gym", amount=40_00, frequency=Frequency.MONTHLY, first_due=first)
    )


# the list ----------------------------------------------------------------------------------


def test_dates_stand_under_their_months(desk: Desk, shown: Shown) -> None:
    gym(desk.services)
    remind(desk.services, "Flu shots", date(2026, 12, 3))
    dialog = shown()
    model = dialog.model
    assert [model.columns[0].text(row) for row in model.rows] == [
        "December 2026",
        "Tue, Dec 1",
        "Thu, Dec 3",
        "January 2027",
        "Fri, Jan 1",
        "February 2027",
        "Mon, Feb 1",
    ]
    assert dialog.table.currentIndex().row() == 1
    assert dialog.words.text() == "Every month."


def test_narrowing_by_kind_and_horizon(desk: Desk, shown: Shown, qtbot: QtBot) -> None:
    gym(desk.services)
    remind(desk.services, "Flu shots", date(2026, 12, 3))
    dialog = shown()
    assert [dialog.group.itemText(n) for n in range(dialog.group.count())] == [
        "Everything",
        "Payments",
        "Your own",
    ]
    three, twelve = (dialog.months._group.button(place) for place in (0, 1))
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    three.setFocus()
    press(qtbot, three, Qt.Key.Key_Right)
    press(qtbot, twelve, Qt.Key.Key_Space)
    assert len(dialog.shown) == 12 + 1
    dialog.group.setFocus()
    press(qtbot, dialog.group, Qt.Key.Key_Down)
    press(qtbot, dialog.group, Qt.Key.Key_Down)
    assert dialog.group.key() == "Your own"
    assert [entry.what for entry in dialog.shown] == ["Flu shots"]


def test_enter_leads_to_what_a_date_is_about(sample: Services, shown: Shown, qtbot: QtBot) -> None:
    desk = desk_over(sample)
    dialog = shown(desk)
    place = next(n for n, row in enumerate(dialog.model.rows) if row.entry and row.entry.kind == "bill")
    entry = dialog.model.rows[place].entry
    assert entry is not None
    dialog.table.go_to_cell(place, 0)
    press(qtbot, dialog.table, Qt.Key.Key_Return)
    assert desk.shell.went == [("claims", entry.target)]
    assert not dialog.isVisible()


def test_a_month_leads_nowhere(desk: Desk, shown: Shown, qtbot: QtBot) -> None:
    gym(desk.services)
    dialog = shown()
    dialog.table.go_to_cell(0, 0)
    assert not dialog.open_button.isEnabled()
    press(qtbot, dialog.table, Qt.Key.Key_Return)
    assert desk.shell.went == []
    assert dialog.isVisible()


def test_every_date_of_the_sample_arrives_at_its_page(sample_ledger: Ledger, qtbot: QtBot) -> None:
    """No page refuses what a date gives it."""
    with session_over(sample_ledger, qtbot) as session:
        places = {
            (entry.page, entry.kind): entry
            for entry in dates_ahead(session.services)
            if entry.kind not in ("own", "put_off")
        }
        for entry in places.values():
            session.context.shell.go_to(entry.page, entry.target)
            QApplication.processEvents()
            assert session.window.current_key == entry.page


# own reminders -----------------------------------------------------------------------------


def test_a_reminder_is_added_changed_and_removed_by_keyboard(
    desk: Desk, shown: Shown, qtbot: QtBot
) -> None:
    dialog = shown()
    assert dialog.nothing.isVisible()
    assert not dialog.file_button.isEnabled()
    press(qtbot, dialog.add_button, Qt.Key.Key_Space)
    form = child(dialog, ReminderEditor)
    qtbot.keyClicks(form.label, "Ask for the drug list")
    qtbot.keyClicks(form.falls_on, "12/3/2026")
    press(qtbot, form.falls_on, Qt.Key.Key_Return)
    assert [entry.what for entry in dialog.shown] == ["Ask for the drug list"]
    assert desk.shell.said[-1] == "Add reminder, Ask for the drug list"

    dialog.table.go_to_cell(1, 0)
    assert dialog.open_button.text() == "Change"
    press(qtbot, dialog.table, Qt.Key.Key_Return)
    form = child(dialog, ReminderEditor)
    press(qtbot, form.yearly, Qt.Key.Key_Space)
    press(qtbot, form.label, Qt.Key.Key_Return)
    (held,) = desk.services.household_budgets.reminders()
    assert held.yearly

    dialog.table.go_to_cell(1, 0)
    press(qtbot, dialog.table, Qt.Key.Key_Delete)
    assert desk.services.household_budgets.reminders() == []
    assert dialog.nothing.isVisible()
    desk.context.undo()
    assert [is_own(row) for row in dialog.model.rows] == [False, True]


@pytest.mark.parametrize(
    ("label", "on", "field", "said"),
    [
        ("", "12/3/2026", "label", "Say what it is about."),
        ("Flu", "", "falls_on", "A date is missing."),
        ("Flu", "11/1/2026", "falls_on", "That day is past."),
        ("Flu", "soon", "falls_on", "is not a date"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    desk: Desk, qtbot: QtBot, label: str, on: str, field: str, said: str
) -> None:
    form = hold(qtbot, ReminderEditor(desk.context))
    form.label.setText(label)
    form.falls_on.setText(on)
    press(qtbot, form.label, Qt.Key.Key_Return)
    assert said in form.form.field(field).complaint()
    assert (form.label.text(), form.falls_on.text()) == (label, on)
    assert desk.services.household_budgets.reminders() == []


def test_delete_leaves_what_is_computed(desk: Desk, shown: Shown, qtbot: QtBot) -> None:
    gym(desk.services)
    dialog = shown()
    press(qtbot, dialog.table, Qt.Key.Key_Delete)
    assert len(dialog.shown) == 3
    assert desk.shell.said == []


# paper and calendar ------------------------------------------------------------------------


def test_the_list_prints(sample: Services) -> None:
    document = dates_document(dates_ahead(sample), today=TODAY, subtitle="Everything")
    read = pypdf.PdfReader(io.BytesIO(pdf_bytes(document.lay_out("letter"))))
    words = " ".join(read.pages[0].extract_text().split())
    assert "December 2026" in words
    assert "Premium, BlueRiver PPO 2000" in words


def test_the_calendar_file_has_what_is_listed(
    desk: Desk, shown: Shown, qtbot: QtBot, tmp_path: Path
) -> None:
    gym(desk.services)
    remind(desk.services, "Flu shots", date(2026, 12, 3))
    dialog = shown()
    press(qtbot, dialog.file_button, Qt.Key.Key_Space)
    form = child(dialog, CalendarFileDialog)
    press(qtbot, form.private, Qt.Key.Key_Space)
    form.write(tmp_path / "dates.ics")
    assert desk.shell.said[-1] == "Saved dates.ics, 4 dates."
    assert not form.isVisible()
    content = (tmp_path / "dates.ics").read_bytes()
    assert b"Gym" not in content
    assert len(icalendar.Calendar.from_ical(content).events) == 4


def test_a_file_that_cannot_be_written_leaves_the_form(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    gym(desk.services)
    form = hold(qtbot, CalendarFileDialog(desk.context, dates_ahead(desk.services)))
    form.write(tmp_path / "no" / "dates.ics")
    assert len(desk.problems) == 1
    assert form.isVisible()
    assert form.save_button.isEnabled()


# the card on the Overview ------------------------------------------------------------------


def test_the_next_few_come_after_the_page(sample_ledger: Ledger, qtbot: QtBot) -> None:
    with session_over(sample_ledger, qtbot) as session:
        page = session.window.page("overview")
        assert isinstance(page, OverviewPage)
        card = page.dates_card
        assert card.model.rows == []  # the first paint does not wait for them
        qtbot.waitUntil(lambda: len(card.model.rows) == NEXT)
        nearest = dates_ahead(session.services)[:NEXT]
        assert [row.entry for row in card.model.rows] == nearest
        card.table.go_to_cell(0, 0)
        press(qtbot, card.table, Qt.Key.Key_Return)
        assert session.window.current_key == nearest[0].page


def test_the_card_follows_changes_and_opens_the_list(ledger: Ledger, qtbot: QtBot) -> None:
    with session_over(ledger, qtbot) as session:
        page = session.window.page("overview")
        assert isinstance(page, OverviewPage)
        card = page.dates_card
        qtbot.waitUntil(card.nothing.isVisible)
        budgets = session.services.household_budgets
        added = Reminder(label="Flu shots", falls_on=date(2026, 12, 3))
        session.context.commit(page, lambda: budgets.save_reminder(added))
        qtbot.waitUntil(lambda: len(card.model.rows) == 1)
        assert not card.nothing.isVisible()
        press(qtbot, card.all_button, Qt.Key.Key_Space)
        dialog = child(card, DatesAheadDialog)
        assert [entry.what for entry in dialog.shown] == ["Flu shots"]
        dialog.reject()


# without a mouse, with large text ----------------------------------------------------------


def _list(desk: Desk) -> QDialog:
    return DatesAheadDialog(desk.context)


def _reminder(desk: Desk) -> QDialog:
    return ReminderEditor(desk.context, reminder=desk.services.household_budgets.reminders()[0])


def _file(desk: Desk) -> QDialog:
    return CalendarFileDialog(desk.context, dates_ahead(desk.services))


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("make", [_list, _reminder, _file])
def test_everything_is_named_reached_by_tab_and_left_with_esc(
    sample: Services, qtbot: QtBot, look: Theme, make: Callable[[Desk], QDialog], percent: int
) -> None:
    look.apply(percent=percent)
    desk = desk_over(sample)
    form = hold(qtbot, make(desk))
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    access_kit.settle()
    wrong = access_look.wrong_in(form) + access_kit.wrong_with_tab(form)
    assert not wrong, "\n".join(wrong)
    press(qtbot, QApplication.focusWidget() or form, Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert desk.problems == []
