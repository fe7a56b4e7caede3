"""Imports and kept layouts as rows of lists."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.dates import clock_text, day_text
from tracker.errors import UserProblem
from tracker.facts.importing import Import, ImportedFile, ImportProfile
from tracker.imports.table_fields import Holds
from tracker.imports.table_mapping import from_json
from tracker.services.bundle import Services
from ui.models.table import Column


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import with how many payments and EOBs of it are still there."""

    made: Import
    payments: int
    eobs: int

    @property
    def taken(self) -> int:
        return sum(file.taken for file in self.made.files)

    @property
    def known(self) -> int:
        return sum(file.known for file in self.made.files)

    @property
    def left_out(self) -> int:
        return sum(file.left_out for file in self.made.files)


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept layout: its id, its name, what its rows are, and the headings it is for."""

    id: int
    name: str
    what: str
    headings: str


def import_lines(services: Services) -> list[ImportLine]:
    """Every import, the latest first."""
    there = services.importing.all_still_there()
    return [ImportLine(made, *there.get(made.id or 0, (0, 0))) for made in services.importing.imports()]


def kept_layouts(services: Services) -> list[Kept]:
    """The kept table layouts, the latest first."""
    return [_kept(profile) for profile in services.importing.profiles()]


def _kept(profile: ImportProfile) -> Kept:
    try:
        mapping = from_json(profile.mapping)
    except UserProblem as problem:
        return Kept(profile.id or 0, profile.name, "Damaged", problem.what)
    what = "Claims" if mapping.holds is Holds.CLAIMS else "Payments"
    headings = ", ".join(heading for heading in mapping.headings if heading)
    return Kept(profile.id or 0, profile.name, what, headings or "Files without headings")


def import_columns() -> list[Column[ImportLine]]:
    """The list of imports."""
    return [
        Column("When", when_words, order=lambda row: row.made.at),
        Column("Files", files_words, width=140, stretch=3, tooltip=files_words),
        Column("Taken", lambda row: f"{row.taken:,}", order=lambda row: row.taken, right=True),
        Column("Known", lambda row: f"{row.known:,}", order=lambda row: row.known, right=True),
        Column("Left out", lambda row: f"{row.left_out:,}", order=lambda row: row.left_out, right=True),
        Column("Still there", there_words, order=lambda row: row.payments + row.eobs, width=150, stretch=2),
    ]


def layout_columns() -> list[Column[Kept]]:
    """The list of kept layouts."""
    return [
        Column("Layout", lambda row: row.name, width=130, stretch=2),
        Column("Rows", lambda row: row.what),
        Column("Headings", lambda row: row.headings, width=150, stretch=4, tone=lambda _row: "quiet",
               tooltip=lambda row: row.headings),
    ]  # fmt: skip


def when_words(row: ImportLine) -> str:
    """`Nov 22, 2026, 3:30 PM`, in the time of the place."""
    local = row.made.at.astimezone()
    return f"{day_text(local.date())}, {clock_text(local)}"


def files_words(row: ImportLine) -> str:
    """The names of the files; of many the first."""
    names = [file.name for file in row.made.files]
    if len(names) <= 3:
        return ", ".join(names)
    return f"{', '.join(names[:2])} and {len(names) - 2:,} more"


def there_words(row: ImportLine) -> str:
    """What of an import is still in the ledger."""
    parts = [_many(row.payments, "payment")] if row.payments else []
    parts += [_many(row.eobs, "EOB")] if row.eobs else []
    return ", ".join(parts) or "Nothing"


def file_words(file: ImportedFile) -> str:
    """One file of an import, in a sentence."""
    format_ = file.format if file.format == "table" else file.format.upper()
    kind = f" ({file.layout or format_})" if file.layout or format_ else ""
    return (
        f"{file.name}{kind}: {_many(file.taken, 'row')} taken, {file.known:,} known already, "
        f"{file.left_out:,} left out."
    )


def details_words(row: ImportLine | None, most: int = 6) -> str:
    """The files of an import, a line each."""
    if row is None:
        return ""
    lines = [file_words(file) for file in row.made.files[:most]]
    if len(row.made.files) > most:
        lines.append(f"And {len(row.made.files) - most:,} more files.")
    return "\n".join(lines)


def search_words(row: ImportLine) -> str:
    """What the filter looks into."""
    return f"{when_words(row)} {' '.join(file.name for file in row.made.files)} {row.made.note}"


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
