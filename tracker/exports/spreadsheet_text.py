"""Words as cells of a spreadsheet that stay words, whatever they begin with."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@")


def still_text(text: str) -> str:
    """Text on one line that stays text: an apostrophe keeps a spreadsheet from calculating it."""
    joined = " ".join(text.split())
    return f"'{joined}" if joined.startswith(_FORMULA) else joined
