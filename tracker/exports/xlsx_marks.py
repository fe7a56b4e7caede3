"""What a month's sheet carries in a hidden column, so that its lines are found again.

The marks lie in the rows they speak of and move with them when rows or sheets are moved, sorted,
copied or renamed; a list elsewhere in the file would not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tracker.facts import Category

MARK_COLUMN = 5
_SHEET = re.compile(r"month (\d{4})-(\d{2}) of ([0-9a-f]*)")
_LINE = re.compile(r"line (\d{1,15}): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SheetMark:
    """Which month a sheet was written for, and from which ledger."""

    month: date
    ledger: str


@dataclass(frozen=True, slots=True)
class LineMark:
    """The budget line a row was written for, and its name at that time."""

    category_id: int
    name: str


def sheet_mark(month: date, ledger: str) -> str:
    return f"month {month:%Y-%m} of {ledger}"


def line_mark(category: Category) -> str:
    return f"line {category.id}: {category.name}"


def read_sheet_mark(text: object) -> SheetMark | None:
    """The mark a cell holds, or None for anything else."""
    found = _SHEET.fullmatch(text) if isinstance(text, str) else None
    if not found or not (1 <= int(found[2]) <= 12 and 1900 <= int(found[1]) <= 2199):
        return None
    return SheetMark(date(int(found[1]), int(found[2]), 1), found[3])


def read_line_mark(text: object) -> LineMark | None:
    """The mark a cell holds, or None for anything else."""
    found = _LINE.fullmatch(text) if isinstance(text, str) else None
    return LineMark(int(found[1]), found[2]) if found else None
