"""Single cells of pasted rows: words, amounts and days as spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date

from tracker.dates import parse_day
from tracker.money import Cents, parse_cents


def text_of(cell: str) -> str:
    """A cell's words; the apostrophe that keeps a spreadsheet from calculating them goes away."""
    plain = " ".join(cell.split())
    return plain[1:] if len(plain) > 1 and plain[0] == "'" and plain[1] in "=+-@" else plain


def amount_of(cell: str) -> Cents:
    """An amount as spreadsheets show it, also `- $ 5.00` and `5.00-` of accounting formats."""
    plain = " ".join(cell.replace("USD", " ").split()).replace("\u2212", "-").replace("$ ", "$")
    if re.fullmatch(r"\$?[\d,.]+-", plain):
        plain = "-" + plain[:-1]
    if re.fullmatch(r"\$-[\d,.]+|\$\([\d,.]+\)", plain):
        plain = plain[1:].replace("(", "-").replace(")", "")
    return parse_cents(plain)


def day_of(cell: str, today: date) -> date:
    """A day; spreadsheets add a time to it. Raises UserProblem."""
    plain = re.sub(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?Z?$", "", cell.strip())
    return parse_day(plain, today=today)
