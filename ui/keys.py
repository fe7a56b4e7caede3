"""Keys in sentences, as this computer's keyboard writes them: `Ctrl+K`, on a Mac `⌘K`."""

from __future__ import annotations

import re

from PySide6.QtGui import QKeySequence

_KEYS = re.compile(r"\b(?:(?:Ctrl|Shift|Alt)\+)+(?:[A-Z][a-z]*\d*|\d|[-=,])(?![a-z])")


def as_written_here(words: str, form: QKeySequence.SequenceFormat | None = None) -> str:
    """The words with every combination of keys in them as the system's own menus show it."""
    shown = QKeySequence.SequenceFormat.NativeText if form is None else form
    return _KEYS.sub(lambda found: QKeySequence(found[0]).toString(shown) or found[0], words)
