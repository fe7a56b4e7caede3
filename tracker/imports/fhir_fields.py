"""Reading fields of FHIR JSON that may be absent, of the wrong type, or marked as not known.

FHIR lets a server leave out almost anything, and say why in an extension (data-absent-reason). Every
function here takes what it is given and answers with something empty where the field is not there,
so that the readers above follow the standard's own names without asking at each step.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Care outside these years is a slip of the pen."""

_MOST_LETTERS = 1_000
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", re.ASCII | re.DOTALL)
_PART_OF_A_DAY = re.compile(r"\d{4}(?:-\d{2})?", re.ASCII)


class NotTaken(Exception):
    """Why an EOB is left out, as a sentence a person accepts."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Remarks:
    """What is odd about one EOB, each thing once, in the order it was met."""

    def __init__(self) -> None:
        self._said: dict[str, None] = {}

    def add(self, sentence: str) -> None:
        self._said.setdefault(sentence)

    def all(self) -> tuple[str, ...]:
        return tuple(self._said)


def obj(value: object) -> Json:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def objs(value: object) -> list[Json]:
    """The objects of a list. A single object where a list belongs counts as a list of it."""
    if isinstance(value, dict):
        return [value]
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text(value: object) -> str:
    """Trimmed text on one line, without letters no database keeps; numbers as they are written."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return ""
    cleaned = " ".join(value.replace("\0", " ").split())
    if not cleaned.isascii():
        cleaned = cleaned.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair
    return cleaned if len(cleaned) <= _MOST_LETTERS else cleaned[: _MOST_LETTERS - 1] + "\u2026"


def short(value: object) -> str:
    """Text to quote in a sentence."""
    shown = text(value)
    return shown if len(shown) <= 60 else shown[:59] + "\u2026"


def codings(concept: object) -> list[Json]:
    """The codings of a CodeableConcept that say something."""
    return [one for one in objs(obj(concept).get("coding")) if not _is_unknown(one)]


def _is_unknown(coding: Json) -> bool:
    system = coding.get("system")
    return isinstance(system, str) and ("data-absent-reason" in system or "NullFlavor" in system)


def codes(concept: object) -> list[str]:
    """The codes of a CodeableConcept, lower case."""
    return [code for one in codings(concept) if (code := text(one.get("code")).casefold())]


def shown(concept: object) -> str:
    """What a CodeableConcept shows to people: a coding's display, else the text."""
    for one in codings(concept):
        if display := text(one.get("display")):
            return display
    return text(obj(concept).get("text"))


def words(concept: object) -> str:
    """A CodeableConcept for people, a code where nothing is shown."""
    if found := shown(concept):
        return found
    return next((code for one in codings(concept) if (code := text(one.get("code")))), "")


def day(value: object, what: str, remarks: Remarks) -> date | None:
    """The day of a date or a moment, as written where it was written; None where none is given.

    A year alone, or what is no date at all, is remarked on. Raises NotTaken for a day that is not in
    the calendar or lies before 1900 or after 2100.
    """
    written = text(value)
    if not written:
        return None
    found = _DAY.fullmatch(written)
    if not found:
        if _PART_OF_A_DAY.fullmatch(written):
            remarks.add(f"The {what} is only given as {written}.")
        else:
            remarks.add(f"The {what}, \u201c{short(written)}\u201d, is not a date.")
        return None
    year, month, number = int(found[1]), int(found[2]), int(found[3])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotTaken(f"The {what}, {found[0][:10]}, is not between {FIRST_YEAR} and {LAST_YEAR}.")
    try:
        return date(year, month, number)
    except ValueError:
        raise NotTaken(f"The {what}, {found[0][:10]}, is not a day of the calendar.") from None
