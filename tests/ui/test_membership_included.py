"""The Included part of Membership by keyboard: matrix, contact log, promises, who bills whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.coverage_kit import Desk, desk_over
from tracker.facts import Frequency, Membership, Person, Recurring, Visit
from tracker.facts.membership import ContactKind, Included
from tracker.services.bundle import Services
from ui.dialogs.contact_editor import ContactEditor
from ui.dialogs.sentences_why import SentencesWhy
from ui.dialogs.service_row import ServiceRowEditor
from ui.dialogs.visit_known import read_known
from ui.pages.membership import MembershipPage
from ui.pages.membership_part_included import IncludedPart
from ui.printing.pdf import write_pdf

HARBOR = "Harbor Concierge Medicine"
Opened = Callable[[Desk], IncludedPart]


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    """The part on its page, as the window would show it."""
    kept: list[MembershipPage] = []

    def show(desk: Desk) -> IncludedPart:
        page = MembershipPage(desk.context)
        desk.context.bus.committed.connect(page.on_committed)
        qtbot.addWidget(page)
        kept.append(page)
        page.resize(1200, 900)
        page.show()
        part = page.show_part("included")
        assert isinstance(part, IncludedPart)
        return part

    return show


@pytest.fixture
def joined(services: Services) -> Services:
    """A membership of Eleanor's with an empty log."""
    person = services.people.save_person(Person(name="Eleanor")).new_id or 0
    fee = Recurring(label="Fee", amount=300_00, frequency=Frequency.MONTHLY, first_due=date(2026, 1, 1))
    services.agreements.save_membership(
        Membership(practice_id=0, begins_on=date(2026, 1, 1), person_ids=(person,), fees=(fee,)),
        practice=HARBOR,
    )
    return services


def place(part: IncludedPart, code: str) -> int:
    return next(n for n, row in enumerate(part.matrix.model.rows) if row.service.code == code)


def go(part: IncludedPart, code: str, column: int) -> None:
    part.matrix.table.setFocus()
    part.matrix.table.go_to_cell(place(part, code), column)


def type_cell(qtbot: QtBot, part: IncludedPart, code: str, column: int, text: str) -> QLineEdit:
    """Open a cell with F2, type over it and press Enter; gives the cell's editor."""
    go(part, code, column)
    qtbot.keyClick(part.matrix.table, Qt.Key.Key_F2)
    editor = part.matrix.table.viewport().findChildren(QLineEdit)[-1]  # the one before goes later
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    return editor


def dialog(part: IncludedPart, kind: type[QDialog]) -> QDialog:
    (found,) = [item for item in part.findChildren(kind) if item.isVisible()]
    return found


def test_a_new_membership_begins_with_the_usual_list(joined: Services, opened: Opened) -> None:
    part = opened(desk_over(joined))
    assert len(part.matrix.model.rows) == 21
    assert part.matrix.usual.isVisible()
    assert part.log.empty.isVisible()
    assert not part.log.table.isVisible()


def test_a_state_is_chosen_from_the_keyboard(joined: Services, opened: Opened, qtbot: QtBot) -> None:
    part = opened(desk_over(joined))
    row = part.matrix.model.rows[place(part, "genetics")]
    menu = part.matrix.state_menu(row)
    assert [action.text() for action in menu.actions()] == ["Included", "Excluded", "Extra fee", "Not said"]
    assert menu.actions()[3].isChecked()
    menu.actions()[1].trigger()
    assert part.matrix.model.rows[place(part, "genetics")].service.state is Included.EXCLUDED
    assert not part.matrix.usual.isVisible()
    go(part, "genetics", 1)
    qtbot.keyClick(part.matrix.table, Qt.Key.Key_Return)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def test_limits_and_prices_are_typed_in_place(joined: Services, opened: Opened, qtbot: QtBot) -> None:
    part = opened(desk_over(joined))
    type_cell(qtbot, part, "physical", 2, "2")
    type_cell(qtbot, part, "physical", 7, "450")
    type_cell(qtbot, part, "travel", 6, "$75.00")
    physical, travel = (
        part.matrix.model.rows[place(part, code)].service for code in ("physical", "travel")
    )
    assert (physical.per_year, physical.list_price) == (2, 450_00)
    assert (travel.extra_fee, travel.state) == (75_00, Included.EXTRA_FEE)
    type_cell(qtbot, part, "travel", 0, "Vaccine advice")
    assert part.matrix.model.rows[place(part, "travel")].service.name == "Vaccine advice"


