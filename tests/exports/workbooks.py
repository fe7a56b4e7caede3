"""Helps to look into workbooks: sheets, formulas with their stored results, LibreOffice."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def formulas_of(path: Path) -> Any:
    """The workbook with its formulas."""
    return load_workbook(path)


def values_of(path: Path) -> Any:
    """The workbook with what its formulas give."""
    return load_workbook(path, data_only=True)


def without_results(path: Path, target: Path) -> Path:
    """The same workbook with no stored result, so that whoever opens it has to calculate."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            body = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                body = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", body)
            out.writestr(name, body)
    return target


def recalculated(path: Path, folder: Path) -> Path:
    """The workbook as LibreOffice calculates and saves it."""
    assert OFFICE
    bare = without_results(path, folder / "bare.xlsx")
    done = folder / "calculated"
    subprocess.run(
        [
            OFFICE,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(done),
            str(bare),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return done / bare.name


def with_part(path: Path, target: Path, name: str, body: bytes) -> Path:
    """A copy of a workbook in which one part is added or replaced."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for held in source.namelist():
            if held != name:
                out.writestr(held, source.read(held))
        out.writestr(name, body)
    return target
