"""Amounts as banks write them in OFX and QIF files: either decimal mark, any sign, stray blanks.

`tracker.money.parse_cents` reads what a person types and refuses what could be read in two ways. A
file has many amounts, so what one leaves open the others settle: a file that writes `12,50`
anywhere, and `12.50` nowhere, has comma decimals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.errors import UserProblem
from tracker.imports.bank_text import short
from tracker.money import LARGEST, Cents, dollars, plain

_PLAIN = re.compile(r"([+-]?)(\d{1,10})(?:\.(\d{1,2}))?", re.ASCII)
_LONGEST = 60
_SIGNS = str.maketrans("\u2212\u2013\u2010\u2011\uff0d\u2019\u00b4`", "-----'''")
_WHOLE = re.compile(r"\d+|\d{1,3}(?:([ ,.'])\d{3})(?:\1\d{3})*|", re.ASCII)
_DOLLAR = re.compile(r"US\$|USD|\$", re.IGNORECASE)
_COMMA_END = re.compile(r",\d{1,2}[-)\s]*\Z", re.ASCII)
_DOT_END = re.compile(r"\.\d{1,2}[-)\s]*\Z", re.ASCII)


def uses_comma_decimals(amounts: Iterable[str]) -> bool:
    """Whether these amounts of one file are written `1.234,56`: some are, and none has a decimal point."""
    commas = False
    for text in amounts:
        if _DOT_END.search(text[-_LONGEST:]):
            return False
        commas = commas or (("," in text) and bool(_COMMA_END.search(text[-_LONGEST:])))
    return commas


def bank_cents(text: str, *, commas: bool = False) -> tuple[Cents, bool]:
    """The amount in cents, and whether parts of a cent were rounded, half up, away from zero.

    `commas` says that the file has comma decimals, which only matters for an amount such as `1,234`
    or `1.234`. Raises UserProblem, naming the text, for what is no amount of money.
    """
    simple = _PLAIN.fullmatch(text)
    if simple:
        sign, whole, part = simple.groups()
        value = int(whole) * 100 + int(((part or "") + "00")[:2])
        return (-value if sign == "-" else value), False
    if len(text) > _LONGEST:
        raise _no_amount(text)
    negative, body = _unsigned(text)
    whole, part = _halves(body, commas)
    if (
        not _WHOLE.fullmatch(whole)
        or not (whole or part)
        or (part and not (part.isascii() and part.isdigit()))
    ):
        raise _no_amount(text)
    digits = re.sub(r"\D", "", whole).lstrip("0")
    if len(digits) > 10:
        raise _too_large()
    value = int(digits or "0") * 100 + int((part + "00")[:2])
    rest = part[2:].rstrip("0")
    if rest and rest[0] >= "5":
        value += 1
    if value > LARGEST:
        raise _too_large()
    return (-value if negative else value), bool(rest)


def _unsigned(text: str) -> tuple[bool, str]:
    """Whether it is negative, and the digits with their marks, blanks between them as single spaces."""
    body = " ".join(text.translate(_SIGNS).split())
    negative = body.startswith("(") and body.endswith(")")
    if negative:
        body = body[1:-1].strip()
    found = _DOLLAR.search(body)
    if found:
        body = f"{body[: found.start()].strip()} {body[found.end() :].strip()}".strip()
    if body[:1] in ("+", "-"):
        sign, body = body[0], body[1:].strip()
    elif body[-1:] in ("+", "-"):
        sign, body = body[-1], body[:-1].strip()
    else:
        return negative, body
    if negative:
        raise _no_amount(text)  # (-5) could mean either
    return sign == "-", body


def _halves(body: str, commas: bool) -> tuple[str, str]:
    """The whole dollars with their separators, and the digits after the decimal mark."""
    dot, comma = body.rfind("."), body.rfind(",")
    if dot < 0 and comma < 0:
        return body, ""
    mark = max(dot, comma)
    if body.count(body[mark]) > 1:
        return body, ""
    if min(dot, comma) < 0:
        before, after = body[:mark].replace(" ", ""), body[mark + 1 :]
        grouped = len(after) == 3 and 1 <= len(before) <= 3 and before[0] != "0"
        if grouped and (body[mark] == ",") is not commas:
            return body, ""
    return body[:mark], body[mark + 1 :]


def rounding_remark(stated: str, cents: Cents) -> str:
    """What is said of an amount that was not in whole cents."""
    return f"{short(stated, 40)} has parts of a cent. It was taken as {plain(cents)}."


def _no_amount(text: str) -> UserProblem:
    shown = short(text, 30)
    return UserProblem(f"\u201c{shown}\u201d is not an amount." if shown else "It has no amount.")


def _too_large() -> UserProblem:
    return UserProblem(f"Its amount is more than {dollars(LARGEST)}.")
