"""One running copy per ledger: an operating-system lock that a crash releases by itself."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import IO

from tracker.errors import WorldProblem

_TAKEN = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}
"""What a lock that somebody holds gives; anything else means that there are no locks here."""


class FileLock:
    """Holds `<ledger>.lock` until released or until the process ends."""

    def __init__(self, ledger: Path) -> None:
        self._path = ledger.with_name(ledger.name + ".lock")
        self._file: IO[bytes] | None = None

    def acquire(self) -> None:
        """Raises WorldProblem where another copy holds it, or where the folder is read-only."""
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as why:
            raise WorldProblem(
                f"The folder {self._path.parent} cannot be written to.",
                "Copy the ledger to a folder of your own and open it there.",
            ) from why
        file = os.fdopen(descriptor, "r+b")
        try:
            _lock(file)
        except OSError as why:
            file.close()
            if why.errno in _TAKEN:
                raise WorldProblem(
                    "This ledger is already open in another window.", "Close it there, then try again."
                ) from why
            raise WorldProblem(
                f"The drive of {self._path.parent} cannot keep two programs from writing at once.",
                "Copy the ledger to a folder on this computer and open it there.",
            ) from why
        self._file = file

    def release(self) -> None:
        """Give it back. The lock file stays: removing it would race with a copy just starting."""
        if self._file is not None:
            self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
