"""Rows copied from a spreadsheet, read as payments: by their headings, or by what the cells hold.

Nothing is guessed about a row: what cannot be read comes back with its row and the reason. Rows
copied from this program read back as the same payments.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from io import StringIO

from tracker.dates import parse_day
from tracker.errors import UserProblem
from tracker.facts import Allocation, Payment
from tracker.money import Cents, parse_cents

NAME_LIMIT, NOTE_LIMIT = 200, 20_000
MOST_ROWS = 20_000


class Cell(StrEnum):
    """What a column of the pasted rows holds."""

    DATE = "date"
    PAYEE = "payee"
    AMOUNT = "amount"
    LINE = "budget line"
    PERSON = "person"
    ACCOUNT = "account"
    TO_ACCOUNT = "to account"
    NOTE = "note"


HEADINGS: Mapping[Cell, tuple[str, ...]] = {
    Cell.DATE: (
        "date",
        "paid on",
        "paid",
        "day",
        "transaction date",
        "date paid",
        "posted",
        "posting date",
    ),
    Cell.PAYEE: ("payee", "provider", "paid to", "vendor", "merchant", "name", "description", "who"),
    Cell.AMOUNT: (
        "amount",
        "cost",
        "total",
        "price",
        "actual cost",
        "amount paid",
        "debit",
        "value",
        "paid $",
    ),
    Cell.LINE: ("budget line", "category", "line", "budget category", "type"),
    Cell.PERSON: ("person", "for", "patient", "member"),
    Cell.ACCOUNT: ("account", "paid from", "from account", "from"),
    Cell.TO_ACCOUNT: ("to account", "transfer to"),
    Cell.NOTE: ("note", "notes", "memo", "comment", "comments", "details"),
}
"""What a column may be called, in small letters; the first column that fits is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The names of the ledger that a cell may mean, each with its id."""

    lines: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)
    accounts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PastedPayment:
    """A row that was read. `remark` says what of it was left out, or is empty."""

    row: int
    payment: Payment
    payee: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that was not read: where it stands, what it says, and why not."""

    row: int
    cells: tuple[str, ...]
    reason: str

    @property
    def text(self) -> str:
        """The row in one short line."""
        return shown_row(self.cells)


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was found on the clipboard. `columns` is what each column was taken for."""

    payments: tuple[PastedPayment, ...] = ()
    unread: tuple[Unread, ...] = ()
    columns: tuple[Cell | None, ...] = ()
    turned: bool = False
    """Whether amounts with a minus were read as expenses, the way banks write them."""


def read_pasted(text: str, *, today: date, known: Known | None = None, turn: bool | None = None) -> Pasted:
    """Read tab-separated rows. `turn` says that a minus means an expense; None decides by majority.

    Raises UserProblem where there is nothing to read at all: no rows, no dates, no amounts.
    """
    known = known or Known()
    rows = split_rows(text)
    if not rows:
        raise UserProblem("There is nothing to paste.", "Copy the rows in your spreadsheet first.")
    if len(rows) > MOST_ROWS:
        raise UserProblem(
            f"These are {len(rows):,} rows; {MOST_ROWS:,} is the most.", "Paste them in parts."
        )
    reader = _Reader(today, known)
    columns, first = reader.columns_of(rows)
    for cell, word in ((Cell.DATE, "dates"), (Cell.AMOUNT, "amounts")):
        if cell not in columns:
            raise UserProblem(
                f"No column of {word} was found in what you pasted.",
                "Copy at least the dates and the amounts, best with their headings.",
            )
    body = [(number, cells) for number, cells in enumerate(rows, start=1) if number > first and any(cells)]
    turned = reader.looks_like_a_bank(body, columns) if turn is None else turn
    read: list[PastedPayment] = []
    unread: list[Unread] = []
    for number, cells in body:
        try:
            read.append(reader.payment(number, cells, columns, turned=turned))
        except UserProblem as problem:
            unread.append(Unread(number, tuple(cells), problem.what))
    return Pasted(tuple(read), tuple(unread), columns, turned)


def split_rows(text: str) -> list[list[str]]:
    """Cells as spreadsheets put them on the clipboard: tabs, and quotes around line breaks."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ").strip("\n")
    if not plain.strip():
        return []
    quoted = any(cell.startswith('"') for line in plain.split("\n") for cell in line.split("\t"))
    if quoted:
        try:
            cells = list(csv.reader(StringIO(plain), delimiter="\t", strict=True))
        except csv.Error:  # a lone quotation mark, or a field beyond csv's limit: nothing was quoted
            cells = [line.split("\t") for line in plain.split("\n")]
    else:
        cells = [line.split("\t") for line in plain.split("\n")]
    return [[cell.strip() for cell in row] for row in cells]


