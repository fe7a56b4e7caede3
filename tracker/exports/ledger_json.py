"""A whole ledger as JSON text in the documented form (`tracker.ledger_form`), piece by piece."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Protocol

from tracker.ledger_form import FORMAT, VERSION
from tracker.ledger_form.nouns import NOUNS
from tracker.ledger_form.parts import Children, Noun, Part, Values

_Rows = dict[int, list[tuple[Any, ...]]]


class Source(Protocol):
    """Where the rows come from; each begins with its id."""

    def rows(self, table: str, columns: Sequence[str]) -> Iterable[list[tuple[Any, ...]]]: ...

    def rows_of(self, table: str, owner: str, columns: Sequence[str], owners: Iterable[int]) -> _Rows: ...


def pieces(
    source: Source,
    *,
    exported_on: date,
    attachments: bool,
    step: Callable[[int], object] = lambda _count: None,
) -> Iterator[str]:
    """The text of the file, some hundred entries at a time, one entry to a line.

    `step` is told how many entries were just written. The same facts give the same text.
    """
    head = {
        "format": FORMAT,
        "version": VERSION,
        "exported_on": exported_on.isoformat(),
        "attachments": attachments,
    }
    for key, value in head.items():
        yield f"{'{' if key == 'format' else ''}{_text(key)}: {_text(value)},\n"
    yield '"nouns": {'
    for place, noun in enumerate(NOUNS):
        yield f"{',' if place else ''}\n{_text(noun.name)}: ["
        between = "\n"
        for batch in source.rows(noun.table, noun.columns):
            lines = [_text(record) for record in _records(source, noun, batch)]
            yield between + ",\n".join(lines)
            between = ",\n"
            step(len(lines))
        yield "\n]" if between == ",\n" else "]"
    yield "\n}}\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _records(source: Source, noun: Noun, batch: list[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """The objects of some rows of a noun, with everything that stands inside them."""
    ids = [row[0] for row in batch]
    inside = {
        part.name: _inside(source, part, ids) for part in noun.parts if isinstance(part, Values | Children)
    }
    columns = ("row", *noun.columns)  # `id` may itself be one of the columns
    for row in batch:
        values = dict(zip(columns, row, strict=True))
        record: dict[str, Any] = {}
        for part in noun.parts:
            if isinstance(part, Values | Children):
                record[part.name] = _held(part, inside[part.name].get(row[0], []))
            else:
                record.update(part.out(values))
        yield record


def _inside(source: Source, part: Values | Children, owners: list[int]) -> dict[int, list[Any]]:
    """What stands inside some entries, by the entry's id."""
    if isinstance(part, Values):
        column = part.item.stored_in
        found = source.rows_of(part.table, part.owner, (column,), owners)
        return {owner: [part.item.kind.out(row[1]) for row in rows] for owner, rows in found.items()}
    found = source.rows_of(part.noun.table, part.owner, part.noun.columns, owners)
    every = [(owner, row) for owner, rows in found.items() for row in rows]
    made = _records(source, part.noun, [row for _owner, row in every])
    held: dict[int, list[Any]] = {}
    for (owner, _row), record in zip(every, made, strict=True):
        held.setdefault(owner, []).append(record)
    return held


def _held(part: Part, found: list[Any]) -> Any:
    if isinstance(part, Children) and part.single:
        return found[0] if found else None
    return found


def described() -> dict[str, Any]:
    """The whole form for a machine: every noun with its fields, and what the kinds of fields mean."""
    from tracker.ledger_form import kinds

    said = {
        kind.name: kind.says
        for kind in vars(kinds).values()
        if isinstance(kind, type) and issubclass(kind, kinds.Kind) and kind.name
    }
    return {
        "format": FORMAT,
        "version": VERSION,
        "head": {
            "exported_on": "The day it was written, YYYY-MM-DD.",
            "attachments": "Whether the attached files lie in the folder beside, named as the file with"
            " \u201c files\u201d instead of its ending.",
        },
        "kinds": said,
        "nouns": {noun.name: {"about": noun.says, "fields": noun.described()} for noun in NOUNS},
    }
