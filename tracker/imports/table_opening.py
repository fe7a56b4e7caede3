"""Bytes of a file opened as a table: rows of text cells under headings, and what was guessed to get there.

`open_table` guesses the encoding, what separates cells, and where the headings stand, and says so in
sentences for the wizard. Any of it can be given instead through `Opening`. Text files are read by Python's
csv module, workbooks by openpyxl after the gate has let them in; no other library is needed.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tracker.errors import UserProblem
from tracker.imports.decoded import Decoded, decoded
from tracker.imports.found import FoundProblem, Progress
from tracker.imports.table_cells import cleaned, one_line
from tracker.imports.table_headings import find_headings
from tracker.imports.table_text import DELIMITERS, declared_delimiter, guess_delimiter, guess_quote, records
from tracker.imports.table_workbook import MOST_COLUMNS, is_workbook, sheet_of

MOST_ROWS = 300_000
"""Rows of one file: fifty thousand a year is far more than a household has."""
_EVERY = 1_000
_ENCODING_NAMES = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "cp1252": "Windows-1252", "latin-1": "Latin-1"}
_NOT_TABLES = (
    (b"%PDF", "It is a PDF, not a table."),
    (b"\x89PNG", "It is a picture, not a table."),
    (b"\xff\xd8\xff", "It is a picture, not a table."),
)
_SAVE_AS_CSV = "Download it as CSV, or open it in your spreadsheet program and save it as .xlsx."


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """Something that was worked out: its name, a sentence about it, and whether it is certain."""

    about: str
    says: str
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How a file is opened. Empty, or None, is guessed; `headings_row` 0 says that there are none."""

    encoding: str = ""
    delimiter: str = ""
    quote: str = ""
    headings_row: int | None = None
    sheet: str = ""


GUESSED = Opening()
"""Nothing is given: everything is guessed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file as rows of cells.

    `headings` are as wide as the table, empty texts where a column has none; `has_headings` is False where
    the file begins with its data. `numbers` are the rows' places in the file (the first line is 1).
    `opening` says how it was opened, complete. `above` are the rows over the headings, at the
    places `above_numbers`. `refusal` is a sentence where the file is no table; then there are no rows.
    `data` are the file's bytes, to open it another way.
    """

    name: str
    headings: tuple[str, ...] = ()
    has_headings: bool = False
    rows: Sequence[list[str]] = ()
    numbers: Sequence[int] = ()
    above: Sequence[list[str]] = ()
    above_numbers: Sequence[int] = ()
    opening: Opening = GUESSED
    sheets: tuple[str, ...] = ()
    guesses: tuple[Guess, ...] = ()
    problems: tuple[FoundProblem, ...] = ()
    refusal: str = ""
    data: bytes = field(default=b"", repr=False, compare=False)

    @property
    def width(self) -> int:
        return len(self.headings)

    def column(self, place: int) -> list[str]:
        """The cells of one column, empty where a row is shorter."""
        return [row[place] if place < len(row) else "" for row in self.rows]


def open_table(
    data: bytes, name: str, opening: Opening | None = None, *, progress: Progress | None = None
) -> Table:
    """Open a file's bytes as a table. Never raises but for Cancelled, out of `progress`."""
    wanted = opening or GUESSED
    if not data.strip():
        return Table(name=name, refusal="The file is empty.")
    for mark, why in _NOT_TABLES:
        if data.startswith(mark):
            return Table(name=name, refusal=f"{why} {_SAVE_AS_CSV}")
    opens = _from_workbook if is_workbook(data) else _from_text
    return replace(opens(data, name, wanted, progress), data=data)


def _from_workbook(data: bytes, name: str, wanted: Opening, progress: Progress | None) -> Table:
    try:
        sheet, names = sheet_of(data, name, wanted=wanted.sheet, most=MOST_ROWS, progress=progress)
    except UserProblem as why:
        return Table(name=name, refusal=str(why))
    if not sheet.rows:
        return Table(name=name, refusal="The workbook has no rows.")
    guesses = []
    if len(names) > 1:
        chosen = wanted.sheet == sheet.name
        says = f"The sheet \u201c{sheet.name}\u201d is read" + (
            "." if chosen else "; it has the most rows."
        )
        guesses.append(Guess(about="sheet", says=says, sure=chosen))
    table = Table(
        name=name, opening=replace(wanted, sheet=sheet.name), sheets=names, guesses=tuple(guesses)
    )
    return _under_headings(table, sheet.rows, sheet.numbers, wanted.headings_row, [])


