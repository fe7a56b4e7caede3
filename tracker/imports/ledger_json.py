"""Reading a whole ledger from the documented JSON form: every entry checked, nothing guessed.

What is wrong is said with its place ("payments, entry 3, allocations 2"). The rows come in the order of
the file, so links are judged once all entries are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from tracker.errors import UserProblem, WorldProblem
from tracker.imports.json_stream import JsonStream, Unreadable
from tracker.ledger_form import FORMAT, VERSION
from tracker.ledger_form.kinds import Stored, Unfit, shown
from tracker.ledger_form.nouns import BY_NAME, NOUNS
from tracker.ledger_form.parts import Children, Noun, Values

FIELD = "file"
"""The field of a form that what is wrong with the file is said beside."""

TODO = "Correct the file and try again; nothing was imported."
_HEAD = ("format", "version", "exported_on", "attachments")
_DOCUMENTS = "documents"
_LEDGER = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Head:
    """What the file says of itself. Without `attachments` its documents are only listed."""

    exported_on: str
    attachments: bool


class Place(NamedTuple):
    """Where in the file a row stands: a noun, its entry counted from 1, and what is inside it."""

    noun: str
    entry: int
    inside: str = ""

    def within(self, name: str, number: int) -> Place:
        return self._replace(
            inside=f"{self.inside}, {name} {number}" if number else f"{self.inside}, {name}"
        )

    def __str__(self) -> str:
        return f"{self.noun}, entry {self.entry:,}{self.inside}"


class NewRow(NamedTuple):
    """One row to be written; `values` follow the columns that `SHAPES` has for its table."""

    table: str
    values: tuple[Stored, ...]
    place: Place


def _shapes() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}

    def add(noun: Noun, owner: str = "") -> None:
        own = tuple(column for column in noun.columns if column != "id")
        found[noun.table] = ("id", owner, *own) if owner else ("id", *own)
        for part in noun.parts:
            if isinstance(part, Values):
                found[part.table] = ("id", part.owner, part.item.stored_in)
            elif isinstance(part, Children):
                add(part.noun, part.owner)

    for noun in NOUNS:
        add(noun)
    return found


SHAPES = _shapes()
"""The columns of every table that is written, in the order of a row's values."""


def problem(path: Path, why: str, todo: str = TODO) -> UserProblem:
    """What is wrong with the file, as a sentence that names it."""
    return UserProblem(f"{path.name} {why}.", todo, field=FIELD)


