"""`import` into a ledger: what is new is taken once, what is not clear is asked or left."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import open_ledger
from tests.services.test_importing import EOB, LABS, PHARMACY, eob_file, ofx
from tracker.cli.main import main
from tracker.facts import Account, AccountKind, Person
from tracker.services.bundle import Services, services_over

STRANGER = EOB | {"patient": {"display": "Jordan Stranger"}}


@contextmanager
def filled(path: Path) -> Iterator[Services]:
    ledger = open_ledger(path)
    try:
        yield services_over(ledger)
    finally:
        ledger.close()


@pytest.fixture
def path(empty_file: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "home.ledger"
    shutil.copyfile(empty_file, copied)
    with filled(copied) as services:
        services.people.save_person(Person(name="Pat Example"))
        services.accounts.save(Account(name="Checking", kind=AccountKind.BANK))
        services.accounts.save(Account(name="Savings", kind=AccountKind.BANK))
    return copied


def run(path: Path, *words: str | Path) -> int:
    return main(["--ledger", str(path), "import", *(str(word) for word in words)])


def test_a_bank_file_is_taken_once(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = ofx(tmp_path, LABS, PHARMACY)
    assert run(path, file, "--account", "checking") == 0
    assert capsys.readouterr().out.splitlines() == [f"{file}: 2 taken.", "Import 2 payments."]
    assert run(path, file, "--json") == 0
    (shown,) = json.loads(capsys.readouterr().out)["files"]
    assert shown["taken"] == {"taken": 0, "known": 2, "likely": 0, "changed": 0, "left_out": 0}
    with filled(path) as services:
        assert len(services.payments.ids().ids) == 2


def test_an_account_that_is_not_clear_is_asked_for(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(path, ofx(tmp_path, LABS)) == 1
    assert "It is not clear which account 77 is." in capsys.readouterr().err
    assert run(path, ofx(tmp_path, LABS), "--account", "Vault") == 1
    assert "Name one of: Checking, Savings." in capsys.readouterr().err


def test_eobs_of_nobody_known_wait_for_a_person(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = eob_file(tmp_path, **STRANGER)
    assert run(path, file) == 0
    assert "Nobody of the household is \u201cJordan Stranger\u201d." in capsys.readouterr().out
    assert run(path, file, "--person", "pat") == 0
    assert capsys.readouterr().out.endswith("Import 1 EOB.\n")


def test_what_cannot_be_read_is_an_error(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "statement.csv"
    page.write_text("<!doctype html><title>Sign in</title>")
    assert run(path, page) == 1
    assert capsys.readouterr().err
