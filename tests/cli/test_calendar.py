"""`calendar`: dates ahead written as a file, and said on the screen."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import icalendar
import pytest

from tests.conftest import TODAY
from tracker.cli import common
from tracker.cli.main import main

Ask = Callable[..., str]


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "today", lambda: TODAY)


@pytest.fixture
def path(sample_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(sample_file, tmp_path / "sample.ledger"))


@pytest.fixture
def ask(path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    def go(*words: str) -> str:
        assert main(["--ledger", str(path), "calendar", *words]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return go


def events(path: Path) -> dict[str, icalendar.Event]:
    found = icalendar.Calendar.from_ical(path.read_bytes()).events
    by_uid = {str(event["uid"]): event for event in found}
    assert len(by_uid) == len(found)
    return by_uid


def test_it_prints_what_it_wrote(ask: Ask, tmp_path: Path) -> None:
    out = tmp_path / "dates.ics"
    said = ask(str(out)).splitlines()
    written = events(out)
    assert said[-1] == f"{len(written)} dates written to {out}."
    assert len(said) == len(written) + 1
    assert any(line.startswith("Dec 1, 2026") and line.endswith("$450.00") for line in said)


def test_json_lists_the_very_events(ask: Ask, tmp_path: Path) -> None:
    out = tmp_path / "dates.ics"
    said = json.loads(ask(str(out), "--json"))
    assert (said["today"], said["file"]) == ("2026-11-22", str(out))
    written = events(out)
    assert {entry["uid"] for entry in said["dates"]} == set(written)
    for entry in said["dates"]:
        assert written[entry["uid"]]["dtstart"].dt == date.fromisoformat(entry["on"])
        assert entry["amount"] is None or isinstance(entry["amount"], str)
    premium = next(entry for entry in said["dates"] if entry["what"].startswith("Premium"))
    assert (premium["kind"], premium["amount"]) == ("due", "450.00")


def test_a_second_file_has_the_same_events(ask: Ask, tmp_path: Path) -> None:
    ask(str(tmp_path / "one.ics"))
    ask(str(tmp_path / "two.ics"))
    assert events(tmp_path / "one.ics").keys() == events(tmp_path / "two.ics").keys()


def test_until_and_private(ask: Ask, tmp_path: Path) -> None:
    out = tmp_path / "dates.ics"
    said = ask(str(out), "--until", "2026-12-15", "--private")
    assert max(event["dtstart"].dt for event in events(out).values()) <= date(2026, 12, 15)
    for text in (said, out.read_text("utf-8"), ask(str(out), "--private", "--json")):
        for told in ("Harbor", "Whitfield", "Coastline", "$", "450"):
            assert told not in text
    assert "Refill" in said


def test_what_cannot_be_done_is_one_line(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "dates.ics"
    assert main(["--ledger", str(path), "calendar", str(out), "--until", "2026-11-01"]) == 1
    assert capsys.readouterr().err.startswith("There are no dates to write.")
    assert not out.exists()
    assert main(["--ledger", str(path), "calendar", str(tmp_path / "no" / "dates.ics")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["--ledger", str(path), "calendar", str(out), "--until", "soon"]) == 2