def _from_text(data: bytes, name: str, wanted: Opening, progress: Progress | None) -> Table:
    read = _as_text(data, wanted.encoding)
    text = read.text
    refusal = _no_table(text)
    if refusal:
        return Table(name=name, refusal=refusal)
    quote = wanted.quote or guess_quote(text)
    declared = declared_delimiter(text)
    delimiter = wanted.delimiter or declared or guess_delimiter(text, quote)
    rows, numbers, problems = _rows_of(text, delimiter, quote, bool(declared), progress)
    encoding = _ENCODING_NAMES.get(read.encoding, read.encoding.upper())
    guesses = [
        Guess(about="encoding", says=f"The text is read as {encoding}.", sure=not read.replaced),
        Guess(about="delimiter", says=f"Cells are separated by {DELIMITERS.get(delimiter, delimiter)}."),
    ]
    if read.replaced:
        lost = f"{read.replaced:,} characters could not be read as {encoding} and stand as \ufffd."
        problems.insert(0, FoundProblem(why=lost))
    used = Opening(
        encoding=read.encoding, delimiter=delimiter, quote=quote, headings_row=wanted.headings_row
    )
    table = Table(name=name, opening=used, guesses=tuple(guesses))
    if not rows:
        return replace(table, refusal="The file has no rows.")
    return _under_headings(table, rows, numbers, wanted.headings_row, problems)


def _as_text(data: bytes, encoding: str) -> Decoded:
    if encoding:
        try:
            text = data.decode(encoding, errors="replace")
            return Decoded(text, encoding, text.count("\ufffd"))
        except (LookupError, ValueError):
            pass
    return decoded(data)


def _no_table(text: str) -> str:
    """Why a text is no table, or nothing."""
    head = text[:4_000]
    start = head.lstrip("\ufeff \t\r\n")[:200].casefold()
    if start.startswith(("<!doctype", "<html", "<table", "<head", "<meta", "<style")):
        return f"It is a web page, not a table. {_SAVE_AS_CSV}"
    if start.startswith(("<?xml", "<ofx", "ofxheader")):
        return "It is not a table but a file of another kind."
    if start.startswith("{") or (start.startswith("[") and start[1:].lstrip()[:1] in ("{", "[", "]")):
        return "It is not a table but a file of another kind."
    odd = sum(1 for mark in head if (mark < " " and mark not in "\t\r\n\f\x1a") or mark == "\ufffd")
    if odd > len(head) * 0.1:
        return "It is not a text file, so no table can be read from it."
    return ""


def _rows_of(
    text: str, delimiter: str, quote: str, has_separator_line: bool, progress: Progress | None
) -> tuple[list[list[str]], array[int], list[FoundProblem]]:
    """The rows that hold something. Lines without any text hold nothing to miss."""
    rows: list[list[str]] = []
    numbers = array("L")
    problems: list[FoundProblem] = []
    guessed_total = max(1, text.count("\n") or text.count("\r"))
    for record in records(text, delimiter, quote):
        if progress is not None and len(rows) % _EVERY == 0 and rows:
            progress(min(len(rows), guessed_total), guessed_total)
        if has_separator_line and record.line == 1:
            continue
        cells = [cleaned(cell) for cell in record.cells[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if record.stray_quote:
            why = "This row is not well formed; a quotation mark may be missing. Check what was read of it."
            problems.append(FoundProblem(where=f"row {record.line}", why=why))
        rows.append(cells)
        numbers.append(record.line)
        if len(rows) > MOST_ROWS:
            break
    return rows, numbers, problems


def _under_headings(
    table: Table,
    rows: list[list[str]],
    numbers: Sequence[int],
    wanted: int | None,
    problems: list[FoundProblem],
) -> Table:
    """Divide the rows into what stands above, the headings, and the data."""
    if len(rows) > MOST_ROWS:
        why = f"It has more than {MOST_ROWS:,} rows. Divide it into smaller files."
        return replace(table, refusal=why)
    place, known = find_headings(rows) if wanted is None else (_place_of(numbers, wanted), True)
    if place is None:
        first, headings, above = 0, [], []
        says, sure = "The columns have no headings.", wanted == 0
    else:
        first, headings, above = place + 1, [one_line(cell) for cell in rows[place]], rows[:place]
        says, sure = f"The headings stand in row {numbers[place]}.", known
        if len(above) == 1:
            says += " The row above them is passed over."
        elif above:
            says += f" {len(above)} rows above them are passed over."
    body, places = rows[first:], numbers[first:]
    width = max((len(row) for row in body[:2_000]), default=0)
    headings = headings + [""] * (width - len(headings))
    where = numbers[place] if place is not None else 0
    return replace(
        table,
        headings=tuple(headings),
        has_headings=place is not None,
        rows=body,
        numbers=places,
        above=above,
        above_numbers=numbers[: len(above)],
        opening=replace(table.opening, headings_row=where),
        guesses=(*table.guesses, Guess(about="headings", says=says, sure=sure)),
        problems=tuple(problems),
    )


def _place_of(numbers: Sequence[int], wanted: int) -> int | None:
    return next((place for place, number in enumerate(numbers) if number == wanted), None)
