"""What the import window reads beside the UI thread: files, judged rows, names to show them by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tracker.facts.found import FoundFile
from tracker.money import dollars
from tracker.services.bundle import Services
from tracker.services.import_preview import Preview
from tracker.storage.complaints import translated
from ui.models.import_sheet import Kind, Own, RowKey, Sheet, keyed, sheets_of

Step = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Names:
    """The ledger's names by id, for showing rows and for typing into them."""

    lines: Mapping[int, str] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)
    accounts: Mapping[int, str] = field(default_factory=dict)
    open_accounts: tuple[tuple[int, str], ...] = ()
    payees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A preview with what its table needs at once. `widest` are the longest amounts, as shown."""

    preview: Preview
    names: Names
    sheets: dict[Kind, Sheet]
    words: tuple[str, ...] = ()
    """For each row of money what one may look for, in small letters."""
    widest: tuple[str, str] = ("", "")
    counts: Mapping[tuple[int, str], int] = field(default_factory=dict)
    """Rows of money by file and the file's own number of the account."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the member has said so far that decides how rows are judged.

    `accounts` by file path and the file's own number of the account; `people` by row; `own` are ticks
    and edits as they were when it was asked.
    """

    accounts: Mapping[tuple[str, str], int | None] = field(default_factory=dict)
    people: Mapping[RowKey, int] = field(default_factory=dict)
    own: Own = field(default_factory=Own)


def read_more(
    services: Services, paths: Sequence[Path], there: Sequence[FoundFile], step: Step
) -> tuple[tuple[FoundFile, ...], str]:
    """The files on the list and those read now, each content once, and a remark on what was left out."""
    with translated(services.ledger.path):
        found = services.importing.read(paths, progress=step)
    kept, twice = list(there), 0
    hashes = {file.sha256 for file in there if file.sha256}
    places = {file.path for file in there}
    for file in found:
        if file.sha256 and file.sha256 in hashes:
            twice += 1
            continue
        if file.path in places:  # changed since it was read first
            kept = [other for other in kept if other.path != file.path]
        hashes.add(file.sha256)
        places.add(file.path)
        kept.append(file)
    return tuple(kept), _twice_words(twice)


def judge(services: Services, files: Sequence[FoundFile], said: Said) -> Judged:
    """Judge every row of the files against the ledger as it is now."""
    with translated(services.ledger.path):
        chosen = {
            (n, source): account_id
            for n, file in enumerate(files)
            for (path, source), account_id in said.accounts.items()
            if path == file.path
        }
        preview = services.importing.preview(files, chosen=chosen)
        preview = _with_people(services, preview, said.people)
        home = services.people.household()
        providers = services.people.providers()
    names = Names(
        lines={item.id: item.name for item in home.categories if item.id is not None},
        people={item.id: item.name for item in home.people if item.id is not None},
        accounts={item.id: item.name for item in home.accounts if item.id is not None},
        open_accounts=tuple(
            (item.id, item.name) for item in home.accounts if item.id is not None and not item.closed
        ),
        payees=tuple(item.name for item in providers),
    )
    words = tuple(
        f"{row.found.payee}\n{row.found.memo}\n{row.proposed.payee}".casefold() for row in preview.money
    )
    amounts = [row.found.amount for row in preview.money]
    widest = (_longest(min(amount, 0) for amount in amounts), _longest(max(a, 0) for a in amounts))
    counts = Counter((row.file, row.found.account) for row in preview.money)
    return Judged(preview, names, sheets_of(preview, said.own), words, widest, counts)


def _with_people(services: Services, preview: Preview, people: Mapping[RowKey, int]) -> Preview:
    if not people:
        return preview
    from tracker.services.import_preview import for_people

    chosen = {row.place: people[key] for key, row in keyed(preview) if key in people}
    return replace(preview, eobs=tuple(for_people(services, chosen, preview.eobs)))


def _longest(amounts: Iterable[int]) -> str:
    far = max((abs(amount) for amount in amounts), default=0)
    return dollars(far) if far else ""


def _twice_words(count: int) -> str:
    if not count:
        return ""
    if count == 1:
        return "1 file holds just what another one on the list does, and was left out."
    return f"{count:,} files hold just what others on the list do, and were left out."
