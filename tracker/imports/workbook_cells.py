"""What one cell of a workbook says: an amount, nothing, or why it is neither."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from tracker.errors import UserProblem
from tracker.money import Cents, from_decimal, parse_cents

UNCALCULATED = (
    "It is a formula without a value; open and save the workbook in your spreadsheet program first."
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as openpyxl gives it, whether a formula stands behind it, and whether it is an error."""

    value: object = None
    is_formula: bool = False
    is_error: bool = False

    @property
    def text(self) -> str:
        """The cell as words on one line, for names and headings."""
        return " ".join(self.value.split()) if isinstance(self.value, str) else ""


BLANK = Cell()


def estimate_in(cell: Cell) -> Cents | None:
    """The amount in a cell, or None for a blank one.

    Raises UserProblem whose sentence says why it is no estimate.
    """
    value = cell.value
    if cell.is_error:
        raise UserProblem(f"It is an error ({value}).")
    if value is None or (isinstance(value, str) and not value.strip()):
        if cell.is_formula and value is None:
            raise UserProblem(UNCALCULATED)
        return None
    if isinstance(value, bool):
        raise UserProblem("It is true or false, not an amount in dollars.")
    if isinstance(value, date | datetime | time | timedelta):
        raise UserProblem("It is a date, not an amount in dollars.", "Type it like 1,225.00.")
    cents = parse_cents(value) if isinstance(value, str) else _from_number(value)
    if cents < 0:
        raise UserProblem("An estimate cannot be negative.", "Type 0 or more.")
    return cents


def _from_number(value: object) -> Cents:
    if isinstance(value, float):
        if not math.isfinite(value):
            raise UserProblem("It is not an amount in dollars.")
        # Spreadsheets keep 15 digits; what a formula leaves behind them is noise.
        return from_decimal(Decimal(f"{value:.15g}"))
    if isinstance(value, int):
        return from_decimal(Decimal(value))
    raise UserProblem("It is not an amount in dollars.")
