"""A file read once more another way, wherever it lies, and not when it has changed meanwhile."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tracker.errors import UserProblem
from tracker.imports.read_again import qif_again, table_again, table_of
from tracker.imports.read_files import read_files
from tracker.imports.table_dates import DateOrder

QIF = "!Type:Bank\nD3/4/2026\nT-20.00\nPPharmacy\n^\n"
CSV = "Date,Payee,Amount\n03/04/2026,Pharmacy,-20.00\n"


def days(file: object) -> list[str]:
    return [str(row.on) for row in file.money]  # type: ignore[attr-defined]


def lying(folder: Path, how: str, name: str, text: str) -> Path:
    """A file alone, in a folder, or in a zip; gives what a person would choose."""
    if how == "zip":
        path = folder / "archive.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(f"inside/{name}", text)
        return path
    inside = folder / "inside"
    inside.mkdir()
    (inside / name).write_text(text)
    return inside if how == "folder" else inside / name


@pytest.mark.parametrize("how", ["alone", "folder", "zip"])
def test_the_dates_of_a_qif_file_are_read_the_other_way(tmp_path: Path, how: str) -> None:
    (file,) = read_files([lying(tmp_path, how, "old.qif", QIF)])
    assert days(file) == ["2026-03-04"]
    fresh = qif_again(file, day_first=True)
    assert days(fresh) == ["2026-04-03"]
    assert (fresh.path, fresh.sha256, fresh.size) == (file.path, file.sha256, file.size)
    assert days(qif_again(fresh, day_first=False)) == ["2026-03-04"]


def test_a_table_is_read_by_another_mapping(tmp_path: Path) -> None:
    (file,) = read_files([lying(tmp_path, "zip", "card.csv", CSV)])
    assert file.doubts
    table, mapping = table_of(file)
    fresh = table_again(file, table, replace(mapping, dates=DateOrder.DAY_FIRST, guesses=()))
    assert days(fresh) == ["2026-04-03"]
    assert fresh.doubts == ()
    assert fresh.path == file.path


def test_a_file_that_changed_or_went_away_is_refused(tmp_path: Path) -> None:
    path = lying(tmp_path, "alone", "old.qif", QIF)
    (file,) = read_files([path])
    path.write_text(QIF.replace("20.00", "30.00"))
    with pytest.raises(UserProblem, match="no longer there as it was read"):
        qif_again(file, day_first=True)
    path.unlink()
    with pytest.raises(UserProblem, match="choose it again"):
        table_of(file)