@pytest.mark.parametrize(
    ("column", "typed", "sentence"),
    [
        (0, "House calls at night", ""),
        (2, "often", "whole number"),
        (6, "-5", "below zero"),
        (7, "cheap", "not an amount"),
        (0, "Annual comprehensive physical", "is there already"),
    ],
)
def test_what_cannot_be_is_said_beside_the_cell(
    joined: Services, opened: Opened, qtbot: QtBot, column: int, typed: str, sentence: str
) -> None:
    part = opened(desk_over(joined))
    editor = type_cell(qtbot, part, "travel", column, typed)
    if sentence:
        assert sentence in editor.accessibleDescription()
        assert editor.text() == typed
        qtbot.keyClick(editor, Qt.Key.Key_Escape)
        assert part.matrix.usual.isVisible()  # nothing was kept


def test_a_service_is_added_changed_and_removed(joined: Services, opened: Opened, qtbot: QtBot) -> None:
    desk = desk_over(joined)
    part = opened(desk)
    part.matrix.add_row_button.setFocus()
    qtbot.keyClick(part.matrix.add_row_button, Qt.Key.Key_Return)
    editor = dialog(part, ServiceRowEditor)
    assert isinstance(editor, ServiceRowEditor)
    qtbot.keyClick(editor.name, Qt.Key.Key_Return)
    assert "no name" in editor.form.field("services").complaint()
    qtbot.keyClicks(editor.name, "House calls")
    qtbot.keyClicks(editor.per_year, "2")
    qtbot.keyClicks(editor.category, "Primary care visit")
    qtbot.keyClick(editor.name, Qt.Key.Key_Return)
    added = part.matrix.model.rows[-1].service
    assert (added.name, added.per_year, added.category) == ("House calls", 2, "PCP")
    go(part, added.code, 0)
    qtbot.keyClick(part.matrix.table, Qt.Key.Key_Delete)
    assert len(part.matrix.model.rows) == 21
    desk.context.undo()
    assert part.matrix.model.rows[-1].service.name == "House calls"


def test_uses_tell_how_often_and_when(sample: Services, opened: Opened, qtbot: QtBot) -> None:
    part = opened(desk_over(sample))
    row = part.matrix.model.rows[place(part, "physical")]
    assert (row.used, row.left, row.last_on) == (1, 0, date(2026, 2, 3))
    go(part, "physical", 3)
    qtbot.keyClick(part.matrix.table, Qt.Key.Key_Return)
    why = dialog(part, SentencesWhy)
    assert isinstance(why, SentencesWhy)
    assert why.heading.text() == "Used once this year; 0 of 1 left."
    assert why.sentences[0].text() == "Visit on Feb 3, 2026, 9:00 AM."
    why.close()


def test_promises_open_to_each_contact(sample: Services, opened: Opened, qtbot: QtBot) -> None:
    part = opened(desk_over(sample))
    assert "12 of 13" in part.access.accessibleName()
    part.access.setFocus()
    qtbot.keyClick(part.access, Qt.Key.Key_Return)
    why = dialog(part, SentencesWhy)
    assert isinstance(why, SentencesWhy)
    assert len(why.sentences) == 13
    assert any("24 h promised: late." in label.text() for label in why.sentences)
    why.close()


def test_a_contact_is_added_by_keyboard(joined: Services, opened: Opened, qtbot: QtBot) -> None:
    desk = desk_over(joined)
    part = opened(desk)
    assert part.add()
    editor = dialog(part, ContactEditor)
    assert isinstance(editor, ContactEditor)
    for field, typed in (
        (editor.asked_on, "Nov 19, 2026"),
        (editor.asked_at, "8:30 PM"),
        (editor.seen_at, "9a"),
        (editor.minutes, "45"),
    ):
        field.clear()
        qtbot.keyClicks(field, typed)
    editor.seen_on.setText("Nov 20, 2026")
    qtbot.keyClicks(editor.instead_of, "Urgent care")
    editor.services.box("fast_access").setFocus()
    qtbot.keyClick(editor.services.box("fast_access"), Qt.Key.Key_Space)
    qtbot.keyClick(editor.minutes, Qt.Key.Key_Return)
    (made,) = joined.membership_use.contacts()
    assert (made.kind, made.asked_at, made.seen_at, made.minutes) == (
        ContactKind.VISIT,
        time(20, 30),
        time(9),
        45,
    )
    assert (made.instead_of, made.services) == ("URGENT", ("fast_access",))
    assert part.log.model.columns[7].text(part.log.model.rows[0]) == "Urgent care"
    assert part.matrix.model.rows[place(part, "fast_access")].used == 1


