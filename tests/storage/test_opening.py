"""What may be opened as a ledger, what is refused and with which sentence."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import struct
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import open_ledger
from tracker.errors import LedgerError, WorldProblem
from tracker.facts import Person
from tracker.services.bundle import services_over
from tracker.storage import engine, gate
from tracker.storage.gate import SCHEMA_VERSION
from tracker.storage.ledger import Ledger, create

ROOT = Path(__file__).resolve().parents[2]


def refusal(path: Path) -> WorldProblem:
    with pytest.raises(WorldProblem) as refused:
        Ledger(path)
    assert refused.value.todo, "every refusal says what to do"
    assert "\n" not in str(refused.value)
    return refused.value


def stamp(path: Path, **pragmas: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for name, value in pragmas.items():
            connection.execute(f"PRAGMA {name} = {value}")


@pytest.fixture
def copy(empty_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "home.ledger"
    shutil.copyfile(empty_file, path)
    return path


def test_a_missing_file(tmp_path: Path) -> None:
    assert "There is no ledger" in refusal(tmp_path / "no.ledger").what
    assert list(tmp_path.iterdir()) == []


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path).what


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.ledger").touch()
    assert "is empty" in refusal(tmp_path / "empty.ledger").what


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04 a workbook", b"\x00" * 4096, os.urandom(4096), b"%PDF-1.4", b"SQLite format 2"],
    ids=["zip", "zeros", "encrypted", "pdf", "old"],
)
def test_something_else(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.ledger"
    path.write_bytes(content)
    assert "not a Concierge Ledger file" in refusal(path).what
    assert path.read_bytes() == content


def test_another_programs_database(tmp_path: Path) -> None:
    path = tmp_path / "other.ledger"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE payment (id)")
    assert "another program" in refusal(path).what


def test_a_newer_ledger_is_not_touched(copy: Path) -> None:
    stamp(copy, user_version=SCHEMA_VERSION + 1)
    before = copy.read_bytes()
    problem = refusal(copy)
    assert "newer version" in problem.what
    assert "nothing was changed" in problem.todo
    assert copy.read_bytes() == before


def test_a_ledger_open_in_another_window(copy: Path) -> None:
    first = open_ledger(copy)
    try:
        assert "already open" in refusal(copy).what
        looking = open_ledger(copy, read_only=True)  # looking is allowed
        assert looking.read().execute("SELECT count(*) FROM category").fetchone() == (7,)
        looking.close()
    finally:
        first.close()
    open_ledger(copy).close()


def test_a_ledger_open_in_another_process(copy: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tracker.storage.ledger import Ledger;"
        "held = Ledger(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(copy)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        assert "already open" in refusal(copy).what
        other.kill()
    open_ledger(copy).close()  # a crash gives the lock back


def test_a_file_that_may_not_be_written(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "read-only" in refusal(copy).what


def test_a_folder_that_may_not_be_written(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def forbidding(path: object, *more: object) -> int:
        if str(path).endswith(".lock"):
            raise PermissionError(13, "Permission denied")
        return real(path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", forbidding)
    problem = refusal(copy)
    assert "cannot be written to" in problem.what


def test_a_file_that_may_not_be_read(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidding(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidding)
    assert "cannot be read: Permission denied" in refusal(copy).what


def test_a_passphrase_is_for_a_later_version(copy: Path) -> None:
    with pytest.raises(WorldProblem, match="passphrase"):
        Ledger(copy, passphrase="secret")
    open_ledger(copy).close()  # and the lock was given back


def test_a_file_cut_anywhere_is_refused_or_whole(sample_file: Path, tmp_path: Path) -> None:
    """At every 1,000th byte: a sentence and no crash; what opens has lost nothing."""
    whole = sample_file.read_bytes()
    path = tmp_path / "cut.ledger"
    refused, said = 0, set()
    for size in range(0, len(whole), 1000):
        path.write_bytes(whole[:size])
        try:
            ledger = open_ledger(path)
        except WorldProblem as problem:
            refused += 1
            said.add((problem.what.split()[0], "restore" in problem.todo.lower()))
        else:
            verdict = ledger.read().execute("PRAGMA integrity_check").fetchall()
            ledger.close()
            assert verdict == [("ok",)]
    assert refused == len(range(0, len(whole), 1000))
    assert said == {("cut.ledger", True)}


@pytest.mark.parametrize("length", [1, 15, 16, 50, 99, 100])
def test_a_header_cut_short(empty_file: Path, tmp_path: Path, length: int) -> None:
    path = tmp_path / "cut.ledger"
    path.write_bytes(empty_file.read_bytes()[:length])
    assert refusal(path).what.startswith("cut.ledger")


def test_a_file_with_a_page_of_noise_says_damaged_and_never_crashes(
    sample_file: Path, tmp_path: Path
) -> None:
    """Each page in turn overwritten: opening and reading either work or say what is wrong."""
    from tests.conftest import TODAY
    from tracker.storage.complaints import translated

    whole = bytearray(sample_file.read_bytes())
    page = struct.unpack_from(">H", whole, 16)[0]
    path = tmp_path / "noise.ledger"
    noisy = 0
    for start in range(page, len(whole), page * 3):
        path.write_bytes(whole[:start] + b"\xa5" * page + whole[start + page :])
        try:
            ledger = open_ledger(path, read_only=True)
        except LedgerError:
            noisy += 1
            continue
        try:
            with translated(path):
                services = services_over(ledger)
                services.reports.review(TODAY.year)
                services.payments.lines(services.payments.ids().ids)
        except LedgerError as problem:
            noisy += 1
            assert "damaged" in problem.what  # noqa: PT017
        except ValueError:
            noisy += 1  # a date that is none: `check` says where
        finally:
            ledger.close()
    assert noisy > 5


def test_a_new_ledger_is_private_stamped_and_complete(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "new.ledger"
    ledger = create(path)
    assert isinstance(ledger, Ledger)
    services_over(ledger).people.save_person(Person(name="Eleanor"))
    private = [file for file in path.parent.rglob("*") if file.is_file()]
    ledger.close()
    assert {stat.S_IMODE(file.stat().st_mode) & 0o077 for file in private if file.exists()} == {0}
    assert gate.inspect(path) == gate.Stamp(SCHEMA_VERSION)
    assert struct.unpack_from(">I", path.read_bytes(), 68)[0] == engine.APPLICATION_ID
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("SELECT count(*) FROM category").fetchone() == (7,)


def test_creating_never_overwrites(copy: Path) -> None:
    before = copy.read_bytes()
    with pytest.raises(WorldProblem, match="already there"):
        create(copy)
    assert copy.read_bytes() == before


def test_creating_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WorldProblem, match="could not be made"):
        create(tmp_path / "file" / "new.ledger")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_creating_breaks_off_without_a_half_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(WorldProblem, match="disk is full"):
        create(tmp_path / "new.ledger")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    ["with space", "100%", "a#b?c&d", "Gr\u00f6\u00dfe", "\U0001f4b0", "\u05e9\u05dc\u05d5\u05dd", "a'b"],
)
def test_any_folder_and_file_name_works(tmp_path: Path, name: str, empty_file: Path) -> None:
    path = tmp_path / name / f"{name}.ledger"
    path.parent.mkdir()
    shutil.copyfile(empty_file, path)
    ledger = open_ledger(path)
    services_over(ledger).people.save_person(Person(name=name))
    ledger.close()
    assert (path.parent / f"{name} backups").is_dir()
    again = open_ledger(path)
    assert [person.name for person in services_over(again).people.people()] == [name]
    again.close()


def test_a_closed_ledger_leaves_one_file_and_its_lock(copy: Path) -> None:
    ledger = open_ledger(copy)
    services_over(ledger).people.save_person(Person(name="Eleanor"))
    ledger.close()
    left = sorted(path.name for path in copy.parent.iterdir() if path.is_file())
    assert left == ["home.ledger", "home.ledger.lock"]
