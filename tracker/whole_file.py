"""Writing a file that is wanted outside the ledger: whole or not at all, with a sentence when it fails."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from tracker.errors import WorldProblem

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


def write_whole(path: Path, content: bytes) -> None:
    """Put content into a file in one step: readers see the old file or the new one, never a half.

    Raises WorldProblem where the disk is full or the folder does not allow it.
    """
    part = ""
    try:
        handle, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)
    except BaseException as why:
        with contextlib.suppress(OSError):
            os.unlink(part)
        if isinstance(why, OSError):
            raise _unwritable(path, why) from why
        raise


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
    if isinstance(why, FileNotFoundError | NotADirectoryError):
        return WorldProblem(f"There is no folder {path.parent}.", "Choose another folder.")
    if isinstance(why, IsADirectoryError):
        return WorldProblem(f"{path.name} is a folder.", "Choose another name.")
    return WorldProblem(
        f"{path.name} could not be written: {why.strerror or why}.", "Choose another place."
    )
