"""Preferences survive damage, other versions and folders that cannot be written to."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from pathlib import Path

import pytest

from tracker.settings import Settings, SettingsFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_what_is_saved_is_loaded(path: Path) -> None:
    wanted = Settings(theme="dark", text_size=150, paper="a4", last_ledger="C:/Größe \U0001f4b0.ledger")
    SettingsFile(path).save(wanted)
    assert SettingsFile(path).load() == wanted
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("content", ["", "{", "[1, 2]", "null", "\x00\xff", '{"theme": }', "[" * 100_000])
def test_a_damaged_file_means_the_defaults(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.write_bytes(content.encode("latin-1"))
    assert SettingsFile(path).load() == Settings()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", "pink"),
        ("theme", 3),
        ("theme", None),
        ("paper", "a3"),
        ("text_size", 99),
        ("text_size", 201),
        ("text_size", "150"),
        ("text_size", True),
        ("text_size", 150.5),
        ("last_ledger", ["x"]),
    ],
)
def test_a_bad_value_costs_only_itself(
    path: Path, key: str, value: object, caplog: pytest.LogCaptureFixture
) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps(asdict(Settings(paper="a4", last_ledger="x")) | {key: value}), "utf-8")
    with caplog.at_level(logging.WARNING):
        loaded = SettingsFile(path).load()
    expected = asdict(Settings(paper="a4", last_ledger="x")) | {key: asdict(Settings())[key]}
    assert asdict(loaded) == expected
    assert caplog.records


def test_what_a_newer_version_keeps_here_is_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"theme": "light", "from_2030": {"a": [1]}}', "utf-8")
    file = SettingsFile(path)
    file.save(file.load())
    assert json.loads(path.read_text("utf-8"))["from_2030"] == {"a": [1]}


def test_a_folder_that_cannot_be_written_to_is_no_catastrophe(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    file = SettingsFile(tmp_path / "file" / "settings.json")
    file.save(Settings(theme="dark"))
    assert file.load() == Settings()
    assert (tmp_path / "file").read_text() == "in the way"


@pytest.mark.parametrize("values", [{"theme": "pink"}, {"paper": "a3"}, {"text_size": 0}])
def test_the_program_itself_cannot_set_nonsense(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(values))):
        Settings(**values)  # type: ignore[arg-type]
