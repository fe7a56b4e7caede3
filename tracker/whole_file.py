"""Writing a file that is wanted outside the ledger: whole or not at all, with a sentence when it fails."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from tracker.errors import WorldProblem

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_TRIES, _PAUSE = 20, 0.05
"""A virus scanner or a program that synchronises folders lets go of a new file within a second."""


def write_whole(path: Path, content: bytes) -> None:
    """Put content into a file in one step: readers see the old file or the new one, never a half.

    Raises WorldProblem where the disk is full or the folder does not allow it.
    """
    with whole_file(path) as stream:
        stream.write(content)


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A stream into a file that gets its name once all of it is written; nothing is left otherwise.

    Raises WorldProblem as `write_whole` does.
    """
    part = ""
    try:
        handle, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        put_in_place(Path(part), path)
    except BaseException as why:
        with contextlib.suppress(OSError):
            os.unlink(part)
        if isinstance(why, OSError):
            raise _unwritable(path, why) from why
        raise


def put_in_place(part: Path, path: Path) -> None:
    """Give a finished file its name, in place of an older one, in one step.

    Windows refuses that while anybody has one of the two open, so there it is tried for a second.
    """
    for left in reversed(range(_TRIES if sys.platform == "win32" else 1)):
        try:
            os.replace(part, path)
        except PermissionError:
            if not left:
                raise
            time.sleep(_PAUSE)
        else:
            return


def reason_of(why: OSError) -> str:
    """Why a file could not be used, to stand after a colon; what Windows says does not name the cause."""
    if why.errno in _FULL:
        return "the disk is full"
    if isinstance(why, PermissionError) and getattr(why, "winerror", None):
        return "it is open in another program, or may not be written to"
    return why.strerror or str(why)


def _unwritable(path: Path, why: OSError) -> WorldProblem:
    if why.errno in _FULL:
        return WorldProblem(
            f"The disk is full; {path.name} was not written.", "Free some space and try again."
        )
    if isinstance(why, PermissionError):
        return WorldProblem(
            f"{path.name} could not be written: it is open in another program or its folder is read-only.",
            "Close it there, or choose another folder.",
        )
    if why.errno == errno.ENAMETOOLONG or (isinstance(why, FileNotFoundError) and path.parent.is_dir()):
        return WorldProblem(
            f"{path.name} could not be written: with its folders, the name is too long.",
            "Choose a shorter name, or another folder.",
        )
    if isinstance(why, FileNotFoundError | NotADirectoryError):
        return WorldProblem(f"There is no folder {path.parent}.", "Choose another folder.")
    if isinstance(why, IsADirectoryError):
        return WorldProblem(f"{path.name} is a folder.", "Choose another name.")
    return WorldProblem(
        f"{path.name} could not be written: {why.strerror or why}.", "Choose another place."
    )
