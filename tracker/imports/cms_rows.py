"""Rows of a CMS public use file, streamed: national files hold millions and are never read whole.

To find one plan, blocks of bytes are searched for its id before anything is parsed as CSV; only the
records around a hit are. Memory stays at a few blocks whatever the size of the file.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

from tracker.errors import UserProblem, WorldProblem

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the bytes read so far and in all; may raise Cancelled."""

BLOCK = 4_000_000
MOST_RECORD = 1_000_000
"""Bytes. A longer "record" is a stray quotation mark; the next line then starts a new one."""
_MOST_HEADER = 200_000

csv.field_size_limit(max(csv.field_size_limit(), MOST_RECORD))


@dataclass(frozen=True, slots=True)
class Row:
    """One record by the names of its columns, lower case. `whole` is False where cells are missing."""

    line: int
    cells: Mapping[str, str]
    whole: bool = True

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name.lower(), "")


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file whose first record was read: where its rows begin, and its columns in lower case."""

    path: Path
    columns: tuple[str, ...]
    begin: int
    size: int
    lines_before: int

    def has(self, *names: str) -> bool:
        return all(name.lower() in self.columns for name in names)


def open_table(path: Path) -> Table | None:
    """Read the first record of a file; None where it is not a CSV with named columns."""
    try:
        with path.open("rb") as file:
            head = file.read(_MOST_HEADER)
            size = file.seek(0, 2)
    except OSError as why:
        raise WorldProblem(
            f"{path.name} could not be read: {why.strerror or why}.", "Check the file and try again."
        ) from why
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UserProblem(f"{path.name} is not saved as UTF-8.", "Save it as CSV (UTF-8) and try again.")
    mark = 3 if head.startswith(b"\xef\xbb\xbf") else 0
    end, quotes = 0, 0
    for place, byte in enumerate(head[mark:], start=mark):
        if byte == 0x22:
            quotes += 1
        elif byte == 0x0A and not quotes % 2:
            end = place + 1
            break
    else:
        if b"\r" in head and b"\n" not in head:
            raise UserProblem(
                f"{path.name} ends its lines as very old programs did.",
                "Open it in a spreadsheet program, save it as CSV, and try again.",
            )
        end = len(head)
    record = next(_parsed(head[mark:end]), [])
    columns = tuple(" ".join(cell.split()).lower() for cell in record)
    named = [name for name in columns if name]
    if len(named) < 2 or len(set(named)) != len(named):
        return None
    return Table(path, columns, end, size, head.count(b"\n", 0, end))


def rows(table: Table, *, containing: str = "", progress: Progress | None = None) -> Iterator[Row]:
    """All rows of a table, or only those whose record contains a text somewhere, in file order.

    A record that stops early, at the end of a cut-off file or in its middle, has `whole` False.
    """
    needle = containing.encode()
    try:
        with table.path.open("rb") as file:
            file.seek(table.begin)
            for line, records in _records(file, table, needle, progress):
                yield from _rows_of(table, line, records)
    except OSError as why:
        raise WorldProblem(
            f"{table.path.name} could not be read to its end: {why.strerror or why}.",
            "Check the file and try again.",
        ) from why


def _records(
    file: BinaryIO, table: Table, needle: bytes, progress: Progress | None
) -> Iterator[tuple[int, bytes]]:
    """Runs of whole records with the line they begin on: each block, or the records around a hit."""
    done, line = table.begin, table.lines_before + 1
    carry = b""
    while True:
        block = file.read(BLOCK)
        done += len(block)
        data = carry + block if carry else block
        cut = len(data) if not block else _last_boundary(data)
        if not needle:
            if cut:
                yield line, data[:cut]
        elif data.find(needle, 0, cut) >= 0:
            for begin, end in _around(data, cut, needle):
                yield line + data.count(b"\n", 0, begin), data[begin:end]
        line += data.count(b"\n", 0, cut)
        carry = data[cut:]
        if progress is not None:
            progress(min(done, table.size), table.size)
        if not block:
            return


def _last_boundary(data: bytes) -> int:
    """Just after the last line end that closes a record, `data` beginning with a record."""
    inside = data.count(b'"') % 2
    place = len(data)
    least = max(0, len(data) - MOST_RECORD)
    while True:
        before = data.rfind(b"\n", least, place)
        if before < 0:
            # Nothing closes within the longest record there is: a stray quotation mark.
            return max(data.rfind(b"\n") + 1, 0) if len(data) > MOST_RECORD else 0
        inside ^= data.count(b'"', before, place) % 2
        if not inside:
            return before + 1
        place = before


def _around(data: bytes, cut: int, needle: bytes) -> Iterator[tuple[int, int]]:
    """Begin and end of every record within `data[:cut]` that contains the needle."""
    closed = 0  # up to here records are settled; always a record's begin
    while (hit := data.find(needle, closed, cut)) >= 0:
        begin = closed
        place = data.rfind(b"\n", closed, hit)
        if place >= 0:
            inside = data.count(b'"', closed, place) % 2
            while inside and place >= 0 and hit - place < MOST_RECORD:
                before = data.rfind(b"\n", closed, place)
                if before < 0:
                    place = -1
                    break
                inside ^= data.count(b'"', before, place) % 2
                place = before
            begin = closed if place < 0 else place + 1
        end, inside = begin, 0
        while end < cut:
            after = data.find(b"\n", max(end, hit) if end == begin else end, cut)
            after = cut - 1 if after < 0 else after
            inside ^= data.count(b'"', end, after) % 2
            end = after + 1
            if not inside or end - begin > MOST_RECORD:
                break
        yield begin, end
        closed = end


def _rows_of(table: Table, line: int, records: bytes) -> Iterator[Row]:
    width = len(table.columns)
    for record, at in _numbered(records, line):
        if any(record):
            cells = {name: cell for name, cell in zip(table.columns, record, strict=False) if name}
            yield Row(at, cells, whole=len(record) >= width)


def _numbered(records: bytes, line: int) -> Iterator[tuple[list[str], int]]:
    reader = csv.reader(_lines(_decoded(records)))
    while True:
        at = line + reader.line_num
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            record = [""]
        yield record, at


def _parsed(records: bytes) -> Iterator[list[str]]:
    for record, _ in _numbered(records, 0):
        yield record


def _lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends, split at line feeds only."""
    begin = 0
    while (end := text.find("\n", begin)) >= 0:
        yield text[begin : end + 1]
        begin = end + 1
    if begin < len(text):
        yield text[begin:]


def _decoded(records: bytes) -> str:
    """UTF-8; the few filings with Windows letters in their remarks are read as such."""
    try:
        return records.decode("utf-8")
    except UnicodeDecodeError:
        return records.decode("cp1252", errors="replace")
