"""The commands as processes of their own: start, encoding, closed pipes, the printed review."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import open_ledger
from tracker.facts import Category
from tracker.services.bundle import services_over

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "TEMP")}
    folders = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "LOCALAPPDATA", "APPDATA")
    return kept | {"PYTHONPATH": str(ROOT)} | {name: str(tmp_path / "person") for name in folders}


@pytest.fixture
def ledger_file(sample_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "home.ledger"
    shutil.copyfile(sample_file, path)
    return path


def run(environment: dict[str, str], *words: object, **more: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "tracker.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, env=environment | more, timeout=60)


def test_status_needs_no_heavy_library(environment: dict[str, str], ledger_file: Path) -> None:
    code = (
        "import sys; from tracker.cli.main import main; code = main(sys.argv[1:]);"
        "heavy = {'sqlalchemy', 'PySide6', 'openpyxl', 'alembic', 'ui'} & set(sys.modules);"
        "print(*heavy, file=sys.stderr); sys.exit(code)"
    )
    command = [sys.executable, "-c", code, "status", "--json", "--ledger", str(ledger_file)]
    done = subprocess.run(command, capture_output=True, env=environment, timeout=60)
    assert (done.returncode, done.stderr.strip()) == (0, b"")
    json.loads(done.stdout)


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_any_locale_prints_utf_8(environment: dict[str, str], ledger_file: Path, locale: str) -> None:
    ledger = open_ledger(ledger_file)
    services_over(ledger).budget.save_category(
        Category(name="Za\u0308hne \U0001f9b7 \u05e9\u05dc\u05d5\u05dd")
    )
    ledger.close()
    done = run(
        environment,
        "status",
        "--ledger",
        ledger_file,
        LC_ALL=locale,
        LANG=locale,
        PYTHONCOERCECLOCALE="0",
        PYTHONUTF8="0",
    )
    assert done.returncode == 0, done.stderr
    assert "\U0001f9b7 \u05e9\u05dc\u05d5\u05dd" in done.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes differ")
def test_a_reader_that_goes_away_is_no_problem(environment: dict[str, str], ledger_file: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "tracker.cli", "status", "--ledger", str(ledger_file)]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, env=environment, timeout=60)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_output_that_cannot_be_written_is_said(environment: dict[str, str], ledger_file: Path) -> None:
    command = [sys.executable, "-m", "tracker.cli", "status", "--ledger", str(ledger_file)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment, timeout=60)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_the_review_is_printed_without_a_screen(
    environment: dict[str, str], ledger_file: Path, tmp_path: Path
) -> None:
    pypdf = pytest.importorskip("pypdf")
    for paper, width in (("letter", 612), ("a4", 595)):
        out = tmp_path / f"{paper}.pdf"
        done = run(environment, "--ledger", ledger_file, "review", "print", "2026", out, "--paper", paper)
        assert done.returncode == 0, done.stderr
        pages = pypdf.PdfReader(out).pages
        assert round(float(pages[0].mediabox.width)) == width
        assert "2026" in pages[0].extract_text()


def test_without_a_screen_the_window_is_refused(environment: dict[str, str]) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("elsewhere there is always a screen")
    done = run(environment)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.count(b"\n") == 1
    assert b"no screen" in done.stderr
