"""Small tables written in a line, and where the files of other programs are."""

from __future__ import annotations

from pathlib import Path

from tracker.imports.found import FoundFile
from tracker.imports.table_mapping import Mapping
from tracker.imports.table_opening import Table
from tracker.imports.table_reading import read_any_table

BANK = Path(__file__).resolve().parents[3] / "shared" / "fixtures" / "bank"


def tables() -> list[Path]:
    """Every text table and workbook among the fixtures, none where they are absent."""
    return sorted(path for path in BANK.rglob("*") if path.suffix.lower() in (".csv", ".tsv", ".xlsx"))


def read(text: str | bytes, name: str = "download.csv") -> FoundFile:
    """What a table holds, read as the program would without asking."""
    return whole(text, name)[0]


def whole(text: str | bytes, name: str = "download.csv") -> tuple[FoundFile, Table, Mapping]:
    """The same with the table and the mapping."""
    return read_any_table(text.encode() if isinstance(text, str) else text, name)


def amounts(found: FoundFile) -> list[int]:
    return [each.amount for each in found.money]


def reasons(found: FoundFile) -> list[str]:
    return [each.why for each in found.problems]
