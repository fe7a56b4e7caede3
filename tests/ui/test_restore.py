"""Copies of the ledger from the window: making them, looking into them, bringing one back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.coverage_kit import desk_over
from tests.ui.session_kit import program_in
from tracker.errors import UserProblem, WorldProblem
from tracker.facts import Payment, Person
from tracker.services import backups
from tracker.services.bundle import Services, services_over
from tracker.storage.ledger import Ledger, create
from ui.bootstrap import Program
from ui.dialogs.about import ADVICE, AboutDialog
from ui.dialogs.ledger_files import back_up, back_up_to, choose_ledger
from ui.dialogs.restore import RestoreDialog

TODAY = date(2026, 11, 22)


def at(hour: int) -> datetime:
    return datetime(2026, 11, 22, hour, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A ledger with one payment, a copy of it, and a second payment after the copy."""
    path = tmp_path / "Home & all.ledger"
    ledger = create(path, clock=lambda: TODAY)
    services = services_over(ledger)
    services.people.save_person(Person(name="Eleanor"))
    services.payments.save(Payment(paid_on=date(2026, 11, 3), amount=41_12), payee="Quest Labs")
    backups.back_up(path, now=lambda: at(9))
    services.payments.save(Payment(paid_on=date(2026, 11, 20), amount=75_00), payee="Dr. Iyer")
    ledger.close()
    return path


