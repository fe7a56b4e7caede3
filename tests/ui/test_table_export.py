"""Exporting tables: chosen by keyboard, written beside the window, what is wrong said in place."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.coverage_kit import Desk, desk_over
from tests.ui.session_kit import session_over
from tracker.services.bundle import services_over
from tracker.storage.ledger import Ledger
from ui.dialogs.table_export import TableExportDialog
from ui.pages.accounts import AccountsPage
from ui.pages.claims import ClaimsPage
from ui.pages.spending import SpendingPage
from ui.widgets.buttons import PlainButton
from ui.widgets.page import Page

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot: QtBot, sample_ledger: Ledger) -> Desk:
    return desk_over(services_over(sample_ledger))


def opened(qtbot: QtBot, desk: Desk, folder: Path, *tables: str) -> TableExportDialog:
    made = TableExportDialog(desk.context, None, tables)
    desk.kept.append(made)
    made.take_folder(str(folder))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_a_year_of_payments_for_an_accountant_by_keyboard(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    made = opened(qtbot, desk, tmp_path, "payments")
    assert made.tables.ticked() == ("payments",)
    made.redacted.setFocus()
    qtbot.keyClick(made.redacted, Qt.Key.Key_Space)
    qtbot.keyClick(made, Qt.Key.Key_Return, CTRL)
    path = tmp_path / "Payments 2026 redacted.csv"
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert rows
    assert {row["Payee"].split()[0] for row in rows if row["Payee"]} == {"Provider"}
    assert desk.shell.said[-1].startswith(f"Exported {len(rows):,} rows to Payments 2026 redacted.csv")


@pytest.mark.parametrize(
    ("page", "ticked"), [(SpendingPage, "payments"), (ClaimsPage, "claims"), (AccountsPage, "accounts")]
)
def test_pages_offer_their_own_table(qtbot: QtBot, desk: Desk, page: type[Page], ticked: str) -> None:
    shown = page(desk.context)  # type: ignore[call-arg,arg-type]
    desk.kept.append(shown)
    qtbot.addWidget(shown)
    shown.show()
    if isinstance(shown, ClaimsPage):
        menu = shown.acts.add_menu()
        next(act for act in menu.actions() if act.text().startswith("Export")).trigger()
    else:
        button = next(one for one in shown.findChildren(PlainButton) if one.text() == "Export\u2026")
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
    (opened_dialog,) = shown.findChildren(TableExportDialog)
    assert opened_dialog.tables.ticked() == (ticked,)
    opened_dialog.reject()


def test_the_file_menu_and_ctrl_k_offer_it(qtbot: QtBot, ledger: Ledger) -> None:
    with session_over(ledger, qtbot) as session:
        window = session.window
        window.tables_requested.emit()
        (opened_dialog,) = window.findChildren(TableExportDialog)
        assert len(opened_dialog.tables.ticked()) == 3
        opened_dialog.reject()
        qtbot.waitUntil(lambda: window._finder is not None)
        assert "Export tables" in {item.title for item in window._finder.search("tables")}


def test_all_tables_as_a_workbook_of_all_time(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    made = opened(qtbot, desk, tmp_path)
    made.period.setFocus()
    qtbot.keyClick(made.period, Qt.Key.Key_Down)
    qtbot.keyClick(made.period, Qt.Key.Key_Down)
    made.form_choice.setFocus()
    qtbot.keyClick(made.form_choice, Qt.Key.Key_Down)
    qtbot.keyClick(made, Qt.Key.Key_Return, CTRL)
    assert (tmp_path / "Tables.xlsx").exists()


def test_what_is_wrong_is_said_beside_the_field(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    made = opened(qtbot, desk, tmp_path, "claims")
    box = made.tables.box("claims")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    qtbot.keyClick(made, Qt.Key.Key_Return, CTRL)
    assert "No table is chosen" in made.form.field("tables").complaint()
    assert made.save_button.isEnabled()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    made.period.setFocus()
    qtbot.keyClick(made.period, Qt.Key.Key_End)
    assert made.begin.isVisible()
    made.begin.setFocus()
    qtbot.keyClicks(made.begin, "6/1/2026")
    made.last.setFocus()
    qtbot.keyClicks(made.last, "5/1/2026")
    qtbot.keyClick(made, Qt.Key.Key_Return, CTRL)
    assert "before the first" in made.form.field("last").complaint()
    made.take_folder(str(tmp_path / "gone"))
    made.last.setFocus()
    made.last.clear()
    qtbot.keyClicks(made.last, "6/30/2026")
    qtbot.keyClick(made, Qt.Key.Key_Return, CTRL)
    assert "is not there" in made.form.field("folder").complaint()
    made.take_folder(str(tmp_path))
    qtbot.keyClick(made, Qt.Key.Key_Return, CTRL)
    assert (tmp_path / "Claims 2026-06-01 to 2026-06-30.csv").exists()
