"""Every chosen file gets a result, whatever happens to the others and inside its reader."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.imports import file_kit
from tracker.errors import Cancelled, UserProblem
from tracker.imports.found import Format, FoundAccount, FoundFile, FoundProblem
from tracker.imports.read_files import read_files


def write(folder: Path, **files: bytes) -> list[Path]:
    """Files in a folder; `a_json` is called `a.json`."""
    paths = []
    for name, data in files.items():
        paths.append(folder / name.replace("_", "."))
        paths[-1].write_bytes(data)
    return paths


def test_each_file_goes_to_its_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handed = file_kit.readers(monkeypatch)
    paths = write(
        tmp_path, a_json=file_kit.FHIR, b_qfx=file_kit.OFX, c_qif=file_kit.QIF, d_csv=file_kit.CSV
    )
    found = read_files(paths)
    assert handed == [
        ("fhir", "a.json", file_kit.FHIR),
        ("ofx", "b.qfx", file_kit.OFX),
        ("qif", "c.qif", file_kit.QIF),
        ("table", "d.csv", file_kit.CSV),
    ]
    assert [file.path for file in found] == [str(path) for path in paths]
    assert [file.sha256 for file in found] == [
        hashlib.sha256(path.read_bytes()).hexdigest() for path in paths
    ]
    assert [file.size for file in found] == [path.stat().st_size for path in paths]
    assert all(not file.problems for file in found)


def test_profiles_reach_the_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def table(_data: bytes, name: str, *, profiles: object, **_more: object) -> object:
        seen.append(profiles)
        return file_kit.money_file(name, Format.TABLE), None, None

    file_kit.readers(monkeypatch, table=table)
    read_files(write(tmp_path, a_csv=file_kit.CSV), profiles=("mine",))
    assert seen == [("mine",)]


def test_one_bad_file_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        name = "Eleanor" + " Whitfield"
        raise KeyError(name)

    file_kit.readers(monkeypatch, fhir=fail)
    with caplog.at_level(logging.ERROR):
        bad, good = read_files(write(tmp_path, a_json=file_kit.FHIR, b_qfx=file_kit.OFX))
    assert bad.problems[0].why.startswith("The program could not read it")
    assert (bad.format, bad.is_empty, len(bad.sha256)) == (Format.FHIR, True, 64)
    assert len(good.money) == 1
    assert "KeyError" in caplog.text
    assert "in fail" in caplog.text
    assert "Eleanor Whitfield" not in caplog.text  # the log holds no names


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (UserProblem("It has macros.", "Save it without."), "It has macros. Save it without."),
        (MemoryError(), "There is not enough memory"),
        (RecursionError(), "The program could not read it"),
    ],
)
def test_what_a_reader_raises_is_its_problem(
    error: Exception, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    file_kit.readers(monkeypatch, qif=fail)
    (one,) = read_files(write(tmp_path, a_qif=file_kit.QIF))
    assert one.problems[0].why.startswith(says)


def test_a_file_with_nothing_in_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    account = FoundAccount(id="1234", balance=5)

    def ofx(_data: bytes, name: str, **_: object) -> FoundFile:
        return FoundFile(name=name, format=Format.OFX, accounts=(account,))

    def qif(_data: bytes, name: str, **_: object) -> FoundFile:
        return FoundFile(
            name=name, format=Format.QIF, problems=(FoundProblem(where="row 1", why="No date."),)
        )

    file_kit.readers(monkeypatch, ofx=ofx, qif=qif)
    empty, rows = read_files(write(tmp_path, a_qfx=file_kit.OFX, b_qif=file_kit.QIF))
    assert empty.problems == (FoundProblem(why="It was read, but no payment, claim or EOB is in it."),)
    assert empty.accounts == (account,)
    assert [problem.why for problem in rows.problems] == ["No date."]


def test_what_is_refused_has_its_place_and_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file_kit.readers(monkeypatch)
    (archive,) = write(tmp_path, a_zip=file_kit.zipped({"a.json": file_kit.FHIR, "b.csv": file_kit.PAGE}))
    one, page, gone = read_files([archive, tmp_path / "none.csv"])
    assert one.path == f"{archive}/a.json"
    assert page.path == f"{archive}/b.csv"
    assert page.problems[0].why.startswith("It is a web page")
    assert gone.problems == (FoundProblem(why="It is not there."),)


def test_progress_goes_up_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ofx(_data: bytes, name: str, *, progress: Any) -> FoundFile:
        progress(1, 2)
        progress(2, 2)
        progress(9, 2)  # a reader that counted wrongly does no harm
        progress(0, 0)
        return file_kit.money_file(name, Format.OFX)

    file_kit.readers(monkeypatch, ofx=ofx)
    archive = file_kit.zipped({f"{n}.json": file_kit.FHIR for n in range(50)})
    told: list[tuple[int, int]] = []
    read_files(
        write(tmp_path, a_qfx=file_kit.OFX, b_zip=archive, c_csv=b""),
        progress=lambda done, total: told.append((done, total)),
    )
    (total,) = {total for _, total in told}
    assert total == len(file_kit.OFX) + len(archive)
    assert len({done for done, _ in told}) > 50
    assert told[-1] == (total, total)
    kept = [done for done, _ in told if done != 0]
    assert max(kept) == total


def test_it_can_be_cancelled_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handed = file_kit.readers(monkeypatch)
    paths = write(tmp_path, a_qfx=file_kit.OFX, b_qfx=file_kit.OFX)

    def stop(_done: int, _total: int) -> NoReturn:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_files(paths, progress=stop)
    assert len(handed) == 1

    def ofx(_data: bytes, _name: str, *, progress: Any) -> NoReturn:
        raise Cancelled

    file_kit.readers(monkeypatch, ofx=ofx)
    with pytest.raises(Cancelled):
        read_files(paths)


def test_nothing_chosen_is_nothing_found() -> None:
    told: list[tuple[int, int]] = []
    assert read_files([], progress=lambda *done: told.append(done)) == ()
    assert told == [(0, 0)]