def shown_row(cells: Sequence[str], most: int = 80) -> str:
    """A row in one short line, for saying which one is meant."""
    joined = ", ".join(" ".join(cell.split()) for cell in cells if cell)
    return joined if len(joined) <= most else joined[: most - 1] + "\u2026"


def only_new(
    payments: Sequence[PastedPayment], there: Collection[tuple[date, Cents, str]]
) -> tuple[list[PastedPayment], list[PastedPayment]]:
    """The rows that are new, and those already in the ledger (same day, amount and payee).

    `there` names every payment once; a row that occurs twice in the paste and once in the ledger
    is new once.
    """
    left = Counter((day, amount, payee.casefold()) for day, amount, payee in there)
    new: list[PastedPayment] = []
    old: list[PastedPayment] = []
    for row in payments:
        key = (row.payment.paid_on, row.payment.amount, row.payee.casefold())
        if left[key] > 0:
            left[key] -= 1
            old.append(row)
        else:
            new.append(row)
    return new, old


class _Reader:
    """Reads cells with the ledger's names and today at hand."""

    def __init__(self, today: date, known: Known) -> None:
        self._today = today
        self._names = {
            Cell.LINE: _folded(known.lines),
            Cell.PERSON: _folded(known.people),
            Cell.ACCOUNT: _folded(known.accounts),
        }
        self._names[Cell.TO_ACCOUNT] = self._names[Cell.ACCOUNT]

    # columns ------------------------------------------------------------------------

    def columns_of(self, rows: Sequence[Sequence[str]]) -> tuple[tuple[Cell | None, ...], int]:
        """What each column holds, and how many rows at the top are headings (0 or 1)."""
        width = max(len(row) for row in rows)
        found: list[Cell | None] = [None] * width
        headed = self._by_headings(rows[0], found)
        body = rows[1:] if headed else rows
        sample = [row for row in body if any(row)][:200]
        self._by_content(sample, found, headed=headed)
        return tuple(found), int(headed)

    def _by_headings(self, row: Sequence[str], found: list[Cell | None]) -> bool:
        named: list[Cell | None] = []
        for cell in row:
            wanted = " ".join(cell.casefold().strip(" :*").split())
            match = next((kind for kind, words in HEADINGS.items() if wanted in words), None)
            named.append(match if match not in named else None)
        count = sum(kind is not None for kind in named)
        if count < 2 and not (count == 1 and len([cell for cell in row if cell]) == 1):
            return False
        found[: len(named)] = named
        return True

    def _by_content(self, rows: Sequence[Sequence[str]], found: list[Cell | None], *, headed: bool) -> None:
        """Find the columns that no heading names: first dates and amounts, then names, then words."""
        free = [place for place, kind in enumerate(found) if kind is None]
        cells = {place: [row[place] for row in rows if place < len(row) and row[place]] for place in free}
        free = [place for place in free if cells[place]]

        def take(kind: Cell, score: Mapping[int, float], least: float) -> None:
            if kind in found:
                return
            best = max(free, key=lambda place: score[place], default=None)
            if best is not None and score[best] >= least:
                found[best] = kind
                free.remove(best)

        take(Cell.DATE, {place: _share(cells[place], self._like_day) for place in free}, 0.5)
        take(Cell.AMOUNT, {place: _money_score(cells[place]) for place in free}, 0.5)
        if headed:
            return  # what the person headed otherwise is something else
        for kind in (Cell.LINE, Cell.PERSON, Cell.ACCOUNT):
            take(kind, {place: _share(cells[place], self._names[kind].__contains__) for place in free}, 0.5)
        for kind in (Cell.PAYEE, Cell.NOTE):
            take(kind, {place: _share(cells[place], _like_words) for place in free}, 0.3)

    def _like_day(self, cell: str) -> bool:
        if len(cell) < 3 or not (re.search(r"[/\-]|\d\.\d+\.\d", cell) or cell[:3].isalpha()):
            return False  # 4.12 is an amount, though it could be read as April 12
        try:
            self._day(cell)
        except UserProblem:
            return False
        return True

    # rows ---------------------------------------------------------------------------

    def looks_like_a_bank(
        self, body: Sequence[tuple[int, Sequence[str]]], columns: Sequence[Cell | None]
    ) -> bool:
        """Whether most amounts carry a minus, as expenses do in a bank's list.

        Rows copied from this program name the account a transfer goes to; their signs are ours.
        """
        if Cell.TO_ACCOUNT in columns:
            return False
        place = columns.index(Cell.AMOUNT)
        negative = positive = 0
        for _number, cells in body:
            cell = cells[place] if place < len(cells) else ""
            try:
                amount = _amount(cell)
            except UserProblem:
                continue
            negative += amount < 0
            positive += amount > 0
        return negative > positive

    def payment(
        self, number: int, cells: Sequence[str], columns: Sequence[Cell | None], *, turned: bool
    ) -> PastedPayment:
        """One row; raises UserProblem for what makes it unreadable."""
        said: dict[Cell, str] = {}
        for kind, cell in zip(columns, cells, strict=False):
            if kind is not None:
                said[kind] = cell
        day = self._day(said.get(Cell.DATE, ""))
        amount = _amount(said.get(Cell.AMOUNT, "")) * (-1 if turned else 1)
        if amount == 0:
            raise UserProblem("The amount is zero.")
        payee = _limited(_text(said.get(Cell.PAYEE, "")), "payee", NAME_LIMIT)
        remarks: list[str] = []
        line = self._id(Cell.LINE, said, remarks)
        account = self._id(Cell.ACCOUNT, said, remarks)
        to_account = self._id(Cell.TO_ACCOUNT, said, remarks)
        if to_account is not None and (amount < 0 or to_account == account):
            raise UserProblem("A transfer has a positive amount and goes to another account.")
        made = Payment(
            paid_on=day,
            amount=amount,
            person_id=self._id(Cell.PERSON, said, remarks),
            account_id=account,
            to_account_id=to_account,
            note=_limited(_text(said.get(Cell.NOTE, "")), "note", NOTE_LIMIT),
            allocations=(Allocation(category_id=line, amount=amount),) if line is not None else (),
        )
        return PastedPayment(number, made, payee, " ".join(remarks))

    def _day(self, cell: str) -> date:
        # Spreadsheets add a time of day to dates.
        plain = re.sub(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?Z?$", "", cell.strip())
        return parse_day(plain, today=self._today)

    def _id(self, kind: Cell, said: Mapping[Cell, str], remarks: list[str]) -> int | None:
        cell = _text(said.get(kind, ""))
        if not cell:
            return None
        found = self._names[kind].get(cell.casefold())
        if found is None:
            what = "account" if kind is Cell.TO_ACCOUNT else kind.value
            remarks.append(f"No {what} is called \u201c{shown_row([cell], 40)}\u201d; left empty.")
        return found


def _folded(names: Mapping[str, int]) -> dict[str, int]:
    return {" ".join(name.casefold().split()): number for name, number in names.items()}


def _text(cell: str) -> str:
    """A cell's words; the apostrophe that keeps a spreadsheet from calculating them goes away."""
    plain = " ".join(cell.split())
    return plain[1:] if len(plain) > 1 and plain[0] == "'" and plain[1] in "=+-@" else plain


def _limited(text: str, what: str, limit: int) -> str:
    if len(text) > limit:
        raise UserProblem(f"The {what} has {len(text):,} characters; {limit:,} is the most.")
    return text


def _amount(cell: str) -> Cents:
    """An amount as spreadsheets show it, also `- $ 5.00` and `5.00-` of accounting formats."""
    plain = " ".join(cell.replace("USD", " ").split()).replace("\u2212", "-").replace("$ ", "$")
    if re.fullmatch(r"\$?[\d,.]+-", plain):
        plain = "-" + plain[:-1]
    if re.fullmatch(r"\$-[\d,.]+|\$\([\d,.]+\)", plain):
        plain = plain[1:].replace("(", "-").replace(")", "")
    return parse_cents(plain)


def _share(cells: Sequence[str], fits: Callable[[str], bool]) -> float:
    """How many of the cells fit, as a share of one; names are compared in small letters."""
    return sum(1 for cell in cells if fits(cell.casefold())) / len(cells)


def _money_score(cells: Sequence[str]) -> float:
    """How much a column looks like amounts; two places or a dollar sign count more than bare numbers."""
    score = 0.0
    for cell in cells:
        try:
            _amount(cell)
        except UserProblem:
            continue
        score += 1.0 if "$" in cell or re.search(r"\.\d\d\)?-?$", cell) else 0.6
    return score / len(cells)


def _like_words(cell: str) -> bool:
    return any(character.isalpha() for character in cell)
