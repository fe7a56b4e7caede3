"""The cells of a workbook's sheets, as far as a budget can reach."""

from __future__ import annotations

import io
import itertools
import logging
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.errors import UserProblem
from tracker.imports.workbook_cells import BLANK, Cell

if TYPE_CHECKING:
    from openpyxl import Workbook

log = logging.getLogger(__name__)

MOST_SHEETS = 200
MOST_ROWS = 2_000
MOST_COLUMNS = 40


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's name and rows. `damage` is a sentence where it could not be read."""

    name: str
    rows: Sequence[Sequence[Cell]]
    damage: str = ""


def read_sheets(file_name: str, content: bytes) -> list[Sheet]:
    """The sheets of a workbook whose bytes were let in. Raises UserProblem where it is damaged."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about features that play no part here
        values = _open(file_name, content, values=True)
        formulas = _open(file_name, content, values=False)
        try:
            return [
                _read(name, values, formulas)
                for name in values.sheetnames[:MOST_SHEETS]
                if name not in ("Payments", "Deductible", "Year")
            ]
        finally:
            values.close()
            formulas.close()


def _open(file_name: str, content: bytes, *, values: bool) -> Workbook:
    from openpyxl import load_workbook

    try:
        return load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)
    except Exception as why:  # whatever a damaged part makes the reader raise
        log.info("a workbook could not be opened", exc_info=True)
        raise UserProblem(
            f"{file_name} is damaged and cannot be read.",
            "Open it in your spreadsheet program and save it again as .xlsx.",
        ) from why


def _read(name: str, values: Workbook, formulas: Workbook) -> Sheet:
    """Values and formulas side by side: a formula nobody calculated has no value and is not blank."""
    try:
        with_values, with_formulas = values[name], formulas[name]
        if not hasattr(with_values, "iter_rows"):
            return Sheet(name, ())  # a sheet that is only a chart
        bounds: dict[str, Any] = {"min_row": 1, "max_row": MOST_ROWS, "min_col": 1, "max_col": MOST_COLUMNS}
        rows = [
            [
                _cell(value, formula)
                for value, formula in itertools.zip_longest(row_of_values, row_of_formulas)
            ]
            for row_of_values, row_of_formulas in zip(
                with_values.iter_rows(**bounds), with_formulas.iter_rows(**bounds), strict=False
            )
        ]
    except Exception:
        log.info("a sheet could not be read", exc_info=True)
        return Sheet(name, (), "This sheet is damaged and could not be read.")
    return Sheet(name, rows)


def _cell(value: Any, formula: Any) -> Cell:
    if value is None or (value.value is None and (formula is None or formula.value is None)):
        return BLANK
    is_formula = formula is not None and formula.data_type == "f"
    return Cell(value.value, is_formula, value.data_type == "e")
