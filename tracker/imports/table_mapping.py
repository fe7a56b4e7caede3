"""How the columns of a table are read: what a wizard shows, a profile keeps, and a reader follows."""

from __future__ import annotations

import json
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from tracker.errors import UserProblem
from tracker.imports.table_amounts import DecimalMark, like_amount
from tracker.imports.table_dates import DateOrder, like_day
from tracker.imports.table_fields import Field, Holds
from tracker.imports.table_headings import plain
from tracker.imports.table_opening import GUESSED, Guess, Opening, Table

VERSION = 1


class Direction(StrEnum):
    """How a file says whether money came in or went out."""

    AS_WRITTEN = "as written"
    REVERSED = "reversed"
    BY_WORD = "by word"
    TWO_COLUMNS = "two columns"


OUT_WORDS = (
    "debit", "dr", "d", "withdrawal", "withdraw", "out", "money out", "outflow", "charge", "purchase",
    "sale", "expense", "sent", "payment sent", "check", "cheque", "atm", "fee", "ach debit",
    "direct debit", "debit card", "bill payment", "distribution", "disbursement", "af", "soll", "s",
    "debet",
)  # fmt: skip
IN_WORDS = (
    "credit", "cr", "c", "deposit", "in", "money in", "inflow", "income", "received",
    "payment received", "refund", "return", "reversal", "interest", "ach credit", "direct deposit",
    "direct dep", "contribution", "bij", "haben", "h",
)  # fmt: skip
NOT_MOVED = (
    "pending", "processing", "in process", "in progress", "authorized", "scheduled", "failed", "denied",
    "declined", "cancelled", "canceled", "voided", "void", "expired", "refused", "rejected", "unpaid",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """What each column of a table holds and how its cells are written.

    `columns` has one entry for each column, None for one that is not read. `headings` are those the mapping
    was made for, empty where the file has none. `out_words`, `in_words` and `not_moved` are compared in
    small letters. `currency` is the one the headings name, empty for dollars. `refuse` is a sentence where
    a known layout holds nothing to take. `opening` is how the file must be opened where guessing is not
    enough. `guesses` say how each answer was found; they are not saved.
    """

    name: str = ""
    holds: Holds = Holds.MONEY
    headings: tuple[str, ...] = ()
    columns: tuple[Field | None, ...] = ()
    dates: DateOrder = DateOrder.MONTH_FIRST
    decimals: DecimalMark = DecimalMark.POINT
    direction: Direction = Direction.AS_WRITTEN
    out_words: tuple[str, ...] = OUT_WORDS
    in_words: tuple[str, ...] = IN_WORDS
    not_moved: tuple[str, ...] = NOT_MOVED
    currency: str = ""
    kind: str = ""
    institution: str = ""
    account_kind: str = ""
    refuse: str = ""
    opening: Opening = GUESSED
    guesses: tuple[Guess, ...] = field(default=(), compare=False)

    def place(self, wanted: Field) -> int | None:
        """The first column that holds the field, or None."""
        return next((place for place, each in enumerate(self.columns) if each is wanted), None)

    def places(self, wanted: Field) -> tuple[int, ...]:
        """Every column that holds the field."""
        return tuple(place for place, each in enumerate(self.columns) if each is wanted)

    @property
    def is_sure(self) -> bool:
        """Whether nothing had to be assumed, so that a file may be taken without asking."""
        return all(guess.sure for guess in self.guesses)


def missing(mapping: Mapping) -> str:
    """What a mapping still lacks before rows can be read, as a sentence; empty where it is complete."""
    if mapping.refuse:
        return mapping.refuse
    has = set(mapping.columns)
    if mapping.holds is Holds.CLAIMS:
        if Field.SERVICE_FROM not in has and Field.CLAIM_NUMBER not in has:
            return "No column holds claim numbers or service dates."
        amounts = {Field.BILLED, Field.ALLOWED, Field.PLAN_PAID, Field.RESPONSIBILITY, Field.YOU_OWE}
        return "" if has & amounts else "No column holds what was billed, allowed, paid or owed."
    if Field.DATE not in has:
        return "No column holds the dates of payments."
    if mapping.direction is Direction.TWO_COLUMNS:
        return "" if has & {Field.MONEY_IN, Field.MONEY_OUT} else "No column holds money in or money out."
    if Field.AMOUNT not in has:
        return "No column holds the amounts of payments."
    if mapping.direction is Direction.BY_WORD and Field.DIRECTION not in has:
        return "No column says whether money came in or went out."
    return ""


def fits(mapping: Mapping, table: Table) -> bool:
    """Whether a saved mapping was made for files such as this one.

    Headings must be the same, in the same order. Without headings the table must be as wide, and the
    columns of dates and amounts must hold them.
    """
    if table.refusal or len(mapping.columns) < table.width or bool(mapping.headings) != table.has_headings:
        return False
    if mapping.headings:
        return _ends_trimmed(mapping.headings) == _ends_trimmed(table.headings)
    if len(mapping.columns) != table.width:
        return False
    sample = table.rows[:200]
    return bool(sample) and all(
        _share(sample, place, like_day if each is Field.DATE else like_amount) >= 0.9
        for place, each in enumerate(mapping.columns)
        if each in (Field.DATE, Field.AMOUNT)
    )


def _ends_trimmed(headings: tuple[str, ...]) -> list[str]:
    names = [plain(heading) for heading in headings]
    while names and not names[-1]:
        names.pop()
    return names


def _share(rows: Any, place: int, fits_cell: Any) -> float:
    cells = [row[place] for row in rows if place < len(row) and row[place]]
    return sum(1 for cell in cells if fits_cell(cell)) / len(cells) if cells else 0.0


def to_json(mapping: Mapping) -> str:
    """A mapping as text to keep as a profile."""
    kept = {
        each.name: getattr(mapping, each.name)
        for each in fields(Mapping)
        if each.name not in ("guesses", "opening")
    }
    opening = {each.name: getattr(mapping.opening, each.name) for each in fields(Opening)}
    return json.dumps({"version": VERSION, **kept, "opening": opening}, ensure_ascii=False, indent=1)


def from_json(text: str) -> Mapping:
    """A mapping out of such text. Raises UserProblem where the text is no profile of this program."""
    try:
        table = json.loads(text)
        if table["version"] != VERSION:
            raise ValueError(f"version {table['version']}")
        return _of(table)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as why:
        raise UserProblem(
            "This saved way of reading a file cannot be used.", "Choose the columns again and save it."
        ) from why


def _of(table: AnyMapping[str, Any]) -> Mapping:
    opening = table.get("opening", {})
    row = opening.get("headings_row")
    return Mapping(
        name=str(table["name"]),
        holds=Holds(table["holds"]),
        headings=_texts(table["headings"]),
        columns=tuple(None if each is None else Field(each) for each in table["columns"]),
        dates=DateOrder(table["dates"]),
        decimals=DecimalMark(table["decimals"]),
        direction=Direction(table["direction"]),
        out_words=_texts(table["out_words"]),
        in_words=_texts(table["in_words"]),
        not_moved=_texts(table["not_moved"]),
        currency=str(table["currency"]),
        kind=str(table["kind"]),
        institution=str(table["institution"]),
        account_kind=str(table["account_kind"]),
        refuse=str(table["refuse"]),
        opening=Opening(
            encoding=str(opening.get("encoding", "")),
            delimiter=str(opening.get("delimiter", "")),
            quote=str(opening.get("quote", "")),
            headings_row=int(row) if row is not None else None,
            sheet=str(opening.get("sheet", "")),
        ),
    )


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError("texts are wanted")
    return tuple(value)
