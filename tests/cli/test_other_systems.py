"""The command line on Windows, played through on any system."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from tracker.cli import main as program
from tracker.cli import status
from tracker.cli.main import main


def failing(monkeypatch: pytest.MonkeyPatch, why: OSError) -> None:
    def fail(_args: object) -> int:
        raise why

    monkeypatch.setattr(status, "run", fail)
    monkeypatch.setattr(program, "forget_output", lambda: None)


@pytest.mark.parametrize(("platform", "code"), [("win32", 0), ("linux", 1)])
def test_a_reader_that_goes_away_on_windows_is_no_problem(
    platform: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing(monkeypatch, OSError(errno.EINVAL, "Invalid argument"))
    monkeypatch.setattr(sys, "platform", platform)
    assert main(["status"]) == code
    assert bool(capsys.readouterr().err) == bool(code)


def test_a_file_name_windows_does_not_take_is_a_problem(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing(monkeypatch, OSError(errno.EINVAL, "Invalid argument", "a?b.pdf"))
    monkeypatch.setattr(sys, "platform", "win32")
    assert main(["status"]) == 1
    assert capsys.readouterr().err == "a?b.pdf could not be used: Invalid argument.\n"


def test_a_home_of_nobody_is_a_folder_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--ledger", str(Path("~nobody-by-this-name") / "x.ledger")]) == 1
    assert capsys.readouterr().err.startswith("There is no ledger at ")
