"""Which files a person means by the files and folders they chose; nothing is opened yet."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MOST_FILES = 20_000
"""How many files of one folder are taken."""

_SYSTEM = frozenset(
    ("__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "system volume information")
)
_HIDDEN_ATTRIBUTES = 0x2 | 0x4
"""What Windows marks as hidden or as its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One file to open, or `why` it is not opened. `shown` is its name as it was given."""

    path: Path
    shown: str
    size: int = 0
    why: str = ""
    is_folder: bool = False


def walked(chosen: Sequence[str | Path]) -> list[Place]:
    """Every file meant, in the order given and by name within folders.

    Folders are gone through to the bottom. Hidden and system files, and links that lead to other
    folders, are left out there and counted in a place for the folder itself; pipes, devices and what is
    not there or cannot be looked at have their reason.
    """
    places: list[Place] = []
    for given in chosen:
        path = Path(os.path.expanduser(given))
        try:
            about = path.stat()
        except (OSError, ValueError) as why:
            places.append(Place(path=path, shown=str(given), why=_unreachable(why)))
            continue
        if stat.S_ISDIR(about.st_mode):
            places += _Walk(path, str(given)).places()
        else:
            places.append(_file(path, str(given), about))
    return places


def is_hidden_name(name: str) -> bool:
    """Whether a name is one that people do not mean: `.DS_Store`, `Thumbs.db`, `~$book.xlsx`."""
    return name.startswith((".", "~$")) or name.strip().casefold() in _SYSTEM


class _Walk:
    """One folder, from the top down; a folder reached twice (a junction) is gone through once."""

    def __init__(self, folder: Path, shown: str) -> None:
        self._folder = folder
        self._shown = shown
        self._places: list[Place] = []
        self._hidden = self._links = 0
        self._is_full = False
        self._seen: set[tuple[int, int]] = set()

    def places(self) -> list[Place]:
        waiting = [(self._folder, self._shown)]
        while waiting and not self._is_full:
            folder, shown = waiting.pop()
            waiting += reversed(self._look_into(folder, shown))
        why = self._remark()
        if why:
            self._places.append(Place(path=self._folder, shown=self._shown, why=why, is_folder=True))
        return self._places

    def _look_into(self, folder: Path, shown: str) -> list[tuple[Path, str]]:
        """Take the files of one folder; gives the folders in it."""
        try:
            about = folder.stat()
            mark = (about.st_dev, about.st_ino)
            if about.st_ino and mark in self._seen:
                return []
            self._seen.add(mark)
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as why:
            self._places.append(Place(path=folder, shown=shown, why=_unreachable(why), is_folder=True))
            return []
        folders = []
        for entry in entries:
            place = os.path.join(shown, entry.name)
            try:
                if _is_hidden(entry):
                    self._hidden += 1
                elif entry.is_dir(follow_symlinks=False):
                    folders.append((Path(entry.path), place))
                elif entry.is_dir():
                    self._links += 1
                elif len(self._places) >= MOST_FILES:
                    self._is_full = True
                    break
                else:
                    path = Path(entry.path)
                    self._places.append(_file(path, place, path.stat()))
            except OSError as why:
                self._places.append(Place(path=Path(entry.path), shown=place, why=_unreachable(why)))
        return folders

    def _remark(self) -> str:
        said = []
        if not self._places and not self._hidden and not self._links:
            said.append("There is no file in this folder.")
        if self._is_full:
            said.append(f"Only the first {MOST_FILES:,} files of this folder were read.")
        if self._hidden:
            said.append(left_out_hidden(self._hidden))
        if self._links:
            said.append(_left_out(self._links, "link to another folder", "links to other folders"))
        return " ".join(said)


def left_out_hidden(count: int) -> str:
    """What is said of hidden files, in one sentence."""
    return _left_out(count, "hidden or system file", "hidden or system files")


def _left_out(count: int, one: str, more: str) -> str:
    return f"1 {one} was left out." if count == 1 else f"{count:,} {more} were left out."


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    if is_hidden_name(entry.name):
        return True
    attributes: int = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return bool(attributes & _HIDDEN_ATTRIBUTES)


def _file(path: Path, shown: str, about: os.stat_result) -> Place:
    if not stat.S_ISREG(about.st_mode):
        return Place(path=path, shown=shown, why="It is a device or a pipe, not a file.")
    return Place(path=path, shown=shown, size=about.st_size)


def _unreachable(why: OSError | ValueError) -> str:
    if isinstance(why, FileNotFoundError):
        return "It is not there."
    if isinstance(why, PermissionError):
        return "You may not read it. Change its permissions, or copy it and choose the copy."
    said = getattr(why, "strerror", None) or str(why)
    return f"It could not be opened: {said}."
