"""The layouts of known downloads, read from `resources/imports/table_layouts.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tracker.errors import WorldProblem
from tracker.imports.table_dates import DateOrder
from tracker.imports.table_fields import Field, Holds
from tracker.imports.table_headings import plain
from tracker.imports.table_mapping import NOT_MOVED, Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One known download. `columns` is by plain heading, None for a column that is not read.

    `refuse` says why there is nothing to take; `named` gives the kind of money by a word in the file name.
    """

    name: str
    holds: Holds
    headings: frozenset[str]
    never: frozenset[str]
    columns: AnyMapping[str, Field | None]
    direction: Direction | None
    dates: DateOrder | None
    institution: str
    account_kind: str
    named: AnyMapping[str, str]
    not_moved: tuple[str, ...]
    refuse: str

    def kind_of(self, file_name: str) -> str:
        """The kind of money that the file's name tells, or nothing."""
        name = file_name.casefold()
        return next((kind for word, kind in self.named.items() if word in name), "")


@cache
def layouts() -> tuple[Layout, ...]:
    """All layouts, in the order in which they are tried; read once.

    Raises WorldProblem where the file is not there.
    """
    try:
        text = (files("resources") / "imports" / "table_layouts.toml").read_text("utf-8")
    except OSError as why:
        raise WorldProblem(
            "The list of known downloads could not be read.", "Install the program again."
        ) from why
    return parse_layouts(text)


def parse_layouts(text: str) -> tuple[Layout, ...]:
    """The layouts in the text of such a file."""
    return tuple(_layout(row) for row in tomllib.loads(text).get("layout", []))


def layout_for(headings: Sequence[str]) -> Layout | None:
    """The layout with these headings, or None."""
    names = {plain(heading) for heading in headings if heading}
    return next(
        (each for each in layouts() if each.headings <= names and not each.never & names),
        None,
    )


def _layout(row: AnyMapping[str, Any]) -> Layout:
    return Layout(
        name=row["name"],
        holds=Holds(row["holds"]),
        headings=frozenset(plain(each) for each in row["headings"]),
        never=frozenset(plain(each) for each in row.get("never", [])),
        columns={
            plain(each): Field(held) if held else None for each, held in row.get("columns", {}).items()
        },
        direction=Direction(row["direction"]) if "direction" in row else None,
        dates=DateOrder(row["dates"]) if "dates" in row else None,
        institution=row.get("institution", ""),
        account_kind=row.get("account_kind", ""),
        named=row.get("named", {}),
        not_moved=tuple(row.get("not_moved", NOT_MOVED)),
        refuse=row.get("refuse", ""),
    )
