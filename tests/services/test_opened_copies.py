"""Documents copied out for the system's viewer: private, no programs, gone a day later."""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tracker.errors import UserProblem, WorldProblem
from tracker.facts import Document, Noun, Person
from tracker.services.bundle import Services
from tracker.services.documents import remove_old_copies


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def document(services: Services, tmp_path: Path) -> Document:
    eleanor = services.people.save_person(Person(name="Eleanor")).new_id or 0
    path = tmp_path / "eob.pdf"
    path.write_bytes(b"%PDF")
    services.documents.attach(Noun.PERSON, eleanor, [path])
    return services.documents.attached_to(Noun.PERSON, eleanor)[0]


def grow_old(folder: Path, hours: float) -> None:
    then = time.time() - hours * 3600
    os.utime(folder, (then, then))


def test_copies_of_yesterday_go_and_those_of_today_stay(
    services: Services, document: Document, temporary: Path
) -> None:
    old, new = (services.documents.open_copy(document) for _ in range(2))
    grow_old(old.parent, 25)
    other = temporary / "somebody-elses"
    other.mkdir()
    grow_old(other, 100)
    remove_old_copies()
    assert not old.parent.exists()
    assert new.read_bytes() == b"%PDF"
    assert other.exists()


def test_a_copy_that_is_still_open_is_left_for_another_day(
    services: Services, document: Document, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, free = (services.documents.open_copy(document) for _ in range(2))
    for copy in (held, free):
        grow_old(copy.parent, 25)
    remove = Path.unlink

    def unlink(self: Path, missing_ok: bool = False) -> None:
        if self == held:
            raise PermissionError(13, "in use")
        if not os.access(self, os.W_OK):
            raise PermissionError(13, "read-only, as Windows says it")
        remove(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    remove_old_copies()
    assert held.exists()
    assert not free.exists()


def test_a_link_is_not_followed(temporary: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").touch()
    grow_old(precious, 100)
    (temporary / "concierge-ledger-opened-x").symlink_to(precious)
    remove_old_copies()
    assert (precious / "file").exists()


@pytest.mark.parametrize("name", ["EOB.pdf.exe", "EOB.BAT", "a\\b.lnk", "x.exe. ", "EOB \u202efdp.cmd"])
def test_a_program_is_not_opened(
    services: Services, document: Document, temporary: Path, name: str
) -> None:
    with pytest.raises(UserProblem, match="is a program"):
        services.documents.open_copy(replace(document, name=name))
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("name", ["CON.pdf", "\N{PILL}" * 120 + ".pdf", "a:b.pdf", "x.pdf. "])
def test_a_name_no_system_takes_is_changed(
    services: Services, document: Document, temporary: Path, name: str
) -> None:
    assert services.documents.open_copy(replace(document, name=name)).suffix == ".pdf"


def test_a_full_disk_is_said(
    services: Services, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(WorldProblem, match="the disk is full"):
        services.documents.open_copy(document)
