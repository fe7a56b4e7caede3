"""The few moves every service makes on tables: add or change a row, remove rows, count uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time
from enum import Enum
from typing import TYPE_CHECKING, Any

from tracker.errors import UserProblem
from tracker.services import words
from tracker.storage.queries.fact_rows import row_reader

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table


def put(connection: Connection, table: Table, row_id: int | None, values: Mapping[str, Any]) -> int:
    """Insert (`row_id` None) or change a row; gives its id. Raises UserProblem where it is gone."""
    if row_id is None:
        inserted = connection.execute(table.insert().values(**values)).inserted_primary_key
        assert inserted is not None
        return int(inserted[0])
    changed = connection.execute(table.update().where(table.c.id == row_id).values(**values))
    if changed.rowcount != 1:
        raise UserProblem("This was removed in the meantime.", "Undo its removal, then change it.")
    return row_id


def values_of(fact: Any) -> dict[str, Any]:
    """A fact as its row holds it, where columns and fields bear the same names; without its id.

    Texts are cleaned: those of one line cut to one, notes kept with their lines. Raises UserProblem
    for a text that is too long.
    """
    values = {name: getattr(fact, name) for name in row_reader(type(fact)).names if name != "id"}
    return {name: _stored(name, value) for name, value in values.items()}


_LONG_TEXTS = frozenset({"note", "said", "promise", "why", "about"})


def _stored(name: str, value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, tuple):
        return "\n".join(words.one_line(text, what=name, field=name) for text in value)
    if isinstance(value, str):
        if name in _LONG_TEXTS:
            return words.note(value, field=name)
        return words.one_line(value, what=name.replace("_", " "), field=name)
    return "" if value is None and name == "began_at" else value


def put_children(
    connection: Connection, table: Table, owner: str, owner_id: int, facts: Iterable[Any]
) -> list[int]:
    """Make the facts that belong to a row exactly these; gives their ids in order."""
    connection.execute(table.delete().where(table.c[owner] == owner_id))
    return [put(connection, table, None, {owner: owner_id, **values_of(fact)}) for fact in facts]


def remove(connection: Connection, table: Table, ids: Iterable[int]) -> int:
    """Delete rows by id; gives how many there were."""
    wanted = list(ids)
    count = 0
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        count += connection.execute(table.delete().where(table.c.id.in_(part))).rowcount
    return count


def replace_links(
    connection: Connection, table: Table, owner: str, owner_id: int, people: Iterable[int]
) -> None:
    """Make the people of a membership or plan exactly these."""
    connection.execute(table.delete().where(table.c[owner] == owner_id))
    for person_id in dict.fromkeys(people):
        connection.execute(table.insert().values(**{owner: owner_id, "person_id": person_id}))


def require_unused(
    connection: Connection, name: str, row_id: int, uses: Mapping[str, tuple[str, str]]
) -> None:
    """Raise UserProblem where other facts still point at a row.

    `uses` maps the words of a use ("payments") to its table and column.
    """
    for use, (table, column) in uses.items():
        count = connection.exec_driver_sql(
            f"SELECT count(*) FROM {table} WHERE {column} = ?", (row_id,)
        ).scalar_one()
        if count:
            raise UserProblem(
                f"{name} still has {count:,} {use}.", "Remove or change those first; nothing was removed."
            )
