"""Backups: made once a day, verified, kept in rotation, restored; whatever the clock says."""

from __future__ import annotations

import shutil
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOW, TODAY, open_ledger
from tracker.errors import Cancelled, WorldProblem
from tracker.facts import Payment, Person
from tracker.services.bundle import Services, services_over
from tracker.storage import backup
from tracker.storage.backup import KEEP_DAILY, KEEP_MONTHLY, KEEP_WEEKLY, keep
from tracker.storage.ledger import Ledger

moments = st.integers(0, 4 * 365 * 24).map(
    lambda hours: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
)


@pytest.fixture
def path(sample_file: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "home.ledger"
    shutil.copyfile(sample_file, copied)
    return copied


def names(path: Path) -> list[str]:
    return sorted(file.name for file in backup.folder_of(path).glob("*"))


def people(path: Path) -> list[str]:
    ledger = open_ledger(path, read_only=True)
    try:
        return [person.name for person in services_over(ledger).people.people()]
    finally:
        ledger.close()


# when ------------------------------------------------------------------------------------


def test_the_first_change_of_a_day_makes_one_and_the_others_do_not(services: Services) -> None:
    path = services.ledger.path
    assert names(path) == []
    services.people.people()
    assert names(path) == [], "looking is no change"
    for name in ("One", "Two"):
        services.people.save_person(Person(name=name))
    (made,) = backup.listed(path)
    assert made.reason == ""
    assert made.made_at.date() == TODAY
    assert people(made.path) == [], "it holds what was there before the change"
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700


def test_opening_again_the_same_day_makes_no_second_one(services: Services) -> None:
    path = services.ledger.path
    services.people.save_person(Person(name="One"))
    services.ledger.close()
    again = open_ledger(path)
    services_over(again).people.save_person(Person(name="Two"))
    again.close()
    assert len(names(path)) == 1


def test_each_day_has_its_own(path: Path) -> None:
    for day in range(1, 6):
        ledger = open_ledger(path, today=date(2026, 11, day))
        services_over(ledger).people.save_person(Person(name=f"Day {day}"))
        ledger.close()
    assert [made.made_at.date().day for made in backup.listed(path)] == [5, 4, 3, 2, 1]


# which stay ------------------------------------------------------------------------------


@given(st.sets(moments, max_size=120))
def test_laws_of_the_rotation(stamps: set[datetime]) -> None:
    kept = keep(stamps)
    assert kept <= stamps
    assert len(kept) <= KEEP_DAILY + KEEP_WEEKLY + KEEP_MONTHLY
    assert keep(kept) == kept, "rotating again takes nothing more"
    if stamps:
        assert max(stamps) in kept
    days = sorted({stamp.date() for stamp in stamps}, reverse=True)[:KEEP_DAILY]
    for day in days:
        assert max(stamp for stamp in stamps if stamp.date() == day) in kept
    months = sorted({(stamp.year, stamp.month) for stamp in stamps}, reverse=True)[:KEEP_MONTHLY]
    for month in months:
        assert max(stamp for stamp in stamps if (stamp.year, stamp.month) == month) in kept


@given(st.lists(st.integers(0, 40), min_size=1, max_size=200))
def test_a_year_of_use_always_leaves_old_copies_too(gaps: list[int]) -> None:
    """Day after day, rotating each time, a copy of months ago stays as long as months were covered."""
    kept: set[datetime] = set()
    moment = datetime(2024, 1, 1, 9, tzinfo=UTC)
    first_of_month: set[tuple[int, int]] = set()
    for gap in gaps:
        moment += timedelta(days=gap)
        kept = keep({*kept, moment})
        first_of_month.add((moment.year, moment.month))
    assert len({(stamp.year, stamp.month) for stamp in kept}) == min(KEEP_MONTHLY, len(first_of_month))


@pytest.mark.parametrize("year", [1999, 2050])
def test_a_wrong_clock_takes_no_copy_away(path: Path, year: int) -> None:
    for day in range(1, 8):
        ledger = open_ledger(path, today=date(2026, 11, day))
        services_over(ledger).people.save_person(Person(name=f"Day {day}"))
        ledger.close()
    before = set(names(path))
    for _ in range(3):  # several runs on the wrong day
        ledger = open_ledger(path, today=date(year, 6, 1))
        services_over(ledger).people.save_person(Person(name="Wrong day"))
        ledger.close()
    assert len(names(path)) == 8
    ledger = open_ledger(path)  # and the clock is right again
    services_over(ledger).people.save_person(Person(name="Right day"))
    ledger.close()
    lost = before - set(names(path))
    # The copies of the first days may give way to new ones of the same week, never more.
    assert len(lost) <= 2
    assert any(made.made_at.date() == TODAY for made in backup.listed(path))


def test_copies_of_one_second_do_not_overwrite_each_other(path: Path) -> None:
    made = {backup.make(path, now=NOW, reason=reason) for reason in ("", "", "", "by hand", "by hand")}
    assert len(made) == 5
    assert all(one.exists() for one in made)


def test_only_the_daily_copies_rotate(path: Path) -> None:
    by_hand = backup.make(path, now=NOW - timedelta(days=4_000), reason="by hand")
    for days in range(40):
        backup.make(path, now=NOW - timedelta(days=days))
    removed = backup.rotate(path)
    assert removed
    assert by_hand.exists()
    daily = [made for made in backup.listed(path) if not made.reason]
    assert len(daily) <= KEEP_DAILY + KEEP_WEEKLY + KEEP_MONTHLY
    assert backup.rotate(path) == []


@pytest.mark.parametrize(
    "stray",
    [
        "home 9999-99-99 999999.ledger",
        "home 2026-02-30 120000.ledger",
        "home 0000-00-00 000000.ledger",
        "home.ledger",
        "home notes.ledger",
        "other 2026-11-22 120000.ledger",
        "home 2026-11-22 120000.ledger.part",
        "notes.txt",
    ],
)
def test_a_stray_file_among_the_backups_disturbs_nothing(path: Path, stray: str) -> None:
    folder = backup.folder_of(path)
    folder.mkdir()
    (folder / stray).write_bytes(b"mine")
    ledger = open_ledger(path)
    services_over(ledger).people.save_person(Person(name="x"))
    ledger.close()
    assert len(backup.listed(path)) == 1
    assert (folder / stray).read_bytes() == b"mine"


# whole or not at all -----------------------------------------------------------------------


def test_a_copy_is_complete_while_the_ledger_is_in_use(services: Services, tmp_path: Path) -> None:
    services.people.save_person(Person(name="Only in the log yet"))
    target = tmp_path / "elsewhere.ledger"
    made = backup.make(services.ledger.path, now=NOW, to=target)
    assert made == target
    assert people(target) == ["Only in the log yet"]
    assert not target.with_name(target.name + "-wal").exists()


def test_a_copy_can_be_cancelled_without_a_trace(path: Path) -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        raise Cancelled

    with pytest.raises(Cancelled):
        backup.make(path, now=NOW, progress=stop)
    assert told
    assert names(path) == []


def test_progress_reaches_the_whole(path: Path) -> None:
    told: list[tuple[int, int]] = []
    backup.make(path, now=NOW, progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 0


def test_a_damaged_ledger_gives_no_copy_and_says_so(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:12288] = b"\xa5" * 4096
    path.write_bytes(content)
    with pytest.raises(WorldProblem) as refused:
        backup.make(path, now=NOW)
    assert "home.ledger" in refused.value.what
    assert names(path) == []


def test_a_folder_that_cannot_be_written_to(path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WorldProblem, match="could not be written"):
        backup.make(path, now=NOW, to=tmp_path / "file" / "copy.ledger")
    with pytest.raises(WorldProblem, match="could not be written"):
        backup.make(path, now=NOW, to=tmp_path / "missing" / "copy.ledger")


# restoring -----------------------------------------------------------------------------------


def changed_since(path: Path) -> Path:
    """A backup, and a ledger that went on."""
    made = backup.make(path, now=NOW)
    ledger = open_ledger(path)
    services_over(ledger).people.save_person(Person(name="Later"))
    ledger.close()
    return made


def test_restoring_brings_the_old_and_keeps_the_new(path: Path) -> None:
    made = changed_since(path)
    safety = backup.restore(made, path, now=NOW)
    assert "Later" not in people(path)
    assert safety is not None
    assert "Later" in people(safety)
    assert "before restore" in safety.name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert made.exists()


def test_restoring_over_a_damaged_ledger_sets_it_aside(path: Path) -> None:
    made = changed_since(path)
    path.write_bytes(b"noise")
    path.with_name(path.name + "-wal").write_bytes(b"log")
    safety = backup.restore(made, path, now=NOW)
    assert safety is not None
    assert safety.read_bytes() == b"noise"
    assert safety.with_name(safety.name + "-wal").read_bytes() == b"log"
    assert "Later" not in people(path)
    assert not path.with_name(path.name + "-wal").exists()


def test_restoring_where_there_is_none(path: Path, tmp_path: Path) -> None:
    made = backup.make(path, now=NOW)
    target = tmp_path / "new folder" / "other.ledger"
    assert backup.restore(made, target, now=NOW) is None
    assert people(target) == people(path)


def test_a_bad_copy_is_not_restored(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    bad = tmp_path / "bad.ledger"
    for content in (b"", b"noise", before[:5000], before[:8192] + b"\xa5" * 4096 + before[12288:]):
        bad.write_bytes(content)
        with pytest.raises(WorldProblem) as refused:
            backup.restore(bad, path, now=NOW)
        assert "bad.ledger" in refused.value.what
    with pytest.raises(WorldProblem, match="no ledger at"):
        backup.restore(tmp_path / "missing.ledger", path, now=NOW)
    assert path.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == [
        "bad.ledger",
        "home.ledger",
    ]


def test_an_open_ledger_is_not_replaced(path: Path) -> None:
    made = backup.make(path, now=NOW)
    held = open_ledger(path)
    try:
        with pytest.raises(WorldProblem, match="already open"):
            backup.restore(made, path, now=NOW)
    finally:
        held.close()


def test_a_ledger_is_not_restored_from_itself(path: Path) -> None:
    with pytest.raises(WorldProblem, match="ledger itself"):
        backup.restore(path, path, now=NOW)


def test_what_breaks_off_a_restore_leaves_the_ledger(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = changed_since(path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(backup, "flush", full)
        with pytest.raises(WorldProblem, match="disk is full") as refused:
            backup.restore(made, path, now=NOW)
    assert "left as it was" in refused.value.todo
    assert "Later" in people(path)
    assert not path.with_name(path.name + ".restoring").exists()


def test_a_restored_ledger_goes_on(path: Path) -> None:
    made = changed_since(path)
    backup.restore(made, path, now=NOW)
    ledger = open_ledger(path)
    to = services_over(ledger)
    to.payments.save(Payment(paid_on=TODAY, amount=100))
    ledger.undo()
    assert isinstance(ledger, Ledger)
    ledger.close()