@pytest.mark.parametrize(
    ("field", "typed", "complains"),
    [
        ("seen_on", "", "seen_on"),
        ("asked_on", "Dec 1, 2026", "asked_on"),
        ("asked_at", "25:00", "asked_at"),
        ("minutes", "a while", "minutes"),
        ("within_hours", "soon", "within_hours"),
    ],
)
def test_a_contact_that_cannot_be_loses_nothing(
    joined: Services, opened: Opened, qtbot: QtBot, field: str, typed: str, complains: str
) -> None:
    part = opened(desk_over(joined))
    part.log.add_contact()
    editor = dialog(part, ContactEditor)
    assert isinstance(editor, ContactEditor)
    edit = getattr(editor, field)
    edit.setText(typed)
    editor.save_button.click()
    assert editor.form.field(complains).complaint()
    assert edit.text() == typed
    assert joined.membership_use.contacts() == []
    editor.close()


def test_a_visit_of_the_care_log_is_completed(joined: Services, opened: Opened, qtbot: QtBot) -> None:
    (held,) = joined.agreements.memberships()
    visit = Visit(
        person_id=held.person_ids[0],
        provider_id=0,
        visited_on=date(2026, 11, 3),
        minutes=25,
        preventive=True,
    )
    joined.care.save_visit(visit, provider=HARBOR)
    desk = desk_over(joined)
    part = opened(desk)
    assert "only in your care log" in part.log.to_complete.text()
    part.log.table.setFocus()
    part.log.table.go_to_cell(0, 0)
    qtbot.keyClick(part.log.table, Qt.Key.Key_Return)
    editor = dialog(part, ContactEditor)
    assert isinstance(editor, ContactEditor)
    assert editor.minutes.text() == "25"
    assert editor.services.ticked() == ("physical",)
    qtbot.keyClick(editor.minutes, Qt.Key.Key_Return)
    assert not part.log.to_complete.isVisible()
    (made,) = joined.membership_use.contacts()
    assert made.visit_id is not None
    part.log.table.go_to_cell(0, 0)
    qtbot.keyClick(part.log.table, Qt.Key.Key_Delete)
    assert "only in your care log" in part.log.to_complete.text()  # the visit itself stays
    desk.context.undo()
    assert len(joined.membership_use.contacts()) == 1


def test_a_contact_is_changed_and_removed_in_its_form(
    sample: Services, opened: Opened, qtbot: QtBot
) -> None:
    desk = desk_over(sample)
    part = opened(desk)
    count = len(part.log.model.rows)
    part.log.open_row(part.log.model.rows[0])
    editor = dialog(part, ContactEditor)
    assert isinstance(editor, ContactEditor)
    editor.remove_button.click()
    assert len(part.log.model.rows) == count - 1
    desk.context.undo()
    assert len(part.log.model.rows) == count


def test_whether_the_practice_bills_is_answered_in_place(
    joined: Services, opened: Opened, qtbot: QtBot
) -> None:
    part = opened(desk_over(joined))
    card = part.who_bills
    said = card.model.columns[3].text
    assert said(card.model.rows[0]) == "Ask your practice"
    card.answer.findChildren(QAbstractButton)[0].click()
    assert joined.agreements.memberships()[0].terms.bills_insurance is True
    assert said(card.model.rows[0]) == "An EOB should come"
    known = read_known(joined, date(2026, 11, 22))
    assert known.expects_claim(joined.agreements.memberships()[0].practice_id, "PCP")
    card.answer.findChildren(QAbstractButton)[1].click()
    known = read_known(joined, date(2026, 11, 22))
    assert not known.expects_claim(joined.agreements.memberships()[0].practice_id, "PCP")


def test_another_year_is_gone_to(sample: Services, opened: Opened) -> None:
    part = opened(desk_over(sample))
    page = part.parent()
    while not isinstance(page, MembershipPage):
        assert page is not None
        page = page.parent()
    assert page.later.isVisible()
    page.later.click()
    assert part.log.model.rows == []
    assert all(row.used == 0 for row in part.matrix.model.rows)


def test_it_prints_the_matrix_and_the_log(sample: Services, opened: Opened, tmp_path: Path) -> None:
    part = opened(desk_over(sample))
    document = part.document()
    assert document is not None
    path = tmp_path / "included.pdf"
    assert write_pdf(document, path, "a4") <= 3
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages).split())
    assert "House calls" in text
    assert "Seen in time: 12 of 13 (92.31%)." in text
    assert "Took the place of: Urgent care" in text
