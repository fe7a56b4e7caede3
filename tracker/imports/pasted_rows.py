"""Rows copied from a spreadsheet, read as payments: by their headings, or by what the cells hold.

Nothing is guessed about a row: what cannot be read comes back with its row and the reason. Rows
copied from this program read back as the same payments.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import StringIO

from tracker.errors import UserProblem
from tracker.facts import Allocation, Payment
from tracker.imports.pasted_cells import amount_of, day_of, text_of
from tracker.imports.pasted_columns import Cell, columns_of
from tracker.money import Cents

NAME_LIMIT, NOTE_LIMIT = 200, 20_000
MOST_ROWS = 20_000


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
    columns, first = columns_of(rows, reader.names, today)
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
        self.names = {
            Cell.LINE: _folded(known.lines),
            Cell.PERSON: _folded(known.people),
            Cell.ACCOUNT: _folded(known.accounts),
        }
        self.names[Cell.TO_ACCOUNT] = self.names[Cell.ACCOUNT]

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
                amount = amount_of(cell)
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
        day = day_of(said.get(Cell.DATE, ""), self._today)
        amount = amount_of(said.get(Cell.AMOUNT, "")) * (-1 if turned else 1)
        if amount == 0:
            raise UserProblem("The amount is zero.")
        payee = _limited(text_of(said.get(Cell.PAYEE, "")), "payee", NAME_LIMIT)
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
            note=_limited(text_of(said.get(Cell.NOTE, "")), "note", NOTE_LIMIT),
            allocations=(Allocation(category_id=line, amount=amount),) if line is not None else (),
        )
        return PastedPayment(number, made, payee, " ".join(remarks))

    def _id(self, kind: Cell, said: Mapping[Cell, str], remarks: list[str]) -> int | None:
        cell = text_of(said.get(kind, ""))
        if not cell:
            return None
        found = self.names[kind].get(cell.casefold())
        if found is None:
            what = "account" if kind is Cell.TO_ACCOUNT else kind.value
            remarks.append(f"No {what} is called \u201c{shown_row([cell], 40)}\u201d; left empty.")
        return found


def _folded(names: Mapping[str, int]) -> dict[str, int]:
    return {" ".join(name.casefold().split()): number for name, number in names.items()}


def _limited(text: str, what: str, limit: int) -> str:
    if len(text) > limit:
        raise UserProblem(f"The {what} has {len(text):,} characters; {limit:,} is the most.")
    return text
