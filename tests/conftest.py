"""What every test may ask for: a fixed day, an empty ledger, the sample year, services over both.

Ledgers are made once a session and copied for each test, so that asking for one costs little.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tracker.services.bundle import Services, services_over
from tracker.services.sample import write_sample
from tracker.storage.ledger import Ledger, create

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)


def open_ledger(path: Path, *, today: date = TODAY, read_only: bool = False) -> Ledger:
    """A ledger with its clock stopped."""
    now = NOW.replace(year=today.year, month=today.month, day=today.day)
    return Ledger(path, clock=lambda: today, now=lambda: now, read_only=read_only)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new ledger with the template's lines, to copy and never to change."""
    path = tmp_path_factory.mktemp("empty") / "empty.ledger"
    create(path, clock=lambda: TODAY).close()
    return path


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample year 2026 as of TODAY, to copy and never to change."""
    path = tmp_path_factory.mktemp("sample") / "sample.ledger"
    write_sample(path, year=TODAY.year, today=TODAY)
    return path


@pytest.fixture
def ledger(empty_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger of the test's own, open."""
    yield from _open_copy(empty_file, tmp_path / "home.ledger")


@pytest.fixture
def services(ledger: Ledger) -> Services:
    """Everything a person can do, over the empty ledger."""
    return services_over(ledger)


@pytest.fixture
def sample_ledger(sample_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    """The sample year, open, the test's own to change."""
    yield from _open_copy(sample_file, tmp_path / "sample.ledger")


@pytest.fixture
def sample(sample_ledger: Ledger) -> Services:
    """Everything a person can do, over the sample year."""
    return services_over(sample_ledger)


def _open_copy(source: Path, path: Path) -> Iterator[Ledger]:
    shutil.copyfile(source, path)
    opened = open_ledger(path)
    yield opened
    opened.close()
