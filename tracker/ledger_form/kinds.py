"""How one value stands in the JSON form, and how it is stored: amounts, days, words, links.

`out` never refuses: what is in a ledger can always be taken out of it. `back` raises Unfit, whose words
continue a sentence that begins with the place ("payments, entry 3, has amount \u2026").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypeAlias

from tracker.dates import FIRST_YEAR, LAST_YEAR
from tracker.money import LARGEST, dollars, plain

Json: TypeAlias = Any
"""What `json` reads and writes; a number with a point comes as a Decimal."""

Stored: TypeAlias = Any
"""What a column of the ledger holds: a text, a whole number, or None."""

LONGEST_TEXT = 20_000
MOST_ID = 2**53
"""The largest whole number that every reader of JSON keeps exactly."""

_AMOUNT = re.compile(r"(-?)(\d{1,15})(?:\.(\d{1,2}))?", re.ASCII)
_MORE_DECIMALS = re.compile(r"-?\d+\.\d{3,}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}", re.ASCII)
_MONTH_DAY = re.compile(r"\d{2}-\d{2}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Unfit(Exception):
    """Why a value was not taken, to stand after its place."""


class Kind:
    """A kind of value: `name` and `says` are for `data describe`, `meant` for complaints."""

    name = ""
    says = ""
    meant = ""
    unknown: str | None = None
    """What is stored where the value is not known; null in JSON."""

    def out(self, stored: Stored) -> Json:
        """A stored value as JSON."""
        return None if stored == self.unknown else stored

    def back(self, value: Json) -> Stored:
        """A JSON value, not null, as it is stored; raises Unfit."""
        raise NotImplementedError

    def described(self) -> dict[str, Json]:
        """What `data describe` says of it beyond its name."""
        return {}

    def unfit(self, value: Json) -> Unfit:
        return Unfit(f"has {shown(value)} where {self.meant} is meant")


def shown(value: Json) -> str:
    """A value in the middle of a sentence, cut where it is long."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    # A number of a million digits is not written out to be cut afterwards.
    text = "a number" if isinstance(value, int) and value.bit_length() > 200 else str(value)[:41]
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    text = " ".join(text.split()) if len(text) <= 40 else text[:39] + "\u2026"
    return f"\u201c{text}\u201d" if isinstance(value, str) else text


class Text(Kind):
    name, meant = "text", "a text"
    says = "A text; empty where there is none."
    unknown: str | None = ""

    def out(self, stored: Stored) -> Json:
        return stored

    def back(self, value: Json) -> Stored:
        if not isinstance(value, str):
            raise self.unfit(value)
        if len(value) > LONGEST_TEXT:
            raise Unfit(f"has a text of {len(value):,} characters where {LONGEST_TEXT:,} is the most")
        if "\0" in value or (not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value)):
            raise Unfit("has a text with a character that is none")
        return value


class TextOrNone(Text):
    """A text that tells "none" from "not said"."""

    name = "text or null"
    says = "A text, or null where nothing is said."
    unknown = None


class Name(Text):
    """A text that something else goes by, so never empty."""

    name = "name"
    says = "A text that is not empty."

    def back(self, value: Json) -> Stored:
        if not super().back(value).strip():
            raise Unfit("has an empty text where a name is meant")
        return value


class Amount(Kind):
    name, meant = "amount", "an amount in dollars such as \u201c12.50\u201d"
    says = 'Dollars as a text with two decimals, such as "1225.00" or "-12.50".'

    def out(self, stored: Stored) -> Json:
        return plain(stored) if isinstance(stored, int) else stored

    def back(self, value: Json) -> Stored:
        found = _AMOUNT.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            if isinstance(value, str) and _MORE_DECIMALS.fullmatch(value):
                raise Unfit(f"has {shown(value)}, an amount with more than two decimals")
            raise self.unfit(value)
        cents = int(found[2]) * 100 + int((found[3] or "").ljust(2, "0"))
        if cents > LARGEST:
            raise Unfit(f"has {shown(value)}, which is more than {dollars(LARGEST)}")
        return -cents if found[1] else cents


class Count(Kind):
    name, meant = "number", "a whole number"
    says = "A whole number."

    def back(self, value: Json) -> Stored:
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.unfit(value)
        if abs(value) > LARGEST:
            raise Unfit(f"has {shown(value)}, a number too large to be meant")
        return value


class Rate(Count):
    name = "rate"
    says = "A rate in whole basis points: 2000 is 20%."


class Year(Count):
    name, meant = "year", "a year"
    says = "A year of the calendar."

    def back(self, value: Json) -> Stored:
        if not FIRST_YEAR <= super().back(value) <= LAST_YEAR:
            raise self.unfit(value)
        return value


