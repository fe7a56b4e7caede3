"""Taking everything out of the ledger and in again, from the window."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.exports.ledger_kit import exported, stored
from tests.ui.coverage_kit import desk_over
from tests.ui.session_kit import program_in
from tracker.services.bundle import Services
from tracker.storage.ledger import Ledger
from ui.bootstrap import Program
from ui.dialogs.data_export import choose_export, export_to
from ui.dialogs.data_import import DataImportDialog
from ui.jobs import InlineRunner, Job, JobRunner


@pytest.fixture
def program(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path / "documents"))
    with program_in(tmp_path, monkeypatch) as made:
        yield made


@pytest.fixture
def out(sample_ledger: Ledger, tmp_path: Path) -> Path:
    return exported(sample_ledger, tmp_path / "moving" / "Everything & all.json")


@pytest.fixture
def dialog(program: Program) -> Iterator[DataImportDialog]:
    made = DataImportDialog(program, None, runner=InlineRunner())
    made.open()
    yield made
    if isValid(made):  # it goes by itself once it is closed
        made.reject()


def test_the_menu_has_both(program: Program, sample_file: Path, tmp_path: Path) -> None:
    home = tmp_path / "home.ledger"
    shutil.copyfile(sample_file, home)
    program.open(home)
    assert program.session is not None
    window = program.session.window
    texts = [action.text() for action in window.menus.findChildren(type(window.undo_actions.undo))]
    assert texts.count("Export everything…") == 1
    assert texts.count("Import everything…") == 1
    window.export_requested.emit()
    (saving,) = window.findChildren(QFileDialog)
    assert saving.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    saving.close()
    window.import_requested.emit()
    (form,) = window.findChildren(DataImportDialog)
    assert form.isVisible()
    form.reject()


def test_everything_goes_out_with_its_files(sample: Services, tmp_path: Path) -> None:
    desk = desk_over(sample)
    target = tmp_path / "out.json"
    export_to(desk.context, target)
    assert desk.problems == []
    assert desk.shell.said == [
        "Exported everything to out.json; attached files are in the folder out files beside it."
    ]
    assert json.loads(target.read_text(encoding="utf-8"))["attachments"] is True


def test_a_file_that_cannot_be_written_is_said(sample: Services, tmp_path: Path) -> None:
    desk = desk_over(sample)
    export_to(desk.context, sample.ledger.path)
    assert "an export cannot take its place" in str(desk.problems[0])


def test_the_name_that_is_offered_has_the_day(sample: Services, qtbot: QtBot) -> None:
    desk = desk_over(sample)
    window = QWidget()
    qtbot.addWidget(window)
    asking = choose_export(desk.context, window)
    assert [Path(name).name for name in asking.selectedFiles()] == ["sample 2026-11-22.json"]
    asking.close()


def test_choosing_a_file_says_what_it_is_and_where_it_goes(
    dialog: DataImportDialog, out: Path, tmp_path: Path
) -> None:
    assert not dialog.save_button.isEnabled()
    assert not dialog.form.field("target").isVisible()
    dialog.take_file(str(out))
    assert dialog.file_button.text() == "moving/Everything && all.json"
    assert dialog.form.field("file")._hint.text() == "Exported on Nov 22, 2026."
    assert dialog.form.field("target").isVisible()
    assert dialog.target_button.text().endswith("/Everything && all.ledger")
    assert dialog.save_button.isEnabled()
    assert dialog.save_button.hasFocus()


def test_importing_opens_the_new_ledger(
    dialog: DataImportDialog,
    out: Path,
    program: Program,
    sample_ledger: Ledger,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    dialog.take_file(str(out))
    dialog.take_target(tmp_path / "new.ledger")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert program.session is not None
    assert program.session.ledger.path == tmp_path / "new.ledger"
    assert program.settings.last_ledger == str(tmp_path / "new.ledger")
    assert not (isValid(dialog) and dialog.isVisible())
    assert stored(tmp_path / "new.ledger") == stored(sample_ledger.path)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b"SQLite format 3\x00"])
def test_what_is_no_export_is_said_beside_the_field(
    dialog: DataImportDialog, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "in.json").write_bytes(content)
    dialog.take_file(str(tmp_path / "in.json"))
    assert dialog.form.field("file").complaint().startswith("in.json ")
    assert not dialog.save_button.isEnabled()
    assert dialog.file_button.isEnabled()


def test_what_is_wrong_inside_is_said_and_another_try_possible(
    dialog: DataImportDialog, out: Path, tmp_path: Path
) -> None:
    whole = out.read_text(encoding="utf-8")
    out.write_text(whole.replace('"amount": "', '"amount": "x', 1), encoding="utf-8")
    dialog.take_file(str(out))
    dialog.take_target(tmp_path / "new.ledger")
    dialog.save_button.click()
    assert "where an amount in dollars" in dialog.form.field("file").complaint()
    assert not (tmp_path / "new.ledger").exists()
    out.write_text(whole, encoding="utf-8")
    dialog.save_button.click()
    assert (tmp_path / "new.ledger").exists()


def test_the_open_ledger_is_not_replaced(
    dialog: DataImportDialog, out: Path, program: Program, sample_file: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home.ledger"
    shutil.copyfile(sample_file, home)
    program.open(home)
    dialog.take_file(str(out))
    dialog.take_target(home)
    dialog.save_button.click()
    assert dialog.form.field("target").complaint().startswith("That ledger is open.")
    other = tmp_path / "other.ledger"
    shutil.copyfile(sample_file, other)
    dialog.take_target(other)
    dialog.save_button.click()
    assert "other.ledger already has facts" in dialog.form.field("target").complaint()
    assert dialog.save_button.isEnabled()


class Waiting(JobRunner):
    """Starts nothing by itself, so that a test can look in between."""

    def _start(self, job: Job) -> None:
        self.waiting = job


def test_cancelling_while_it_runs_leaves_nothing(
    dialog: DataImportDialog, program: Program, out: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog.take_file(str(out))
    dialog.take_target(tmp_path / "new.ledger")
    dialog._jobs = runner = Waiting(program)
    dialog.save_button.click()
    assert dialog.bar.isVisible()
    assert not dialog.save_button.isEnabled()
    dialog._on_step(1, 4)
    assert dialog.bar.share == 0.25
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert runner.waiting.stop.is_set()
    InlineRunner._start(runner, runner.waiting)
    QApplication.processEvents()
    assert not (tmp_path / "new.ledger").exists()
    assert program.session is None


def test_a_long_name_does_not_widen_the_form(dialog: DataImportDialog, out: Path, tmp_path: Path) -> None:
    long = out.with_name("n" * 200 + ".json")
    out.rename(long)
    before = dialog.width()
    dialog.take_file(str(long))
    assert dialog.width() == before
    assert dialog.file_button.toolTip() == str(long)


def test_the_first_screen_leads_there(program: Program, qtbot: QtBot) -> None:
    program.show_welcome()
    welcome = program.welcome
    assert welcome is not None
    welcome.import_button.click()  # type: ignore[attr-defined]
    (form,) = welcome.findChildren(DataImportDialog)
    assert form.isVisible()
    form.reject()
