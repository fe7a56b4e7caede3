"""Cleaning the text people type, and saying what was wrong with it."""

from __future__ import annotations

import unicodedata

from tracker.errors import UserProblem

NAME_LIMIT, NOTE_LIMIT = 200, 20_000


def name(text: str, *, what: str = "name", field: str = "name") -> str:
    """One line of text that may not be empty. Raises UserProblem; what was typed is not cut."""
    cleaned = one_line(text, what=what, field=field)
    if not cleaned:
        raise UserProblem(f"The {what} is missing.", "Type it and save again.", field=field)
    return cleaned


def one_line(text: str, *, what: str, field: str) -> str:
    """One line of text, without control characters and doubled spaces."""
    cleaned = " ".join(_printable(text).split())
    return _within(cleaned, NAME_LIMIT, what, field)


def note(text: str, *, field: str = "note") -> str:
    """Free text of several lines."""
    cleaned = "\n".join(line.rstrip() for line in _printable(text, keep="\n\t").strip().splitlines())
    return _within(cleaned, NOTE_LIMIT, "note", field)


def _within(text: str, limit: int, what: str, field: str) -> str:
    if len(text) > limit:
        raise UserProblem(
            f"The {what} has {len(text):,} characters; {limit:,} is the most.", "Shorten it.", field=field
        )
    return text


def _printable(text: str, keep: str = "") -> str:
    """Without control characters and lone surrogates; right-to-left marks and emoji stay."""
    return "".join(
        character if character in keep or unicodedata.category(character) not in ("Cc", "Cs") else " "
        for character in text
    )
