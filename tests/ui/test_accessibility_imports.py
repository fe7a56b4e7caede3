"""The windows around imports and tables without a mouse and with text twice as large."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.ui import access_kit as kit
from tests.ui import access_look as look_kit
from tests.ui.coverage_kit import desk_over
from tracker.facts import Role
from tracker.facts.importing import ImportRule
from tracker.imports.table_reading import read_any_table
from tracker.services.bundle import Services
from ui.context import Context
from ui.dialogs.import_rule_editor import RuleEditor
from ui.dialogs.import_rule_run import RuleRunDialog
from ui.dialogs.import_rules import RuleList
from ui.dialogs.table_export import TableExportDialog
from ui.dialogs.table_mapping import TableMappingDialog
from ui.models.import_rule_words import names_of
from ui.pages.settings import SettingsPage
from ui.theme import Theme

BANK = b"Report;\nDate;Payee;Value;Dr/Cr\n3/4/2026;Elm Pharmacy;1,00;Abgang\n5/4/2026;Quest;x;Zugang\n"
CLAIMS = b"Claim Number,Service Date,Provider,Billed,You Owe\nA1,3/14/2026,Harbor,500.00,200.00\n"


@pytest.fixture
def flashes(qapp: QApplication) -> Iterator[None]:
    with kit.no_flashes(qapp):
        yield


def _rules(services: Services) -> list[ImportRule]:
    line = next(item for item in services.budget.categories() if item.role is Role.PRESCRIPTION)
    rules = [
        ImportRule(name="Pharmacies", payee_has="pharmacy", category_id=line.id, item="prescription"),
        ImportRule(name="Labs", payee_has="labs", person_id=services.people.people()[0].id),
        ImportRule(name="Off", payee_has="x", leave_out=True, active=False),
    ]
    services.importing.save_rules(rules)
    return services.importing.rules()


def _list(context: Context) -> QDialog:
    _rules(context.services)
    return RuleList(context, None)


def _editor(context: Context) -> QDialog:
    return RuleEditor(context, None, _rules(context.services)[0], names_of(context.services), place=0)


def _run(context: Context) -> QDialog:
    return RuleRunDialog(context, None, _rules(context.services), names_of(context.services))


def _mapping(data: bytes) -> Callable[[Context], QDialog]:
    return lambda context: TableMappingDialog(context, None, *read_any_table(data, "march.csv")[1:])


FORMS: dict[str, Callable[[Context], QDialog]] = {
    "rules": _list,
    "no rules": lambda context: RuleList(context, None),
    "rule": _editor,
    "run": _run,
    "bank table": _mapping(BANK),
    "claims table": _mapping(CLAIMS),
    "no table": _mapping(b"<html></html>"),
    "export": lambda context: TableExportDialog(context, None),
}


@pytest.mark.usefixtures("flashes")
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("name", FORMS)
def test_a_window_is_named_reached_by_tab_fits_and_is_left_with_esc(
    sample: Services, qtbot: QtBot, look: Theme, name: str, percent: int
) -> None:
    look.apply(percent=percent)
    desk = desk_over(sample)
    form = FORMS[name](desk.context)
    desk.kept.append(form)
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    kit.settle()
    wrong = look_kit.wrong_in(form) + kit.wrong_with_tab(form)
    assert not wrong, "\n".join(wrong)
    QTest.keyClick(QApplication.focusWidget() or form, Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert desk.problems == []


@pytest.mark.parametrize("percent", [100, 200])
def test_the_section_of_imports(sample: Services, qtbot: QtBot, look: Theme, percent: int) -> None:
    look.apply(percent=percent)
    desk = desk_over(sample)
    page = SettingsPage(desk.context)
    qtbot.addWidget(page)
    page.resize(1024, 700)
    page.show()
    page.arrive("imports")
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    kit.settle()
    wrong = look_kit.wrong_in(page)
    assert not wrong, "\n".join(wrong)
