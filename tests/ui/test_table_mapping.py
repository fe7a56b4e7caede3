"""The wizard for the columns of a table: what it shows, what it asks for, and what it gives."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.spending_home import Home, move_in
from tracker.imports.table_dates import DateOrder
from tracker.imports.table_fields import Field
from tracker.imports.table_mapping import Direction, Mapping
from tracker.imports.table_reading import read_any_table, read_table
from tracker.services.bundle import Services
from ui.dialogs.table_mapping import TableMappingDialog
from ui.models.table_choosing_words import check_words
from ui.widgets.choice_edit import OptionEdit

ODD = b"When,Whom,How much\n04/03/2026,Quest Labs,5.00\n05/03/2026,Elm Pharmacy,six\n"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def home(qtbot: QtBot, services: Services) -> Home:
    return move_in(services)


def pick(qtbot: QtBot, chooser: OptionEdit, words: str) -> None:
    """Go down a list by the keyboard to the option that begins with the words."""
    chooser.setFocus()
    if not chooser.currentText().startswith(words):
        qtbot.keyClick(chooser, Qt.Key.Key_Home)
    for _ in range(chooser.count()):
        if chooser.currentText().startswith(words):
            return
        qtbot.keyClick(chooser, Qt.Key.Key_Down)
    raise AssertionError(f"{words} cannot be chosen")


class Wizard:
    """A dialog over a file, and what it gave."""

    def __init__(self, qtbot: QtBot, home: Home, data: bytes) -> None:
        _, table, mapping = read_any_table(data, "march.csv", profiles=home.services.importing.mappings())
        self.dialog = TableMappingDialog(home.context, None, table, mapping)
        self.given: list[Mapping] = []
        self.dialog.chosen.connect(self.given.append)
        qtbot.addWidget(self.dialog)
        self.dialog.show()
        self.dialog.activateWindow()
        qtbot.waitUntil(self.dialog.isActiveWindow)

    def choose(self, qtbot: QtBot, place: int, words: str) -> None:
        """Say by the keyboard what a column holds."""
        pick(qtbot, self.dialog.columns.choosers[place], words)

    def checks(self) -> list[str]:
        return [check_words(row) for row in self.dialog._preview.inside.rows_model.rows]  # type: ignore[union-attr]


def test_columns_are_named_by_keyboard_and_the_preview_follows(qtbot: QtBot, home: Home) -> None:
    wizard = Wizard(qtbot, home, ODD.replace(b"04/03", b"14/03"))
    dialog = wizard.dialog
    for place, words in enumerate(("Date of the", "Payee", "Amount")):
        wizard.choose(qtbot, place, words)
    pick(qtbot, dialog.dates, "Month")
    assert any("not a day" in words or "Left out" in words for words in wizard.checks())
    pick(qtbot, dialog.dates, "Day")
    assert dialog.mapping.dates is DateOrder.DAY_FIRST
    assert wizard.checks()[0] == ""
    assert "six" in wizard.checks()[1]
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    (mapping,) = wizard.given
    assert [row.on.isoformat() for row in read_table(dialog.table, mapping).money] == ["2026-03-14"]
    assert home.services.importing.profiles() == []


def test_the_same_field_cannot_be_chosen_twice_and_it_says_so(qtbot: QtBot, home: Home) -> None:
    wizard = Wizard(qtbot, home, b"Date,Posted on,Payee,Amount\n3/14/2026,3/15/2026,Quest,-5.00\n")
    dialog = wizard.dialog
    wizard.choose(qtbot, 1, "Date of the")
    assert dialog.mapping.columns[:2] == (Field.DATE, Field.DATE)
    assert "two columns" in dialog.columns._remarks[1].text()
    assert dialog.columns._remarks[1].isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert wizard.given == []
    assert "Two columns" in dialog.form.field("columns").complaint()
    wizard.choose(qtbot, 0, "Not read")
    assert not dialog.columns._remarks[1].isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert [each.place(Field.DATE) for each in wizard.given] == [1]


def test_what_is_missing_is_said_beside_the_columns_and_nothing_is_lost(qtbot: QtBot, home: Home) -> None:
    wizard = Wizard(qtbot, home, ODD)
    dialog = wizard.dialog
    dialog.name.setText("My bank")
    for place in range(3):
        wizard.choose(qtbot, place, "Not read")
    assert "No column holds the dates" in dialog.count.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert wizard.given == []
    assert dialog.isVisible()
    assert "No column holds the dates" in dialog.form.field("columns").complaint()
    assert QApplication.focusWidget() is dialog.columns.choosers[0]
    assert dialog.name.text() == "My bank"
    wizard.choose(qtbot, 0, "Date of the")
    assert dialog.form.field("columns").complaint() == ""
    wizard.choose(qtbot, 2, "Amount")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert [each.name for each in wizard.given] == ["My bank"]


def test_a_layout_kept_once_is_used_for_the_next_file_and_shown_again(qtbot: QtBot, home: Home) -> None:
    wizard = Wizard(qtbot, home, ODD)
    pick(qtbot, wizard.dialog.direction, "Positive")
    wizard.choose(qtbot, 1, "Payee")
    wizard.choose(qtbot, 2, "Amount")
    wizard.dialog.name.setFocus()
    qtbot.keyClicks(wizard.dialog.name, "My bank")
    assert "Later files" in wizard.dialog.form.field("name")._hint.text()
    qtbot.keyClick(wizard.dialog.name, Qt.Key.Key_Return)
    assert [each.name for each in home.services.importing.profiles()] == ["My bank"]
    assert [each.name for each in wizard.given] == ["My bank"]

    again = Wizard(qtbot, home, ODD.replace(b"six", b"6.00"))
    assert again.dialog.name.text() == "My bank"
    assert again.dialog.mapping.direction is Direction.REVERSED
    assert "replaced" in again.dialog.form.field("name")._hint.text()
    home.services.ledger.undo()
    assert home.services.importing.profiles() == []


def test_the_file_is_opened_again_with_another_separator_and_headings(qtbot: QtBot, home: Home) -> None:
    data = (
        b"Report, made today\nDate|Payee|Amount\n3/14/2026|Quest, Inc.|-5.00\n3/15/2026|Elm, Inc.|-6.00\n"
    )
    wizard = Wizard(qtbot, home, data)
    dialog = wizard.dialog
    pick(qtbot, dialog.delimiter, "Commas")
    assert dialog.table.width == 2
    assert "No column" in dialog.count.text()
    pick(qtbot, dialog.delimiter, "Vertical")
    assert dialog.table.headings == ("Date", "Payee", "Amount")
    pick(qtbot, dialog.headings, "There are no")
    assert not dialog.table.has_headings
    assert len(dialog.table.rows) == 4
    pick(qtbot, dialog.headings, "Row 2")
    assert dialog.table.has_headings
    qtbot.waitUntil(lambda: "2 payments out of 2 rows" in dialog.count.text())
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    (mapping,) = wizard.given
    found = read_any_table(data.replace(b"-5", b"-7"), "x.csv", profiles=[mapping])[0]
    assert [row.amount for row in found.money] == [-700, -600]


def test_words_are_asked_for_where_a_word_says_the_direction(qtbot: QtBot, home: Home) -> None:
    data = b"Date,Payee,Amount,Side\n3/14/2026,a,5.00,Abgang\n3/15/2026,b,6.00,Zugang\n"
    wizard = Wizard(qtbot, home, data)
    dialog = wizard.dialog
    assert not dialog.out_words.isVisible()
    wizard.choose(qtbot, 3, "A word")
    pick(qtbot, dialog.direction, "A word")
    assert dialog.out_words.isVisible()
    assert "abgang" in dialog.form.field("out_words")._hint.text()
    dialog.out_words.setFocus()
    qtbot.keyClicks(dialog.out_words, "Abgang")
    qtbot.keyClick(dialog.out_words, Qt.Key.Key_Tab)
    qtbot.keyClicks(dialog.in_words, "Zugang")
    qtbot.keyClick(dialog.in_words, Qt.Key.Key_Return)
    (mapping,) = wizard.given
    assert [row.amount for row in read_table(dialog.table, mapping).money] == [-500, 600]


def test_a_file_that_is_no_table_says_so_and_is_not_used(qtbot: QtBot, home: Home) -> None:
    wizard = Wizard(qtbot, home, b"<html><table><tr><td>1</td></tr></table>")
    qtbot.keyClick(wizard.dialog, Qt.Key.Key_Return, CTRL)
    assert wizard.given == []
    assert "web page" in wizard.dialog.count.text()
    qtbot.keyClick(wizard.dialog, Qt.Key.Key_Escape)
    assert not wizard.dialog.isVisible()


def test_claims_are_shown_as_claims(qtbot: QtBot, home: Home) -> None:
    data = b"Claim Number,Service Date,Provider,Billed,You Owe\nA1,3/14/2026,Harbor,500.00,200.00\n"
    wizard = Wizard(qtbot, home, data)
    assert not wizard.dialog.direction.isVisible()
    headings = [column.heading for column in wizard.dialog._preview.inside.rows_model.columns]  # type: ignore[union-attr]
    assert {"Service date", "Provider", "Billed", "You owe"} <= set(headings)
    wizard.dialog.holds.setFocus()
    qtbot.keyClick(wizard.dialog.holds, Qt.Key.Key_Home)
    assert wizard.dialog.direction.isVisible()