class Flag(Kind):
    """True or false. `turned` ones are stored the other way round."""

    name, meant = "flag", "true or false"
    says = "true or false."

    def __init__(self, *, turned: bool = False) -> None:
        self._turned = turned

    def out(self, stored: Stored) -> Json:
        return None if stored is None else bool(stored) is not self._turned

    def back(self, value: Json) -> Stored:
        if not isinstance(value, bool):
            raise self.unfit(value)
        return int(value is not self._turned)


class Day(Kind):
    name, meant = "day", f"a day from {FIRST_YEAR} to {LAST_YEAR} such as \u201c2026-11-22\u201d"
    says = "A day, YYYY-MM-DD."

    def back(self, value: Json) -> Stored:
        if isinstance(value, str) and _DAY.fullmatch(value):
            try:
                if FIRST_YEAR <= date.fromisoformat(value).year <= LAST_YEAR:
                    return value
            except ValueError:
                pass
        raise self.unfit(value)


class Month(Day):
    name, meant = "month", "the first day of a month such as \u201c2026-11-01\u201d"
    says = "A month by its first day, YYYY-MM-01."

    def back(self, value: Json) -> Stored:
        if not super().back(value).endswith("-01"):
            raise self.unfit(value)
        return value


class Time(Kind):
    name, meant = "time", "a time such as \u201c14:05\u201d"
    says = "A time of the day, HH:MM."
    unknown = ""

    def back(self, value: Json) -> Stored:
        if isinstance(value, str) and _TIME.fullmatch(value):
            try:
                return time.fromisoformat(value).isoformat("minutes")
            except ValueError:
                pass
        raise self.unfit(value)


class Moment(Kind):
    name, meant = "moment", "a moment such as \u201c2026-11-22T15:30:00+00:00\u201d"
    says = "A day and a time with its distance from UTC, ISO 8601."

    def back(self, value: Json) -> Stored:
        if isinstance(value, str) and len(value) <= 40 and value.isascii():
            try:
                if datetime.fromisoformat(value).tzinfo is not None:
                    return value
            except ValueError:
                pass
        raise self.unfit(value)


class MonthDay(Kind):
    name, meant = "month and day", "a month and a day such as \u201c07-01\u201d"
    says = "A month and a day of every year, MM-DD."
    unknown = ""

    def back(self, value: Json) -> Stored:
        if isinstance(value, str) and _MONTH_DAY.fullmatch(value):
            try:
                date.fromisoformat(f"2027-{value}")  # no February 29: it does not begin every year
            except ValueError:
                pass
            else:
                return value
        raise self.unfit(value)


class Sha256(Kind):
    name, meant = "sha256", "a SHA-256 of 64 small hexadecimal digits"
    says = "The SHA-256 of the bytes, in small hexadecimal digits."

    def back(self, value: Json) -> Stored:
        if not isinstance(value, str) or not _SHA256.fullmatch(value):
            raise self.unfit(value)
        return value


class Word(Kind):
    """One of a few words. `usual` stands for an empty text, which older ledgers have."""

    name = "word"
    says = "One of a few words."

    def __init__(self, words: Iterable[str], usual: StrEnum | None = None) -> None:
        self.words = tuple(str(word) for word in words)
        self.usual = None if usual is None else usual.value
        self.meant = f"one of {', '.join(self.words)}"

    def out(self, stored: Stored) -> Json:
        return stored or self.usual

    def back(self, value: Json) -> Stored:
        if not isinstance(value, str) or value not in self.words:
            raise self.unfit(value)
        return value

    def described(self) -> dict[str, Json]:
        return {"words": list(self.words)}


class Texts(Kind):
    """Several texts, stored as one with a separator between them."""

    name, meant = "list of texts", "a list of texts"
    says = "Several texts."
    unknown = ""

    def __init__(self, separator: str) -> None:
        self._separator = separator

    def out(self, stored: Stored) -> Json:
        return stored.split(self._separator) if stored else []

    def back(self, value: Json) -> Stored:
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise self.unfit(value)
        if any(self._separator in text for text in value):
            raise Unfit("has a list with a text that cannot stand in it")
        return _TEXT.back(self._separator.join(value))


class Id(Count):
    """What other entries call this one by."""

    name, meant = "id", f"a whole number from 1 to {MOST_ID}"
    says = "A whole number that only this entry of its noun has; links name it."

    def back(self, value: Json) -> Stored:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= MOST_ID:
            raise self.unfit(value)
        return value


class Link(Id):
    """The id of an entry of another noun."""

    name = "link"
    says = "The id of an entry of the noun it links to."

    def __init__(self, noun: str) -> None:
        self.noun = noun

    def described(self) -> dict[str, Json]:
        return {"links_to": self.noun}


_TEXT = Text()
