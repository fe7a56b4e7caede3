"""Rows to facts where columns and fields bear the same names: dates, kinds and flags turned back.

Fields that are tuples of other facts, or a fact of their own, live in other tables and are given by
the caller. A tuple of texts is one text with a line for each.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, time
from enum import Enum
from types import UnionType
from typing import Any, Generic, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from tracker.storage.queries.columns import DamagedValue, day, kind_of

Fact = TypeVar("Fact")
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class RowReader(Generic[Fact]):
    """Which columns a kind of fact has, and how a row of them becomes one."""

    kind: type[Fact]
    names: tuple[str, ...]
    conversions: tuple[tuple[int, Convert], ...]

    def columns(self, prefix: str = "") -> str:
        """The columns for a SELECT, in order."""
        return ", ".join(f"{prefix}{name}" for name in self.names)

    def fact(self, row: Sequence[Any], **more: Any) -> Fact:
        """One fact of a row that begins with these columns; `more` are the fields kept elsewhere."""
        values = list(row[: len(self.names)])
        for place, convert in self.conversions:
            if values[place] is not None:
                values[place] = convert(values[place])
        return self.kind(**dict(zip(self.names, values, strict=True)), **more)


_READERS: dict[type, RowReader[Any]] = {}


def row_reader(kind: type[Fact]) -> RowReader[Fact]:
    """The reader of a kind of fact, made once from its fields."""
    if kind not in _READERS:
        _READERS[kind] = _made(kind)
    return _READERS[kind]


def _made(kind: type[Fact]) -> RowReader[Fact]:
    hints = get_type_hints(kind)
    names: list[str] = []
    conversions: list[tuple[int, Convert]] = []
    for field in fields(cast(Any, kind)):
        hint = _without_none(hints[field.name])
        if _is_kept_elsewhere(hint):
            continue
        convert = _conversion(hint, field.default)
        if convert is not None:
            conversions.append((len(names), convert))
        names.append(field.name)
    return RowReader(kind, tuple(names), tuple(conversions))


def children(
    connection: sqlite3.Connection, kind: type[Fact], table: str, owner: str, owners: Iterable[int]
) -> dict[int, list[Fact]]:
    """The facts of a table that belong to some rows, by the owner's id, in the order of entry."""
    reader = row_reader(kind)
    found: dict[int, list[Fact]] = defaultdict(list)
    ids = list(owners)
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        marks = ",".join("?" * len(part))
        for row in connection.execute(
            f"SELECT {owner}, {reader.columns()} FROM {table} WHERE {owner} IN ({marks}) ORDER BY id", part
        ):
            found[row[0]].append(reader.fact(row[1:]))
    return found


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        inside = [part for part in get_args(hint) if part is not type(None)]
        return inside[0] if len(inside) == 1 else hint
    return hint


def _is_kept_elsewhere(hint: Any) -> bool:
    if get_origin(hint) is tuple:
        return get_args(hint)[0] is not str
    return is_dataclass(hint)


def _conversion(hint: Any, default: object) -> Convert | None:
    if hint is date:
        return day
    if hint is time:
        return _time
    if hint is bool:
        return bool
    if get_origin(hint) is tuple:
        return lambda text: tuple(text.split("\n")) if text else ()
    if isinstance(hint, type) and issubclass(hint, Enum):
        kinds = hint
        return lambda text: kind_of(kinds, text) if text else default
    return None


def _time(text: str) -> time | None:
    if not text:
        return None
    try:
        return time.fromisoformat(text)
    except ValueError as why:
        raise DamagedValue(f"{text!r:.40} is no time") from why
