"""A table read into what it holds: the one way in for CSV, TSV, other text tables and XLSX.

`read_any_table` opens a file, takes the saved profile or the known layout it fits, or guesses, and reads
it. A wizard calls the steps one by one: `open_table`, `guess_mapping`, and `read_table` again after each
choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.imports.found import Format, FoundAccount, FoundEob, FoundFile, FoundMoney, Progress, refused
from tracker.imports.table_claims import read_claims
from tracker.imports.table_fields import Holds
from tracker.imports.table_guess import guess_mapping
from tracker.imports.table_mapping import Mapping, fits, missing
from tracker.imports.table_money import read_money
from tracker.imports.table_opening import GUESSED, Table, open_table
from tracker.imports.table_rows import Reading

_WHOLE = 1_000
"""Parts of one progress bar."""


def read_table(table: Table, mapping: Mapping, *, progress: Progress | None = None) -> FoundFile:
    """What a table holds when it is read by a mapping. Raises nothing but Cancelled, out of `progress`."""
    why = table.refusal or missing(mapping)
    if why:
        return refused(table.name, Format.TABLE, why)
    if not table.rows:
        return refused(table.name, Format.TABLE, "There are headings but no rows under them.")
    reading = Reading(table, mapping, progress)
    eobs: Sequence[FoundEob] = ()
    money: Sequence[FoundMoney] = ()
    accounts: Sequence[FoundAccount] = ()
    if mapping.holds is Holds.CLAIMS:
        eobs = read_claims(reading)
    else:
        money, accounts = read_money(reading)
    return FoundFile(
        name=table.name,
        format=Format.TABLE,
        layout=mapping.name,
        eobs=tuple(eobs),
        money=tuple(money),
        accounts=tuple(accounts),
        problems=(*table.problems, *reading.problems),
    )


def read_any_table(
    data: bytes, name: str, *, profiles: Sequence[Mapping] = (), progress: Progress | None = None
) -> tuple[FoundFile, Table, Mapping]:
    """Read a file as a table by the first profile that fits, else by its layout or by guessing.

    The table and the mapping are for the wizard, which shows and changes them. Raises nothing but
    Cancelled, out of `progress`.
    """
    halves = _Halves(progress) if progress is not None else None
    table = open_table(data, name, progress=halves)
    mapping = next((each for each in profiles if each.opening == GUESSED and fits(each, table)), None)
    if mapping is None:
        for profile in profiles:
            if profile.opening != GUESSED:
                again = open_table(data, name, profile.opening)
                if fits(profile, again):
                    table, mapping = again, profile
                    break
    if mapping is None:
        mapping = guess_mapping(table)
    elif mapping.guesses != table.guesses:
        mapping = replace(mapping, guesses=table.guesses)
    if halves is not None:
        halves.opened()
    found = read_table(table, mapping, progress=halves)
    return replace(found, doubts=doubts(mapping)), table, mapping


def doubts(mapping: Mapping) -> tuple[str, ...]:
    """What had to be assumed to read a table, a sentence each."""
    return tuple(guess.says for guess in mapping.guesses if not guess.sure)


class _Halves:
    """Opening and reading as two halves of one bar, which never runs backwards."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._is_open = False
        self._most = 0

    def opened(self) -> None:
        """The first half is done."""
        self._is_open = True
        self(0, 1)

    def __call__(self, done: int, total: int) -> None:
        half = _WHOLE // 2 * min(done, total) // max(1, total)
        self._most = max(self._most, half + (_WHOLE // 2 if self._is_open else 0))
        self._progress(self._most, _WHOLE)
