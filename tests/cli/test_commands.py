"""The commands in this process: what they print, what they leave, how they refuse."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import TODAY, open_ledger
from tracker.cli import common
from tracker.cli.main import main, parser
from tracker.facts import Category, Payment
from tracker.services.bundle import services_over
from tracker.storage.ledger import create

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings, logs or documents but this test's; a fixed day; no screen."""
    for name, folder in (
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_DOCUMENTS_DIR", "documents"),
        ("HOME", "home"),
        ("LOCALAPPDATA", "local"),
    ):
        monkeypatch.setenv(name, str(tmp_path / "of the person" / folder))
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(common, "today", lambda: TODAY)
    monkeypatch.setattr("tracker.cli.sample.today", lambda: TODAY)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line; gives its exit code and what it printed."""

    def go(*words: object) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return code, out, err

    return go


@pytest.fixture
def ledger_file(sample_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "home.ledger"
    shutil.copyfile(sample_file, path)
    return path


def one_line(text: str) -> str:
    assert text.count("\n") == 1
    assert text.endswith("\n")
    assert "Traceback" not in text
    return text.strip()


# status --------------------------------------------------------------------------------------


def test_status_as_json_has_the_documented_shape(run: Run, ledger_file: Path) -> None:
    code, out, err = run("status", "--json", "--ledger", ledger_file)
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["month"] == "2026-11"
    assert found["budget"][0] == {
        "category": "Concierge Membership Fee",
        "estimated": "300.00",
        "actual": "300.00",
        "difference": "0.00",
    }
    assert found["budget"][6]["actual"] is None
    assert found["budget"][6]["difference"] is None
    assert found["total"] == {"estimated": "1225.00", "actual": "999.18", "difference": "225.82"}
    assert {
        "plan": "BlueRiver PPO 2000",
        "person": "Eleanor Whitfield",
        "network": "in",
        "kind": "deductible",
        "name": "DED_IN",
        "used": "1420.00",
        "limit": "2000.00",
        "remaining": "580.00",
    } in found["accumulators"]
    assert any(item["person"] is None for item in found["accumulators"])
    assert found["funds"] == [{"account": "Contingency fund", "balance": "1620.00", "target": "2400.00"}]
    assert {
        "date": "2026-10-22",
        "amount": "15.00",
        "what": "An EOB does not add up by $15.00",
        "action": "Check",
    } in found["attention"]
    ahead = found["projection"]
    assert (ahead["person"], ahead["network"], ahead["kind"]) == ("Eleanor Whitfield", "in", "deductible")
    assert Decimal("1420.00") <= Decimal(ahead["low"]) <= Decimal(ahead["expected"])
    assert Decimal(ahead["expected"]) <= Decimal(ahead["high"]) <= Decimal("2000.00")
    assert ahead["met_about"] == "2026-12-03"
    assert ahead["by"] == "2026-12-31"
    days = [date.fromisoformat(item["date"]) for item in found["attention"]]
    assert days == sorted(days)
    for item in found["accumulators"]:
        assert Decimal(item["limit"]) - Decimal(item["used"]) >= Decimal(item["remaining"])


def test_status_as_text_lines_up(run: Run, ledger_file: Path) -> None:
    code, out, _ = run("--ledger", ledger_file, "status")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "November 2026"
    figures = [line for line in lines if line.endswith(("under", "over", "on plan"))]
    assert len(figures) == 7
    assert len({len(line) for line in figures}) == 1
    assert "Total                                             $1,225.00" in out
    assert "Deductible ahead: With the care you have planned" in out
    assert "Contingency fund: $1,620.00 of $2,400.00" in out
    assert "Membership renews on Jan 15, 2027  [Review]" in out


def test_status_of_an_empty_ledger(run: Run, tmp_path: Path) -> None:
    create(tmp_path / "new.ledger").close()
    code, out, _ = run("status", "--ledger", tmp_path / "new.ledger")
    assert code == 0
    assert "No plan is in force." in out
    assert "Nothing needs attention." in out
    found = json.loads(run("status", "--json", "--ledger", tmp_path / "new.ledger")[1])
    assert found["total"] == {"estimated": None, "actual": None, "difference": None}
    assert found["accumulators"] == found["funds"] == found["attention"] == []
    assert found["projection"] is None
    assert len(found["budget"]) == 7


def test_odd_names_keep_their_columns(run: Run, ledger_file: Path) -> None:
    ledger = open_ledger(ledger_file)
    to = services_over(ledger)
    for name in (
        "\U0001f4b0 Zahnarzt Stra\u00dfe",
        "\u5065\u5eb7\u4fdd\u967a",
        "x" * 200,
        "\u05e9\u05dc\u05d5\u05dd",
    ):
        made = to.budget.save_category(Category(name=name)).new_id or 0
        to.budget.set_estimate(made, TODAY, 999_999_999_999)
    ledger.close()
    code, out, _ = run("status", "--ledger", ledger_file)
    assert code == 0
    widths = {common.width(line) for line in out.splitlines() if line.endswith("$9,999,999,999.99")}
    assert len(widths) == 1
    names = [
        item["category"]
        for item in json.loads(run("status", "--json", "--ledger", ledger_file)[1])["budget"]
    ]
    assert "x" * 200 in names


def test_reading_works_while_the_window_is_open(run: Run, ledger_file: Path, tmp_path: Path) -> None:
    held = open_ledger(ledger_file)
    try:
        services_over(held).payments.save(Payment(paid_on=TODAY, amount=100))
        for words in (
            ("status",),
            ("check",),
            ("backup", tmp_path / "copy.ledger"),
            ("budget", "export", "2026", tmp_path / "b.xlsx"),
        ):
            assert run("--ledger", ledger_file, *words)[0] == 0, words
        code, _, err = run("--ledger", ledger_file, "budget", "import", tmp_path / "b.xlsx")
        assert code == 1
        assert "already open in another window" in one_line(err)
        code, _, err = run("--ledger", ledger_file, "restore", tmp_path / "copy.ledger")
        assert code == 1
        assert "already open in another window" in one_line(err)
    finally:
        held.close()


# which ledger -----------------------------------------------------------------------------------


def test_without_a_name_the_ledger_opened_last_is_meant(run: Run, ledger_file: Path) -> None:
    from tracker import paths
    from tracker.settings import Settings, SettingsFile

    code, _, err = run("status")
    assert code == 1
    assert "There is no ledger at" in one_line(err)
    assert str(paths.default_ledger()) in err
    SettingsFile(paths.settings_file()).save(Settings(last_ledger=str(ledger_file)))
    assert run("status")[0] == 0


@pytest.mark.parametrize("content", [b"", b"noise", b"SQLite format 3\x00"])
def test_what_is_no_ledger_is_refused_in_one_line(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad\nname.ledger"
    path.write_bytes(content)
    for words in (("status",), ("check",), ("backup",), ("budget", "export", "2026", tmp_path / "b.xlsx")):
        code, out, err = run("--ledger", path, *words)
        assert (code, out) == (1, "")
        one_line(err)
    assert not (tmp_path / "b.xlsx").exists()


def test_a_damaged_ledger_is_refused_in_one_line(run: Run, ledger_file: Path) -> None:
    content = bytearray(ledger_file.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 8] = b"\xa5" * 8
    ledger_file.write_bytes(content)
    code, _, err = run("status", "--ledger", ledger_file)
    assert code == 1
    assert "damaged" in one_line(err)
    code, out, err = run("check", "--ledger", ledger_file)
    assert code == 1
    assert "damaged" in out + err


# budget --------------------------------------------------------------------------------------------


def test_the_budget_goes_out_and_comes_back_changed(run: Run, ledger_file: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = tmp_path / "Budget 2026.xlsx"
    code, out, _ = run("--ledger", ledger_file, "budget", "export", "2026", book)
    assert code == 0
    assert str(book) in out
    assert "nothing changes" in run("--ledger", ledger_file, "budget", "import", book)[1]
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["Mar 2026"]
    rows = sheet.iter_rows()
    cell = next(row[1] for row in rows if str(row[0].value).startswith("Estimated Prescription"))
    assert cell.value == 100
    cell.value = 125.5
    workbook.save(book)
    code, out, _ = run("--ledger", ledger_file, "budget", "import", book, "--dry-run")
    assert code == 0
    assert "March 2026" in out
    assert "$100.00        $125.50" in out
    assert "Nothing was written" in out
    assert "1 estimate would change" in out
    assert run("--ledger", ledger_file, "budget", "import", book, "--dry-run")[1] == out
    assert "1 estimate changed." in run("--ledger", ledger_file, "budget", "import", book)[1]
    ledger = open_ledger(ledger_file, read_only=True)
    rows = services_over(ledger).reports.budget_month(date(2026, 3, 1)).rows
    ledger.close()
    assert rows[4].estimated == 12_550


@pytest.mark.parametrize("content", [b"", b"noise", b"PK\x03\x04"])
def test_a_file_that_is_no_workbook(run: Run, ledger_file: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(content)
    code, _, err = run("--ledger", ledger_file, "budget", "import", path)
    assert code == 1
    one_line(err)
    assert run("--ledger", ledger_file, "budget", "import", tmp_path / "no.xlsx")[0] == 1


def test_a_place_that_cannot_be_written_to(run: Run, ledger_file: Path, tmp_path: Path) -> None:
    for out in (tmp_path, tmp_path / "no" / "b.xlsx"):
        code, _, err = run("--ledger", ledger_file, "budget", "export", "2026", out)
        assert code == 1
        one_line(err)


# backup, restore, check, sample ------------------------------------------------------------------------


def test_a_backup_beside_the_others_in_a_folder_or_in_a_file(
    run: Run, ledger_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    for words in ((), (folder,), (tmp_path / "copy.ledger",), (tmp_path / "copy.ledger",)):
        code, out, _ = run("--ledger", ledger_file, "backup", *words)
        assert code == 0
        assert "It was read back and is complete." in out
    assert [path.suffix for path in folder.iterdir()] == [".ledger"]
    assert len(list((tmp_path / "home backups").iterdir())) == 1
    with closing(sqlite3.connect(tmp_path / "copy.ledger")) as connection:
        assert connection.execute("SELECT count(*) FROM payment").fetchone() == (134,)


def test_a_backup_overwrites_nothing_of_value(run: Run, ledger_file: Path, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"dear")
    before = ledger_file.read_bytes()
    for target in (photo, ledger_file, tmp_path / "no" / "copy.ledger"):
        code, _, err = run("--ledger", ledger_file, "backup", target)
        assert code == 1
        one_line(err)
    assert photo.read_bytes() == b"dear"
    assert ledger_file.read_bytes() == before


def test_restoring(run: Run, ledger_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.ledger"
    assert run("--ledger", ledger_file, "backup", copy)[0] == 0
    ledger = open_ledger(ledger_file)
    services_over(ledger).payments.remove(list(services_over(ledger).payments.ids().ids))
    ledger.close()
    code, out, _ = run("--ledger", ledger_file, "restore", copy)
    assert code == 0
    assert out.splitlines()[1].startswith("What was there before is in ")
    assert "Checked 134 payments" in run("--ledger", ledger_file, "check")[1]
    code, _, err = run("--ledger", ledger_file, "restore", tmp_path / "missing.ledger")
    assert code == 1
    one_line(err)


def test_check_ends_with_1_where_something_is_damaged(run: Run, ledger_file: Path) -> None:
    code, out, _ = run("check", "--ledger", ledger_file)
    assert code == 0
    assert out.startswith("Note: EOB of Tidewater Foot Clinic")
    with closing(sqlite3.connect(ledger_file)) as connection, connection:
        connection.execute("UPDATE document_content SET content = x'00' WHERE rowid = 1")
    code, out, _ = run("check", "--ledger", ledger_file)
    assert code == 1
    assert out.startswith("Damaged: The document")


def test_a_sample_is_written_once(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "folder" / "sample.ledger"
    code, out, _ = run("sample", path)
    assert (code, out) == (0, f"The sample year 2026 is in {path}.\n")
    code, _, err = run("sample", path)
    assert code == 1
    assert "already there" in one_line(err)
    assert run("sample", tmp_path / "old.ledger", "--year", "2024")[0] == 0
    code, _, err = run("sample", tmp_path / "older.ledger", "--year", "1950")
    assert code == 1
    assert "no year 1950" in one_line(err)


# arguments ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["status", "extra"],
        ["budget"],
        ["budget", "export"],
        ["budget", "export", "twenty", "b.xlsx"],
        ["budget", "export", "26", "b.xlsx"],
        ["budget", "export", "99999", "b.xlsx"],
        ["review"],
        ["review", "print", "2026"],
        ["review", "print", "2026", "r.pdf", "--paper", "a3"],
        ["restore"],
        ["sample"],
        ["sample", ""],
        ["--ledger"],
        ["--nonsense"],
    ],
)
def test_wrong_usage_ends_with_2(run: Run, words: list[str]) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert "usage: concierge-ledger" in err


def test_the_version(run: Run) -> None:
    assert run("--version")[:2] == (0, "concierge-ledger 0.1.0\n")


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["status"],
        ["budget"],
        ["budget", "export"],
        ["budget", "import"],
        ["review"],
        ["review", "print"],
        ["backup"],
        ["restore"],
        ["check"],
        ["sample"],
    ],
)
def test_every_command_explains_itself_with_an_example(run: Run, command: list[str]) -> None:
    code, out, err = run(*command, "--help")
    assert (code, err) == (0, "")
    assert "Examples:\n  concierge-ledger" in out


def test_the_ledger_may_be_named_before_or_after() -> None:
    before = parser().parse_args(["--ledger", "x", "budget", "export", "2026", "b.xlsx"])
    after = parser().parse_args(["budget", "export", "2026", "b.xlsx", "--ledger", "x"])
    between = parser().parse_args(["budget", "--ledger", "x", "export", "2026", "b.xlsx"])
    assert before.ledger == after.ledger == between.ledger == "x"
    assert parser().parse_args(["status"]).ledger is None


# what nobody expected -------------------------------------------------------------------------------------


def test_a_mistake_of_ours_is_logged_and_shown_as_one_line(
    run: Run, ledger_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tracker import paths
    from tracker.services.reports import ReportService

    monkeypatch.setattr(ReportService, "overview", lambda *_: 1 / 0)
    code, _, err = run("status", "--ledger", ledger_file)
    assert code == 1
    assert str(paths.log_file()) in one_line(err)
    logged = paths.log_file().read_text("utf-8")
    assert "ZeroDivisionError" in logged
    monkeypatch.setattr(paths, "log_file", lambda: ledger_file / "no" / "log")
    code, _, err = run("status", "--ledger", ledger_file)
    assert code == 1
    assert "ZeroDivisionError" in one_line(err)


def test_breaking_off_is_no_problem(run: Run, ledger_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker.services.reports import ReportService

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ReportService, "overview", interrupted)
    assert run("status", "--ledger", ledger_file)[0] == 130


def test_without_a_screen_the_window_is_refused_in_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    code, out, err = run()
    assert (code, out) == (1, "")
    assert "no screen" in one_line(err)
