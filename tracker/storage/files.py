"""The few moves on files that must neither leave halves behind nor be readable by others."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def private_empty_file(path: Path) -> None:
    """An empty file that only its owner may read, in place of what was left there."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def discard(path: Path) -> None:
    """Remove what was begun; the reason for breaking off matters more than a failure to."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Wait until a file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def real(path: Path) -> Path:
    """The file itself where a link names it: its lock and its log lie beside the file, not the link."""
    return path.resolve() if os.path.islink(path) else path.absolute()


def is_same(one: Path, other: Path) -> bool:
    """Whether two names are one file, also by way of links or on disks where capitals do not count."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there (yet)
        return one.resolve() == other.resolve()
