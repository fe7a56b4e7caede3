"""The form for a visit: what it proposes, the requisition, and saving without losing anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import paper_kit as kit
from tests.ui.coverage_kit import Desk, desk_over, people
from tests.ui.paper_kit import ENTER, TAB, Hand, press_save, retype
from tracker.facts import Membership, OrderLine, Visit
from tracker.services.bundle import Services
from ui.dialogs.visit_editor import VisitEditor

DAY = date(2026, 9, 9)


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


@pytest.fixture
def eleanor(desk: Desk) -> int:
    return people(desk.services, "Eleanor")[0]


def opened(qtbot: QtBot, desk: Desk, visit: Visit | None = None) -> VisitEditor:
    return kit.show(qtbot, desk, VisitEditor(desk.context, None, visit=visit))


def stored(desk: Desk) -> list[Visit]:
    return desk.services.care.visits()


def visit(desk: Desk, person_id: int, provider: str, **values: object) -> Visit:
    given: dict[str, object] = {"person_id": person_id, "provider_id": 0, "visited_on": DAY}
    made = desk.services.care.save_visit(Visit(**(given | values)), provider=provider)  # type: ignore[arg-type]
    return desk.services.care.visit(made.new_id or 0)


def test_a_visit_by_keyboard(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    assert editor.visited_on.text() == "Nov 22, 2026"
    told: list[int] = []
    editor.stored.connect(told.append)
    hand = Hand(qtbot)
    hand.type("9/9", TAB, TAB, "Quest Labs", TAB, "Laboratory tests", TAB, "Blood draw", ENTER)
    (made,) = stored(desk)
    assert made == Visit(
        id=told[0],
        person_id=eleanor,
        provider_id=made.provider_id,
        visited_on=DAY,
        category="LAB",
        description="Blood draw",
    )
    desk.context.undo()
    assert stored(desk) == []


def test_the_requisition_is_typed_line_by_line(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    retype(qtbot, editor.who.provider.lineEdit(), "Dr. Iyer")
    editor.more.show_all()
    editor.orders.begin()
    hand = Hand(qtbot)
    hand.type("Lipid panel", TAB, "80061", TAB, "routine lab", ENTER)
    hand.type("TSH", TAB, "84443", TAB, "thyroid", ENTER, ENTER)
    press_save(qtbot, editor)
    assert stored(desk)[0].orders == (
        OrderLine(text="Lipid panel", code="80061", category="LAB_ROUTINE"),
        OrderLine(text="TSH", code="84443", category="LAB_THY"),
    )


def test_a_requisition_is_pasted_with_or_without_headings(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    retype(qtbot, editor.who.provider.lineEdit(), "Dr. Iyer")
    editor.more.show_all()
    for text in ("Code\tTest\n80061\tLipid panel\n84443\tTSH", "Vitamin D\t82306"):
        editor.orders.table.setFocus()
        editor.orders.table.go_to_cell(editor.orders.model.rowCount() - 1, 0)
        QApplication.clipboard().setText(text)
        qtbot.keyClick(editor.orders.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    press_save(qtbot, editor)
    assert [(one.text, one.code) for one in stored(desk)[0].orders] == [
        ("Lipid panel", "80061"),
        ("TSH", "84443"),
        ("Vitamin D", "82306"),
    ]


def test_a_service_that_could_be_several_is_asked_again_and_stays(
    qtbot: QtBot, desk: Desk, eleanor: int
) -> None:
    editor = opened(qtbot, desk)
    retype(qtbot, editor.who.provider.lineEdit(), "Dr. Iyer")
    editor.more.show_all()
    editor.orders.begin()
    Hand(qtbot).type("Panel", TAB, TAB, "tests", ENTER)
    press_save(qtbot, editor)
    assert "cannot be read yet" in editor.form.field("orders").complaint()
    assert editor.orders.table.editing
    assert stored(desk) == []
    editor.reject()


def test_everything_that_is_not_touched_stays(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    desk.services.care.save_visit(
        Visit(
            person_id=eleanor,
            provider_id=0,
            visited_on=DAY,
            until=DAY + timedelta(days=2),
            category="INPATIENT",
            description="Observation",
            minutes=1_440,
            expects_claim=False,
            preventive=True,
            note="Two\nlines",
            orders=(OrderLine(text="MRI", code="73721", category="IMAGING"),),
        ),
        provider="Dr. Iyer",
        facility="Bayview Hospital",
    )
    (held,) = stored(desk)
    editor = opened(qtbot, desk, held)
    assert editor.more.shown
    press_save(qtbot, editor)
    assert stored(desk) == [held]
    again = opened(qtbot, desk, held)
    retype(qtbot, again.minutes, "30")
    press_save(qtbot, again)
    assert stored(desk) == [replace(held, minutes=30)]
    desk.context.undo()
    assert stored(desk) == [held]


def test_the_service_and_the_claim_are_as_last_time(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    visit(desk, eleanor, "Dr. Iyer", category="SPEC", expects_claim=False)
    editor = opened(qtbot, desk)
    retype(qtbot, editor.who.provider.lineEdit(), "Dr. Iyer")
    assert editor.service.code() == "SPEC"
    assert editor.claims.key() == "none"
    retype(qtbot, editor.who.provider.lineEdit(), "Dr. Iyer of Portland")
    assert (editor.service.code(), editor.claims.key()) == ("", "claim")
    editor.reject()


def test_a_visit_at_the_practice_expects_no_claim(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    desk.services.agreements.save_membership(
        Membership(practice_id=0, begins_on=date(2026, 1, 1), person_ids=(eleanor,)),
        practice="Harbor Concierge Medicine",
    )
    editor = opened(qtbot, desk)
    retype(qtbot, editor.who.provider.lineEdit(), "Harbor Concierge Medicine")
    assert editor.claims.key() == "none"
    editor.claims.choose("claim")
    editor.claims.activated.emit(0)
    retype(qtbot, editor.service.lineEdit(), "Primary care visit")
    assert editor.claims.key() == "claim"  # chosen by hand
    press_save(qtbot, editor)
    assert stored(desk)[0].expects_claim


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("visited_on", "2026-02-30", "not a day of the calendar"),
        ("until", "9/1/2026", "ends before it begins"),
        ("minutes", "half an hour", "not a number of minutes"),
        ("minutes", "999999", "Check the minutes"),
        ("description", "\U0001f9ea" * 300, "200 is the most"),
    ],
)
def test_what_cannot_be_saved_is_said_beside_its_field(
    qtbot: QtBot, desk: Desk, eleanor: int, field: str, text: str, words: str
) -> None:
    editor = opened(qtbot, desk)
    retype(qtbot, editor.visited_on, "9/9/2026")
    retype(qtbot, editor.who.provider.lineEdit(), "Quest Labs")
    edit = editor.form.field(field).widget
    edit.selectAll()  # type: ignore[attr-defined]
    edit.insert(text)  # type: ignore[attr-defined]
    press_save(qtbot, editor)
    assert words in editor.form.field(field).complaint()
    assert editor.form.field(field).isVisible()
    assert edit.text() == text  # type: ignore[attr-defined]
    assert stored(desk) == []
    editor.reject()


def test_patient_and_provider_are_asked_for(qtbot: QtBot, desk: Desk) -> None:
    people(desk.services, "Eleanor", "Robert")
    editor = opened(qtbot, desk)
    press_save(qtbot, editor)
    assert "patient is missing" in editor.form.field("person_id").complaint()
    retype(qtbot, editor.who.person.lineEdit(), "Elanor")
    press_save(qtbot, editor)
    assert "not in your household" in editor.form.field("person_id").complaint()
    retype(qtbot, editor.who.person.lineEdit(), "Robert")
    press_save(qtbot, editor)
    assert "provider is missing" in editor.form.field("provider").complaint()
    editor.reject()


def test_deleting_can_be_undone(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    held = visit(desk, eleanor, "Quest Labs", orders=(OrderLine(text="TSH"),))
    editor = opened(qtbot, desk, held)
    qtbot.mouseClick(editor.delete_button, Qt.MouseButton.LeftButton)
    assert stored(desk) == []
    desk.context.undo()
    assert stored(desk) == [held]


def test_a_form_closed_over_an_open_cell_goes_quietly(qtbot: QtBot, desk: Desk, eleanor: int) -> None:
    editor = opened(qtbot, desk)
    editor.more.show_all()
    editor.orders.begin()
    Hand(qtbot).type("Lipid")
    editor.reject()
    assert desk.problems == []
