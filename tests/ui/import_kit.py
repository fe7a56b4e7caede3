"""Files for the tests of the import window, and the window itself, opened over a ledger of the test."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.coverage_kit import Desk
from ui.dialogs.import_window import ImportWindow
from ui.widgets.table import LedgerTable

OFX = (
    "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:UTF-8\n\n"
    "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD"
    "<BANKACCTFROM><BANKID>1<ACCTID>{account}<ACCTTYPE>{kind}</BANKACCTFROM>"
    "<BANKTRANLIST>{rows}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
)
ROW = "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>{day}<TRNAMT>{amount}<FITID>{number}<NAME>{payee}</STMTTRN>"

LABS = ("20260302", "-41.12", "A1", "QUEST LABS 0042")
PHARMACY = ("20260305", "-12.50", "A2", "CORNER PHARMACY")
GROCER = ("20260306", "-80.00", "A3", "FRESH GROCER")

EOB = {
    "resourceType": "ExplanationOfBenefit",
    "id": "eob-1",
    "status": "active",
    "use": "claim",
    "type": {"coding": [{"code": "professional"}]},
    "identifier": [{"type": {"coding": [{"code": "uc"}]}, "value": "0042E1"}],
    "patient": {"display": "Pat Example"},
    "provider": {"display": "Quest Labs"},
    "created": "2026-03-20",
    "billablePeriod": {"start": "2026-03-02", "end": "2026-03-02"},
    "item": [
        {
            "sequence": 1,
            "servicedDate": "2026-03-02",
            "productOrService": {"coding": [{"code": "80061", "display": "Blood test"}]},
        }
    ],
    "total": [
        {"category": {"coding": [{"code": code}]}, "amount": {"value": value, "currency": "USD"}}
        for code, value in (("submitted", 120), ("eligible", 40.5), ("deductible", 40.5), ("benefit", 0))
    ],
}


def ofx(
    folder: Path,
    *rows: tuple[str, str, str, str],
    name: str = "march.ofx",
    account: str = "77",
    kind: str = "CHECKING",
) -> Path:
    """A bank's file with these rows: day, amount, the bank's number, payee."""
    text = "".join(
        ROW.format(day=day, amount=amount, number=number, payee=payee)
        for day, amount, number, payee in rows
    )
    path = folder / name
    path.write_text(OFX.format(rows=text, account=account, kind=kind), "utf-8")
    return path


def eob(folder: Path, name: str = "eob.json", number: str = "", **changes: object) -> Path:
    """An EOB as FHIR data; `number` gives it a claim number of its own."""
    made = EOB | changes
    if number:
        made |= {
            "id": number,
            "identifier": [{"type": {"coding": [{"code": "uc"}]}, "value": number}],
        }
    path = folder / name
    path.write_text(json.dumps(made))
    return path


def with_deductible(amount: float) -> list[object]:
    """The totals of the EOB with another deductible."""
    totals = [dict(item) for item in EOB["total"]]  # type: ignore[call-overload]
    totals[2]["amount"] = {"value": amount, "currency": "USD"}
    return totals


def opened(qtbot: QtBot, desk: Desk, *paths: Path) -> ImportWindow:
    """The window, shown and active, with files."""
    window = ImportWindow(desk.context, paths=list(paths))
    desk.kept.append(window)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(window, before_close_func=lambda made: made.accept())  # whatever was changed in it
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), key, modifier)


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def type_into(table: LedgerTable, row: int, heading: str, text: str) -> None:
    """Edit a cell in place with F2, as a person does."""
    headings = [column.heading for column in table.rows_model.columns]
    table.go_to_cell(row, headings.index(heading))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = focus()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def said(table: LedgerTable, heading: str) -> list[str]:
    """What a column says, from top to bottom."""
    column = next(column for column in table.rows_model.columns if column.heading == heading)
    return [column.text(row) for row in table.rows_model.rows]
