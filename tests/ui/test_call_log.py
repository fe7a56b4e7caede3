"""Logging a call while talking: the clock, the facts beside it, the next check, what it belongs to."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.ui.cases_kit import Drawer, drawer, opened
from tests.ui.coverage_kit import Desk, desk_over
from tracker.errors import UserProblem
from tracker.facts import Call, Case, CaseKind, Topic
from tracker.services.bundle import Services
from ui.dialogs.call_log import CallDialog
from ui.dialogs.call_time import read_minutes, read_time, time_text
from ui.dialogs.call_timer import CallTimer
from ui.dialogs.print_preview import PrintPreview

START = datetime(2026, 11, 22, 14, 5, 30, tzinfo=UTC)


class Watch:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def desk(services: Services) -> Desk:
    return desk_over(services)


@pytest.fixture
def papers(desk: Desk) -> Drawer:
    return drawer(desk)


def dialog(desk: Desk, qtbot: QtBot, **more: object) -> CallDialog:
    made = CallDialog(desk.context, **more)  # type: ignore[arg-type]
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # it is still asked after it closed
    qtbot.addWidget(made)
    made.show()
    return made


# the clock -------------------------------------------------------------------------------


def test_the_clock_counts_and_goes_on_after_a_break(qtbot: QtBot) -> None:
    watch = Watch()
    timer = CallTimer(watch)
    qtbot.addWidget(timer)
    assert (timer.minutes, timer.running) == (0, False)
    qtbot.mouseClick(timer.button, Qt.MouseButton.LeftButton)
    watch.wait(61)
    timer.refresh()
    assert timer.shown.text() == "1:01"
    qtbot.mouseClick(timer.button, Qt.MouseButton.LeftButton)
    watch.wait(600)
    assert (timer.minutes, timer.running, timer.began_at) == (2, False, time(14, 5))
    timer.toggle()
    watch.wait(3600)
    timer.refresh()
    assert timer.shown.text() == "1:01:01"
    timer.stop()
    assert timer.minutes == 62


def test_a_clock_that_runs_backwards_never_shows_less_than_nothing(qtbot: QtBot) -> None:
    watch = Watch()
    timer = CallTimer(watch)
    qtbot.addWidget(timer)
    timer.toggle()
    watch.wait(-3600)
    assert (timer.seconds, timer.minutes) == (0, 0)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2:05 PM", time(14, 5)),
        ("2p", time(14)),
        ("12:30 am", time(0, 30)),
        ("12 pm", time(12)),
        ("14.05", time(14, 5)),
        ("9", time(9)),
        ("", None),
    ],
)
def test_times_as_people_type_them(typed: str, meant: time | None) -> None:
    assert read_time(typed) == meant
    if meant is not None:
        assert read_time(time_text(meant)) == meant


@pytest.mark.parametrize("typed", ["25", "2:60", "13 pm", "soon", "0 am", "\u0662"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(UserProblem):
        read_time(typed)


@pytest.mark.parametrize("typed", ["-1", "1.5", "9999", "x", "\u0663"])
def test_what_is_no_number_of_minutes_is_refused(typed: str) -> None:
    with pytest.raises(UserProblem):
        read_minutes(typed)
    assert read_minutes(" 12 ") == 12


# a call ----------------------------------------------------------------------------------


def test_a_call_is_logged_by_keyboard_while_talking(desk: Desk, qtbot: QtBot, papers: Drawer) -> None:
    watch = Watch()
    form = dialog(desk, qtbot, bill=desk.services.care.bill(papers.bill), clock=watch)
    assert form.organisation.text() == "Harbor Imaging"
    assert form.topic.key() == Topic.BILLING.value
    qtbot.mouseClick(form.timer.button, Qt.MouseButton.LeftButton)
    assert form.began_at.text() == "2:05 PM"
    qtbot.keyClicks(form.spoke_with, "Dana")
    qtbot.keyClicks(form.reference, "R-882104")
    qtbot.keyClicks(form.said, "They will look at it")
    qtbot.keyClicks(form.promise, "A corrected bill")
    watch.wait(290)
    qtbot.keyClick(form.reference, Qt.Key.Key_Return)
    assert form.isVisible()
    assert form.form.field("check_on").complaint().startswith("When will you check on it?")
    qtbot.keyClicks(form.check_on, "12/4/2026")
    qtbot.keyClick(form.check_on, Qt.Key.Key_Return)
    (call,) = desk.services.cases.calls()
    assert (call.minutes, call.began_at, call.reference) == (5, time(14, 5), "R-882104")
    assert (call.bill_id, call.check_on, call.checked) == (papers.bill, date(2026, 12, 4), False)
    assert call.said == "They will look at it"
    assert not form.isVisible()


def test_saving_twice_without_a_day_is_allowed(desk: Desk, qtbot: QtBot) -> None:
    form = dialog(desk, qtbot)
    form.organisation.set_text("BlueRiver Health")
    form.save_button.click()
    assert desk.services.cases.calls() == []
    form.save_button.click()
    (call,) = desk.services.cases.calls()
    assert call.check_on is None


def test_a_day_from_now_is_one_click(desk: Desk, qtbot: QtBot) -> None:
    form = dialog(desk, qtbot)
    form.organisation.set_text("BlueRiver Health")
    qtbot.mouseClick(form.ahead[1], Qt.MouseButton.LeftButton)
    form.save_button.click()
    (call,) = desk.services.cases.calls()
    assert call.check_on == TODAY + timedelta(days=14)


def test_nothing_typed_is_not_saved_and_nothing_is_lost(desk: Desk, qtbot: QtBot) -> None:
    form = dialog(desk, qtbot)
    form.check_on.set_day(date(2026, 12, 1))
    form.save_button.click()
    assert "Nothing is noted yet" in form.form.field("organisation").complaint()
    form.spoke_with.setText("Dana")
    form.minutes.setText("a while")
    form.save_button.click()
    assert "whole number" in form.form.field("minutes").complaint()
    form.minutes.setText("7")
    form.check_on.set_day(date(2026, 11, 1))
    form.save_button.click()
    assert "lies before the call" in form.form.field("check_on").complaint()
    assert form.spoke_with.text() == "Dana"
    assert desk.services.cases.calls() == []


def test_the_facts_stand_beside_the_form(desk: Desk, qtbot: QtBot, papers: Drawer) -> None:
    form = dialog(desk, qtbot, bill=desk.services.care.bill(papers.bill))
    facts = form.beside.facts
    assert facts.value("Claim number") == "BR7741"
    assert facts.value("Policy number") == "BR-1001"
    assert facts.value("Account number") == "HI-20"
    assert facts.value("Verdict") == "Bill $85.00 over"
    assert facts.value("EOB says you owe") == "$215.00"
    assert form.beside.said_before() == []


def test_the_sheet_to_have_beside_the_telephone_is_previewed(
    desk: Desk, qtbot: QtBot, papers: Drawer
) -> None:
    form = dialog(desk, qtbot, bill=desk.services.care.bill(papers.bill))
    qtbot.mouseClick(form.beside.print_button, Qt.MouseButton.LeftButton)
    preview = form.findChild(PrintPreview)
    assert preview is not None
    assert "Before you call" in preview.document.title
    preview.close()


def test_the_last_calls_are_listed_without_this_one(desk: Desk, qtbot: QtBot, papers: Drawer) -> None:
    cases = desk.services.cases
    for day in (2, 3):
        cases.save_call(
            Call(
                called_on=date(2026, 11, day),
                spoke_with="Dana",
                said="Wait",
                promise="A new bill",
                bill_id=papers.bill,
            ),
            organisation="Harbor Imaging",
        )
    latest = cases.calls()[0]
    form = dialog(desk, qtbot, call=latest)
    assert form.beside.said_before() == ["Nov 2, 2026, Harbor Imaging, Dana: Wait. Promised: A new bill"]


def test_a_call_can_be_linked_to_anything(desk: Desk, qtbot: QtBot, papers: Drawer) -> None:
    case = opened(
        desk, Case(kind=CaseKind.APPEAL, title="ER appeal", opened_on=TODAY, claim_id=papers.denied)
    )
    form = dialog(desk, qtbot)
    words = [form.about.itemText(place) for place in range(form.about.count())]
    for kind in ("Case: ER appeal", "Bill: Harbor Imaging", "EOB: Harbor Imaging", "Plan: BlueRiver"):
        assert any(text.startswith(kind) for text in words), kind
    form.about.set_text(next(text for text in words if text.startswith("Case:")))
    form.about.edited.emit()
    assert form.topic.key() == Topic.APPEAL.value
    form.spoke_with.setText("Luis")
    form.save_button.click()
    form.save_button.click()
    (call,) = desk.services.cases.calls()
    assert (call.case_id, call.claim_id, call.bill_id) == (case.id, papers.denied, None)


def test_a_link_that_is_not_in_the_list_is_refused(desk: Desk, qtbot: QtBot, papers: Drawer) -> None:
    form = dialog(desk, qtbot)
    form.spoke_with.setText("Luis")
    form.check_on.set_day(date(2026, 12, 1))
    form.about.setEditText("something else")
    form.save_button.click()
    assert "is not in the list" in form.form.field("linked").complaint()


def test_changing_a_call_keeps_what_it_belongs_to(desk: Desk, qtbot: QtBot, papers: Drawer) -> None:
    cases = desk.services.cases
    cases.save_call(
        Call(called_on=TODAY, said="Wait", claim_id=papers.mri, bill_id=papers.bill, minutes=3),
        organisation="Harbor Imaging",
    )
    (before,) = cases.calls()
    form = dialog(desk, qtbot, call=before)
    form.said.set_text("Wait longer")
    form.save_button.click()
    (after,) = cases.calls()
    assert after.said == "Wait longer"
    assert (after.claim_id, after.bill_id, after.minutes, after.provider_id) == (
        papers.mri,
        papers.bill,
        3,
        before.provider_id,
    )


def test_deleting_a_call_can_be_undone(desk: Desk, qtbot: QtBot, papers: Drawer) -> None:
    cases = desk.services.cases
    cases.save_call(Call(called_on=TODAY, said="Wait"), organisation="Harbor Imaging")
    form = dialog(desk, qtbot, call=cases.calls()[0])
    qtbot.mouseClick(form.delete_button, Qt.MouseButton.LeftButton)
    assert cases.calls() == []
    desk.context.undo()
    assert len(cases.calls()) == 1


def test_long_and_foreign_names_are_kept_whole(desk: Desk, qtbot: QtBot) -> None:
    name = "\u05e9\u05dc\u05d5\u05dd \U0001f3e5 " + "x" * 180
    form = dialog(desk, qtbot)
    form.organisation.set_text(name)
    form.check_on.set_day(date(2026, 12, 1))
    form.save_button.click()
    (call,) = desk.services.cases.calls()
    names = {item.id: item.name for item in desk.services.people.providers()}
    assert names[call.provider_id] == name
