"""Every published file beside the project is read or refused with a reason; none stops the program.

What exactly each of them holds is asked in the tests of its reader; here it is counted by folder, so
that nothing is lost between a folder, the recognition of a file and its reader.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.imports.found import Format, FoundFile
from tracker.imports.read_files import read_files
from tracker.imports.walked import is_hidden_name

FIXTURES = Path(__file__).resolve().parents[3] / "shared" / "fixtures"

# By folder: files, EOBs, rows of money (a reader that learns more may add some), files that give nothing.
COUNTS: dict[str, tuple[int, int, int, int]] = {
    "eob/carin-cpcds-server-ri": (37, 14, 0, 23),
    "eob/cms-bfd": (49, 26, 0, 34),
    "eob/cms-bluebutton-sample-client": (2, 10, 0, 1),
    "eob/fasten-sources": (6, 55, 0, 1),
    "eob/hl7-r4-examples-npm": (36, 2, 0, 34),
    "eob/inferno-carin-test-kit": (11, 6, 0, 9),
    "eob/microsoft-fhir-server": (3, 2, 0, 1),
    "bank/actualbudget": (3, 0, 0, 3),
    "bank/banking-js": (4, 0, 22, 2),
    "bank/beancount-import": (256, 0, 116, 239),
    "bank/beangulp": (28, 0, 212, 10),
    "bank/csv2ofx": (60, 0, 188, 18),
    "bank/gnucash": (17, 0, 539, 8),
    "bank/hledger": (23, 0, 48, 11),
    "bank/kmymoney": (3, 0, 4, 2),
    "bank/ledger-autosync": (27, 0, 35, 11),
    "bank/libofx": (21, 0, 9, 16),
    "bank/ofx4j": (11, 0, 1, 10),
    "bank/ofxparse": (26, 0, 13, 22),
    "bank/ofxtools": (6, 0, 5, 3),
    "bank/qifparse": (3, 0, 6, 1),
    "bank/reckon": (134, 0, 286, 86),
}


def folders() -> Iterator[str]:
    for kind in ("eob", "bank"):
        place = FIXTURES / kind
        if place.is_dir():
            yield from sorted(f"{kind}/{folder.name}" for folder in place.iterdir() if folder.is_dir())
        else:
            yield kind


@pytest.fixture(scope="module", params=list(folders()))
def folder(request: pytest.FixtureRequest) -> tuple[str, tuple[FoundFile, ...], float]:
    """A folder of published files, what is found in it, and the seconds that took."""
    place = FIXTURES / request.param
    if not place.is_dir():
        pytest.skip(f"the published files of {request.param} do not lie beside the project")
    begun = time.perf_counter()
    found = read_files([place])
    return request.param, found, time.perf_counter() - begun


Folder = tuple[str, tuple[FoundFile, ...], float]


def test_every_file_holds_something_or_says_why_not(folder: Folder) -> None:
    _, found, _ = folder
    for file in found:
        assert file.eobs or file.money or file.problems, file.path
        assert all(problem.why.strip() for problem in file.problems), file.path
        assert file.path
        assert len(file.sha256) == 64 or file.format is Format.FOLDER


def test_no_reader_fails(folder: Folder) -> None:
    _, found, _ = folder
    failed = [file.path for file in found if any("its own fault" in one.why for one in file.problems)]
    assert failed == []


def test_no_file_is_left_out(folder: Folder) -> None:
    name, found, _ = folder
    place = FIXTURES / name
    there = {
        str(path)
        for path in place.rglob("*")
        if path.is_file() and not any(is_hidden_name(part) for part in path.relative_to(place).parts)
    }
    assert {file.path for file in found if file.format is not Format.FOLDER} == there


def test_the_counts_of_a_folder(folder: Folder) -> None:
    name, found, seconds = folder
    files, eobs, rows, nothing = COUNTS[name]
    assert (len(found), sum(len(file.eobs) for file in found)) == (files, eobs)
    assert sum(len(file.money) for file in found) >= rows
    assert sum(file.is_empty for file in found) <= nothing
    assert seconds < 20
