"""Settings, imports: what was imported, taken back and undone, the rules, the kept layouts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.session_kit import session_over
from tests.ui.spending_home import Home, move_in
from tracker.facts.importing import ImportProfile, ImportRule
from tracker.imports.table_choosing import to_keep
from tracker.imports.table_mapping import to_json
from tracker.imports.table_opening import GUESSED
from tracker.imports.table_reading import read_any_table
from tracker.services.bundle import Services
from tracker.storage.ledger import Ledger
from tracker.storage.queries.payments import PaymentFilter
from ui.dialogs.import_rules import RuleList
from ui.pages.settings import SettingsPage
from ui.pages.settings_imports import ImportsSection
from ui.pages.spending import SpendingPage

CSV = b"Date,Payee,Amount\n3/14/2026,Elm Pharmacy,-12.00\n3/15/2026,Quest Labs,-41.12\n3/16/2026,x,y\n"


@pytest.fixture
def home(qtbot: QtBot, services: Services, tmp_path: Path) -> Home:
    made = move_in(services)
    made.pay(date(2026, 1, 5), 99_00, "Somebody else")
    (tmp_path / "march.csv").write_bytes(CSV)
    importing = services.importing
    files = importing.read([tmp_path / "march.csv"])
    importing.take(importing.preview(files, chosen={(0, ""): made.bank}))
    _, table, mapping = read_any_table(CSV, "march.csv")
    kept = to_json(to_keep(table, mapping, "My bank", GUESSED))
    importing.save_profile(ImportProfile(name="My bank", mapping=kept))
    importing.save_profile(ImportProfile(name="Broken", mapping="{}"))
    return made


@pytest.fixture
def section(qtbot: QtBot, home: Home) -> ImportsSection:
    page = SettingsPage(home.context)
    home.context.bus.committed.connect(page.on_committed)
    qtbot.addWidget(page)
    page.resize(1100, 900)
    page.show()
    page.arrive("imports")
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    found = page.section
    assert isinstance(found, ImportsSection)
    found.kept_page = page  # type: ignore[attr-defined]
    return found


def cells(section: ImportsSection, row: int = 0) -> list[str]:
    return [column.text(section.model.row_at(row)) for column in section.model.columns][1:]


def test_an_import_is_listed_taken_back_and_undone(
    qtbot: QtBot, home: Home, section: ImportsSection
) -> None:
    assert cells(section) == ["march.csv", "2", "0", "1", "2 payments"]
    section.table.setFocus()
    section.table.go_to_cell(0, 0)
    assert section.details.text() == "march.csv (table): 2 rows taken, 0 known already, 1 left out."
    first = next(payment for payment in home.all() if payment.import_id)
    home.context.commit(section, lambda: home.services.payments.remove([first.id or 0]))
    assert cells(section)[-1] == "1 payment"
    qtbot.keyClick(section.table, Qt.Key.Key_Delete)
    assert section.model.rowCount() == 0
    assert section.empty.isVisible()
    assert len(home.all()) == 1
    home.context.undo()
    assert cells(section)[-1] == "1 payment"


def test_its_payments_are_shown_alone(qtbot: QtBot, home: Home, section: ImportsSection) -> None:
    section.table.setFocus()
    section.table.go_to_cell(0, 0)
    qtbot.keyClick(section.table, Qt.Key.Key_Return)
    page, target = home.shell.went[-1]
    assert (page, target) == ("spending", PaymentFilter(import_id=section.model.row_at(0).made.id))
    spending = SpendingPage(home.context)
    qtbot.addWidget(spending)
    spending.resize(1100, 700)
    spending.show()
    assert isinstance(target, PaymentFilter)
    spending.arrive(target)
    qtbot.waitUntil(lambda: spending.table.model().rowCount() == 2)
    assert spending.filters.of_import.isVisible()
    assert spending.filters.said() == "of one import"
    spending.filters.of_import.setFocus()
    qtbot.keyClick(spending.filters.of_import, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: spending.table.model().rowCount() == 3)
    assert not spending.filters.of_import.isVisible()


def test_rules_are_counted_and_opened(qtbot: QtBot, home: Home, section: ImportsSection) -> None:
    assert "No rules yet" in section.rules_words.text()
    rules = [ImportRule(name="a", payee_has="a"), ImportRule(name="b", payee_has="b", active=False)]
    home.context.commit(section, lambda: home.services.importing.save_rules(rules))
    assert section.rules_words.text() == "2 rules, 1 of them on."
    section.rules_button.setFocus()
    qtbot.keyClick(section.rules_button, Qt.Key.Key_Space)
    (opened,) = section.window().findChildren(RuleList)
    assert opened.model.rowCount() == 2
    opened.reject()


def test_a_kept_layout_is_removed_and_comes_back(qtbot: QtBot, home: Home, section: ImportsSection) -> None:
    shown = {row.name: row for row in section.layouts_model.rows}
    assert shown["My bank"].headings == "Date, Payee, Amount"
    assert shown["Broken"].what == "Damaged"
    section.layouts.setFocus()
    section.layouts.select_key(shown["Broken"].id)
    qtbot.keyClick(section.layouts, Qt.Key.Key_Delete)
    assert [row.name for row in section.layouts_model.rows] == ["My bank"]
    home.context.undo()
    assert section.layouts_model.rowCount() == 2
    section.layouts.clearSelection()
    assert not section.forget_button.isEnabled()


def test_ctrl_k_reaches_rules_and_history(qtbot: QtBot, ledger: Ledger) -> None:
    with session_over(ledger, qtbot) as session:
        window = session.window
        qtbot.waitUntil(lambda: window._finder is not None)
        found = {item.title: item for item in window._finder.search("import")}
        assert {"Rules for imports", "History of imports"} <= found.keys()
        found["Rules for imports"].open()
        (rules,) = window.findChildren(RuleList)
        rules.reject()
        found["History of imports"].open()
        QApplication.processEvents()
        assert window.findChildren(ImportsSection)
