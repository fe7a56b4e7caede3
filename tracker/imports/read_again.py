"""Reading one file once more, with the person's word on what its first reading had to assume."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tracker.errors import UserProblem
from tracker.imports.found import FoundFile, Progress
from tracker.imports.opened import Opened, chosen, opened
from tracker.imports.qif import read_qif
from tracker.imports.table_mapping import Mapping
from tracker.imports.table_opening import Table
from tracker.imports.table_reading import doubts, read_any_table, read_table


def qif_again(file: FoundFile, *, day_first: bool, progress: Progress | None = None) -> FoundFile:
    """A QIF file with its dates read day first, or month first.

    Raises UserProblem where the file is no longer what it was; `progress` may raise Cancelled.
    """
    same = _same(file)
    return _with_place(read_qif(same.data, same.name, progress=progress, day_first=day_first), file)


def table_of(
    file: FoundFile, *, profiles: Sequence[Mapping] = (), progress: Progress | None = None
) -> tuple[Table, Mapping]:
    """The cells of a table and how they were read, for the wizard. Raises as `qif_again` does."""
    same = _same(file)
    return read_any_table(same.data, same.name, profiles=profiles, progress=progress)[1:]


def table_again(
    file: FoundFile, table: Table, mapping: Mapping, *, progress: Progress | None = None
) -> FoundFile:
    """A table, as it was opened for the mapping, read by it. Raises nothing but Cancelled."""
    found = read_table(table, mapping, progress=progress)
    return _with_place(replace(found, doubts=doubts(mapping)), file)


def _same(file: FoundFile) -> Opened:
    """The bytes of a file that was read before, wherever it lies: alone, in a folder or in a zip."""
    given = Path(file.path)
    place = next((path for path in (given, *given.parents) if path.exists()), given)
    for found in opened(chosen([place])):
        if found.why or found.sha256 != file.sha256:
            continue
        return found
    raise UserProblem(
        f"{file.name} is no longer there as it was read.", "Take it off the list and choose it again."
    )


def _with_place(found: FoundFile, file: FoundFile) -> FoundFile:
    return replace(found, path=file.path, size=file.size, sha256=file.sha256)
