"""What Windows, macOS and network drives do differently, played through on any system."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import sys
import time
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from tests.conftest import open_ledger
from tracker import whole_file
from tracker.errors import Cancelled, UserProblem, WorldProblem
from tracker.facts import Person
from tracker.services import backups
from tracker.services.bundle import services_over
from tracker.storage import backup, complaints, engine, lock
from tracker.storage.files import real
from tracker.storage.ledger import Ledger, create
from tracker.whole_file import put_in_place, write_whole

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=-5)))


@pytest.fixture
def path(empty_file: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "home.ledger"
    shutil.copyfile(empty_file, copied)
    return copied


# names of files --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "address"),
    [
        (PureWindowsPath(r"C:\Users\Zoë\My ledger.ledger"), "file:///C:/Users/Zo%C3%AB/My%20ledger.ledger"),
        (PureWindowsPath(r"\\nas\papers\50%.ledger"), "file:////nas/papers/50%25.ledger"),
        (PurePosixPath("/media/stick/a#b?.ledger"), "file:///media/stick/a%23b%3F.ledger"),
    ],
)
def test_sqlite_is_given_no_server_it_would_refuse(
    file: PureWindowsPath | PurePosixPath, address: str
) -> None:
    assert engine.address_of(file) == f"{address}?mode=rw"


def test_an_address_with_four_slashes_is_a_path(path: Path) -> None:
    sqlite3.connect(f"file://{path.as_posix().replace('/', '//', 1)}?mode=rw", uri=True).close()


def test_a_link_to_a_ledger_is_locked_as_the_ledger(path: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "shortcut.ledger"
    link.symlink_to(path)
    assert real(link) == path
    first = open_ledger(path)
    try:
        with pytest.raises(WorldProblem, match="already open"):
            open_ledger(link)
    finally:
        first.close()
    through = open_ledger(link)
    services_over(through).people.save_person(Person(name="Eleanor"))
    through.close()
    backups.restore(backup.listed(path)[0].path, link, now=lambda: NOON)
    assert link.is_symlink()
    again = open_ledger(path)
    assert services_over(again).people.people() == []
    again.close()


def test_a_backup_never_takes_the_ledgers_place_by_another_name(path: Path, tmp_path: Path) -> None:
    other_name = tmp_path / "HOME.ledger"
    os.link(path, other_name)  # as where capitals do not count
    with pytest.raises(UserProblem, match="place of the ledger itself"):
        backups.back_up(path, to=other_name)


@pytest.mark.parametrize("stem", ["Zoe\u0308 ledger", "HOME LEDGER"])
def test_backups_are_found_by_whatever_spelling_the_disk_gives(tmp_path: Path, stem: str) -> None:
    asked = tmp_path / f"{unicodedata.normalize('NFC', stem)}.ledger"
    asked = asked if stem.startswith("Zoe") else tmp_path / "Home ledger.ledger"
    folder = backup.folder_of(asked)
    folder.mkdir()
    (folder / f"{stem} 2026-11-22 090000 by hand.ledger").write_bytes(b"x")
    assert [found.reason for found in backup.listed(asked)] == ["by hand"]


def test_a_name_too_long_for_its_backups_stops_no_change(tmp_path: Path) -> None:
    long = create(tmp_path / f"{'x' * 230}.ledger", clock=lambda: date(2026, 11, 22))
    try:
        services_over(long).people.save_person(Person(name="Eleanor"))
        assert long.backup_problem is not None
        assert "The backup could not be written" in long.backup_problem.what
    finally:
        long.close()


def test_a_name_too_long_for_a_ledger_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorldProblem, match="could not be made"):
        create(tmp_path / f"{'x' * 300}.ledger")


# files that are open ---------------------------------------------------------------------


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited, as if the program ran on Windows."""
    waited: list[float] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(whole_file.time, "sleep", waited.append)
    return waited


