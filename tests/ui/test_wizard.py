"""A new member from the first screen to a filled budget month, by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.session_kit import program_in
from tracker import paths
from tracker.errors import WorldProblem
from tracker.facts import AccumulatorKind, AccumulatorMode, Frequency, Network, Role
from tracker.services import setup
from ui.bootstrap import Program
from ui.dialogs.wizard import Wizard
from ui.widgets.problem_box import ProblemBox

TODAY = date(2026, 11, 22)
DEDUCTIBLE = (AccumulatorKind.DEDUCTIBLE, Network.IN)


@pytest.fixture
def program(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """The program as it starts for the first time."""
    monkeypatch.setattr(paths, "default_ledger", lambda: tmp_path / "documents" / "My ledger.ledger")
    monkeypatch.setattr(paths, "sample_ledger", lambda year: tmp_path / f"sample-{year}.ledger")
    with program_in(tmp_path, monkeypatch) as made:
        yield made


def wizard_of(program: Program) -> Wizard:
    program.start(None)
    assert program.welcome is not None
    program.welcome.begin_button.click()  # type: ignore[attr-defined]
    (wizard,) = program.welcome.findChildren(Wizard)
    return wizard


def type_into(qtbot: QtBot, widget: QWidget, text: str) -> None:
    widget.setFocus()
    qtbot.keyClicks(widget, text)


def enter(qtbot: QtBot, wizard: Wizard) -> None:
    qtbot.keyClick(wizard, Qt.Key.Key_Return)


def open_services(program: Program, qtbot: QtBot) -> setup.Services:
    qtbot.waitUntil(lambda: program.session is not None)
    assert program.session is not None
    return program.session.services


def test_the_first_start_offers_three_ways_in(program: Program, qtbot: QtBot) -> None:
    program.start(None)
    assert program.welcome is not None
    assert program.session is None
    program.welcome.sample_button.click()  # type: ignore[attr-defined]
    services = open_services(program, qtbot)
    assert services.reports.budget_month(TODAY).total.estimated
    assert program.welcome is None


def test_the_whole_way_by_keyboard(program: Program, qtbot: QtBot) -> None:
    wizard = wizard_of(program)
    type_into(qtbot, wizard.you.name, "Eleanor Hart")
    enter(qtbot, wizard)
    type_into(qtbot, wizard.membership.practice, "Harbor Concierge Medicine")
    type_into(qtbot, wizard.membership.fee, "300")
    enter(qtbot, wizard)
    type_into(qtbot, wizard.plan.name, "BlueRiver PPO 2000")
    type_into(qtbot, wizard.plan.premium, "450")
    type_into(qtbot, wizard.plan.limits[DEDUCTIBLE][0], "2,000")
    enter(qtbot, wizard)
    assert wizard.budget.amounts[Role.MEMBERSHIP].text() == "300.00"
    assert wizard.budget.amounts[Role.PREMIUM].text() == "450.00"
    wizard.budget.template_button.setFocus()
    qtbot.keyClick(wizard.budget.template_button, Qt.Key.Key_Space)
    assert not wizard.budget.template_button.hasFocus()
    qtbot.keyClick(wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    services = open_services(program, qtbot)
    assert program.session is not None
    assert program.session.window.current_key == "budget"
    assert services.reports.budget_month(TODAY).total.estimated == 1_225_00
    (limit,) = services.plans.all()[0].accumulators
    assert (limit.mode, limit.individual) == (AccumulatorMode.SELF, 2_000_00)
    assert program.welcome is None
    assert Path(program.settings.last_ledger).name == "My ledger.ledger"


def test_every_step_after_the_first_can_be_skipped(program: Program, qtbot: QtBot) -> None:
    wizard = wizard_of(program)
    assert not wizard.skip_button.isVisible()
    wizard.next_button.click()
    assert "name is missing" in wizard.you.form.field("name").complaint()
    type_into(qtbot, wizard.you.name, "Eleanor")
    wizard.next_button.click()
    type_into(qtbot, wizard.membership.practice, "half typed")
    wizard.skip_button.click()
    wizard.skip_button.click()
    assert wizard.skip_button.text() == "Finish without"
    wizard.skip_button.click()
    services = open_services(program, qtbot)
    assert services.agreements.memberships() == []
    assert services.people.people()[0].name == "Eleanor"


def test_a_family_is_asked_for_its_own_amounts(program: Program, qtbot: QtBot) -> None:
    wizard = wizard_of(program)
    type_into(qtbot, wizard.you.name, "Eleanor")
    type_into(qtbot, wizard.you.others, "Martin, , Sofia")
    wizard.next_button.click()
    wizard.skip_button.click()
    assert wizard.plan.covers.key() == "family"
    one, family = wizard.plan.limits[DEDUCTIBLE]
    assert family.isVisible()
    type_into(qtbot, wizard.plan.name, "Plan")
    type_into(qtbot, one, "2000")
    type_into(qtbot, family, "1500")
    wizard.next_button.click()
    assert "less than one person" in wizard.plan.form.field("deductible_in_family").complaint()
    family.clear()
    wizard.next_button.click()
    wizard.next_button.click()
    services = open_services(program, qtbot)
    (made,) = services.plans.all()
    assert len(made.person_ids) == 3
    assert made.accumulators[0].family == 4_000_00


def test_going_back_keeps_what_was_typed(program: Program, qtbot: QtBot) -> None:
    wizard = wizard_of(program)
    type_into(qtbot, wizard.you.name, "Eleanor")
    wizard.next_button.click()
    type_into(qtbot, wizard.membership.practice, "Harbor")
    type_into(qtbot, wizard.membership.fee, "3,600")
    wizard.membership.frequency.choose(Frequency.ANNUAL.value)
    wizard.next_button.click()
    wizard.skip_button.click()
    assert wizard.budget.amounts[Role.MEMBERSHIP].text() == "300.00"
    wizard.back_button.click()
    wizard.back_button.click()
    assert wizard.membership.fee.cents() == 3_600_00
    wizard.reject()


@pytest.mark.parametrize(
    ("typed", "sentence"), [("abc", "not an amount"), ("0", "more than zero"), ("1e9", "not an amount")]
)
def test_a_bad_fee_stays_with_its_sentence(
    program: Program, qtbot: QtBot, typed: str, sentence: str
) -> None:
    wizard = wizard_of(program)
    type_into(qtbot, wizard.you.name, "Eleanor")
    wizard.next_button.click()
    type_into(qtbot, wizard.membership.practice, "Harbor")
    type_into(qtbot, wizard.membership.fee, typed)
    wizard.next_button.click()
    assert wizard.step == 1
    assert sentence in wizard.membership.form.field("fee").complaint()
    wizard.reject()


def test_names_that_are_too_long_are_said_where_they_stand(program: Program, qtbot: QtBot) -> None:
    wizard = wizard_of(program)
    wizard.you.name.setText("Eleanor")
    wizard.you.others.setText("Martin, " + "x" * 10_000)
    wizard.next_button.click()
    assert "200 is the most" in wizard.you.form.field("others").complaint()
    wizard.you.others.setText('\u05de\u05e8\u05d8\u05d9\u05df \U0001f600, O\'Brien "Bo"')
    wizard.next_button.click()
    wizard.skip_button.click()
    wizard.plan.name.setText("x" * 300)
    wizard.next_button.click()
    assert "200 is the most" in wizard.plan.form.field("plan_name").complaint()
    wizard.reject()


def test_leaving_writes_nothing(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    wizard = wizard_of(program)
    type_into(qtbot, wizard.you.name, "Eleanor")
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert not (tmp_path / "documents").exists()
    assert program.welcome is not None
    assert program.welcome.isVisible()


def test_a_disk_that_is_full_loses_no_answer(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise WorldProblem("The disk is full.", "Free some space.")

    wizard = wizard_of(program)
    type_into(qtbot, wizard.you.name, "Eleanor")
    wizard.next_button.click()
    wizard.skip_button.click()
    wizard.skip_button.click()
    monkeypatch.setattr("ui.dialogs.wizard.start_ledger", refuse)
    wizard.next_button.click()
    qtbot.waitUntil(lambda: bool(wizard.findChildren(ProblemBox)))
    wizard.findChildren(ProblemBox)[0].close()
    assert wizard.next_button.isEnabled()
    monkeypatch.undo()
    monkeypatch.setattr(program, "today", lambda: TODAY)
    wizard.next_button.click()
    assert open_services(program, qtbot).people.people()[0].name == "Eleanor"


def test_a_second_ledger_gets_a_name_of_its_own(program: Program, qtbot: QtBot) -> None:
    wizard = wizard_of(program)
    type_into(qtbot, wizard.you.name, "Eleanor")
    for button in (wizard.next_button, wizard.skip_button, wizard.skip_button, wizard.skip_button):
        button.click()
    open_services(program, qtbot)
    first = program.session
    assert first is not None
    program.on_new()
    (second,) = first.window.findChildren(Wizard)
    assert second.you.path().name == "My ledger 2.ledger"
    type_into(qtbot, second.you.name, "Martin")
    for button in (second.next_button, second.skip_button, second.skip_button, second.skip_button):
        button.click()
    qtbot.waitUntil(lambda: program.session is not first)
    assert program.session is not None
    assert program.session.ledger.path.name == "My ledger 2.ledger"
    qtbot.waitUntil(lambda: not first.window.isVisible())