@pytest.fixture
def program(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """The program as it starts, its settings in a folder of the test's own."""
    with program_in(tmp_path, monkeypatch) as made:
        yield made


def by_hand(path: Path) -> Path:
    return next(copy.path for copy in backups.listed(path) if copy.reason == "by hand")


def count(path: Path) -> int:
    return backups.look_into(path).payments


# the service -------------------------------------------------------------------------


def test_a_copy_says_what_it_holds(home: Path) -> None:
    found = backups.look_into(by_hand(home))
    assert (found.payments, found.newest_payment, found.claims) == (1, date(2026, 11, 3), 0)
    assert found.people == ("Eleanor",)


def test_restoring_keeps_what_was_there(home: Path) -> None:
    safety = backups.restore(by_hand(home), home, now=lambda: at(10))
    assert count(home) == 1
    assert safety is not None
    assert count(safety) == 2


def test_a_ledger_open_elsewhere_is_not_replaced(home: Path) -> None:
    held = Ledger(home, clock=lambda: TODAY)
    try:
        with pytest.raises(WorldProblem, match="already open"):
            backups.restore(by_hand(home), home)
    finally:
        held.close()
    assert count(home) == 2


def test_a_ledger_takes_its_own_place_neither_way(home: Path) -> None:
    with pytest.raises(UserProblem):
        backups.restore(home, home)
    with pytest.raises(UserProblem):
        backups.back_up(home, to=home.parent / "." / home.name)
    assert count(home) == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_said(home: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(WorldProblem):
        backups.back_up(home, to=closed / "copy.ledger")


# from the window ---------------------------------------------------------------------


def test_backing_up_says_where_the_copy_went(services: Services, tmp_path: Path) -> None:
    desk = desk_over(services)
    target = tmp_path / "stick" / "copy.ledger"
    target.parent.mkdir()
    back_up_to(desk.context, target)
    assert desk.shell.said == [f"Backed up to {target}"]
    assert count(target) == 0
    back_up_to(desk.context, services.ledger.path)
    assert "cannot take the place" in str(desk.problems[0])


def test_the_file_dialogs_do_not_block(services: Services, qtbot: QtBot, home: Path) -> None:
    chosen: list[Path] = []
    window = QWidget()
    qtbot.addWidget(window)
    dialog = choose_ledger(window, chosen.append, folder=home.parent)
    dialog.fileSelected.emit(str(home))
    dialog.close()
    assert chosen == [home]
    desk = desk_over(services)
    saving = back_up(desk.context, window)
    assert saving.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    saving.close()


def test_the_newest_copy_is_shown_first_with_its_contents(
    program: Program, home: Path, qtbot: QtBot
) -> None:
    program.open(home)
    dialog = RestoreDialog(program, None)
    qtbot.addWidget(dialog)
    dialog.open()
    assert [row.reason for row in dialog.model.rows] == ["by hand"] or len(dialog.model.rows) == 2
    dialog.table.select_key(hash(by_hand(home)))
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    assert dialog.contents.value("Payments") == "1, the newest of Nov 3, 2026"
    dialog.reject()


def test_restoring_asks_once_and_opens_the_ledger_again(program: Program, home: Path, qtbot: QtBot) -> None:
    program.open(home)
    first = program.session
    assert first is not None
    dialog = RestoreDialog(program, first.window, copy=by_hand(home))
    dialog.open()
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    dialog.restore_button.click()
    assert dialog.restore_button.text() == "Replace Home && all"
    assert "another backup first" in dialog.banner.text()
    assert count(home) == 2
    dialog.restore_button.click()
    qtbot.waitUntil(lambda: program.session is not None and program.session is not first)
    again = program.session
    assert again is not None
    qtbot.waitUntil(lambda: not first.window.isVisible())
    assert again.ledger.path == home
    assert count(home) == 1
    assert again.window.isVisible()


def test_a_copy_can_become_a_ledger_of_its_own(program: Program, home: Path, qtbot: QtBot) -> None:
    program.open(home)
    first = program.session
    assert first is not None
    dialog = RestoreDialog(program, first.window, copy=by_hand(home))
    dialog.open()
    qtbot.waitUntil(dialog.new_place_button.isEnabled)
    dialog.new_place_button.click()
    (chooser,) = dialog.findChildren(QFileDialog)
    elsewhere = home.with_name("Then.ledger")
    chooser.fileSelected.emit(str(elsewhere))
    chooser.close()
    qtbot.waitUntil(lambda: program.session is not None and program.session is not first)
    assert program.session is not None
    assert program.session.ledger.path == elsewhere
    assert (count(home), count(elsewhere)) == (2, 1)


def test_choosing_another_copy_takes_the_question_back(program: Program, home: Path, qtbot: QtBot) -> None:
    program.open(home)
    dialog = RestoreDialog(program, None, copy=by_hand(home))
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    dialog.restore_button.click()
    dialog.look_into(by_hand(home))
    assert dialog.restore_button.text() == "Restore"
    assert not dialog.banner.isVisible()
    dialog.reject()


def test_a_file_that_is_no_ledger_is_refused_in_words(
    program: Program, home: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    program.open(home)
    stranger = tmp_path / "photo.ledger"
    stranger.write_bytes(b"not a ledger at all" * 20)
    dialog = RestoreDialog(program, None)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.look_into(stranger)
    qtbot.waitUntil(dialog.banner.isVisible)
    assert "not a Concierge Ledger file" in dialog.banner.text()
    assert not dialog.restore_button.isEnabled()
    dialog.reject()


@pytest.mark.parametrize("asked_for", [False, True])
def test_a_damaged_ledger_is_brought_back_from_the_first_screen(
    program: Program, home: Path, qtbot: QtBot, asked_for: bool
) -> None:
    whole = home.read_bytes()
    home.write_bytes(whole[: len(whole) // 2])
    if not asked_for:
        program.change_settings(last_ledger=str(home))
    program.start(home if asked_for else None)
    assert program.session is None
    assert program.welcome is not None
    dialog = RestoreDialog(program, program.welcome, copy=by_hand(home))
    dialog.open()
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    dialog.restore_button.click()
    dialog.restore_button.click()
    qtbot.waitUntil(lambda: program.session is not None)
    assert count(home) == 1
    assert program.welcome is None


def test_when_restoring_fails_the_ledger_is_open_again(
    program: Program, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise WorldProblem("The disk is full.", "Free some space.")

    program.open(home)
    first = program.session
    assert first is not None
    dialog = RestoreDialog(program, first.window, copy=by_hand(home))
    dialog.open()
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    monkeypatch.setattr(backups, "restore", refuse)
    dialog.restore_button.click()
    dialog.restore_button.click()
    qtbot.waitUntil(lambda: program.session is not None and program.session is not first)
    again = program.session
    assert again is not None
    assert count(home) == 2
    for box in again.window.findChildren(QDialog):
        box.close()


def test_about_names_versions_places_and_its_limits(program: Program, home: Path, qtbot: QtBot) -> None:
    program.open(home)
    assert program.session is not None
    box = AboutDialog(program.session.window)
    qtbot.addWidget(box)
    box.open()
    text = box.text()
    assert str(home) in text
    assert "SQLite: 3." in text
    assert ADVICE.startswith("Not legal")
    box.copy_button.click()
    assert QApplication.clipboard().text() == text
    box.close()
