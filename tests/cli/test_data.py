"""`data export`, `import`, `tables`, `describe`: what they print, what they leave, how they refuse."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.exports.ledger_kit import stored
from tracker.cli import common
from tracker.cli.main import main
from tracker.storage.ledger import create

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings or documents but this test's; a fixed day."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_DOCUMENTS_DIR", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "of the person" / name))
    monkeypatch.setattr(common, "today", lambda: TODAY)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def go(*words: object) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return code, out, err

    return go


@pytest.fixture
def home(sample_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "home.ledger"
    shutil.copyfile(sample_file, path)
    return path


def test_out_and_into_a_ledger_that_is_not_there(run: Run, home: Path, tmp_path: Path) -> None:
    out, new = tmp_path / "everything.json", tmp_path / "moved" / "new.ledger"
    code, said, err = run("--ledger", home, "data", "export", out)
    assert (code, err) == (0, "")
    first, second = said.splitlines()
    assert first.endswith(f"entries of the ledger are in {out}.")
    folder = tmp_path / "everything files"
    files = len(stored(home)["document_content"])
    assert second == f"{files} attached files lie in {folder}; keep the two together."
    code, said, err = run("data", "import", out, "--ledger", new)
    assert (code, err) == (0, "")
    assert said.startswith(first.split()[0])
    assert said.endswith(f"entries and {files} attached files are now in {new}.\n")
    assert stored(new) == stored(home)
    again = tmp_path / "again" / "everything.json"
    again.parent.mkdir()
    assert run("data", "export", again, "--ledger", new)[0] == 0
    assert again.read_bytes() == out.read_bytes()


def test_without_attachments(run: Run, home: Path, tmp_path: Path) -> None:
    out = tmp_path / "facts.json"
    code, said, _ = run("data", "export", out, "--without-attachments", "--ledger", home)
    assert (code, said.count("\n")) == (0, 1)
    assert not (tmp_path / "facts files").exists()
    code, said, _ = run("data", "import", out, "--ledger", tmp_path / "new.ledger")
    assert code == 0
    listed = len(stored(home)["document"])
    assert f"{listed} attached files were only listed in facts.json, which was exported without" in said
    assert stored(tmp_path / "new.ledger")["document"] == []


def test_into_an_empty_ledger(run: Run, home: Path, tmp_path: Path) -> None:
    out, empty = tmp_path / "out.json", tmp_path / "mine.ledger"
    run("data", "export", out, "--ledger", home)
    create(empty).close()
    code, said, _ = run("data", "import", out, "--ledger", empty)
    assert code == 0
    assert "The empty ledger that was there before is in " in said
    assert stored(empty) == stored(home)


def test_into_a_ledger_with_facts(run: Run, home: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    run("data", "export", out, "--ledger", home)
    before = stored(home)
    code, said, err = run("data", "import", out, "--ledger", home)
    assert (code, said) == (1, "")
    assert err == (
        "home.ledger already has facts; an import needs an empty ledger."
        " Choose the name of a new one; nothing was changed.\n"
    )
    assert stored(home) == before


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[1]", b'{"format": "concierge-ledger"}'])
def test_what_is_no_export_is_refused_in_one_line(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "in.json").write_bytes(content)
    code, said, err = run("data", "import", tmp_path / "in.json", "--ledger", tmp_path / "new.ledger")
    assert (code, said, err.count("\n")) == (1, "", 1)
    assert err.startswith("in.json ")
    assert not (tmp_path / "new.ledger").exists()


def test_a_place_that_cannot_be_written_to(run: Run, home: Path, tmp_path: Path) -> None:
    code, _, err = run("data", "export", tmp_path / "nowhere" / "out.json", "--ledger", home)
    assert (code, err.count("\n")) == (1, 1)
    assert "could not be made" in err or "There is no folder" in err


def test_the_form_describes_itself(run: Run) -> None:
    code, said, err = run("data", "describe")
    assert (code, err) == (0, "")
    form = json.loads(said)
    assert (form["format"], form["version"]) == ("concierge-ledger", 1)
    assert form["nouns"]["bills"]["fields"]["statements"]["fields"]["lines"]["kind"] == "list of objects"


def test_an_action_has_to_be_named(run: Run) -> None:
    assert run("data")[0] == 2
    assert run("data", "export")[0] == 2


def test_tables_for_a_spreadsheet_with_and_without_names(run: Run, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    code, said, err = run("--ledger", home, "data", "tables", folder, "--year", 2026)
    assert (code, err) == (0, "")
    names = ["Payments 2026.csv", "Claims 2026.csv", "Accounts 2026.csv"]
    assert said.splitlines()[:3] == [str(folder / name) for name in names]
    code, said, err = run(
        *("--ledger", home, "data", "tables", folder, "--form", "xlsx", "--redacted"),
        *("--only", "accounts", "--only", "payments"),
    )
    assert (code, err) == (0, "")
    assert said.splitlines()[0] == str(folder / "Tables redacted.xlsx")
    assert said.splitlines()[1].endswith("rows written without names.")
    code, _said, err = run("--ledger", home, "data", "tables", tmp_path / "gone" / "further")
    assert code == 1
    assert "is not there" in err
