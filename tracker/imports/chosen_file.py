"""Reading a file that a person chose, whatever it turns out to be."""

from __future__ import annotations

from pathlib import Path

from tracker.errors import UserProblem, WorldProblem


def bytes_of(path: Path, *, most: int, wanted: str) -> bytes:
    """The file's bytes, at most one more than `most`, so that the caller can tell one too large.

    `wanted` names what should have been chosen ("a workbook"). Raises UserProblem for a folder or a
    file that is not there, WorldProblem where it cannot be read.
    """
    try:
        if path.is_dir():
            raise UserProblem(f"{path.name} is a folder.", f"Choose {wanted}.")
        with path.open("rb") as stream:
            return stream.read(most + 1)
    except FileNotFoundError:
        raise UserProblem(f"{path.name} is not there.", "Choose another file.") from None
    except OSError as why:
        raise WorldProblem(
            f"{path.name} could not be read: {why.strerror or why}.", "Check the file and try again."
        ) from why
