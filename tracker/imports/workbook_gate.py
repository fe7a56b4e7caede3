"""Which files are let in as a workbook: everything else is refused before it is unpacked or parsed."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from tracker.errors import UserProblem
from tracker.imports.chosen_file import bytes_of

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
_SAVE_AS = "Save it as an Excel workbook (.xlsx) and choose that."


def read_workbook_bytes(path: Path) -> bytes:
    """The bytes of a workbook that is safe to parse.

    Raises UserProblem with a sentence for anything else, WorldProblem where it cannot be read.
    """
    content = bytes_of(path, most=MOST_ON_DISK, wanted="a workbook")
    if len(content) > MOST_ON_DISK:
        raise _too_large(path)
    if content.startswith(_OLE):
        raise _old_or_locked(path, content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _judge(path, packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as why:
        damaged = content.startswith(b"PK")
        raise UserProblem(
            f"{path.name} is {'damaged and cannot be read' if damaged else 'not an Excel workbook'}.",
            "Choose a workbook that ends in .xlsx.",
        ) from why
    return content


def _judge(path: Path, packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _too_large(path)
    if any(part.file_size > part.compress_size * MOST_RATIO + 100_000 for part in parts):
        raise _too_large(path)
    if any(part.flag_bits & 1 for part in parts):
        raise _locked(path)
    names = {part.filename.casefold() for part in parts}
    if len(names) != len(parts):
        raise UserProblem(f"{path.name} is damaged: it has parts of the same name.", _SAVE_AS)
    if "xl/workbook.bin" in names:
        raise UserProblem(f"{path.name} is a binary workbook (.xlsb).", _SAVE_AS)
    if "content.xml" in names and "mimetype" in names:
        raise UserProblem(f"{path.name} is an OpenDocument file.", _SAVE_AS)
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise UserProblem(f"{path.name} is not an Excel workbook.", "Choose a workbook that ends in .xlsx.")
    if any(name.endswith("vbaproject.bin") for name in names) or path.suffix.casefold() in (
        ".xlsm",
        ".xltm",
    ):
        raise _macros(path)
    for part in parts:
        # Every part is unpacked once here, so that a damaged one is met before anything is read.
        body = packed.read(part)
        if part.filename.casefold() == "[content_types].xml" and b"macroEnabled" in body:
            raise _macros(path)
        if any(word in body for word in _DECLARATIONS) and not _is_picture(part.filename):
            raise UserProblem(
                f"{path.name} contains declarations that no spreadsheet program writes; it was not read.",
                "Open it in your spreadsheet program and save it again as .xlsx.",
            )


def _is_picture(name: str) -> bool:
    return name.casefold().startswith("xl/media/")


def _too_large(path: Path) -> UserProblem:
    return UserProblem(
        f"{path.name} would unpack to more than a budget can be; it was not read.",
        "Choose the workbook that Concierge Ledger wrote.",
    )


def _macros(path: Path) -> UserProblem:
    return UserProblem(
        f"{path.name} contains macros; it was not read.",
        "Save it as an Excel workbook without macros (.xlsx) and choose that.",
    )


def _locked(path: Path) -> UserProblem:
    return UserProblem(
        f"{path.name} is protected with a password.",
        "Remove the password in your spreadsheet program, save, and choose it again.",
    )


def _old_or_locked(path: Path, content: bytes) -> UserProblem:
    if _ENCRYPTED in content:
        return _locked(path)
    return UserProblem(f"{path.name} is a workbook in the old format (.xls).", _SAVE_AS)