class LedgerFile:
    """One file in the documented form. `passed` is told how many bytes were read so far."""

    def __init__(self, path: Path, *, passed: Callable[[int], object] = lambda _bytes: None) -> None:
        """Reads the head. Raises UserProblem where this is no such file, or one of a newer version."""
        self._path = path
        self._passed = passed
        self._ids: dict[str, set[int]] = {}
        self._wanted: dict[str, dict[int, tuple[str, Place]]] = {}
        self._next: dict[str, int] = {}
        self.head = self._read_head(passed)
        self.entries = 0
        self.left_out = 0
        """Documents that are only listed."""
        self.documents: dict[str, tuple[str, int, Place]] = {}
        """Name, size in bytes and place of every content that documents name, by its SHA-256."""

    def rows(self) -> Iterator[NewRow]:
        """Every row of every noun; raises UserProblem at the first thing that is wrong."""
        for noun, number, record in self._walk(self._passed):
            if noun.name == _DOCUMENTS and not self.head.attachments:
                self.left_out += 1
                continue
            self.entries += 1
            place = Place(noun.name, number)
            try:
                yield from self._rows_of(noun, record, place)
            except _AtPlace as why:
                raise problem(self._path, f"has something wrong: {why}") from why
        self._judge_links()

    # one entry -----------------------------------------------------------------------

    def _rows_of(self, noun: Noun, record: Any, place: Place, owner: int | None = None) -> Iterator[NewRow]:
        try:
            values = noun.values(record)
            noun.holds(values)
        except Unfit as why:
            raise _AtPlace(f"{place}, {why}") from why
        except UserProblem as why:
            raise _AtPlace(f"{place}: {why.what.rstrip('.')}") from why
        row_id = self._take_id(noun, values, place)
        for column, target in noun.links:
            self._want(target, values[column], column, place)
        if noun.name == _DOCUMENTS:
            known = self.documents.setdefault(values["sha256"], (values["name"], values["size"], place))
            if known[1] != values["size"]:
                raise _AtPlace(f"{place}, size is another than in {known[2]} for the same sha256")
        own = tuple(values[column] for column in noun.columns if column != "id")
        yield NewRow(noun.table, (row_id, *own) if owner is None else (row_id, owner, *own), place)
        for part in noun.parts:
            if isinstance(part, Values):
                yield from self._plain_values(part, record.get(part.name), place, row_id)
            elif isinstance(part, Children):
                for number, child in enumerate(_listed(part, record.get(part.name), place), start=1):
                    where = place.within(part.name, 0 if part.single else number)
                    yield from self._rows_of(part.noun, child, where, row_id)

    def _plain_values(self, part: Values, found: Any, place: Place, owner: int) -> Iterator[NewRow]:
        for number, value in enumerate(_list(part.name, found, place), start=1):
            where = place.within(part.name, number)
            try:
                pairs = dict(part.item.back({part.item.name: value}))
            except Unfit as why:
                raise _AtPlace(f"{where}, {why}") from why
            stored = pairs[part.item.stored_in]
            for column, target in part.item.links:
                self._want(target, stored, column, where)
            yield NewRow(part.table, (self._count_up(part.table), owner, stored), where)

    def _take_id(self, noun: Noun, values: dict[str, Stored], place: Place) -> int:
        if not noun.has_ids:
            return self._count_up(noun.table)
        seen = self._ids.setdefault(noun.name, set())
        row_id: int = values["id"]
        if row_id in seen:
            raise _AtPlace(f"{place}, has the id {row_id}, which an entry before it has")
        seen.add(row_id)
        return row_id

    def _count_up(self, table: str) -> int:
        self._next[table] = self._next.get(table, 0) + 1
        return self._next[table]

    # links ---------------------------------------------------------------------------

    def _want(self, noun: str, number: int | None, name: str, place: Place) -> None:
        if number is not None:
            self._wanted.setdefault(noun, {}).setdefault(number, (name, place))

    def _judge_links(self) -> None:
        for noun, wanted in self._wanted.items():
            known = self._ids.get(noun, set())
            for number, (name, place) in wanted.items():
                if number not in known:
                    raise problem(
                        self._path,
                        f"has a link that leads nowhere: {place}, {name} is {number},"
                        f" which is the id of none of its {noun}",
                    )

    # the file ------------------------------------------------------------------------

    def _read_head(self, passed: Callable[[int], object]) -> Head:
        found: dict[str, Any] = {}
        try:
            if self._path.is_dir():
                raise problem(self._path, "is a folder", "Choose the JSON file beside it.")
            with _open(self._path) as file:
                if file.read(len(_LEDGER)) == _LEDGER:
                    raise problem(self._path, "is a ledger, not an export of one", "Open it instead.")
            with _open(self._path) as file:
                stream = JsonStream(file, passed=passed)
                for key in stream.fields():
                    if key in _HEAD:
                        found[key] = stream.value()
                    elif key == "nouns":
                        if found.keys() >= set(_HEAD):
                            break
                        _pass_over(stream)  # a head that comes last is looked for all the same
                    else:
                        raise Unreadable(f"has {shown(key)}, a field this version does not know")
        except Unreadable as why:
            if found.get("format") == FORMAT and "version" in found:
                _judge_version(self._path, found["version"])  # a newer one may well read otherwise
            raise problem(self._path, str(why)) from why
        except FileNotFoundError:
            raise problem(self._path, "is not there", "Choose another file.") from None
        except OSError as why:
            raise _unreadable(self._path, why) from why
        return _judged_head(self._path, found)

    def _walk(self, passed: Callable[[int], object]) -> Iterator[tuple[Noun, int, Any]]:
        """Noun, number and object of every entry."""
        try:
            with _open(self._path) as file:
                stream = JsonStream(file, passed=passed)
                has_nouns = False
                for key in stream.fields():
                    if key != "nouns":
                        stream.value()
                        continue
                    has_nouns = True
                    for name in stream.fields():
                        noun = BY_NAME.get(name)
                        if noun is None:
                            raise Unreadable(f"has {shown(name)}, a noun this version does not know")
                        for number, record in enumerate(stream.entries(), start=1):
                            yield noun, number, record
                stream.end()
        except Unreadable as why:
            raise problem(self._path, str(why)) from why
        except OSError as why:
            raise _unreadable(self._path, why) from why
        if not has_nouns:
            raise problem(self._path, "has no nouns")


class _AtPlace(Exception):
    """What is wrong, with its place before it."""


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


def _pass_over(stream: JsonStream) -> None:
    for name in stream.fields():
        for entry in stream.entries():
            if name not in BY_NAME or not isinstance(entry, dict):
                raise Unreadable("is not an export of a ledger")


def _judged_head(path: Path, found: dict[str, Any]) -> Head:
    if found.get("format") != FORMAT:
        raise problem(path, "is not an export of a ledger", "Choose a file that `data export` wrote.")
    _judge_version(path, found.get("version"))
    exported_on, attachments = found.get("exported_on"), found.get("attachments", False)
    if not isinstance(attachments, bool):
        raise problem(path, f"has {shown(attachments)} for attachments where true or false is meant")
    return Head(str(exported_on), attachments)


def _judge_version(path: Path, version: Any) -> None:
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise problem(path, f"has {shown(version)} for version where a whole number from 1 is meant")
    if version > VERSION:
        raise problem(
            path,
            "was written by a newer version of Concierge Ledger",
            "Update the program to import it; nothing was imported.",
        )


def _listed(part: Children, found: Any, place: Place) -> list[Any]:
    if part.single:
        return [] if found is None else [found]
    return _list(part.name, found, place)


def _list(name: str, found: Any, place: Place) -> list[Any]:
    if found is None:
        return []
    if not isinstance(found, list):
        raise _AtPlace(f"{place}, {name} has {shown(found)} where a list is meant")
    return found


def _unreadable(path: Path, why: OSError) -> WorldProblem:
    return WorldProblem(
        f"{path.name} could not be read: {why.strerror or why}.", "Check the file and try again."
    )
