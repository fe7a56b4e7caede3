"""A new ledger whose plan comes from the CMS files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.conftest import open_ledger
from tests.imports.cms_folder import PLAN_ID, write_folder
from tests.ui.session_kit import program_in
from tracker.services.bundle import services_over
from ui.dialogs.plan_pick import PlanPickDialog
from ui.dialogs.wizard import Wizard
from ui.jobs import InlineRunner


@pytest.fixture
def wizard(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wizard:
    with program_in(tmp_path, monkeypatch) as program:
        made = Wizard(program, None, folder=tmp_path)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(made)
        made._jobs = InlineRunner(made)
        made.plan.filed.jobs = made._jobs
        made.show()
        made.you.name.setText("Eleanor")
        made.on_next()
        made.on_skip()
        yield made


def pick(wizard: Wizard, folder: Path) -> PlanPickDialog:
    dialog = wizard.plan.filed.choose()
    dialog.recognise(folder)
    for _ in range(2):
        dialog.next_button.click()
    assert dialog.step is dialog.check
    return dialog


def test_limits_and_prices_come_from_the_files(wizard: Wizard, tmp_path: Path) -> None:
    pick(wizard, write_folder(tmp_path / "cms")).next_button.click()
    step = wizard.plan
    assert (step.name.text(), step.insurer.text(), step.kind.key()) == ("Silver 1", "Example Health", "HMO")
    assert step.ends_on.day() == date(2026, 12, 31)
    assert not any(one.isVisible() for pair in step.limits.values() for one in pair)
    assert PLAN_ID in step.filed.words.text()
    step.name.setText("My silver plan")
    step.premium.setText("450")
    wizard.on_next()
    path = wizard.you.path()
    wizard.on_next()
    if wizard._program.session is not None:
        wizard._program.session.window.close()
    ledger = open_ledger(path)
    try:
        services = services_over(ledger)
        (plan,) = services.plans.all()
        assert (plan.name, plan.filed_id) == ("My silver plan", PLAN_ID)
        assert plan.premiums[0].amount == 450_00
        assert {limit.name: limit.individual for limit in plan.accumulators} == {
            "DED_IN": 2_000_00,
            "OOP_IN": 8_200_00,
        }
        assert services.plans.rules(plan.id or 0)
    finally:
        ledger.close()


def test_the_limits_can_be_typed_after_all(wizard: Wizard, tmp_path: Path) -> None:
    pick(wizard, write_folder(tmp_path / "cms")).next_button.click()
    step = wizard.plan
    step.filed.type_instead.click()
    assert all(one.isVisible() for one, _family in step.limits.values())
    assert step.answers()["plan"].filed is None


def test_leaving_the_files_changes_nothing(wizard: Wizard, tmp_path: Path) -> None:
    dialog = pick(wizard, write_folder(tmp_path / "cms"))
    dialog.reject()
    assert wizard.plan.filed.filed is None
    assert wizard.plan.name.text() == ""
    assert not wizard.plan.filed.words.isVisible()
