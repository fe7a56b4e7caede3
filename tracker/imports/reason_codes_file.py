"""The reason codes that come with the program, read from `resources/rules/reason_codes.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from tracker.domain.claims.reason_codes import Advice, CodeTable, Group, Loss, Meaning
from tracker.errors import WorldProblem

Table = dict[str, Any]


@cache
def reason_codes() -> CodeTable:
    """The whole table; read once. Raises WorldProblem where the file is not there."""
    try:
        text = (files("resources") / "rules" / "reason_codes.toml").read_text("utf-8")
    except OSError as why:
        raise WorldProblem(
            "The list of reason codes could not be read.", "Install the program again."
        ) from why
    return parse_reason_codes(text)


def parse_reason_codes(text: str) -> CodeTable:
    """The table in the text of such a file."""
    table = tomllib.loads(text)
    return CodeTable(
        groups={code: _group(code, row) for code, row in table.get("group", {}).items()},
        adjustments={code: _meaning(code, row) for code, row in table.get("carc", {}).items()},
        remarks={code: _meaning(code, row) for code, row in table.get("rarc", {}).items()},
        statuses={int(code): words for code, words in table.get("status", {}).items()},
        sources=tuple(table.get("sources", ())),
        checked_on=table.get("checked_on"),
    )


def _group(code: str, row: Table) -> Group:
    return Group(code, row["name"], row["words"], Loss(row["loss"]), row.get("raises_what_you_owe"))


def _meaning(code: str, row: Table) -> Meaning:
    return Meaning(
        code=code,
        words=row["words"],
        first=row["first"],
        usual=tuple(row.get("usual", ())),
        detectors=tuple(row.get("detectors", ())),
        alert=row.get("alert", False),
        under={
            group: Advice(more.get("first", ""), tuple(more.get("detectors", ())))
            for group, more in row.get("as", {}).items()
        },
    )
