"""A kill at any moment, a full disk, a change that breaks off: at most the edit in progress is lost."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import TODAY, open_ledger
from tracker.errors import WorldProblem
from tracker.facts import Payment, Person
from tracker.services.bundle import Services, services_over
from tracker.storage import backup, engine
from tracker.storage.ledger import Ledger, create

ROOT = Path(__file__).resolve().parents[2]

WRITER = """
import sys
from datetime import date
from pathlib import Path
from tracker.facts import Allocation, Payment
from tracker.services.bundle import services_over
from tracker.storage.ledger import Ledger

to = services_over(Ledger(Path(sys.argv[1]), clock=lambda: date(2026, 11, 22)))
line = to.budget.categories()[0].id
number = 0
while True:
    number += 1
    part = Allocation(category_id=line, amount=number)
    to.payments.save(
        Payment(paid_on=date(2026, 11, 22), amount=number, note="x" * 3000, allocations=(part,)),
        payee=f"Payee {number}",
    )
    print(number, flush=True)  # only what was said to be saved has to be there
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("after", [1, 7, 40])
def test_a_kill_loses_at_most_the_edit_in_progress(after: int, empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "home.ledger"
    shutil.copyfile(empty_file, path)
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as writer:
        assert writer.stdout is not None
        while int(writer.stdout.readline()) < after:
            pass
        os.kill(writer.pid, signal.SIGKILL)
        promised = max([after, *map(int, writer.stdout.read().split())])
    ledger = open_ledger(path)
    try:
        connection = ledger.read()
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        amounts = [row[0] for row in connection.execute("SELECT amount FROM payment ORDER BY id")]
        assert amounts == list(range(1, len(amounts) + 1))
        assert promised <= len(amounts) <= promised + 1
        parts = connection.execute("SELECT count(*), sum(amount) FROM allocation").fetchone()
        assert parts == (len(amounts), sum(amounts)), "a payment is never there without its parts"
        entries = connection.execute("SELECT count(*) FROM change_history").fetchone()
        assert entries == (len(amounts),)
        services_over(ledger).people.save_person(Person(name="Eleanor"))
    finally:
        ledger.close()


def _fill_disk(monkeypatch: pytest.MonkeyPatch, pages: int) -> None:
    """Let SQLite find no more room than so many pages: its own `disk is full`, without a real disk."""
    real = engine.connect

    def cramped(path: Path, **options: object) -> sqlite3.Connection:
        connection = real(path, **options)  # type: ignore[arg-type]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr(engine, "connect", cramped)


def test_a_full_disk_while_saving_loses_nothing(
    empty_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "home.ledger"
    shutil.copyfile(empty_file, path)
    _fill_disk(monkeypatch, path.stat().st_size // 4096 + 12)
    ledger = open_ledger(path)
    to = services_over(ledger)
    saved = 0
    problem = None
    for number in range(1, 100):
        try:
            to.payments.save(Payment(paid_on=TODAY, amount=number, note="x" * 5_000))
            saved = number
        except WorldProblem as full:
            problem = full
            break
    assert problem is not None
    assert problem.what == "The disk is full; the change was not saved."
    assert saved >= 2
    assert len(to.payments.ids().ids) == saved
    assert ledger.next_undo == f"Add expense, {_dollars(saved)}"
    ledger.undo()  # and what was there before can still be changed
    assert len(to.payments.ids().ids) == saved - 1
    ledger.close()
    monkeypatch.undo()
    again = open_ledger(path)
    try:
        assert len(services_over(again).payments.ids().ids) == saved - 1
        assert again.read().execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        services_over(again).payments.save(Payment(paid_on=TODAY, amount=1, note="x" * 5_000))
    finally:
        again.close()


def _dollars(cents: int) -> str:
    return f"${cents // 100}.{cents % 100:02d}"


def test_a_full_disk_while_starting_a_ledger_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill_disk(monkeypatch, 3)
    with pytest.raises(WorldProblem, match="disk is full"):
        create(tmp_path / "new.ledger")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_while_backing_up_leaves_no_half_copy(
    sample_ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sqlite3.connect

    def cramped(target: object, *more: object, **options: object) -> sqlite3.Connection:
        connection = real(target, *more, **options)  # type: ignore[call-overload]
        if str(target).endswith(".part"):
            connection.execute("PRAGMA max_page_count = 5")
        return connection

    monkeypatch.setattr(sqlite3, "connect", cramped)
    now = sample_ledger._now()
    with pytest.raises(WorldProblem) as full:
        backup.make(sample_ledger.path, now=now)
    assert "could not be written" in full.value.what
    assert "unharmed" in full.value.todo
    assert list(backup.folder_of(sample_ledger.path).iterdir()) == []


def test_a_payment_is_recorded_even_where_no_backup_can_be(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise WorldProblem("The backup could not be written.", "Free some space.")

    monkeypatch.setattr(backup, "make", full)
    services.payments.save(Payment(paid_on=TODAY, amount=100))
    assert len(services.payments.ids().ids) == 1
    assert services.ledger.backup_problem is not None


def test_a_reader_in_another_window_never_blocks_saving(sample_ledger: Ledger) -> None:
    looking = open_ledger(sample_ledger.path, read_only=True)
    try:
        before = looking.read().execute("SELECT count(*) FROM payment").fetchone()[0]
        rows = looking.read().execute("SELECT id FROM payment")
        rows.fetchone()  # half way through
        services_over(sample_ledger).payments.save(Payment(paid_on=TODAY, amount=100))
        rows.fetchall()
        after = looking.read().execute("SELECT count(*) FROM payment").fetchone()[0]
        assert after == before + 1
    finally:
        looking.close()


def test_every_thread_reads_for_itself(sample_ledger: Ledger) -> None:
    from concurrent.futures import ThreadPoolExecutor

    to = services_over(sample_ledger)
    expected = to.reports.overview(TODAY.replace(day=1))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: to.reports.overview(TODAY.replace(day=1)), range(12)))
    assert all(one == expected for one in found)


def test_writers_on_several_threads_take_turns(services: Services) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def save(number: int) -> str:
        return services.payments.save(Payment(paid_on=TODAY, amount=number + 1)).words

    with ThreadPoolExecutor(4) as pool:
        words = list(pool.map(save, range(24)))
    assert words == [f"Add expense, {_dollars(number + 1)}" for number in range(24)]
    assert len(services.payments.ids().ids) == 24
    for _ in range(24):
        services.ledger.undo()
    assert len(services.payments.ids().ids) == 0


def test_commits_are_durable(services: Services) -> None:
    services.people.save_person(Person(name="Eleanor"))
    with services.ledger.write("Look") as work:
        ask = work.connection.exec_driver_sql
        assert ask("PRAGMA synchronous").scalar() == 2
        assert ask("PRAGMA journal_mode").scalar() == "wal"
        assert ask("PRAGMA foreign_keys").scalar() == 1
    with closing(engine.connect(services.ledger.path, read_only=True)) as reader:
        assert reader.execute("PRAGMA query_only").fetchone() == (1,)
        with pytest.raises(sqlite3.OperationalError):
            reader.execute("DELETE FROM person")
