"""Opening what a person chose: files, folders and zips become single files with their bytes, or a reason.

Everything is bounded before it is read: the size of a file, the number of files, what a zip unpacks to.
One file is in memory at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tracker.errors import UserProblem, WorldProblem
from tracker.imports.chosen_file import bytes_of
from tracker.imports.faults import OUR_FAULT, log_fault
from tracker.imports.found import Format
from tracker.imports.recognise import recognise
from tracker.imports.unpacked import GZIP, MOST_BYTES, Member, Unopenable, count_hidden, gunzip, unzip
from tracker.imports.walked import Place, left_out_hidden, walked

_SMALL = 1 << 20
_SHORTER = "Download a shorter period, or split it."
_TWICE = "It is packed twice. Unpack it yourself and choose the files in it."
_NESTED = "It is packed inside a zip. Unpack the zip yourself and choose the files in this one."


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One file: its bytes and what they are, or `why` there is nothing to read.

    `path` is the file as it was given, `name` the last part of it. `size` and `sha256` are those of the
    file itself, before a gzip file was unpacked. `weight` is its share of the work, in bytes on the disk.
    """

    path: str
    name: str
    format: Format = Format.UNKNOWN
    data: bytes = b""
    why: str = ""
    size: int = 0
    sha256: str = ""
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """The files meant by what a person chose, found but not opened yet."""

    places: tuple[Place, ...]

    @property
    def weight(self) -> int:
        """How many bytes there are to read at most, for a progress bar."""
        return sum(place.size for place in self.places if place.size <= MOST_BYTES)


def chosen(paths: Sequence[str | Path]) -> Chosen:
    """Look up what is meant; never raises for what cannot be read."""
    return Chosen(tuple(walked(paths)))


def opened(found: Chosen) -> Iterator[Opened]:
    """Open one file after the other; never raises for what cannot be read."""
    for place in found.places:
        try:
            yield from _open(place)
        except Exception as why:  # noqa: BLE001 - one bad file never stops the others
            log_fault("opening files", why)
            yield Opened(path=place.shown, name=_last(place.shown), why=OUR_FAULT, size=place.size)


def _open(place: Place) -> Iterator[Opened]:
    """A file of the disk, or the files in it."""
    name = _last(place.shown) or place.path.name
    why, data = place.why, b""
    if not why and place.size > MOST_BYTES:
        why = f"It has {_in_words(place.size)}; files of up to {_in_words(MOST_BYTES)} are read. {_SHORTER}"
    elif not why:
        try:
            # Room for what was counted only: asked for more, Python would set it aside at once.
            most = max(place.size, _SMALL)
            data = bytes_of(place.path, most=most, wanted="a file")
        except (UserProblem, WorldProblem) as problem:
            why = str(problem)
        except MemoryError:
            why = f"There is not enough memory to read it. {_SHORTER}"
        else:
            if len(data) > most:
                why = "It grew while it was read. Wait until it is complete, then try again."
    if why:
        kind = Format.FOLDER if place.is_folder else Format.UNKNOWN
        yield Opened(path=place.shown, name=name, format=kind, why=why, size=place.size)
        return
    whole = _judged(place.shown, name, data, why_packed="")
    if whole.format is not Format.ZIP or whole.why:
        yield replace(whole, weight=place.size)
    elif data.startswith(GZIP):
        yield replace(_gunzipped(whole), weight=place.size)
    else:
        yield from _zip(whole)


def _judged(path: str, name: str, data: bytes, *, why_packed: str) -> Opened:
    """Bytes and what they are; a packed file is refused with `why_packed` unless that is empty."""
    found = recognise(data, name)
    why = found.why or (why_packed if found.format is Format.ZIP else "")
    return Opened(
        path=path,
        name=name,
        format=found.format,
        data=b"" if why else data,
        why=why,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _gunzipped(whole: Opened) -> Opened:
    name = whole.name[:-3] if whole.name.casefold().endswith(".gz") else whole.name
    try:
        data = gunzip(whole.data)
    except Unopenable as problem:
        return replace(whole, data=b"", why=str(problem))
    inner = _judged(whole.path, name, data, why_packed=_TWICE)
    return replace(inner, size=whole.size, sha256=whole.sha256)


def _zip(whole: Opened) -> Iterator[Opened]:
    """The files of a zip, then one entry for the zip itself where there is something to say of it."""
    said, count = "", 0
    try:
        for member in unzip(whole.data):
            count += 1
            yield _inside(whole.path, member)
        if hidden := count_hidden(whole.data):
            said = left_out_hidden(hidden)
        if not count:
            said = f"There is no file in it. {said}".strip()
    except Unopenable as problem:
        said = str(problem)
    if said:
        yield replace(whole, data=b"", why=said)


def _inside(zip_path: str, member: Member) -> Opened:
    path, name = f"{zip_path}/{member.name}", _last(member.name)
    if member.why:
        return Opened(path=path, name=name, why=member.why, weight=member.packed)
    return replace(_judged(path, name, member.data, why_packed=_NESTED), weight=member.packed)


def _last(shown: str) -> str:
    return shown.replace("\\", "/").rstrip("/").rpartition("/")[2]


def _in_words(count: int) -> str:
    return f"{count / 1e9:,.1f} GB" if count >= 1e9 else f"{count / 1e6:,.0f} MB"
