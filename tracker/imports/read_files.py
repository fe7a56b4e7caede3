"""Reading every file a person chose: opened, recognised, given to its reader, one result for each.

A file that cannot be read never stops the others: it has its problem instead. Nothing is left out in
silence, so every result holds something or says why not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tracker.errors import Cancelled, UserProblem, WorldProblem
from tracker.imports.faults import OUR_FAULT, log_fault
from tracker.imports.found import Format, FoundFile, FoundProblem, Progress, refused
from tracker.imports.opened import Opened, chosen, opened

_NOTHING = "It was read, but no payment, claim or EOB is in it."


def read_files(
    paths: Sequence[str | Path], *, profiles: Sequence[Any] = (), progress: Progress | None = None
) -> tuple[FoundFile, ...]:
    """Everything in files, folders and zips, in the order given; nothing of it is taken yet.

    `profiles` are the member's own table layouts, tried before those built in. `progress` hears of bytes.
    Raises Cancelled where it does, and nothing else.
    """
    meant = chosen(paths)
    work = _Work(meant.weight, progress)
    found = []
    for file in opened(meant):
        found.append(_read(file, profiles, work))
        work.finish(file.weight)
    work.end()
    return tuple(found)


class _Work:
    """How much of all the bytes is done, for a progress bar over all files."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._total = total
        self._progress = progress
        self._behind = 0

    def part(self, weight: int) -> Progress | None:
        """The progress of one file as a share of the whole."""
        tell = self._progress
        if tell is None:
            return None

        def told(done: int, total: int) -> None:
            share = weight * min(done, total) // total if total > 0 else 0
            tell(min(self._behind + share, self._total), self._total)

        return told

    def finish(self, weight: int) -> None:
        self._behind = min(self._behind + weight, self._total)
        if self._progress is not None:
            self._progress(self._behind, self._total)

    def end(self) -> None:
        if self._progress is not None:
            self._progress(self._total, self._total)


def _read(file: Opened, profiles: Sequence[Any], work: _Work) -> FoundFile:
    if file.why:
        found = refused(file.name, file.format, file.why)
    else:
        found = _by_reader(file, profiles, work.part(file.weight))
    if found.is_empty and not found.problems:
        found = replace(found, problems=(FoundProblem(why=_NOTHING),))
    return replace(found, path=file.path, size=file.size, sha256=file.sha256)


def _by_reader(file: Opened, profiles: Sequence[Any], progress: Progress | None) -> FoundFile:
    """What the reader of a format makes of a file, whatever happens inside it."""
    try:
        match file.format:
            case Format.FHIR:
                from tracker.imports.fhir import read_fhir

                return read_fhir(file.data, file.name, progress=progress)
            case Format.OFX:
                from tracker.imports.ofx import read_ofx

                return read_ofx(file.data, file.name, progress=progress)
            case Format.QIF:
                from tracker.imports.qif import read_qif

                return read_qif(file.data, file.name, progress=progress)
            case Format.TABLE:
                from tracker.imports.table_reading import read_any_table

                return read_any_table(file.data, file.name, profiles=profiles, progress=progress)[0]
    except Cancelled:
        raise
    except (UserProblem, WorldProblem) as problem:
        return refused(file.name, file.format, str(problem))
    except MemoryError:
        return refused(
            file.name, file.format, "There is not enough memory to read it. Choose a shorter period."
        )
    except Exception as why:  # noqa: BLE001 - one bad file never stops the others
        log_fault(f"the reader of {file.format} files", why)
        return refused(file.name, file.format, OUR_FAULT)
    return refused(file.name, file.format, _NOTHING)
