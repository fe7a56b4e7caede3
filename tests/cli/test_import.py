"""`import --dry-run`: what files hold, as JSON and in words, without a ledger."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.imports import file_kit
from tracker import paths
from tracker.cli.main import main
from tracker.imports.found import (
    Format,
    FoundAccount,
    FoundEob,
    FoundFile,
    FoundLine,
    FoundMoney,
    FoundProblem,
)

EOB = FoundEob(
    id="CL-1",
    kind="professional",
    status="active",
    patient="Ada",
    provider="Dr. No",
    service_from=date(2026, 3, 1),
    service_to=date(2026, 3, 2),
    processed_on=date(2026, 3, 20),
    billed=715_00,
    allowed=400_05,
    deductible=0,
    copay=None,
    coinsurance=-1,
    not_covered=314_95,
    plan_paid=300_00,
    you_owe=100_05,
    lines=(
        FoundLine(
            number=1,
            service_from=date(2026, 3, 1),
            code="99213",
            modifiers="25",
            units=2,
            billed=715_00,
            you_owe=100_05,
            reasons=("CO-45", "PR-1"),
        ),
    ),
)
ROWS = (
    FoundMoney(id="7", on=date(2026, 1, 2), amount=-12_50, payee="Lab", memo="x"),
    FoundMoney(on=date(2026, 1, 9), amount=100_000_00),
)


@pytest.fixture(autouse=True)
def no_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing of the person's is there, neither before nor after."""
    for name in (
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
        "XDG_DOCUMENTS_DIR",
        "HOME",
        "LOCALAPPDATA",
    ):
        monkeypatch.setenv(name, str(tmp_path / "of the person"))
    yield
    assert not (tmp_path / "of the person").exists()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one file of each kind, read by readers that know what is in them."""

    def fhir(_data: bytes, name: str, **_: Any) -> FoundFile:
        return FoundFile(name=name, format=Format.FHIR, eobs=(EOB, FoundEob(id="CL-2")))

    def ofx(_data: bytes, name: str, **_: Any) -> FoundFile:
        foreign = tuple(FoundProblem(where=f"row {n}", why="Its currency is CAD.") for n in range(1, 13))
        odd = tuple(FoundProblem(where=f"row {n}", why=f"It is {n} years old.") for n in range(20, 31))
        account = FoundAccount(id="1234", balance=5_00, balance_on=date(2026, 1, 31))
        return FoundFile(
            name=name, format=Format.OFX, money=ROWS, accounts=(account,), problems=foreign + odd
        )

    file_kit.readers(monkeypatch, fhir=fhir, ofx=ofx)
    made = tmp_path / "in"
    made.mkdir()
    (made / "a.json").write_bytes(file_kit.FHIR)
    (made / "b.qfx").write_bytes(file_kit.OFX)
    (made / "c.csv").write_bytes(file_kit.PAGE)
    (made / "d.zip").write_bytes(file_kit.zipped({"deep/e.json": file_kit.FHIR}))
    return made


def test_the_documented_json(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert main(["import", "./a.json", "b.qfx", "c.csv", "d.zip", "--dry-run", "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    found = json.loads(out)
    assert list(found) == ["files"]
    assert [(file["path"], file["format"]) for file in found["files"]] == [
        ("./a.json", "fhir"),
        ("b.qfx", "ofx"),
        ("c.csv", "unknown"),
        ("d.zip/deep/e.json", "fhir"),
    ]
    assert found["files"][0]["eobs"][0] == {
        "id": "CL-1",
        "type": "professional",
        "status": "active",
        "patient": "Ada",
        "provider": "Dr. No",
        "service_start": "2026-03-01",
        "service_end": "2026-03-02",
        "processed": "2026-03-20",
        "billed": "715.00",
        "allowed": "400.05",
        "deductible": "0.00",
        "copay": None,
        "coinsurance": "-0.01",
        "noncovered": "314.95",
        "plan_paid": "300.00",
        "patient_owes": "100.05",
        "lines": [
            {
                "number": 1,
                "service_start": "2026-03-01",
                "service_end": None,
                "code": "99213",
                "modifiers": "25",
                "description": None,
                "units": 2,
                "billed": "715.00",
                "allowed": None,
                "deductible": None,
                "copay": None,
                "coinsurance": None,
                "noncovered": None,
                "plan_paid": None,
                "patient_owes": "100.05",
                "reasons": ["CO-45", "PR-1"],
            }
        ],
    }
    assert found["files"][0]["eobs"][1]["patient"] is None
    assert found["files"][1]["transactions"] == [
        {"id": "7", "date": "2026-01-02", "amount": "-12.50", "payee": "Lab", "memo": "x"},
        {"id": None, "date": "2026-01-09", "amount": "100000.00", "payee": None, "memo": None},
    ]
    assert found["files"][1]["problems"][0] == {"where": "row 1", "why": "Its currency is CAD."}
    assert list(found["files"][2]) == ["path", "format", "eobs", "transactions", "problems"]
    assert found["files"][2]["problems"][0]["where"] == ""


def test_a_summary_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(folder), "--dry-run"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert f"{folder / 'a.json'}: EOB data (FHIR)\n" in out
    assert "  2 EOBs, Mar 1, 2026 to Mar 2, 2026, billed $715.00, you owe $100.05.\n" in out
    assert "  2 rows, Jan 2, 2026 to Jan 9, 2026, $100,000.00 in, $12.50 out.\n" in out
    assert "  Balance of 1234: $5.00 on Jan 31, 2026.\n" in out
    assert "  row 1 and 11 more: Its currency is CAD.\n" in out
    assert "  row 28: It is 28 years old.\n" in out
    assert "row 29" not in out
    assert "  And 2 other reasons; --json lists them all.\n" in out
    assert "  It is a web page" in out
    assert out.endswith("\nNothing was changed.\n")


def test_where_no_file_could_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, none = str(folder / "c.csv"), str(folder / "none\x1b[1m.csv")
    assert main(["import", page, none, "--dry-run"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    first, second = err.splitlines()
    assert first.startswith(f"{page}: It is a web page")
    assert second.endswith("none [1m.csv: It is not there.")
    assert main(["import", *[none] * 12, "--dry-run", "--json"]) == 1
    out, err = capsys.readouterr()
    assert len(json.loads(out)["files"]) == 12
    assert err.splitlines()[-1] == "And 2 more files could not be read."


def test_problems_of_rows_alone_are_no_failure(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def qif(_data: bytes, name: str, **_: Any) -> FoundFile:
        return FoundFile(
            name=name, format=Format.QIF, problems=(FoundProblem(where="row 1", why="No date."),)
        )

    file_kit.readers(monkeypatch, qif=qif)
    (folder / "f.qif").write_bytes(file_kit.QIF)
    assert main(["import", str(folder / "f.qif"), "--dry-run"]) == 0
    assert "  row 1: No date.\n" in capsys.readouterr().out


def test_a_mistake_of_a_reader_goes_to_the_log(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def ofx(*_: Any, **__: Any) -> NoReturn:
        raise ZeroDivisionError

    file_kit.readers(monkeypatch, ofx=ofx)
    monkeypatch.setattr(paths, "log_file", lambda: tmp_path / "logs" / "it.log")
    assert main(["import", str(folder / "b.qfx"), "--dry-run"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "The program could not read it" in err
    assert "ZeroDivisionError" in (tmp_path / "logs" / "it.log").read_text("utf-8")
    assert not any("_LogFile" in type(handler).__name__ for handler in logging.getLogger().handlers)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--dry-run"], "FILE"),
        (["", "--dry-run"], "a file name is missing"),
        (["a.csv", "--dry-run", "--account"], "--account"),
        (["a.csv", "--dry-run", "--what"], "--what"),
    ],
)
def test_wrong_usage(words: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", *words]) == 2
    assert says in capsys.readouterr().err


def test_the_account_is_not_needed_yet(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["import", str(folder / "b.qfx"), "--account", "Checking", "--dry-run", "--json"]
    assert main(words) == 0
    assert len(json.loads(capsys.readouterr().out)["files"]) == 1
