"""Text of a bank's file, made fit for a table and a sentence."""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def one_line(raw: str) -> str:
    """The text, trimmed; line breaks, control characters and hard spaces become blanks."""
    if raw.isprintable():
        return raw.strip()
    return _CONTROLS.sub(" ", raw.replace("\xa0", " ")).strip()


def short(text: str, most: int) -> str:
    """The text, cut with an ellipsis where it is longer than a sentence can hold."""
    line = one_line(text[: most + 1])
    return line if len(text) <= most else line[: most - 1] + "\u2026"
