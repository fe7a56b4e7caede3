"""What the columns of pasted rows hold: by their headings, or by what the cells look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from tracker.errors import UserProblem
from tracker.imports.pasted_cells import amount_of, day_of


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


def columns_of(
    rows: Sequence[Sequence[str]], names: Mapping[Cell, Mapping[str, int]], today: date
) -> tuple[tuple[Cell | None, ...], int]:
    """What each column holds, and how many rows at the top are headings (0 or 1).

    `names` are those of the ledger that a cell may mean, in small letters.
    """
    width = max(len(row) for row in rows)
    found: list[Cell | None] = [None] * width
    headed = _by_headings(rows[0], found)
    body = rows[1:] if headed else rows
    sample = [row for row in body if any(row)][:200]
    _by_content(sample, found, names, today, headed=headed)
    return tuple(found), int(headed)


def _by_headings(row: Sequence[str], found: list[Cell | None]) -> bool:
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


def _by_content(
    rows: Sequence[Sequence[str]],
    found: list[Cell | None],
    names: Mapping[Cell, Mapping[str, int]],
    today: date,
    *,
    headed: bool,
) -> None:
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

    take(
        Cell.DATE, {place: _share(cells[place], lambda cell: _like_day(cell, today)) for place in free}, 0.5
    )
    take(Cell.AMOUNT, {place: _money_score(cells[place]) for place in free}, 0.5)
    if headed:
        return  # what the person headed otherwise is something else
    for kind in (Cell.LINE, Cell.PERSON, Cell.ACCOUNT):
        take(kind, {place: _share(cells[place], names[kind].__contains__) for place in free}, 0.5)
    for kind in (Cell.PAYEE, Cell.NOTE):
        take(kind, {place: _share(cells[place], _like_words) for place in free}, 0.3)


def _like_day(cell: str, today: date) -> bool:
    if len(cell) < 3 or not (re.search(r"[/\-]|\d\.\d+\.\d", cell) or cell[:3].isalpha()):
        return False  # 4.12 is an amount, though it could be read as April 12
    try:
        day_of(cell, today)
    except UserProblem:
        return False
    return True


def _share(cells: Sequence[str], fits: Callable[[str], bool]) -> float:
    """How many of the cells fit, as a share of one; names are compared in small letters."""
    return sum(1 for cell in cells if fits(cell.casefold())) / len(cells)


def _money_score(cells: Sequence[str]) -> float:
    """How much a column looks like amounts; two places or a dollar sign count more than bare numbers."""
    score = 0.0
    for cell in cells:
        try:
            amount_of(cell)
        except UserProblem:
            continue
        score += 1.0 if "$" in cell or re.search(r"\.\d\d\)?-?$", cell) else 0.6
    return score / len(cells)


def _like_words(cell: str) -> bool:
    return any(character.isalpha() for character in cell)
