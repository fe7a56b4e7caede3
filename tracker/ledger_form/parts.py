"""How a row of a table becomes a JSON object, and an object the values of a row.

A noun has parts: fields, objects made of several columns, lists from tables of their own. Rows here are
mappings of column to stored value; what a part cannot take raises Unfit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from tracker.ledger_form.kinds import Count, Id, Json, Kind, Link, Stored, Unfit, shown

Row: TypeAlias = Mapping[str, Stored]
Record: TypeAlias = Mapping[str, Json]


@dataclass(frozen=True)
class Field:
    """One column under one name. A field that is absent or null takes `default`, if it is not required."""

    name: str
    kind: Kind
    column: str = ""
    required: bool = False
    default: Stored = None

    @property
    def stored_in(self) -> str:
        return self.column or self.name

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.stored_in,)

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Column and noun of each link in it."""
        return ((self.stored_in, self.kind.noun),) if isinstance(self.kind, Link) else ()

    def out(self, row: Row) -> Iterator[tuple[str, Json]]:
        yield self.name, self.kind.out(row[self.stored_in])

    def back(self, record: Record) -> Iterator[tuple[str, Stored]]:
        value = record.get(self.name)
        if value is None:
            if self.required:
                raise Unfit(f"has no {self.name}")
            yield self.stored_in, self.default
            return
        try:
            yield self.stored_in, self.kind.back(value)
        except Unfit as why:
            raise Unfit(f"{self.name} {why}") from why

    def described(self) -> dict[str, Json]:
        said: dict[str, Json] = {"kind": self.kind.name, **self.kind.described()}
        if self.required:
            said["required"] = True
        else:
            said["absent"] = self.kind.out(self.default)
        return {self.name: said}


@dataclass(frozen=True)
class Group:
    """Several columns as one object; null where the column `unless` is empty."""

    name: str
    fields: tuple[Field, ...]
    unless: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(item.stored_in for item in self.fields)

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        return tuple(link for item in self.fields for link in item.links)

    def out(self, row: Row) -> Iterator[tuple[str, Json]]:
        if self.unless and not row[self.unless]:
            yield self.name, None
        else:
            yield self.name, dict(pair for item in self.fields for pair in item.out(row))

    def back(self, record: Record) -> Iterator[tuple[str, Stored]]:
        value = record.get(self.name)
        if value is None:
            for item in self.fields:
                yield item.stored_in, item.default
            return
        if not isinstance(value, dict):
            raise Unfit(f"{self.name} has {shown(value)} where an object is meant")
        _refuse_unknown(value, [item.name for item in self.fields], f"in {self.name} ")
        for item in self.fields:
            try:
                yield from item.back(value)
            except Unfit as why:
                raise Unfit(f"in {self.name} {why}") from why

    def described(self) -> dict[str, Json]:
        inside: dict[str, Json] = {}
        for item in self.fields:
            inside |= item.described()
        return {self.name: {"kind": "object or null" if self.unless else "object", "fields": inside}}


@dataclass(frozen=True)
class Measured:
    """A number that another field says how to read: a count where that field is `counted`, else dollars."""

    name: str
    by: str
    counted: str
    amount: Kind
    count: Count = field(default_factory=Count)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.name,)

    links = ()

    def out(self, row: Row) -> Iterator[tuple[str, Json]]:
        yield self.name, self._kind(row[self.by]).out(row[self.name])

    def back(self, record: Record) -> Iterator[tuple[str, Stored]]:
        value = record.get(self.name)
        if value is None:
            raise Unfit(f"has no {self.name}")
        try:
            yield self.name, self._kind(record.get(self.by)).back(value)
        except Unfit as why:
            raise Unfit(f"{self.name} {why}") from why

    def described(self) -> dict[str, Json]:
        said = f"{self.amount.name}; a whole number where {self.by} is {self.counted}"
        return {self.name: {"kind": said, "required": True}}

    def _kind(self, by: Json) -> Kind:
        return self.count if by == self.counted else self.amount


