"""The headings of a table: which row they stand in, and what each says its column holds."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from tracker.imports.table_amounts import OTHER_CODES, like_amount
from tracker.imports.table_cells import ExactDay, ExactNumber
from tracker.imports.table_dates import like_day
from tracker.imports.table_fields import SEVERAL, Field, Holds
from tracker.imports.table_words import CLAIM_WORDS, HOLDINGS, MONEY_WORDS, SIGNS_OF_CLAIMS

_DEEPEST = 60
"""Rows among which headings are looked for; bank exports have up to about twenty above them."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_CURRENCY = re.compile(r"\b([A-Z]{3})\b")


def plain(heading: str) -> str:
    """A heading for comparison: `CheckNumber`, `Check #` and `check_number` are all `check number`."""
    words = _CAMEL.sub(" ", heading).replace("#", " number ").replace("\u00df", "ss")
    words = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(mark if mark.isalnum() else " " for mark in words if not unicodedata.combining(mark))
    return " ".join(kept.split())


def without_currency(heading: str) -> tuple[str, str]:
    """The plain heading without its currency, and that: `Amount (EUR)` gives `amount` and `EUR`."""
    code = _CURRENCY.search(heading)
    if code is not None and (code[1] in OTHER_CODES or code[1] == "USD") and heading.strip() != code[1]:
        return plain(heading.replace(code[1], " ")), code[1]
    return plain(heading), ""


_KNOWN = HOLDINGS.union(
    word for words in (MONEY_WORDS, CLAIM_WORDS) for names in words.values() for word in names
)


def find_headings(rows: Sequence[Sequence[str]]) -> tuple[int | None, bool]:
    """The place of the headings among rows that all hold something, and whether their words are known.

    None where there are none.
    """
    for place, row in enumerate(rows[:_DEEPEST]):
        filled = [cell for cell in row if cell]
        if len(filled) < 2 or any(_is_data(cell) for cell in filled):
            continue
        known = sum(without_currency(cell)[0] in _KNOWN for cell in filled)
        if known >= 2 and known * 5 >= len(filled):
            return place, True
    return _unknown_headings(rows), False


def _unknown_headings(rows: Sequence[Sequence[str]]) -> int | None:
    """Words over a column of dates or amounts are headings, whatever they say."""
    widths = Counter(len(row) for row in rows[:_DEEPEST])
    usual = widths.most_common(1)[0][0]
    for place, row in enumerate(rows[:_DEEPEST]):
        filled = [cell for cell in row if cell]
        if len(filled) < max(2, usual * 0.6) or any(_is_data(cell) for cell in filled):
            continue
        below = rows[place + 1 : place + 4]
        if any(
            like_day(cell) and column < len(row) and row[column]
            for each in below
            for column, cell in enumerate(each)
        ):
            return place
    return None


def _is_data(cell: str) -> bool:
    return isinstance(cell, ExactNumber | ExactDay) or like_day(cell) or like_amount(cell)


def by_headings(
    headings: Sequence[str], holds: Holds, *, never: AbstractSet[tuple[int, Field]] = frozenset()
) -> dict[int, Field]:
    """What the columns hold by their names. A name that several fields use goes to the one it tells best.

    `never` are columns whose cells have shown that they do not hold the field.
    """
    words: Mapping[Field, tuple[str, ...]] = MONEY_WORDS if holds is Holds.MONEY else CLAIM_WORDS
    names = [without_currency(heading)[0] for heading in headings]
    wishes = sorted(
        (each.index(name), order, place, field)
        for order, (field, each) in enumerate(words.items())
        for place, name in enumerate(names)
        if name and name in each and (place, field) not in never and field is not Field.DIRECTION
    )
    found: dict[int, Field] = {}
    for _, _, place, field in wishes:
        if place not in found and (field in SEVERAL or field not in found.values()):
            found[place] = field
    return found


def holds_of(headings: Sequence[str]) -> Holds:
    """Whether the headings are those of claims or of money that moved."""
    claims = by_headings(headings, Holds.CLAIMS)
    signs = SIGNS_OF_CLAIMS & set(claims.values())
    own = {place for place, field in claims.items() if field in signs and not _of_money(headings[place])}
    has_number = Field.CLAIM_NUMBER in signs
    return Holds.CLAIMS if (has_number and len(signs) >= 3) or len(own) >= 4 else Holds.MONEY


def _of_money(heading: str) -> bool:
    name = without_currency(heading)[0]
    return any(name in names for names in MONEY_WORDS.values())
