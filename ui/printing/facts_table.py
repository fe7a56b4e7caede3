"""Facts on paper: names at the left, what is known at the right."""

from __future__ import annotations

from collections.abc import Iterable

from ui.printing.flow import PT
from ui.printing.table import Column, Row, Table, group, row


def facts_table(title: str, facts: Iterable[tuple[str, str]]) -> Table:
    """What has no value is left out."""
    return _table(title, [row(name, value) for name, value in facts if value])


def grouped_facts(title: str, facts: Iterable[tuple[str, str]]) -> Table:
    """The same, where a name without a value is the title of what follows."""
    rows: list[Row] = [row(name, value) if value else group(name) for name, value in facts]
    return _table(title, rows)


def _table(title: str, rows: Iterable[Row]) -> Table:
    columns = (Column(title, least=96), Column("", stretch=1, lines=12))
    return Table(columns, tuple(rows), size=9.0, before=16 * PT)