@dataclass(frozen=True)
class Owner:
    """One link to any of several nouns, each with a column of its own: `noun` and `noun_id`."""

    nouns: Mapping[str, tuple[str, str]]
    """The word of each, with its column and the noun it links to."""

    names = ("noun", "noun_id")
    _id = Id()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column for column, _noun in self.nouns.values())

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        return tuple(self.nouns.values())

    def out(self, row: Row) -> Iterator[tuple[str, Json]]:
        held = ((word, row[column]) for word, (column, _) in self.nouns.items() if row[column] is not None)
        word, noun_id = next(held, (None, None))
        yield "noun", word
        yield "noun_id", noun_id

    def back(self, record: Record) -> Iterator[tuple[str, Stored]]:
        word = record.get("noun")
        if not isinstance(word, str) or word not in self.nouns:
            raise Unfit(f"noun has {shown(word)} where one of {', '.join(self.nouns)} is meant")
        try:
            noun_id = self._id.back(record.get("noun_id"))
        except Unfit as why:
            raise Unfit(f"noun_id {why}") from why
        for name, (column, _noun) in self.nouns.items():
            yield column, noun_id if name == word else None

    def described(self) -> dict[str, Json]:
        return {
            "noun": {"kind": "word", "words": list(self.nouns), "required": True},
            "noun_id": {"kind": "link", "required": True},
        }


@dataclass(frozen=True)
class Values:
    """A list of plain values from a table of its own, such as the people of a plan."""

    name: str
    table: str
    owner: str
    item: Field

    def described(self) -> dict[str, Json]:
        return {self.name: {"kind": "list", "items": self.item.described()[self.item.name]}}


@dataclass(frozen=True)
class Children:
    """A list of objects from a table of its own; with `single` one object or null."""

    name: str
    owner: str
    noun: Noun
    single: bool = False

    def described(self) -> dict[str, Json]:
        kind = "object or null" if self.single else "list of objects"
        return {self.name: {"kind": kind, "fields": self.noun.described()}}


Own: TypeAlias = Field | Group | Measured | Owner
"""A part that lives in the noun's own row."""

Part: TypeAlias = Own | Values | Children


def _nothing(_values: Row) -> None:
    """Most nouns hold whatever their fields hold."""


@dataclass(frozen=True)
class Noun:
    """One kind of entry: its table and its parts, in the order they are written.

    `holds` looks at a whole row and raises UserProblem where its values contradict each other in a way
    that would keep the ledger from being read.
    """

    name: str
    table: str
    parts: tuple[Part, ...]
    says: str = ""
    holds: Callable[[Row], object] = _nothing

    @cached_property
    def own(self) -> tuple[Own, ...]:
        return tuple(part for part in self.parts if not isinstance(part, Values | Children))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of its table that the form carries, without the id and the owner of a child."""
        return tuple(column for part in self.own for column in part.columns)

    @cached_property
    def links(self) -> tuple[tuple[str, str], ...]:
        return tuple(link for part in self.own for link in part.links)

    @cached_property
    def names(self) -> frozenset[str]:
        own = (name for part in self.own for name in part.names)
        return frozenset(own) | {part.name for part in self.parts if isinstance(part, Values | Children)}

    @cached_property
    def has_ids(self) -> bool:
        """Whether other entries can link to it."""
        return "id" in self.columns

    def values(self, record: Json) -> dict[str, Stored]:
        """The row of an object, without what lies in other tables; raises Unfit."""
        if not isinstance(record, dict):
            raise Unfit(f"is {shown(record)} where an object is meant")
        _refuse_unknown(record, self.names, "")
        return dict(pair for part in self.own for pair in part.back(record))

    def described(self) -> dict[str, Json]:
        said: dict[str, Json] = {}
        for part in self.parts:
            said |= part.described()
        return said


def _refuse_unknown(record: Record, known: object, place: str) -> None:
    unknown = sorted(set(record) - set(known))  # type: ignore[call-overload]
    if unknown:
        raise Unfit(f"{place}has {shown(unknown[0])}, a field this version does not know")
