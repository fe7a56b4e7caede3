"""The judged rows of an import with the member's own ticks and edits over them, made beside the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from tracker.domain.importing.rows import EobRow, MoneyRow, RowState
from tracker.services.import_preview import Preview

RowKey = tuple[str, int]
"""A row by the path of its file and its place in that file: it stays while others come and go."""


class Kind(StrEnum):
    """The two sorts of rows, each with columns of its own."""

    MONEY = "money"
    EOBS = "eobs"


class Tab(StrEnum):
    """Which rows are shown. DECIDE are rows that look like a payment there, and EOBs of nobody."""

    NEW = "new"
    DECIDE = "decide"
    CHANGED = "changed"
    KNOWN = "known"
    LEFT = "left"
    ALL = "all"
    LOOK = "look"


@dataclass
class Own:
    """What the member ticked and edited, by kind and row; `turn` counts the changes."""

    takes: dict[Kind, dict[RowKey, bool]] = field(default_factory=lambda: {kind: {} for kind in Kind})
    edits: dict[Kind, dict[RowKey, dict[str, Any]]] = field(
        default_factory=lambda: {kind: {} for kind in Kind}
    )
    turn: int = 0

    def copy(self) -> Own:
        """What there is now; later changes do not reach it."""
        takes = {kind: dict(held) for kind, held in self.takes.items()}
        return Own(takes, {kind: dict(held) for kind, held in self.edits.items()}, self.turn)


@dataclass
class Sheet:
    """The rows of one kind in the order of the files. `takes` are the ticks, `tabs` where rows stand,
    `starts` the first place of each file, `turn` how many of the member's changes are in it.
    """

    kind: Kind
    rows: list[Any] = field(default_factory=list)
    takes: bytearray = field(default_factory=bytearray)
    tabs: list[Tab] = field(default_factory=list)
    counts: Counter[Tab] = field(default_factory=Counter)
    starts: dict[int, int] = field(default_factory=dict)
    turn: int = 0

    def put(self, place: int, fields: Mapping[str, Any]) -> None:
        """Change what a row would become: fields of `Proposed`, or of an EOB's row."""
        row = self.rows[place]
        if self.kind is Kind.MONEY:
            self.rows[place] = replace(row, proposed=replace(row.proposed, **fields))
        else:
            self.rows[place] = replace(row, **fields)


def sheets_of(preview: Preview, own: Own) -> dict[Kind, Sheet]:
    """Both kinds of rows, the member's changes over what was judged."""
    made = {
        Kind.MONEY: _sheet(Kind.MONEY, preview.money),
        Kind.EOBS: _sheet(Kind.EOBS, preview.eobs),
    }
    files = {file.path: n for n, file in enumerate(preview.files)}
    for kind, sheet in made.items():
        for key, fields in own.edits[kind].items():
            place = _place(sheet, key, files)
            if place is not None:
                sheet.put(place, fields)
        for key, take in own.takes[kind].items():
            place = _place(sheet, key, files)
            if place is not None and tickable(sheet.rows[place]):
                sheet.takes[place] = take
        sheet.turn = own.turn
    return made


def keyed(preview: Preview) -> Iterator[tuple[RowKey, EobRow]]:
    """EOBs with their keys; they stand in the order of the files."""
    file, count = -1, 0
    for row in preview.eobs:
        count = count + 1 if row.file == file else 0
        file = row.file
        yield (preview.files[file].path, count), row


def tab_of(row: MoneyRow | EobRow) -> Tab:
    """Under which tab a row stands, by what was judged and not by its tick, so that none jumps away."""
    if isinstance(row, EobRow) and row.needs_person:
        return Tab.DECIDE
    if row.state is RowState.KNOWN:
        return Tab.KNOWN
    if row.state is RowState.LIKELY:
        return Tab.DECIDE
    if row.state is RowState.CHANGED:
        return Tab.CHANGED
    return Tab.NEW if row.take else Tab.LEFT


def tickable(row: MoneyRow | EobRow) -> bool:
    """Whether a row can be taken at all."""
    if row.state is RowState.KNOWN:
        return False
    if isinstance(row, EobRow):
        return row.draft is not None and not row.problem
    # The second side of a transfer is taken with the first; nothing moved where there is no amount.
    second = row.proposed.pair is not None and row.found.amount > 0
    return row.found.amount != 0 and not second


def _sheet(kind: Kind, rows: Sequence[MoneyRow | EobRow]) -> Sheet:
    starts: dict[int, int] = {}
    for place, row in enumerate(rows):
        starts.setdefault(row.file, place)
    tabs = [tab_of(row) for row in rows]
    return Sheet(
        kind=kind,
        rows=list(rows),
        takes=bytearray(row.take and tickable(row) for row in rows),
        tabs=tabs,
        counts=Counter(tabs),
        starts=starts,
    )


def _place(sheet: Sheet, key: RowKey, files: Mapping[str, int]) -> int | None:
    """Where a row stands now; None where its file is gone or was read another way."""
    file = files.get(key[0])
    start = sheet.starts.get(file) if file is not None else None
    if start is None:
        return None
    place = start + key[1]
    return place if place < len(sheet.rows) and sheet.rows[place].file == file else None
