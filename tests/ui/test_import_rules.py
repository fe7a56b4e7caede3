"""The list of rules for imports, the form of one, and running them on old payments."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.spending_home import Home, move_in
from tracker.facts import Role
from tracker.facts.importing import ImportRule
from tracker.services.bundle import Services
from ui.dialogs.import_rule_editor import RuleEditor
from ui.dialogs.import_rule_run import RuleRunDialog
from ui.dialogs.import_rules import RuleList

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
DAY = date(2026, 3, 14)


@pytest.fixture
def home(qtbot: QtBot, services: Services) -> Home:
    made = move_in(services)
    made.pay(DAY, 12_00, "ELM DRUG 0042")
    made.pay(DAY, 15_00, "Elm Drug Store", Role.DEDUCTIBLE)
    made.pay(DAY, 41_12, "Quest Labs", Role.DEDUCTIBLE)
    services.importing.save_rules(
        [
            ImportRule(name="Elm", payee_has="elm drug", payee="Elm Pharmacy",
                       category_id=made.lines[Role.PRESCRIPTION]),
            ImportRule(name="Quest", payee_has="quest"),
        ]
    )  # fmt: skip
    return made


def open_list(qtbot: QtBot, home: Home) -> RuleList:
    made = RuleList(home.context, None)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def names(home: Home) -> list[str]:
    return [rule.name for rule in home.services.importing.rules()]


def test_rules_are_moved_turned_off_copied_and_removed_by_keyboard(qtbot: QtBot, home: Home) -> None:
    made = open_list(qtbot, home)
    assert made.table.hasFocus()
    qtbot.keyClick(made.table, Qt.Key.Key_Down, ALT)
    assert names(home) == ["Quest", "Elm"]
    assert made.table.currentIndex().row() == 1
    qtbot.keyClick(made.table, Qt.Key.Key_Space)
    assert [rule.active for rule in home.services.importing.rules()] == [True, False]
    assert made.turn.text() == "Turn on"
    made.copy.setFocus()
    qtbot.keyClick(made.copy, Qt.Key.Key_Space)
    assert names(home) == ["Quest", "Elm", "Elm copy"]
    assert made.table.currentIndex().row() == 2
    made.table.setFocus()
    qtbot.keyClick(made.table, Qt.Key.Key_Delete)
    assert names(home) == ["Quest", "Elm"]
    home.services.ledger.undo()
    assert names(home) == ["Quest", "Elm", "Elm copy"]


def test_a_rule_is_added_with_a_live_count_and_says_what_is_wrong(qtbot: QtBot, home: Home) -> None:
    made = open_list(qtbot, home)
    made.add_rule.setFocus()
    qtbot.keyClick(made.add_rule, Qt.Key.Key_Space)
    (editor,) = made.findChildren(RuleEditor)
    qtbot.waitUntil(editor.isActiveWindow)
    assert "Say which payee" in editor.fits.text()
    qtbot.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert "is missing" in editor.form.field("name").complaint()
    qtbot.keyClicks(editor.name, "Labs")
    qtbot.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert "would fit every row" in editor.form.field("payee_has").complaint()
    qtbot.keyClicks(editor.payee_has, "elm")
    qtbot.waitUntil(lambda: "fits 2 of your payments" in editor.fits.text())
    assert "Elm Drug Store $15.00 of Mar 14, 2026" in editor.fits.text()
    editor.amount_to.setFocus()
    qtbot.keyClicks(editor.amount_to, "12")
    editor.memo_has.setFocus()
    qtbot.waitUntil(lambda: "fits 1 of your payments" in editor.fits.text())
    editor.line.setFocus()
    qtbot.keyClicks(editor.line, home.services.budget.categories()[0].name)
    editor.name.setFocus()
    qtbot.keyClick(editor.name, Qt.Key.Key_Return)
    (rule, *_rest) = home.services.importing.rules()
    assert (rule.name, rule.payee_has, rule.amount_to) == ("Labs", "elm", 12_00)
    assert rule.category_id == home.services.budget.categories()[0].id
    assert names(home) == ["Labs", "Elm", "Quest"]


def test_a_rule_is_changed_in_its_place(qtbot: QtBot, home: Home) -> None:
    made = open_list(qtbot, home)
    qtbot.keyClick(made.table, Qt.Key.Key_Down)
    qtbot.keyClick(made.table, Qt.Key.Key_Return)
    (editor,) = made.findChildren(RuleEditor)
    qtbot.waitUntil(editor.isActiveWindow)
    qtbot.keyClick(editor.name, Qt.Key.Key_End)
    qtbot.keyClicks(editor.name, " Labs")
    qtbot.keyClick(editor.name, Qt.Key.Key_Return)
    assert names(home) == ["Elm", "Quest Labs"]
    assert made.table.currentIndex().row() == 1


def test_a_run_is_looked_at_ticked_and_made_as_one_change(qtbot: QtBot, home: Home) -> None:
    made = open_list(qtbot, home)
    made.run.setFocus()
    qtbot.keyClick(made.run, Qt.Key.Key_Space)
    (run,) = made.findChildren(RuleRunDialog)
    qtbot.waitUntil(run.isActiveWindow)
    assert run.words.text() == "2 payments would change."
    assert run.table.hasFocus()
    texts = [column.text(run.model.row_at(0)) for column in run.model.columns]
    assert any(text.startswith("Payee \u2192 Elm Pharmacy") for text in texts)
    assert run.detail.text().startswith("Payee \u2192 Elm Pharmacy")
    qtbot.keyClick(run.table, Qt.Key.Key_Space)
    assert run.save_button.text() == "Change 1 payment"
    assert run.model.columns[0].text(run.model.row_at(0)) == "No"
    qtbot.keyClick(run, Qt.Key.Key_Return, CTRL)
    assert [home.payee_of(payment) for payment in home.all()].count("Elm Pharmacy") == 1
    assert home.shell.said[-1] == "Run rules on 1 payment"
    home.services.ledger.undo()
    assert [home.payee_of(payment) for payment in home.all()].count("Elm Pharmacy") == 0


def test_only_payments_without_a_line_and_nothing_to_do(qtbot: QtBot, home: Home) -> None:
    rules = home.services.importing.rules()
    run = RuleRunDialog(home.context, None, rules, open_list(qtbot, home)._names)
    qtbot.addWidget(run)
    run.show()
    run.only.setFocus()
    qtbot.keyClick(run.only, Qt.Key.Key_Space)
    assert run.words.text() == "1 payment would change."
    run._rules = rules[1:]
    qtbot.keyClick(run.only, Qt.Key.Key_Space)
    assert run.words.text() == "No payment would change."
    assert not run.save_button.isEnabled()
