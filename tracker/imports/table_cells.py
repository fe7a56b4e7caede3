"""One cell of a table: text, and the kinds of text that leave nothing to guess.

A workbook keeps numbers and dates as such. They become text here like everything else, but of a kind of
their own, so that no convention of dates or decimal points is applied to them. Text that looks like a
formula stays text: nothing in a table is ever calculated.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time
from decimal import Decimal

LONGEST = 4_000
"""Characters kept of one cell. The longest cells of real exports are notices of about 1,500."""

_HELD_AS_TEXT = re.compile(r'="([^"]*)"')
_SPOILED = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+?\d{1,3}", re.IGNORECASE)
_MOST_DIGITS = 15
"""Spreadsheets keep no more digits of a number than these."""


class ExactNumber(str):
    """A number that a workbook keeps as a number, written with a point."""

    __slots__ = ()


class ExactDay(str):
    """A day that a workbook keeps as a date, written as 2026-03-01."""

    __slots__ = ()


class Uncalculated(str):
    """Stands for a formula that no spreadsheet program has calculated yet."""

    __slots__ = ()


UNCALCULATED = Uncalculated("formula without a value")


def cleaned(text: str) -> str:
    """A cell of a text file, trimmed. `="0123"`, by which exports keep zeros in front, is its inside."""
    text = text.strip(" \t\r\n\x00\ufeff\xa0\u200e\u200f")
    if text.startswith("="):
        held = _HELD_AS_TEXT.fullmatch(text)
        if held:
            text = held[1].strip()
    if "\x00" in text:
        text = text.replace("\x00", "")
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "\u2026"


def one_line(text: str) -> str:
    """The same words on one line with single spaces, for payees and headings."""
    if "  " in text or not text.isprintable():
        return " ".join(text.split())
    return text.strip(" ")


def of_workbook(value: object) -> str:
    """A value as a workbook reader gives it, as a cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return ExactDay(value.date().isoformat())
    if isinstance(value, date):
        return ExactDay(value.isoformat())
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, int):
        return ExactNumber(_digits(Decimal(value)))
    if isinstance(value, float):
        # What a formula leaves behind the fifteenth digit is noise.
        return ExactNumber(_digits(Decimal(f"{value:.15g}"))) if math.isfinite(value) else ""
    return cleaned(str(value))


def _digits(number: Decimal) -> str:
    """Plain digits; beyond what a spreadsheet keeps the power of ten stays, so that a loss can be seen."""
    if number and not -8 <= number.adjusted() < _MOST_DIGITS:
        return f"{number:.14E}"
    return f"{number:f}"


def lost_digits(cell: str) -> bool:
    """Whether a spreadsheet program has turned a long number into a power of ten and lost its end."""
    return bool(_SPOILED.fullmatch(cell))


def shown(cell: str) -> str:
    """A cell in quotation marks for a sentence, shortened."""
    words = one_line(cell)
    return f"\u201c{words if len(words) <= 30 else words[:29] + chr(0x2026)}\u201d"
