"""The rows of a workbook that holds a table: dates and numbers exactly as the workbook keeps them."""

from __future__ import annotations

import io
import itertools
import logging
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.errors import Cancelled, UserProblem
from tracker.imports.found import Progress
from tracker.imports.table_cells import UNCALCULATED, of_workbook
from tracker.imports.workbook_gate import let_in

if TYPE_CHECKING:
    from openpyxl import Workbook

log = logging.getLogger(__name__)

MOST_SHEETS = 200
MOST_COLUMNS = 200
MOST_EMPTY = 10_000
"""Empty rows in a row after which a sheet is taken to have ended."""
_UNCALCULATED = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\s[^<>]*/>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
"""A formula whose cell has no value beside it, as programs leave it that write without calculating."""
_EVERY = 1_000
_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class SheetRows:
    """A sheet's rows that hold something, with their numbers in the sheet (the first row is 1)."""

    name: str
    numbers: list[int]
    rows: list[list[str]]


def is_workbook(data: bytes) -> bool:
    """Whether bytes are a packed or an old workbook, so that the gate has to judge them."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"))


def sheet_of(
    data: bytes, name: str, *, wanted: str, most: int, progress: Progress | None
) -> tuple[SheetRows, tuple[str, ...]]:
    """The wanted sheet, else the one with most rows, and the names of all sheets that hold rows.

    Raises UserProblem where the workbook is refused or damaged, Cancelled where `progress` does.
    """
    let_in(name, data, as_what="a table", instead="Save the sheet you need as a CSV file and choose that.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about features that play no part here
        try:
            return _read(data, wanted, most, progress)
        except Cancelled:
            raise
        except Exception as why:  # whatever a damaged part makes the reader raise
            log.info("a workbook could not be read", exc_info=True)
            raise UserProblem(
                f"{name} is damaged and cannot be read.",
                "Open it in your spreadsheet program and save it again as .xlsx.",
            ) from why


def _read(
    data: bytes, wanted: str, most: int, progress: Progress | None
) -> tuple[SheetRows, tuple[str, ...]]:
    values = _open(data, values=True)
    formulas = _open(data, values=False) if _has_uncalculated(data) else None
    try:
        found = [
            SheetRows(title, *_rows(values, formulas, title, most, progress))
            for title in values.sheetnames[:MOST_SHEETS]
        ]
    finally:
        values.close()
        if formulas is not None:
            formulas.close()
    filled = [sheet for sheet in found if sheet.rows]
    if not filled:
        return SheetRows("", [], []), ()
    chosen = next((sheet for sheet in filled if sheet.name == wanted), None)
    best = chosen or max(filled, key=lambda sheet: len(sheet.rows))
    return best, tuple(sheet.name for sheet in filled)


def _open(data: bytes, *, values: bool) -> Workbook:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)


def _has_uncalculated(data: bytes) -> bool:
    """Reading formulas beside their values costs as much again, so only where a value is missing."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return any(
            _UNCALCULATED.search(packed.read(part))
            for part in packed.infolist()
            if "worksheets/" in part.filename.casefold()
        )


def _rows(
    values: Workbook, formulas: Workbook | None, title: str, most: int, progress: Progress | None
) -> tuple[list[int], list[list[str]]]:
    numbers: list[int] = []
    rows: list[list[str]] = []
    empty = 0
    stated = getattr(values[title], "max_row", None) or 0
    for number, cells in enumerate(_pairs(values, formulas, title), start=1):
        if progress is not None and number % _EVERY == 0:
            progress(number, max(stated, number + number // 2))
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            numbers.append(number)
            rows.append(cells)
            empty = 0
            if len(rows) > most:
                break
        else:
            empty += 1
            if empty > MOST_EMPTY:
                break
    return numbers, rows


def _pairs(values: Workbook, formulas: Workbook | None, title: str) -> Iterator[list[str]]:
    """Rows of cells; a formula that nobody calculated has no value and is not blank."""
    sheet: Any = values[title]
    if not hasattr(sheet, "iter_rows"):
        return  # a sheet that is only a chart
    width = _width(sheet)
    if formulas is None:
        for row in sheet.iter_rows(max_col=width, values_only=True):
            yield [of_workbook(value) for value in row]
        return
    beside: Any = formulas[title]
    beside.reset_dimensions()
    for row, texts in zip(
        sheet.iter_rows(max_col=width, values_only=True),
        beside.iter_rows(max_col=width, values_only=True),
        strict=False,
    ):
        yield [
            UNCALCULATED if value is None and formula is not None else of_workbook(value)
            for value, formula in itertools.zip_longest(row, texts)
        ]


def _width(sheet: Any) -> int:
    """How many columns to read. What a file says of its size is often wrong, so its first rows must agree.

    Every row is filled up to this width, which takes longer than reading it.
    """
    stated = sheet.max_column or MOST_COLUMNS
    sheet.reset_dimensions()
    first = sheet.iter_rows(max_row=_SAMPLE, max_col=MOST_COLUMNS, values_only=True)
    widest = max(
        (place + 1 for row in first for place, value in enumerate(row) if value is not None), default=0
    )
    return min(stated, MOST_COLUMNS) if widest <= stated else MOST_COLUMNS
