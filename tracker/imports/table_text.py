"""Rows out of the text of a table: what separates its cells, and cells in quotation marks.

Python's csv module does the reading. What is added here keeps a real file from being read wrongly in
silence: a quotation mark that is never closed would swallow all rows behind it, so after a while such a
mark is taken as an ordinary character of its line.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass

DELIMITERS: dict[str, str] = {"\t": "tabs", ";": "semicolons", "|": "vertical bars", ",": "commas"}
"""What may stand between cells, in the words of a sentence."""

MOST_LINES = 60
"""Lines of one cell; the longest notices in real files have about 20."""
MOST_STRAY = 200
"""After so many quotation marks that were never closed, no cell of the file may go over a line's end."""
LONGEST_LINE = 100_000
_SAMPLE_LINES = 200
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SEPARATOR_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Record:
    """The raw cells of one row and the line of the file on which it begins (the first line is 1)."""

    line: int
    cells: list[str]
    stray_quote: bool = False


class _Endless(Exception):
    """A cell has run over more lines than a cell has."""


def lines_of(text: str) -> Iterator[str]:
    """The lines with their ends, one at a time: \\n, \\r\\n and \\r alone, mixed as they may be."""
    return (found[0] for found in _LINE.finditer(text))


def declared_delimiter(text: str) -> str:
    """What a first line such as `sep=;`, which some exports write for Excel, says; or nothing."""
    found = _SEPARATOR_LINE.fullmatch(text[: text.find("\n") + 1 or 20].rstrip("\r\n") if text else "")
    return found[1] if found and found[1] in DELIMITERS else ""


def guess_delimiter(text: str, quote: str = '"') -> str:
    """What separates the cells: the character that gives most rows the same number of cells."""
    sample = list(itertools.islice(lines_of(text[:200_000]), _SAMPLE_LINES))
    body = [line[:5_000] for line in sample if line.strip()]
    best, most = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            widths = Counter(
                len(record.cells)
                for record in records("".join(body), delimiter, quote)
                if any(record.cells)
            )
        except csv.Error:
            continue
        score = max(
            (count * (width - 1) ** 0.5 for width, count in widths.items() if width > 1), default=0.0
        )
        if score > most:
            best, most = delimiter, score
    return best


def guess_quote(text: str) -> str:
    """A double quotation mark, unless the cells of the file stand in single ones."""
    sample = text[:20_000]
    if '"' in sample:
        return '"'
    inside = re.findall(r"(?:^|[,;\t|])'[^'\r\n]*'(?=[,;\t|\r\n]|$)", sample, re.MULTILINE)
    return "'" if len(inside) >= 4 else '"'


def records(text: str, delimiter: str, quote: str) -> Iterator[Record]:
    """The rows of a text, cells untrimmed. Never raises for what the text holds."""
    source = enumerate(lines_of(text), start=1)
    again: deque[tuple[int, str]] = deque()
    stray = 0
    while True:
        taken: list[tuple[int, str]] = []
        most = MOST_LINES if stray < MOST_STRAY else 1
        reader = csv.reader(
            _feed(source, again, taken, most), delimiter=delimiter, quotechar=quote, skipinitialspace=True
        )
        try:
            for cells in reader:
                first = taken[0][0]
                taken.clear()
                yield Record(first, cells)
            return
        except (_Endless, csv.Error):
            if not taken:
                return
            stray += 1
            again.extendleft(reversed(taken[1:]))
            line, raw = taken[0]
            cells = [cell.strip(quote) for cell in raw[:LONGEST_LINE].rstrip("\r\n").split(delimiter)]
            yield Record(line, cells, stray_quote=True)


def _feed(
    source: Iterator[tuple[int, str]],
    again: deque[tuple[int, str]],
    taken: list[tuple[int, str]],
    most: int,
) -> Iterator[str]:
    """Lines for the csv module, which asks for more while a quotation mark is open."""
    while True:
        if taken and len(taken) >= most:
            raise _Endless
        pair = again.popleft() if again else next(source, None)
        if pair is None:
            if len(taken) > 1:
                raise _Endless  # the file ends inside a cell of several lines
            return
        taken.append(pair)
        yield pair[1]
