"""Which files are let in as a workbook: everything else is refused before it is unpacked or parsed."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from tracker.errors import UserProblem
from tracker.imports.chosen_file import bytes_of
from tracker.imports.unpacked import unpack

MOST_ON_DISK = 40_000_000
MOST_UNPACKED = 80_000_000
"""Bytes. A budget of 50,000 payments in one year unpacks to about 20 million."""
MOST_PARTS = 2_000
MOST_RATIO = 400
"""How many times smaller a part may be packed. Repeating sheets reach about 60."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DECLARATIONS = tuple(
    word.encode(coding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for coding in ("ascii", "utf-16-le", "utf-16-be")
)
_OUR_OWN = "Choose the workbook that Concierge Ledger wrote."
_SAVE_AS = "Save it as an Excel workbook (.xlsx) and choose that."


def read_workbook_bytes(path: Path) -> bytes:
    """The bytes of a workbook that is safe to parse.

    Raises UserProblem with a sentence for anything else, WorldProblem where it cannot be read.
    """
    content = bytes_of(path, most=MOST_ON_DISK, wanted="a workbook")
    let_in(path.name, content)
    return content


def let_in(name: str, content: bytes, *, as_what: str = "a budget", instead: str = _OUR_OWN) -> None:
    """Refuse bytes that are not a workbook safe to parse. Raises UserProblem with the reason.

    `as_what` and `instead` fit its sentences to what the workbook is wanted for.
    """
    if len(content) > MOST_ON_DISK:
        raise _too_large(name, as_what, instead)
    if content.startswith(_OLE):
        raise _old_or_locked(name, content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if _unpacks_to_too_much(packed):
                raise _too_large(name, as_what, instead)
            _judge(name, packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as why:
        damaged = content.startswith(b"PK")
        raise UserProblem(
            f"{name} is {'damaged and cannot be read' if damaged else 'not an Excel workbook'}.",
            "Choose a workbook that ends in .xlsx.",
        ) from why


def _unpacks_to_too_much(packed: zipfile.ZipFile) -> bool:
    parts = packed.infolist()
    return (
        len(parts) > MOST_PARTS
        or sum(part.file_size for part in parts) > MOST_UNPACKED
        or any(part.file_size > part.compress_size * MOST_RATIO + 100_000 for part in parts)
    )


def _judge(name: str, packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise _locked(name)
    names = {part.filename.casefold() for part in parts}
    if len(names) != len(parts):
        raise UserProblem(f"{name} is damaged: it has parts of the same name.", _SAVE_AS)
    if "xl/workbook.bin" in names:
        raise UserProblem(f"{name} is a binary workbook (.xlsb).", _SAVE_AS)
    if "content.xml" in names and "mimetype" in names:
        raise UserProblem(f"{name} is an OpenDocument file.", _SAVE_AS)
    if "[content_types].xml" not in names or not any(each.startswith("xl/") for each in names):
        raise UserProblem(f"{name} is not an Excel workbook.", "Choose a workbook that ends in .xlsx.")
    if any(each.endswith("vbaproject.bin") for each in names) or name.casefold().endswith(
        (".xlsm", ".xltm")
    ):
        raise _macros(name)
    for part in parts:
        # Every part is unpacked once here, so that a damaged one is met before anything is read.
        body = unpack(packed, part)
        if part.filename.casefold() == "[content_types].xml" and b"macroEnabled" in body:
            raise _macros(name)
        if any(word in body for word in _DECLARATIONS) and not _is_picture(part.filename):
            raise UserProblem(
                f"{name} contains declarations that no spreadsheet program writes; it was not read.",
                "Open it in your spreadsheet program and save it again as .xlsx.",
            )


def _is_picture(name: str) -> bool:
    return name.casefold().startswith("xl/media/")


def _too_large(name: str, as_what: str, instead: str) -> UserProblem:
    return UserProblem(f"{name} would unpack to more than {as_what} can be; it was not read.", instead)


def _macros(name: str) -> UserProblem:
    return UserProblem(
        f"{name} contains macros; it was not read.",
        "Save it as an Excel workbook without macros (.xlsx) and choose that.",
    )


def _locked(name: str) -> UserProblem:
    return UserProblem(
        f"{name} is protected with a password.",
        "Remove the password in your spreadsheet program, save, and choose it again.",
    )


def _old_or_locked(name: str, content: bytes) -> UserProblem:
    if _ENCRYPTED in content:
        return _locked(name)
    return UserProblem(f"{name} is a workbook in the old format (.xls).", _SAVE_AS)
