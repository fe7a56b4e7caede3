"""Tables that leave the ledger: what a table is, and its text as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.exports.spreadsheet_text import still_text
from tracker.money import Cents, plain

Value = str | date | Cents | None
Progress = Callable[[int, int], object]
"""Called with the rows written and all rows; may raise Cancelled."""
_EVERY = 1_000


class Holds(StrEnum):
    """What the cells of a column are: text, a day, whole cents, or a whole number."""

    TEXT = "text"
    DAY = "day"
    MONEY = "money"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class OutColumn:
    """One column: its heading and what its cells are."""

    heading: str
    holds: Holds = Holds.TEXT


@dataclass(frozen=True, slots=True)
class OutTable:
    """A table of the ledger. Rows are as wide as the columns; None is a cell without a value."""

    name: str
    columns: tuple[OutColumn, ...]
    rows: Sequence[tuple[Value, ...]]


def as_csv(table: OutTable, *, progress: Progress | None = None) -> bytes:
    """UTF-8 with a mark that spreadsheets know; days as ISO dates, amounts in dollars, empty for none."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.heading for column in table.columns])
    for place, row in enumerate(table.rows):
        if progress is not None and place % _EVERY == 0:
            progress(place, len(table.rows))
        writer.writerow(
            [cell_text(value, column.holds) for value, column in zip(row, table.columns, strict=True)]
        )
    return out.getvalue().encode("utf-8-sig")


def cell_text(value: Value, holds: Holds) -> str:
    """One value as a cell of text."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return plain(value) if holds is Holds.MONEY else str(value)
    return still_text(value.replace("\x00", ""))
