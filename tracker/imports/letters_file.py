"""The letters that come with the program, read from `resources/letters/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from tracker.domain.claims.letters import LetterKind, Part, Template
from tracker.errors import WorldProblem

Table = dict[str, Any]


@cache
def letters() -> Mapping[LetterKind, Template]:
    """The ten letters by kind; read once. Raises WorldProblem where a file is not there."""
    folder = files("resources") / "letters"
    try:
        return {
            kind: parse_letter(kind, (folder / f"{kind.value}.toml").read_text("utf-8"))
            for kind in LetterKind
        }
    except OSError as why:
        raise WorldProblem("The letters could not be read.", "Install the program again.") from why


def parse_letter(kind: LetterKind, text: str) -> Template:
    """The letter in the text of such a file."""
    table = tomllib.loads(text)
    return Template(
        kind=kind,
        name=table["name"],
        what_for=table["what_for"],
        subject=table["subject"],
        greeting=table["greeting"],
        to=_parts(table["to"]),
        regarding=_parts(table["regarding"]),
        parts=_parts(table["part"]),
        enclosed=_parts(table.get("enclosed", [])),
    )


def _parts(rows: list[str | Table]) -> tuple[Part, ...]:
    """Parts are texts alone, or tables with what must be known for them."""
    return tuple(_part({"text": row} if isinstance(row, str) else row) for row in rows)


def _part(row: Table) -> Part:
    return Part(row["text"].strip(), tuple(row.get("needs", ())), tuple(row.get("unless", ())))
