"""Attached files in a folder beside an exported ledger, each named by its hash and its own name."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from tracker.errors import UserProblem, WorldProblem
from tracker.file_names import file_name
from tracker.imports.ledger_json import FIELD
from tracker.services.documents import LARGEST_BYTES
from tracker.whole_file import reason_of, write_whole

Put: TypeAlias = Callable[[str, str, bytes], None]
"""Takes the SHA-256, the name and the bytes of one file."""

_NAMED_BY_HASH = re.compile(r"([0-9a-f]{64})(?: .*)?", re.DOTALL)


def files_folder(path: Path) -> Path:
    """Where the attached files of an export lie: beside it."""
    return path.with_name(f"{path.stem} files")


@contextlib.contextmanager
def written_files(folder: Path | None) -> Iterator[Put]:
    """A folder that in the end holds exactly the files put into it, as far as they are named by us.

    What was there stays until everything is written; where something goes wrong, what is new is removed.
    """
    if folder is None:
        yield lambda _sha256, _name, _content: None
        return
    new: list[Path] = []
    kept: set[str] = set()
    made = not folder.exists()
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as why:
        raise WorldProblem(
            f"The folder {folder.name} could not be made: {reason_of(why)}.", "Choose another place."
        ) from why

    def put(sha256: str, name: str, content: bytes) -> None:
        target = folder / f"{sha256} {file_name(name, otherwise='document')}"
        kept.add(target.name)
        if not _holds(target, content):
            new.append(target)
            write_whole(target, content)

    try:
        yield put
    except BaseException:
        with contextlib.suppress(OSError):
            for path in new:
                path.unlink(missing_ok=True)
            if made:
                folder.rmdir()
        raise
    with contextlib.suppress(OSError):  # what an earlier export left is in nobody's way
        for path in folder.iterdir():
            if _NAMED_BY_HASH.fullmatch(path.name) and path.name not in kept:
                path.unlink()


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


class AttachedFiles:
    """The files of such a folder, found by their hash whatever the rest of their names has become."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            every = list(folder.iterdir()) if folder.is_dir() else []
            files = {found[1]: file for file in every if (found := _NAMED_BY_HASH.fullmatch(file.name))}
            self._files = {sha256: file for sha256, file in files.items() if file.is_file()}
            self.size = sum(file.stat().st_size for file in self._files.values())
            """Bytes of all of them together."""
        except OSError as why:
            raise WorldProblem(
                f"The folder {folder.name} could not be read: {reason_of(why)}.",
                "Check who may read it; nothing was imported.",
            ) from why

    def content(self, sha256: str, name: str, size: int) -> bytes:
        """The bytes of one, checked against size and hash; raises UserProblem where they are others."""
        file = self._files.get(sha256)
        if file is None:
            raise UserProblem(
                f"The attached file {name} is missing: no file in the folder {self._folder.name} begins"
                f" with {sha256[:12]}\u2026.",
                "Put that folder beside the JSON file, complete; nothing was imported.",
                field=FIELD,
            )
        try:
            if file.stat().st_size == size <= LARGEST_BYTES:
                content = file.read_bytes()
                if hashlib.sha256(content).hexdigest() == sha256:
                    return content
        except OSError as why:
            raise WorldProblem(
                f"The attached file {name} could not be read: {reason_of(why)}.",
                "Check the file; nothing was imported.",
            ) from why
        raise UserProblem(
            f"The attached file {name} is not the one that was exported: its contents are others.",
            "Export again, or bring back the file as it was; nothing was imported.",
            field=FIELD,
        )
