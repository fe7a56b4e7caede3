"""Amounts in a table's cells: which mark stands before the cents, and each cell read to whole cents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.imports.table_cells import ExactDay, ExactNumber, Uncalculated, shown
from tracker.imports.workbook_cells import UNCALCULATED
from tracker.money import LARGEST, Cents, dollars


class DecimalMark(StrEnum):
    """What stands before the cents."""

    POINT = "."
    COMMA = ","


_DOLLAR = r"(?:US\s?\$|USD|\$)"
_AMOUNT = re.compile(
    rf"(?P<before>[+-])?\s*{_DOLLAR}?\s*(?P<open>\()?\s*(?P<inner>[+-])?\s*{_DOLLAR}?\s*(?P<sign>[+-])?\s*"
    rf"(?P<digits>\d[\d.,' ]*|[.,]\d+)\s*{_DOLLAR}?\s*(?P<behind>[+-])?\s*(?P<close>\))?\s*{_DOLLAR}?"
    r"\s*(?P<word>CR|DR)?",
    re.IGNORECASE | re.ASCII,
)
_POINT = re.compile(r"\d{1,3}(?:([, '])\d{3}(?:\1\d{3})*)(?:\.\d*)?|\d*(?:\.\d*)?", re.ASCII)
_COMMA = re.compile(r"\d{1,3}(?:([. '])\d{3}(?:\1\d{3})*)(?:,\d*)?|\d*(?:,\d*)?", re.ASCII)
_USUAL = re.compile(r"(-?)\$?(\d{1,3}(?:,\d{3})*|\d{1,9})\.(\d\d)", re.ASCII)
"""How nearly every amount is written; told apart first because files have hundreds of thousands."""
_CODE = re.compile(r"(?:^|[^A-Z])([A-Z]{3})(?:$|[^A-Z])")
_LONGEST = 40
_MINUS = str.maketrans(
    {"\u2212": "-", "\u2013": "-", "\u2012": "-", "\xa0": " ", "\u202f": " ", "\u2009": " ", "\u2019": "'"}
)

OTHER_CODES = frozenset(
    {
        "AED", "ARS", "AUD", "BGN", "BRL", "BTC", "CAD", "CDN", "CHF", "CLP", "CNY", "COP", "CZK", "DKK",
        "ETH", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JOD", "JPY", "KES", "KRW", "KWD",
        "LTC", "MXN", "MYR", "NGN", "NOK", "NZD", "PEN", "PHP", "PKR", "PLN", "RON", "RUB", "SAR", "SEK",
        "SGD", "THB", "TRY", "TWD", "TZS", "UAH", "USDC", "USDT", "VND", "XAF", "XOF", "ZAR",
    }
)  # fmt: skip
"""Currencies other than dollars that exports name; used where a cell must be recognised by itself."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What a cell says: cents, or None for an empty one or one with a sentence in `why`.

    With cents, `why` says what was lost by rounding to whole cents (half up).
    """

    cents: Cents | None
    why: str = ""


EMPTY = Amount(None)


class AmountReader:
    """Reads the cells of one table with one decimal mark; an amount met before is not read again."""

    def __init__(self, mark: DecimalMark) -> None:
        self._mark = mark
        self._known: dict[str, Amount] = {}

    def read(self, cell: str) -> Amount:
        """The amount; see Amount for cells that have none."""
        found = self._known.get(cell)
        if found is None or isinstance(cell, ExactNumber):
            found = read_amount(cell, self._mark)
            if not isinstance(cell, ExactNumber):
                self._known[cell] = found
        return found


def read_amount(cell: str, mark: DecimalMark) -> Amount:
    """One cell: `1,234.56`, `($85.00)`, `- $21.59`, `5.00-`, `1.234,56`, `11'373.94`, `12.00 DR`."""
    if not cell:
        return EMPTY
    usual = _USUAL.fullmatch(cell) if mark is DecimalMark.POINT else None
    if usual is not None and len(cell) < 14:
        cents = int(usual[2].replace(",", "")) * 100 + int(usual[3])
        return Amount(-cents if usual[1] else cents)
    if isinstance(cell, Uncalculated):
        return Amount(None, UNCALCULATED)
    if isinstance(cell, ExactNumber):
        return _exact(cell)
    text = cell.translate(_MINUS).strip()
    found = None if len(text) > _LONGEST or isinstance(cell, ExactDay) else _AMOUNT.fullmatch(text)
    if found is None:
        return Amount(None, _why_not(cell, text))
    digits = found["digits"].strip()
    pattern, separators = (_POINT, ", '") if mark is DecimalMark.POINT else (_COMMA, ". '")
    signs = [sign for name in ("before", "inner", "sign", "behind") if (sign := found[name])]
    brackets = bool(found["open"])
    if (
        not pattern.fullmatch(digits)
        or brackets != bool(found["close"])
        or len(signs) + brackets > 1
        or (signs and found["word"])
    ):
        return Amount(None, f"{shown(cell)} is not an amount.")
    for separator in separators:
        digits = digits.replace(separator, "")
    whole, _, part = digits.partition(mark.value)
    if not whole and not part:
        return Amount(None, f"{shown(cell)} is not an amount.")
    negative = brackets or "-" in signs or (found["word"] or "").upper() == "DR"
    return _cents(cell, whole, part, negative=negative)


def _cents(cell: str, whole: str, part: str, *, negative: bool) -> Amount:
    if len(whole.lstrip("0")) > 10:
        return Amount(None, f"{shown(cell)} is more than {dollars(LARGEST)}.")
    cents = int(whole or "0") * 100 + int((part + "00")[:2])
    lost = part[2:].strip("0")
    if lost and part[2] >= "5":
        cents += 1
    if cents > LARGEST:
        return Amount(None, f"{shown(cell)} is more than {dollars(LARGEST)}.")
    cents = -cents if negative else cents
    return Amount(cents, f"{shown(cell)} was rounded to {dollars(cents)}." if lost else "")


def _exact(cell: str) -> Amount:
    number = Decimal(cell)
    if number.adjusted() > 12:
        return Amount(None, f"{shown(cell)} is more than {dollars(LARGEST)}.")
    whole, _, part = f"{abs(number):f}".partition(".")
    return _cents(cell, whole, part, negative=number < 0)


def _why_not(cell: str, text: str) -> str:
    if _foreign(text):
        return f"{shown(cell)} is not in US dollars; this ledger keeps US dollars only."
    return f"{shown(cell)} is not an amount."


def _foreign(text: str) -> bool:
    """Whether digits stand with the sign or the code of another currency."""
    if len(text) > _LONGEST or not any(mark.isdigit() for mark in text):
        return False
    if any(unicodedata.category(mark) == "Sc" for mark in text.replace("US$", "")):
        plain = text.replace("US$", "").replace("$", "", 1)
        return any(unicodedata.category(mark) == "Sc" for mark in plain) or bool(
            re.match(r"[A-Za-z]{1,3}\s?\$", text)
        )
    code = _CODE.search(text.upper())
    if code is not None and code[1] in OTHER_CODES:
        return bool(re.fullmatch(r"[\d.,' +()\-]*", text.upper().replace(code[1], "")))
    # Currency signs that are words, such as that of the Jordanian dinar, stand right before the digits.
    return bool(re.fullmatch(r"[^\W\d_a-zA-Z][^\d\sa-zA-Z]{0,6}\s?[\d.,]+", text))


def like_amount(cell: str) -> bool:
    """Whether a cell could be an amount in some convention and some currency."""
    if isinstance(cell, ExactNumber):
        return True
    if not cell or isinstance(cell, ExactDay):
        return False
    text = cell.translate(_MINUS).strip()
    if len(text) > _LONGEST:
        return False
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return _foreign(text)
    digits = found["digits"].strip()
    return bool(_POINT.fullmatch(digits) or _COMMA.fullmatch(digits))


def like_money(cell: str) -> bool:
    """Whether a cell is not only a number but written as money is: with cents, a sign or a currency."""
    if not like_amount(cell):
        return False
    return not cell.strip().isdigit() and (
        bool(re.search(r"[$()+\-]", cell)) or bool(re.search(r"[.,]\d{1,2}\b", cell)) or _foreign(cell)
    )


@dataclass(frozen=True, slots=True)
class MarkGuess:
    """The mark before the cents, how that is known, and whether it is certain."""

    mark: DecimalMark
    says: str
    sure: bool


def judge_marks(cells: Iterable[str], *, usual: DecimalMark | None = None) -> MarkGuess:
    """Which mark stands before the cents, judged over all amounts together."""
    votes: dict[DecimalMark, list[str]] = {DecimalMark.POINT: [], DecimalMark.COMMA: []}
    doubtful: list[str] = []
    for cell in set(cells):
        if isinstance(cell, ExactNumber | ExactDay) or not cell:
            continue
        if _USUAL.fullmatch(cell):
            votes[DecimalMark.POINT].append(cell)
            continue
        digits = re.sub(r"[^\d.,]+", "", cell.translate(_MINUS)).strip(".,")
        both = [mark for mark in DecimalMark if _fits(digits, mark)]
        if len(both) == 1:
            votes[both[0]].append(cell)
        elif both and re.search(r"[.,]", digits):
            doubtful.append(cell)
    point, comma = votes[DecimalMark.POINT], votes[DecimalMark.COMMA]
    if comma and len(comma) > len(point):
        says = f"A comma stands before the cents, as {shown(min(comma))} shows."
        return MarkGuess(DecimalMark.COMMA, says, not point)
    if point:
        says = f"A point stands before the cents, as {shown(min(point))} shows."
        return MarkGuess(DecimalMark.POINT, says, not comma)
    if not doubtful:
        return MarkGuess(usual or DecimalMark.POINT, "Amounts can be read in one way only.", True)
    if usual is not None:
        return MarkGuess(usual, "Amounts are written as this layout always does.", True)
    says = f"A point is taken to stand before the cents; {shown(min(doubtful))} could be read either way."
    return MarkGuess(DecimalMark.POINT, says, False)


def _fits(digits: str, mark: DecimalMark) -> bool:
    """Whether digits make an amount with this mark. Three places behind it are doubtful, not proof."""
    pattern = _POINT if mark is DecimalMark.POINT else _COMMA
    return bool(digits) and bool(pattern.fullmatch(digits))
