"""What is inside a zip or a gzip file, unpacked in memory and never onto the disk.

A name inside a zip is only ever shown, so that one that climbs out of its folder (`../../file`) can do
nothing. What unpacks to far more than it is packed is refused by the sizes it states, before unpacking.
"""

from __future__ import annotations

import gzip
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.imports.walked import is_hidden_name

MOST_BYTES = 200_000_000
"""The most one file may have, and the most a zip may unpack to."""
MOST_MEMBERS = 20_000
MOST_RATIO = 400
"""How many times smaller a file may be packed. Claims and statements reach about 50."""

GZIP = b"\x1f\x8b"
_ENTRY = b"PK\x01\x02"
_RATIO_STARTS = 1_000_000
"""Bytes. Below, a high ratio does no harm."""
_CHUNK = 1 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""Everything zipfile raises for a file that somebody damaged or built by hand."""
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f]")

TOO_LARGE = (
    f"It would unpack to more than {MOST_BYTES // 1_000_000} MB."
    " Unpack it yourself and choose the files you need."
)
_BOMB = "It is packed far tighter than real files are, so it was not unpacked."
_DAMAGED = "It is damaged or was cut off. Download it again."


class Unopenable(Exception):
    """Why something cannot be opened, in whole sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of a zip: its name without steps to other folders, and its bytes or `why` it has none.

    `packed` is how many bytes of the zip it takes.
    """

    name: str
    packed: int
    data: bytes = b""
    why: str = ""


def zip_names(data: bytes) -> frozenset[str]:
    """The names inside a zip in small letters; empty where it is none, damaged, or has too many."""
    if data.count(_ENTRY) > MOST_MEMBERS:
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return frozenset(info.filename.casefold() for info in packed.infolist())
    except _DAMAGE:
        return frozenset()


def unzip(data: bytes) -> Iterator[Member]:
    """The files of a zip one after the other; hidden ones are left out (`count_hidden` counts them).

    Raises Unopenable where nothing of it should be unpacked.
    """
    if data.count(_ENTRY) > MOST_MEMBERS:  # before zipfile makes an object of each
        raise Unopenable(
            f"It holds more than {MOST_MEMBERS:,} files. Unpack it yourself and choose the files you need."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            files = _files(packed)
            if sum(info.file_size for info in files) > MOST_BYTES:
                raise Unopenable(TOO_LARGE)
            for info in files:
                if not _is_hidden(info):
                    yield _member(packed, info)
    except _DAMAGE as why:
        raise Unopenable(_DAMAGED) from why


def count_hidden(data: bytes) -> int:
    """How many hidden and system files `unzip` leaves out."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return sum(_is_hidden(info) for info in _files(packed))
    except _DAMAGE:
        return 0


def gunzip(data: bytes) -> bytes:
    """What a gzip file holds. Raises Unopenable where it is damaged or unpacks to too much."""
    made = bytearray()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            while piece := packed.read(_CHUNK):
                made += piece
                if len(made) > MOST_BYTES:
                    raise Unopenable(TOO_LARGE)
                if _is_bomb(len(made), len(data)):
                    raise Unopenable(_BOMB)
    except _DAMAGE as why:
        raise Unopenable(_DAMAGED) from why
    return bytes(made)


def unpack(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """One file of a zip, at most as large as it states.

    In pieces: asked for all at once, zipfile unpacks what goes beyond the stated size before dropping it.
    """
    made = bytearray()
    with packed.open(info) as stream:
        while piece := stream.read(_CHUNK):
            made += piece
    return bytes(made)


def _files(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [info for info in packed.infolist() if not info.filename.endswith("/")]


def _is_hidden(info: zipfile.ZipInfo) -> bool:
    return any(is_hidden_name(part) for part in _parts(info.filename))


def _parts(name: str) -> list[str]:
    return [part for part in name.replace("\\", "/").split("/") if part.strip() not in ("", ".", "..")]


def _member(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    name = _UNSEEN.sub("", "/".join(_parts(info.filename))) or "file"
    size = info.compress_size
    if info.flag_bits & _ENCRYPTED:
        why = "It is protected with a password. Unpack the zip yourself and choose the file."
    elif info.compress_type not in _METHODS:
        why = "It is packed in a way that is not read here. Unpack the zip yourself and choose the file."
    elif _is_bomb(info.file_size, size):
        why = _BOMB
    else:
        try:
            return Member(name=name, packed=size, data=unpack(packed, info))
        except _DAMAGE:
            why = "It is damaged inside the zip. Download the zip again."
    return Member(name=name, packed=size, why=why)


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > _RATIO_STARTS and unpacked > packed * MOST_RATIO