def held(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to replace a file so often, as Windows does while a scanner looks at it."""
    replace, tries = os.replace, iter(range(times))

    def replacing(one: Path, other: Path) -> None:
        if next(tries, None) is not None:
            refused = PermissionError(errno.EACCES, "Access is denied")
            refused.winerror = 5  # type: ignore[attr-defined]
            raise refused
        replace(one, other)

    monkeypatch.setattr(whole_file.os, "replace", replacing)


def test_a_file_held_for_a_moment_is_waited_for(
    tmp_path: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    held(3, monkeypatch)
    write_whole(tmp_path / "Budget.xlsx", b"new")
    assert (tmp_path / "Budget.xlsx").read_bytes() == b"new"
    assert len(windows) == 3


def test_a_workbook_open_in_excel_is_named_and_stays(
    tmp_path: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    held(1000, monkeypatch)
    target = tmp_path / "Budget.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(WorldProblem, match=r"Budget\.xlsx could not be written: it is open in another"):
        write_whole(target, b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["Budget.xlsx"]
    assert target.read_bytes() == b"old"
    assert sum(windows) <= 1


def test_elsewhere_nothing_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held(1, monkeypatch)
    monkeypatch.setattr(whole_file.time, "sleep", lambda _: pytest.fail("waited"))
    with pytest.raises(PermissionError):
        put_in_place(tmp_path / "a", tmp_path / "b")


def test_a_ledger_held_by_another_program_is_not_replaced(
    path: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backup.make(path, now=NOON, reason="by hand")
    before = path.read_bytes()
    held(1000, monkeypatch)
    with pytest.raises(WorldProblem, match="open in another program") as refused:
        backup.restore(made, path, now=NOON)
    assert refused.value.todo == "The ledger was left as it was."
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.restoring"))


def test_an_old_backup_that_cannot_be_removed_stops_no_change(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 20):
        backup.make(path, now=NOON.replace(day=day))
    refuse = Path.unlink

    def unlink(self: Path, missing_ok: bool = False) -> None:
        if self.suffix == ".ledger":
            raise PermissionError(errno.EACCES, "in use")
        refuse(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    ledger = open_ledger(path)
    services_over(ledger).people.save_person(Person(name="Eleanor"))
    ledger.close()
    assert backup.rotate(path) == []
    monkeypatch.undo()
    assert len(backup.rotate(path)) > 5


def test_a_connection_that_fails_leaves_the_file_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Broken] = []

    class Broken(sqlite3.Connection):
        def execute(self, *_: object) -> sqlite3.Cursor:
            made.append(self)
            raise sqlite3.DatabaseError("file is not a database")

    connect = sqlite3.connect
    monkeypatch.setattr(
        engine.sqlite3, "connect", lambda *args, **kwargs: connect(*args, factory=Broken, **kwargs)
    )
    with pytest.raises(sqlite3.DatabaseError):
        engine.connect(path)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        made[0].cursor()


def test_work_that_comes_after_closing_opens_nothing(path: Path) -> None:
    """Windows could not put a backup in the place of a ledger that a late reader has opened again."""
    ledger = open_ledger(path)
    services = services_over(ledger)
    ledger.close()
    with pytest.raises(Cancelled):
        services.people.people()
    with pytest.raises(Cancelled):
        services.people.save_person(Person(name="Eleanor"))
    assert not list(path.parent.glob("*-wal"))


# drives ----------------------------------------------------------------------------------


def test_a_drive_without_locks_is_not_called_an_open_window(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(_file: object) -> None:
        raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr(lock, "_lock", no_locks)
    with pytest.raises(WorldProblem, match="cannot keep two programs from writing"):
        Ledger(path)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EDEADLK, errno.EAGAIN])
def test_what_a_held_lock_gives_is_called_an_open_window(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def taken(_file: object) -> None:
        raise OSError(code, "taken")

    monkeypatch.setattr(lock, "_lock", taken)
    with pytest.raises(WorldProblem, match="already open"):
        Ledger(path)


@pytest.mark.parametrize("name", ["SQLITE_IOERR_SHMMAP", "SQLITE_IOERR_LOCK", "SQLITE_PROTOCOL"])
def test_a_drive_without_shared_memory_is_named(path: Path, name: str) -> None:
    said = sqlite3.OperationalError("disk I/O error")
    said.sqlite_errorname = name
    problem = complaints.as_problem(path, said)
    assert "is it on a network?" in str(problem)
    assert "a folder on this computer" in str(problem)


def test_a_drive_that_was_pulled_out_is_named(path: Path) -> None:
    problem = complaints.as_problem(path, sqlite3.OperationalError("disk I/O error"))
    assert "Check that it is still connected" in str(problem)


def test_a_restored_ledger_gets_its_log_back(path: Path) -> None:
    made = backup.make(path, now=NOON, reason="by hand")
    backup.restore(made, path, now=NOON)
    assert path.read_bytes()[18] == 1, "a copy has none"
    looking = open_ledger(path, read_only=True)
    looking.close()
    assert path.read_bytes()[18] == 1, "looking changes nothing"
    open_ledger(path).close()
    assert path.read_bytes()[18] == 2
    assert made.read_bytes()[18] == 1


# clocks ----------------------------------------------------------------------------------


@pytest.fixture
def new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Local time as in New York, where the clocks go back on November 1, 2026."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone cannot be changed here")
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_the_hour_that_comes_twice_loses_no_copy(path: Path, new_york: None) -> None:
    summer = timezone(timedelta(hours=-4))
    half_past_one = datetime(2026, 11, 1, 1, 30, tzinfo=summer)
    moments = [(half_past_one + timedelta(hours=hour)).astimezone() for hour in (0, 1)]
    assert moments[0].time() == moments[1].time()
    made = {backup.make(path, now=moment) for moment in moments}
    assert len(made) == 2
    assert {found.path for found in backup.listed(path)} == made
    assert backup.rotate(path) == []


def test_an_hour_that_is_left_out_stays_on_its_day(path: Path, new_york: None) -> None:
    backup.make(path, now=datetime(2026, 3, 8, 2, 30, tzinfo=timezone(timedelta(hours=-7))))
    (found,) = backup.listed(path)
    assert found.made_at.date() == date(2026, 3, 8)
