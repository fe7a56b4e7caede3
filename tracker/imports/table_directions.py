"""Whether money came in or went out: how a whole file says it, and what proves that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.imports.table_amounts import AmountReader
from tracker.imports.table_fields import Field
from tracker.imports.table_headings import without_currency
from tracker.imports.table_mapping import IN_WORDS, OUT_WORDS, Direction
from tracker.imports.table_opening import Table
from tracker.money import Cents

_COMES_IN = re.compile(
    r"\b(?:thank you|autopay|payment received|deposit|payroll|salary|cash ?back|statement credit|"
    r"merchant credit|interest paid|direct dep)\b",
    re.IGNORECASE,
)
_SPENDING = frozenset(
    {
        "merchant", "merchant name", "card", "card number", "card no", "card member", "paid",
        "amount paid", "cost", "payment amount", "price paid", "charge", "charged",
        "distribution amount", "order id", "order date", "paid on", "date paid", "date of service",
        "service date", "provider", "paid to",
    }
)  # fmt: skip
"""Headings of lists of what was spent."""


@dataclass(frozen=True, slots=True)
class DirectionGuess:
    """How a file says where money went, how that is known, and whether it is certain."""

    direction: Direction
    says: str
    sure: bool


def word_of(cell: str) -> str:
    """A cell of the column that says in or out, for comparison."""
    return cell.casefold().strip(" .:-+")


def says_direction(cells: Sequence[str]) -> bool:
    """Whether the cells of a column are words such as debit and credit."""
    filled = [word_of(cell) for cell in cells if cell]
    known = sum(1 for word in filled if word in OUT_WORDS or word in IN_WORDS)
    return bool(filled) and known >= len(filled) * 0.8 and len(filled) >= len(cells) * 0.5


def judge_direction(table: Table, found: dict[int, Field], reader: AmountReader) -> DirectionGuess:
    """How the rows of payments say it, judged over all of them.

    A column that turns out not to be needed for it is taken out of `found`, or becomes the kind of payment.
    """
    if {Field.MONEY_OUT, Field.MONEY_IN} & set(found.values()):
        settled = _columns(table, found, reader)
        if settled is not None:
            word = _place(found, Field.DIRECTION)
            if word is not None:
                _make_kind(found, word)
            return settled
    place = _place(found, Field.AMOUNT)
    if place is None:
        return DirectionGuess(Direction.AS_WRITTEN, "No column holds amounts.", False)
    amounts = [reader.read(cell).cents for cell in table.column(place)]
    by_word = _by_words(table, found, amounts)
    if by_word is not None:
        return by_word
    return (
        _by_balance(table, found, amounts, reader)
        or _by_what_is_said(table, found, amounts)
        or _one_sign(table, amounts)
    )


def _columns(table: Table, found: dict[int, Field], reader: AmountReader) -> DirectionGuess | None:
    """Two columns, unless a third one has signs of its own and so says the same."""
    amount = _place(found, Field.AMOUNT)
    both = {Field.MONEY_OUT, Field.MONEY_IN} <= set(found.values())
    if amount is not None:
        values = [reader.read(cell).cents or 0 for cell in table.column(amount)]
        if any(value < 0 for value in values) or (any(values) and not both):
            for place in [
                place for place, each in found.items() if each in (Field.MONEY_OUT, Field.MONEY_IN)
            ]:
                del found[place]
            return None
        del found[amount]
    return DirectionGuess(Direction.TWO_COLUMNS, "Money in and money out have columns of their own.", True)


def _by_words(table: Table, found: dict[int, Field], amounts: list[Cents | None]) -> DirectionGuess | None:
    place = _place(found, Field.DIRECTION)
    if place is None:
        return None
    words = [word_of(cell) for cell in table.column(place)]
    pairs = [
        (word in OUT_WORDS, amount)
        for word, amount in zip(words, amounts, strict=True)
        if amount and (word in OUT_WORDS or word in IN_WORDS)
    ]
    if not pairs:
        _make_kind(found, place)
        return None
    if not any(amount and amount < 0 for amount in amounts):
        sure = len(pairs) == sum(1 for amount in amounts if amount)
        says = "A word in each row says whether money came in or went out."
        return DirectionGuess(Direction.BY_WORD, says, sure)
    agree = sum(1 for is_out, amount in pairs if is_out == (amount < 0))
    _make_kind(found, place)
    sure = len(pairs) >= 2 and not 0.1 < agree / len(pairs) < 0.9
    if agree * 2 >= len(pairs):
        says = "Negative amounts went out, as the words beside them say."
        return DirectionGuess(Direction.AS_WRITTEN, says, sure)
    says = "Positive amounts went out, as card downloads write it and the words beside them say."
    return DirectionGuess(Direction.REVERSED, says, sure)


def _make_kind(found: dict[int, Field], place: int) -> None:
    if Field.KIND in found.values():
        del found[place]
    else:
        found[place] = Field.KIND


def _by_balance(
    table: Table, found: dict[int, Field], amounts: list[Cents | None], reader: AmountReader
) -> DirectionGuess | None:
    place = _place(found, Field.BALANCE)
    if place is None:
        return None
    sign = balance_sign(amounts, [reader.read(cell).cents for cell in table.column(place)])
    if sign > 0:
        says = "Negative amounts went out; the running balance proves it."
        return DirectionGuess(Direction.AS_WRITTEN, says, True)
    if sign < 0:
        says = "Positive amounts went out; the running balance proves it."
        return DirectionGuess(Direction.REVERSED, says, True)
    return None


def balance_sign(amounts: Sequence[Cents | None], balances: Sequence[Cents | None]) -> int:
    """1 where the balance grows by each amount, -1 where it shrinks by it, 0 where it shows neither.

    Rows may stand with the oldest or the newest first.
    """
    rows = [
        (amount, balance)
        for amount, balance in zip(amounts, balances, strict=True)
        if amount is not None and balance is not None
    ]
    best, sign = 0, 0
    for wanted in (1, -1):
        rising = sum(1 for one, two in pairwise(rows) if two[1] - one[1] == wanted * two[0] != 0)
        falling = sum(1 for one, two in pairwise(rows) if one[1] - two[1] == wanted * one[0] != 0)
        if max(rising, falling) > best:
            best, sign = max(rising, falling), wanted
    return sign if best and best >= (len(rows) - 1) * 0.6 else 0


def _by_what_is_said(
    table: Table, found: dict[int, Field], amounts: list[Cents | None]
) -> DirectionGuess | None:
    """Signs of both kinds: banks write spending as negative, cards often as positive."""
    if not any(amount and amount < 0 for amount in amounts) or not any(
        amount and amount > 0 for amount in amounts
    ):
        return None
    places = [place for place, each in found.items() if each in (Field.PAYEE, Field.MEMO, Field.KIND)]
    came_in = {True: 0, False: 0}
    others = {True: 0, False: 0}
    for row, amount in zip(table.rows, amounts, strict=True):
        if amount:
            said = any(place < len(row) and _COMES_IN.search(row[place]) for place in places)
            (came_in if said else others)[amount > 0] += 1
    if came_in[False] > came_in[True] and others[True] > others[False]:
        says = "Positive amounts seem to be spending, because payments to the account are negative."
        return DirectionGuess(Direction.REVERSED, says, False)
    return DirectionGuess(Direction.AS_WRITTEN, "Negative amounts went out, as banks write it.", True)


def _one_sign(table: Table, amounts: list[Cents | None]) -> DirectionGuess:
    if any(amount and amount < 0 for amount in amounts):
        return DirectionGuess(
            Direction.AS_WRITTEN, "Every amount is negative, so all of it went out.", True
        )
    if not any(amounts):
        return DirectionGuess(Direction.AS_WRITTEN, "Negative amounts went out, as banks write it.", True)
    names = {without_currency(heading)[0] for heading in table.headings}
    if names & _SPENDING:
        says = "Every amount is positive, and the headings speak of spending, so all of it went out."
        return DirectionGuess(Direction.REVERSED, says, False)
    says = (
        "Every amount is positive and nothing says where the money went. It is read as money that came in; "
        "turn it round if these are payments."
    )
    return DirectionGuess(Direction.AS_WRITTEN, says, False)


def _place(found: dict[int, Field], wanted: Field) -> int | None:
    return next((place for place, each in found.items() if each is wanted), None)
