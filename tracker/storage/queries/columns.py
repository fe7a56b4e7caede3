"""From SQLite's text and integers to dates, kinds and links. What is neither was not written by us."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import date
from enum import Enum
from typing import TypeVar

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
    try:
        return kinds(text)
    except ValueError as why:
        raise DamagedValue(f"{text!r:.40} is no {kinds.__name__}") from why


def people_of(connection: sqlite3.Connection, noun: str) -> dict[int, list[int]]:
    """The people of every membership or plan, by its id."""
    found: dict[int, list[int]] = defaultdict(list)
    for owner, person in connection.execute(f"SELECT {noun}_id, person_id FROM {noun}_person ORDER BY id"):
        found[owner].append(person)
    return found
