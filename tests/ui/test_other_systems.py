"""The window on Windows and on a Mac, as far as it can be played through on any system."""

from __future__ import annotations

import errno
import logging
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from tests.ui.coverage_kit import desk_over
from tests.ui.session_kit import program_in
from tracker.facts import Noun
from tracker.services.bundle import Services
from ui import problems
from ui.bootstrap import Program
from ui.keys import as_written_here
from ui.widgets.attachments import Attachments

TODAY = date(2026, 11, 22)
PORTABLE = QKeySequence.SequenceFormat.PortableText


@pytest.fixture
def program(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """The program as it starts, its settings in a folder of the test's own."""
    with program_in(tmp_path, monkeypatch) as made:
        yield made


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Ctrl+C copies rows, Ctrl+V adds them.", ["Ctrl+C", "Ctrl+V"]),
        ("Ctrl+Left and Ctrl+Right go to the month before and after; then", ["Ctrl+Left", "Ctrl+Right"]),
        ("Redo (Ctrl+Shift+Z) or F1", ["Ctrl+Shift+Z"]),
        ("Page 3 (Ctrl+3), zoom with Ctrl + -", ["Ctrl+3"]),
        ("Ctrl with + zooms, C+1 is none", []),
    ],
)
def test_keys_in_sentences_are_written_as_the_system_does(
    words: str, found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class Mac:
        def __init__(self, keys: str) -> None:
            self.keys = keys
            asked.append(QKeySequence(keys).toString(PORTABLE))

        def toString(self, _form: object) -> str:
            return self.keys.replace("Ctrl+", "\u2318").replace("Shift+", "\u21e7")

    Mac.SequenceFormat = QKeySequence.SequenceFormat  # type: ignore[attr-defined]
    monkeypatch.setattr("ui.keys.QKeySequence", Mac)
    shown = as_written_here(words)
    assert asked == found
    assert shown.count("\u2318") == len(found)
    for keys in found:
        assert keys not in shown


def test_keys_stay_as_they_are_where_menus_write_them_so() -> None:
    words = "Ctrl+C copies rows, Ctrl+Shift+N starts a ledger, Alt+Up moves a line."
    assert as_written_here(words, PORTABLE) == words


def test_ctrl_c_ends_the_window_without_a_traceback(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from tracker import paths; from ui import bootstrap\n"
        f"paths._config_folder = lambda: Path({str(tmp_path)!r})\n"
        f"paths.log_file = lambda: Path({str(tmp_path)!r}, 'log')\n"
        "QApplication.exec = staticmethod(lambda: signal.raise_signal(signal.SIGINT) or 0)\n"
        "sys.exit(bootstrap.run_app())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60)
    assert done.returncode != 0
    assert b"Traceback" not in done.stderr
    assert b"KeyboardInterrupt" not in done.stderr


def test_english_and_tab_everywhere_whatever_the_system(tmp_path: Path) -> None:
    code = (
        "from PySide6.QtCore import QLocale, Qt\n"
        "QLocale.setDefault(QLocale('de_DE'))\n"
        "from ui.theme import make_application\n"
        "app = make_application()\n"
        "assert QLocale().name() == 'en_US', QLocale().name()\n"
        "assert app.styleHints().tabFocusBehavior() == Qt.TabFocusBehavior.TabFocusAllControls\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_without_a_place_for_the_log_the_program_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    hooks = problems.install_hooks(tmp_path / "file" / "log")
    logging.getLogger().error("nobody hears this")
    hooks.remove()
    full = problems._Quiet(tmp_path / "gone" / "log", delay=True)
    full.emit(logging.LogRecord("x", logging.ERROR, "", 0, "nor this", None, None))
    full.close()
    assert "Traceback" not in capsys.readouterr().err


def test_a_file_that_may_not_be_looked_at_is_refused_in_words(
    services: Services, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a Mac, where each program asks for the Desktop and Downloads folders first."""
    files = Attachments(desk_over(services).context, Noun.PAYMENT)
    qtbot.addWidget(files)
    said: list[str] = []
    files.complained.connect(said.append)

    def refuse(_path: Path) -> bool:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "is_file", refuse)
    files.add_files([tmp_path / "eob.pdf"])
    assert said == ["eob.pdf cannot be read: Operation not permitted. Check who may read it."]
    assert files.names() == []


def test_a_ledger_is_remembered_with_its_whole_path_and_opened_once(
    empty_file: Path, tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home.ledger"
    shutil.copyfile(empty_file, home)
    monkeypatch.chdir(tmp_path)
    assert program.open(Path(home.name))
    assert program.settings.last_ledger == str(home)
    first = program.session
    link = home.with_name("link.ledger")
    link.symlink_to(home)
    assert program.open(link)
    assert program.session is first


def test_a_mac_gets_its_menu_bar_and_moves_only_what_belongs_to_the_program(
    empty_file: Path, tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home.ledger"
    shutil.copyfile(empty_file, home)
    monkeypatch.setattr(sys, "platform", "darwin")
    program.open(home)
    assert program.session is not None
    window = program.session.window
    assert window.sidebar.menu_button.isHidden()
    menus = [action.text() for action in window.menuBar().actions()]
    assert menus == ["&File", "&Edit", "&Go", "&Help"]
    # Qt moves actions by role, and those without one by how their words begin.
    begins = ("about", "config", "exit", "options", "preferences", "quit", "settings", "setup")
    moved = [one.text() for one in window.actions() if one.text().lower().startswith(begins)]
    assert sorted(moved) == ["About Concierge Ledger", "Quit", "Settings"]
