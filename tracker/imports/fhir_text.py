"""Bytes of a FHIR file as JSON values: one value, one a line (NDJSON), or several one after the other.

Numbers keep every digit (Decimal). Nesting is measured before parsing, so that no file can exhaust
the parser: real EOBs are some fifteen levels deep.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tracker.imports.decoded import decoded

DEEPEST = 100
"""Levels of nesting that are read."""

_KEPT = b'{}[]"\\'
_DROPPED = bytes(set(range(256)) - set(_KEPT))
_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
_BLANK = re.compile(r"[\s,;]*")
_LABEL = re.compile(r"[\w.$ \[\]-]{1,400}=(?=\s*[\[{])")
_LONGEST_WHOLE = 18


class Unreadable(Exception):
    """Why the file is not JSON that can be read, as a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Piece:
    """One JSON value and its place in the file, empty where the file is this one value."""

    where: str
    value: Any


@dataclass(frozen=True, slots=True)
class Broken:
    """A part of the file that is not JSON."""

    where: str
    why: str


def json_pieces(data: bytes) -> list[Piece | Broken]:
    """Every JSON value of a file. Raises Unreadable where there is not even one."""
    content = decoded(data).text.strip("\ufeff\0 \t\r\n")
    if not content:
        raise Unreadable("The file is empty.")
    if content.startswith("<"):
        raise Unreadable(_why_marked_up(content))
    if is_too_deep(content):
        raise Unreadable(
            f"The file nests more than {DEEPEST} levels deep, which no explanation of benefits does."
        )
    try:
        return [Piece("", _DECODER.decode(content))]
    except RecursionError:
        raise Unreadable("The file nests too deeply to be read.") from None
    except ValueError as why:
        whole = why
    pieces = _by_line(content) or _one_after_the_other(content)
    if not any(isinstance(piece, Piece) for piece in pieces):
        raise Unreadable(_why_broken(whole, content))
    return pieces


def is_too_deep(content: str) -> bool:
    """Whether brackets nest beyond DEEPEST. Linear in the length of the text."""
    signs = content.encode("utf-8", "replace").translate(None, _DROPPED)
    if b"\\" not in signs:
        signs = signs.replace(b'""', b"")  # most text between quotes holds no bracket
    level = 0
    for sign in _STRING.sub(b"", signs):
        if sign in b"{[":
            level += 1
            if level > DEEPEST:
                return True
        elif sign in b"}]":
            level -= 1
    return False


def _by_line(content: str) -> list[Piece | Broken]:
    """NDJSON: a value on every line. Nothing where the first line is not a whole value."""
    pieces: list[Piece | Broken] = []
    for number, line in enumerate(content.split("\n" if "\n" in content else "\r"), start=1):
        if not line.strip():
            continue
        try:
            value = _DECODER.decode(line)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict | list):
            pieces.append(Piece(f"line {number:,}", value))
        elif pieces:
            pieces.append(Broken(f"line {number:,}", "This line is not JSON that can be read."))
        else:
            return []
    return pieces


def _one_after_the_other(content: str) -> list[Piece | Broken]:
    """Values that follow each other, each perhaps behind a name and `=` as CMS keeps its examples."""
    return list(_following(content))


def _following(content: str) -> Iterator[Piece | Broken]:
    at, number = 0, 0
    while True:
        at = _past(_BLANK, content, at)
        at = _past(_BLANK, content, _past(_LABEL, content, at))
        if at >= len(content):
            return
        number += 1
        try:
            value, at = _DECODER.raw_decode(content, at)
        except (ValueError, RecursionError):
            line = content.count("\n", 0, at) + 1
            yield Broken(f"line {line:,}", "From here on the file is not JSON that can be read.")
            return
        if isinstance(value, dict | list):
            yield Piece(f"part {number:,}", value)


def _past(pattern: re.Pattern[str], content: str, at: int) -> int:
    found = pattern.match(content, at)
    return found.end() if found else at


def _why_marked_up(content: str) -> str:
    if "http://hl7.org/fhir" in content[:4096]:
        return "The file is FHIR as XML. Ask the insurer for the same as JSON."
    return "The file is XML or a web page, not FHIR as JSON. Download the file itself again."


def _why_broken(why: ValueError, content: str) -> str:
    if isinstance(why, json.JSONDecodeError):
        if why.pos >= len(content.rstrip()) or why.msg.startswith("Unterminated string"):
            return "The file breaks off before its end. Download it again."
        return f"The file is not JSON that can be read: see line {why.lineno:,}. Download it again."
    return "The file is not JSON that can be read. Download it again."


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= _LONGEST_WHOLE else _decimal(digits)


def _decimal(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except ArithmeticError:  # an exponent beyond every bound
        return Decimal("NaN")


_DECODER = json.JSONDecoder(parse_int=_whole, parse_float=_decimal, parse_constant=_decimal, strict=False)
