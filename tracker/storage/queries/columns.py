"""From SQLite's text and integers to dates, kinds and links. What is neither was not written by us."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar

Kind = TypeVar("Kind", bound=Enum)


class DamagedValue(ValueError):
    """A stored value that is no date or kind: the file was overwritten from outside."""


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError) as why:
        raise DamagedValue(f"{text!r:.40} is no date") from why


def day_or_none(text: str | None) -> date | None:
    return None if text is None else day(text)


def kind_of(kinds: type[Kind], text: str) -> Kind:
    found: Kind | None = _by_word(kinds).get(text)
    if found is None:
        raise DamagedValue(f"{text!r:.40} is no {kinds.__name__}")
    return found


@cache
def _by_word(kinds: type[Enum]) -> dict[str, Any]:
    """An enumeration by its values: asking it itself takes ten times as long."""
    return {item.value: item for item in kinds}


def people_of(connection: sqlite3.Connection, noun: str) -> dict[int, list[int]]:
    """The people of every membership or plan, by its id."""
    found: dict[int, list[int]] = defaultdict(list)
    for owner, person in connection.execute(f"SELECT {noun}_id, person_id FROM {noun}_person ORDER BY id"):
        found[owner].append(person)
    return found
